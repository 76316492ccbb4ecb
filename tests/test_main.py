"""The program's entry: verbs, paths, and what it says where there is no display."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import main
from engine.cli import VERBS, program

ROOT = Path(__file__).parents[1]


def start(*arguments: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    names = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    inherited = {name: value for name, value in os.environ.items() if name not in names}
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        env={**inherited, "CONVOSCOPE_HOME": str(home), **environment},
    )


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a display")
@pytest.mark.parametrize(
    "environment",
    [{}, {"DISPLAY": ":987"}, {"WAYLAND_DISPLAY": "wayland-987"}, {"QT_QPA_PLATFORM": "nonsense"}],
    ids=["none", "unreachable", "no compositor", "unknown platform"],
)
def test_without_a_display_one_sentence_names_the_demo(tmp_path: Path, environment: dict[str, str]) -> None:
    done = start(home=tmp_path, **environment)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "main.py demo" in done.stderr


@pytest.mark.parametrize("first", [*VERBS, "--help", "--version", "--foo"])
def test_verbs_and_options_go_to_the_command_line(monkeypatch: pytest.MonkeyPatch, first: str) -> None:
    heard: list[list[str]] = []

    def run(arguments: Sequence[str]) -> int:
        heard.append(list(arguments))
        return 7

    monkeypatch.setattr(program, "main", run)
    assert main.main([first, "x"]) == 7
    assert heard == [[first, "x"]]


def test_paths_go_to_the_window_and_a_project_needs_no_suffix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gui import app, display

    heard: list[list[str]] = []

    def run(paths: Sequence[str]) -> int:
        heard.append(list(paths))
        return 0

    monkeypatch.setattr(app, "run", run)
    monkeypatch.setattr(display, "missing", lambda: "")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pets.convoscope").mkdir()
    assert (main.main([]), main.main(["pets"]), main.main(["pets.convoscope", "."])) == (0, 0, 0)
    assert heard == [[], ["pets.convoscope"], ["pets.convoscope", "."]]


@pytest.mark.parametrize("name", ["trian", "no/such/folder", "nul\0", "x" * 5000])
def test_what_is_neither_a_verb_nor_a_path_is_three_lines(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main.main([name]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_a_missing_system_library_is_named_with_where_to_read_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from gui import display

    class Broken:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "gui.app":
                raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")

    import gui

    monkeypatch.setattr(display, "missing", lambda: "")
    monkeypatch.delitem(sys.modules, "gui.app", raising=False)
    monkeypatch.delattr(gui, "app", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    assert main.main([]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "libEGL.so.1" in line
    assert "README.md" in line
    assert "main.py demo" in line


def test_the_way_to_the_window_imports_nothing_of_the_command_line() -> None:
    code = (
        "import sys\nsys.argv = ['main.py']\nimport main\nfrom gui import app, display\n"
        "display.missing = lambda: ''\napp.run = lambda paths: 0\nassert main.main([]) == 0\n"
        "heavy = {'cyclopts', 'rich', 'pydantic', 'keras', 'tensorflow', 'engine.cli.program', 'engine.cli.screen'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_verb_runs_as_a_program_of_its_own(tmp_path: Path) -> None:
    done = start("scan", "sample:digits", "--json", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert '"images": 1797' in done.stdout
    refused = start("scan", "sample:cats", home=tmp_path)
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 3)
