"""What the tests of the window share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.max_pooling2d import MaxPooling2D
from engine.network import Network
from engine.plan import Draft
from gui.document import Document
from tests.fakes import FakeEngine


def small_draft() -> Draft:
    """Four layers: Conv2D, MaxPooling2D, Flatten, Dense of three."""
    types = (Conv2D(filters=4), MaxPooling2D(), Flatten(), Dense(units=3, activation="softmax"))
    return Draft(Network.of(Input(8, 8, "grayscale"), types))


@pytest.fixture
def open_document(qapp: Any) -> Document:
    """A document with a small draft."""
    return Document(small_draft())


@pytest.fixture
def engines() -> list[FakeEngine]:
    """The fake engines that were made, newest last."""
    return []


@pytest.fixture
def program(qapp: Any, engines: list[FakeEngine]) -> Iterator[Any]:
    """The whole window, shown, over a fake engine."""
    from gui.app import Convoscope, make_application

    make_application()

    def make(on_event: Any) -> FakeEngine:
        engines.append(FakeEngine(on_event))
        return engines[-1]

    made = Convoscope(engine=make)
    made.show()
    yield made
    made.close()


def by_name(root: QWidget, name: str, kind: type[QWidget] = QWidget) -> Any:
    """The visible widget of this accessible name: what a person with a screen reader would find."""
    found = [one for one in root.findChildren(kind) if one.accessibleName() == name and one.isVisible()]
    assert len(found) == 1, f"{len(found)} widgets are called {name!r}"
    return found[0]
