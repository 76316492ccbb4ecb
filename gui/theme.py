"""How the window looks: every colour, space and size, light and dark, in one file.

The colours of families, of training and validation and of runs can be told apart with the common forms of colour
blindness, and nothing is ever said by colour alone.
"""

from __future__ import annotations

import enum
import functools
import re
import weakref
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from gui.stylesheet import stylesheet

SPACE_1: Final = 4
SPACE_2: Final = 8
SPACE_3: Final = 12
SPACE_4: Final = 16
SPACE_5: Final = 24
RADIUS_CONTROL: Final = 6
RADIUS_CARD: Final = 9
TEXT: Final = 13
TEXT_SECONDARY: Final = 11
TEXT_LARGE: Final = 17


@dataclass(frozen=True)
class Colours:
    """One scheme; each value is `#rrggbb`."""

    window: str
    surface: str
    raised: str
    hover: str
    pressed: str
    border: str
    border_strong: str
    text: str
    secondary: str
    disabled: str
    accent: str
    accent_fill: str
    accent_hover: str
    accent_pressed: str
    accent_soft: str
    on_accent: str
    good: str
    warning: str
    warning_soft: str
    bad: str
    bad_soft: str
    training: str
    validation: str
    grid: str
    track: str
    code_keyword: str
    code_string: str
    code_number: str
    code_comment: str
    code_name: str


LIGHT: Final = Colours(
    window="#F2F4F7",
    surface="#FFFFFF",
    raised="#FAFBFC",
    hover="#EEF1F5",
    pressed="#E3E8EF",
    border="#DDE2E9",
    border_strong="#BFC7D2",
    text="#171B21",
    secondary="#596373",
    disabled="#98A1AE",
    accent="#2C6AD8",
    accent_fill="#2F6FDE",
    accent_hover="#2763CC",
    accent_pressed="#1F55B4",
    accent_soft="#E4EDFC",
    on_accent="#FFFFFF",
    good="#1D7F48",
    warning="#9A6200",
    warning_soft="#FDF3DF",
    bad="#BC2F2F",
    bad_soft="#FCEDEC",
    training="#2F6FDE",
    validation="#D55E00",
    grid="#E6E9EE",
    track="#E1E5EB",
    code_keyword="#7A3FC4",
    code_string="#22743F",
    code_number="#A84A00",
    code_comment="#687283",
    code_name="#1F5FC4",
)

DARK: Final = Colours(
    window="#13161A",
    surface="#1A1E24",
    raised="#20252C",
    hover="#282E37",
    pressed="#303843",
    border="#2E353F",
    border_strong="#4A5462",
    text="#E9ECF0",
    secondary="#A2ACB9",
    disabled="#687280",
    accent="#7AA8F8",
    accent_fill="#3674E5",
    accent_hover="#4682EF",
    accent_pressed="#2D66D0",
    accent_soft="#1F2E49",
    on_accent="#FFFFFF",
    good="#52C483",
    warning="#E3AC45",
    warning_soft="#332A18",
    bad="#F58A84",
    bad_soft="#3A2123",
    training="#5B93F5",
    validation="#E8772A",
    grid="#2B313A",
    track="#2C333D",
    code_keyword="#C49CFF",
    code_string="#7FCB9A",
    code_number="#F0A868",
    code_comment="#8893A3",
    code_name="#86B3FF",
)

FAMILIES: Final = {
    "input": "#64748B",
    "convolution": "#2F6FDE",
    "pooling": "#0E8FA0",
    "normalisation": "#7A5AF8",
    "activation": "#C98A00",
    "regularisation": "#D1417A",
    "shape": "#6B7280",
    "dense": "#2B9A5B",
    "block": "#B4532A",
    "merging": "#4F7A8C",
}
"""A layer family's colour, the same in both schemes; see `engine.layers.Family`."""

RUNS: Final = ("#3D7BE0", "#E8772A", "#2B9A6B", "#B455B6", "#C9A227", "#26A7C4", "#E05672", "#7F8B99")
"""Colours of runs; a run takes one by its number and keeps it."""


