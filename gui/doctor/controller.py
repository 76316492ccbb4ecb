"""What the doctor can do in the window: examine, and mend as undoable edits of the draft's curation."""

from __future__ import annotations

import dataclasses
from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject

from engine.data.doctor.examining import Examination
from engine.data.doctor.finding import Cure
from engine.data.split import Curation
from engine.errors import EngineError
from engine.project import runs_folder
from engine.service.datasets import ReadThumbnails, ThumbnailSheet
from engine.service.doctor import Examine
from gui.bridge import EngineBridge
from gui.doctor.images import SIDE
from gui.doctor.view import DoctorView
from gui.document import Document
from gui.pages.latest import Latest
from gui.words import plural

KEPT = 8
"""Examinations that are remembered; Undo comes back to them."""


class DoctorController(QObject):
    """Examines the open dataset and remembers the findings of each dataset by its fingerprint."""

    def __init__(self, view: DoctorView, document: Document, bridge: EngineBridge) -> None:
        super().__init__(view)
        self._view = view
        self._document = document
        self._bridge = bridge
        self._examining = Latest(bridge, self)
        self._known: OrderedDict[str, Examination] = OrderedDict()
        self._shown: Examination | None = None
        view.examine_requested.connect(self.examine)
        view.cancel_requested.connect(self._examining.cancel)
        view.cure_requested.connect(self.mend)
        view.confirm_requested.connect(self.confirm)
        view.relabel_requested.connect(self.relabel)
        view.leave_out_requested.connect(self.leave_out)
        view.thumbnails_wanted.connect(self._read_thumbnails)
        self._examining.partial.connect(view.add_finding)
        self._examining.progress.connect(view.job_bar.show_progress)
        self._examining.done.connect(self._on_examined)
        self._examining.failed.connect(self._on_failed)
        self._examining.cancelled.connect(self._on_cancelled)
        self._examining.busy_changed.connect(self._on_busy_changed)
        document.dataset_changed.connect(self._on_dataset_changed)
        document.draft_changed.connect(self._on_draft_changed)
        self._on_dataset_changed()

    # verbs

    def examine(self) -> None:
        """Look for everything that is wrong with the open dataset."""
        dataset = self._document.dataset
        if dataset is None:
            return
        folder = self._document.project.folder
        job = Examine(dataset.spec, None if folder == Path() else runs_folder(folder))
        self._view.error_panel.clear()
        self._view.show_findings(())
        self._view.status.setText("Findings come as they are made.")
        self._shown = None
        self._examining.submit(job)
        self._view.job_bar.start(job.title)

    def mend(self, cure: Cure) -> None:
        """Do what a cure says, as one undo step."""
        self._curate(cure(self._document.draft.curation), cure.title[:1].lower() + cure.title[1:])

    def confirm(self, ids: list[str]) -> None:
        """Keep the labels of these images as the user's own, so that they are doubted no more."""
        dataset = self._document.dataset
        if dataset is None:
            return
        curation = self._document.draft.curation
        places = {id: place for place, id in enumerate(dataset.ids)}
        for id in ids:
            if id in places:
                curation = curation.label([id], dataset.class_names[int(dataset.labels[places[id]])])
        self._curate(curation, f"confirm the label of {plural(len(ids), 'image')}")

    def relabel(self, id: str, class_name: str) -> None:
        """Put an image into another class."""
        self._curate(self._document.draft.curation.label([id], class_name), "relabel an image")

    def leave_out(self, ids: list[str]) -> None:
        """Leave images out."""
        self._curate(self._document.draft.curation.exclude(ids), f"leave out {plural(len(ids), 'image')}")

    def _curate(self, curation: Curation, text: str) -> None:
        self._document.apply(dataclasses.replace(self._document.draft, curation=curation), text)

    # following

    def _on_examined(self, examination: Examination) -> None:
        self._known[examination.fingerprint] = examination
        self._known.move_to_end(examination.fingerprint)
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        self._show(examination)

    def _on_busy_changed(self, busy: bool) -> None:
        self._view.show_busy(busy)

    def _on_failed(self, error: EngineError) -> None:
        self._on_dataset_changed()
        self._view.error_panel.show_error(error)

    def _on_cancelled(self) -> None:
        if self._view.findings:
            self._view.status.setText("Cancelled: this is what was found until then.")
        else:
            self._on_dataset_changed()

    def _on_dataset_changed(self) -> None:
        dataset = self._document.dataset
        self._view.set_possible(dataset is not None and self._examining.job is None)
        if dataset is not None:
            self._view.images.set_dataset(dataset.ids)
        if self._examining.job is not None:
            return
        if dataset is None:
            self._show(None)
            return
        found = self._known.get(dataset.fingerprint)
        if found is None:  # an earlier state of the same images is better than nothing
            found = next(
                (one for one in reversed(self._known.values()) if one.spec.source == dataset.spec.source), None
            )
        self._show(found)

    def _show(self, examination: Examination | None) -> None:
        if examination is not self._shown or examination is None:
            self._shown = examination
            self._view.show_findings(None if examination is None else examination.findings)
        self._on_draft_changed()
        dataset = self._document.dataset
        if examination is None:
            self._view.status.setText("These images have not been examined yet." if dataset else "No images are open.")
        elif dataset is None or dataset.fingerprint != examination.fingerprint:
            self._view.status.setText(
                "The images, their labels or their split have changed since this was found. Examine them again."
            )
        else:
            count = len(examination.findings)
            self._view.status.setText(
                f"{plural(examination.images, 'image')} examined in {examination.seconds:.1f} s: "
                + (plural(count, "finding") if count else "nothing was found wrong")
                + "."
            )

    def _on_draft_changed(self) -> None:
        if self._shown is None:
            return
        curation = self._document.draft.curation
        cured = [cure for one in self._shown.findings for cure in one.cures if cure(curation) == curation]
        self._view.show_done(_said(self._shown.spec.curation, curation), cured)

    # pictures

    def _read_thumbnails(self, indexes: tuple[int, ...]) -> None:
        dataset = self._document.dataset
        if dataset is not None:
            self._bridge.submit(
                ReadThumbnails(dataset.spec, indexes, SIDE),
                done=self._on_thumbnails,
                failed=self._on_thumbnails_failed,
                cancelled=self._view.images.forget_requests,
            )

    def _on_thumbnails(self, sheet: ThumbnailSheet) -> None:
        dataset = self._document.dataset
        if dataset is not None and sheet.identity == dataset.identity:
            self._view.images.add_sheet(sheet)
        else:
            self._view.images.forget_requests()

    def _on_thumbnails_failed(self, _error: EngineError) -> None:
        self._view.images.forget_requests()


def _said(before: Curation, after: Curation) -> dict[str, str]:
    """What was said of images since, in a few words each."""
    labels, parts = dict(before.labels), dict(before.parts)
    said = {id: f"for {part}" for id, part in after.parts if parts.get(id) != part}
    said |= {id: name for id, name in after.labels if labels.get(id) != name}
    return said | {id: "left out" for id in after.excluded if id not in before.excluded}
