"""Preferences: theme, text size, motion, threads and the folder of decoded images. Each change counts at once."""

from __future__ import annotations

import os
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from gui import theme as looks
from gui.dialogs.frame import Dialog
from gui.forms.inputs import ComboBox, SpinBox
from gui.settings import MOTION, STILL, TEXT_SCALE, TEXT_SCALES, THEME, THREADS, Settings
from gui.theme import Scheme
from gui.widgets.buttons import push_button
from gui.widgets.labels import PlainLabel
from gui.words import tip

MOST_GIGABYTES: Final = 10_000
SCHEMES: Final = {Scheme.SYSTEM: "As the system", Scheme.LIGHT: "Light", Scheme.DARK: "Dark"}


class PreferencesDialog(Dialog):
    """Shows the settings.

    Signals: `clear_requested` when the decoded images should be deleted, `check_requested` when they should be looked
    through for damage, `limit_chosen` with the gigabytes that they may take.
    """

    clear_requested = Signal()
    check_requested = Signal()
    limit_chosen = Signal(int)

    def __init__(self, settings: Settings, parent: QWidget | None) -> None:
        super().__init__("Preferences", parent)
        self._settings = settings
        self.setMinimumWidth(440)
        self.theme_box = ComboBox()
        for scheme, text in SCHEMES.items():
            self.theme_box.addItem(text, scheme.value)
        self.theme_box.setCurrentIndex(self.theme_box.findData(settings.get(THEME)))
        self.theme_box.activated.connect(self._on_theme_chosen)
        self.scale_box = ComboBox()
        for scale in TEXT_SCALES:
            self.scale_box.addItem(f"{scale:.0%}", scale)
        self.scale_box.setCurrentIndex(max(0, self.scale_box.findData(settings.get(TEXT_SCALE))))
        self.scale_box.activated.connect(self._on_scale_chosen)
        self.motion_box = ComboBox()
        for value, text in ((MOTION.default, "Move"), (STILL, "Stand still until played")):
            self.motion_box.addItem(text, value)
        self.motion_box.setCurrentIndex(int(settings.get(MOTION) == STILL))
        self.motion_box.activated.connect(self._on_motion_chosen)
        self.threads_box = SpinBox(0, 4 * (os.cpu_count() or 1))
        self.threads_box.setSpecialValueText("All of them")
        self.threads_box.setValue(settings.get(THREADS))
        self.threads_box.valueChanged.connect(self._on_threads_changed)
        self.cache_label = PlainLabel("Measuring…", role="quiet")
        self.cache_label.setAccessibleName("Size of the decoded images")
        self.limit_box = SpinBox(1, MOST_GIGABYTES)
        self.limit_box.setSuffix(" GB")
        self.limit_box.setKeyboardTracking(False)
        self.limit_box.setEnabled(False)
        self.limit_box.valueChanged.connect(self.limit_chosen)
        self.check_button = push_button("Check them")
        self.check_button.setToolTip(tip("Looks through every one for damage. What is damaged is decoded again."))
        self.check_button.clicked.connect(self.check_requested)
        self.clear_button = push_button("Delete them")
        self.clear_button.setToolTip(tip("They are decoded again when a dataset is opened."))
        self.clear_button.clicked.connect(self.clear_requested)
        self._build()

    def show_cache(self, text: str) -> None:
        """Say how much room the decoded images take."""
        self.cache_label.setText(text)

    def show_limit(self, gigabytes: int) -> None:
        """Show how much room they may take."""
        with QSignalBlocker(self.limit_box):
            self.limit_box.setValue(gigabytes)
        self.limit_box.setEnabled(True)

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(looks.SPACE_4)
        grid.setVerticalSpacing(looks.SPACE_3)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget, str], ...] = (
            ("Theme", self.theme_box, ""),
            ("Text size", self.scale_box, ""),
            ("Pictures that explain", self.motion_box, ""),
            (
                "CPU threads",
                self.threads_box,
                "For training, from the next run on. The number is part of a run: "
                "the same run with another number gives slightly different figures.",
            ),
            (
                "Decoded images",
                self.cache_label,
                "Images are decoded once and kept, so that a dataset opens at once the next time.",
            ),
            (
                "They take at most",
                self.limit_box,
                "Beyond that, those used longest ago are deleted first.",
            ),
        )
        for row, (text, widget, help) in enumerate(rows):
            label = PlainLabel(text)
            grid.addWidget(label, 2 * row, 0)
            grid.addWidget(widget, 2 * row, 1)
            if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                widget.setAccessibleName(text)
            if help:
                grid.addWidget(PlainLabel(help, role="secondary", wrap=True), 2 * row + 1, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(looks.SPACE_2)
        buttons.addWidget(self.check_button)
        buttons.addWidget(self.clear_button)
        buttons.addStretch()
        grid.addLayout(buttons, 2 * len(rows), 1)
        self.body.addLayout(grid)
        self.body.addStretch()
        close = self.add_button(push_button("Close", primary=True))
        close.clicked.connect(self.accept)

    def _on_theme_chosen(self, _place: int) -> None:
        self._settings.set(THEME, str(self.theme_box.currentData()))

    def _on_scale_chosen(self, _place: int) -> None:
        self._settings.set(TEXT_SCALE, float(self.scale_box.currentData()))

    def _on_motion_chosen(self, _place: int) -> None:
        self._settings.set(MOTION, str(self.motion_box.currentData()))

    def _on_threads_changed(self, threads: int) -> None:
        self._settings.set(THREADS, threads)
