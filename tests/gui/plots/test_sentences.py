from typing import Any

import numpy as np
import pytest

from gui.models.learning import EpochPoint, Learning
from gui.plots.sentences import (
    counts_sentence,
    figure_text,
    learning_sentence,
    runs_sentence,
    top_sentence,
    trend,
)


def learned(training: Any, validation: Any, *, figure: Any = "accuracy") -> Any:
    learning = Learning()
    learning.epochs_planned = len(training)
    other = 0.5
    for epoch, (train, valid) in enumerate(zip(training, validation, strict=True), start=1):
        values = {"accuracy": (other, train, other, valid), "loss": (train, other, valid, other)}[figure]
        learning.points.append(EpochPoint(epoch, *values))
    return learning


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.8734, "0.87"), (12.345, "12.35"), (1234.0, "1,234"), (2.5e9, "2.5e+09"), (0.00012, "0.00012"), (0.0, "0.00")],
)
def test_figures_show_the_digits_that_matter(value: float, text: str) -> None:
    assert figure_text(value) == text


def test_figures_beyond_numbers_are_words() -> None:
    assert figure_text(float("nan")) == "not a number"
    assert figure_text(float("inf")) == "infinite"


def test_a_curve_that_turned_says_since_when() -> None:
    values = [*np.linspace(0.3, 0.73, 11), 0.71, 0.70, 0.69]
    assert trend(values) == "falling since epoch 11"


def test_a_curve_that_only_rises_is_rising() -> None:
    assert trend(list(np.linspace(0.1, 0.9, 10))) == "rising"


def test_a_flat_end_is_steady() -> None:
    assert trend([0.2, 0.6, 0.80, 0.801, 0.80, 0.80, 0.80, 0.80]) == "steady"


def test_two_epochs_are_too_few_to_tell() -> None:
    assert trend([0.1, 0.9]) == ""


def test_a_loss_that_became_infinite_has_no_trend() -> None:
    assert trend([1.0, 2.0, float("inf")]) == ""


def test_the_sentence_of_a_run_names_both_curves() -> None:
    training = list(np.linspace(0.3, 0.87, 14))
    validation = [*np.linspace(0.3, 0.73, 11), 0.71, 0.70, 0.69]
    assert learning_sentence(learned(training, validation), "accuracy") == (
        "Training accuracy 0.87 and rising; validation 0.69, falling since epoch 11."
    )


def test_without_validation_images_only_training_is_said() -> None:
    learning = learned([0.5, 0.6, 0.7], [None, None, None])
    assert learning_sentence(learning, "accuracy") == "Training accuracy 0.70 and rising."


def test_an_empty_run_says_nothing() -> None:
    assert learning_sentence(Learning(), "loss") == ""


def test_counts_say_the_range_and_the_parts() -> None:
    text = counts_sentence(["cat", "dog"], [(70, 15, 15), (7, 1, 2)])
    assert text == "2 classes, from 10 (dog) to 100 (cat) images; 77 for training, 16 for validation, 17 for test."


def test_even_counts_are_said_in_short() -> None:
    assert "5 images in each" in counts_sentence(["a", "b"], [(3, 1, 1), (3, 1, 1)])


def test_how_sure_the_network_is() -> None:
    assert top_sentence([("frog", 0.95)]) == "The network is sure: frog, 95.0 %."
    assert top_sentence([("frog", 0.6), ("cat", 0.3)]) == "The network leans to frog, 60.0 %, then cat, 30.0 %."
    assert top_sentence([("frog", 0.3), ("cat", 0.2)]).startswith("The network is unsure: most likely frog")
    assert top_sentence([]) == ""


def test_several_runs_are_compared_by_their_best_epoch() -> None:
    runs = [("run-001", learned([0.5], [0.6])), ("run-002", learned([0.5], [0.8]))]
    assert runs_sentence(runs, "accuracy") == ("Highest validation accuracy 0.80 (run-002); lowest 0.60 (run-001).")
    assert runs_sentence([], "accuracy") == ""
