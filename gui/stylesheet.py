"""The style sheet: what a palette cannot say. Small on purpose; painted cards and plots do not use it."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.theme import Colours

STYLE_IMAGES = Path(__file__).parents[1] / "resources" / "icons" / "style"

_SHEET = Template("""
QWidget#Page, QWidget#PageArea, QAbstractScrollArea#PageScroll { background: $window; }
QWidget#Pane, QWidget#TopBar, QStatusBar, QMenuBar { background: $surface; }
QAbstractScrollArea#PaneScroll { background: $surface; border: none; }
QWidget#TopBar { border-bottom: 1px solid $border; }
QStatusBar { border-top: 1px solid $border; color: $secondary; font-size: ${small}px; padding-left: 12px; }
QStatusBar::item { border: none; }
QSplitter::handle { background: $border; }
QToolTip { background: $surface; color: $text; border: 1px solid $border_strong; padding: 4px 6px; }

QLabel[role="secondary"] { color: $secondary; font-size: ${small}px; }
QLabel[role="quiet"] { color: $secondary; }
QLabel[role="section"] { color: $secondary; font-size: ${small}px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="title"] { font-size: ${large}px; font-weight: 600; }
QLabel[role="bad"] { color: $bad; font-size: ${small}px; }
QLabel[role="warning"] { color: $warning; font-size: ${small}px; }

QFrame#Card { background: $surface; border: 1px solid $border; border-radius: 9px; }
QFrame#ErrorPanel { background: $bad_soft; border: 1px solid $bad; border-radius: 8px; }
QFrame#AdvicePanel { background: $warning_soft; border: 1px solid $warning; border-radius: 8px; }
QFrame#Banner { background: $warning_soft; border: none; border-bottom: 1px solid $warning; }
QFrame#Rule { background: $border; border: none; min-height: 1px; max-height: 1px; }

QPushButton { background: $surface; color: $text; border: 1px solid $border; border-radius: 6px;
  padding: ${pad_v}px ${pad_h}px; }
QPushButton:hover { background: $hover; border-color: $border_strong; }
QPushButton:pressed { background: $pressed; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $disabled; background: $surface; border-color: $border; }
QPushButton[primary="true"] { background: $accent_fill; color: $on_accent; border-color: $accent_fill;
  font-weight: 600; }
