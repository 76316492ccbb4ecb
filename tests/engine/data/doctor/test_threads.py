"""Work on threads, its results in order."""

from __future__ import annotations

import threading

import pytest

from engine.data.doctor.threads import in_order


def test_results_come_in_order_from_other_threads() -> None:
    names = set()

    def work(number: int) -> int:
        names.add(threading.current_thread().name)
        return number * number

    assert list(in_order(work, range(100))) == [number * number for number in range(100)]
    assert threading.current_thread().name not in names
    assert list(in_order(work, [])) == []


def test_what_fails_and_who_stops_listening_leave_no_thread_behind() -> None:
    def work(number: int) -> int:
        return 1 // (number - 3)

    with pytest.raises(ZeroDivisionError):
        list(in_order(work, range(1000)))
    results = in_order(abs, range(1000))
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert not [one for one in threading.enumerate() if one.name.startswith("doctor")]