class Scheme(enum.StrEnum):
    """What the user may choose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """The look of the application; `theme_changed` is emitted when colours or text size have changed."""

    theme_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.scheme = Scheme.SYSTEM
        self.scale = 1.0
        self.colours = LIGHT
        self._following = False
        self._sheet = ""
        self._windows: weakref.WeakSet[QWidget] = weakref.WeakSet()

    @property
    def dark(self) -> bool:
        """Whether the colours in use are the dark ones."""
        return self.colours is DARK

    def apply(self, scheme: Scheme = Scheme.SYSTEM, scale: float = 1.0) -> None:
        """Give the running application its colours and text size.

        Args:
            scheme: Light, dark, or whatever the system uses.
            scale: Text size against the normal one, 0.8 to 2.
        """
        self.scheme, self.scale = scheme, scale
        hints = QGuiApplication.styleHints()
        if not self._following:
            hints.colorSchemeChanged.connect(self._on_system_scheme_changed)
            self._following = True
        # Native title bars and dialogs follow this; platforms without a scheme ignore it.
        asked = {Scheme.LIGHT: Qt.ColorScheme.Light, Scheme.DARK: Qt.ColorScheme.Dark}
        if scheme in asked:
            hints.setColorScheme(asked[scheme])
        else:
            hints.unsetColorScheme()
        self._dress()

    def dress(self, window: QWidget) -> None:
        """Give a window, and all that it holds or opens, the style sheet, now and whenever the look changes.

        The application itself has none: Qt goes through that of an application for all that a widget holds each time
        that the widget gets another parent, which takes most of the time in which a page is made.
        """
        self._windows.add(window)
        window.setStyleSheet(self._sheet)

    def _on_system_scheme_changed(self) -> None:
        if self.scheme is Scheme.SYSTEM:
            self._dress()

    def _dress(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication), "a theme needs an application"
        system_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        dark = self.scheme is Scheme.DARK or (self.scheme is Scheme.SYSTEM and system_dark)
        self.colours = DARK if dark else LIGHT
        app.setPalette(palette(self.colours))
        app.setFont(self.font())
        self._sheet = stylesheet(self.colours, self.scale)
        for window in filter(isValid, self._windows):
            window.setStyleSheet(self._sheet)
        self.theme_changed.emit()

    def font(self, size: int = TEXT, *, bold: bool = False) -> QFont:
        """The system's font in our sizes, figures of one width."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def code_font(self) -> QFont:
        """The system's font of fixed width, for code."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(self.px(TEXT))
        return font

    def px(self, length: int) -> int:
        """A length that grows with the text."""
        return round(length * self.scale)


@functools.cache
def theme() -> Theme:
    """The one theme of this process."""
    return Theme()


def colour(name: str) -> QColor:
    """A colour of the scheme in use by the name of its field in `Colours`."""
    return QColor(getattr(theme().colours, name))


def family_colour(family: str) -> QColor:
    """The colour of a layer family."""
    return QColor(FAMILIES[str(family)])


def run_colour(run: str) -> QColor:
    """The colour of a run, by the number at the end of its id: "run-003" keeps the third for ever."""
    number = re.search(r"(\d+)\D*$", run)
    return QColor(RUNS[(int(number.group(1)) - 1 if number else 0) % len(RUNS)])


def palette(colours: Colours) -> QPalette:
    """The palette that Fusion draws with."""
    roles = QPalette.ColorRole
    result = QPalette()
    table = {
        roles.Window: colours.surface,
        roles.WindowText: colours.text,
        roles.Base: colours.raised,
        roles.AlternateBase: colours.hover,
        roles.ToolTipBase: colours.surface,
        roles.ToolTipText: colours.text,
        roles.PlaceholderText: colours.secondary,
        roles.Text: colours.text,
        roles.Button: colours.surface,
        roles.ButtonText: colours.text,
        roles.BrightText: colours.on_accent,
        roles.Link: colours.accent,
        roles.LinkVisited: colours.accent,
        roles.Highlight: colours.accent_fill,
        roles.HighlightedText: colours.on_accent,
        roles.Accent: colours.accent_fill,
        roles.Light: colours.surface,
        roles.Midlight: colours.hover,
        roles.Mid: colours.border,
        roles.Dark: colours.border_strong,
        roles.Shadow: colours.border_strong,
    }
    for role, value in table.items():
        result.setColor(role, QColor(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.disabled))
    result.setColor(QPalette.ColorGroup.Disabled, roles.Highlight, QColor(colours.border))
    return result
