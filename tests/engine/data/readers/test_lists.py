from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest

from engine.errors import EngineError
from tests.engine.data.readers.making import contents, opened, parts, pictures, pixels, png, refusal, write

FILES = [f"img/{number}.png" for number in range(6)]
LABELS = ["cat", "dog"] * 3


def made(folder: Path, text: str | bytes, name: str = "list.csv") -> Path:
    write(folder, {**pictures(FILES), name: text.encode() if isinstance(text, str) else text})
    return folder / name


def lines(between: str = ",", header: str = "") -> str:
    rows = [f"{file}{between}{label}" for file, label in zip(FILES, LABELS, strict=True)]
    return "\n".join([*([header] if header else []), *rows]) + "\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (lines(), "column 1 is the path, column 2 the label. It has commas between its columns, no header, UTF-8."),
        (lines(";", "file;label"), "“file” is the path, “label” the label. It has semicolons"),
        (lines("\t", "path\tkind"), "“path” is the path, “kind” the label. It has tabs"),
        (lines(" "), "spaces between its columns, no header"),
        (lines(", "), "commas between its columns, no header"),
        (lines().replace("\n", "\r\n"), "commas"),
        (lines(",", '"file name","label"'), "“file name” is the path"),
        ("\ufeff" + lines(), "UTF-8"),
        (lines().encode("utf-16"), "UTF-16"),
        (lines().replace("cat", "kätzchen").encode("latin-1"), "not UTF-8, so read as Latin-1"),
    ],
)
def test_the_form_of_a_list_is_told_by_content_and_said(tmp_path: Path, text: str | bytes, words: str) -> None:
    dataset = opened(made(tmp_path, text, "list.dat"))
    assert dataset.ids == tuple(FILES)
    assert len(dataset.class_names) == 2
    assert words in dataset.notes[0]
    assert dataset.notes[0].startswith("A list, list.dat: 6 images;")


def test_a_list_in_a_folder_is_found(tmp_path: Path) -> None:
    assert contents(made(tmp_path, lines()).parent).classes == LABELS


def test_a_column_can_say_the_part(tmp_path: Path) -> None:
    names = ["train", "val", "test", "", "Train", "test"]
    rows = [f"{split},{label},{file}" for split, label, file in zip(names, LABELS, FILES, strict=True)]
    found = contents(made(tmp_path, "split,breed,path\n" + "\n".join(rows)))
    assert parts(found) == ["train", "validation", "test", "None", "train", "test"]
    assert "“split” the part" in found.notes[0]


def test_endings_that_the_paths_lack_are_added(tmp_path: Path) -> None:
    text = "id,breed\n" + "\n".join(f"img/{number},{label}" for number, label in enumerate(LABELS))
    found = contents(made(tmp_path, text))
    assert list(found.ids) == FILES
    assert "“id” is the path (.png added)" in found.notes[0]


def test_columns_can_be_chosen(tmp_path: Path) -> None:
    rows = "\n".join(
        f"{file},{label},{number % 3}" for number, (file, label) in enumerate(zip(FILES, LABELS, strict=True))
    )
    path = made(tmp_path, "path,a,b\n" + rows)
    assert list(contents(path).classes) == LABELS
    assert list(contents(f"{path}?label=b").classes) == ["0", "1", "2"] * 2
    assert list(contents(f"{path}?label=3&path=1").classes) == ["0", "1", "2"] * 2
    assert "no column 'c'" in refusal(f"{path}?label=c").what
    assert "no column '9'" in refusal(f"{path}?path=9").what


