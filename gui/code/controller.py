"""The verbs of the code: it follows the stack, and the stack follows what is typed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from engine import limits
from engine.code.faults import CodeFault
from engine.code.line_map import LineMap
from engine.code.reading import ReadNetwork
from engine.code.script import Script
from engine.errors import EngineError
from engine.graph import INPUT_PATH
from engine.network import Network
from engine.plan import Draft
from engine.service.code import ReadScript, WriteScript
from gui.bridge import EngineBridge
from gui.code.comparing import line_outside
from gui.code.saving import CodeSaver
from gui.code.view import CodePane
from gui.document import Document
from gui.pages.latest import Latest
from gui.settings import Settings

WRITE_MS = 30
READ_MS = 400
_STEP = "edit the code"
_IN_STEP = "Change build_network() here, and the stack follows."
_FOLLOWED = "The stack has followed. The code is put in order when you leave it."
_WAITING = "The stack waits until this is mended."
_OUTSIDE = "What stands outside is not taken over, and goes with the next change of the stack."
_READING = "Reading what you typed…"


class CodeController(QObject):
    """Joins the code with the document.

    The text is either the stack's own script or one that the user typed. What was typed stays until it makes a
    network and the keyboard has left it, or until the user gives it up.

    Signals: `away_wanted` when the user wants to go from the code to the stack; `notice` with a sentence for the
    status bar; `failed` with an EngineError.
    """

    away_wanted = Signal()
    notice = Signal(str)
    failed = Signal(object)

    def __init__(self, pane: CodePane, document: Document, bridge: EngineBridge, settings: Settings) -> None:
        super().__init__(pane)
        self.pane = pane
        self.document = document
        self._script: Script | None = None
        """The one that the text is, or was before something was typed."""
        self._draft: Draft | None = None
        """What that script was written for; the code is read against it."""
        self._asked: Draft | None = None
        self._newer: tuple[Script, Draft] | None = None
        """The script of the stack as it is now, while the text is the user's."""
        self._lines = LineMap()
        self._typed = False
        self._fault = False
        self._choosing = False
        self._outside = 0
        self._followed: Draft | None = None
        """The draft that what was typed has made."""
        self._writing = Latest(bridge, self)
        self._writing.done.connect(self._on_written)
        self._writing.failed.connect(self._on_not_written)
        self._reading = Latest(bridge, self)
        self._reading.done.connect(self._on_read)
        self._reading.failed.connect(self._on_not_read)
        self._saver = CodeSaver(pane, bridge, settings)
        self._saver.notice.connect(self.notice)
        self._saver.failed.connect(self.failed)
        self._write_timer = self._timer(WRITE_MS, self._write)
        self._read_timer = self._timer(READ_MS, self._read)
        bridge.engine_started.connect(self._on_engine_started)
        self._connect()

    @property
    def busy(self) -> bool:
        """Whether code is about to be written or read, or is being so."""
        return self._write_timer.isActive() or self._writing.job is not None or self._pending()

    def _timer(self, interval: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(then)
        return timer

    def _connect(self) -> None:
        pane, editor, document = self.pane, self.pane.editor, self.document
        pane.copy_requested.connect(self.copy_all)
        pane.save_requested.connect(self.save_as)
        pane.back_requested.connect(self.give_up_typed)
        editor.edited.connect(self._on_edited)
        editor.line_chosen.connect(self._on_line_chosen)
        editor.left.connect(self._on_left)
        editor.away_wanted.connect(self.away_wanted)
        editor.undo_wanted.connect(document.undo_stack.undo)
        editor.redo_wanted.connect(document.undo_stack.redo)
        editor.too_long.connect(self._on_too_long)
        document.draft_changed.connect(self.follow)
        document.dataset_changed.connect(self._on_dataset_changed)
        document.analysis_changed.connect(self._say)
        document.selection_changed.connect(self._on_selection_changed)

    # The stack's code

    def follow(self) -> None:
        """Show the code of the draft as it is now, soon; nothing is written while the pane is hidden."""
        if self.pane.isVisibleTo(self.pane.window()):
            self._write_timer.start()

    def _on_dataset_changed(self) -> None:
        document = self.document
        if self._typed and document.dataset is None and not document.undo_stack.count():
            # Another project was opened: what was typed belongs to a network that is not there any more.
            self._typed = self._fault = False
            self._read_timer.stop()
            self._reading.drop()
            self.notice.emit("Another project is open; what was typed in the code belonged to the one before.")
        self.follow()

    def _on_engine_started(self) -> None:
        """What the engine's last process left unanswered is asked again."""
        if self._fault:
            self._read_timer.start()
        self.follow()

    def _write(self) -> None:
        dataset = self.document.dataset
        self._asked = self.document.draft
        names, spec = (dataset.class_names, dataset.spec) if dataset is not None else ((), None)
        self._writing.submit(WriteScript(self._asked, names, spec))

    def _on_written(self, script: Script) -> None:
        assert self._asked is not None, "a script was asked for"
        self._newer = (script, self._asked)
        if not self._typed or script.text == self.pane.editor.toPlainText():
            self._show_newer()
        elif not self._fault and not self._pending() and self._asked != self._followed:
            # The stack was changed elsewhere after it had followed what was typed.
            lost, self._outside = self._outside, 0
            self._show_newer()
            if lost:
                self.notice.emit(f"The code follows the stack again; what stood at line {lost:,} was written anew.")
        self._say()

    def _on_not_written(self, error: EngineError) -> None:
        self.pane.show_fault(error)

    def _show_newer(self) -> None:
        """Let the text be the stack's own."""
        if self._newer is None:
            return
        first = self._script is None
        self._script, self._draft = self._newer
        self._newer = None
        self._typed = self._fault = False
        self._outside, self._followed = 0, None
        self._read_timer.stop()
        self._reading.drop()
        self.pane.editor.show_text(self._script.text)
        self.pane.show_fault(None)
        self._lines = self._script.lines
        self._mark()
        self._say()
        if first:
            self._show_chosen()

    def give_up_typed(self) -> None:
        """Show the stack's own code in place of what was typed."""
        if self._newer is None and self._script is not None and self._draft is not None:
            self._newer = (self._script, self._draft)
        self._show_newer()
        self.follow()
        self.pane.editor.setFocus()

    # What is typed

    def _on_edited(self) -> None:
        if self._script is None or self._draft is None:
            return
        self._typed = True
        self._lines = LineMap()
        self._mark()
        self._reading.drop()
        self._read_timer.start()
        self._say()

    def _pending(self) -> bool:
        return self._read_timer.isActive() or self._reading.job is not None

    def _read(self) -> None:
        assert self._draft is not None, "something was shown before it was typed at"
        self._reading.submit(ReadScript(self.pane.editor.toPlainText(), self._draft.network))
        self._say()

    def _on_read(self, read: ReadNetwork) -> None:
        assert self._script is not None, "something was shown before it was typed at"
        self._fault = False
        self.pane.show_fault(None)
        text = self.pane.editor.toPlainText()
        self._outside = line_outside(self._script, text)
        self._lines = read.lines
        self._mark()
        self._apply(read.network)
        if text == self._script.text and self._draft == self.document.draft:
            self._newer = (self._script, self._draft)
            self._show_newer()
        elif not self.pane.editor.hasFocus():
            self._on_left()
        self._say()

    def _on_not_read(self, error: EngineError) -> None:
        self._fault = True
        line, column = (error.line, error.column) if isinstance(error, CodeFault) else (0, 0)
        self.pane.show_fault(error, line, column)
        self._say()

    def _apply(self, network: Network) -> None:
        """Make what was typed the draft's network, as an undoable edit."""
        assert self._draft is not None, "something was shown before it was typed at"
        document, stack = self.document, self.document.undo_stack
        draft = _with_network(document.draft, network)
        if draft == document.draft:
            self._followed = draft
            return
        if draft == self._draft and document.draft == self._followed and stack.undoText() == _STEP:
            stack.undo()  # typing back to where one began is no edit
        if draft != document.draft:
            document.apply(draft, _STEP, "code")
        self._followed = document.draft

    def _on_left(self) -> None:
        """What was typed and understood is put in order; what stands outside the network stays to be seen."""
        if self._typed and not self._fault and not self._outside and not self._pending():
            self._show_newer()

    def _on_too_long(self, characters: int) -> None:
        self.failed.emit(
            EngineError(
                f"What was pasted has {characters:,} characters.",
                f"At most {limits.MAX_CODE_PASTED:,} are pasted at once; the code of a thousand layers has fewer.",
                "Copy only the part that makes the layers. The code is as it was.",
            )
        )

    # Selection

    def _on_line_chosen(self, line: int) -> None:
        chosen = self.document.selected.partition("/")[0]
        path = self._lines.path_at(line)
        if not path.startswith(chosen) and line in self._lines.lines_of(chosen):
            return  # a function that the chosen block shares with others
        while path and self.document.type_at(path) is None:
            path = path.rpartition("/")[0]
        if path and path != self.document.selected:
            self._choosing = True
            self.document.select(path)
            self._choosing = False

    def _on_selection_changed(self) -> None:
        self._mark()
        if not self._choosing:
            self._show_chosen()

    def _show_chosen(self) -> None:
        lines = self._lines.lines_of(self.document.selected)
        if lines:
            # Those of a block begin with its function, which it may share; its call is the last of them.
            starts = [line for line in lines if line - 1 not in lines]
            self.pane.editor.bring_into_sight(starts[-1])

    def _mark(self) -> None:
        network = self.document.network
        families: dict[int, str] = {}
        for id in (INPUT_PATH, *(one.id for one in network.layers)):
            families |= dict.fromkeys(self._lines.lines_of(id), str(network.layer(id).type.family))
        self.pane.editor.show_layers(families, frozenset(self._lines.lines_of(self.document.selected)))

    # Out of the program

    def copy_all(self) -> None:
        """Copy the text as it stands."""
        text = self.pane.editor.toPlainText()
        QGuiApplication.clipboard().setText(text)
        self.notice.emit(f"Copied {text.count(chr(10)):,} lines of code")

    def save_as(self) -> None:
        """Ask for a file and save the stack's code there."""
        script = self._newer[0] if self._newer is not None else self._script
        if script is not None:
            self._saver.ask(script, self.document.project.name, typed=self._fault or self._pending())

    # What is said

    def _say(self) -> None:
        if not self._typed:
            state = _IN_STEP
        elif self._pending():
            state = _READING
        elif self._fault:
            state = _WAITING
        else:
            state = _OUTSIDE if self._outside else _FOLLOWED
        self.pane.show_state(state, typed=self._typed)
        self.pane.remark.say(self._remark())

    def _remark(self) -> str:
        if self._typed and self._fault:
            changed = self._draft is not None and self.document.draft not in (self._draft, self._followed)
            return "The stack was changed meanwhile; mending the code replaces that change." if changed else ""
        if self._outside:
            return (
                f"Line {self._outside:,} is outside build_network(). Only the network is read from here; the rest is "
                "written anew from the recipe and the images."
            )
        problems = self.document.analysis.problems
        if problems and not self._typed:
            return f"The network has a fault, and this script stops at it: {problems[0].what} {problems[0].fix}"
        return ""


def _with_network(draft: Draft, network: Network) -> Draft:
    """The draft with this network; where its input has another shape, images are brought to that."""
    height, width, channels = network.input.shape
    preprocessing = draft.preprocessing
    if preprocessing is not None and preprocessing.shape != network.input.shape:
        colours = "rgb" if channels == 3 else "grayscale"
        preprocessing = dataclasses.replace(preprocessing, height=height, width=width, channels=colours)
    return dataclasses.replace(draft, network=network, preprocessing=preprocessing)
