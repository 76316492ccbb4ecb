"""What became of a run, in words."""

from __future__ import annotations

from dataclasses import dataclass

from engine.events import Reason
from engine.runs.records import RunSummary, State
from gui.words import duration, plural, share


def state_words(run: RunSummary) -> str:
    """Where a run stands, in a word or two: "completed", "stopped early", "interrupted"."""
    if run.state is State.ENDED:
        words = {
            Reason.COMPLETED: "completed",
            Reason.STOPPED: "stopped",
            Reason.EARLY_STOPPED: "stopped early",
            Reason.DIVERGED: "diverged",
        }
        return words.get(Reason(run.reason), run.reason) if run.reason else "ended"
    words_of_state = {
        State.RUNNING: "training now",
        State.PAUSED: "paused",
        State.INTERRUPTED: "interrupted",
        State.FAILED: "failed",
    }
    return words_of_state[run.state]


def state_sentence(run: RunSummary) -> str:
    """Where a run stands and why, for the line under the table."""
    reasons = {
        Reason.STOPPED: "You stopped it; what it has learned is kept.",
        Reason.EARLY_STOPPED: "The validation loss made no more progress.",
        Reason.DIVERGED: "Its loss grew beyond all numbers; a lower learning rate helps.",
    }
    why = {
        State.INTERRUPTED: "Its process is gone; it can go on at its last checkpoint.",
        State.FAILED: run.error,
    }
    rest = reasons.get(Reason(run.reason), "") if run.reason else why.get(run.state, "")
    return f"{run.run}: {state_words(run)}. {rest}".strip()


def can_resume(run: RunSummary) -> bool:
    """Whether the run was cut off and can go on at its last checkpoint."""
    return run.state in (State.INTERRUPTED, State.FAILED) and run.has_weights


def can_extend(run: RunSummary) -> bool:
    """Whether the run ended in order and could train some epochs more."""
    return run.state is State.ENDED and run.has_weights and run.reason != Reason.DIVERGED


@dataclass(frozen=True)
class Notice:
    """What the user is told when a run has ended.

    Attributes:
        title: The news.
        text: What it means and what can be done.
        warning: Whether something went wrong.
        lower_rate: Whether a lower learning rate is worth offering.
    """

    title: str
    text: str
    warning: bool = False
    lower_rate: bool = False


def ended_notice(run: RunSummary) -> Notice:
    """The news of a run's end."""
    took = f"{plural(run.epochs, 'epoch')} in {duration(run.seconds)}"
    best = (
        f" Best validation accuracy {share(run.best_validation_accuracy)}, in epoch {run.best_epoch}."
        if run.best_validation_accuracy is not None and run.best_epoch
        else ""
    )
    if run.reason == Reason.DIVERGED:
        return Notice(
            f"{run.run} diverged in epoch {run.epochs + 1}: its loss grew beyond all numbers.",
            "The steps were too large for this network. The last weights with finite numbers are kept. "
            "Train again with a lower learning rate.",
            warning=True,
            lower_rate=True,
        )
    if run.reason == Reason.STOPPED:
        return Notice(f"{run.run} was stopped after {took}.", f"What it has learned is kept.{best}")
    if run.reason == Reason.EARLY_STOPPED:
        return Notice(
            f"{run.run} stopped early after {took}.",
            f"The validation loss had not improved for as many epochs as the recipe allows.{best}",
        )
    return Notice(f"{run.run} is done: {took}.", best.strip() or "Its weights are kept.")
