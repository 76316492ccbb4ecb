"""Looking at one image of the dataset large, and at those before and after it."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QModelIndex, QObject, Signal

from engine.data.dataset import DatasetSpec
from engine.data.split import Part
from engine.errors import EngineError
from engine.service.datasets import OriginalView, ReadOriginal
from gui.bridge import EngineBridge
from gui.dialogs.image_viewer import ImageViewer
from gui.document import Document
from gui.pages.curation_controller import CurationController
from gui.pages.data_page import DataPage
from gui.pages.latest import Latest
from gui.plots.zoom_view import Box

SIDE = 1_600
"""Pixels of the longer side that are read at once: what a screen shows."""


class ViewerController(QObject):
    """Opens the viewer on the image where the keyboard stands, and goes with it through the images that are shown.

    Signals: `look_wanted` with a dataset index, to look at with the network.
    """

    look_wanted = Signal(int)

    def __init__(self, page: DataPage, document: Document, bridge: EngineBridge, curation: CurationController) -> None:
        super().__init__(page)
        self._page = page
        self._document = document
        self._curation = curation
        self._row = 0
        self._viewer: ImageViewer | None = None
        self._reading = Latest(bridge, self)
        self._reading.done.connect(self._on_read)
        self._reading.failed.connect(self._on_failed)
        page.grid.activated.connect(self._on_activated)
        page.images.image_actions.open_wanted.connect(self.open)
        page.thumbnails.marks_changed.connect(self._show_state)
        page.thumbnails.modelReset.connect(self._on_reset)

    def open(self) -> None:
        """Show the image where the keyboard stands, or the first that is chosen."""
        rows = self._page.grid.chosen_rows().tolist()
        current = self._page.grid.currentIndex().row()
        if rows or current >= 0:
            self.open_row(current if current in rows or not rows else rows[0])

    def open_row(self, row: int) -> None:
        """Show the image of a row of the grid."""
        if self._viewer is not None or self._document.dataset is None:
            return
        self._row = row
        viewer = ImageViewer(self._page.window())
        self._viewer = viewer
        viewer.step_wanted.connect(self.step)
        viewer.part_wanted.connect(self._on_part_wanted)
        viewer.finished.connect(self._on_finished)
        viewer.undo_wanted.connect(self._document.undo_stack.undo)
        viewer.redo_wanted.connect(self._document.undo_stack.redo)
        actions = viewer.image_actions
        actions.leave_out_wanted.connect(self._on_leave_out)
        actions.label_wanted.connect(self._on_label)
        actions.class_wanted.connect(self._on_class)
        actions.move_wanted.connect(self._on_move)
        actions.look_wanted.connect(self._on_look)
        self._show()
        viewer.open()

    def step(self, by: int) -> None:
        """Go to the image so many rows further, where there is one."""
        if 0 <= self._row + by < self._page.thumbnails.rowCount():
            self._row += by
            self._show()

    def _show(self) -> None:
        self._show_state()
        self._ask(None)

    def _show_state(self) -> None:
        model, viewer = self._page.thumbnails, self._viewer
        if viewer is not None and model.images is not None and self._row < model.rowCount():
            viewer.show_state(model.images, int(model.shown[self._row]), self._row, model.rowCount())

    def _ask(self, box: Box | None) -> None:
        dataset, viewer = self._document.dataset, self._viewer
        if dataset is not None and viewer is not None:
            images = DatasetSpec(dataset.spec.source, dataset.spec.preprocessing)
            self._reading.submit(ReadOriginal(images, viewer.number, SIDE, box))

    def _on_read(self, found: OriginalView) -> None:
        dataset, viewer = self._document.dataset, self._viewer
        if viewer is None or dataset is None or found.identity != dataset.identity or found.index != viewer.number:
            return
        viewer.show_original(found, dataset.ids[found.index])

    def _on_failed(self, error: EngineError) -> None:
        if self._viewer is not None:
            self._viewer.show_error(error)

    def _on_part_wanted(self, box: Box) -> None:
        self._ask(box)

    def _on_activated(self, index: QModelIndex) -> None:
        self.open_row(index.row())

    def _on_reset(self) -> None:
        """Other images are shown: those of the viewer may be gone."""
        if self._viewer is not None:
            self._viewer.reject()

    def _on_finished(self, _result: int) -> None:
        viewer, self._viewer = self._viewer, None
        self._reading.drop()
        if viewer is not None and shiboken6.isValid(self._page) and self._row < self._page.thumbnails.rowCount():
            self._page.grid.choose([self._row], self._row)
            self._page.grid.scrollTo(self._page.thumbnails.index(self._row))

    # what is done with the image that is shown

    def _numbers(self) -> list[int]:
        return [] if self._viewer is None else [self._viewer.number]

    def _on_leave_out(self, out: bool) -> None:
        self._curation.leave_out(self._numbers(), out)

    def _on_label(self, class_name: str | None) -> None:
        self._curation.label(self._numbers(), class_name)

    def _on_class(self) -> None:
        self._curation.ask_class(self._numbers(), self._viewer)

    def _on_move(self, part: Part | None) -> None:
        self._curation.move(self._numbers(), part)

    def _on_look(self) -> None:
        viewer = self._viewer
        if viewer is not None:
            number = viewer.number
            viewer.reject()
            self.look_wanted.emit(number)
