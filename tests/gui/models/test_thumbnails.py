"""The list of images: which are shown, which pictures are read, and what is said of each."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QSignalSpy

from engine.data.split import Curation, Part
from engine.service.datasets import ThumbnailSheet
from gui.models.image_filter import CuratedImages, ImageFilter
from gui.models.thumbnails import PICTURES_KEPT, ThumbnailModel, class_counts
from tests.gui.pages.fakes import dataset

ROLES = Qt.ItemDataRole


@pytest.fixture
def model(qapp: Any) -> ThumbnailModel:
    made = ThumbnailModel()
    made.set_dataset(dataset(600))
    return made


def sheet(wanted: tuple[int, ...], images: int = 600) -> ThumbnailSheet:
    return ThumbnailSheet(dataset(images).identity, wanted, np.full((len(wanted), 4, 4, 3), 7, dtype=np.uint8))


def asked(qtbot: Any, model: ThumbnailModel, first: int, last: int) -> tuple[int, ...]:
    with qtbot.waitSignal(model.wanted) as signal:
        model.look_at(first, last)
    (wanted,) = signal.args
    assert isinstance(wanted, tuple)
    return wanted


def test_what_is_in_sight_is_read_first_then_the_screens_beside_it_and_nothing_twice(
    qtbot: Any, model: ThumbnailModel
) -> None:
    seen = asked(qtbot, model, 20, 30)
    assert seen == tuple(model.shown[20:30])
    with qtbot.assertNotEmitted(model.wanted, wait=60):
        model.look_at(20, 30)
    with qtbot.waitSignal(model.wanted) as signal:
        model.add_sheet(sheet(seen))
    assert model.index(20).data(ROLES.DecorationRole).pixelColor(0, 0) == QColor(7, 7, 7)
    assert signal.args == [(*model.shown[30:40], *model.shown[10:20])]
    with qtbot.assertNotEmitted(model.wanted, wait=60):
        model.add_sheet(sheet(signal.args[0]))


def test_what_was_scrolled_past_is_given_up(qtbot: Any, model: ThumbnailModel) -> None:
    asked(qtbot, model, 0, 10)
    spy = QSignalSpy(model.given_up)
    assert asked(qtbot, model, 300, 310) == tuple(model.shown[300:310])
    assert spy.count() == 1
    with qtbot.assertNotEmitted(model.given_up, wait=60):
        model.look_at(305, 315)


def test_memory_holds_so_many_pictures_and_no_more(qtbot: Any, qapp: Any) -> None:
    model = ThumbnailModel()
    model.set_dataset(dataset(9000))
    for start in range(0, 9000, 100):
        model.add_sheet(sheet(tuple(range(start, start + 100)), 9000))
    assert sum(model.picture(number) is not None for number in range(9000)) == PICTURES_KEPT
    assert model.picture(8999) is not None


def test_pictures_of_another_dataset_are_dropped(model: ThumbnailModel) -> None:
    model.add_sheet(ThumbnailSheet("another", (0,), np.zeros((1, 4, 4, 3), dtype=np.uint8)))
    assert model.picture(0) is None


def test_after_a_cancelled_job_pictures_are_asked_for_again(qtbot: Any, model: ThumbnailModel) -> None:
    first = asked(qtbot, model, 0, 10)
    model.forget_requests()
    assert asked(qtbot, model, 0, 10) == first


def test_pictures_outlive_a_curation(model: ThumbnailModel) -> None:
    model.add_sheet(sheet((3,)))
    assert model.images is not None
    model.show_images(model.images.with_curation(Curation().exclude(["cat/00000.png"])))
    assert model.picture(3) is not None
    model.set_dataset(dataset(30))
    assert model.picture(3) is None


def test_an_edit_moves_no_image_until_it_is_filtered_again(model: ThumbnailModel) -> None:
    model.set_filter(ImageFilter(class_name="cat"))
    before = model.shown.tolist()
    assert model.images is not None
    spy = QSignalSpy(model.modelReset)
    model.show_images(model.images.with_curation(Curation().label(["cat/00000.png", "cat/00003.png"], "bird")))
    assert model.shown.tolist() == before
    assert spy.count() == 0
    assert model.outdated == 2
    model.set_filter(model.filter)
    assert model.shown.tolist() == before[2:]
    assert model.outdated == 0


def test_each_image_says_what_the_user_did_to_it(model: ThumbnailModel) -> None:
    curation = (
        Curation().exclude(["cat/00000.png"]).label(["dog/00001.png"], "wolf").move(["frog/00002.png"], Part.TEST)
    )
    assert model.images is not None
    model.show_images(model.images.with_curation(curation))

    def said(number: int, role: int) -> Any:
        return model.index(model.row_of(number)).data(role)

    assert said(0, ThumbnailModel.LEFT_OUT) is True
    assert said(0, ROLES.AccessibleTextRole) == "cat/00000.png, cat, left out"
    assert (said(1, ROLES.DisplayRole), said(1, ThumbnailModel.WAS)) == ("wolf", "dog")
    assert said(1, ROLES.AccessibleTextRole) == "dog/00001.png, wolf, was dog, for training"
    assert said(2, ThumbnailModel.MOVED) is True
    assert "for test, moved there" in said(2, ROLES.AccessibleTextRole)
    assert said(3, ROLES.AccessibleTextRole) == "cat/00003.png, cat, for validation"
    assert said(3, ThumbnailModel.WAS) == ""


def test_class_counts_leave_out_what_is_left_out(model: ThumbnailModel) -> None:
    images = CuratedImages(dataset(9)).with_curation(Curation().exclude(["cat/00000.png"]))
    assert class_counts(images.dataset) == [(0, 1, 1), (1, 1, 1), (1, 1, 1)]
