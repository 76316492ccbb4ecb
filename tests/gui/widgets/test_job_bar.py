from typing import Any

import pytest

from engine.jobs import JobProgress
from gui.widgets.job_bar import JobBar


@pytest.fixture
def bar(qtbot: Any) -> JobBar:
    made = JobBar()
    qtbot.addWidget(made)
    return made


def test_it_shows_only_while_there_is_a_job(bar: JobBar) -> None:
    assert not bar.isVisible()
    bar.start("Reading images")
    assert bar.isVisible()
    assert bar.bar.maximum() == 0
    bar.finish()
    assert not bar.isVisible()


@pytest.mark.parametrize(("done", "total", "value"), [(0, 4, 0), (1, 4, 250), (4, 4, 1000), (9, 4, 1000)])
def test_how_far_the_job_is(bar: JobBar, done: float, total: float, value: int) -> None:
    bar.start("Reading images")
    bar.show_progress(JobProgress(1, done, total, "cat/01.png", 130.0))
    assert bar.bar.value() == value
    assert bar.text.text() == "cat/01.png"
    assert bar.figures.text() == "2 min 10 s left"


def test_a_job_of_unknown_length_says_so_and_nothing_of_what_is_left(bar: JobBar) -> None:
    bar.start("Reading images")
    bar.show_progress(JobProgress(1, 12, None, "", None))
    assert bar.bar.maximum() == 0
    assert bar.figures.text() == ""


def test_the_rate_stands_before_what_is_left_and_ends_with_its_job(bar: JobBar) -> None:
    bar.start("Training")
    bar.set_rate("1,252 images/s")
    bar.show_progress(JobProgress(1, 1, 4, "", 9.0))
    assert bar.figures.text() == "1,252 images/s · 9 s left"
    bar.start("Training again")
    bar.show_progress(JobProgress(2, 1, 4, "", 9.0))
    assert bar.figures.text() == "9 s left"


def test_cancel_is_asked_once_and_can_be_asked_of_the_next_job(bar: JobBar) -> None:
    asked: list[bool] = []
    bar.cancel_requested.connect(lambda: asked.append(True))
    bar.start("Reading images")
    assert bar.cancel_button.accessibleName() == "Cancel: Reading images"
    bar.cancel_button.click()
    bar.cancel_button.click()
    assert asked == [True]
    assert bar.text.text() == "Ending…"
    bar.start("Reading others")
    bar.cancel_button.click()
    assert asked == [True, True]
