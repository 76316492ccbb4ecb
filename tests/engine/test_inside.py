"""What stands inside blocks, by path, and edits of it."""

from __future__ import annotations

import pytest

from engine.analysis import analyse
from engine.code.reading import read_network
from engine.code.stack import network_code
from engine.errors import EngineError
from engine.inside import editable_block, inside, keeping_off, type_at, with_block
from engine.layers.block import Child
from engine.layers.branches import Branches
from engine.layers.concatenate import Concatenate
from engine.layers.conv2d import Conv2D
from engine.layers.dropout import Dropout
from engine.layers.input import Input
from engine.layers.residual import Residual
from engine.network import Network

NESTED = Branches().inserted_after("near", "inner", Branches())
NETWORK = Network.of(Input(8, 8), [Residual(), NESTED])


def test_the_inside_of_a_block_depends_on_what_enters_it() -> None:
    facts = analyse(NETWORK).facts
    names = [one.name for one in inside(NETWORK.layers[0].type, facts["layer_001"])]
    assert [f"layer_001/{name}" for name in names] == [path for path in facts if path.startswith("layer_001/")]
    assert inside(NETWORK.layers[0].type, None) == ()
    assert inside(Conv2D(), facts["layer_001"]) == ()


def test_types_are_found_by_path() -> None:
    facts = analyse(NETWORK).facts
    for path, one in facts.items():
        found = type_at(NETWORK, facts, path)
        assert found is not None
        assert found.kind == one.kind
    for path in ("layer_009", "layer_001/nothing", "layer_002/near/deeper", ""):
        assert type_at(NETWORK, facts, path) is None


@pytest.mark.parametrize(
    ("path", "editable"),
    [
        ("layer_002/near", True),
        ("layer_002/inner/far", True),
        ("layer_001/conv1", False),
        ("layer_002", False),
        ("layer_002/nothing", False),
        ("layer_009/near", False),
    ],
)
def test_only_blocks_of_ones_own_can_be_changed_inside(path: str, editable: bool) -> None:
    assert (editable_block(NETWORK, path) is not None) is editable


def test_an_edit_deep_inside_reaches_the_stack() -> None:
    block = editable_block(NETWORK, "layer_002/inner/far")
    assert block is not None
    edited = with_block(NETWORK, "layer_002/inner/far", block.set_type("far", Dropout()))
    assert type_at(edited, analyse(edited).facts, "layer_002/inner/far") == Dropout()
    assert edited.layers[0] == NETWORK.layers[0]


def test_an_edit_of_a_fixed_block_is_refused() -> None:
    with pytest.raises(EngineError, match="cannot be changed"):
        with_block(NETWORK, "layer_001/conv1", Branches())


def test_what_is_off_is_kept_by_code_that_has_none_of_it() -> None:
    chain = Branches(
        (Child("a", Conv2D(), ("",)), Child("b", Dropout(), ("a",)), Child("join", Concatenate(), ("a", "b")))
    )
    off = chain.set_enabled("b", False)
    assert keeping_off(Branches(off.taking_part), off) == off
    last = Branches((*chain.inside, Child("end", Dropout(), ("join",), enabled=False)))
    assert keeping_off(Branches(last.taking_part), last) == last
    other = Branches((Child("c", Conv2D(), ("",)),))
    assert keeping_off(other, off) == other, "what it read is gone"
    deep = Branches((Child("deep", off, ("",)),))
    assert keeping_off(Branches((Child("deep", Branches(off.taking_part), ("",)),)), deep) == deep
    assert keeping_off(Conv2D(), off) == Conv2D()


def test_edited_code_keeps_what_is_switched_off_inside_a_block() -> None:
    block = Branches().set_enabled("far", False)
    network = Network.of(Input(8, 8), [block, Conv2D(5)])
    code = network_code(network).text.replace("layers.Conv2D(5", "layers.Conv2D(7")
    read = read_network(code, network).network
    assert read.layers[0].type == block
    assert read.layers[1].type == Conv2D(7)
