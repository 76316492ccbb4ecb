"""Icons: our own line drawings, coloured at the moment they are painted, so that they follow the theme."""

from __future__ import annotations

import functools
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui.theme import colour

FOLDER = Path(__file__).parents[1] / "resources" / "icons"


@functools.cache
def _drawing(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


@functools.lru_cache(maxsize=256)
def _renderer(name: str, shade: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", shade).encode()))


class _LineIcon(QIconEngine):
    """Paints one drawing in a colour of the theme that is looked up at every paint."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        role = "disabled" if mode is QIcon.Mode.Disabled else self._role
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # A place wider than high leaves room after the icon: the gap to a button's words.
        side = min(rect.width(), rect.height())
        place = QRectF(rect.left(), rect.top() + (rect.height() - side) / 2, side, side)
        _renderer(self._name, colour(role).name()).render(painter, place)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        if size.isEmpty():  # a button that has no room yet
            return pixmap
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _LineIcon(self._name, self._role)


def icon(name: str, role: str = "text") -> QIcon:
    """The icon called `name` in `resources/icons`, in the theme's colour `role`."""
    _drawing(name)  # a wrong name fails here, not at some later paint
    return QIcon(_LineIcon(name, role))
