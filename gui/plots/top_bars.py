"""The bars of a prediction: the most probable classes and how probable the network holds each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.plots.sentences import top_sentence
from gui.theme import colour
from gui.words import share

ROW = 24
BAR = 12


class TopBars(QWidget):
    """One row for each class: its name, a bar and the probability; the first one in the accent colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._top: tuple[tuple[str, float], ...] = ()
        self._true_class = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Prediction")

    def set_top(self, top: Sequence[tuple[str, float]], true_class: str = "") -> None:
        """Show these (class, probability) pairs, most probable first; `true_class` is marked where it is known."""
        self._top = tuple(top)
        self._true_class = true_class
        words = ", ".join(f"{name} {share(probability)}" for name, probability in top)
        self.setAccessibleDescription(f"{top_sentence(top)} {words}")
        self.updateGeometry()
        self.update()

    def top(self) -> tuple[tuple[str, float], ...]:
        """What is shown."""
        return self._top

    def sizeHint(self) -> QSize:
        return QSize(260, ROW * max(1, len(self._top)))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, ROW * max(1, len(self._top)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        names = [self._label(name) for name, _ in self._top]
        name_width = min(
            max((metrics.horizontalAdvance(name) for name in names), default=0) + 12, self.width() * 2 // 5
        )
        figure_width = metrics.horizontalAdvance("100.0 %") + 8
        for place, (name, (_, probability)) in enumerate(zip(names, self._top, strict=True)):
            row = QRectF(0, place * ROW, self.width(), ROW)
            painter.setPen(colour("text"))
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(name_width) - 8)
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            figure = share(probability)
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, figure)
            track = QRectF(
                name_width, row.top() + (ROW - BAR) / 2, max(20.0, self.width() - name_width - figure_width), BAR
            )
            self._draw_bar(painter, track, probability, first=place == 0)
        painter.end()

    def _label(self, name: str) -> str:
        return f"✓ {name}" if name == self._true_class else name

    def _draw_bar(self, painter: QPainter, track: QRectF, share: float, *, first: bool) -> None:
        path = QPainterPath()
        path.addRoundedRect(track, 3, 3)
        painter.fillPath(path, colour("track"))
        filled = QRectF(track)
        filled.setWidth(track.width() * min(1.0, max(0.0, share)))
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(filled, colour("accent_fill" if first else "secondary"))
        painter.restore()
