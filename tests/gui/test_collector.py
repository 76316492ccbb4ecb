import gc
import threading
import weakref
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from gui.collector import Collector


class Node:
    """Something in a cycle; it notes in which thread it is destroyed."""

    def __init__(self, ended_in: list[threading.Thread]) -> None:
        self.itself = self
        self._ended_in = ended_in

    def __del__(self) -> None:
        self._ended_in.append(threading.current_thread())


@pytest.fixture
def collector(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    monkeypatch.setattr("gui.collector._INTERVAL_MS", 5)
    made = Collector()
    yield made
    made.stop()


def test_garbage_is_collected_in_this_thread_alone(qtbot: Any, collector: Collector) -> None:
    ended_in: list[threading.Thread] = []
    collector.start()
    lost = weakref.ref(Node(ended_in))
    worker = threading.Thread(target=lambda: [[] for _ in range(200_000)])
    worker.start()
    worker.join()
    assert lost() is not None
    kept = [[] for _ in range(2_000)]  # type: list[list[object]]
    qtbot.waitUntil(lambda: lost() is None)
    assert ended_in == [threading.main_thread()]
    assert len(kept) == 2_000


def test_python_collects_again_afterwards(collector: Collector) -> None:
    gc.unfreeze()
    collector.start()
    assert not gc.isenabled()
    assert gc.get_freeze_count() > 0
    collector.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
