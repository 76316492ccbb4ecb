from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings

from engine import limits
from engine.code.fragments import copied_code, copied_json, inserted, pasted
from engine.errors import EngineError
from engine.layers.conv_bn_activation import ConvBNActivation
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.squeeze_and_excitation import SqueezeAndExcitation
from engine.network import Layer, Network
from tests.engine.code.stacks import stacks

BASE = Network.of(Input(8, 8, "rgb"), [ConvBNActivation(4), SqueezeAndExcitation(2), Flatten(), Dense(10)])


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(stacks())
def test_layers_come_back_from_json(network: Network) -> None:
    if not network.layers:
        return
    text = copied_json(network, [one.id for one in network.layers])
    found = pasted(text)
    assert [(one.type, one.label, one.enabled) for one in found] == [
        (one.type, one.label, one.enabled) for one in network.layers
    ]


@pytest.mark.parametrize("ids", [("layer_001",), ("layer_003", "layer_004"), ("layer_002", "layer_001", "layer_003")])
def test_layers_come_back_from_code(ids: tuple[str, ...]) -> None:
    found = pasted(copied_code(BASE, ids))
    assert [one.type for one in found] == [one.type for one in BASE.layers if one.id in ids]
    assert copied_code(BASE, ()) == ""


def test_what_is_pasted_gets_ids_of_its_own() -> None:
    network, ids = inserted(BASE, (Layer("layer_001", Flatten(), "twice"), Layer("a", Dense(3), "", False)), 1)
    assert ids == ("layer_005", "layer_006")
    assert [one.id for one in network.layers[:4]] == ["layer_001", "layer_005", "layer_006", "layer_002"]
    assert (network.layers[1].label, network.layers[2].enabled, network.next_number) == ("twice", False, 7)
    assert inserted(BASE, (Layer("x", Flatten()),))[0].layers[-1].type == Flatten()


def test_too_many_layers_are_refused_and_nothing_is_lost() -> None:
    with pytest.raises(EngineError, match="1,003"):
        inserted(BASE, [Layer("x", Flatten())] * (limits.MAX_LAYERS - 1))


def fragment(**layer: object) -> str:
    return json.dumps({"convoscope": "layers", "layers": [{"kind": "Dense", "values": {}, **layer}]})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (fragment(kind="Conv9D"), "no layer type called 'Conv9D'"),
        (fragment(values={"units": 0}), "cannot be 0"),
        (fragment(values={"units": float("nan")}), "NaN"),
        (fragment(values={"units": float("inf")}), "Infinity"),
        (fragment(values={"wings": 2}), "no setting called 'wings'"),
        (fragment(values=[1]), "values"),
        (fragment(kind="Input"), "an input"),
        (fragment(label="x" * 300), "label"),
        (fragment(id="layer_001"), "no such field"),
        (fragment(enabled="yes"), "enabled"),
        ('{"layers": []}', "convoscope"),
        ('{"convoscope": "layers", "layers": []}', "layers"),
        ('{"convoscope": "layers", "convoscope": "layers"}', "twice"),
        ("{" * 100_000, "What was pasted"),
        ('{"a":' * 10_000 + "1" + "}" * 10_000, "nested"),
        ('{"convoscope": "layers", "layers": [1e999]}', "too large"),
        ('{"\ud800": 1}', "What was pasted"),
    ],
)
def test_json_that_is_not_right_is_refused(text: str, says: str) -> None:
    with pytest.raises(EngineError) as caught:
        pasted(text)
    assert says in str(caught.value)
