"""What a chart shows, in one sentence: for whoever cannot see it, and for whoever is in doubt."""

from __future__ import annotations

import math
from collections.abc import Sequence

from gui.models.learning import Learning
from gui.words import share

_FLAT = 0.03
"""Changes below this share of the range seen so far are called steady."""


def figure_text(value: float) -> str:
    """A figure with the digits that matter: 0.87, 12.3, 1.2e+09."""
    if not math.isfinite(value):
        return "not a number" if math.isnan(value) else "infinite"
    if abs(value) >= 1e5:
        return f"{value:.1e}"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    if 0 < abs(value) < 0.01:
        return f"{value:.2g}"
    return f"{value:.2f}"


def trend(values: Sequence[float], first_epoch: int = 1) -> str:
    """How a curve goes at its end: "rising", "falling since epoch 11", "steady"; "" where it cannot be told.

    Args:
        values: One value for each epoch.
        first_epoch: The epoch of the first.
    """
    if len(values) < 3 or not all(math.isfinite(value) for value in values):
        return ""
    highest, lowest = max(values), min(values)
    reach = highest - lowest
    # Where the curve was last at one of its ends: what came after that is how it goes now.
    turn = len(values) - 1 - min(list(reversed(values)).index(highest), list(reversed(values)).index(lowest))
    recent = values[-1] - values[max(0, len(values) - 1 - max(2, len(values) // 4))]
    change = recent if turn == len(values) - 1 else values[-1] - values[turn]
    if abs(change) <= _FLAT * reach or reach <= _FLAT * abs(highest) / 10:
        return "steady"
    word = "rising" if change > 0 else "falling"
    return f"{word} since epoch {first_epoch + turn}" if 0 < turn < len(values) - 1 else word


def learning_sentence(learning: Learning, figure: str) -> str:
    """What the chart of `figure` ("accuracy" or "loss") shows of one run."""
    _, steps = learning.step_curve(figure)
    _, training = learning.epoch_curve("train", figure)
    epochs, validation = learning.epoch_curve("validation", figure)
    if not len(training):
        if not len(steps):
            return ""
        return f"Training {figure} {figure_text(float(steps[-1]))} in the first epoch."
    parts = [f"Training {figure} {_with_trend(training.tolist(), 1)}"]
    if len(validation):
        parts.append(f"validation {_with_trend(validation.tolist(), int(epochs[0]))}")
    return "; ".join(parts) + "."


def _with_trend(values: Sequence[float], first_epoch: int) -> str:
    last = figure_text(values[-1])
    found = trend(values, first_epoch)
    if not found:
        return last
    return f"{last}, {found}" if "since" in found else f"{last} and {found}"


def counts_sentence(names: Sequence[str], counts: Sequence[tuple[int, int, int]]) -> str:
    """What the chart of class counts shows; `counts` are (train, validation, test) of each class."""
    totals = [sum(one) for one in counts]
    if not totals:
        return ""
    classes = "1 class" if len(totals) == 1 else f"{len(totals):,} classes"
    train, validation, test = (sum(one[part] for one in counts) for part in range(3))
    smallest, largest = min(totals), max(totals)
    if smallest == largest:
        spread = f"{smallest:,} images in each"
    else:
        few, many = names[totals.index(smallest)], names[totals.index(largest)]
        spread = f"from {smallest:,} ({few}) to {largest:,} ({many}) images"
    return f"{classes}, {spread}; {train:,} for training, {validation:,} for validation, {test:,} for test."


def top_sentence(top: Sequence[tuple[str, float]]) -> str:
    """What the bars of a prediction show."""
    if not top:
        return ""
    name, probability = top[0]
    if probability >= 0.9:
        return f"The network is sure: {name}, {share(probability)}."
    rest = f", then {top[1][0]}, {share(top[1][1])}" if len(top) > 1 else ""
    word = "leans to" if probability >= 0.5 else "is unsure: most likely"
    return f"The network {word} {name}, {share(probability)}{rest}."


def runs_sentence(runs: Sequence[tuple[str, Learning]], figure: str) -> str:
    """What the overlaid curves of several runs show: the best of them."""
    found = []
    for name, learning in runs:
        _, values = learning.epoch_curve("validation", figure)
        if not len(values):
            _, values = learning.epoch_curve("train", figure)
        if len(values):
            best = float(values.max() if figure == "accuracy" else values.min())
            found.append((best, name))
    if not found:
        return ""
    best, name = max(found) if figure == "accuracy" else min(found)
    if len(found) == 1:
        return f"Best validation {figure} of {name}: {figure_text(best)}."
    worst, last = min(found) if figure == "accuracy" else max(found)
    word = "Highest" if figure == "accuracy" else "Lowest"
    other = "lowest" if figure == "accuracy" else "highest"
    return f"{word} validation {figure} {figure_text(best)} ({name}); {other} {figure_text(worst)} ({last})."
