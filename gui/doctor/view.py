"""The doctor's view: a button that examines, the findings worst first, and the images and cures of each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.data.doctor.finding import Cure, Finding, Severity, worst_first
from gui.doctor.images import FindingGrid, FindingImages
from gui.icons import icon
from gui.pages.flow import flowing
from gui.theme import SPACE_2, SPACE_3, SPACE_4, theme
from gui.widgets import Card, EmptyState, ErrorPanel, JobBar, PlainLabel, push_button
from gui.words import display_name, no_mnemonic, plural, tip

SEVERITIES = {Severity.SERIOUS: "Serious", Severity.WARNING: "Warning", Severity.NOTE: "Note"}
_ROLES = {Severity.SERIOUS: "bad", Severity.WARNING: "warning", Severity.NOTE: "secondary"}
WIDE = 560
"""From this width on the findings stand beside the images, not above them."""
_SHORT = 44
"""Characters of a title that fit on two lines of the list."""
_FIGURES = 8
"""Figures that stand under a finding; the report on the command line has all."""


class DoctorView(QWidget):
    """Shows findings and asks for cures.

    Signals: `examine_requested`, `cancel_requested`; `cure_requested` with a Cure; `confirm_requested` and
    `leave_out_requested` with image ids, `relabel_requested` with an image id and a class name; `thumbnails_wanted`
    with dataset indexes.
    """

    examine_requested = Signal()
    cancel_requested = Signal()
    cure_requested = Signal(object)
    confirm_requested = Signal(object)
    leave_out_requested = Signal(object)
    relabel_requested = Signal(str, str)
    thumbnails_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.findings: list[Finding] = []
        self._cured: Sequence[Cure] = ()
        self._picked = False
        """Whether the user chose a finding, which then stays when others come; else the worst is shown."""
        self.images = FindingImages(self)
        self.job_bar = JobBar()
        self.error_panel = ErrorPanel(closable=True)
        self.status = PlainLabel(role="quiet", wrap=True)
        self.examine_button = push_button("Examine the images", icon_name="check", primary=True)
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        head.addWidget(self.status, 1)
        head.addWidget(self.examine_button)
        self.empty = EmptyState(
            "What is wrong with these images?",
            "The doctor looks for copies, above all between training and test, for blank, dark and blurred pictures, "
            "uneven classes, classes that can be told apart without looking at the thing, and, after a training, for "
            "wrong labels. Nothing of your files is changed.",
            icon="data",
        )
        self.healthy = EmptyState("Nothing was found wrong", "You can train on these images as they are.", icon="check")
        self._stack = QStackedWidget()
        for one in (self.empty, self.healthy, self._make_content()):
            self._stack.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addLayout(head)
        column.addWidget(self.job_bar)
        column.addWidget(self.error_panel)
        column.addWidget(self._stack, 1)
        self._connect()
        self.show_findings(None)

    # what the controller calls

    def show_findings(self, findings: Sequence[Finding] | None) -> None:
        """Show these, worst first; None: nothing was examined yet."""
        chosen = self.current() if self._picked and findings else None
        self._picked, picked = False, chosen is not None
        self.findings = worst_first(findings or ())
        self._list.blockSignals(True)
        self._list.clear()
        for one in self.findings:
            item = QListWidgetItem(f"{SEVERITIES[one.severity]}\n{display_name(one.title)}")
            item.setIcon(icon("warning" if one.severity is not Severity.NOTE else "info", _ROLES[one.severity]))
            item.setToolTip(tip(display_name(one.title)))
            item.setSizeHint(QSize(0, theme().px(62 if len(one.title) < _SHORT else 80)))
            self._list.addItem(item)
        self._list.blockSignals(False)
        self._stack.setCurrentIndex(0 if findings is None else 2 if self.findings else 1)
        if self.findings:
            kinds = [one.kind for one in self.findings]
            self._list.setCurrentRow(kinds.index(chosen.kind) if chosen and chosen.kind in kinds else 0)
        else:
            self._on_row_changed(-1)
        self._picked = picked

    def add_finding(self, finding: Finding) -> None:
        """One more has come while the examination goes on."""
        self.show_findings([*self.findings, finding])

    def show_busy(self, busy: bool) -> None:
        """Whether an examination is under way."""
        self.examine_button.setEnabled(not busy)
        if not busy:
            self.job_bar.finish()

    def set_possible(self, possible: bool) -> None:
        """Whether there are images to examine."""
        self.examine_button.setEnabled(possible)
        self.examine_button.setToolTip("" if possible else tip("Open images first."))

    def show_done(self, done: dict[str, str], cured: Sequence[Cure]) -> None:
        """What the curation says of images by now, and which cures have nothing left to do."""
        self.images.set_done(done)
        self._cured = cured
        self._show_cured()

    def _show_cured(self) -> None:
        for button, cure in self._cures:
            done = cure in self._cured
            button.setEnabled(not done)
            button.setToolTip(tip("Done already; Undo takes it back.") if done else "")

    def current(self) -> Finding | None:
        """The finding that is shown."""
        row = self._list.currentRow()
        return self.findings[row] if 0 <= row < len(self.findings) else None

    def choose(self, kind: str) -> None:
        """Show the finding of a kind."""
        self._list.setCurrentRow([one.kind for one in self.findings].index(kind))

    # how it is built

    def _make_content(self) -> QWidget:
        content = QWidget()
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(SPACE_4)
        left = Card("Findings")
        self._list = QListWidget()
        self._list.setAccessibleName("Findings, worst first")
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMinimumHeight(theme().px(130))
        left.body.addWidget(self._list, 1)
        self._beside.addWidget(left, 2)
        self._beside.addWidget(self._make_finding(), 5)
        return content

    def _make_finding(self) -> QWidget:
        card = Card()
        self.title = PlainLabel(role="strong", wrap=True)
        self.why = PlainLabel(wrap=True)
        self.figures = PlainLabel(role="secondary", wrap=True)
        self.advice = PlainLabel(role="quiet", wrap=True)
        for one in (self.title, self.why, self.figures, self.advice):
            card.body.addWidget(one)
        self._cures: list[tuple[QPushButton, Cure]] = []
        self._cure_rows = QVBoxLayout()
        self._cure_rows.setSpacing(SPACE_2)
        card.body.addLayout(self._cure_rows)
        self.grid = FindingGrid()
        self.grid.setModel(self.images)
        card.body.addWidget(self.grid, 1)
        self.relabel_button = push_button("Relabel")
        self.confirm_button = push_button("The label is right")
        self.leave_button = push_button("Leave this image out")
        card.body.addWidget(flowing(self.relabel_button, self.confirm_button, self.leave_button))
        return card

    def _connect(self) -> None:
        self.examine_button.clicked.connect(self.examine_requested)
        self.job_bar.cancel_requested.connect(self.cancel_requested)
        self._list.currentRowChanged.connect(self._on_row_changed)
        self.images.wanted.connect(self.thumbnails_wanted)
        self.grid.selectionModel().currentChanged.connect(self._on_image_changed)
        self.relabel_button.clicked.connect(self._on_relabel_clicked)
        self.confirm_button.clicked.connect(self._on_confirm_clicked)
        self.leave_button.clicked.connect(self._on_leave_clicked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        kinds = QBoxLayout.Direction
        self._beside.setDirection(kinds.LeftToRight if event.size().width() >= WIDE else kinds.TopToBottom)

    def _on_row_changed(self, _row: int) -> None:
        self._picked = True
        finding = self.current()
        for button, _ in self._cures:
            self._cure_rows.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._cures.clear()
        if finding is None:
            self.images.show_images((), ())
            return
        self.title.setText(display_name(finding.title))
        self.why.setText(display_name(finding.why))
        shown = finding.evidence[:_FIGURES]
        words = [
            f"{display_name(what)}: {figure:,}" if isinstance(figure, int) else f"{display_name(what)}: {figure}"
            for what, figure in shown
        ]
        self.figures.setText(" · ".join([*words, *(["…"] if len(finding.evidence) > _FIGURES else [])]))
        self.figures.setVisible(bool(words))
        self.advice.setText(finding.advice)
        self.advice.setVisible(bool(finding.advice))
        for cure in finding.cures:
            button = push_button(f"{cure.title} ({plural(cure.images, 'image')})")
            button.clicked.connect(self._on_cure_clicked)
            self._cure_rows.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
            self._cures.append((button, cure))
        self._show_cured()
        self.images.show_images(finding.images, finding.captions)
        self.grid.setVisible(bool(finding.images))
        self._on_image_changed(QModelIndex(), QModelIndex())

    def _on_image_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        finding = self.current()
        of_dataset = finding is not None and bool(finding.images) and finding.kind != "unreadable"
        doubted = finding is not None and bool(finding.suggestions)
        suggestion = finding.suggestions[current.row()] if finding and doubted and current.isValid() else ""
        for button, shown in (
            (self.relabel_button, doubted),
            (self.confirm_button, doubted),
            (self.leave_button, of_dataset),
        ):
            button.setVisible(shown)
            button.setEnabled(current.isValid())
            button.setToolTip("" if current.isValid() else tip("Choose an image first."))
        words = f"Relabel as {display_name(suggestion)}" if suggestion else "Relabel"
        self.relabel_button.setText(no_mnemonic(words))
        self.relabel_button.setAccessibleName(words)

    def _chosen(self) -> str:
        return str(self.grid.currentIndex().data(FindingImages.ID))

    def _on_cure_clicked(self) -> None:
        self.cure_requested.emit(next(cure for button, cure in self._cures if button is self.sender()))

    def _on_relabel_clicked(self) -> None:
        finding = self.current()
        if finding is not None and self.grid.currentIndex().isValid():
            self.relabel_requested.emit(self._chosen(), finding.suggestions[self.grid.currentIndex().row()])

    def _on_confirm_clicked(self) -> None:
        self.confirm_requested.emit([self._chosen()])

    def _on_leave_clicked(self) -> None:
        self.leave_out_requested.emit([self._chosen()])
