from __future__ import annotations

import pytest

from engine.service.progress import Progress


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_it_speaks_twenty_times_a_second_at_most_and_at_the_end() -> None:
    clock = Clock()
    progress = Progress(clock)
    said = []
    for step in range(1001):
        clock.now += 0.001
        if progress.news(step, 1000)[0]:
            said.append(step)

    assert 20 <= len(said) <= 22
    assert said[-1] == 1000


def test_the_rest_is_told_from_the_rate_after_half_a_second() -> None:
    clock = Clock()
    progress = Progress(clock)
    progress.news(0, 100)
    clock.now += 0.4
    assert progress.news(4, 100)[1] is None
    clock.now += 0.6

    assert progress.news(10, 100)[1] == pytest.approx(9.0)


def test_another_phase_is_measured_anew() -> None:
    clock = Clock()
    progress = Progress(clock)
    progress.news(0, 10)
    clock.now += 100
    progress.news(10, 10)
    assert progress.news(0, 50)[1] is None
    clock.now += 1

    assert progress.news(25, 50)[1] == pytest.approx(1.0)


def test_without_a_total_nothing_is_promised() -> None:
    clock = Clock()
    progress = Progress(clock)
    progress.news(0, None)
    clock.now += 10

    assert progress.news(5, None) == (True, None)
