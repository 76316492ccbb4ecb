from __future__ import annotations

import pickle
from pathlib import Path
from typing import TypeVar, cast

import pytest

from engine.code.faults import CodeFault
from engine.data.dataset import DatasetSpec
from engine.data.source import Source
from engine.images.preprocessing import Preprocessing
from engine.jobs import Quiet
from engine.layers.input import Input
from engine.network import Network
from engine.plan import Draft
from engine.project import sample_draft
from engine.service.code import ReadScript, SaveScript, WriteScript
from tests.engine.data.folders import folder

Value = TypeVar("Value")


def sent(value: Value) -> Value:
    """The value as it comes out at the other end of the pipe."""
    return cast(Value, pickle.loads(pickle.dumps(value)))  # noqa: S301 - what was just made


def test_a_script_is_written_and_read_and_both_can_be_sent() -> None:
    draft = sample_draft()
    script = sent(WriteScript(draft, ("a", "b")).run(Quiet()))
    assert 'CLASS_NAMES = ["a", "b"]' in script.text
    read = sent(ReadScript(script.text, draft.network).run(Quiet()))
    assert read.network == draft.network


def test_classes_are_made_up_where_no_images_are_open() -> None:
    assert '"class 10"' in WriteScript(sample_draft()).run(Quiet()).text
    assert "build_network" in WriteScript(Draft(Network(Input()))).run(Quiet()).text


def test_a_fault_keeps_its_place_on_its_way() -> None:
    with pytest.raises(CodeFault) as caught:
        ReadScript("x = layers.Nonsense(3)(x)", sample_draft().network).run(Quiet())
    fault = sent(caught.value)
    assert (fault.line, fault.column) == (1, 5)


def test_folders_for_the_parts_are_found_in_the_open_images(tmp_path: Path) -> None:
    folder(tmp_path, {f"{part}/{name}": 2 for part in ("train", "validation") for name in ("a", "b")})
    draft = Draft(sample_draft().network, source=Source(str(tmp_path)))
    spec = DatasetSpec(draft.source, Preprocessing(8, 8, "grayscale"))
    assert '"validation"' in WriteScript(draft, ("a", "b"), spec).run(Quiet()).text


def test_saving_replaces_what_the_user_agreed_to_replace(tmp_path: Path) -> None:
    script = WriteScript(sample_draft()).run(Quiet())
    path = tmp_path / "net.py"
    path.write_text("mine")
    assert SaveScript(path, script).run(Quiet()) == path
    assert path.read_text().startswith('"""Train')
