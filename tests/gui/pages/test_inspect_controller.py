import dataclasses
from pathlib import Path
from typing import Any

import pytest

from engine.inspection.results import Classification, Classified, DatasetImage, ImageFile, Prediction, TrainedFacts
from engine.layers.conv_bn_activation import ConvBNActivation
from engine.recipe import Recipe
from engine.service.inspection import Classify, Inspect
from engine.service.projects import ListRuns
from gui.document import Document
from gui.pages.inspect_controller import InspectController, same_stack
from gui.pages.inspect_page import InspectPage
from gui.settings import Settings
from tests.gui.pages.fakes import FakeBridge, dataset, error, inspection, network, plan, summary


@pytest.fixture
def page(qtbot: Any) -> InspectPage:
    made = InspectPage()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def controller(page: InspectPage, document: Document, bridge: FakeBridge, settings: Settings) -> InspectController:
    document.set_dataset(dataset())
    made = InspectController(page, document, bridge, settings)
    bridge.last(ListRuns).say("done", (summary(1), summary(2)))
    return made


def looked(controller: InspectController, bridge: FakeBridge, **words: Any) -> None:
    controller.open_images([Path("/x/photo.jpg")])
    bridge.last(Inspect).say("done", inspection("run-002", **words))


def test_the_newest_run_with_weights_is_looked_through(
    controller: InspectController, bridge: FakeBridge, page: InspectPage
) -> None:
    controller.open_images([Path("/x/photo.jpg")])
    job = bridge.last(Inspect).job
    assert job.trained.run_folder.name == "run-002"
    assert job.trained.weights == "best"
    assert job.image == ImageFile(Path("/x/photo.jpg"))
    assert page.run_box.currentText() == "run-002"


def test_the_page_names_the_run_the_weights_and_the_epoch(
    controller: InspectController, bridge: FakeBridge, page: InspectPage
) -> None:
    looked(controller, bridge)
    assert page.facts_label.text() == "run-002, best weights, after epoch 2 of 3, validation accuracy 85.0 %."


def test_prediction_image_and_maps_are_shown(
    controller: InspectController, bridge: FakeBridge, page: InspectPage
) -> None:
    looked(controller, bridge)
    assert [name for name, _ in page.prediction_card.bars.top()] == ["cat", "dog", "frog"]
    assert page.seen_card.sizes.text() == "480 × 640 pixels, brought to 8 × 8 × 1 by crop."
    page.choose_layer("layer_002")
    assert page.map_card.model.rowCount() == inspection().maps["layer_002"].shape[2]


def test_choosing_a_card_of_the_stack_shows_that_layers_maps_and_back(
    controller: InspectController, bridge: FakeBridge, page: InspectPage, document: Document
) -> None:
    looked(controller, bridge)
    document.select("layer_004")
    assert page.layer() == "layer_004"
    page.layer_list.setCurrentIndex(page.layers.index(page.layers.row_of("layer_002")))
    assert document.selected == "layer_002"


def test_a_layer_inside_a_block_is_chosen_there_and_here(
    controller: InspectController, bridge: FakeBridge, page: InspectPage, document: Document
) -> None:
    block = document.network.set_type("layer_002", ConvBNActivation(8))
    document.apply_network(block, "put a block in")
    looked(controller, bridge, network=block)
    document.select("layer_002/conv")
    assert page.layer() == "layer_002/conv"
    page.layer_list.setCurrentIndex(page.layers.index(page.layers.row_of("layer_002/activation")))
    assert document.selected == "layer_002/activation"
    document.select("layer_002")
    assert page.layer() == "layer_002/activation", "what leaves the block"


def test_other_weights_are_asked_for_the_same_image(
    controller: InspectController, bridge: FakeBridge, page: InspectPage
) -> None:
    looked(controller, bridge)
    page.weights_tabs.chosen.emit("last")
    assert bridge.last(Inspect).job.trained.weights == "last"
    assert bridge.last(Inspect).job.image == ImageFile(Path("/x/photo.jpg"))


def test_another_run_is_looked_through_and_stays_chosen_when_new_ones_come(
    controller: InspectController, bridge: FakeBridge, page: InspectPage
) -> None:
    looked(controller, bridge)
    page.run_box.setCurrentText("run-001")
    page.run_box.textActivated.emit("run-001")
    assert bridge.last(Inspect).job.trained.run_folder.name == "run-001"
    controller._runs.refresh()
    bridge.last(ListRuns).say("done", (summary(1), summary(2), summary(3)))
    assert page.run_box.currentText() == "run-001"


def test_a_new_run_is_followed_where_none_was_picked(
    controller: InspectController, bridge: FakeBridge, page: InspectPage
) -> None:
    looked(controller, bridge)
    controller._runs.refresh()
    bridge.last(ListRuns).say("done", (summary(1), summary(2), summary(3)))
    assert page.run_box.currentText() == "run-003"
    assert bridge.last(Inspect).job.trained.run_folder.name == "run-003"


