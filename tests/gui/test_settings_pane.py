import dataclasses
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractSpinBox, QToolButton

from engine.layers.branches import Branches
from engine.layers.conv2d import Conv2D
from gui.document import Document
from gui.settings_pane import SettingsPane
from gui.widgets.trouble import RemedyButton
from tests.gui.conftest import by_name
from tests.gui.pages.fakes import dataset


@pytest.fixture
def pane(qtbot: Any, open_document: Document) -> SettingsPane:
    made = SettingsPane(open_document)
    qtbot.addWidget(made)
    made.resize(300, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def figures(pane: SettingsPane) -> dict[str, str]:
    labels = [one.text() for one in pane.facts.findChildren(type(pane.note)) if one.isVisible()]
    return dict(zip(labels[::2], labels[1::2], strict=True))


def test_a_setting_is_edited_and_comes_back(pane: SettingsPane, open_document: Document) -> None:
    box = by_name(pane, "Filters", QAbstractSpinBox)
    box.setValue(48)
    assert open_document.network.layer("layer_001").type.values()["filters"] == 48
    assert open_document.undo_stack.undoText() == "set filters to 48"
    open_document.undo_stack.undo()
    assert box.value() == 4


def test_the_form_and_its_explanation_go_with_the_chosen_layer(pane: SettingsPane, open_document: Document) -> None:
    before = pane.explanation.text()
    open_document.select("layer_004")
    assert pane.heading.accessibleName() == "Dense"
    assert pane.explanation.text() != before
    assert by_name(pane, "Units", QAbstractSpinBox).value() == 3


def test_the_figures_are_those_of_the_layer(pane: SettingsPane) -> None:
    shown = figures(pane)
    assert shown["What enters"] == "8 × 8 × 1"
    assert shown["What leaves"] == "6 × 6 × 4"
    assert shown["Parameters"] == "40"
    assert shown["Receptive field"] == "3 × 3 px"


def test_a_layer_that_is_off_says_so_and_has_no_figures(pane: SettingsPane, open_document: Document) -> None:
    open_document.apply_network(open_document.network.set_enabled("layer_001", False), "switch off")
    assert "switched off" in pane.note.text()
    assert not pane.facts.isVisible()


def test_a_problem_stands_under_the_form(pane: SettingsPane, open_document: Document) -> None:
    broken = open_document.network.set_type("layer_001", Conv2D(filters=4, kernel_size=(9, 9), padding="valid"))
    open_document.apply_network(broken, "break")
    problem = open_document.analysis.problems[0]
    assert by_name(pane, problem.what).isVisible()


def test_a_name_of_the_users_own_is_shown_as_one_harmless_line(pane: SettingsPane, open_document: Document) -> None:
    assert not pane.name.isVisible()
    open_document.apply_network(open_document.network.renamed("layer_001", "a\nb"), "rename")
    assert pane.name.isVisible()
    assert pane.name.text() == "a\\u000ab"


def test_the_form_of_the_input_edits_how_images_are_prepared(pane: SettingsPane, open_document: Document) -> None:
    open_document.set_dataset(dataset())
    open_document.select("input")
    by_name(pane, "Height", QAbstractSpinBox).setValue(12)
    preprocessing = open_document.draft.preprocessing
    assert preprocessing is not None
    assert preprocessing.height == 12
    assert open_document.network.input.shape == (12, 8, 1)


def test_nothing_chosen_says_what_to_do(pane: SettingsPane, open_document: Document) -> None:
    open_document.select("")
    assert not pane.form.isVisible()
    assert pane.explanation.text() == "Choose a layer in the stack to see its settings."


def test_a_problem_is_mended_from_the_pane(pane: SettingsPane, open_document: Document) -> None:
    broken = open_document.network.set_type("layer_001", Conv2D(filters=4, kernel_size=(9, 9), padding="valid"))
    open_document.apply_network(broken, "break")
    by_name(pane, "Set padding to same", RemedyButton).click()
    assert not open_document.analysis.problems
    assert open_document.undo_stack.undoText() == "set padding to same"
    assert not [one for one in pane.troubles.panels if one.problem.topic == ""]


def test_advice_is_followed_or_closed(pane: SettingsPane, open_document: Document) -> None:
    (panel, *_) = pane.troubles.panels
    assert panel.problem.topic == "unscaled"
    by_name(panel, "Do not show this advice again", QToolButton).click()
    assert "unscaled" not in [one.problem.topic for one in pane.troubles.panels]
    assert open_document.undo_stack.count() == 0
    even = open_document.network.layer("layer_001").type.changed(kernel_size=(4, 4))
    open_document.apply_network(open_document.network.set_type("layer_001", even), "set kernel size")
    by_name(pane, "Set kernel size to 5 × 5", RemedyButton).click()
    assert open_document.network.layer("layer_001").type.values()["kernel_size"] == (5, 5)


def test_the_memory_of_a_layer_goes_with_the_batch(pane: SettingsPane, open_document: Document) -> None:
    assert figures(pane)["Memory at batch 32"] == "18.4 kB"
    recipe = open_document.draft.recipe.with_value("batch_size", 64)
    open_document.apply(dataclasses.replace(open_document.draft, recipe=recipe), "set batch size to 64")
    assert figures(pane)["Memory at batch 64"] == "36.9 kB"


def test_a_figure_says_its_sides_by_name(pane: SettingsPane) -> None:
    assert by_name(pane, "What leaves: height 6 × width 6 × 4 channels").text() == "6 × 6 × 4"


def test_the_picture_goes_with_the_chosen_layer_and_its_settings(pane: SettingsPane, open_document: Document) -> None:
    before = pane.picture.film.accessibleDescription()
    assert "window of 3 × 3" in before
    network = open_document.network
    open_document.apply_network(network.set_type("layer_001", Conv2D(filters=4, kernel_size=(5, 5))), "edit")
    assert "window of 5 × 5" in pane.picture.film.accessibleDescription()
    open_document.select("layer_003")
    assert "the same values at other places" in pane.picture.film.accessibleDescription()


def test_a_layer_that_is_off_or_has_a_fault_has_no_picture(pane: SettingsPane, open_document: Document) -> None:
    assert pane.picture.isVisible()
    network = open_document.network
    open_document.apply_network(network.set_enabled("layer_001", False), "switch off")
    assert not pane.picture.isVisible()
    open_document.apply_network(network.set_type("layer_001", Conv2D(kernel_size=(64, 64))), "edit")
    assert not pane.picture.isVisible()
    open_document.apply_network(network, "edit")
    assert pane.picture.isVisible()


def test_all_that_a_joining_layer_reads_is_shown(pane: SettingsPane, open_document: Document) -> None:
    block = Branches().inserted_beside("near", "third", Conv2D(16, kernel_size=(1, 1)))
    network = open_document.network.added(Branches(), 0)
    name = network.layers[0].id
    open_document.apply_network(network, "block")
    open_document.select(f"{name}/concatenate")
    entering = figures(pane)["What enters"].replace("\N{NO-BREAK SPACE}", " ")
    assert entering == "8 × 8 × 16 and 8 × 8 × 16"
    open_document.apply_network(network.set_type(name, block), "three")
    assert figures(pane)["What enters"] == "3 times 8 × 8 × 16"
