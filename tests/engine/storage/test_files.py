from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.errors import EngineError
from engine.storage import (
    append_bytes,
    append_line,
    clear_leftovers,
    disk,
    load_bytes,
    load_json,
    make_folder,
    readable_size,
    save_bytes,
    save_json,
    save_text,
)
from tests.engine.storage.faulty_disk import FAULT_NAMES, FAULTS, Dead, FaultyDisk, sweep

ROOT = Path(__file__).parents[3]


def others(folder: Path, name: str) -> list[str]:
    return [one.name for one in folder.iterdir() if one.name != name]


@pytest.mark.parametrize("fault", FAULTS, ids=FAULT_NAMES)
def test_a_save_cut_short_anywhere_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    path = tmp_path / "a.json"
    save_json(path, {"is": "old"})
    old = path.read_bytes()
    save_json(path, {"is": "new"})
    new = path.read_bytes()

    def after() -> None:
        assert path.read_bytes() in (old, new)
        if not isinstance(fault, Dead):
            assert others(tmp_path, "a.json") == []
        path.write_bytes(old)

    places = sweep(monkeypatch, fault, lambda: save_json(path, {"is": "new"}), after)

    assert places >= 5


def test_a_full_disk_is_told_with_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "weights.npz"
    save_text(path, "old")
    monkeypatch.setattr(disk, "DISK", FaultyDisk(2, OSError(errno.ENOSPC, "No space left on device")))

    with pytest.raises(EngineError) as caught:
        save_bytes(path, b"x" * 5_000_000)

    assert "weights.npz" in caught.value.what
    assert "about 5.0 MB are missing" in caught.value.what
    assert path.read_text() == "old"
    assert others(tmp_path, "weights.npz") == []


def test_everything_is_flushed_before_the_rename_and_the_folder_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    class Watched(disk.Disk):
        def write(self, file: int, data: memoryview) -> int:
            seen.append("write")
            return super().write(file, data[:3])

        def fsync(self, file: int) -> None:
            seen.append("fsync")
            super().fsync(file)

        def rename(self, source: Path, target: Path) -> None:
            seen.append("rename")
            super().rename(source, target)

        def fsync_folder(self, folder: Path) -> None:
            seen.append(f"fsync {folder.name}")
            super().fsync_folder(folder)

    monkeypatch.setattr(disk, "DISK", Watched())
    save_bytes(tmp_path / "a", b"seven b")

    assert seen == ["write", "write", "write", "fsync", "rename", f"fsync {tmp_path.name}"]
    assert (tmp_path / "a").read_bytes() == b"seven b"


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")

    save_text(tmp_path / "link", "new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"gone.*its folder is not there"):
        save_text(tmp_path / "gone" / "a", "x")


def test_a_name_that_no_file_can_have_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="could not be written"):
        save_text(tmp_path / "a\0b", "x")
    with pytest.raises(EngineError, match="could not be read"):
        load_bytes(tmp_path / "a\0b", 10)
    with pytest.raises(EngineError, match="could not be written"):
        save_text(tmp_path / ("a" * 300), "x")


def test_a_file_where_a_folder_should_be_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")

    with pytest.raises(EngineError, match="could not be written"):
        make_folder(tmp_path / "a" / "b")


def test_lines_are_appended(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"

    append_line(path, "one")
    append_line(path, "zwölf", durable=True)
    append_bytes(path, b"x")

    assert path.read_bytes() == "one\nzwölf\nx".encode()


def test_a_torn_line_does_not_spoil_the_next(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(b"one\ntw")

    append_line(path, "three")

    assert path.read_bytes() == b"one\ntw\nthree\n"


def test_a_failed_append_gives_the_log_its_old_length(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "steps.bin"
    append_bytes(path, b"1234")

    class FillsUp(disk.Disk):
        def write(self, file: int, data: memoryview) -> int:
            if len(data) < 4:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(file, data[:2])

    monkeypatch.setattr(disk, "DISK", FillsUp())
    with pytest.raises(EngineError, match="the disk is full"):
        append_bytes(path, b"5678")

    assert path.read_bytes() == b"1234"


def test_half_files_of_dead_programs_are_cleared_and_those_of_living_ones_stay(tmp_path: Path) -> None:
    living = tmp_path / f".saving-{os.getpid()}-7.tmp"
    dead = tmp_path / ".saving-999999999-1.tmp"
    for one in (living, dead, tmp_path / "mine.tmp"):
        one.write_text("")

    clear_leftovers(tmp_path)
    clear_leftovers(tmp_path / "not there")

    assert sorted(one.name for one in tmp_path.iterdir()) == sorted([living.name, "mine.tmp"])


def test_files_larger_than_their_limit_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")

    assert load_bytes(tmp_path / "a", 5) == b"12345"
    with pytest.raises(EngineError, match="larger than 4 bytes"):
        load_bytes(tmp_path / "a", 4)


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="does not exist"):
        load_bytes(tmp_path / "a", 5)
    with pytest.raises(EngineError, match="is a folder"):
        load_bytes(tmp_path, 5)


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 bytes"), (999, "999 bytes"), (3_200_000, "3.2 MB"), (5 * 10**13, "50.0 TB")]
)
def test_sizes_are_readable(size: int, text: str) -> None:
    assert readable_size(size) == text


@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
def test_a_program_killed_while_it_saves_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    program = (
        "import sys; from pathlib import Path; from engine.storage import save_json\n"
        "number = 0\n"
        "while True:\n"
        "    number += 1\n"
        "    save_json(Path(sys.argv[1]), [number] * 3000)\n"
        "    print(number, flush=True)\n"
    )
    for round in range(4):
        saver = subprocess.Popen([sys.executable, "-c", program, str(path)], cwd=ROOT, stdout=subprocess.PIPE)
        assert saver.stdout is not None
        told = int(saver.stdout.readline())
        time.sleep(0.013 * round)
        saver.kill()
        told = max(
            [told, *(int(line) for line in saver.stdout.read().splitlines(keepends=True) if line.endswith(b"\n"))]
        )
        saver.stdout.close()
        saver.wait()

        found = load_json(path)
        assert found == [found[0]] * 3000
        assert found[0] >= told
        clear_leftovers(tmp_path)
        assert others(tmp_path, "a.json") == []
