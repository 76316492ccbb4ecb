"""What a training costs: memory by a formula that can be checked by hand, and time by the pace of an earlier run."""

from __future__ import annotations

import pytest

from engine.analysis import Analysis, analyse
from engine.costs import effort, epoch_seconds, free_memory, layer_bytes, memory_advice, said, training_bytes
from engine.edits import SetRecipe
from engine.layers.batch_normalization import BatchNormalization
from engine.layers.conv2d import Conv2D
from engine.layers.conv_bn_activation import ConvBNActivation
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.network import Network
from engine.optimizers import SGD
from engine.recipe import Recipe


def known(*types: object) -> Analysis:
    return analyse(Network.of(Input(4, 4, "grayscale"), types), 2)  # type: ignore[arg-type]


def test_memory_is_weights_gradients_what_the_optimizer_keeps_and_the_values_of_a_batch() -> None:
    found = known(Flatten(), Dense(2))
    # 16 pixels, 16 in the list, 2 numbers, and the widest twice; 34 weights with a gradient and Adam's two means each.
    assert found.kept == 34
    assert training_bytes(found, Recipe(batch_size=8)) == 4 * (34 + 34 + 2 * 34) + 4 * 8 * (34 + 2 * 16)
    assert training_bytes(found, Recipe(batch_size=8, optimizer=SGD())) == 4 * (34 + 34) + 4 * 8 * (34 + 2 * 16)
    assert layer_bytes(16, Recipe(batch_size=8)) == 512


def test_weights_that_are_not_trained_have_no_gradient() -> None:
    found = known(BatchNormalization(), Flatten(), Dense(2))
    assert (found.parameters, found.trainable, found.kept) == (38, 36, 50)
    assert training_bytes(found, Recipe(batch_size=1)) == 4 * (38 + 3 * 36) + 4 * (50 + 2 * 16)


def test_a_block_keeps_the_values_of_all_layers_inside() -> None:
    found = known(ConvBNActivation(filters=2), Flatten(), Dense(2))
    inside = [one.kept or 0 for path, one in found.facts.items() if path.startswith("layer_001/")]
    assert found.facts["layer_001"].kept == sum(inside)
    assert found.kept == 16 + sum(inside) + 32 + 2


def test_below_a_fault_nothing_is_known() -> None:
    found = known(Conv2D(4, (9, 9)), Flatten(), Dense(2))
    assert found.problems
    assert training_bytes(found, Recipe()) is None
    assert layer_bytes(found.facts["layer_002"].kept, Recipe()) is None
    assert effort(found, Recipe()) is None
    assert epoch_seconds(found, Recipe(), 100, 1e9) is None
    assert memory_advice(found, Recipe(), 0) is None


def test_a_run_that_does_not_fit_is_told_the_largest_batch_that_does() -> None:
    found = known(Conv2D(64), Flatten(), Dense(2))
    recipe = Recipe(batch_size=1024)
    needed = training_bytes(found, recipe)
    assert needed is not None
    assert memory_advice(found, recipe, 2 * needed) is None
    problem = memory_advice(found, recipe, needed // 2)
    assert problem is not None
    assert problem.what == f"Training would take about {said(needed)} of memory, and {said(needed // 2)} are free."
    (edit,) = problem.edits
    assert edit == SetRecipe("batch_size", 256)
    mended = edit.on_recipe(recipe)
    assert memory_advice(found, mended, needed // 2) is None
    assert memory_advice(found, mended.changed(batch_size=512), needed // 2) is not None


def test_where_not_even_one_image_fits_the_network_is_to_shrink() -> None:
    problem = memory_advice(known(Flatten(), Dense(2)), Recipe(), 100)
    assert problem is not None
    assert (problem.edits, problem.fix) == ((), "Make the network or its input smaller.")


def test_an_epoch_takes_longer_for_more_images_more_work_and_smaller_batches() -> None:
    small, large = known(Flatten(), Dense(2)), known(Conv2D(64, padding="same"), Conv2D(64), Flatten(), Dense(2))
    recipe = Recipe(batch_size=32)

    def seconds(found: Analysis, recipe: Recipe, images: int = 1000) -> float:
        known = epoch_seconds(found, recipe, images, 1e9)
        assert known is not None
        return known

    assert seconds(small, recipe, 2000) == pytest.approx(2 * seconds(small, recipe))
    assert seconds(large, recipe) > seconds(small, recipe)
    assert seconds(small, Recipe(batch_size=4)) > seconds(small, recipe)


def test_a_pace_gives_back_the_speed_it_was_measured_with() -> None:
    found, recipe = known(Conv2D(8), Flatten(), Dense(2)), Recipe()
    needed = effort(found, recipe)
    assert needed is not None
    assert epoch_seconds(found, recipe, 500, pace=needed * 250.0) == pytest.approx(2.0)


def test_without_a_measurement_or_images_no_time_is_said() -> None:
    found = known(Flatten(), Dense(2))
    assert epoch_seconds(found, Recipe(), 100, 0.0) is None
    assert epoch_seconds(found, Recipe(), 0, 1e9) is None


def test_sizes_are_said_in_three_figures() -> None:
    assert [said(one) for one in (12, 3_400, 512_000, 2_500_000, 12_345_678_901, 4e12)] == [
        "12 bytes",
        "3.4 kB",
        "512 kB",
        "2.5 MB",
        "12.3 GB",
        "4,000 GB",
    ]


def test_the_computer_has_free_memory() -> None:
    assert free_memory() > 0
