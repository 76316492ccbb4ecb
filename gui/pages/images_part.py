"""The images of the Data page: the classes at the left, what is shown of them at the right, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.service.datasets import DatasetSummary
from gui.models.classes import ClassModel
from gui.models.image_filter import UNREADABLE, CuratedImages, ImageFilter
from gui.models.thumbnails import ThumbnailModel, class_counts
from gui.models.unreadable import UnreadableModel
from gui.pages.filter_bar import FilterBar
from gui.pages.flow import flowing
from gui.pages.image_actions import ImageActions
from gui.pages.page import quiet_table
from gui.plots.class_chart import ClassChart
from gui.plots.learning_charts import LineSample
from gui.plots.sentences import counts_sentence
from gui.plots.thumbnail_grid import ThumbnailGrid
from gui.theme import SPACE_2, SPACE_3, SPACE_4, theme
from gui.widgets import Card, ElidedLabel, PlainLabel, icon_button, link_button, push_button
from gui.words import display_name, plural, tip

CHOOSE_FIRST = "Choose images first: click one, several with Ctrl or Shift, all with Ctrl+A."
UNLIMITED = 16_777_215
"""Qt's own greatest height of a widget."""
WIDE = 640
"""From this width on the classes stand beside the images, not above them."""


class ImagesPart(QWidget):
    """Filters, shows and lets choose.

    Signals: `rename_wanted` and `merge_wanted` with a class name; `menu_wanted`'s place is the screen's. What is to be
    done with the chosen images is asked by `image_actions`.
    """

    rename_wanted = Signal(str)
    merge_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.thumbnails = ThumbnailModel(self)
        self.classes = ClassModel(self)
        self.unreadable = UnreadableModel(self)
        self._class_name: str | None = None
        self._settling = False
        self._all_out = False
        self._outdated = 0
        self._figured: CuratedImages | None = None
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(SPACE_4)
        self._cards = (self._make_classes(), self._make_pictures())
        for card, stretch in zip(self._cards, (2, 5), strict=True):
            self._beside.addWidget(card, stretch)
        self._connect()
        self._show_choice()

    def _make_classes(self) -> QWidget:
        card = Card("Classes")
        self.chart = ClassChart()
        self.chart.setModel(self.classes)
        self.chart.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.rename_action = self._class_action("Rename…", "F2")
        self.merge_action = self._class_action("Merge into…", "Ctrl+M")
        self.sentence = PlainLabel(role="secondary", wrap=True)
        card.body.addWidget(self.chart, 1)
        card.body.addLayout(_part_key())
        card.body.addWidget(self.sentence)
        self._class_title = card.title
        return card

    def _class_action(self, text: str, keys: str) -> QAction:
        action = QAction(text, self.chart)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.chart.addAction(action)
        return action

    def _make_pictures(self) -> QWidget:
        card = Card()
        card.body.setContentsMargins(SPACE_3, SPACE_3, SPACE_2, SPACE_3)
        self.filter_bar = FilterBar()
        self.grid = ThumbnailGrid()
        self.grid.setModel(self.thumbnails)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.setMinimumHeight(100)
        self.image_actions = ImageActions(self.grid)
        self.show_all_button = push_button("Show all")
        self.nothing = QWidget()
        centred = QVBoxLayout(self.nothing)
        centred.addStretch(1)
        words = PlainLabel("Nothing fits the search and the choices above.")
        centred.addWidget(words, alignment=Qt.AlignmentFlag.AlignHCenter)
        centred.addWidget(self.show_all_button, alignment=Qt.AlignmentFlag.AlignHCenter)
        centred.addStretch(2)
        self.files = quiet_table("Unreadable files")
        self.files.setModel(self.unreadable)
        self.stack = QStackedWidget()
        for widget in (self.grid, self.nothing, self.files):
            self.stack.addWidget(widget)
        self.count_label = ElidedLabel(role="secondary")
        self.count_label.setAccessibleName("How many images are shown")
        self.refresh_button = link_button("Show them no longer")
        line = QHBoxLayout()
        line.addWidget(self.count_label, 1)
        line.addWidget(self.refresh_button)
        card.body.addWidget(self.filter_bar)
        card.body.addLayout(line)
        card.body.addWidget(self.stack, 1)
        card.body.addWidget(self._make_choice())
        return card

    def _make_choice(self) -> QWidget:
        """What can be done with the chosen images, as buttons."""
        self.class_button = push_button("Class")
        self.class_button.setMenu(self.image_actions.label_menu)
        self.move_button = push_button("Move to")
        self.move_button.setMenu(self.image_actions.move_menu)
        self.out_button = push_button("Leave out", icon_name="hide")
        self.open_button = icon_button("search", "Show large", framed=True)
        return flowing(*self._choice_buttons())

    def _connect(self) -> None:
        self.filter_bar.changed.connect(self.refresh)
        self.filter_bar.left.connect(self._on_search_left)
        self.show_all_button.clicked.connect(self.show_all)
        self.refresh_button.clicked.connect(self.refresh)
        self.chart.selectionModel().currentChanged.connect(self._on_class_chosen)
        self.chart.customContextMenuRequested.connect(self._on_class_menu)
        self.rename_action.triggered.connect(self._on_rename)
        self.merge_action.triggered.connect(self._on_merge)
        self.grid.in_sight.connect(self.thumbnails.look_at)
        self.grid.choice_changed.connect(self._show_choice)
        self.grid.customContextMenuRequested.connect(self._on_menu)
        self.thumbnails.marks_changed.connect(self._show_figures)
        self.thumbnails.modelReset.connect(self._on_reset)
        self.out_button.clicked.connect(self._on_out_clicked)
        self.open_button.clicked.connect(self.image_actions.open.trigger)
        search = QAction("Search", self)
        search.setShortcut(QKeySequence("Ctrl+F"))
        search.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        search.triggered.connect(self._on_search)
        self.addAction(search)

    # what the page calls

    def show_dataset(self, dataset: DatasetSummary | None) -> None:
        """Show these images; the ones that are shown already stay where they are."""
        self.thumbnails.set_dataset(dataset)
        if dataset is None:
            self.classes.set_classes((), ())
            self.filter_bar.show_counts(None)

    def show_curated(self, images: CuratedImages) -> None:
        """Show the same images under another curation."""
        self.thumbnails.show_images(images)

    @property
    def images(self) -> CuratedImages | None:
        """What is shown."""
        return self.thumbnails.images

    def chosen(self) -> list[int]:
        """The chosen images, as indexes into the dataset."""
        found: list[int] = self.thumbnails.shown[self.grid.chosen_rows()].tolist()
        return found

    def show_class(self, name: str | None) -> None:
        """Show the images of one class, or of all."""
        self._class_name = name
        self.refresh()
        self._choose_class_row()

    def show_all(self) -> None:
        """Filter nothing away."""
        self.filter_bar.clear()
        self.show_class(None)
        self.grid.setFocus()

    def refresh(self) -> None:
        """Show what the class, the part, the state and the search let through now."""
        bar = self.filter_bar
        self.thumbnails.set_filter(ImageFilter(self._class_name, bar.part, bar.state, bar.search.text()))

    # showing

    def _on_reset(self) -> None:
        if self.thumbnails.filter.shows_all and (self._class_name is not None or not self._bar_is_clear()):
            # Another dataset: what was asked of the one before says nothing about it.
            self._class_name = None
            self.filter_bar.clear()
        self._show_figures()

    def _bar_is_clear(self) -> bool:
        bar = self.filter_bar
        return ImageFilter(None, bar.part, bar.state, bar.search.text()).shows_all

    def _show_figures(self) -> None:
        """All that is said, of the dataset and of what is shown of it."""
        images = self.images
        if images is not None and images is not self._figured:
            self._show_classes(images)
        self._figured = images
        self._outdated = self.thumbnails.outdated
        if images is not None and self.filter_bar.state == UNREADABLE:
            words = self.filter_bar.search.text().casefold().split()
            found = [one for one in images.dataset.unreadable if all(word in one.path.casefold() for word in words)]
            self.unreadable.set_files(found)
            self.files.resizeColumnToContents(0)
            self.stack.setCurrentWidget(self.files if found else self.nothing)
        else:
            self.stack.setCurrentWidget(self.grid if len(self.thumbnails.shown) else self.nothing)
        self.refresh_button.setVisible(self._outdated > 0)
        self._show_choice()

    def _show_classes(self, images: CuratedImages) -> None:
        dataset = images.dataset
        counts = class_counts(dataset)
        names = [display_name(name) for name in dataset.class_names]
        place = self.chart.verticalScrollBar().value()
        self._settling = True
        self.classes.set_classes(dataset.class_names, counts)
        self._settling = False
        self.chart.executeDelayedItemsLayout()
        self.chart.verticalScrollBar().setValue(place)
        self._choose_class_row()
        self.sentence.setText(counts_sentence(names, counts) + _left_out_words(images))
        self.chart.setAccessibleDescription(self.sentence.text())
        self.chart.setToolTip(tip(self.sentence.text()))
        self.image_actions.show_classes(dataset.class_names)
        self.filter_bar.show_counts(images)

    def _choose_class_row(self) -> None:
        """Stand on the class that is shown, without showing it anew."""
        names = self.images.dataset.class_names if self.images is not None else ()
        row = names.index(self._class_name) + 1 if self._class_name in names else 0
        self._settling = True
        self.chart.setCurrentIndex(self.classes.index(row))
        self._settling = False

    def _count_words(self, images: CuratedImages, chosen: int) -> str:
        if self.filter_bar.state == UNREADABLE:
            return f"{plural(self.unreadable.rowCount(), 'file')} could not be read"
        shown, all_of_them = len(self.thumbnails.shown), len(images.dataset.ids)
        text = f"All {plural(shown, 'image')}" if shown == all_of_them else f"{shown:,} of {all_of_them:,} images"
        text += f", {chosen:,} chosen" if chosen else ""
        if self._outdated:
            text += f"; {self._outdated:,} {'is' if self._outdated == 1 else 'are'} not like this any more"
        return text

    def _show_choice(self) -> None:
        images = self.images
        count = self.grid.chosen_count()
        out = relabelled = moved = 0
        if images is not None and count:
            chosen = self.thumbnails.shown[self.grid.chosen_rows()]
            marks = (images.left_out, images.relabelled, images.moved)
            out, relabelled, moved = (int(mark[chosen].sum()) for mark in marks)
        self.image_actions.show_possible(count, out, relabelled, moved)
        self._all_out = bool(count) and out == count
        words = "Take in again" if self._all_out else "Leave out"
        self.out_button.setText(words)
        self.out_button.setAccessibleName(words)
        missing = "" if count else CHOOSE_FIRST
        for button in self._choice_buttons():
            button.setEnabled(not missing)
            button.setToolTip(tip(missing or button.accessibleName()))
        text = self._count_words(images, count) if images is not None else ""
        self.count_label.setText(text)
        self.count_label.setToolTip(tip(text))
        self.grid.setAccessibleDescription(text)

    def _choice_buttons(self) -> Sequence[QAbstractButton]:
        return (self.class_button, self.move_button, self.out_button, self.open_button)

    # what the user does

    def _on_class_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self._settling:
            return
        label = self.classes.label(current)
        names = self.images.dataset.class_names if self.images is not None else ()
        self._class_name = names[label] if label is not None and label < len(names) else None
        self.refresh()

    def _on_class_menu(self, place: QPoint) -> None:
        name = self._class_at(self.chart.indexAt(place))
        if name is None:
            return
        menu = QMenu(self.chart)
        menu.addAction(self.rename_action)
        menu.addAction(self.merge_action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.chart.viewport().mapToGlobal(place))

    def _class_at(self, index: QModelIndex) -> str | None:
        label = self.classes.label(index)
        return None if label is None or self.images is None else self.images.dataset.class_names[label]

    def _on_rename(self) -> None:
        name = self._class_at(self.chart.currentIndex())
        if name is not None:
            self.rename_wanted.emit(name)

    def _on_merge(self) -> None:
        name = self._class_at(self.chart.currentIndex())
        if name is not None:
            self.merge_wanted.emit(name)

    def _on_menu(self, place: QPoint) -> None:
        if self.grid.chosen_count():
            self.image_actions.popup(self.grid.viewport().mapToGlobal(place))

    def _on_out_clicked(self) -> None:
        (self.image_actions.take_in if self._all_out else self.image_actions.leave_out).trigger()

    def _on_search(self) -> None:
        self.filter_bar.search.setFocus()
        self.filter_bar.search.selectAll()

    def _on_search_left(self) -> None:
        self.grid.setFocus()
        if len(self.thumbnails.shown):
            self.grid.choose([0], 0)

    def minimumSizeHint(self) -> QSize:
        """As wide as the wider of both: side by side they stand only where there is room."""
        widest = max(card.minimumSizeHint().width() for card in self._cards)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        kinds = QBoxLayout.Direction
        wide = event.size().width() >= WIDE
        self._beside.setDirection(kinds.LeftToRight if wide else kinds.TopToBottom)
        # One above the other, the images need the height: what the sentence says is in the chart's tool tip.
        self._class_title.setVisible(wide)
        self.sentence.setVisible(wide)
        self._cards[0].setMaximumHeight(UNLIMITED if wide else theme().px(150))


def _part_key() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE_2)
    for text, role in (("training", "training"), ("validation", "validation"), ("test", "secondary")):
        row.addWidget(LineSample(role))
        row.addWidget(PlainLabel(text, role="secondary"))
    row.addStretch(1)
    return row


def _left_out_words(images: CuratedImages) -> str:
    count = int(images.left_out.sum())
    return f" {plural(count, 'image')} left out." if count else ""
