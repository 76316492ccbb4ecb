"""Cut, copy and paste, between stacks and with code from anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication

from engine.layers.conv2d import Conv2D
from engine.network import Network
from gui.document import Document
from gui.stack.clipboard import LAYERS_MIME
from gui.stack.controller import StackController
from tests.gui.stack.conftest import kinds

SEQUENTIAL = """
from tensorflow import keras
from tensorflow.keras import layers
model = keras.Sequential([
    layers.Conv2D(8, 3, activation="relu"),
    layers.Dropout(0.5),
])
"""


@pytest.fixture(autouse=True)
def clipboard(qapp: object) -> Iterator[QClipboard]:
    found = QGuiApplication.clipboard()
    found.clear()
    yield found
    found.clear()


def test_what_is_cut_can_be_pasted_elsewhere(stack: StackController, open_document: Document) -> None:
    open_document.apply_network(open_document.network.renamed("layer_001", "Kanten <b>ü</b>"), "rename")
    open_document.select("layer_001", ["layer_001", "layer_002"])
    stack.cut()
    assert kinds(open_document) == ["Flatten", "Dense"]
    assert open_document.undo_stack.undoText() == "cut 2 layers"
    open_document.select("layer_003")
    stack.paste()
    assert kinds(open_document) == ["Flatten", "Conv2D", "MaxPooling2D", "Dense"]
    assert open_document.network.layers[1].label == "Kanten <b>ü</b>"
    assert open_document.chosen == ("layer_005", "layer_006")
    assert open_document.undo_stack.undoText() == "paste 2 layers"


def test_copies_are_code_too(stack: StackController, clipboard: QClipboard) -> None:
    stack.copy()
    assert "layers.Conv2D(" in clipboard.text()
    data = clipboard.mimeData()
    assert json.loads(bytes(data.data(LAYERS_MIME).data()))["layers"][0]["kind"] == "Conv2D"


def test_code_from_anywhere_becomes_layers(
    stack: StackController, open_document: Document, clipboard: QClipboard
) -> None:
    clipboard.setText(SEQUENTIAL)
    stack.paste()
    assert kinds(open_document) == ["Conv2D", "Conv2D", "Dropout", "MaxPooling2D", "Flatten", "Dense"]
    assert open_document.network.layers[1].type == Conv2D(8, activation="relu")
    open_document.undo_stack.undo()
    assert len(open_document.network.layers) == 4


def test_json_as_text_becomes_layers(stack: StackController, open_document: Document, clipboard: QClipboard) -> None:
    stack.copy()
    text = bytes(clipboard.mimeData().data(LAYERS_MIME).data()).decode()
    clipboard.setText(text)
    stack.paste()
    assert kinds(open_document)[:2] == ["Conv2D", "Conv2D"]


def fragment(values: str, kind: str = "Conv2D") -> str:
    one = f'{{"kind": "{kind}", "values": {values}, "label": "", "enabled": true}}'
    return f'{{"convoscope": "layers", "layers": [{one}]}}'


BAD = {
    "nothing": ("", "holds no layers"),
    "blanks": ("  \n ", "holds no layers"),
    "prose": ("Dear Sir or Madam,", "Line 1"),
    "a loop": ("for x in y:\n    pass", "Line 1"),
    "an import": ("import os\nos.system('ls')", "Line"),
    "an unknown kind": (fragment("{}", "Wormhole"), "Wormhole"),
    "out of range": (fragment('{"filters": -3}'), "-3"),
    "NaN": (fragment('{"filters": NaN}'), ""),
    "infinity": (fragment('{"rate": 1e999}', "Dropout"), ""),
    "an unknown setting": (fragment('{"colour": 1}'), "colour"),
    "no JSON": ("{", ""),
    "deep": ("[" * 10_000, ""),
    "deep JSON": ('{"a":' * 10_000, ""),
    "an input": (fragment("{}", "Input"), "input"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_layer_is_refused_at_the_place_and_nothing_is_lost(
    stack: StackController, open_document: Document, clipboard: QClipboard, name: str
) -> None:
    text, word = BAD[name]
    before = open_document.network
    clipboard.setText(text)
    stack.paste()
    assert open_document.network is before
    assert open_document.undo_stack.count() == 0
    panel = stack.view.error_panel
    assert panel.isVisible()
    assert word in " ".join([panel.what.text(), panel.expected.text()])
    assert panel.fix.text()
    stack.duplicate_layer()
    assert not panel.isVisible(), "the next edit that goes well takes the message away"


def test_damaged_data_of_our_own_kind_is_refused(stack: StackController, clipboard: QClipboard) -> None:
    data = QMimeData()
    data.setData(LAYERS_MIME, b"\xff\xfe{")
    clipboard.setMimeData(data)
    stack.paste()
    assert stack.view.error_panel.isVisible()


def test_too_many_layers_are_not_pasted(stack: StackController, open_document: Document) -> None:
    many = Network.of(open_document.network.input, [Conv2D(4, padding="same") for _ in range(999)])
    open_document.apply_network(many, "many")
    open_document.select("layer_001", ["layer_001", "layer_002"])
    stack.copy()
    stack.paste()
    assert "1,001" in stack.view.error_panel.what.text()
    assert len(open_document.network.layers) == 999
