from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest

from engine.errors import Cancelled, EngineError
from engine.events import SetValue
from engine.service import pipe
from engine.service.pipe import Cancel, Control, Pipe, Submit
from tests.engine.service.jobs import Echo


@pytest.fixture
def ends() -> Iterator[tuple[Pipe, Pipe]]:
    down, up = os.pipe(), os.pipe()
    here = Pipe(os.fdopen(up[0], "rb"), os.fdopen(down[1], "wb", buffering=0))
    there = Pipe(os.fdopen(down[0], "rb"), os.fdopen(up[1], "wb", buffering=0))
    yield here, there
    here.close()
    there.close()


@pytest.mark.parametrize(
    "value",
    [
        Submit(3, Echo("x")),
        Cancel(4),
        Control(5, SetValue("learning_rate", 0.1)),
        EngineError("a", "b", "c"),
        Cancelled("by hand"),
        b"x" * 5_000_000,
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_is_sent_arrives(ends: tuple[Pipe, Pipe], value: object) -> None:
    sender = threading.Thread(target=ends[0].send, args=(value,))
    sender.start()
    arrived = ends[1].receive()
    sender.join()

    assert type(arrived) is type(value)
    assert str(arrived) == str(value)


def test_values_of_several_threads_do_not_mix(ends: tuple[Pipe, Pipe]) -> None:
    senders = [threading.Thread(target=ends[0].send, args=(bytes([i]) * 200_000,)) for i in range(8)]
    for one in senders:
        one.start()
    arrived = [ends[1].receive() for _ in senders]
    for one in senders:
        one.join()

    assert sorted(arrived) == [bytes([i]) * 200_000 for i in range(8)]  # type: ignore[type-var]


def test_the_end_is_told_and_nothing_can_be_sent_after_it(ends: tuple[Pipe, Pipe]) -> None:
    ends[0].send(1)
    ends[0].close_writing()

    assert ends[1].receive() == 1
    with pytest.raises(EOFError):
        ends[1].receive()
    with pytest.raises(BrokenPipeError):
        ends[0].send(2)


def test_a_value_cut_short_is_the_end(ends: tuple[Pipe, Pipe]) -> None:
    ends[0]._writing.write(b"\0\0\0\0\0\0\0\x09half")
    ends[0].close_writing()

    with pytest.raises(EOFError):
        ends[1].receive()


def test_closing_does_not_wait_for_a_send_that_nobody_reads(
    ends: tuple[Pipe, Pipe], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipe, "_PATIENCE", 0.05)
    sender = threading.Thread(target=ends[0].send, args=(b"x" * 5_000_000,))
    sender.start()
    while not ends[0]._lock.locked():
        pass
    ends[0].close_writing()

    assert sender.is_alive()
    assert len(ends[1].receive()) == 5_000_000  # type: ignore[arg-type]
    sender.join()
