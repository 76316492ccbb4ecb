"""Trying: damaged files given to the program's reader in a child process that has limits of memory and time."""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import shutil
import tempfile
import traceback
import warnings
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from engine.data.opening import contents_of
from engine.data.source import Source
from engine.errors import EngineError
from engine.images.decoding import decode, header
from engine.images.preprocessing import Preprocessing
from engine.jobs import Quiet
from tests.fuzz.formats import MARKER, Format
from tests.fuzz.tracing import Trace, lines_of

MEMORY = 1 << 30
"""Address space that a child may take beside what it begins with."""
SECONDS = 20.0
"""For one file; a hang is what takes longer."""
_SMALL = Preprocessing(8, 8, "rgb")


@dataclass
class Outcome:
    """What became of the files of one format."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    markers: int = 0
    lines: set[tuple[str, int]] = field(default_factory=set)
    all_lines: set[tuple[str, int]] = field(default_factory=set)

    @property
    def tried(self) -> int:
        """Files."""
        return sum(self.counts[one] for one in ("refused", "accepted", "crashed", "hung"))


def tried(format: Format, count: int, seed: int) -> Outcome:
    """Give so many damaged files of a format to its reader; what crashes or hangs is kept, with its number."""
    outcome = Outcome(format.name)
    for source in format.sources:
        outcome.all_lines |= lines_of(source)
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    try:
        number = 0
        while number < count:
            number = _run_child(format, range(number, count), seed, folder, outcome)
        outcome.markers = len(list(folder.rglob(MARKER)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return outcome


def _run_child(format: Format, numbers: range, seed: int, folder: Path, outcome: Outcome) -> int:
    """Let a child go through these numbers until it ends, hangs or dies; gives the next number."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(format, numbers, seed, folder, theirs))
    child.start()
    theirs.close()
    at = numbers.start
    try:
        while at < numbers.stop:
            if not ours.poll(SECONDS):
                outcome.counts["hung"] += 1
                outcome.faults.append(f"{format.name} {at}: hung")
                return at + 1
            said, past, fault = ours.recv()
            outcome.counts[said] += 1
            outcome.counts["past"] += past
            outcome.faults += [f"{format.name} {at}: {fault}"] if fault else []
            at += 1
        outcome.lines |= ours.recv()
    except EOFError:
        outcome.counts["crashed"] += 1
        outcome.faults.append(f"{format.name} {at}: the process died")
        return at + 1
    finally:
        child.kill()
        child.join()
        ours.close()
    return at


def _work(format: Format, numbers: range, seed: int, folder: Path, pipe: Connection) -> None:
    used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    os.chdir(folder)
    warnings.simplefilter("ignore")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what C libraries say of damaged images
    with Trace(format.sources) as trace:
        for number in numbers:
            trace.forget()
            files = format.make(random.Random(f"{seed} {format.name} {number}"))
            place = folder / "files"
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            for name, data in files.items():
                (place / name).write_bytes(data)
            said, fault = _try(place / next(iter(files)), image="image" in files)
            pipe.send((said, not trace.functions.isdisjoint(format.past), fault))
        pipe.send(trace.lines)


def _try(path: Path, *, image: bool) -> tuple[str, str]:
    try:
        if image:
            header(path)
            found = decode(path, _SMALL)
            assert found.shape == (8, 8, 3)
            assert found.dtype == np.uint8
        else:
            _open(path)
    except EngineError as error:
        return ("refused", "") if error.what and error.fix else ("crashed", f"no words: {error!r}")
    except BaseException:  # noqa: BLE001 - whatever it is, it is what is looked for
        return "crashed", traceback.format_exc()[-600:]
    return "accepted", ""


def _open(path: Path) -> None:
    """What opening a dataset does, but for the cache."""
    contents = contents_of(Source(str(path)), None, Quiet())
    count = len(contents.ids)
    assert count == len(contents.classes) == len(contents.parts) == len(set(contents.ids)) > 0
    assert all(contents.classes)
    target = np.zeros((count, *_SMALL.shape), np.uint8)
    bad = contents.pixels.fill(target, _SMALL, Quiet())
    assert set(bad) <= set(range(count))
    for index in (0, count - 1):
        if index not in bad:
            contents.pixels.original(index)
