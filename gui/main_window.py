"""The window: where everything stands. It shows and says what the user wants; the verbs are elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from gui import theme as looks
from gui.banner import Banner
from gui.document import Document
from gui.drops import dropped
from gui.settings_pane import SettingsPane
from gui.stack.view import StackView
from gui.theme import colour, theme
from gui.top_bar import TopBar
from gui.widgets.labels import ElidedLabel, PlainLabel

_NOTICE_MS = 8000
_PAGE = 420
"""Width of a page at least, where nothing else needs the room."""
_LEAST_PAGE = 380
"""Width of a page at least, where large text needs wide panes."""


class MainWindow(QMainWindow):
    """The main window.

    Signals: `close_requested` when the user closes it (closing waits until `allow_close`); `dropped` with a
    `gui.drops.Drop`.
    """

    close_requested = Signal()
    dropped = Signal(object)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setWindowTitle("Convoscope")
        self.setMinimumSize(1000, 640)
        self.setAcceptDrops(True)
        self._may_close = False
        self._pages: dict[str, QWidget] = {}
        self.top = TopBar()
        self.banner = Banner()
        self.stack = StackView()
        self.settings_pane = SettingsPane(document)
        self.pages = QStackedWidget()
        self.pages.setObjectName("PageArea")
        self.middle = QSplitter(Qt.Orientation.Horizontal)
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.engine_label = PlainLabel(role="secondary")
        self.dataset_label = ElidedLabel(role="secondary")
        self.saved_label = PlainLabel(role="secondary")
        self._build()
        self._drop_hint = DropHint(self)
        theme().dress(self)

    def _build(self) -> None:
        self._make_room()
        theme().theme_changed.connect(self._make_room)
        self.middle.addWidget(self.pages)
        self.middle.setCollapsible(0, False)
        self.middle.setHandleWidth(1)
        for place, pane in enumerate((self.stack, self.middle, self.settings_pane)):
            self.panes.addWidget(pane)
            self.panes.setStretchFactor(place, int(pane is self.middle))
            self.panes.setCollapsible(place, False)
        self.panes.setHandleWidth(1)
        self.panes.setSizes([theme().px(292), 860, theme().px(288)])
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.banner)
        column.addWidget(self.panes, 1)
        self.setCentralWidget(centre)
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(looks.SPACE_3, 0, looks.SPACE_3, 0)
        names = ("Engine", "Dataset", "Saved")
        for label, name in zip((self.engine_label, self.dataset_label, self.saved_label), names, strict=True):
            label.setObjectName(f"{name} state")
            label.setContentsMargins(looks.SPACE_1, 2, looks.SPACE_3, 3)
        bar.addWidget(self.engine_label)
        bar.addWidget(self.dataset_label)
        bar.addPermanentWidget(self.saved_label)

    def _make_room(self) -> None:
        """Larger text needs wider panes, as far as the window is wide enough for them and a page."""
        most = max((self.width() - _LEAST_PAGE) // 2, 0)
        stack, settings = min(theme().px(236), most), min(theme().px(248), most)
        self.stack.setMinimumWidth(stack)
        self.settings_pane.setMinimumWidth(settings)
        self.pages.setMinimumWidth(max(_LEAST_PAGE, min(_PAGE, self.width() - stack - settings)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def set_page(self, name: str, page: QWidget) -> None:
        """Give the window one of its pages."""
        self._pages[name] = page
        self.pages.addWidget(page)

    def show_page(self, name: str) -> None:
        """Bring up a page that was set."""
        self.top.tabs.choose(name)
        self.pages.setCurrentWidget(self._pages[name])

    def notice(self, text: str) -> None:
        """Say something in the status bar for a while."""
        self.statusBar().showMessage(text, _NOTICE_MS)

    def default_place(self) -> None:
        """Stand in the middle of the screen, at a size that fits it."""
        room = QGuiApplication.primaryScreen().availableGeometry()
        width, height = min(1440, room.width()), min(900, room.height())
        middle = room.center()
        self.setGeometry(QRect(middle.x() - width // 2 + 1, middle.y() - height // 2 + 1, width, height))

    def allow_close(self) -> None:
        """Close for good."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
        else:
            event.ignore()
            self.close_requested.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        drop = dropped(event.mimeData())
        if drop is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._drop_hint.show_over(drop.words)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_hint.hide()
        drop = dropped(event.mimeData())
        if drop is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(drop)


class DropHint(QWidget):
    """Says, over the whole window, what letting go of the dragged files does."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = ""
        self.hide()

    def show_over(self, text: str) -> None:
        """Cover the window with a hint."""
        self._text = text
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = colour("window")
        veil.setAlphaF(0.86)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(colour("accent"), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(16, 16, -16, -16), 12, 12)
        painter.setFont(theme().font(looks.TEXT_LARGE, bold=True))
        painter.setPen(colour("text"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._text)
