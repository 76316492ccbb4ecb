"""The pages, each made when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from gui.bridge import EngineBridge
from gui.controller import PageController
from gui.document import Document
from gui.main_window import MainWindow
from gui.settings import Settings

if TYPE_CHECKING:
    from gui.pages.data_controller import DatasetController
    from gui.pages.inspect_controller import InspectController
    from gui.pages.runs_controller import RunsController
    from gui.pages.train_controller import TrainingController


@dataclass(frozen=True)
class _Made:
    page: QWidget
    controller: PageController


class PageHost:
    """Makes pages and their controllers.

    Args:
        window: Where the pages stand.
        made: Called with each new controller, to join it with the rest.
    """

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        bridge: EngineBridge,
        settings: Settings,
        made: Callable[[str, PageController], None],
    ) -> None:
        self._window = window
        self._parts = (document, bridge, settings)
        self._announce = made
        self._made: dict[str, _Made] = {}
        self._making: dict[str, Generator[None]] = {}

    def has(self, name: str) -> bool:
        """Whether a page was made already."""
        return name in self._made

    def get(self, name: str) -> PageController:
        """The controller of a page, made now where it was not before."""
        while not self.has(name):
            self.make_part(name)
        return self._made[name].controller

    def make_part(self, name: str) -> None:
        """Go one part on with making a page: the page, its controller, or giving both their place.

        All of it takes longer than a click should wait, so that who is in no hurry lets the window answer in between.
        """
        if name not in self._making:
            self._making[name] = self._parts_of(name)
        next(self._making[name], None)

    def close(self) -> None:
        """Make no further part; what is half made goes with the window."""
        for parts in self._making.values():
            parts.close()
        self._making.clear()

    def _parts_of(self, name: str) -> Generator[None]:
        make_page, make_controller = _MAKERS[name]()
        page = make_page()
        try:
            yield
            controller = make_controller(page, *self._parts)
            yield
        except GeneratorExit:
            page.setParent(self._window)  # which deletes it with itself
            raise
        self._window.set_page(name, page)
        self._made[name] = _Made(page, controller)
        self._announce(name, controller)

    @property
    def data(self) -> DatasetController:
        """The Data page's controller."""
        return self.get("data")  # type: ignore[return-value]

    @property
    def train(self) -> TrainingController:
        """The Train page's controller."""
        return self.get("train")  # type: ignore[return-value]

    @property
    def inspect(self) -> InspectController:
        """The Inspect page's controller."""
        return self.get("inspect")  # type: ignore[return-value]

    @property
    def runs(self) -> RunsController:
        """The Runs page's controller."""
        return self.get("runs")  # type: ignore[return-value]


Makers = tuple[Callable[[], Any], Callable[..., PageController]]


def _data() -> Makers:
    from gui.pages.data_controller import DatasetController
    from gui.pages.data_page import DataPage

    return DataPage, DatasetController


def _train() -> Makers:
    from gui.pages.train_controller import TrainingController
    from gui.pages.train_page import TrainPage

    return TrainPage, TrainingController


def _inspect() -> Makers:
    from gui.pages.inspect_controller import InspectController
    from gui.pages.inspect_page import InspectPage

    return InspectPage, InspectController


def _runs() -> Makers:
    from gui.pages.runs_controller import RunsController
    from gui.pages.runs_page import RunsPage

    return RunsPage, RunsController


_MAKERS: dict[str, Callable[[], Makers]] = {
    "data": _data,
    "train": _train,
    "inspect": _inspect,
    "runs": _runs,
}
