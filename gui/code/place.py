"""Where the code stands: beside the pages where there is room for both, and in their place where there is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Signal

from gui.bridge import EngineBridge
from gui.document import Document
from gui.main_window import MainWindow
from gui.settings import CODE_OPEN, Settings
from gui.theme import theme

if TYPE_CHECKING:
    from gui.code.controller import CodeController
    from gui.code.view import CodePane

ROOM_FOR_BOTH: Final = 1_000
"""Width, in pixels at the usual text size, from which the code and a page stand side by side."""
ROOM_FOR_SETTINGS: Final = 1_180
"""Width of the window from which the settings stand beside the code too; they come up all the same when asked for."""


class CodePlace(QObject):
    """Shows and hides the code, and remembers it.

    Signals: `notice` with a sentence for the status bar; `failed` with an EngineError.
    """

    notice = Signal(str)
    failed = Signal(object)

    def __init__(self, window: MainWindow, document: Document, bridge: EngineBridge, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._parts = (document, bridge, settings)
        self._settings = settings
        self._made: CodeController | None = None
        self._narrow = False
        self._settings_gave_way = False

    @property
    def controller(self) -> CodeController:
        """The code's controller, made when it is first needed."""
        if self._made is None:
            from gui.code.controller import CodeController
            from gui.code.view import CodePane

            pane = CodePane()
            pane.hide()
            self._window.middle.insertWidget(0, pane)
            self._window.middle.setCollapsible(0, False)
            self._made = CodeController(pane, *self._parts)
            self._made.notice.connect(self.notice)
            self._made.failed.connect(self.failed)
            self._made.away_wanted.connect(self._window.stack.cards.focus_selected)
            pane.close_requested.connect(self.hide)
            self._window.middle.installEventFilter(self)
            theme().theme_changed.connect(self._arrange)
        return self._made

    @property
    def pane(self) -> CodePane:
        """What shows it."""
        return self.controller.pane

    @property
    def shown(self) -> bool:
        """Whether the code is shown."""
        return self._made is not None and not self.pane.isHidden()

    def restore(self) -> None:
        """Show the code where it was shown last time."""
        if self._settings.get(CODE_OPEN):
            self.show()

    def toggle(self) -> None:
        """Show the code and go there, or hide it."""
        if self.shown:
            self.hide()
        else:
            self.show()
            self.pane.editor.setFocus()

    def show(self) -> None:
        """Show the code."""
        self.pane.show()
        self._arrange()
        self.controller.follow()
        self._settings.set(CODE_OPEN, 1)

    def hide(self) -> None:
        """Hide the code; what was typed stays in it."""
        had_keyboard = self.pane.isAncestorOf(self._window.focusWidget() or self._window)
        self.pane.hide()
        self._arrange()
        self._settings.set(CODE_OPEN, 0)
        if had_keyboard:
            self._window.stack.cards.focus_selected()

    def make_way(self) -> None:
        """A page is wanted: the code goes where there is no room for both."""
        if self.shown and not self._window.pages.isVisibleTo(self._window):
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._arrange()
        return False

    def _arrange(self) -> None:
        self._arrange_settings()
        both = self._window.middle.width() >= theme().px(ROOM_FOR_BOTH)
        alone = self.shown and not both
        if self._window.pages.isHidden() != alone:
            self._window.pages.setVisible(not alone)
            self._window.top.show_covered(alone)

    def _arrange_settings(self) -> None:
        """The settings give way once when it becomes narrow, and come back; meanwhile the user may show them."""
        pane = self._window.settings_pane
        narrow = self.shown and self._window.width() < theme().px(ROOM_FOR_SETTINGS)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        if narrow:
            self._settings_gave_way = not pane.isHidden()
            pane.hide()
        elif self._settings_gave_way:
            self._settings_gave_way = False
            pane.show()
