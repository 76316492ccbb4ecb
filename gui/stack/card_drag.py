"""What is being moved over the cards, and where it would land."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from gui.theme import colour, theme

KIND_MIME = "application/x-convoscope-layer-type"
"""What a layer type is called on its way from the palette; the data are its kind."""


@dataclass(frozen=True)
class Span:
    """Where a layer stands in the list, an opened inside included."""

    id: str
    top: int
    bottom: int


@dataclass(frozen=True)
class Row:
    """Where a card stands in the list, and whether others can be put beside it where it is inside a block."""

    path: str
    top: int
    bottom: int
    movable: bool = True


def layer_spans(rows: Sequence[Row]) -> list[Span]:
    """Where the layers of the stack stand; what is inside an opened block belongs to it."""
    spans: list[Span] = []
    for one in rows:
        if "/" in one.path:
            spans[-1] = Span(spans[-1].id, spans[-1].top, one.bottom)
        else:
            spans.append(Span(one.path, one.top, one.bottom))
    return spans


def gap_at(spans: Sequence[Span], y: int) -> int:
    """How many layers stand above a height; a layer counts from its middle on."""
    return sum(y > (one.top + one.bottom) // 2 for one in spans)


def landing(spans: Sequence[Span], moving: Collection[str], y: int) -> int | None:
    """The place, among the layers that stay, where those in `moving` would land; None where they are there already."""
    gap = gap_at(spans, y)
    here = [place for place, one in enumerate(spans) if one.id in moving]
    together = here == list(range(here[0], here[0] + len(here))) if here else False
    if together and here[0] <= gap <= here[-1] + 1:
        return None
    return gap - sum(place < gap for place in here)


@dataclass(frozen=True)
class Inside:
    """A place inside a block of one's own.

    Attributes:
        path: The layer there that it is next to.
        before: Whether between that and what it reads; else between it and what reads it.
    """

    path: str
    before: bool

    @property
    def words(self) -> str:
        """The place in words."""
        return f"{'above' if self.before else 'below'} {self.path.rpartition('/')[2]}"


Place = int | Inside
"""Where something lands: before a place of the stack, or inside a block."""


def place_at(rows: Sequence[Row], moving: Collection[str], y: int) -> Place | None:
    """Where what is let go at a height lands; None where the cards `moving` would stay where they are.

    Over a card inside a block of one's own that is inside too; everywhere else it is in the stack.
    """
    over = next((one for one in rows if y <= one.bottom), None)
    if over is not None and "/" in over.path and over.movable:
        if over.path in moving:
            return None
        if not any(over.path.startswith(f"{one}/") for one in moving):
            return Inside(over.path, 2 * y < over.top + over.bottom)
    return landing(layer_spans(rows), moving, y)


@dataclass
class Drag:
    """Cards that are being moved by the mouse.

    Attributes:
        ids: The layers that move, in the order of the stack.
        grip: Where the card that was pressed is held.
        ghost: The picture that follows the mouse.
        place: Where they would land, or None.
    """

    ids: tuple[str, ...]
    grip: QPoint
    ghost: QLabel
    place: Place | None = None


def begin_drag(list: QWidget, card: QWidget, ids: tuple[str, ...], grip: QPoint) -> Drag:
    """The drag of the layers `ids`, held at one of their cards."""
    seen = card.grab()
    faint = QPixmap(seen.size())
    faint.setDevicePixelRatio(seen.devicePixelRatio())
    faint.fill(Qt.GlobalColor.transparent)
    painter = QPainter(faint)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(0.92)
    painter.drawPixmap(0, 0, seen)
    if len(ids) > 1:
        painter.setOpacity(1.0)
        _paint_count(painter, card.width(), len(ids))
    painter.end()
    ghost = QLabel(list)
    ghost.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    ghost.setPixmap(faint)
    ghost.adjustSize()
    ghost.show()
    ghost.raise_()
    list.setCursor(Qt.CursorShape.ClosedHandCursor)
    return Drag(ids, grip, ghost)


def _paint_count(painter: QPainter, width: int, count: int) -> None:
    """A badge that says how many cards move."""
    paint_badge(painter, width - 8, 6, f"{count} layers")


def paint_badge(painter: QPainter, right: int, top: int, text: str) -> None:
    """A few words on a coloured ground, which end at `right`."""
    painter.setFont(theme().font(bold=True))
    side = painter.fontMetrics().horizontalAdvance(text) + 20
    badge = QRectF(right - side, top, side, theme().px(22))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("accent_fill"))
    painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2)
    painter.setPen(colour("on_accent"))
    painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), text)
