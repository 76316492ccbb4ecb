from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox

from gui.models.feature_maps import FeatureMap
from gui.pages.inspect_page import InspectPage
from gui.pages.map_card import MapDialog
from tests.gui.pages.fakes import inspection


@pytest.fixture
def page(qtbot: Any) -> InspectPage:
    made = InspectPage()
    qtbot.addWidget(made)
    made.show_runs(("run-002", "run-001"), "run-002")
    made.show_inspection(inspection(true_class="cat"))
    made.show_facts(inspection().trained)
    made.resize(900, 800)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_the_true_class_is_marked_and_said(page: InspectPage) -> None:
    assert page.prediction_card.truth.text() == "Right: it is cat."
    page.show_inspection(inspection(true_class="frog"))
    assert page.prediction_card.truth.text() == "Wrong: it is frog."
    page.show_inspection(inspection())
    assert page.prediction_card.truth.isHidden()


def current(page: InspectPage) -> FeatureMap:
    found = page.map_card.current_map()
    assert found is not None
    return found


def test_keys_choose_layers_and_maps(qtbot: Any, page: InspectPage) -> None:
    page.layer_list.setFocus()
    page.choose_layer("layer_001")
    with qtbot.waitSignal(page.layer_chosen) as signal:
        qtbot.keyClick(page.layer_list, Qt.Key.Key_Down)
    assert signal.args == ["layer_002"]
    grid = page.map_card.grid
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_End)
    assert current(page).channel == page.map_card.model.rowCount() - 1


def test_a_map_opens_large_and_its_window_is_gone_when_closed(qtbot: Any, page: InspectPage) -> None:
    page.choose_layer("layer_002")
    page.map_card.grid.setFocus()
    qtbot.keyClick(page.map_card.grid, Qt.Key.Key_Return)
    dialog = page.map_card.findChild(MapDialog)
    assert dialog is not None
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_a_layer_of_plain_values_is_one_picture(page: InspectPage) -> None:
    last = page.layers.rows[-1].path
    page.choose_layer(last)
    assert page.map_card.grid.isHidden()
    assert page.map_card.enlarged.heading.text() == "ALL VALUES"
    assert "one for each feature" in page.map_card.sentence.text()


def test_each_map_on_its_own_scale_keeps_the_chosen_map(page: InspectPage) -> None:
    page.choose_layer("layer_002")
    page.map_card.grid.setCurrentIndex(page.map_card.model.index(3))
    shared = current(page).high
    page.map_card.scale_box.setCurrentIndex(1)
    assert current(page).channel == 3
    assert current(page).high != shared


def test_everything_that_can_be_used_has_a_name(page: InspectPage) -> None:
    kinds = (QAbstractButton, QComboBox, QAbstractItemView)
    for control in [one for kind in kinds for one in page.findChildren(kind)]:
        if control.isVisible() and control.window() is page and not isinstance(control.parent(), QComboBox):
            assert control.accessibleName(), type(control).__name__


def test_showing_runs_chooses_none_aloud(qtbot: Any, page: InspectPage) -> None:
    with qtbot.assertNotEmitted(page.run_chosen):
        page.show_runs(("run-003", "run-002"), "run-003")


def test_the_page_fits_beside_both_panes_of_a_small_window(page: InspectPage) -> None:
    assert page.minimumSizeHint().width() <= 480