def test_faulty_lines_are_named_by_number_and_the_rest_is_read(tmp_path: Path) -> None:
    text = (
        lines()
        + "img/9.png,cat\nimg/0.png\nimg/1.png,cat\nimg/2.png,cat\n,dog\nimg/3.png,\n"
        + "img/3.png,"
        + "x" * 300
    )
    found = contents(made(tmp_path, text))
    assert list(found.ids) == FILES
    assert [(one.path, one.why) for one in found.unreadable] == [
        ("list.csv, line 8", "it has 1 columns, and most lines have 2"),
        ("img/9.png", "there is no such file (line 7 of list.csv)"),
        ("img/1.png", "it stands in the list before with another label or part (line 9)"),
        ("a line without a path", "the path is empty or too long (line 11 of list.csv)"),
        ("img/3.png", "its label is empty (line 12 of list.csv)"),
        ("img/3.png", "its label is longer than 200 characters (line 13 of list.csv)"),
    ]
    assert "Lines that stand there twice were taken once: 1." in found.notes


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "empty"),
        ("a.png,cat\n", "one row"),
        ("a.png\nb.png\n", "one column"),
        (lines() + '"img/0.png,cat\nimg/1.png,dog\n', "from line 7 on: there is a quote that never closes"),
        (lines() + '"' + "x" * 200_000 + '",cat\n', "from line 7 on"),
        (lines() + '"img/0.png"x,cat\n', "from line 7 on: there is a misplaced quote"),
        (lines() + "img\0/0.png,cat\n", "zero byte in line 7"),
        (lines().encode("utf-16") + b"\0", "damaged"),
        ("x,y\n1,2\n3,4\n", "no column holds the paths"),
        ("no/a.png,cat\nno/b.png,dog\n", "None of the 2 images in list.csv is there; no/a.png: there is no such file"),
        ("," * 2000 + "\n" + "," * 2000 + "\n" + "a" + "," * 2000, "one row"),
        ("a" + ",b" * 2000 + "\n" + "a" + ",b" * 2000 + "\n", "2,001 columns"),
    ],
)
def test_what_is_no_list_is_refused_with_the_line(tmp_path: Path, text: str | bytes, what: str) -> None:
    assert what in refusal(made(tmp_path, text)).what


def test_cells_are_only_text(tmp_path: Path) -> None:
    cells = ["=cmd|'/c calc'!A1", "<img src=x>", "9" * 5000, "{0}", "%s", "1" * 150]
    rows = "\n".join(f"{file},{cell}" for file, cell in zip(FILES, cells, strict=True))
    found = contents(made(tmp_path, rows))
    assert list(found.classes) == [cells[0], cells[1], cells[3], cells[4], cells[5]]
    assert found.unreadable[0].why.startswith("its label is longer than 200")


def test_paths_may_lead_out_of_the_folder_and_to_no_pipe(tmp_path: Path) -> None:
    write(tmp_path, {"a.png": png(pixels(1)[0]), "b.png": png(pixels(1, seed=1)[0])})
    (tmp_path / "lists").mkdir()
    os.mkfifo(tmp_path / "pipe.png")
    path = tmp_path / "lists" / "list.txt"
    path.write_text(f"../a.png,cat\n{tmp_path}/b.png,dog\n../pipe.png,dog\n./.././a.png,cat\n")
    dataset = opened(path)
    assert dataset.ids == ("../a.png", f"{tmp_path}/b.png")
    assert [one.path for one in dataset.unreadable] == ["../pipe.png"]


def test_the_state_follows_the_list_and_the_images(tmp_path: Path) -> None:
    path = made(tmp_path, lines())
    first = contents(path).state
    assert contents(path).state == first
    (tmp_path / FILES[0]).write_bytes(png(pixels(1, 9, 9)[0]))
    second = contents(path).state
    path.write_text(lines(";"))
    assert len({first, second, contents(path).state}) == 3


def test_cut_at_every_byte_it_is_read_or_refused(tmp_path: Path) -> None:
    whole = lines(",", '"path","label"').encode("utf-16")
    path = made(tmp_path, whole)
    for length in range(0, len(whole), 3):
        path.write_bytes(whole[:length])
        with contextlib.suppress(EngineError):
            assert set(contents(path).ids) <= set(FILES)
