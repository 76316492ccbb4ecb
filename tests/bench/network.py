"""What the benchmarks train and ask: Conv32-Conv32-pool-Conv64-Conv64-pool-Dense512 on CIFAR-shaped images."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.augmentation import Augmentation
from engine.data.dataset import Dataset, DatasetSpec
from engine.data.source import Source
from engine.data.split import Curation, Split
from engine.images.preprocessing import Preprocessing
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.max_pooling2d import MaxPooling2D
from engine.layers.rescaling import Rescaling
from engine.network import Network
from engine.plan import Plan
from engine.recipe import Recipe


def _conv(filters: int) -> Conv2D:
    return Conv2D(filters=filters, kernel_size=(3, 3), padding="same", activation="relu")


def cifar_network(classes: int) -> Network:
    """The stack, for images of 32 by 32 pixels in colour."""
    return Network.of(
        Input(32, 32, "rgb"),
        [
            Rescaling(),
            _conv(32),
            _conv(32),
            MaxPooling2D(),
            _conv(64),
            _conv(64),
            MaxPooling2D(),
            Flatten(),
            Dense(units=512, activation="relu"),
            Dense(units=classes, activation="softmax"),
        ],
    )


def cifar_plan(dataset: Dataset, batch: int, epochs: int, threads: int) -> Plan:
    """Adam with Keras's defaults on the dataset's training images."""
    return Plan(
        network=cifar_network(len(dataset.class_names)),
        recipe=Recipe(epochs=epochs, batch_size=batch),
        augmentation=Augmentation(),
        preprocessing=Preprocessing(),
        split=Split(),
        curation=Curation(),
        class_names=dataset.class_names,
        fingerprint=dataset.fingerprint,
        seed=0,
        threads=threads,
    )


def cifar_dataset(images: int, folder: Path | None = None) -> Dataset:
    """Noise in which the label is faintly written: one row a little brighter. All images are for training.

    Args:
        images: How many.
        folder: Where the pixels are put, to be trained on as a memory map, as the program does; None keeps them in
            memory.
    """
    random = np.random.default_rng(0)
    labels = random.integers(0, 10, images)
    pixels = random.integers(0, 128, (images, 32, 32, 3), dtype=np.uint8)
    pixels[np.arange(images), labels * 3] += 20
    if folder:
        np.save(folder / "images.npy", pixels)
        pixels = np.load(folder / "images.npy", mmap_mode="r")
    return Dataset(
        spec=DatasetSpec(Source("sample:shapes"), Preprocessing()),
        class_names=tuple("abcdefghij"),
        ids=tuple(f"{number:06d}" for number in range(images)),
        images=pixels,
        labels=labels.astype(np.int32),
        parts=np.zeros(images, np.uint8),
        fingerprint="bench",
    )
