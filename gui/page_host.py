"""The pages, each made when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

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

    def has(self, name: str) -> bool:
        """Whether a page was made already."""
        return name in self._made

    def get(self, name: str) -> PageController:
        """The controller of a page, made now where it was not before."""
        if name not in self._made:
            page, controller = _MAKERS[name](*self._parts)
            self._made[name] = _Made(page, controller)
            self._window.set_page(name, page)
            self._announce(name, controller)
        return self._made[name].controller

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


Parts = tuple[QWidget, PageController]


def _data(document: Document, bridge: EngineBridge, settings: Settings) -> Parts:
    from gui.pages.data_controller import DatasetController
    from gui.pages.data_page import DataPage

    page = DataPage()
    return page, DatasetController(page, document, bridge, settings)


def _train(document: Document, bridge: EngineBridge, settings: Settings) -> Parts:
    from gui.pages.train_controller import TrainingController
    from gui.pages.train_page import TrainPage

    page = TrainPage()
    return page, TrainingController(page, document, bridge, settings)


def _inspect(document: Document, bridge: EngineBridge, settings: Settings) -> Parts:
    from gui.pages.inspect_controller import InspectController
    from gui.pages.inspect_page import InspectPage

    page = InspectPage()
    return page, InspectController(page, document, bridge, settings)


def _runs(document: Document, bridge: EngineBridge, settings: Settings) -> Parts:
    from gui.pages.runs_controller import RunsController
    from gui.pages.runs_page import RunsPage

    page = RunsPage()
    return page, RunsController(page, document, bridge, settings)


_MAKERS: dict[str, Callable[[Document, EngineBridge, Settings], Parts]] = {
    "data": _data,
    "train": _train,
    "inspect": _inspect,
    "runs": _runs,
}
