"""`--set NAME=VALUE`: any value of a draft, named by its place and typed as a person types it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Final, TypeVar

from engine.augmentation import Augmentation, augmentation_type, augmentation_types
from engine.errors import EngineError
from engine.graph import INPUT_PATH
from engine.layers.input import Input
from engine.parameters import Configured
from engine.plan import Draft

C = TypeVar("C", bound=Configured)
LARGEST_SEED: Final = 2**31 - 1


def with_settings(draft: Draft, settings: tuple[str, ...]) -> Draft:
    """The draft with each NAME=VALUE set, in order; raises EngineError for unknown names and bad values."""
    for setting in settings:
        draft = _with_setting(draft, setting)
    return draft


def with_seed(draft: Draft, seed: int) -> Draft:
    """The draft with this seed; raises EngineError where it is out of range."""
    if not 0 <= seed <= LARGEST_SEED:
        raise EngineError(
            f"The seed cannot be {seed}.",
            f"The seed must be a whole number from 0 to {LARGEST_SEED:,}.",
            "Set it to 0 or to another number in that range.",
        )
    return dataclasses.replace(draft, seed=seed)


def _with_setting(draft: Draft, setting: str) -> Draft:
    name, equals, text = setting.partition("=")
    place, _, rest = name.strip().partition(".")
    if not equals or place not in _PLACES:
        raise EngineError(
            f"--set {setting} cannot be understood." if not equals else f"There is nothing called {name!r} to set.",
            "--set takes NAME=VALUE, where NAME begins with " + ", ".join(_PLACES) + ".",
            "Write it like --set recipe.learning_rate=0.01 or --set augmentation.RandomRotation.degrees=15",
        )
    return _PLACES[place](draft, rest, text)


def _recipe(draft: Draft, name: str, text: str) -> Draft:
    return dataclasses.replace(draft, recipe=draft.recipe.with_text(name.removeprefix("optimizer.") or name, text))


def _seed(draft: Draft, name: str, text: str) -> Draft:
    try:
        number = int(text) if not name else -1
    except ValueError:
        number = -1
    if number < 0:
        raise EngineError(
            f"The seed cannot be {text!r}." if not name else f"There is nothing called 'seed.{name}' to set.",
            f"The seed must be a whole number from 0 to {LARGEST_SEED:,}.",
            "Write it like --set seed=1",
        )
    return with_seed(draft, number)


def _split(draft: Draft, name: str, text: str) -> Draft:
    return dataclasses.replace(draft, split=_changed(draft.split, name, text))


def _preprocessing(draft: Draft, name: str, text: str) -> Draft:
    if draft.preprocessing is None:
        raise EngineError(
            "The project has no preprocessing yet.",
            "It is proposed when the images are opened for the first time.",
            "Make the project with main.py new, or open its Data page once.",
        )
    preprocessing = _changed(draft.preprocessing, name, text)
    network = draft.network
    if preprocessing.shape != network.input.shape:  # the images and the input have one size
        network = network.set_type(INPUT_PATH, Input.of(preprocessing.shape))
    return dataclasses.replace(draft, preprocessing=preprocessing, network=network)


def _augmentation(draft: Draft, name: str, text: str) -> Draft:
    """`augmentation=none` takes all away; `augmentation.KIND.NAME=VALUE` changes one, added where it is not there."""
    kind, _, parameter = name.partition(".")
    operations = draft.augmentation.operations
    if not kind and text.strip().lower() in {"none", ""}:
        return dataclasses.replace(draft, augmentation=Augmentation())
    if not kind or not parameter:
        raise EngineError(
            f"augmentation{'.' + name if name else ''}={text} cannot be understood.",
            "An augmentation is set by its kind and the name of a value, or all are taken away with augmentation=none. "
            f"The kinds are: {', '.join(augmentation_types())}.",
            "Write it like --set augmentation.RandomRotation.degrees=15",
        )
    type = augmentation_type(kind)
    if not any(isinstance(one, type) for one in operations):
        operations = (*operations, type())
    changed = tuple(_changed(one, parameter, text) if isinstance(one, type) else one for one in operations)
    return dataclasses.replace(draft, augmentation=Augmentation(changed))


def _network(draft: Draft, name: str, text: str) -> Draft:
    """`network.layer_003.filters=16`."""
    id, _, parameter = name.partition(".")
    layer = draft.network.layer(id)
    return dataclasses.replace(draft, network=draft.network.set_type(id, _changed(layer.type, parameter, text)))


def _changed(owner: C, name: str, text: str) -> C:
    return owner.changed(**{name: owner.parameter(name).parse(text)})


_PLACES: Final[dict[str, Callable[[Draft, str, str], Draft]]] = {
    "recipe": _recipe,
    "augmentation": _augmentation,
    "preprocessing": _preprocessing,
    "split": _split,
    "network": _network,
    "seed": _seed,
}
