"""The gallery of templates."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from engine.layers.conv2d import Conv2D
from engine.layers.input import Input
from engine.network import Network
from engine.templates import template_names, templates
from engine.templates.recommendation import recommend
from gui.dialogs.templates import TemplateGallery
from gui.models.template_cards import stack_of, template_card


@pytest.fixture
def owner(qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def gallery(qtbot: Any, owner: QWidget) -> TemplateGallery:
    made = TemplateGallery(Input(28, 28, "grayscale"), 10, 60_000, take_recipe=True, parent=owner)
    with qtbot.waitExposed(made):
        made.open()
    return made


def row_texts(gallery: TemplateGallery) -> list[str]:
    return [gallery.rows.item(row).text() for row in range(gallery.rows.count())]


def test_every_template_is_there_the_recommended_one_first(gallery: TemplateGallery) -> None:
    texts = row_texts(gallery)
    assert sorted(texts) == sorted(one.title for one in templates().values())
    assert texts[0] == "Keras MNIST convnet"
    assert gallery.details.title.text() == "Keras MNIST convnet"
    assert gallery.details.reason.text() == recommend(Input(28, 28, "grayscale"), 10, 60_000).reason
    gallery.choose("mlp")
    assert not gallery.details.reason.isVisible()


def test_figures_are_those_at_these_images(qtbot: Any, gallery: TemplateGallery) -> None:
    gallery.choose("keras_mnist_convnet")
    labels = [one.text() for pair in gallery.details._pairs for one in pair]
    assert labels[:2] == ["Parameters", "34,826"]
    qtbot.waitUntil(lambda: not gallery._timer.isActive())
    lines = [gallery.rows.item(row).data(Qt.ItemDataRole.UserRole + 1) for row in range(gallery.rows.count())]
    assert all(lines)


def test_what_does_not_fit_says_why_and_cannot_be_used(gallery: TemplateGallery) -> None:
    gallery.choose("vgg16")
    assert not gallery.use_button.isEnabled()
    assert "28 × 28" in gallery.details.refusal.what.text()
    assert gallery.details.refusal.isVisible()
    gallery.choose("lenet5")
    assert gallery.use_button.isEnabled()
    assert not gallery.details.refusal.isVisible()


def test_return_uses_the_chosen_one(qtbot: Any, gallery: TemplateGallery) -> None:
    qtbot.keyClick(gallery.rows, Qt.Key.Key_Down)
    name = gallery.rows.currentItem().data(Qt.ItemDataRole.UserRole)
    with qtbot.waitSignal(gallery.template_chosen) as heard:
        qtbot.keyClick(gallery.rows, Qt.Key.Key_Return)
    assert heard.args == [name, True]
    assert not gallery.isVisible()


def test_return_on_what_does_not_fit_does_nothing(qtbot: Any, gallery: TemplateGallery) -> None:
    gallery.choose("vgg16")
    qtbot.keyClick(gallery.rows, Qt.Key.Key_Return)
    assert gallery.isVisible()
    gallery.recipe_box.setChecked(False)
    gallery.choose("mlp")
    with qtbot.waitSignal(gallery.template_chosen) as heard:
        gallery.use_button.click()
    assert heard.args == ["mlp", False]


@pytest.mark.parametrize("name", template_names())
def test_each_template_has_a_card(name: str) -> None:
    large = template_card(name, Input(224, 224), 12)
    assert large.refusal is None
    assert large.line.endswith(" parameters")
    assert large.summary
    assert large.why
    tiny = template_card(name, Input(2, 2), 12)
    assert (tiny.refusal is None) == (tiny.line != "Does not fit your images")


def test_ids_of_a_template_are_new() -> None:
    before = Network.of(Input(28, 28), [Conv2D(), Conv2D()])
    after = stack_of("starter", before, 5)
    assert not {one.id for one in before.layers} & {one.id for one in after.layers}
    assert after.input == before.input
