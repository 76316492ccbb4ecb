from typing import Any

import pytest

from engine.data.dataset import DatasetSpec
from engine.data.source import Source
from engine.service.datasets import OpenDataset
from gui.pages.latest import Latest
from tests.gui.pages.fakes import FakeBridge, error, progress


class Heard(list[Any]):
    def to(self, latest: Any) -> Any:
        latest.done.connect(lambda result: self.append(("done", result)))
        latest.failed.connect(lambda fault: self.append(("failed", fault.what)))
        latest.cancelled.connect(lambda: self.append(("cancelled",)))
        latest.partial.connect(lambda value: self.append(("partial", value)))
        latest.progress.connect(lambda news: self.append(("progress", news.done)))
        latest.busy_changed.connect(lambda busy: self.append(("busy", busy)))
        return self


def job(name: str = "sample:digits") -> Any:
    return OpenDataset(DatasetSpec(Source(name)))


@pytest.fixture
def latest(bridge: FakeBridge) -> Latest:
    return Latest(bridge, bridge)


def test_all_that_the_newest_job_says_is_heard(bridge: FakeBridge, latest: Latest) -> None:
    heard = Heard().to(latest)
    latest.submit(job())
    sent = bridge.sent[-1]
    sent.say("progress", progress(5))
    sent.say("partial", "half")
    sent.say("done", "all")
    assert heard == [("busy", True), ("progress", 5), ("partial", "half"), ("busy", False), ("done", "all")]
    assert latest.job is None


def test_a_job_that_was_overtaken_is_cancelled_and_not_heard(bridge: FakeBridge, latest: Latest) -> None:
    latest.submit(job("sample:digits"))
    latest.submit(job("sample:shapes"))
    heard = Heard().to(latest)
    first, second = bridge.sent
    assert first.cancelled
    first.say("done", "old")
    second.say("done", "new")
    assert heard == [("busy", False), ("done", "new")]


def test_a_dropped_job_is_cancelled_and_not_heard(bridge: FakeBridge, latest: Latest) -> None:
    latest.submit(job())
    latest.drop()
    heard = Heard().to(latest)
    bridge.sent[0].say("cancelled")
    assert bridge.sent[0].cancelled
    assert heard == []


def test_a_cancelled_or_failed_job_says_so(bridge: FakeBridge, latest: Latest) -> None:
    heard = Heard().to(latest)
    latest.submit(job())
    latest.cancel()
    bridge.sent[0].say("cancelled")
    latest.submit(job())
    bridge.sent[1].say("failed", error("Gone."))
    assert ("cancelled",) in heard
    assert ("failed", "Gone.") in heard


def test_a_slot_may_ask_the_next_thing_at_once(bridge: FakeBridge, latest: Latest) -> None:
    latest.done.connect(lambda result: latest.submit(job("sample:shapes")) if result == 1 else None)
    latest.submit(job())
    bridge.sent[0].say("done", 1)
    assert latest.job == job("sample:shapes")
