"""One image under many draws: what the network would see of it in the first epochs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QHideEvent, QImage, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QStyle, QToolTip, QVBoxLayout, QWidget

from gui.plots.thumbnail_grid import paint_picture
from gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, TEXT_SECONDARY, colour, theme
from gui.widgets import ElidedLabel, PlainLabel, icon_button
from gui.words import tip

SIDE = 72
GAP = 10
COLUMNS = 7
WIDE, HIGH = COLUMNS * (SIDE + GAP) - GAP + 2 * SPACE_4, 400


class AugmentedGrid(QWidget):
    """Pictures with a line of text under each, in as many columns as there is room for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures: list[QImage] = []
        self.captions: list[str] = []
        self.tips: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("The image under each draw")
        theme().theme_changed.connect(self._fit)

    def show_pictures(self, pictures: Sequence[QImage], captions: Sequence[str], tips: Sequence[str]) -> None:
        """Show these; a caption, and the longer words of a tip, may be ""."""
        self.pictures, self.captions, self.tips = list(pictures), list(captions), list(tips)
        said = [f"{number}: {text}" for number, text in enumerate(tips) if text]
        self.setAccessibleDescription(", ".join(said))
        self._fit()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(4 * (SIDE + GAP), 0)

    def sizeHint(self) -> QSize:
        return QSize(COLUMNS * (SIDE + GAP), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _columns(self) -> int:
        return max(1, (self.width() + GAP) // (SIDE + GAP))

    def _line(self) -> int:
        """Height of the text under a picture."""
        return theme().px(16) if any(self.captions) else 0

    def _fit(self) -> None:
        rows = -(-len(self.pictures) // self._columns())
        height = max(0, rows * (SIDE + GAP + self._line()) - GAP)
        if self.minimumHeight() != height or self.maximumHeight() != height:
            self.setFixedHeight(height)

    def event(self, event: QEvent) -> bool:
        """A tool tip says what there is no room for."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._number_at(event.pos())
            QToolTip.showText(event.globalPos(), tip(self.tips[number]) if number is not None else "", self)
            return True
        return super().event(event)

    def _number_at(self, point: QPoint) -> int | None:
        column = point.x() // (SIDE + GAP)
        number = point.y() // (SIDE + GAP + self._line()) * self._columns() + column
        return number if column < self._columns() and 0 <= number < len(self.tips) else None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme().font(TEXT_SECONDARY))
        line, columns = self._line(), self._columns()
        for number, (picture, caption) in enumerate(zip(self.pictures, self.captions, strict=True)):
            row, column = divmod(number, columns)
            cell = QRect(column * (SIDE + GAP), row * (SIDE + GAP + line), SIDE, SIDE)
            size = picture.size().scaled(cell.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(cell.topLeft(), size)
            place.moveCenter(cell.center())
            paint_picture(painter, place, picture, QStyle.StateFlag.State_None)
            painter.setPen(colour("secondary"))
            below = QRect(cell.left(), cell.bottom() + 2, SIDE, line)
            text = painter.fontMetrics().elidedText(caption, Qt.TextElideMode.ElideRight, SIDE)
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


class AugmentedView(QDialog):
    """The grid, which image it shows, and what is going on; a small window, beside which the sliders stay in sight.

    Signals: `other_wanted` with how many images further or back; `shown` when it comes up, `gone` when it is closed.
    """

    other_wanted = Signal(int)
    shown = Signal()
    gone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Preview of the augmentation")
        self.setAccessibleName("Preview of the augmentation")
        self.name = ElidedLabel(role="strong")
        self.back_button = icon_button("chevron-left", "The image before")
        self.next_button = icon_button("chevron-right", "The next image")
        self.status = PlainLabel(role="secondary", wrap=True)
        self.grid = AugmentedGrid()
        head = QHBoxLayout()
        head.setSpacing(SPACE_1)
        head.addWidget(self.back_button)
        head.addWidget(self.next_button)
        head.addWidget(self.name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_2)
        column.addLayout(head)
        column.addWidget(self.grid)
        column.addWidget(self.status)
        column.addStretch(1)
        self.resize(WIDE, HIGH)
        self.back_button.clicked.connect(self._on_back)
        self.next_button.clicked.connect(self._on_next)

    def show_image(self, name: str) -> None:
        """Name the image; "" where there is none."""
        self.name.setText(name)
        for button in (self.back_button, self.next_button):
            button.setEnabled(bool(name))

    def show_status(self, text: str) -> None:
        """Say what is going on, or what one sees."""
        self.status.setText(text)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.gone.emit()

    def show_beside(self, window: QWidget) -> None:
        """Come up over the lower left corner of the window, where no slider is."""
        corner = window.mapToGlobal(window.rect().bottomLeft())
        self.move(corner.x() + SPACE_4, max(0, corner.y() - self.height() - SPACE_4))
        self.show()

    def _on_back(self) -> None:
        self.other_wanted.emit(-1)

    def _on_next(self) -> None:
        self.other_wanted.emit(1)
