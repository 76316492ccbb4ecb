from typing import Any

import pytest

from engine.runs.records import State
from gui.models.run_words import can_extend, can_resume, ended_notice, state_sentence, state_words
from tests.gui.pages.fakes import summary


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "completed"),
        ({"reason": "stopped"}, "stopped"),
        ({"reason": "early_stopped"}, "stopped early"),
        ({"reason": "diverged"}, "diverged"),
        ({"state": State.RUNNING, "reason": ""}, "training now"),
        ({"state": State.PAUSED, "reason": ""}, "paused"),
        ({"state": State.INTERRUPTED, "reason": ""}, "interrupted"),
        ({"state": State.FAILED, "reason": ""}, "failed"),
    ],
)
def test_every_state_has_words(changes: dict[str, Any], words: str) -> None:
    assert state_words(summary(**changes)) == words


def test_the_sentence_says_why() -> None:
    assert "process is gone" in state_sentence(summary(state=State.INTERRUPTED, reason=""))
    assert state_sentence(summary(state=State.FAILED, reason="", error="The disk is full.")).endswith(
        "The disk is full."
    )
    assert "learning rate" in state_sentence(summary(reason="diverged"))
    assert state_sentence(summary()) == "run-001: completed."


def test_only_what_was_cut_off_can_be_resumed_and_only_what_ended_well_be_extended() -> None:
    assert can_resume(summary(state=State.INTERRUPTED, reason=""))
    assert not can_resume(summary(state=State.INTERRUPTED, reason="", has_weights=False))
    assert not can_resume(summary())
    assert can_extend(summary())
    assert not can_extend(summary(reason="diverged"))
    assert not can_extend(summary(state=State.RUNNING, reason=""))


def test_a_diverged_run_is_explained_and_a_lower_rate_offered() -> None:
    notice = ended_notice(summary(reason="diverged", epochs=1))
    assert notice.warning
    assert notice.lower_rate
    assert "epoch 2" in notice.title


@pytest.mark.parametrize("reason", ["completed", "stopped", "early_stopped"])
def test_the_news_of_an_end_names_the_run_its_length_and_the_best_epoch(reason: str) -> None:
    notice = ended_notice(summary(reason=reason))
    assert "run-001" in notice.title
    assert "3 epochs" in notice.title
    assert "epoch 2" in notice.text
    assert not notice.warning