QPushButton[primary="true"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[primary="true"]:pressed { background: $accent_pressed; }
QPushButton[primary="true"]:focus { border-color: $text; }
QPushButton[primary="true"]:disabled { background: $track; color: $disabled; border-color: $track; }
QPushButton[link="true"] { background: transparent; border: 1px solid transparent; color: $accent; padding: 2px 4px;
  text-align: left; }
QPushButton[link="true"][tone="bad"] { color: $bad; }
QPushButton[link="true"]:hover { background: $hover; }
QPushButton[link="true"]:focus { border-color: $accent; }
QPushButton[tab="true"] { background: transparent; border: 1px solid transparent; padding: ${pad_v}px ${pad_tab}px; }
QPushButton[tab="true"]:hover { background: $hover; }
QPushButton[tab="true"]:checked { background: $accent_soft; color: $accent; font-weight: 600; }
QPushButton[tab="true"][covered="true"]:checked { background: transparent; color: $secondary;
  border: 1px dashed $border_strong; }
QPushButton[tab="true"]:focus { border-color: $accent; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $pressed; }
QToolButton:focus { border-color: $accent; }
QToolButton[framed="true"] { border-color: $border; background: $surface; padding: ${pad_v}px 7px; }
QToolButton[framed="true"]:hover { background: $hover; border-color: $border_strong; }

QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit, QTextEdit { background: $raised; color: $text;
  border: 1px solid $border; border-radius: 6px; padding: ${pad_field}px 8px; selection-background-color: $accent_fill;
  selection-color: $on_accent; }
QAbstractSpinBox QLineEdit { border: none; border-radius: 0; padding: 0; background: transparent; }
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover { border-color: $border_strong; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus { border-color: $accent; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { color: $disabled; background: $surface; }
QLineEdit[wrong="true"], QAbstractSpinBox[wrong="true"] { border-color: $bad; background: $bad_soft; }
QAbstractSpinBox[arrows="true"]::up-button, QAbstractSpinBox[arrows="true"]::down-button {
  subcontrol-origin: border; width: 18px; border: none;
  background: transparent; }
QAbstractSpinBox[arrows="true"]::up-button { subcontrol-position: top right; margin-top: 2px; }
QAbstractSpinBox[arrows="true"]::down-button { subcontrol-position: bottom right; margin-bottom: 2px; }
QAbstractSpinBox[arrows="true"]::up-button:hover, QAbstractSpinBox[arrows="true"]::down-button:hover {
  background: $hover; }
QAbstractSpinBox[arrows="true"]::up-arrow { image: url("$images/up.svg"); width: 9px; height: 9px; }
QAbstractSpinBox[arrows="true"]::down-arrow { image: url("$images/down.svg"); width: 9px; height: 9px; }
QAbstractSpinBox[arrows="false"]::up-button, QAbstractSpinBox[arrows="false"]::down-button { width: 1px; border: none;
  subcontrol-origin: border; subcontrol-position: right; }
QAbstractSpinBox[arrows="false"]::up-arrow, QAbstractSpinBox[arrows="false"]::down-arrow { image: none; width: 0; }
QComboBox::drop-down { subcontrol-origin: border; subcontrol-position: center right; width: 22px; border: none; }
QComboBox::down-arrow { image: url("$images/down.svg"); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border_strong; outline: none; padding: 2px;
  selection-background-color: $accent_soft; selection-color: $text; }
QPlainTextEdit#CodeEditor { background: $surface; border: none; border-radius: 0; padding: 0;
  selection-background-color: $accent_fill; }
QWidget#FindBar { background: $raised; border-bottom: 1px solid $border; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator, QTreeView::indicator, QTableView::indicator { width: 15px; height: 15px; border-radius: 4px;
  border: 1px solid $border_strong; background: $raised; }
QCheckBox::indicator:hover { border-color: $accent; }
QCheckBox::indicator:focus { border-color: $accent; }
QCheckBox::indicator:checked, QTreeView::indicator:checked, QTableView::indicator:checked { background: $accent_fill;
  border-color: $accent_fill; image: url("$images/check.svg"); }
QCheckBox::indicator:disabled { border-color: $border; }

QMenuBar { padding: 1px 8px; border: none; }
QMenuBar::item { padding: 4px 9px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $surface; border: 1px solid $border_strong; padding: 5px; }
QMenu::item { padding: 5px 28px 5px 10px; border-radius: 5px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $border; margin: 5px 8px; }
QMenu::icon { padding-left: 8px; }

QProgressBar { background: $track; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; }
QProgressBar::chunk { background: $accent_fill; border-radius: 4px; }
QSlider::groove:horizontal { background: $track; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent_fill; height: 4px; border-radius: 2px; }
QSlider::handle:horizontal { background: $raised; border: 1px solid $border_strong; border-radius: 7px; width: 13px;
  margin: -5px 0; }
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { border-color: $accent; }
QScrollBar:vertical { background: transparent; width: 11px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 2px; }
QScrollBar::handle { background: $border_strong; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QTableView, QTreeView, QListView { background: $surface; alternate-background-color: $raised; border: 1px solid $border;
  border-radius: 6px; gridline-color: $border; outline: none; selection-background-color: $accent_soft;
  selection-color: $text; }
QHeaderView::section { background: $surface; color: $secondary; border: none; border-bottom: 1px solid $border;
  padding: 6px 8px; font-size: ${small}px; font-weight: 600; }
QTableView::item { padding: 4px 8px; }
QTableView QTableCornerButton::section { background: $surface; border: none; }
QDialog { background: $surface; }
""")


def stylesheet(colours: Colours, scale: float) -> str:
    """The sheet for these colours and this text size."""
    from dataclasses import asdict

    return _SHEET.substitute(
        asdict(colours),
        images=STYLE_IMAGES.as_posix(),
        small=round(11 * scale),
        large=round(17 * scale),
        pad_v=round(5 * scale),
        pad_h=round(12 * scale),
        pad_tab=round(14 * scale),
        pad_field=round(4 * scale),
    )
