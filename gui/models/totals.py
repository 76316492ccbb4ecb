"""What the foot of the stack says, as plain values: what the layers add up to and what a training costs."""

from __future__ import annotations

from dataclasses import dataclass

from engine.analysis import Analysis
from engine.costs import epoch_seconds, said, training_bytes
from engine.facts import Problem
from engine.recipe import Recipe
from engine.remedies import Remedy
from gui import words

NOT_MEASURED = "after a first run"


@dataclass(frozen=True)
class Figure:
    """One row: its name, its figure, and what it is, in a sentence or two."""

    name: str
    text: str
    help: str


@dataclass(frozen=True)
class TotalsView:
    """The foot of the stack.

    Attributes:
        figures: The rows.
        problems: How many there are, in words, or "".
        advice: How many pieces of advice there are, in words, or "".
        warning: That a run would not fit in memory, or None.
        remedies: What mends that.
    """

    figures: tuple[Figure, ...]
    problems: str
    advice: str
    warning: Problem | None = None
    remedies: tuple[Remedy, ...] = ()


def totals_view(
    analysis: Analysis,
    recipe: Recipe,
    *,
    advice: int = 0,
    images: int = 0,
    pace: float = 0.0,
    warning: Problem | None = None,
    remedies: tuple[Remedy, ...] = (),
) -> TotalsView:
    """The foot for a network that is trained by `recipe`.

    Args:
        analysis: What is known about the network.
        recipe: How it is trained.
        advice: Pieces of advice that are shown.
        images: Training images of the open dataset, or 0.
        pace: This computer's, as `engine.costs` has it, or 0 where it has not been measured.
        warning: From `engine.costs.memory_advice`.
        remedies: What mends that.
    """
    count = len(analysis.problems)
    return TotalsView(
        (
            Figure("Parameters", words.grouped(analysis.parameters), _trained(analysis)),
            Figure(
                "MACs per image",
                words.short(analysis.macs),
                "Multiplications and additions that one image takes on its way through.",
            ),
            _memory(analysis, recipe),
            *_epoch(analysis, recipe, images, pace),
        ),
        f"{words.plural(count, 'problem')} to mend" if count else "",
        f"{words.plural(advice, 'piece')} of advice" if advice else "",
        warning,
        remedies,
    )


def _trained(analysis: Analysis) -> str:
    if analysis.parameters is None or analysis.trainable is None:
        return "All the numbers that the layers learn. A problem in the stack leaves their count unknown."
    fixed = analysis.parameters - analysis.trainable
    return f"{analysis.trainable:,} are set by training" + (f"; {fixed:,} are not." if fixed else ".")


def _memory(analysis: Analysis, recipe: Recipe) -> Figure:
    needed = training_bytes(analysis, recipe)
    return Figure(
        f"Memory at batch {recipe.batch_size:,}",
        words.UNKNOWN if needed is None else said(needed),
        "About what training takes: the weights, their gradients, what the optimizer keeps of them, and for every "
        "image of a batch the values that leave each layer and the slopes of the widest one.",
    )


def _epoch(analysis: Analysis, recipe: Recipe, images: int, pace: float) -> tuple[Figure, ...]:
    """The time of an epoch, where there are images to train with."""
    if not images:
        return ()
    seconds = epoch_seconds(analysis, recipe, images, pace)
    if analysis.macs is None:
        text = words.UNKNOWN
    elif seconds is None:
        text = NOT_MEASURED
    else:
        text = f"about {words.duration(seconds)}" if seconds >= 1 else "under 1 s"
    help = (
        f"How long {words.plural(images, 'training image')} take on this computer, by the speed of its last run. "
        "A network of another kind may be twice as fast or half as fast."
    )
    return (Figure("One epoch here", text, help),)
