from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from gui.explanation.clock import Clock, motion


@pytest.fixture
def clock(qapp: Any) -> Iterator[Clock]:
    made = Clock()
    made.set_frames(10)
    yield made
    made.set_seen(False)
    motion().set_wanted(True)


def test_it_ticks_only_while_it_is_seen(clock: Clock, qtbot: Any) -> None:
    assert not clock.running
    clock.set_seen(True)
    with qtbot.waitSignal(clock.ticked, timeout=5_000):
        assert clock.running
    clock.set_seen(False)
    assert not clock.running


def test_it_stands_still_when_paused(clock: Clock) -> None:
    clock.set_seen(True)
    clock.set_playing(False)
    assert not clock.running
    clock.set_playing(True)
    assert clock.running


def test_a_picture_of_one_frame_needs_no_clock(clock: Clock) -> None:
    clock.set_seen(True)
    clock.set_frames(1)
    assert not clock.running
    clock.set_frames(2)
    assert clock.running


def test_whoever_wants_no_motion_gets_none_until_asking_for_it(clock: Clock) -> None:
    clock.set_seen(True)
    motion().set_wanted(False)
    assert not clock.running
    assert not Clock().playing
    clock.set_playing(True)
    assert clock.running
