"""What the Inspect page can do: open images, look at them through a run's weights, choose layers."""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFileDialog

from engine.errors import EngineError
from engine.inspection.results import (
    Classification,
    DatasetImage,
    ImageFile,
    ImageRef,
    Inspection,
    TrainedFacts,
    TrainedRef,
)
from engine.network import Network
from engine.plan import Plan
from engine.runs.records import RunSummary
from engine.service.inspection import Classify, Inspect
from gui.bridge import EngineBridge
from gui.controller import PageController
from gui.document import Document
from gui.drops import IMAGE_SUFFIXES
from gui.models.layer_pictures import layer_pictures
from gui.models.run_layers import layer_rows
from gui.models.run_list import RunList
from gui.models.sample_image import sample_image
from gui.models.thumbnails import rgb_image
from gui.pages.inspect_page import InspectPage
from gui.pages.latest import Latest
from gui.settings import IMAGE_FOLDER, Settings

STRIP_AT_MOST = 24
ALL_MAPS_AT_MOST = 2_000_000
"""Values; beyond this only the chosen layer's maps are asked for."""


class InspectController(PageController):
    """Looks at images through the weights of one run; what the page shows always names them."""

    def __init__(self, page: InspectPage, document: Document, bridge: EngineBridge, settings: Settings) -> None:
        super().__init__(page, document, bridge, settings)
        self._page = page
        self._runs = RunList.of(document, bridge)
        self._run = ""
        self._picked = False
        self._weights = "best"
        self._images: list[ImageRef] = []
        self._current = 0
        self._paths: tuple[Path, ...] = ()
        self._facts: TrainedFacts | None = None
        self._inspecting = Latest(bridge, self)
        self._classifying = Latest(bridge, self)
        self._strip_rows: deque[int] = deque()
        self._connect()
        self._on_runs_changed()

    def _connect(self) -> None:
        page, document = self._page, self.document
        page.open_requested.connect(self.choose_images)
        page.step_requested.connect(self.step)
        page.run_chosen.connect(self.choose_run)
        page.weights_chosen.connect(self.choose_weights)
        page.layer_chosen.connect(self._on_layer_chosen)
        page.image_chosen.connect(self._on_image_chosen)
        page.file_chosen.connect(self._on_file_chosen)
        page.use_settings_requested.connect(self.use_settings)
        page.cancel_requested.connect(self._classifying.cancel)
        page.installEventFilter(self)
        document.selection_changed.connect(self._on_selection_changed)
        document.draft_changed.connect(self._show_edited)
        self._runs.changed.connect(self._on_runs_changed)
        self._inspecting.done.connect(self._on_inspected)
        self._inspecting.failed.connect(self._on_failed)
        self._classifying.partial.connect(page.classified.add)
        self._classifying.progress.connect(page.job_bar.show_progress)
        self._classifying.done.connect(self._on_classified)
        self._classifying.failed.connect(self._on_failed)
        self._classifying.busy_changed.connect(self._on_classifying)

    # verbs

    def choose_images(self) -> None:
        """Ask for image files and open them."""
        dialog = QFileDialog(self._page.window(), "Open images", self.settings.get(IMAGE_FOLDER))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        patterns = " ".join(f"*{ending}" for ending in sorted(IMAGE_SUFFIXES))
        dialog.setNameFilters([f"Images ({patterns})", "All files (*)"])
        dialog.filesSelected.connect(self._on_files_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_files_chosen(self, files: list[str]) -> None:
        if files:
            self.settings.set(IMAGE_FOLDER, str(Path(files[0]).parent))
            self.open_images([Path(file) for file in files])

    def open_images(self, paths: Sequence[Path]) -> None:
        """Look at these image files; folders, and more files than a strip holds, are classified in a table."""
        self.page_wanted.emit("inspect")
        # By the name alone: asking the disk could take long.
        images = all(path.suffix.lower() in IMAGE_SUFFIXES for path in paths)
        if images and len(paths) <= STRIP_AT_MOST:
            self._paths = ()
            self._open([ImageFile(path) for path in paths])
        else:
            self._paths = tuple(paths)
            self._images = []
            self._page.show_names(())
            self._classify()

    def open_dataset_image(self, index: int) -> None:
        """Look at an image of the open dataset, by its index."""
        dataset = self.document.dataset
        if dataset is not None:
            self.page_wanted.emit("inspect")
            self._paths = ()
            self._open([DatasetImage(dataset.spec, index)])

    def step(self, by: int) -> None:
        """Go to the dataset's next test image, or `by` steps further."""
        shown = self._images[self._current] if self._images else None
        here = shown.index if isinstance(shown, DatasetImage) else -1
        found = sample_image(self.document.dataset, here, by)
        if found is not None:
            self.open_dataset_image(found)

    def choose_run(self, run: str) -> None:
        """Look through this run's weights from now on."""
        self._run, self._picked = run, True
        self._show_runs()
        self._look_again()

    def choose_weights(self, weights: str) -> None:
        """Look through the "best" or the "last" weights of the run."""
        self._weights = weights
        self._look_again()

    def use_settings(self) -> None:
        """Make the run's network, recipe and data settings those of the draft; one undo step."""
        if self._facts is not None:
            apply_plan(self.document, self._facts.plan, self._facts.run)

    # asking

    def _ref(self) -> TrainedRef | None:
        run = self._runs.find(self._run)
        return None if run is None or not run.has_weights else TrainedRef(run.folder, self._weights)

    def _open(self, images: list[ImageRef]) -> None:
        self._page.show_table(False)
        self._classifying.drop()
        self._images, self._current = images, 0
        self._page.show_names([_name(image) for image in images])
        self._look()
        if len(images) > 1:
            self._fill_strip()

    def _look_again(self) -> None:
        self._facts = None
        self._look()
        if len(self._images) > 1:
            self._fill_strip()
        if self._paths:
            self._classify()

    def _look(self) -> None:
        ref = self._ref()
        if ref is None:
            if self._images:
                self._page.error_panel.show_error(_no_weights())
            return
        if self._images:
            self._page.error_panel.clear()
            self._inspecting.submit(Inspect(ref, self._images[self._current], self._layers_to_ask()))

    def _layers_to_ask(self) -> tuple[str, ...]:
        rows = self._page.layers.rows
        layer = self._page.layer()
        if layer and sum(row.values for row in rows) > ALL_MAPS_AT_MOST:
            return (layer,)
        if not rows and sum(row.values for row in layer_rows(self.document.network)) > ALL_MAPS_AT_MOST:
            return ("input",)
        return ()

    def _fill_strip(self) -> None:
        """Pictures and verdicts of the strip, one small job each; a lane answers in the order it was asked."""
        ref = self._ref()
        if ref is None:
            return
        for row, image in enumerate(self._images):
            self._strip_rows.append(row)
            self.bridge.submit(
                Inspect(ref, image, ("input",), 1),
                done=self._on_strip_seen,
                failed=self._on_strip_failed,
                cancelled=self._on_strip_cancelled,
            )

    def _classify(self) -> None:
        ref = self._ref()
        if ref is None:
            self._page.error_panel.show_error(_no_weights())
            return
        self._page.error_panel.clear()
        self._page.classified.clear()
        self._page.show_table(True)
        job = Classify(ref, self._paths)
        self._classifying.submit(job)
        self._page.job_bar.start(job.title)

    # answers

    def _on_inspected(self, inspection: Inspection) -> None:
        self._facts = inspection.trained
        summary = self._runs.find(inspection.trained.run)
        self._page.show_facts(inspection.trained, summary.planned_epochs if summary is not None else 0)
        had_layers = bool(self._page.layers.rows)
        self._page.show_inspection(inspection)
        if not had_layers:
            self._on_selection_changed()
        self._show_edited()
        self._give_pictures(inspection)
        if self._page.layer() not in inspection.maps:
            self._look()

    def _on_failed(self, error: EngineError) -> None:
        self._page.error_panel.show_error(error)

    def _on_classifying(self, busy: bool) -> None:
        if not busy:
            self._page.job_bar.finish()

    def _on_classified(self, result: Classification) -> None:
        self._facts = result.trained
        summary = self._runs.find(result.trained.run)
        self._page.show_facts(result.trained, summary.planned_epochs if summary is not None else 0)
        self._page.show_classification(result)
        self._show_edited()
        if result.images:
            self._page.table.selectRow(0)

    def _on_strip_seen(self, inspection: Inspection) -> None:
        verdict = inspection.top[0].class_name if inspection.top else ""
        self._page.seen.set_seen(self._strip_rows.popleft(), rgb_image(inspection.seen), verdict)

    def _on_strip_failed(self, error: EngineError) -> None:
        self._page.seen.set_seen(self._strip_rows.popleft(), None, "cannot be read")
        self.notice.emit(error.what)

    def _on_strip_cancelled(self) -> None:
        self._strip_rows.popleft()

    # what the user and others chose

    def _on_layer_chosen(self, layer: str) -> None:
        if self.document.selected != layer and self.document.type_at(layer) is not None:
            self.document.select(layer)
        if self._facts is not None and len(self._layers_to_ask()) == 1:
            self._look()

    def _on_selection_changed(self) -> None:
        if self._page.has_layer(self.document.selected):
            self._page.choose_layer(self.document.selected)

    def _on_image_chosen(self, row: int) -> None:
        if 0 <= row < len(self._images) and row != self._current:
            self._current = row
            self._look()

    def _on_file_chosen(self, row: int) -> None:
        self._images, self._current = [ImageFile(Path(self._page.classified.image(row).path))], 0
        self._look()

    def _on_runs_changed(self) -> None:
        usable = [run for run in self._runs.runs if run.has_weights]
        chosen = next((run for run in usable if run.run == self._run), None)
        newest: RunSummary | None = usable[-1] if usable else None
        if newest is not None and (chosen is None or (not self._picked and newest is not chosen)):
            self._run, self._picked = newest.run, False
            self._show_runs()
            self._look_again()
        else:
            self._run = "" if chosen is None else self._run
            self._show_runs()
        if newest is None:
            self._images, self._facts = [], None
            self._page.show_inspection(None)
        self._open_first()

    def _show_runs(self) -> None:
        usable = [run.run for run in reversed(self._runs.runs) if run.has_weights]
        self._page.show_runs(usable, self._run)

    def _open_first(self) -> None:
        """A page that can be seen is never empty where there is something to show."""
        nothing = not self._images and not self._paths
        if self._page.isVisible() and nothing and self._ref() is not None:
            found = sample_image(self.document.dataset)
            dataset = self.document.dataset
            if found is not None and dataset is not None:
                self._open([DatasetImage(dataset.spec, found)])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the list of runs fresh while the page can be seen."""
        if event.type() == QEvent.Type.Show:
            self._runs.watch(self, True)
            self._open_first()
        elif event.type() == QEvent.Type.Hide:
            self._runs.watch(self, False)
        return False

    # the stack beside the page

    def _show_edited(self) -> None:
        facts = self._facts
        edited = facts is not None and not same_stack(facts.plan.network, self.document.network)
        self._page.show_edited(facts.run if edited and facts is not None else "")

    def _give_pictures(self, inspection: Inspection) -> None:
        """What leaves each layer, as a small picture on its card; only where the cards are those of the run."""
        if same_stack(inspection.trained.plan.network, self.document.network):
            facts = inspection.trained
            note = f"The picture: {inspection.name}, with the {facts.weights} weights of {facts.run}."
            self.document.set_pictures(layer_pictures(inspection.maps, inspection.seen), note)


def same_stack(one: Network, other: Network) -> bool:
    """Whether two networks compute the same; names do not count."""
    kinds = [[(layer.id, layer.type) for layer in network.layers if layer.enabled] for network in (one, other)]
    return one.input == other.input and kinds[0] == kinds[1]


def apply_plan(document: Document, plan: Plan, run: str) -> None:
    """Make a run's settings those of the draft, as one undo step; the source stays."""
    draft = dataclasses.replace(
        document.draft,
        network=plan.network,
        recipe=plan.recipe,
        augmentation=plan.augmentation,
        preprocessing=plan.preprocessing,
        split=plan.split,
        curation=plan.curation,
        seed=plan.seed,
    )
    document.apply(draft, f"use the settings of {run}")


def _name(image: ImageRef) -> str:
    return image.path.name if isinstance(image, ImageFile) else f"image {image.index}"


def _no_weights() -> EngineError:
    return EngineError(
        "There is no trained network to look through yet.",
        "An image is looked at through the weights of a run.",
        "Press Train; the first weights are there after a moment.",
    )
