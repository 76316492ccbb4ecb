from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.code.saving import save_script
from engine.code.script import Script, keras_script
from engine.data.samples import digits
from engine.errors import EngineError
from engine.project import sample_draft


@pytest.fixture(scope="module")
def script() -> Script:
    return keras_script(sample_draft(), digits.CLASS_NAMES)


@pytest.mark.parametrize("name", ["a.py", "b.ipynb"])
def test_a_file_is_written_again_until_somebody_changes_it(tmp_path: Path, script: Script, name: str) -> None:
    path = tmp_path / name
    save_script(path, script)
    first = path.read_text("utf-8")
    save_script(path, script)
    assert path.read_text("utf-8") == first
    path.write_text(first.replace("SEED = 0", "SEED = 1"), "utf-8")
    with pytest.raises(EngineError, match="changed by someone else"):
        save_script(path, script)
    assert "SEED = 1" in path.read_text("utf-8")


def test_a_script_is_python_and_a_notebook_is_json(tmp_path: Path, script: Script) -> None:
    save_script(tmp_path / "a.py", script)
    compile((tmp_path / "a.py").read_text("utf-8"), "a.py", "exec")
    assert (tmp_path / "a.py").read_text("utf-8").startswith(script.text)
    save_script(tmp_path / "a.IPYNB", script)
    assert json.loads((tmp_path / "a.IPYNB").read_text("utf-8"))["nbformat"] == 4


@pytest.mark.parametrize(
    "content", [b"print('mine')\n", b"", b"\xff\xfe", b"# Written by Convoscope, mark 0123456789abcdef\n"]
)
def test_the_files_of_others_are_not_overwritten(tmp_path: Path, script: Script, content: bytes) -> None:
    path = tmp_path / "mine.py"
    path.write_bytes(content)
    with pytest.raises(EngineError, match="there already"):
        save_script(path, script)
    assert path.read_bytes() == content


def test_folders_links_and_other_endings_are_refused(tmp_path: Path, script: Script) -> None:
    (tmp_path / "folder.py").mkdir()
    (tmp_path / "link.py").symlink_to("nowhere")
    for name in ("folder.py", "link.py", "script.txt", "script"):
        with pytest.raises(EngineError):
            save_script(tmp_path / name, script)
