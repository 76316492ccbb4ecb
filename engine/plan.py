"""Drafts and plans: what the user edits, and all that decides a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.analysis import Problem, analyse
from engine.augmentation import Augmentation
from engine.data.dataset import Dataset, DatasetSpec
from engine.data.source import Source
from engine.data.split import PARTS, Curation, Part, Split
from engine.errors import EngineError
from engine.images.preprocessing import Preprocessing
from engine.network import Network
from engine.recipe import Recipe
from engine.schema import SCHEMA_VERSION, checked, inside, versioned


@dataclass(frozen=True)
class Draft:
    """The immutable value that undo and redo walk over.

    Attributes:
        preprocessing: None until a dataset has been opened and one was proposed.
        seed: The seed of the next run.
    """

    network: Network
    recipe: Recipe = field(default_factory=Recipe)
    augmentation: Augmentation = field(default_factory=Augmentation)
    preprocessing: Preprocessing | None = None
    source: Source = field(default_factory=Source)
    curation: Curation = field(default_factory=Curation)
    split: Split = field(default_factory=Split)
    seed: int = 0

    @property
    def data(self) -> DatasetSpec:
        """The dataset that this draft asks for."""
        return DatasetSpec(self.source, self.preprocessing, self.split, self.curation)

    def to_json(self) -> dict[str, Any]:
        """The draft as JSON types; `from_json` reads it back."""
        preprocessing = None if self.preprocessing is None else self.preprocessing.to_json()
        return {
            **_common_json(self),
            "preprocessing": preprocessing,
            "source": {"location": self.source.location},
        }

    @classmethod
    def from_json(cls, data: object, where: str = "The draft") -> Draft:
        """The inverse of `to_json`; what is left out takes its default.

        Args:
            where: The file, for the message.

        Raises:
            EngineError: for anything that is not a draft's JSON.
        """
        found = checked("draft", data, where)
        with inside(where):
            preprocessing = found["preprocessing"]
            return cls(
                **_common_fields(found),
                preprocessing=None if preprocessing is None else Preprocessing.from_json(preprocessing),
                source=Source(found["source"]["location"]),
            )


@dataclass(frozen=True)
class Plan:
    """All that decides a run: the same Plan on the same computer gives the same bits.

    Attributes:
        fingerprint: Of the dataset.
        threads: CPU threads for one operation; part of the bits.
        parent: The run whose weights it starts from, or "".
        start_step: The parent's step, where there is a parent.
        changed: What was changed against the parent, in words.
    """

    network: Network
    recipe: Recipe
    augmentation: Augmentation
    preprocessing: Preprocessing
    split: Split
    curation: Curation
    class_names: tuple[str, ...]
    fingerprint: str
    seed: int
    threads: int
    parent: str = ""
    start_step: int = 0
    changed: str = ""

    def to_json(self) -> dict[str, Any]:
        """The plan as JSON types, with the version of their form; `from_json` reads it back."""
        return {
            "schema_version": SCHEMA_VERSION,
            **_common_json(self),
            "preprocessing": self.preprocessing.to_json(),
            "class_names": list(self.class_names),
            "fingerprint": self.fingerprint,
            "threads": self.threads,
            "parent": self.parent,
            "start_step": self.start_step,
            "changed": self.changed,
        }

    @classmethod
    def from_json(cls, data: object, where: str = "The plan") -> Plan:
        """The inverse of `to_json`.

        Args:
            where: The file, for the message.

        Raises:
            EngineError: for anything that is not a plan's JSON of this version or an earlier one.
        """
        found = checked("plan", versioned("plan", data, where), where)
        with inside(where):
            return cls(
                **_common_fields(found),
                preprocessing=Preprocessing.from_json(found["preprocessing"]),
                class_names=tuple(found["class_names"]),
                fingerprint=found["fingerprint"],
                threads=found["threads"],
                parent=found["parent"],
                start_step=found["start_step"],
                changed=found["changed"],
            )


def _common_json(one: Draft | Plan) -> dict[str, Any]:
    curation = one.curation
    return {
        "network": one.network.to_json(),
        "recipe": one.recipe.to_json(),
        "augmentation": one.augmentation.to_json(),
        "split": one.split.to_json(),
        "curation": {
            "labels": dict(curation.labels),
            "excluded": list(curation.excluded),
            "parts": {id: part.value for id, part in curation.parts},
        },
        "seed": one.seed,
    }


def _common_fields(found: Mapping[str, Any]) -> dict[str, Any]:
    curation = found["curation"]
    return {
        "network": Network.from_json(found["network"]),
        "recipe": Recipe() if found["recipe"] is None else Recipe.from_json(found["recipe"]),
        "augmentation": Augmentation.from_json(found["augmentation"]),
        "split": Split.from_json(found["split"]),
        "curation": Curation(
            labels=tuple(sorted(curation["labels"].items())),
            excluded=tuple(sorted(curation["excluded"])),
            parts=tuple((id, Part(part)) for id, part in sorted(curation["parts"].items())),
        ),
        "seed": found["seed"],
    }


def network_from_json(data: object, where: str) -> Network:
    """A network from a file of its own (`Network.to_json`); raises EngineError, `where` naming the file."""
    found = checked("network", data, where)
    with inside(where):
        return Network.from_json(found)


def plan_for(
    draft: Draft, dataset: Dataset, threads: int, *, parent: str = "", start_step: int = 0, changed: str = ""
) -> Plan:
    """The plan that trains a draft on its opened dataset.

    Args:
        draft: What the user edited.
        dataset: What `draft.data` opened as.
        threads: CPU threads, at least 1.
        parent: The run whose weights it starts from, or "".
        start_step: The parent's step.
        changed: What was changed against the parent, in words.

    Raises:
        EngineError: where the network has a problem, the images do not fit it, or there is nothing to train on.
    """
    preprocessing = dataset.spec.preprocessing or draft.preprocessing or Preprocessing()
    _check_images(draft, dataset)
    problems = analyse(draft.network, len(dataset.class_names)).problems
    if problems:
        raise _unfit(problems)
    return Plan(
        network=draft.network,
        recipe=draft.recipe,
        augmentation=draft.augmentation,
        preprocessing=preprocessing,
        split=draft.split,
        curation=draft.curation,
        class_names=dataset.class_names,
        fingerprint=dataset.fingerprint,
        seed=draft.seed,
        threads=threads,
        parent=parent,
        start_step=start_step,
        changed=changed,
    )


def _check_images(draft: Draft, dataset: Dataset) -> None:
    if len(dataset.class_names) < 2:
        raise EngineError(
            f"The dataset has {len(dataset.class_names)} class{'' if len(dataset.class_names) == 1 else 'es'}.",
            "Telling things apart takes at least two classes.",
            "Choose a folder that holds one folder of images for each class.",
        )
    if not (dataset.parts == PARTS.index(Part.TRAIN)).any():
        raise EngineError(
            "The dataset has no image for training.",
            "Some images of the dataset must be in its training part.",
            "Lower the shares for validation and test on the Data page, or add images.",
        )
    wanted = draft.network.input.shape
    if dataset.shape != wanted:
        given = " × ".join(map(str, dataset.shape))
        raise EngineError(
            f"The images are {given}, and the network's input is {' × '.join(map(str, wanted))}.",
            "Height, width and channels of the images and of the input are the same.",
            f"Set the input of the network to {given}, or the image size on the Data page to the input's.",
        )


def _unfit(problems: tuple[Problem, ...]) -> EngineError:
    first, more = problems[0], len(problems) - 1
    what = first.what if first.layer in first.what else f"{first.layer}: {first.what}"
    if more:
        what += f" ({more} more problem{'s' if more > 1 else ''} in the network.)"
    return EngineError(what, first.expected, first.fix)
