"""The foot of the stack in words: known, unknown below a problem, and never a figure that is wrong."""

from __future__ import annotations

import pytest

from engine.analysis import Analysis, analyse
from engine.costs import effort
from engine.layers import LayerType
from engine.layers.batch_normalization import BatchNormalization
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.network import Network
from engine.recipe import Recipe
from gui.models.totals import NOT_MEASURED, TotalsView, totals_view


def known(*types: LayerType) -> Analysis:
    return analyse(Network.of(Input(4, 4, "grayscale"), types), 2)


def texts(view: TotalsView) -> dict[str, str]:
    return {one.name: one.text for one in view.figures}


FINE = known(BatchNormalization(), Flatten(), Dense(2))


def test_figures_are_those_of_the_network_and_its_recipe() -> None:
    view = totals_view(FINE, Recipe(batch_size=8))
    assert texts(view) == {"Parameters": "38", "MACs per image": "32", "Memory at batch 8": "3.21 kB"}
    assert view.figures[0].help == "36 are set by training; 2 are not."
    assert (view.problems, view.advice, view.warning) == ("", "", None)


def test_below_a_problem_everything_is_unknown() -> None:
    view = totals_view(known(Conv2D(4, (9, 9)), Flatten(), Dense(2)), Recipe(), images=100, pace=1e9)
    assert set(texts(view).values()) == {"unknown"}
    assert view.problems == "1 problem to mend"


@pytest.mark.parametrize(("seconds", "said"), [(0.4, "under 1 s"), (54.0, "about 54 s"), (130.0, "about 2 min 10 s")])
def test_the_time_of_an_epoch_is_said_as_about(seconds: float, said: str) -> None:
    needed = effort(FINE, Recipe())
    assert needed is not None
    view = totals_view(FINE, Recipe(), images=100, pace=needed * 100 / seconds)
    assert texts(view)["One epoch here"] == said


def test_without_a_run_there_is_no_time_and_without_images_no_row() -> None:
    assert texts(totals_view(FINE, Recipe(), images=100))["One epoch here"] == NOT_MEASURED
    assert "One epoch here" not in texts(totals_view(FINE, Recipe(), pace=1e9))


def test_advice_is_counted() -> None:
    assert totals_view(FINE, Recipe(), advice=1).advice == "1 piece of advice"
