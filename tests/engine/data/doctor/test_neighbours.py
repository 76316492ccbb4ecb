"""Which pairs of images look alike in the rough."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data.doctor.neighbours import candidates
from engine.jobs import Quiet


def sketches(count: int) -> np.ndarray:
    return np.random.default_rng(0).uniform(0, 255, (count, 64)).astype(np.float32)


def found(values: np.ndarray, colours: np.ndarray | None = None) -> list[list[int]]:
    plain = np.zeros((len(values), 3), np.float32)
    pairs: list[list[int]] = candidates(values, plain if colours is None else colours, Quiet()).tolist()
    return pairs


def test_copies_are_paired_once_whatever_their_brightness() -> None:
    values = sketches(50)
    values[40] = values[3] + 5
    values[7] = values[22]
    assert found(values) == [[3, 40], [7, 22]]


def test_other_colours_and_other_brightness_are_no_copies() -> None:
    values = sketches(10)
    values[4] = values[3]
    values[6] = values[5] + 40
    colours = np.zeros((10, 3), np.float32)
    colours[4, 0] = 60
    assert found(values, colours) == []


@pytest.mark.parametrize("cell", [40, 2_000])
def test_copies_are_found_in_cells_too(cell: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.data.doctor.neighbours._CELL", cell)
    values = sketches(1_000)
    noise = np.random.default_rng(1).normal(0, 8, (100, 64)).astype(np.float32)
    values[900:] = values[:100] + noise
    expected = [[one, 900 + one] for one in range(100)]
    assert len([one for one in found(values) if one in expected]) >= 97


def test_one_image_or_none_has_no_neighbours() -> None:
    assert found(sketches(1)) == []
    assert found(np.empty((0, 64), np.float32)) == []


def test_a_crowd_of_equal_sketches_gives_few_pairs() -> None:
    assert len(found(np.repeat(sketches(1), 500, axis=0))) <= 4 * 500
