from __future__ import annotations

import copy
import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.analysis import analyse
from engine.augmentation import Augmentation, augmentation_types
from engine.data.dataset import Dataset, DatasetSpec
from engine.data.source import Source
from engine.data.split import PARTS, Curation, Part, Split
from engine.errors import EngineError
from engine.images.preprocessing import Preprocessing
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.network import Layer, Network
from engine.optimizers import optimizer_types
from engine.parameters import Configured
from engine.plan import Draft, Plan, network_from_json, plan_for
from engine.recipe import Recipe
from engine.storage import load_json, save_json
from tests.engine.layers.strategies import layers, values_of

NETWORK = Network.of(Input.of((8, 8, 1)), [Conv2D(filters=4), Flatten(), Dense(3)]).renamed("layer_002", "Übergang")
names = st.text(min_size=1, max_size=12).filter(lambda one: "\0" not in one)


def settings_of(type: type[Configured]) -> st.SearchStrategy[Any]:
    return st.builds(type, **{one.name: values_of(one) for one in type.parameters()})


networks = st.builds(Network.of, settings_of(Input), st.lists(layers(), max_size=4)) | st.just(
    NETWORK.removed(["layer_003"]).set_enabled("layer_001", False)
)
drafts = st.builds(
    Draft,
    network=networks,
    recipe=st.builds(
        Recipe,
        epochs=st.integers(1, 1000),
        patience=st.none() | st.integers(1, 9),
        optimizer=st.sampled_from(list(optimizer_types().values())).flatmap(settings_of),
    ),
    augmentation=st.builds(
        Augmentation,
        st.lists(st.sampled_from(list(augmentation_types().values())).flatmap(settings_of), max_size=3).map(tuple),
    ),
    preprocessing=st.none() | settings_of(Preprocessing),
    source=st.builds(Source, names),
    curation=st.builds(
        Curation,
        labels=st.dictionaries(names, names, max_size=3).map(lambda one: tuple(sorted(one.items()))),
        excluded=st.sets(names, max_size=3).map(lambda one: tuple(sorted(one))),
        parts=st.dictionaries(names, st.sampled_from(Part), max_size=3).map(lambda one: tuple(sorted(one.items()))),
    ),
    split=st.builds(
        Split, **{one.name: values_of(one) for one in Split.parameters() if one.name != "folds"}, folds=st.just(6)
    ),
    seed=st.integers(0, 2**31 - 1),
)


def dataset(shape: tuple[int, int, int] = (8, 8, 1), classes: int = 3, part: Part = Part.TRAIN) -> Dataset:
    return Dataset(
        spec=DatasetSpec(Source("sample:digits"), Preprocessing(shape[0], shape[1], "grayscale")),
        class_names=tuple(f"class {i}" for i in range(classes)),
        ids=("a", "b"),
        images=np.zeros((2, *shape), np.uint8),
        labels=np.zeros(2, np.int32),
        parts=np.full(2, PARTS.index(part), np.uint8),
        fingerprint="f" * 64,
    )


@settings(max_examples=60, deadline=None)
@given(drafts)
def test_a_draft_comes_back_from_its_json(draft: Draft) -> None:
    assert Draft.from_json(json.loads(json.dumps(draft.to_json()))) == draft


@settings(max_examples=30, deadline=None)
@given(drafts, st.integers(1, 64))
def test_a_plan_comes_back_from_its_json(draft: Draft, threads: int) -> None:
    plan = plan_for(
        dataclasses.replace(draft, network=NETWORK), dataset(), threads, parent="run-001", start_step=7, changed="more"
    )

    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan


def test_a_draft_needs_only_a_network_and_a_source() -> None:
    draft = Draft.from_json(
        {
            "network": {"input": {}, "layers": [{"id": "layer_007", "kind": "Dense", "values": {"units": 2}}]},
            "source": {"location": "sample:digits"},
        }
    )

    assert draft == Draft(Network(Input(), (Layer("layer_007", Dense(units=2)),), 8), source=Source("sample:digits"))
    assert draft.network.added(Dense(3)).layers[-1].id == "layer_008"


def broken(change: Any) -> Any:
    data = Draft(NETWORK).to_json()
    change(data)
    return data


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d.pop("network"), "network is not right: field required"),
        (lambda d: d.update(more=1), "more is not right: there is no such field"),
        (lambda d: d.update(seed="1"), "seed is not right"),
        (lambda d: d.update(seed=True), "seed is not right"),
        (lambda d: d["source"].update(location=""), "source, location is not right: a name of 1 to"),
        (lambda d: d["network"]["layers"][0].update(id="x y"), "network, layers, entry 1, id is not right"),
        (lambda d: d["network"]["layers"][0].update(kind="Conv9D"), "no layer type called 'Conv9D'"),
        (lambda d: d["network"]["layers"][0]["values"].update(filters=0), "cannot be 0"),
        (lambda d: d["network"]["layers"][0]["values"].update(filters={"a": 1}), "cannot be"),
        (lambda d: d["network"]["layers"][0]["values"].update(colour=1), "no setting called 'colour'"),
        (lambda d: d["network"]["layers"][1].update(id="layer_001"), "same id"),
        (lambda d: d["network"]["layers"].extend([d["network"]["layers"][0]] * 1000), "layers is not right"),
        (lambda d: d["recipe"]["optimizer"].update(kind="Magic"), "Magic"),
        (lambda d: d["recipe"].pop("optimizer"), "recipe, optimizer is not right: field required"),
        (lambda d: d["recipe"].update(pace=1), "pace"),
        (lambda d: d["curation"]["parts"].update(a="middle"), "curation, parts, a is not right"),
        (lambda d: d["augmentation"]["operations"].append({"kind": "Melt", "values": {}}), "Melt"),
        (lambda d: d["split"].update(validation=2), "Validation cannot be 2"),
        (lambda d: d.update(preprocessing={"height": -1}), "Height cannot be -1"),
    ],
)
def test_what_is_wrong_in_a_draft_is_named_with_its_file(change: Any, message: str) -> None:
    with pytest.raises(EngineError, match=message) as caught:
        Draft.from_json(broken(change), "d.json")

    assert caught.value.what.startswith("d.json: ")


