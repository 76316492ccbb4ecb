"""Small things to train on: eight-pixel images of bright halves, and networks that learn them in a second."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from engine.augmentation import Augmentation
from engine.data.dataset import Dataset, DatasetSpec
from engine.data.source import Source
from engine.data.split import Curation, Split
from engine.events import RunEvent
from engine.images.preprocessing import Preprocessing
from engine.layers.base import LayerType
from engine.layers.batch_normalization import BatchNormalization
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.rescaling import Rescaling
from engine.network import Network
from engine.plan import Plan
from engine.recipe import Recipe

SHAPE = (8, 8, 1)
CLASSES = ("left", "right", "top")
PREPROCESSING = Preprocessing(8, 8, "grayscale")


def dataset(images: int = 50, validation: int = 12, test: int = 6, seed: int = 0) -> Dataset:
    """Noise with one bright half; the label says which."""
    random = np.random.default_rng(seed)
    labels = (np.arange(images) % len(CLASSES)).astype(np.int32)
    pixels = random.integers(0, 100, (images, *SHAPE), dtype=np.uint8)
    for picture, label in zip(pixels, labels, strict=True):
        half = (picture[:, :4], picture[:, 4:], picture[:4])[label]
        half += np.uint8(120)
    parts = np.zeros(images, np.uint8)
    parts[images - validation - test :] = 1
    parts[images - test :] = 2
    return Dataset(
        spec=DatasetSpec(Source("sample:halves"), PREPROCESSING),
        class_names=CLASSES,
        ids=tuple(f"{CLASSES[label]}/{number:04d}.png" for number, label in enumerate(labels)),
        images=pixels,
        labels=labels,
        parts=parts,
        fingerprint=hashlib.sha256(pixels.tobytes() + parts.tobytes()).hexdigest(),
    )


def layers(dropout: bool = True) -> list[LayerType]:
    """A few layers with all that has a state: normalisation and dropout."""
    stack: list[LayerType] = [Rescaling(), Conv2D(filters=4, kernel_size=(3, 3)), BatchNormalization(), Flatten()]
    if dropout:
        stack.append(Dropout(0.3))
    return [*stack, Dense(units=len(CLASSES), activation="softmax")]


def plan(data: Dataset, *, stack: Sequence[LayerType] = (), **settings: Any) -> Plan:
    """A plan on `data`; settings are the recipe's, but for `seed`, `augmentation`, `parent` and `start_step`."""
    own = {name: settings.pop(name) for name in ("parent", "start_step", "threads") if name in settings}
    augmentation = settings.pop("augmentation", Augmentation())
    seed = settings.pop("seed", 3)
    recipe = Recipe()
    for name, value in {"epochs": 2, "batch_size": 8, **settings}.items():
        recipe = recipe.with_value(name, value)
    return Plan(
        network=Network.of(Input(8, 8, "grayscale"), stack or layers()),
        recipe=recipe,
        augmentation=augmentation,
        preprocessing=PREPROCESSING,
        split=Split(),
        curation=Curation(),
        class_names=data.class_names,
        fingerprint=data.fingerprint,
        seed=seed,
        **{"threads": 2, **own},
    )


class Listener:
    """Hears the events of a run, and gives it controls when something is heard.

    Attributes:
        heard: Every event.
    """

    def __init__(self, *answers: Callable[[RunEvent], object | None]) -> None:
        self.heard: list[RunEvent] = []
        self._answers = answers
        self._controls: list[object] = []

    def on_event(self, event: RunEvent) -> None:
        self.heard.append(event)
        self._controls += [control for answer in self._answers if (control := answer(event)) is not None]

    def next_control(self, wait_seconds: float = 0.0) -> object | None:
        return self._controls.pop(0) if self._controls else None

    def give(self, *controls: object) -> Listener:
        """Controls that wait from the start."""
        self._controls += controls
        return self

    def names(self) -> list[str]:
        """The events' classes, steps left out."""
        return [name for one in self.heard if (name := type(one).__name__) != "StepsEnded"]


def bytes_of(folder: Path) -> dict[str, bytes]:
    """What must be equal where two runs are equal bit for bit."""
    newest = sorted((folder / "checkpoints").iterdir())[-1]
    return {name: (folder / name).read_bytes() for name in ("history.csv", "steps.bin")} | {
        newest.name: newest.read_bytes()
    }
