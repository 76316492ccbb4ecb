import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from engine.data.source import Source
from engine.edits import SetRecipe
from engine.graph import INPUT_PATH
from engine.images.preprocessing import Preprocessing
from engine.layers.conv2d import Conv2D
from engine.network import Network
from engine.plan import Draft
from engine.remedies import Remedy
from engine.service.projects import OpenedProject
from gui.document import Document
from tests.gui.conftest import small_draft
from tests.gui.pages.fakes import dataset


def set_filters(document: Document, number: int, key: str = "layer_001.filters") -> None:
    network = document.network
    conv = network.layer("layer_001").type.changed(filters=number)
    document.apply_network(network.set_type("layer_001", conv), f"set filters to {number}", key)


def filters(document: Document) -> int:
    conv = document.network.layer("layer_001").type
    assert isinstance(conv, Conv2D)
    return conv.filters


EDITS: dict[str, Callable[[Network], Network]] = {
    "add": lambda network: network.added(Conv2D(), 1),
    "remove": lambda network: network.removed(["layer_002"]),
    "duplicate": lambda network: network.duplicated("layer_001"),
    "move": lambda network: network.moved("layer_001", 2),
    "rename": lambda network: network.renamed("layer_001", "Edges"),
    "switch off": lambda network: network.set_enabled("layer_001", False),
    "set": lambda network: network.set_type("layer_001", Conv2D(filters=9)),
}


@pytest.mark.parametrize("name", EDITS)
def test_every_edit_is_done_undone_and_redone(qtbot: Any, open_document: Document, name: str) -> None:
    before = open_document.network
    after = EDITS[name](before)
    with qtbot.waitSignals([open_document.draft_changed, open_document.analysis_changed]):
        open_document.apply_network(after, name)
    assert open_document.network == after
    assert open_document.undo_stack.undoText() == name
    open_document.undo_stack.undo()
    assert open_document.network == before
    assert not open_document.edited
    open_document.undo_stack.redo()
    assert open_document.network == after


def test_edits_of_one_setting_in_a_row_are_one_step(open_document: Document) -> None:
    for number in (5, 6, 7):
        set_filters(open_document, number)
    assert open_document.undo_stack.count() == 1
    assert open_document.undo_stack.undoText() == "set filters to 7"
    open_document.undo_stack.undo()
    assert filters(open_document) == 4


def test_a_setting_that_comes_back_leaves_no_step(open_document: Document) -> None:
    set_filters(open_document, 5)
    set_filters(open_document, 4)
    assert open_document.undo_stack.count() == 0
    assert filters(open_document) == 4


def test_edits_of_two_settings_are_two_steps(open_document: Document) -> None:
    set_filters(open_document, 5)
    set_filters(open_document, 6, "another.key")
    assert open_document.undo_stack.count() == 2


def test_the_same_draft_is_no_edit(open_document: Document) -> None:
    open_document.apply(open_document.draft, "nothing")
    assert open_document.undo_stack.count() == 0


def test_the_input_follows_the_preprocessing(open_document: Document) -> None:
    preprocessing = Preprocessing(height=16, width=24, channels="rgb")
    open_document.apply(dataclasses.replace(open_document.draft, preprocessing=preprocessing), "set size")
    assert open_document.network.input.shape == (16, 24, 3)
    open_document.undo_stack.undo()
    assert open_document.network.input.shape == (8, 8, 1)


def test_another_dataset_is_one_undoable_edit(qtbot: Any, open_document: Document) -> None:
    other = dataset(source="/photos")
    with qtbot.waitSignal(open_document.dataset_changed):
        open_document.set_dataset(other)
    assert open_document.draft.source == Source("/photos")
    assert open_document.undo_stack.count() == 1
    open_document.undo_stack.undo()
    assert open_document.draft.source == Source()
    assert open_document.draft.preprocessing is None


def test_what_the_draft_left_open_is_filled_in_without_a_step(open_document: Document) -> None:
    set_filters(open_document, 5)
    open_document.set_dataset(dataset())
    assert open_document.draft.preprocessing == dataset().spec.preprocessing
    assert open_document.undo_stack.count() == 1
    open_document.undo_stack.undo()
    assert filters(open_document) == 4
    assert open_document.draft.preprocessing == dataset().spec.preprocessing


def layers_with_problems(document: Document) -> list[str]:
    return [problem.layer for problem in document.analysis.problems]


