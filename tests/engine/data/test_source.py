from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.source import Source
from engine.errors import EngineError


def test_a_folder_becomes_absolute_and_is_named_like_its_last_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source = Source.parse("photos/birds")
    assert source.path == tmp_path / "photos" / "birds"
    assert (source.is_sample, source.name) == (False, "birds")


def test_a_tilde_is_the_home_folder() -> None:
    assert Source.parse("~/photos").path == Path.home() / "photos"


def test_samples_have_names_and_options() -> None:
    assert Source.parse(" sample:digits ").sample_options() == ("sample:digits", {})
    source = Source.parse("sample:shapes?images=20&seed=7")
    assert (source.is_sample, source.name) == (True, "shapes")
    assert source.sample_options() == ("sample:shapes", {"images": 20, "seed": 7})
    assert Source.parse("sample:shapes").sample_options()[1] == {"images": 3000, "seed": 0}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("sample:faces", "no sample called 'faces'"),
        ("sample:", "no sample called ''"),
        ("sample:digits?seed=1", "seed=1 is not an option"),
        ("sample:shapes?images=", "images= is not an option"),
        ("sample:shapes?images=-1", "images=-1 is not an option"),
        ("sample:shapes?images=1e3", "images=1e3 is not an option"),
        ("sample:shapes?colour=1", "colour=1 is not an option"),
        ("sample:shapes?images=0", "cannot make 0 images"),
        ("sample:shapes?images=999999999", "cannot make 999,999,999 images"),
        ("sample:shapes?images=99999999999999999999", "is not an option"),
        ("https://example.org/cats.zip", "is not a place on this computer"),
        ("file:///cats", "is not a place on this computer"),
        ("a\0b", "is not a place on this computer"),
        ("  ", "is not a place on this computer"),
        ("~nobody-of-this-name/cats", "is not a place on this computer"),
    ],
)
def test_what_is_no_source_is_refused_with_what_is_one(text: str, what: str) -> None:
    with pytest.raises(EngineError, match=what.replace("?", r"\?")) as caught:
        Source.parse(text)
    assert caught.value.expected
    assert caught.value.fix


@given(st.text(max_size=40))
def test_any_text_is_a_source_or_bad_input(text: str) -> None:
    try:
        source = Source.parse(text)
    except EngineError:
        return
    assert Source.parse(source.location) == source
