"""The doctor's view: what it shows and what it asks for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.data.doctor.finding import Cure, Finding, Severity
from engine.service.datasets import ThumbnailSheet
from gui.doctor.images import FindingImages
from gui.doctor.view import DoctorView

DARK = Finding(
    "dark", Severity.WARNING, "2 images are <b>dark", "Why.", ("a/1", "a/2"), ("x", "y"), cures=(Cure("Out"),)
)
WRONG = Finding(
    "wrong_labels",
    Severity.SERIOUS,
    "1 image",
    "Why.",
    ("a/3",),
    ("a, or b?",),
    suggestions=("b",),
    evidence=(("n", 1),),
)
NOTE = Finding("imbalance", Severity.NOTE, "Uneven", "Why.", advice="Collect more.")


@pytest.fixture
def view(qtbot: Any) -> DoctorView:
    made = DoctorView()
    qtbot.addWidget(made)
    made.images.set_dataset(["a/1", "a/2", "a/3"])
    return made


def test_it_says_what_it_is_for_before_and_that_nothing_was_wrong_after(view: DoctorView) -> None:
    assert view._stack.currentWidget() is view.empty
    view.show_findings(())
    assert view._stack.currentWidget() is view.healthy


def test_findings_stand_worst_first_and_the_chosen_one_stays_when_more_come(view: DoctorView) -> None:
    view.show_findings([NOTE, DARK])
    assert [one.kind for one in view.findings] == ["dark", "imbalance"]
    view.choose("imbalance")
    assert (view.advice.text(), view.grid.isHidden()) == ("Collect more.", True)
    view.add_finding(WRONG)
    assert [one.kind for one in view.findings] == ["wrong_labels", "dark", "imbalance"]
    assert view.current() is NOTE


def test_names_are_text(view: DoctorView) -> None:
    view.show_findings([DARK])
    assert view.title.text() == "2 images are <b>dark"
    assert "&lt;b&gt;" in view._list.item(0).toolTip()


def test_a_cure_is_asked_for_and_then_is_done(qtbot: Any, view: DoctorView) -> None:
    view.show_findings([DARK])
    ((button, cure),) = view._cures
    with qtbot.waitSignal(view.cure_requested) as asked:
        button.click()
    assert asked.args == [cure]
    view.show_done({"a/1": "left out"}, [cure])
    assert not button.isEnabled()
    assert view.images.index(0).data(FindingImages.DONE) == "left out"
    view.choose("dark")
    view.show_findings([DARK])
    assert not view._cures[0][0].isEnabled()


def test_a_doubted_label_is_relabelled_confirmed_or_left_out(qtbot: Any, view: DoctorView) -> None:
    view.show_findings([WRONG])
    assert not view.relabel_button.isEnabled()
    view.grid.setCurrentIndex(view.images.index(0))
    assert view.relabel_button.text() == "Relabel as b"
    with qtbot.waitSignal(view.relabel_requested) as relabel:
        view.relabel_button.click()
    assert relabel.args == ["a/3", "b"]
    with qtbot.waitSignal(view.confirm_requested) as confirm:
        view.confirm_button.click()
    assert confirm.args == [["a/3"]]
    with qtbot.waitSignal(view.leave_out_requested) as leave:
        view.leave_button.click()
    assert leave.args == [["a/3"]]
    view.show_findings([DARK])
    assert view.relabel_button.isHidden()
    assert not view.leave_button.isHidden()


def test_pictures_are_asked_for_when_seen_and_painted(qtbot: Any, view: DoctorView) -> None:
    view.resize(900, 600)
    view.show()
    view.show_findings([DARK])
    with qtbot.waitSignal(view.thumbnails_wanted) as asked:
        view.grab()
    assert asked.args == [(0, 1)]
    pixels = np.full((2, 72, 72, 3), 200, np.uint8)
    view.images.add_sheet(ThumbnailSheet("f", (0, 1), pixels))
    assert view.images.index(1).data(0x1) is not None
    assert "y" in view.images.index(1).data(0x3)
    view.images.set_done({"a/2": "left out"})
    view.grab()


def test_files_that_are_no_images_have_no_picture(view: DoctorView) -> None:
    view.show_findings([Finding("unreadable", Severity.WARNING, "t", "w", ("zz",), ("it is a text file",))])
    assert view.images.index(0).data(0x1) is None
    assert view.leave_button.isHidden()


def test_the_worst_is_shown_until_the_user_chooses(view: DoctorView) -> None:
    view.add_finding(NOTE)
    view.add_finding(WRONG)
    assert view.current() is WRONG
    view.choose("imbalance")
    view.add_finding(DARK)
    assert view.current() is NOTE