def test_the_classes_of_the_dataset_are_checked_against_the_network(open_document: Document) -> None:
    assert layers_with_problems(open_document) == []
    open_document.apply_network(
        open_document.network.set_type("layer_004", open_document.network.layer("layer_004").type.changed(units=7)), "x"
    )
    open_document.set_dataset(dataset())
    assert layers_with_problems(open_document) == ["layer_004"]
    open_document.set_dataset(None)
    assert layers_with_problems(open_document) == []


def test_a_chosen_layer_that_goes_leaves_the_input_chosen(qtbot: Any, open_document: Document) -> None:
    open_document.select("layer_002")
    with qtbot.waitSignal(open_document.selection_changed):
        open_document.apply_network(open_document.network.removed(["layer_002"]), "remove")
    assert open_document.selected == INPUT_PATH


def test_the_first_layer_that_learns_is_chosen_at_first(open_document: Document) -> None:
    assert open_document.selected == "layer_001"


def project(draft: Draft, **words: Any) -> OpenedProject:
    return OpenedProject(Path("/here/Pond.convoscope"), "Pond", draft, saved=True, **words)


def test_opening_a_project_forgets_the_steps_before(qtbot: Any, open_document: Document) -> None:
    set_filters(open_document, 5)
    other = dataclasses.replace(small_draft(), seed=3)
    with qtbot.waitSignal(open_document.project_changed):
        open_document.set_project(project(other))
    assert open_document.draft == other
    assert open_document.undo_stack.count() == 0
    assert not open_document.edited


def test_edits_made_while_the_same_project_was_being_opened_are_kept(open_document: Document) -> None:
    set_filters(open_document, 5)
    open_document.set_project(project(small_draft()))
    assert filters(open_document) == 5
    assert open_document.edited


def test_a_recovered_project_counts_as_edited(open_document: Document) -> None:
    open_document.set_project(project(small_draft(), recovered=True))
    assert open_document.edited


def test_saving_makes_the_document_clean_only_where_it_saved_what_is_shown(open_document: Document) -> None:
    set_filters(open_document, 5)
    saved = open_document.draft
    set_filters(open_document, 6, "later")
    open_document.set_saved(project(saved))
    assert open_document.edited
    open_document.set_saved(project(open_document.draft))
    assert not open_document.edited


def test_pictures_go_with_the_next_edit_of_the_network(qtbot: Any, open_document: Document) -> None:
    open_document.set_pictures({"layer_001": QImage(4, 4, QImage.Format.Format_RGB32)}, "Of run-001.")
    assert open_document.pictures_note == "Of run-001."
    with qtbot.waitSignal(open_document.pictures_changed):
        set_filters(open_document, 5)
    assert open_document.pictures == {}
    assert open_document.pictures_note == ""


def test_a_document_needs_no_window() -> None:
    assert Document(small_draft()).analysis.parameters is not None


def test_a_remedy_is_one_step_with_its_own_words(open_document: Document) -> None:
    network = open_document.network.removed(["layer_003"])
    open_document.apply_network(network, "remove Flatten")
    (problem,) = open_document.analysis.problems
    best = open_document.remedies_of(problem)[0]
    open_document.mend(best)
    assert not open_document.analysis.problems
    assert open_document.undo_stack.undoText() == "insert Flatten"
    assert open_document.network.layer(open_document.selected).type.kind == "Flatten"
    open_document.undo_stack.undo()
    assert open_document.network == network


def test_a_remedy_may_change_the_recipe(open_document: Document) -> None:
    network = open_document.network
    open_document.mend(Remedy("Set batch size to 8", SetRecipe("batch_size", 8)))
    assert open_document.draft.recipe.batch_size == 8
    assert open_document.network is network
    assert open_document.undo_stack.undoText() == "set batch size to 8"


def test_advice_that_was_closed_stays_closed_until_another_project_is_opened(open_document: Document) -> None:
    unscaled, *others = open_document.advice
    open_document.dismiss(unscaled)
    assert open_document.is_dismissed(unscaled)
    assert list(open_document.advice) == others
    assert unscaled in open_document.analysis.advice
    dense = open_document.network.layer("layer_004").type.changed(units=4)
    open_document.apply_network(open_document.network.set_type("layer_004", dense), "set units to 4")
    assert unscaled not in open_document.advice
    open_document.undo_stack.clear()
    open_document.set_project(OpenedProject(Path(), "Other", open_document.draft, saved=False))
    open_document.set_project(OpenedProject(Path(), "New", small_draft(), saved=False))
    assert unscaled in open_document.advice


def test_the_images_for_training_are_counted(open_document: Document) -> None:
    assert open_document.training_images == 0
    opened = dataset()
    open_document.set_dataset(opened)
    assert open_document.training_images == sum(1 for part in opened.parts if part == 0) > 0
