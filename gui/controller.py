"""What every controller of a page has in common."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gui.bridge import EngineBridge
from gui.document import Document
from gui.settings import Settings


class PageController(QObject):
    """The verbs of one page: it turns the page's intents into jobs and edits, and shows what comes back.

    Signals: `page_wanted` (data, train, inspect or runs) when another page should come up; `notice` with a sentence
    for the status bar; `failed` with an EngineError that the page itself has no place for.
    """

    page_wanted = Signal(str)
    notice = Signal(str)
    failed = Signal(object)

    def __init__(self, page: QWidget, document: Document, bridge: EngineBridge, settings: Settings) -> None:
        super().__init__(page)
        self.page = page
        self.document = document
        self.bridge = bridge
        self.settings = settings
