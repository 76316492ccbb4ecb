"""The window of the picture: the picture, what is shown of it, and how it becomes a file."""

from __future__ import annotations

import enum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui import theme as looks
from gui.forms.inputs import ComboBox
from gui.picture.view import STEP, PictureView
from gui.widgets.buttons import icon_button, link_button, push_button
from gui.widgets.labels import ElidedLabel, PlainLabel, Rule
from gui.widgets.panels import ErrorPanel
from gui.words import tip

PNG_SCALES: Final = (1.0, 2.0, 3.0, 4.0, 6.0, 8.0)
"""Pixels for one point, to choose from."""


class Paper(enum.StrEnum):
    """In which colours the picture is drawn."""

    WINDOW = "window"
    LIGHT = "light"
    DARK = "dark"


_PAPERS: Final = {Paper.WINDOW: "As the window", Paper.LIGHT: "On white", Paper.DARK: "On dark"}


class PictureWindow(QDialog):
    """Shows the picture beside the main window, which goes on working.

    Signals: `options_changed` when the picture should be drawn otherwise; `export_requested` when it should become a
    file; `closed` when the window is no longer to be seen.
    """

    options_changed = Signal()
    export_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("Picture of the network")
        self.setAccessibleName("Picture of the network")
        self.view = PictureView()
        self.inside_box = QCheckBox("Inside of blocks")
        self.inside_box.setChecked(True)
        self.inside_box.setToolTip(tip("Show the layers inside of blocks, or each block as one volume."))
        self.paper_box = ComboBox()
        for paper, text in _PAPERS.items():
            self.paper_box.addItem(text, paper.value)
        self.scale_box = ComboBox()
        for scale in PNG_SCALES:
            self.scale_box.addItem(f"{scale:g} ×", scale)
        self.transparent_box = QCheckBox("Transparent")
        self.transparent_box.setToolTip(tip("Files have nothing under the picture, so that a slide shows through."))
        self.zoom_label = PlainLabel(role="secondary")
        self.zoom_label.setAccessibleName("Size")
        self.zoom_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.further_button = icon_button("zoom-out", "Smaller  ( − )")
        self.closer_button = icon_button("zoom-in", "Larger  ( + )")
        self.fit_button = link_button("Fit")
        self.fit_button.setToolTip(tip("Show all of it  ( 0 )"))
        self.export_button = push_button("Save as file…", icon_name="save", primary=True)
        self.said = ElidedLabel(role="secondary")
        self.said.setAccessibleName("What was saved")
        self.trouble = ErrorPanel(closable=True)
        self._build()
        self._connect()
        self.resize(1120, 720)

    @property
    def inside(self) -> bool:
        """Whether blocks show the layers inside."""
        return self.inside_box.isChecked()

    @property
    def paper(self) -> Paper:
        """The colours that are chosen."""
        return Paper(self.paper_box.currentData())

    @property
    def png_scale(self) -> float:
        """Pixels for one point of a bitmap."""
        return float(self.scale_box.currentData())

    @property
    def transparent(self) -> bool:
        """Whether files have nothing under the picture."""
        return self.transparent_box.isChecked()

    def choose(self, paper: str, png_scale: float, *, inside: bool, transparent: bool) -> None:
        """Set the options, as they were last time; what is not to choose from leaves the usual one."""
        self.paper_box.setCurrentIndex(max(0, self.paper_box.findData(paper)))
        place = self.scale_box.findData(png_scale)
        self.scale_box.setCurrentIndex(place if place >= 0 else PNG_SCALES.index(2.0))
        self.inside_box.setChecked(inside)
        self.transparent_box.setChecked(transparent)

    def _build(self) -> None:
        top, bottom = QHBoxLayout(), QHBoxLayout()
        for row in (top, bottom):
            row.setContentsMargins(looks.SPACE_4, looks.SPACE_2, looks.SPACE_4, looks.SPACE_2)
            row.setSpacing(looks.SPACE_2)
        self._add(top, "Colours", self.paper_box)
        top.addSpacing(looks.SPACE_3)
        top.addWidget(self.inside_box)
        top.addStretch()
        self.zoom_label.setMinimumWidth(self.zoom_label.fontMetrics().horizontalAdvance("1000 %"))
        for widget in (self.further_button, self.zoom_label, self.closer_button, self.fit_button):
            top.addWidget(widget)
        bottom.addWidget(self.said, 1)
        self._add(bottom, "PNG size", self.scale_box)
        bottom.addSpacing(looks.SPACE_3)
        bottom.addWidget(self.transparent_box)
        bottom.addSpacing(looks.SPACE_3)
        bottom.addWidget(self.export_button)
        for box in (self.paper_box, self.scale_box):
            box.setSizePolicy(box.sizePolicy().Policy.Fixed, box.sizePolicy().verticalPolicy())
        self.paper_box.setMinimumContentsLength(13)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(Rule())
        column.addWidget(self.trouble)
        column.addWidget(self.view, 1)
        column.addWidget(Rule())
        column.addLayout(bottom)

    @staticmethod
    def _add(row: QHBoxLayout, text: str, box: ComboBox) -> None:
        label = PlainLabel(text, role="quiet")
        label.setBuddy(box)
        box.setAccessibleName(text)
        row.addWidget(label)
        row.addWidget(box)

    def _connect(self) -> None:
        self.inside_box.toggled.connect(self.options_changed)
        self.paper_box.currentIndexChanged.connect(self.options_changed)
        self.scale_box.currentIndexChanged.connect(self.options_changed)
        self.transparent_box.toggled.connect(self.options_changed)
        self.view.zoomed.connect(self._on_zoomed)
        self.closer_button.clicked.connect(self._on_closer_clicked)
        self.further_button.clicked.connect(self._on_further_clicked)
        self.fit_button.clicked.connect(self.view.fit)
        self.export_button.clicked.connect(self.export_requested)
        for button in (self.export_button, self.fit_button):
            button.setAutoDefault(False)
        for keys in (QKeySequence.StandardKey.Save, QKeySequence.StandardKey.Print):
            QShortcut(QKeySequence(keys), self).activated.connect(self.export_requested)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self).activated.connect(self.close)
        self.view.setFocus()

    def _on_zoomed(self) -> None:
        self.zoom_label.setText(f"{self.view.zoom:.0%}".replace("%", " %"))

    def _on_closer_clicked(self) -> None:
        self.view.zoom_by(STEP)

    def _on_further_clicked(self) -> None:
        self.view.zoom_by(1 / STEP)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def done(self, result: int) -> None:
        super().done(result)
        self.closed.emit()