def test_an_edited_stack_is_said_and_the_runs_settings_come_back_in_one_step(
    controller: InspectController, bridge: FakeBridge, page: InspectPage, document: Document
) -> None:
    looked(controller, bridge)
    assert page.edited_panel.isHidden()
    document.apply_network(document.network.duplicated("layer_002"), "duplicate")
    document.apply(dataclasses.replace(document.draft, recipe=Recipe(epochs=77)), "set epochs")
    assert "run-002" in page.edited_panel.title.text()
    assert not page.edited_panel.isHidden()
    edited = document.draft
    page.edited_panel.action_button.click()
    assert document.network == plan().network
    assert document.draft.recipe == plan().recipe
    assert page.edited_panel.isHidden()
    document.undo_stack.undo()
    assert document.draft == edited


def test_a_renamed_layer_is_still_the_same_stack() -> None:
    assert same_stack(network(), network().renamed("layer_001", "first"))
    assert not same_stack(network(), network(classes=9))


def test_several_images_stand_in_a_strip_and_can_be_chosen(
    controller: InspectController, bridge: FakeBridge, page: InspectPage
) -> None:
    controller.open_images([Path("/x/a.png"), Path("/x/b.png"), Path("/x/c.png")])
    whole, *small = bridge.open_jobs(Inspect)
    assert [sent.job.layers for sent in small] == [("input",)] * 3
    whole.say("done", inspection())
    small[0].say("done", inspection())
    small[1].say("failed", error("b.png is cut off."))
    small[2].say("done", inspection())
    texts = [page.seen.index(row).data() for row in range(3)]
    assert texts == ["cat", "cannot be read", "cat"]
    page.strip.setCurrentIndex(page.seen.index(2))
    assert bridge.last(Inspect).job.image == ImageFile(Path("/x/c.png"))


def test_a_folder_becomes_a_table_that_fills_and_can_be_cancelled(
    controller: InspectController, bridge: FakeBridge, page: InspectPage
) -> None:
    controller.open_images([Path("/x/holiday")])
    sent = bridge.last(Classify)
    assert sent.job.paths == (Path("/x/holiday"),)
    one = Classified("/x/holiday/a.png", (Prediction("cat", 0.9), Prediction("dog", 0.1)))
    sent.say("partial", (one,))
    assert page.classified.rowCount() == 1
    page.job_bar.cancel_requested.emit()
    assert sent.cancelled
    sent.say("cancelled")
    assert page.job_bar.isHidden()
    assert page.classified.rowCount() == 1


def test_the_whole_table_lists_what_was_left_out_and_a_row_is_looked_at(
    controller: InspectController, bridge: FakeBridge, page: InspectPage
) -> None:
    controller.open_images([Path("/x/holiday")])
    one = Classified("/x/holiday/a.png", (Prediction("cat", 0.9),))
    facts = TrainedFacts("run-002", "best", 2, 8, None, plan())
    bridge.last(Classify).say("done", Classification(facts, (one,), dataset(unreadable=2).unreadable))
    assert page.unreadable.rowCount() == 2
    assert page.unreadable_heading.text() == "2 FILES LEFT OUT"
    assert bridge.last(Inspect).job.image == ImageFile(Path("/x/holiday/a.png"))


def test_one_steps_through_the_test_images_round_and_round(
    controller: InspectController, bridge: FakeBridge, document: Document
) -> None:
    opened = document.dataset
    assert opened is not None
    test = [index for index, part in enumerate(opened.parts) if part == 2]
    seen: list[Any] = []
    for _ in range(len(test) + 1):
        controller.step(1)
        seen.append(bridge.last(Inspect).job.image)
    assert seen == [DatasetImage(opened.spec, index) for index in [*test, test[0]]]
    controller.step(-1)
    assert bridge.last(Inspect).job.image == DatasetImage(opened.spec, test[-1])


def test_without_a_run_the_page_says_what_to_do(
    page: InspectPage, document: Document, bridge: FakeBridge, settings: Settings
) -> None:
    controller = InspectController(page, document, bridge, settings)
    bridge.last(ListRuns).say("done", ())
    controller.open_images([Path("/x/photo.jpg")])
    assert bridge.jobs(Inspect) == []
    assert page.error_panel.what.text() == "There is no trained network to look through yet."
    assert page._empty.title.text() == "Nothing has been trained yet"


def test_an_image_that_cannot_be_read_is_explained(
    controller: InspectController, bridge: FakeBridge, page: InspectPage
) -> None:
    controller.open_images([Path("/x/photo.jpg")])
    bridge.last(Inspect).say("failed", error("photo.jpg is a text file."))
    assert page.error_panel.what.text() == "photo.jpg is a text file."


def test_the_page_opens_a_test_image_by_itself_when_it_is_first_seen(
    qtbot: Any, controller: InspectController, bridge: FakeBridge, page: InspectPage
) -> None:
    with qtbot.waitExposed(page):
        page.show()
    assert isinstance(bridge.last(Inspect).job.image, DatasetImage)
