"""The Data page: which images the network learns from, by class, and how they are prepared and split."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from engine.data.split import Split
from engine.data.splitting import LEFT_OUT
from engine.errors import EngineError
from engine.images.preprocessing import Preprocessing
from engine.service.datasets import DatasetSummary, ThumbnailSheet
from gui.doctor.view import DoctorView
from gui.forms.form import ParameterForm
from gui.models.image_filter import CuratedImages
from gui.models.unreadable import UnreadableModel
from gui.pages.images_part import ImagesPart
from gui.pages.page import Page, quiet_table, scrolled
from gui.pages.preparation_card import BesidePreparation, PreparationCard
from gui.pages.source_chooser import SourceChooser, source_name
from gui.theme import SPACE_3, SPACE_4
from gui.widgets import Card, ElidedLabel, ErrorPanel, JobBar, PlainLabel, SegmentedTabs, push_button
from gui.words import plural, shape


class DataPage(Page):
    """Shows the open dataset and asks for another.

    Signals: `folder_requested`, `file_requested`, `sample_requested` (its name), `cancel_requested`;
    `preprocessing_edited` and `split_edited` with the new value and what was changed in words; `thumbnails_wanted` with
    dataset indexes, and `thumbnails_given_up`; `image_activated` with the index of an image to look at with the
    network. What is wanted of the chosen images is said by `images`.
    """

    folder_requested = Signal()
    file_requested = Signal()
    sample_requested = Signal(str)
    cancel_requested = Signal()
    preprocessing_edited = Signal(object, str)
    split_edited = Signal(object, str)
    thumbnails_wanted = Signal(object)
    thumbnails_given_up = Signal()
    image_activated = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Data", parent)
        self._dataset_shown = False
        self.images = ImagesPart()
        self.thumbnails, self.classes = self.images.thumbnails, self.images.classes
        self.grid, self.chart, self.sentence = self.images.grid, self.images.chart, self.images.sentence
        self.unreadable = UnreadableModel(self)
        self.job_bar = JobBar()
        self.error_panel = ErrorPanel(closable=True)
        self.chooser = SourceChooser()
        self._stack = QStackedWidget()
        self._stack.addWidget(scrolled(self.chooser))
        self._stack.addWidget(self._make_content())
        self.column.addLayout(self._make_header())
        self.column.addWidget(self.job_bar)
        self.column.addWidget(self.error_panel)
        self.column.addWidget(self._stack, 1)
        self._connect()
        self.show_dataset(None)

    # what the controller calls

    def show_dataset(self, dataset: DatasetSummary | None) -> None:
        """Show this dataset; None shows where images can come from."""
        self._dataset_shown = dataset is not None
        self.show_chooser(dataset is None)
        self.images.show_dataset(dataset)
        if dataset is not None:
            self._show_facts(dataset)
            self._show_notes(dataset)

    def show_curated(self, images: CuratedImages) -> None:
        """Show the open dataset under another curation, before the engine has split it again."""
        self.images.show_curated(images)
        self._show_facts(images.dataset)

    def _show_facts(self, dataset: DatasetSummary) -> None:
        self.source_label.setText(source_name(dataset.spec.source))
        left_out = int((dataset.parts == LEFT_OUT).sum())
        images, classes = plural(len(dataset.ids), "image"), plural(len(dataset.class_names), "class")
        facts = [images, *([f"{left_out:,} left out"] if left_out else []), classes, shape(dataset.shape)]
        self.facts_label.setText(" · ".join(facts))

    def show_settings(
        self, preprocessing: Preprocessing | None, split: Split, *, errors: Sequence[EngineError] = ()
    ) -> None:
        """Show how images are prepared and split."""
        self.preprocessing_form.show_configured(preprocessing)
        self.split_form.show_configured(split, errors=errors)

    def show_chooser(self, shown: bool) -> None:
        """Show where images can come from, or the open dataset."""
        self._stack.setCurrentIndex(0 if shown else 1)
        self._header.setVisible(not shown)
        self.chooser.back_button.setVisible(self._dataset_shown)

    def add_thumbnails(self, sheet: ThumbnailSheet) -> None:
        """Pictures that were asked for by `thumbnails_wanted`."""
        self.thumbnails.add_sheet(sheet)

    # how it is built

    def _make_header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._header = QWidget()
        inner = QHBoxLayout(self._header)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(SPACE_3)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.source_label = ElidedLabel(role="strong")
        self.facts_label = ElidedLabel(role="secondary")
        words.addWidget(self.source_label)
        words.addWidget(self.facts_label)
        inner.addLayout(words, 1)
        self.change_button = push_button("Other images…", icon_name="folder")
        inner.addWidget(self.change_button)
        row.addWidget(self._header)
        return row

    def _make_content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        self.tabs = SegmentedTabs(
            {"images": "Images", "settings": "Size and split", "doctor": "Doctor", "notes": "Notes"}
        )
        column.addWidget(self.tabs, alignment=Qt.AlignmentFlag.AlignLeft)
        self._parts = QStackedWidget()
        self.doctor = DoctorView()
        for part in (self.images, self._make_settings(), self.doctor, self._make_notes()):
            self._parts.addWidget(part)
        column.addWidget(self._parts, 1)
        return content

    def _make_settings(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_4)
        self.preparation = PreparationCard()
        self.preparation.setMaximumWidth(560)
        self.preprocessing_form = ParameterForm()
        self.split_form = ParameterForm()
        for title, text, form in (
            (
                "Preparation",
                "Every image is brought to this size and colour, in training and in prediction alike.",
                self.preprocessing_form,
            ),
            (
                "Split",
                "The network learns from the training images, is watched with the validation images, and is "
                "tested at the end with images it has never seen.",
                self.split_form,
            ),
        ):
            card = Card(title)
            card.setMaximumWidth(560)
            card.body.addWidget(PlainLabel(text, role="quiet", wrap=True))
            card.body.addWidget(form)
            first = form is self.preprocessing_form
            column.addWidget(BesidePreparation(card, self.preparation) if first else card)
        column.addStretch(1)
        return scrolled(part)

    def _make_notes(self) -> QWidget:
        card = Card()
        self.notes_label = PlainLabel(wrap=True)
        self.unreadable_label = PlainLabel(role="strong", wrap=True)
        self.unreadable_table = quiet_table("Files that were left out")
        self.unreadable_table.setModel(self.unreadable)
        card.body.addWidget(self.notes_label)
        card.body.addWidget(self.unreadable_label)
        card.body.addWidget(self.unreadable_table, 1)
        card.body.addStretch(0)
        return card

    def _connect(self) -> None:
        self.change_button.clicked.connect(self._on_change_clicked)
        self.chooser.folder_requested.connect(self.folder_requested)
        self.chooser.file_requested.connect(self.file_requested)
        self.chooser.sample_requested.connect(self.sample_requested)
        self.chooser.back_requested.connect(self._on_back_requested)
        self.job_bar.cancel_requested.connect(self.cancel_requested)
        self.preprocessing_form.edited.connect(self.preprocessing_edited)
        self.split_form.edited.connect(self.split_edited)
        self.thumbnails.wanted.connect(self.thumbnails_wanted)
        self.thumbnails.given_up.connect(self.thumbnails_given_up)
        self.tabs.chosen.connect(self.show_part)
        self.images.image_actions.look_wanted.connect(self._on_look_wanted)

    def show_part(self, name: str) -> None:
        """Bring up "images", "settings", "doctor" or "notes"."""
        self.tabs.choose(name)
        self._parts.setCurrentIndex(("images", "settings", "doctor", "notes").index(name))

    def _show_notes(self, dataset: DatasetSummary) -> None:
        left_out = len(dataset.unreadable)
        self.unreadable.set_files(dataset.unreadable)
        self.unreadable_table.resizeColumnToContents(0)
        self.unreadable_table.setVisible(left_out > 0)
        self.unreadable_label.setVisible(left_out > 0)
        self.unreadable_label.setText(f"{plural(left_out, 'file')} could not be read and {_was(left_out)} left out.")
        taken = "from what was read earlier" if dataset.from_cache else "freshly"
        read = f"Read {taken} in {dataset.seconds:.1f} s."
        self.notes_label.setText("\n\n".join([*dataset.notes, read]))
        count = len(dataset.notes) + left_out
        self.tabs.set_text("notes", f"Notes ({count:,})" if count else "Notes")

    def _on_change_clicked(self) -> None:
        self.show_chooser(True)
        self.chooser.buttons[0].setFocus()

    def _on_back_requested(self) -> None:
        self.show_chooser(False)

    def _on_look_wanted(self) -> None:
        self.image_activated.emit(self.images.chosen()[0])


def _was(count: int) -> str:
    return "was" if count == 1 else "were"
