"""The bare widgets that values are typed and chosen in; they leave scrolling and undoing to the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from gui import theme as looks


class UndoableLine(QLineEdit):
    """A line that leaves undo and redo to the window: what was taken over is undone there, and the line follows."""

    def event(self, event: QEvent) -> bool:
        """Qt asks every line whether it wants a key before the window's shortcuts get it."""
        undoing = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and any(event.matches(one) for one in undoing)
        ):
            event.ignore()
            return False
        return super().event(event)


class SpinBox(QSpinBox):
    """A spin box that does not change while the user scrolls past it, and takes typed figures when they are whole."""

    def __init__(self, minimum: int, maximum: int, *, arrows: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLineEdit(UndoableLine())
        self.setRange(minimum, maximum)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setGroupSeparatorShown(False)
        self.setMinimumWidth(44)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # Without arrows means with arrows of no width: with Qt's own NoButtons, a style sheet leaves the text no room.
        self.setProperty("arrows", str(arrows).lower())
        # The style sheet's padding does not reach the text of a spin box.
        self.lineEdit().setTextMargins(looks.SPACE_1, 0, looks.SPACE_1, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn only where the user is typing."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ComboBox(QComboBox):
    """A combo box that does not change while the user scrolls past it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def minimumSizeHint(self) -> QSize:
        """Narrower than Qt would have it: what does not fit is elided."""
        return QSize(looks.theme().px(72), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt cuts a choice that is too long for the box; here it ends in "…"."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self).width()
        option.currentText = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room - 2)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def showPopup(self) -> None:
        """The list has room for every choice, however narrow the box is."""
        texts = [self.itemText(place) for place in range(self.count())]
        widest = max((self.fontMetrics().horizontalAdvance(one) for one in texts), default=0)
        self.view().setMinimumWidth(widest + 2 * looks.SPACE_5)
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn only where the user is typing."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Slider(QSlider):
    """A slider that does not move while the user scrolls past it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move only where the user is sliding."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class NumberEdit(UndoableLine):
    """A line for one number. Up and Down step: twice or half, as suits learning rates, or 0.05 in a short range."""

    stepped = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys step."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
