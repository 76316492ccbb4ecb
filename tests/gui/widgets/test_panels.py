from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from engine.errors import EngineError
from gui.theme import Scheme, theme
from gui.widgets.buttons import push_button
from gui.widgets.panels import Card, EmptyState, ErrorPanel, Picture
from tests.gui.conftest import by_name


@pytest.fixture
def panel(qtbot: Any) -> ErrorPanel:
    made = ErrorPanel(closable=True)
    qtbot.addWidget(made)
    return made


TROUBLE = EngineError("It <broke>.", "It holds.", "Mend it.")


def test_an_error_is_three_sentences_of_text(panel: ErrorPanel) -> None:
    assert not panel.isVisible()
    panel.show_error(TROUBLE)
    assert panel.isVisible()
    assert [one.text() for one in (panel.what, panel.expected, panel.fix)] == ["It <broke>.", "It holds.", "Mend it."]
    assert panel.accessibleName() == "It <broke>."


def test_its_details_are_copied_with_it(panel: ErrorPanel) -> None:
    panel.show_error(TROUBLE, details="Traceback: line 3")
    by_name(panel, "Copy details", QPushButton).click()
    assert QGuiApplication.clipboard().text() == "It <broke>.\nIt holds.\nMend it.\nTraceback: line 3"


def test_it_goes_when_it_is_put_away_or_mended(panel: ErrorPanel) -> None:
    panel.show_error(TROUBLE)
    panel.close_button.click()
    assert not panel.isVisible()
    panel.show_error(TROUBLE)
    panel.show_error(None)
    assert not panel.isVisible()


def test_one_that_cannot_be_put_away_has_no_button_for_it(qtbot: Any) -> None:
    panel = ErrorPanel()
    qtbot.addWidget(panel)
    panel.show_error(TROUBLE)
    assert not panel.close_button.isVisible()


def test_a_card_without_a_title_leaves_no_gap_for_one(qtbot: Any) -> None:
    with_title, without = Card("Classes"), Card()
    for card in (with_title, without):
        qtbot.addWidget(card)
        card.show()
    assert with_title.title.isVisible()
    assert with_title.sizeHint().height() > without.sizeHint().height()


def test_an_empty_page_says_what_to_do_and_offers_it(qtbot: Any) -> None:
    button = push_button("Choose a folder", primary=True)
    state = EmptyState("No images yet", "Drop a folder here.", icon="folder", buttons=[button])
    qtbot.addWidget(state)
    state.show()
    assert state.title.text() == "No images yet"
    assert state.text.text() == "Drop a folder here."
    assert by_name(state, "Choose a folder", QPushButton) is button


def test_a_picture_follows_the_theme(qtbot: Any) -> None:
    theme().apply(Scheme.LIGHT)
    picture = Picture("warning", 24, "text")
    qtbot.addWidget(picture)
    light = picture.pixmap().toImage()
    theme().apply(Scheme.DARK)
    assert picture.pixmap().toImage() != light
    theme().apply()
