from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import limits
from engine.errors import EngineError
from engine.storage import load_json, save_json

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values)
def test_what_is_saved_is_read_back(tmp_path: Path, value: Any) -> None:
    save_json(tmp_path / "a.json", value)

    assert load_json(tmp_path / "a.json") == value


def test_a_file_name_of_any_bytes_survives(tmp_path: Path) -> None:
    name = b"caf\xe9.png".decode("utf-8", "surrogateescape")

    save_json(tmp_path / "a.json", [name])

    assert load_json(tmp_path / "a.json") == [name]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "line 1, column 1"),
        (b'{\n "a": 1,\n "b"', "line 3"),
        (b'{"a": 1, "a": 2}', "'a' stands in it twice"),
        (b"[NaN]", "NaN"),
        (b"[-Infinity]", "-Infinity"),
        (b"[1e999]", "1e999"),
        (b"[" + b"9" * 5000 + b"]", "limit"),
        (b"[" * 100_000, "too deeply"),
        (b"[" * 65 + b"]" * 65, "more than 64 deep"),
        (b'"\xff"', "not UTF-8"),
        (b"[1] tail", "Extra data"),
    ],
    ids=lambda one: str(one[:12]),
)
def test_damaged_files_are_refused_with_the_reason(tmp_path: Path, text: bytes, why: str) -> None:
    path = tmp_path / "project.json"
    path.write_bytes(text)

    with pytest.raises(EngineError, match=re.escape(why)) as caught:
        load_json(path)

    assert "project.json" in caught.value.what


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_JSON_BYTES", 10)
    (tmp_path / "a.json").write_text('"0123456789"')

    with pytest.raises(EngineError, match="larger than 10 bytes"):
        load_json(tmp_path / "a.json")


def test_a_mark_at_the_start_is_no_damage(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"\xef\xbb\xbf[1]")

    assert load_json(tmp_path / "a.json") == [1]
