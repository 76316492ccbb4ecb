"""How a script divides and prepares images: as the program does it, or it says what it leaves out."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from engine.code.script import keras_script
from engine.data.source import Source
from engine.data.split import Curation, Split
from engine.data.splitting import divide
from engine.images.decoding import decode
from engine.images.preprocessing import Preprocessing
from engine.layers.input import Input
from tests.engine.code.stacks import without_comments
from tests.engine.code.test_script import small

patients = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 8)), max_size=60)
rules = st.builds(
    Split,
    rule=st.sampled_from(["stratified", "k-fold"]),
    folds=st.just(3),
    fold=st.integers(1, 3),
    validation=st.sampled_from([0.0, 0.15, 0.6]),
    test=st.sampled_from([0.0, 0.15, 0.5]),
    groups=st.sampled_from(["none", "name", "folder"]),
    separator=st.sampled_from(["_ or -", "-"]),
    seed=st.integers(0, 5),
)


@settings(deadline=None, max_examples=60)
@given(patients, rules)
def test_the_script_divides_as_the_program_does(images: list[tuple[int, int]], split: Split) -> None:
    names = ("a", "b", "c")
    ids = [f"{names[label]}/p{who}/s-{who}_{place}.png" for place, (label, who) in enumerate(images)]
    labels = [label for label, _ in images]
    draft = small(Input(8, 8, "rgb"), 3, source=Source("/data"), split=split)
    sections = {one.title: one for one in keras_script(draft, names).sections}
    found: dict[str, Any] = {
        "hashlib": hashlib,
        "CLASS_NAMES": names,
        "find_images": lambda: list(zip(ids, labels, strict=True)),
    }
    exec(without_comments(sections["Training, validation and test"].text), found)  # noqa: S102 - our own script
    parts = divide(ids, np.array(labels, int), [None] * len(ids), split, Curation())
    for number, part in enumerate(("train", "validation", "test")):
        expected = sorted(id for id, place in zip(ids, parts, strict=True) if place == number)
        assert sorted(name for name, _ in found[part]) == expected


@pytest.mark.parametrize("padding", ["black", "white", "edge", "colour(200, 30, 0)"])
@pytest.mark.parametrize("channels", ["rgb", "grayscale"])
def test_the_script_pads_with_the_colour_that_was_chosen(tmp_path: Path, padding: str, channels: str) -> None:
    import keras
    import tensorflow as tf

    pixels = np.random.default_rng(3).integers(0, 256, (4, 8, 3)).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    wanted = Preprocessing(8, 8, channels, "pad", "nearest", padding)
    draft = small(Input(8, 8, channels), 2, source=Source(str(tmp_path)), preprocessing=wanted)
    sections = {one.title: one for one in keras_script(draft, ("a", "b")).sections}
    names: dict[str, Any] = {"tf": tf, "keras": keras, "CLASS_NAMES": ["a", "b"]}
    exec(sections["Batches"].text, names)  # noqa: S102 - our own script
    image, _ = names["load_image"](str(tmp_path / "a.png"), 0)
    assert np.abs(np.asarray(image) - decode(tmp_path / "a.png", wanted)).max() <= 1.0


def test_what_tensorflow_cannot_decode_is_said() -> None:
    for values in ({"range": "own"}, {"background": "black"}):
        draft = small(Input(8, 8, "rgb"), 2, source=Source("/data"), preprocessing=Preprocessing(8, 8, **values))
        assert "The range of 16-bit images" in keras_script(draft, ("a", "b")).text
    assert "The range of" not in keras_script(small(Input(8, 8, "rgb"), 2, source=Source("/data")), ("a", "b")).text
