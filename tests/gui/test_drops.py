from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl

from gui.drops import MOST_FILES, Drop, Dropped, dropped, sort_paths


@pytest.mark.parametrize(
    ("names", "what", "taken"),
    [
        (["/a/frog.png"], Dropped.IMAGES, ["/a/frog.png"]),
        (["/a/frog.JPeG", "/a/notes.txt", "/a/toad.webp"], Dropped.IMAGES, ["/a/frog.JPeG", "/a/toad.webp"]),
        (["/a/Pond.convoscope"], Dropped.PROJECT, ["/a/Pond.convoscope"]),
        (["/a/POND.CONVOSCOPE"], Dropped.PROJECT, ["/a/POND.CONVOSCOPE"]),
        (["/a/photos"], Dropped.DATASET, ["/a/photos"]),
        (["/a/photos.zip"], Dropped.DATASET, ["/a/photos.zip"]),
        (["/a/photos", "/b/more"], Dropped.DATASET, ["/a/photos"]),
        (["/a/cats", "/a/dogs"], Dropped.DATASET, ["/a/cats", "/a/dogs"]),
        (["/a/frog.png", "/a/list.CSV", "/a/toad.png"], Dropped.DATASET, ["/a/list.CSV"]),
        (["/a/mnist.npz"], Dropped.DATASET, ["/a/mnist.npz"]),
    ],
)
def test_paths_are_sorted_by_their_names_alone(names: list[str], what: Dropped, taken: list[str]) -> None:
    assert sort_paths([Path(name) for name in names]) == Drop(what, tuple(Path(name) for name in taken))


def test_several_folders_are_one_source_of_these_alone() -> None:
    drop = sort_paths([Path("/a/cats & co"), Path("/a/dogs")])
    assert drop is not None
    assert drop.source.path == Path("/a")
    assert drop.source.options == {"only": "cats & co/dogs"}
    single = sort_paths([Path("/a/what?")])
    assert single is not None
    assert single.source.path == Path("/a/what?")


def test_nothing_is_no_drop() -> None:
    assert sort_paths([]) is None


def test_a_drop_of_very_many_files_is_cut() -> None:
    drop = sort_paths([Path(f"/a/{number}.png") for number in range(MOST_FILES + 5)])
    assert drop is not None
    assert len(drop.paths) == MOST_FILES


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/frog.png",
        "file://server/share/frog.png",
        "file:////server/share/frog.png",
        "data:image/png;base64,AAAA",
        "ftp://example.com/frog.png",
    ],
)
def test_only_files_of_this_computer_are_taken(address: str) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl(address)])
    assert dropped(mime) is None


def test_a_file_among_addresses_is_taken() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.com/frog.png"), QUrl.fromLocalFile("/a/b c/fröschlein.png")])
    assert dropped(mime) == Drop(Dropped.IMAGES, (Path("/a/b c/fröschlein.png"),))


def test_text_is_not_a_file() -> None:
    mime = QMimeData()
    mime.setText("/etc/passwd")
    assert dropped(mime) is None


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["a.png"], "Drop to classify this image"),
        ([f"{number}.png" for number in range(1200)], "Drop to classify these 1,200 images"),
        (["photos"], "Drop to use this folder as the dataset"),
        (["photos.zip"], "Drop to use this file as the dataset"),
        (["train-images-idx3-ubyte"], "Drop to use this file as the dataset"),
        (["/a/cats", "/a/dogs"], "Drop to use these 2 files or folders as the dataset"),
        (["Pond.convoscope"], "Drop to open this project"),
    ],
)
def test_what_letting_go_does_is_said(names: list[str], words: str) -> None:
    drop = sort_paths([Path(name) for name in names])
    assert drop is not None
    assert drop.words == words
