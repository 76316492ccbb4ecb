"""The Inspect page: one image through a trained network, what it says and what happens inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHeaderView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.inspection.results import Classification, Inspection, TrainedFacts
from gui.models.run_layers import RunLayersModel
from gui.models.seen_images import ClassifiedModel, SeenModel
from gui.models.unreadable import UnreadableModel
from gui.pages.flow import flowing
from gui.pages.map_card import MapCard
from gui.pages.notice_panel import NoticePanel
from gui.pages.page import Page, quiet_table, scrolled
from gui.pages.seen_card import PredictionCard, SeenCard
from gui.plots.grid_view import GridView
from gui.plots.layer_rows import LayerRows
from gui.plots.thumbnail_grid import CELL, ThumbnailDelegate
from gui.theme import SPACE_1, SPACE_3, SPACE_4, SPACE_5, theme
from gui.widgets import (
    Card,
    EmptyState,
    ErrorPanel,
    Heading,
    JobBar,
    PlainLabel,
    SegmentedTabs,
    icon_button,
    push_button,
)
from gui.words import plural, share

WIDE = 560
SIDE_CARD = 216
"""Width of the cards at the sides: the image, the enlarged map, the layers."""
QWIDGETSIZE_MAX = 16_777_215


class InspectPage(Page):
    """Shows what a trained network makes of an image.

    Signals: `open_requested`; `step_requested` (-1 or 1) through the dataset's test images; `run_chosen`,
    `weights_chosen`, `layer_chosen` with an id, "best" or "last", and a path; `image_chosen` with a row of the strip;
    `file_chosen` with a row of the table; `use_settings_requested`; `cancel_requested`.
    """

    open_requested = Signal()
    step_requested = Signal(int)
    run_chosen = Signal(str)
    weights_chosen = Signal(str)
    layer_chosen = Signal(str)
    image_chosen = Signal(int)
    file_chosen = Signal(int)
    use_settings_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Inspect", parent)
        self.layers = RunLayersModel(self)
        self.seen = SeenModel(self)
        self.classified = ClassifiedModel(self)
        self.unreadable = UnreadableModel(self)
        self._maps: Mapping[str, np.ndarray[Any, Any]] = {}
        self._network: object = None
        self._choosing = False
        self.job_bar = JobBar()
        self.error_panel = ErrorPanel(closable=True)
        self.edited_panel = NoticePanel()
        self._build()
        self._connect()
        self.show_runs((), "")
        self.show_inspection(None)

    # what the controller calls

    def show_runs(self, runs: Sequence[str], chosen: str) -> None:
        """Offer these runs, newest first."""
        self.run_box.blockSignals(True)
        self.run_box.clear()
        self.run_box.addItems(list(runs))
        self.run_box.setCurrentText(chosen)
        self.run_box.blockSignals(False)
        self._head.setVisible(bool(runs))
        self._empty.title.setText("See inside your network" if runs else "Nothing has been trained yet")
        self._empty.text.setText(
            "Open an image, or drop one anywhere on the window: this page shows what the network takes it for, and "
            "what each layer makes of it."
            if runs
            else "This page shows what a trained network takes an image for, and what each layer makes of it. "
            "Press Train first."
        )
        self._empty_button.setVisible(bool(runs))

    def show_facts(self, facts: TrainedFacts | None, planned_epochs: int = 0) -> None:
        """Name the weights that are shown."""
        self.facts_label.setText("" if facts is None else facts_sentence(facts, planned_epochs))
        if facts is not None:
            self.weights_tabs.choose(facts.weights)

    def show_edited(self, run: str) -> None:
        """Say that the stack is no longer the one of this run; "" where it is."""
        if run:
            self.edited_panel.show_notice(
                f"The stack has been edited since {run} was trained.",
                f"What you see here is the network of {run}.",
                action="Use this run's settings",
            )
        else:
            self.edited_panel.hide()

    def show_inspection(self, inspection: Inspection | None) -> None:
        """Show one image; the layer stays chosen where the network has it."""
        self._stack.setCurrentIndex(0 if inspection is None else 1)
        if inspection is None:
            return
        network = inspection.trained.plan.network
        if network != self._network:
            self._network = network
            path = self.layer()
            self.layers.set_network(network)
            self.choose_layer(path)
        self._maps = inspection.maps
        self.seen_card.show_image(inspection)
        self.prediction_card.show_top(inspection)
        self._show_maps()

    def choose_layer(self, path: str) -> None:
        """Choose a layer without saying so; the one with the most values where there is no such layer."""
        row = self.layers.row_of(path)
        if row < 0 and self.layer_list.currentIndex().isValid():
            return
        values = [one.values for one in self.layers.rows]
        if row < 0 and values:
            row = values.index(max(values))
        self._choosing = True
        self.layer_list.setCurrentIndex(self.layers.index(row))
        self._choosing = False

    def layer(self) -> str:
        """The path of the chosen layer, or ""."""
        return str(self.layer_list.currentIndex().data(RunLayersModel.PATH) or "")

    def has_layer(self, path: str) -> bool:
        """Whether the shown network has this layer."""
        return self.layers.row_of(path) >= 0

    def show_names(self, names: Sequence[str]) -> None:
        """Show the strip of several opened images; none for one."""
        self.seen.set_names(names if len(names) > 1 else ())
        self.strip_card.setVisible(len(names) > 1)
        self.strip.updateGeometries()

    def show_table(self, shown: bool) -> None:
        """Show or hide the table of many images."""
        self.table_card.setVisible(shown)
        self.unreadable_part.setVisible(False)
        if shown:
            self._stack.setCurrentIndex(1)

    def show_classification(self, result: Classification) -> None:
        """Many images have been classified."""
        self.classified.set_images(result.images)
        self.table.resizeColumnsToContents()
        self.table_heading.setText(f"{plural(len(result.images), 'image')} classified")
        self.unreadable.set_files(result.unreadable)
        self.unreadable_part.setVisible(bool(result.unreadable))
        self.unreadable_heading.setText(f"{plural(len(result.unreadable), 'file')} left out")

    # how it is built

    def _build(self) -> None:
        self._empty_button = push_button("Open images…", icon_name="image", primary=True)
        self._empty = EmptyState("", "", icon="inspect", buttons=[self._empty_button])
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(scrolled(self._make_content()))
        self.column.addWidget(self._make_head())
        self.column.addWidget(self.error_panel)
        self.column.addWidget(self.edited_panel)
        self.column.addWidget(self.job_bar)
        self.column.addWidget(self._stack, 1)

    def _make_head(self) -> QWidget:
        self._head = QWidget()
        self.run_box = QComboBox()
        self.run_box.setAccessibleName("Run to look into")
        self.run_box.setMinimumContentsLength(9)
        self.weights_tabs = SegmentedTabs({"best": "Best weights", "last": "Last weights"})
        self.back_button = icon_button("chevron-left", "Test image before", framed=True)
        self.next_button = icon_button("chevron-right", "Next test image", framed=True)
        self.open_button = push_button("Open images…", icon_name="image")
        self.facts_label = PlainLabel(role="secondary", wrap=True)
        self.facts_label.setAccessibleName("The weights that are shown")
        row = flowing(self.run_box, self.weights_tabs, self.back_button, self.next_button, self.open_button, right=2)
        column = QVBoxLayout(self._head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(row)
        column.addWidget(self.facts_label)
        return self._head

    def _make_content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, SPACE_1, SPACE_5)
        column.setSpacing(SPACE_4)
        column.addWidget(self._make_strip())
        column.addWidget(self._make_table())
        self.seen_card = SeenCard()
        self.prediction_card = PredictionCard()
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(SPACE_4)
        self.map_card = MapCard()
        self._beside.addWidget(self.seen_card)
        self._beside.addWidget(self.prediction_card, 1)
        self._beside.addWidget(self.map_card.enlarged)
        column.addLayout(self._beside)
        self._inside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._inside.setSpacing(SPACE_4)
        self._left = self._make_layers()
        self._inside.addWidget(self._left, 0, Qt.AlignmentFlag.AlignTop)
        self._inside.addWidget(self.map_card, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(self._inside)
        column.addStretch(1)
        return content

    def _make_layers(self) -> QWidget:
        card = Card()
        card.body.addWidget(Heading("Layers of this run"))
        self.layer_list = LayerRows(self.layers)
        card.body.addWidget(self.layer_list, 1)
        return card

    def _make_strip(self) -> QWidget:
        self.strip_card = Card()
        self.strip = GridView(CELL, grows=True)
        self.strip.setItemDelegate(ThumbnailDelegate(self.strip))
        self.strip.setAccessibleName("Opened images")
        self.strip.setModel(self.seen)
        self.strip_card.body.addWidget(self.strip)
        self.strip_card.hide()
        return self.strip_card

    def _make_table(self) -> QWidget:
        self.table_card = Card()
        self.table_heading = Heading("Classified images")
        self.table = quiet_table("Classified images")
        self.table.setModel(self.classified)
        self.table.setMinimumHeight(220)
        self.table.setTextElideMode(Qt.TextElideMode.ElideLeft)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(theme().px(110))
        self.unreadable_part = QWidget()
        self.unreadable_heading = Heading("Left out")
        self.unreadable_table = quiet_table("Files that were left out")
        self.unreadable_table.setModel(self.unreadable)
        self.unreadable_table.setMinimumHeight(110)
        part = QVBoxLayout(self.unreadable_part)
        part.setContentsMargins(0, SPACE_3, 0, 0)
        part.addWidget(self.unreadable_heading)
        part.addWidget(self.unreadable_table)
        self.table_card.body.addWidget(self.table_heading)
        self.table_card.body.addWidget(self.table)
        self.table_card.body.addWidget(self.unreadable_part)
        self.table_card.hide()
        return self.table_card

    def _connect(self) -> None:
        self._empty_button.clicked.connect(self.open_requested)
        self.open_button.clicked.connect(self.open_requested)
        self.back_button.clicked.connect(self._on_back)
        self.next_button.clicked.connect(self._on_next)
        self.run_box.textActivated.connect(self.run_chosen)
        self.weights_tabs.chosen.connect(self.weights_chosen)
        self.edited_panel.action_requested.connect(self.use_settings_requested)
        self.job_bar.cancel_requested.connect(self.cancel_requested)
        self.layer_list.selectionModel().currentChanged.connect(self._on_layer_changed)
        self.strip.selectionModel().currentChanged.connect(self._on_image_chosen)
        self.table.selectionModel().currentRowChanged.connect(self._on_file_chosen)

    def _show_maps(self) -> None:
        row = self.layer_list.currentIndex().row()
        if not 0 <= row < len(self.layers.rows):
            self.map_card.show_maps("", None)
            return
        layer = self.layers.rows[row]
        self.map_card.show_maps(f"{layer.title} · {layer.shape}", self._maps.get(layer.path))

    def _on_layer_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_maps()
        if current.isValid() and not self._choosing:
            self.layer_chosen.emit(self.layer())

    def _on_image_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.image_chosen.emit(current.row())

    def _on_file_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.file_chosen.emit(current.row())

    def _on_back(self) -> None:
        self.step_requested.emit(-1)

    def _on_next(self) -> None:
        self.step_requested.emit(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= WIDE
        kinds = QBoxLayout.Direction
        for part in (self._beside, self._inside):
            part.setDirection(kinds.LeftToRight if wide else kinds.TopToBottom)
        for card in (self.seen_card, self._left, self.map_card.enlarged):
            card.setMinimumWidth(theme().px(SIDE_CARD) if wide else 0)
            card.setMaximumWidth(theme().px(SIDE_CARD) if wide else QWIDGETSIZE_MAX)
        self._inside.setAlignment(self._left, Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag(0))
        self._inside.setAlignment(self.map_card, Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag(0))


def facts_sentence(facts: TrainedFacts, planned_epochs: int = 0) -> str:
    """Which weights an answer came from: "run-003, best weights, after epoch 7 of 10, validation accuracy 98.1 %."."""
    planned = f" of {planned_epochs}" if planned_epochs else ""
    parts = [facts.run, f"{facts.weights} weights", f"after epoch {facts.epoch}{planned}"]
    if facts.validation_accuracy is not None:
        parts.append(f"validation accuracy {share(facts.validation_accuracy)}")
    return ", ".join(parts) + "."
