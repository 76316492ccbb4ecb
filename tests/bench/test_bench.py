"""What the benchmarks promise, but for the figures themselves: those are taken on a quiet machine."""

import ast
import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from engine.data.dataset import DatasetSpec
from engine.data.opening import open_dataset
from engine.data.source import Source
from tests.bench import __main__ as bench
from tests.bench import augment, browse, evicted, load, memory, scan, stall
from tests.bench.measuring import HERE, Figures, baseline, in_process, interleave, result

BASELINES = sorted((HERE / "baselines").glob("*.py"))
OURS = {"engine", "gui", "tests", "main"}


def repeats(*pairs: tuple[float, float]) -> list[dict[str, Figures]]:
    return [{"ours": {"speed": ours}, "theirs": {"speed": theirs}} for ours, theirs in pairs]


def imported(source: str) -> set[str]:
    """The top names of all that some code imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    return {name.partition(".")[0] for name in found}


@pytest.mark.parametrize(
    "name", ["augment", "browse", "edit", "evicted", "load", "memory", "predict", "scan", "stall", "train", "window"]
)
def test_every_bench_of_the_list_can_be_run(name: str) -> None:
    assert name in bench.NAMES
    assert callable(import_module(f"tests.bench.{name}").run)


def test_all_but_those_compared_with_themselves_have_a_baseline() -> None:
    assert [one.stem for one in BASELINES] == ["browse", "load", "predict", "stall", "train", "window"]


@pytest.mark.parametrize("file", BASELINES, ids=lambda one: one.stem)
def test_a_baseline_is_short_and_knows_nothing_of_us(file: Path) -> None:
    source = file.read_text("utf-8")
    assert len(source.splitlines()) < 60
    assert not imported(source) & {*OURS, ""}


def test_the_ratio_is_that_of_the_medians() -> None:
    found = repeats((10, 4), (20, 5), (90, 6))
    figures = result("made_up", "speed", found, to_reach="at least 3")
    assert figures | {"machine": None} == {
        "name": "made_up",
        "quantity": "speed",
        "ratio": 4.0,
        "ours": 20,
        "theirs": 5,
        "median_of_ratios": 4.0,
        "to_reach": "at least 3",
        "repeats": found,
        "machine": None,
    }
    assert figures["machine"]["cores"] >= 1


def test_both_sides_take_turns_and_every_repeat_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    order: list[str] = []

    def side(name: str) -> Figures:
        order.append(name)
        return {"speed": len(order)}

    found = interleave(lambda: side("ours"), lambda: side("theirs"), 3)
    assert order == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]
    assert [one["ours"]["speed"] for one in found] == [1, 4, 5]
    printed = capsys.readouterr().err.splitlines()
    assert [json.loads(line.partition(" ")[2]) for line in printed] == found


def test_a_side_that_fails_ends_the_bench_with_what_it_said() -> None:
    with pytest.raises(RuntimeError, match="no such luck"):
        in_process("-c", "raise SystemExit('no such luck')")


def test_the_figures_of_a_side_are_its_last_line() -> None:
    assert in_process("-c", "print('hello'); print('{\"speed\": 3}')") == {"speed": 3}


@pytest.mark.parametrize("arguments", [[], ["speed"], ["train", "0"], ["train", "many"], ["train", "9", "9"]])
def test_what_is_no_bench_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(arguments) == 2
    assert "Usage" in capsys.readouterr().err


def test_a_bench_prints_one_object(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(load, "run", lambda repeats: {"name": "load", "repeats": repeats})
    assert bench.main(["load"]) == 0
    assert json.loads(capsys.readouterr().out) == {"name": "load", "repeats": 9}


def test_both_sides_of_load_read_the_same_images(tmp_path: Path, home: Path) -> None:
    load.draw(tmp_path / "images", 60)
    first, second = load.measure(tmp_path / "images"), load.measure(tmp_path / "images")
    assert (first["images"], first["from_cache"], second["from_cache"]) == (60, False, True)
    assert first["mean"] == second["mean"] > 0


def test_photos_are_large_and_no_two_files_are_alike(tmp_path: Path, home: Path) -> None:
    load.draw_photos(tmp_path / "photos", 42, (300, 400))
    files = sorted((tmp_path / "photos").rglob("*.jpg"))
    assert len({one.read_bytes() for one in files}) == 42
    figures = load.measure(tmp_path / "photos")
    assert (figures["images"], figures["from_cache"]) == (42, False)
    assert 0 < figures["first_pictures_seconds"] < figures["seconds"]


@pytest.mark.skipif(not hasattr(os, "posix_fadvise"), reason="this system evicts no single files")
def test_what_was_thrown_out_of_memory_is_read_again(home: Path) -> None:
    images = open_dataset(DatasetSpec(Source("sample:shapes?images=60"))).images
    before = images.sum()
    evicted.evict(images)
    assert images.sum() == before


@pytest.mark.slow
def test_keras_reads_them_too(tmp_path: Path, home: Path) -> None:
    load.draw(tmp_path / "images", 60)
    theirs = baseline("load", str(tmp_path / "images"), str(load.SIDE))
    assert theirs["images"] == 60
    assert theirs["mean"] == pytest.approx(load.measure(tmp_path / "images")["mean"], abs=2)


def test_stall_takes_the_worse_phase() -> None:
    phases = {"warm_up": {"p50": 5, "p99": 30, "max": 40}, "training": {"p50": 6, "p99": 20, "max": 90}}
    assert stall.worst(phases) == {"p50": 6, "p99": 30, "max": 90, **phases}


def test_ticks_note_how_long_the_loop_was_held(qapp: QApplication) -> None:
    from tests.bench.ticks import Ticks, figures

    assert figures([5.0] * 99 + [105.0]) == {"p50": 5.0, "p99": 6.0, "max": 105.0, "ticks": 100}
    ticks = Ticks()
    ticks.begin()
    assert ticks.end()["ticks"] == 1


def test_browse_scrolls_slowly_by_pages_and_far_and_comes_everywhere() -> None:
    places = [browse.place_of(step, 100_000, 800) for step in range(120 * 3 * 7)]
    assert all(0 <= one < 100_000 for one in places)
    assert places[1] - places[0] == 20
    assert places[121] - places[120] == 800
    assert places[241] - places[240] == 666
    assert len({one // 10_000 for one in places}) == 10


def test_memory_is_what_this_process_and_its_children_hold() -> None:
    code = "held = bytearray(b'x') * 50_000_000; print(len(held), flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holding:
        assert holding.stdout is not None
        assert holding.stdout.readline() == b"50000000\n"
        assert 50_000_000 < memory.anonymous_bytes(holding.pid) < 100_000_000
        assert holding.pid in memory.family(os.getpid())
        holding.communicate(b"\n")
    assert memory.family(os.getpid())[0] == os.getpid()
    assert memory.anonymous_bytes(2**22 + 1) == 0


def test_the_program_itself_is_what_is_started() -> None:
    source = (HERE / "first_paint.py").read_text("utf-8")
    assert not imported(source) & OURS, "main.py would find its imports done already"
    assert '"main.py"' in source


def test_an_edit_is_measured_with_its_remedies_and_without_keras() -> None:
    figures = in_process("-m", "tests.bench.edit", "7")
    assert figures["broken"] > 0
    assert 0 < figures["median_ms"] <= figures["broken_ms"]
    assert figures["keras_imported"] is False


def test_both_sides_of_augment_learn_from_the_same_images() -> None:
    found = augment.measure(steps=2)
    assert found["ours"]["ms_per_step"] > 0
    assert found["ours"]["final_loss"] != found["theirs"]["final_loss"]


def test_planted_copies_are_counted_by_kind_and_strangers_as_false_alarms(tmp_path: Path, home: Path) -> None:
    scan.plant(tmp_path / "scenes", 30, 4)
    found = scan.measure_recall(tmp_path / "scenes")
    cropped = found["recall"].pop("cropped")
    assert cropped >= 0.75  # one of four may be missed, as one in five of 200 may
    assert found["recall"] == dict.fromkeys(("exact", "recompressed", "reencoded", "rescaled"), 1.0)
    assert (found["false_alarms"], found["scenes"]) == (0.0, 30)
    assert scan._recall(["a/000001-exact.jpg", "a/000002-exact.jpg"], [("a/000001-exact.jpg", "a/000001.jpg")]) == {
        "exact": 0.5
    }
    assert scan._accused([("a/000001.jpg", "a/000002.jpg"), ("a/000003-exact.jpg", "a/000003.jpg")]) == 2


def test_the_examination_is_timed_without_decoding(tmp_path: Path, home: Path) -> None:
    load.draw(tmp_path / "images", 60)
    found = scan.measure_speed(tmp_path / "images")
    assert found["images"] == 60
    assert found["images_per_second"] == pytest.approx(60 / found["seconds"])
