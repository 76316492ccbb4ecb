"""The real window with the real engine process, driven from inside for the benchmarks that need it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from engine.data.source import Source
from engine.ending import with_classes
from engine.events import RunStarted, StepsEnded
from engine.jobs import JobPartial
from engine.layers.base import LayerType
from engine.network import Network
from gui.app import Convoscope, make_application
from tests.bench.display import HEIGHT, WIDTH
from tests.bench.first_paint import FirstPaint
from tests.bench.measuring import Figures

LIMIT_SECONDS = 600.0


class Program:
    """Convoscope, shown.

    Args:
        painted: Called when the window has been painted for the first time.

    Attributes:
        warm: Whether the engine's process has TensorFlow.
    """

    def __init__(self, painted: Callable[[], None] | None = None) -> None:
        make_application()
        self.warm = False
        self._started: RunStarted | None = None
        self._steps: StepsEnded | None = None
        self._program = Convoscope()
        self._program.bridge.job_event.connect(self._on_job_event)
        self._program.desk.engine.said.connect(self._on_said)
        self._program.window.resize(WIDTH, HEIGHT)
        self._program.show()
        if painted is not None:
            FirstPaint(self._program.window, lambda _: painted())

    def open(self, location: str, epochs: int, layers: Sequence[LayerType] = (), batch: int = 32) -> None:
        """Open a source, to be trained for so many epochs.

        Args:
            location: The source.
            epochs: Of the run.
            layers: Of the network; none takes the first project's, fitted to the classes.
            batch: Images of a batch.
        """
        document, pages = self._program.document, self._program.desk.pages
        wait_until(lambda: pages.has("runs") and pages.train.blocked() is None, "the first project")
        pages.data.open_source(Source(location))
        wait_until(lambda: document.draft.source.location == location and document.dataset is not None, location)
        draft = document.draft
        network = Network.of(draft.network.input, layers) if layers else draft.network
        network = with_classes(network, document.classes or 0) or network
        recipe = draft.recipe.with_value("epochs", epochs).with_value("batch_size", batch)
        document.apply(dataclasses.replace(draft, network=network, recipe=recipe), "set up the benchmark")

    def train(self) -> None:
        """Start a run on the Train page, and return when it has begun."""
        self._program.desk.train()
        wait_until(lambda: self.training == "running", "the start of the run")

    @property
    def training(self) -> str:
        """The state of training: "idle", "running"..."""
        return self._program.desk.pages.train.state

    def page(self, name: str) -> QWidget:
        """Bring up a page."""
        self._program.desk.show_page(name)
        return self._program.desk.pages.get(name).page

    def figures(self) -> Figures:
        """The loss of the last step that the window heard of, and the training images up to it."""
        started, steps = self._started, self._steps
        if started is None or steps is None:
            raise SystemExit("nothing was trained")
        epochs, left = divmod(steps.last_step + 1, started.steps_per_epoch)
        images = epochs * started.images + left * self._program.document.draft.recipe.batch_size
        return {"final_loss": steps.loss[1], "images": images}

    def close(self) -> None:
        """Stop what trains, and end the engine."""
        if self.training != "idle":
            self._program.desk.stop_training()
            wait_until(lambda: self.training == "idle", "the end of the run")
        self._program.close()
        QApplication.processEvents()

    def _on_job_event(self, event: object) -> None:
        match event:
            case JobPartial(value=RunStarted() as started):
                self._started = started
            case JobPartial(value=StepsEnded() as steps):
                self._steps = steps

    def _on_said(self, sentence: str) -> None:
        self.warm = self.warm or "ready" in sentence


def wait_until(true: Callable[[], bool], what: str, limit: float = LIMIT_SECONDS) -> None:
    """Let Qt run its own loop until something is so; SystemExit where it does not become so in time."""
    loop, look, end = QEventLoop(), QTimer(), QTimer()
    look.setInterval(20)
    look.timeout.connect(lambda: loop.quit() if true() else None)
    end.setSingleShot(True)
    end.setInterval(int(limit * 1000))
    end.timeout.connect(lambda: loop.exit(1))
    look.start()
    end.start()
    if loop.exec():
        raise SystemExit(f"{what} did not come in {limit:.0f} s")


def pause(seconds: float, unless: Callable[[], bool]) -> None:
    """Let Qt run its own loop for so long, or until something is so."""
    loop, look = QEventLoop(), QTimer()
    look.setInterval(20)
    look.timeout.connect(lambda: loop.quit() if unless() else None)
    look.start()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()
