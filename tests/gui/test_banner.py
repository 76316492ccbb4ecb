from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton, QToolButton

from gui.banner import Banner
from tests.gui.conftest import by_name


@pytest.fixture
def banner(qtbot: Any) -> Banner:
    made = Banner()
    qtbot.addWidget(made)
    return made


def test_nothing_is_shown_until_there_is_something_to_say(banner: Banner) -> None:
    assert not banner.isVisible()
    banner.say("The engine <stopped>.")
    assert banner.isVisible()
    assert banner.text.text() == "The engine <stopped>."
    assert banner.accessibleName() == "The engine <stopped>."
    assert not banner.button.isVisible()


def test_an_offer_is_taken_once_and_puts_the_banner_away(banner: Banner) -> None:
    taken: list[bool] = []
    banner.say("It stopped.", offer="Resume a&b", act=lambda: taken.append(True))
    by_name(banner, "Resume a&b", QPushButton).click()
    assert taken == [True]
    assert not banner.isVisible()


def test_an_offer_that_has_become_needless_goes_and_the_sentence_stays(banner: Banner) -> None:
    banner.say("It stopped.", offer="Resume", act=lambda: None)
    banner.withdraw_offer()
    assert banner.isVisible()
    assert not banner.button.isVisible()


def test_a_sentence_without_an_offer_does_not_keep_the_one_before(banner: Banner) -> None:
    banner.say("It stopped.", offer="Resume", act=lambda: None)
    banner.say("The disk is full.")
    assert not banner.button.isVisible()


def test_the_user_can_put_it_away(banner: Banner) -> None:
    banner.say("It stopped.")
    by_name(banner, "Hide this message", QToolButton).click()
    assert not banner.isVisible()
