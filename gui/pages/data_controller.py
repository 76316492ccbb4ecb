"""What the Data page can do: open images, prepare and split them, show them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from engine.data.dataset import DatasetSpec
from engine.data.source import Source
from engine.data.split import Split
from engine.errors import EngineError
from engine.images.preprocessing import Preprocessing
from engine.service.datasets import DatasetSummary, OpenDataset, ReadThumbnails
from gui.bridge import EngineBridge
from gui.controller import PageController
from gui.doctor.controller import DoctorController
from gui.document import Document
from gui.pages.curation_controller import CurationController
from gui.pages.data_page import DataPage
from gui.pages.first_pictures import FirstPicturesStrip
from gui.pages.latest import Latest
from gui.pages.preparation_controller import PreparationController
from gui.pages.source_watch import SourceWatch
from gui.pages.viewer_controller import ViewerController
from gui.settings import IMAGE_FOLDER, Settings

REOPEN_AFTER_MS = 300
"""Edits of size and split in a row open the dataset once."""
THUMBNAIL_SIDE = 64
FILE_FILTER = (
    "Lists, arrays and archives of images (*.csv *.tsv *.txt *.npz *.zip *.tar *.tgz *.gz *.bin *ubyte *batch*)"
)


class DatasetController(PageController):
    """Keeps the open dataset in step with the draft.

    A source that the user asks for enters the draft only once it could be opened, so that a folder that cannot be
    used changes nothing.

    Signals:
        inspect_wanted: Index of a dataset image that the user wants to look through the network with.
    """

    inspect_wanted = Signal(int)

    def __init__(self, page: DataPage, document: Document, bridge: EngineBridge, settings: Settings) -> None:
        super().__init__(page, document, bridge, settings)
        self._page = page
        self.curation = CurationController(page, document, bridge)
        self.viewer = ViewerController(page, document, bridge, self.curation)
        self.doctor = DoctorController(page.doctor, document, bridge)
        self._opening = Latest(bridge, self)
        self._reading = Latest(bridge, self)
        self.watch = SourceWatch(page, document, bridge, settings)
        self.first_pictures = FirstPicturesStrip()
        page.column.insertWidget(page.column.indexOf(page.job_bar) + 1, self.first_pictures)
        self._of_draft = False
        self._asked: DatasetSpec | None = None
        self._refused: DatasetSpec | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REOPEN_AFTER_MS)
        self._timer.timeout.connect(self._follow_draft)
        PreparationController(page.preparation, document, bridge, self)
        self._connect()
        self._on_draft_changed()
        self._on_dataset_changed()

    def _connect(self) -> None:
        page, document = self._page, self.document
        page.folder_requested.connect(self.choose_folder)
        page.file_requested.connect(self.choose_file)
        page.sample_requested.connect(self.open_location)
        page.cancel_requested.connect(self.cancel)
        page.preprocessing_edited.connect(self.set_preprocessing)
        page.split_edited.connect(self.set_split)
        page.thumbnails_wanted.connect(self._read_thumbnails)
        page.thumbnails_given_up.connect(self._reading.drop)
        self.viewer.look_wanted.connect(self.inspect_wanted)
        self.curation.notice.connect(self.notice)
        self.curation.failed.connect(page.error_panel.show_error)
        self._reading.done.connect(page.add_thumbnails)
        self._reading.failed.connect(self._on_thumbnails_failed)
        self._reading.cancelled.connect(page.thumbnails.forget_requests)
        page.image_activated.connect(self.inspect_wanted)
        self._opening.done.connect(self._on_opened)
        self._opening.failed.connect(self._on_failed)
        self._opening.progress.connect(page.job_bar.show_progress)
        self._opening.busy_changed.connect(self._on_busy_changed)
        self._opening.failed.connect(self.watch.look)
        self._opening.partial.connect(self.first_pictures.add)
        self._opening.busy_changed.connect(self.first_pictures.show_busy)
        self.watch.update_wanted.connect(self.update_images)
        self.watch.located.connect(self.relocate)
        document.draft_changed.connect(self._on_draft_changed)
        document.dataset_changed.connect(self._on_dataset_changed)
        document.project_changed.connect(self._on_draft_changed)

    # verbs

    def choose_folder(self) -> None:
        """Ask for a folder of images and open it."""
        start = self.settings.get(IMAGE_FOLDER)
        dialog = QFileDialog(self._page.window(), "Open a folder of images", start)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._on_folder_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def choose_file(self) -> None:
        """Ask for a file that holds images or names them, and open it."""
        dialog = QFileDialog(self._page.window(), "Open a file of images", self.settings.get(IMAGE_FOLDER))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([FILE_FILTER, "All files (*)"])
        dialog.fileSelected.connect(self._on_folder_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_folder_chosen(self, path: str) -> None:
        self.settings.set(IMAGE_FOLDER, str(Path(path).parent))
        self.open_source(Source.of_path(Path(path)))

    def open_location(self, text: str) -> None:
        """Open what the command line would call `text`: a path or `sample:digits`."""
        try:
            source = Source.parse(text)
        except EngineError as error:
            self._page.error_panel.show_error(error)
            return
        self.open_source(source)

    def open_source(self, source: Source) -> None:
        """Open images from elsewhere; the draft takes them over when that worked.

        Those of the draft are read again as they are on the disk now, and keep what the user made of them.
        """
        data = self.document.draft.data
        self._open(data if data.source == source else DatasetSpec(source), of_draft=False)
        self.page_wanted.emit("data")

    def update_images(self) -> None:
        """Read the images as they are on the disk now."""
        self._open(self.document.draft.data, of_draft=True)

    def relocate(self, folder: str) -> None:
        """The images are in this folder now: labels, split and size are kept."""
        self._open(dataclasses.replace(self.document.draft.data, source=Source(folder)), of_draft=False)

    def set_preprocessing(self, preprocessing: Preprocessing, text: str) -> None:
        """Prepare the images another way; the network's input follows."""
        draft = dataclasses.replace(self.document.draft, preprocessing=preprocessing)
        self.document.apply(draft, text, f"preprocessing.{self._page.preprocessing_form.last_changed}")

    def set_split(self, split: Split, text: str) -> None:
        """Split the images another way."""
        draft = dataclasses.replace(self.document.draft, split=split)
        self.document.apply(draft, text, f"split.{self._page.split_form.last_changed}")

    def cancel(self) -> None:
        """End the opening that is under way; the images that are open stay."""
        self._refused = self._asked
        self._opening.cancel()

    # opening

    def _on_draft_changed(self) -> None:
        draft, dataset = self.document.draft, self.document.dataset
        self._page.show_settings(draft.preprocessing, draft.split)
        same = self.curation.follow()
        if same and self._of_draft:
            self._opening.drop()
            self._asked = None
        if same and (dataset is None or dataset.spec == draft.data or dataset.spec.curation != draft.curation):
            self._timer.stop()
            self.curation.ask()
        elif draft.data not in (self._refused, self._asked):
            self._timer.start()

    def _follow_draft(self) -> None:
        dataset, spec = self.document.dataset, self.document.draft.data
        if self.curation.follow():
            self.curation.ask()
        elif dataset is None or dataset.spec != spec:
            self._open(spec, of_draft=True)

    def _open(self, spec: DatasetSpec, *, of_draft: bool) -> None:
        self._timer.stop()
        self._asked, self._of_draft = spec, of_draft
        self._page.error_panel.clear()
        job = OpenDataset(spec)
        self._opening.submit(job)
        self._page.job_bar.start(job.title)

    def _on_busy_changed(self, busy: bool) -> None:
        if not busy:
            self._page.job_bar.finish()

    def _on_opened(self, dataset: DatasetSummary) -> None:
        asked, self._asked, self._refused = self._asked, None, None
        if self._of_draft and self.document.draft.data not in (asked, dataset.spec):
            self._on_draft_changed()  # edited meanwhile
        else:
            self.document.set_dataset(dataset)

    def _on_failed(self, error: EngineError) -> None:
        self._page.error_panel.show_error(error)
        self.page_wanted.emit("data")
        refused, self._asked = self._asked, None
        if self._of_draft:
            # What the draft asks for cannot be had: asking again would only fail again.
            self._refused = refused
            self.document.set_dataset(None)

    # showing

    def _on_dataset_changed(self) -> None:
        self._page.show_dataset(self.document.dataset)
        if self.document.dataset is None:
            self._on_draft_changed()

    def _read_thumbnails(self, indexes: tuple[int, ...]) -> None:
        dataset = self.document.dataset
        if dataset is not None:
            # Pictures are the same whatever the curation, which may be long.
            images = DatasetSpec(dataset.spec.source, dataset.spec.preprocessing)
            self._reading.submit(ReadThumbnails(images, indexes, THUMBNAIL_SIDE))

    def _on_thumbnails_failed(self, error: EngineError) -> None:
        self._page.thumbnails.forget_requests()
        self.notice.emit(error.what)