STRANGE: list[Any] = [
    *(None, True, 0, -1, 2**70, 10**400, 1e308, 1.5, "", "x", "\ud800", "\0", "a" * 20_000),
    *([], {}, [1], [[]], [None] * 3, [2, 2], {"a": 1}, "relu", {"kind": "Dense", "values": {}}),
]


def places(data: Any) -> list[tuple[Any, Any]]:
    """Every container in a JSON value with each of its keys."""
    keys: Any = range(len(data)) if isinstance(data, list) else data if isinstance(data, dict) else ()
    return [found for key in keys for found in ((data, key), *places(data[key]))]


def read(data: object) -> Draft | EngineError:
    try:
        return Draft.from_json(data, "x.json")
    except EngineError as error:
        return error


@settings(max_examples=150, deadline=None)
@given(drafts, st.data())
def test_whatever_stands_in_a_file_gives_a_draft_or_a_refusal(draft: Draft, data: st.DataObject) -> None:
    spoilt = json.loads(json.dumps(draft.to_json()))
    container, key = data.draw(st.sampled_from(places(spoilt)))
    if data.draw(st.booleans()):
        container[key] = copy.deepcopy(data.draw(st.sampled_from(STRANGE)))
    else:
        del container[key]
    found = read(spoilt)
    if isinstance(found, EngineError):
        assert found.what.startswith("x.json: ")
        assert found.expected
        assert found.fix
        return
    analyse(found.network, 10)
    assert Draft.from_json(json.loads(json.dumps(found.to_json()))) == found


@pytest.mark.parametrize("data", [None, 3, [], "x", {}])
def test_what_is_no_draft_or_plan_is_refused(data: object) -> None:
    with pytest.raises(EngineError):
        Draft.from_json(data)
    with pytest.raises(EngineError, match="not a plan"):
        Plan.from_json(data)
    with pytest.raises(EngineError):
        network_from_json(data, "n.json")


def test_a_plan_of_a_newer_version_is_refused() -> None:
    data = plan_for(Draft(NETWORK), dataset(), 1).to_json() | {"schema_version": 2}

    with pytest.raises(EngineError, match="newer version"):
        Plan.from_json(data)


def test_a_network_has_a_file_of_its_own(tmp_path: Path) -> None:
    save_json(tmp_path / "n.json", NETWORK.to_json())

    assert network_from_json(load_json(tmp_path / "n.json"), "n.json") == NETWORK


def test_names_of_any_bytes_survive(tmp_path: Path) -> None:
    name = b"caf\xe9".decode("utf-8", "surrogateescape")
    draft = Draft(NETWORK, source=Source("/" + name), curation=Curation(labels=((name, name),)))
    save_json(tmp_path / "d.json", draft.to_json())

    assert Draft.from_json(load_json(tmp_path / "d.json")) == draft


def test_the_plan_holds_what_decides_the_run() -> None:
    draft = Draft(NETWORK, recipe=Recipe(epochs=3), split=Split(seed=4), seed=9)
    plan = plan_for(draft, dataset(), 2)

    assert (plan.network, plan.recipe, plan.split, plan.seed, plan.threads) == (
        NETWORK,
        draft.recipe,
        draft.split,
        9,
        2,
    )
    assert (plan.class_names, plan.fingerprint) == (dataset().class_names, "f" * 64)
    assert plan.preprocessing == dataset().spec.preprocessing


@pytest.mark.parametrize(
    ("network", "images", "what", "fix"),
    [
        (NETWORK, dataset(part=Part.TEST), "no image for training", "Lower the shares"),
        (NETWORK, dataset(classes=1), "has 1 class.", "one folder of images for each class"),
        (NETWORK, dataset((9, 8, 1)), "The images are 9 × 8 × 1", "input of the network to 9 × 8 × 1"),
        (NETWORK, dataset(classes=4), "layer_003", "4"),
        (Network(Input.of((8, 8, 1))), dataset(), "no layers", "Add layers"),
    ],
)
def test_what_cannot_be_trained_is_said_with_what_to_do(network: Network, images: Dataset, what: str, fix: str) -> None:
    with pytest.raises(EngineError) as caught:
        plan_for(Draft(network), images, 1)

    assert what in caught.value.what
    assert fix in caught.value.fix


def test_the_first_problem_stands_for_all() -> None:
    network = Network.of(Input.of((8, 8, 1)), [Flatten(), Conv2D(), Dense(3)])

    with pytest.raises(EngineError, match="layer_002"):
        plan_for(Draft(network), dataset(), 1)


def test_a_file_of_before_there_were_folds_groups_and_ranges_is_read_as_it_was_meant() -> None:
    data = Draft(NETWORK, preprocessing=Preprocessing(8, 8, "grayscale", "pad"), split=Split(test=0.2)).to_json()
    data["split"] = {"rule": "stratified", "validation": 0.1, "test": 0.2, "seed": 3}
    data["preprocessing"] = {
        "height": 8,
        "width": 8,
        "channels": "grayscale",
        "resize": "pad",
        "interpolation": "bicubic",
    }
    draft = Draft.from_json(data)
    assert draft.split == Split(rule="stratified", validation=0.1, test=0.2, seed=3)
    assert draft.split.groups == "none"
    assert draft.preprocessing == Preprocessing(8, 8, "grayscale", "pad", "bicubic")
