from __future__ import annotations

import ast
from pathlib import Path

import pytest

from engine.cli.program import BAD_INPUT, DONE, main
from engine.project import create, sample_draft


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "digits.convoscope"
    create(folder, sample_draft())
    return folder


def test_the_script_is_printed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["code", str(project)]) == DONE
    printed = capsys.readouterr().out
    ast.parse(printed)
    assert 'CLASS_NAMES = ["0", "1"' in printed
    assert "def build_network():" in printed


def test_the_script_is_written_and_another_file_is_not_overwritten(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "net.ipynb"
    assert main(["code", str(project), "--out", str(out)]) == DONE
    assert f"Wrote {out}" in capsys.readouterr().out
    out.write_text("{}")
    assert main(["code", str(project), "--out", str(out)]) == BAD_INPUT
    assert len(capsys.readouterr().err.splitlines()) == 3
    assert out.read_text() == "{}"


def test_images_that_are_gone_do_not_keep_the_script_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from dataclasses import replace

    from engine.data.source import Source

    create(tmp_path / "x.convoscope", replace(sample_draft(), source=Source(str(tmp_path / "gone"))))
    assert main(["code", str(tmp_path / "x")]) == DONE
    found = capsys.readouterr()
    assert '"class 1"' in found.out
    assert "made up" in found.err
