"""Looking inside: one image, what the network says of it, and what its layers made of it."""

from __future__ import annotations

import dataclasses

from engine.data.dataset import Dataset
from engine.data.opening import open_dataset
from engine.errors import EngineError
from engine.images.decoding import decode, read_size
from engine.inspection.results import DatasetImage, ImageFile, ImageRef, Inspection
from engine.inspection.trained import Array, Trained


def inspect(
    trained: Trained, ref: ImageRef, layers: tuple[str, ...] = (), top: int = 5, dataset: Dataset | None = None
) -> Inspection:
    """One image seen through a trained network.

    Args:
        trained: The network.
        ref: The image.
        layers: Paths of the layers whose outputs are wanted; () gives every layer's.
        top: How many predictions.
        dataset: What `ref.data` opens as, where the caller has it at hand.

    Raises:
        EngineError: for an image that cannot be read or an unknown layer.
    """
    name, seen, size, true_class = _seen(trained, ref, dataset)
    predictions, maps = trained.inspect(seen, layers, top)
    return Inspection(trained.facts, name, seen, size, true_class, predictions, maps)


def image_of(dataset: Dataset, index: int) -> Array:
    """An image of the dataset as a network sees it; raises EngineError where there is none of this index."""
    if not 0 <= index < len(dataset.ids):
        raise EngineError(
            f"The dataset has no image {index}.",
            f"Its images count from 0 to {len(dataset.ids) - 1:,}.",
            "Choose one of these.",
        )
    image: Array = dataset.images[index].copy()
    return image


def _seen(trained: Trained, ref: ImageRef, dataset: Dataset | None) -> tuple[str, Array, tuple[int, int], str]:
    """Name, pixels as the network sees them, height and width of the file, and the true class where it is known."""
    preprocessing = trained.plan.preprocessing
    if isinstance(ref, ImageFile):
        return ref.path.name, decode(ref.path, preprocessing), read_size(ref.path), ""
    if dataset is None or dataset.spec.preprocessing != preprocessing:
        dataset = open_dataset(dataclasses.replace(ref.data, preprocessing=preprocessing))
    return _of_dataset(dataset, ref)


def _of_dataset(dataset: Dataset, ref: DatasetImage) -> tuple[str, Array, tuple[int, int], str]:
    seen = image_of(dataset, ref.index)
    id = dataset.ids[ref.index]
    try:
        found = dataset.original(ref.index)
        size = read_size(found) if isinstance(found, bytes) else (found.shape[0], found.shape[1])
    except EngineError:  # the file is gone by now; its pixels are still here
        size = (dataset.shape[0], dataset.shape[1])
    return id, seen, size, dataset.class_names[dataset.labels[ref.index]]
