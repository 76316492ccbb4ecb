"""One chart of curves over the epochs."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPen, Qt
from PySide6.QtWidgets import QGraphicsGridLayout, QSizePolicy, QWidget

from gui.plots.decimate import decimate
from gui.theme import TEXT_SECONDARY, colour, theme

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class Series:
    """One curve.

    Attributes:
        name: What it is, for the reading under the cursor.
        colour: A colour of the theme, or any other.
        x: Positions in epochs, rising.
        y: Values; not finite where there is none.
        width: Of the line, in pixels.
        faint: Whether it lies behind the others, thin and pale.
        dots: Whether each point is marked.
        dashed: Whether the line is dashed, to tell curves of one colour apart.
    """

    name: str
    colour: QColor
    x: Array
    y: Array
    width: float = 2.0
    faint: bool = False
    dots: bool = False
    dashed: bool = False


class EpochAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """An axis of whole epochs: ticks at 1, 2 or 5 times a power of ten, never at half an epoch."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Pyqtgraph's question: (spacing, positions) of the ticks between two values on `size` pixels."""
        step = epoch_step(high - low, max(2, int(size // 60)))
        first = math.ceil(low / step) * step
        return [(step, [float(value) for value in range(first, math.floor(high) + 1, step)])]


class ValueAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """An axis of values: one level of ticks at round figures, both ends among them."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Pyqtgraph's question: (spacing, positions) of the ticks between two values on `size` pixels."""
        step = value_step(high - low, max(2, int(size // 34)))
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        return [(step, [number * step for number in range(first, last + 1)])]

    def boundingRect(self) -> QRectF:
        """With room for the upper half of the highest figure and the lower half of the lowest."""
        return QRectF(super().boundingRect()).adjusted(0, -10, 0, 10)


def value_step(span: float, ticks: int) -> float:
    """The smallest of 1, 2 or 5 times a power of ten that needs at most `ticks` steps for `span`."""
    power = 10.0 ** math.floor(math.log10(span / ticks))
    return next(power * factor for factor in (1, 2, 5, 10) if span / (power * factor) <= ticks + 1e-9)


def epoch_step(span: float, ticks: int) -> int:
    """The smallest of 1, 2, 5, 10, 20 ... epochs that needs at most `ticks` ticks for `span` epochs."""
    step = 1
    for factor in (2, 2.5, 2) * 12:
        if span / step <= ticks:
            break
        step = int(step * factor)
    return step


class CurvePlot(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """Curves over the epochs, drawn by pyqtgraph without its menus, which would cost ten times the time to build.

    Left and right keys, or the mouse, read the values at one epoch.

    Signals:
        reading_changed: The epoch under the cursor, or None.
    """

    reading_changed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(f"{name} chart")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._epochs = 1.0
        self._reading: float | None = None
        self._items: list[pg.PlotCurveItem] = []
        self._box = pg.ViewBox(enableMouse=False, enableMenu=False)
        self._box.setDefaultPadding(0.0)
        self._left = ValueAxis("left")
        self._bottom = EpochAxis("bottom")
        self._dots = pg.ScatterPlotItem(pxMode=True)
        self._line = pg.InfiniteLine(angle=90, movable=False)
        self._arrange()
        theme().theme_changed.connect(self.apply_theme)
        self.apply_theme()

    def _arrange(self) -> None:
        centre = pg.GraphicsWidget()
        grid = QGraphicsGridLayout(centre)
        grid.setContentsMargins(0, 4, 8, 0)
        grid.setSpacing(0)
        grid.addItem(self._left, 0, 0)
        grid.addItem(self._box, 0, 1)
        grid.addItem(self._bottom, 1, 1)
        for axis in (self._left, self._bottom):
            axis.linkToView(self._box)
            # Behind the curves, which pyqtgraph draws at -100, so that grid lines do not cut them.
            axis.setZValue(-1000)
            axis.setStyle(tickLength=0, tickTextOffset=6, hideOverlappingLabels=False)
        self._left.setWidth(40)
        self._left.enableAutoSIPrefix(False)
        self._bottom.setHeight(22)
        self._left.setGrid(255)
        self._bottom.setStyle(tickAlpha=0)
        self._line.setZValue(5)
        self._line.hide()
        self._box.addItem(self._line, ignoreBounds=True)
        self._dots.setZValue(4)
        self._box.addItem(self._dots, ignoreBounds=True)
        self.setCentralItem(centre)

    def apply_theme(self) -> None:
        """Take the colours of the theme; called again where it changes."""
        self.setBackground(None)
        small = theme().font(TEXT_SECONDARY)
        for axis in (self._left, self._bottom):
            axis.setPen(QPen(Qt.PenStyle.NoPen))
            axis.setTextPen(colour("secondary"))
            axis.setTickFont(small)
        self._left.setTickPen(pg.mkPen(colour("grid"), width=1))
        self._line.setPen(pg.mkPen(colour("secondary"), width=1, style=Qt.PenStyle.DashLine))

    def set_series(
        self, series: Sequence[Series], *, epochs: float, low: float = 0.0, high: float | None = None
    ) -> None:
        """Draw these curves, the first ones behind.

        Args:
            series: The curves.
            epochs: Where the axis ends at least.
            low: Where the axis of values begins.
            high: Where it ends; None fits it to the curves, outliers of the first steps cut off.
        """
        while len(self._items) > len(series):
            self._box.removeItem(self._items.pop())
        while len(self._items) < len(series):
            item = pg.PlotCurveItem(antialias=True, connect="finite")
            self._items.append(item)
            self._box.addItem(item, ignoreBounds=True)
        width = max(50, int(self._box.width()))
        series = [_thinned(one, width) for one in series]
        dots: list[dict[str, Any]] = []
        for place, (item, one) in enumerate(zip(self._items, series, strict=True)):
            item.setPen(_pen(one))
            item.setZValue(place)
            item.setData(one.x, one.y)
            if one.dots and len(one.x) <= 100:
                brush = pg.mkBrush(one.colour)
                dots += [
                    {"pos": (px, py), "brush": brush, "pen": None, "size": 5}
                    for px, py in zip(one.x, one.y, strict=True)
                    if math.isfinite(py)
                ]
        self._dots.setData(dots)
        self._epochs = max([epochs, *(float(one.x[-1]) for one in series if len(one.x))], default=1.0)
        top = fitted_top(series) if high is None else high
        # A little room on the right, so that the last point is whole.
        self._box.setRange(xRange=(0.0, 1.015 * max(1.0, self._epochs)), yRange=(low, top), padding=0)

    def read_at(self, epoch: float | None) -> None:
        """Show the reading line at an epoch, or hide it."""
        self._reading = epoch
        self._line.setVisible(epoch is not None)
        if epoch is not None:
            self._line.setValue(epoch)

    def sizeHint(self) -> QSize:
        return QSize(320, 220)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 150)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._box.mapSceneToView(self.mapToScene(event.position().toPoint()))
        inside = 0 <= place.x() <= self._epochs
        self.reading_changed.emit(max(1.0, float(round(place.x()))) if inside else None)

    def leaveEvent(self, event: QEvent) -> None:
        self.reading_changed.emit(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape and self._reading is not None:
            self.reading_changed.emit(None)
        elif step is not None:
            here = self._reading if self._reading is not None else 0.0
            self.reading_changed.emit(min(max(1.0, here + step), max(1.0, math.floor(self._epochs))))
        else:
            event.ignore()

    def wheelEvent(self, event: Any) -> None:
        """The page scrolls, not the chart."""
        event.ignore()


def _thinned(one: Series, width: int) -> Series:
    x, y = decimate(one.x, one.y, width)
    return dataclasses.replace(one, x=x, y=y)


def _pen(one: Series) -> QPen:
    colour = QColor(one.colour)
    if one.faint:
        colour.setAlpha(70)
    pen: QPen = pg.mkPen(colour, width=1 if one.faint else one.width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    if one.dashed:
        pen.setStyle(Qt.PenStyle.DashLine)
    return pen


def fitted_top(series: Sequence[Series]) -> float:
    """An end of the axis that shows nearly all of the curves: 1.05 times what 98 of 100 values stay below."""
    tops = []
    for one in series:
        known = one.y[np.isfinite(one.y)]
        if len(known):
            tops.append(float(np.percentile(known, 98 if one.faint else 100)))
    if any(one.faint for one in series) and any(not one.faint and len(one.y) for one in series):
        # One wild first epoch must not flatten all the rest against the ground.
        firm = sorted(top for top in (float(np.nanmedian(one.y)) for one in series if len(one.y)) if top > 0)
        if firm:
            tops = [min(top, 8 * firm[-1]) for top in tops]
    top = max(tops, default=0.0)
    return 1.05 * top if top > 0 else 1.0
