"""Render every page, light and dark, small and large, to PNG, with a real run on the sample digits.

The real window and the real engine (in this process) train for a few epochs; then each page is grabbed. It ends by
itself, and says what it wrote.
"""

from __future__ import annotations

import dataclasses
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SIZES = ((1440, 900), (1024, 700))
EPOCHS = 4
LIMIT_SECONDS = 240.0


def wait_until(true: Callable[[], bool], what: str, limit: float = LIMIT_SECONDS) -> None:
    """Let Qt work until something is so; SystemExit where it does not become so in time."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    end = time.monotonic() + limit
    while not true():
        if time.monotonic() > end:
            raise SystemExit(f"gallery: {what} did not come in {limit:.0f} s")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        time.sleep(0.005)


def settle(seconds: float = 0.4) -> None:
    """Let pending redraws and small jobs happen."""
    end = time.monotonic() + seconds
    wait_until(lambda: time.monotonic() > end, "the end of a short wait")


class Gallery:
    """Drives the window from page to page and grabs it.

    Args:
        out: The folder that the pictures go to.
    """

    def __init__(self, out: Path) -> None:
        from engine.service.engine_service import EngineService
        from gui.app import Convoscope, make_application

        self.out = out
        self.written: list[Path] = []
        make_application()
        self.program = Convoscope(engine=EngineService)
        self.pages = self.program.desk.pages
        self.document = self.program.document

    def run(self) -> None:
        """All pictures."""
        self.program.show()
        wait_until(lambda: self.document.dataset is not None, "the sample dataset")
        self.grab_all(("train", "inspect", "runs"), "empty")
        self._set(recipe=self.document.draft.recipe.with_value("epochs", EPOCHS))
        self.pages.data.page.show_chooser(True)  # type: ignore[attr-defined]
        self.grab_all(("data",), "empty")
        self.pages.data.page.show_chooser(False)  # type: ignore[attr-defined]
        self._train()
        self._look()
        self.grab_all(("data", "train", "inspect", "runs"), "digits")
        self._sort()
        self.grab_all(("data",), "sorted")
        self._grab_dialog(self.pages.data.viewer.open, "viewer")
        self._edit()
        self.grab_all(("inspect",), "edited")
        self.grab_all(("train",), "code", code=True)
        self.grab_augmentation()
        self._break()
        self.grab_all(("train",), "problem")
        self._neglect()
        self.grab_all(("train",), "advice")
        self._open_a_block()
        self.grab_all(("train",), "block")
        self._grab_dialog(self.program.desk.networks.show_templates, "templates")
        self._grab_dialog(self.program.desk.networks.show_comparison, "comparison")
        self.grab_picture("resnet20")

    def close(self) -> None:
        """End the engine and the window."""
        self.program.close()

    def _set(self, **changes: Any) -> None:
        self.document.apply(dataclasses.replace(self.document.draft, **changes), "set up the gallery")

    def _train(self) -> None:
        train = self.pages.train
        for seed in range(2):
            self._set(seed=seed)
            train.start()
            wait_until(lambda: train.state == "running", "the start of the run")
            wait_until(lambda: train.state == "idle", "the end of the run")

    def _look(self) -> None:
        from gui.pages.inspect_page import InspectPage
        from gui.pages.runs_page import RunsPage

        page = self.pages.inspect.page
        assert isinstance(page, InspectPage), "the page of its controller"
        self.program.desk.show_page("inspect")
        wait_until(lambda: page.map_card.current_map() is not None, "the feature maps")
        runs = self.pages.runs.page
        assert isinstance(runs, RunsPage), "the page of its controller"
        self.program.desk.show_page("runs")
        wait_until(lambda: len(runs.model.runs) == 2, "both runs in the table")
        runs.choose([run.run for run in runs.model.runs])

    def _sort(self) -> None:
        """Some images left out, labelled and moved; two are chosen."""
        from engine.data.split import Part
        from gui.pages.data_page import DataPage

        data, page = self.pages.data, self.pages.data.page
        assert isinstance(page, DataPage), "the page of its controller"
        shown = page.thumbnails.shown[:12].tolist()
        data.curation.leave_out(shown[:2])
        data.curation.label(shown[3:5], "9")
        data.curation.move(shown[6:8], Part.TEST)
        self.program.desk.show_page("data")
        page.grid.choose([8, 9], 9)
        page.grid.setFocus()

    def _edit(self) -> None:
        network = self.document.network
        self.document.apply_network(network.duplicated(network.layers[1].id), "duplicate a layer")

    def _break(self) -> None:
        """A window that does not fit, below one that leaves pixels out."""
        conv = {"filters": 64, "kernel_size": (9, 9), "padding": "valid"}
        self._stack(("Rescaling", {}), ("Conv2D", {}), ("MaxPooling2D", {}), ("Conv2D", conv), ("Flatten", {}))
        self.document.select(self.document.network.layers[3].id)

    def _neglect(self) -> None:
        """A network that trains, and could be better in many ways."""
        classes = self.document.classes
        self._stack(
            ("Conv2D", {"filters": 256, "kernel_size": (4, 4), "padding": "same"}),
            ("Flatten", {}),
            ("Dense", {"units": 5000}),
            ("Dense", {"units": classes, "activation": "softmax"}),
            ("BatchNormalization", {}),
            ("Dropout", {}),
        )
        self.document.select(self.document.network.layers[0].id)

    def _stack(self, *layers: tuple[str, dict[str, Any]]) -> None:
        from engine.layers import layer_type
        from engine.network import Network

        types = [layer_type(kind).from_json(values) for kind, values in layers]
        self.document.apply_network(Network.of(self.document.network.input, types), "set up the gallery")

    def _open_a_block(self) -> None:
        from engine.layers.branches import Branches

        network = self.document.network.added(Branches(), 1)
        self.document.apply_network(network, "add Branches")
        self.document.select(f"{network.layers[1].id}/concatenate")

    def _grab_dialog(self, open_it: Callable[[], None], name: str) -> None:
        """A dialog over the window, in each scheme."""
        from PySide6.QtWidgets import QApplication, QDialog

        from gui.theme import Scheme, theme

        open_it()
        settle(1.0)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog), "it was just opened"
        for scheme in (Scheme.LIGHT, Scheme.DARK):
            theme().apply(scheme)
            settle()
            path = self.out / f"{name}-{scheme.value}.png"
            if not dialog.grab().save(str(path)):
                raise SystemExit(f"gallery: {path} could not be written")
            self.written.append(path)
        dialog.reject()

    def grab_augmentation(self) -> None:
        """The preview of changed images, in each scheme."""
        from engine.augmentation import Augmentation, augmentation_type
        from gui.pages.train_page import TrainPage
        from gui.theme import Scheme, theme

        kinds = ("RandomFlip", "RandomRotation", "RandomErasing", "CutMix")
        self._set(augmentation=Augmentation(tuple(augmentation_type(one)() for one in kinds)))
        self.program.desk.show_page("train")
        page = self.pages.train.page
        assert isinstance(page, TrainPage), "the page of its controller"
        card = page.recipe.augmentation
        card.preview_button.setChecked(True)
        wait_until(lambda: bool(card.view.grid.pictures), "the changed images")
        for scheme in (Scheme.LIGHT, Scheme.DARK):
            theme().apply(scheme)
            settle()
            for name, widget in (("augmentation", card), ("augmentation-preview", card.view)):
                path = self.out / f"{name}-{scheme.value}.png"
                if not widget.grab().save(str(path)):
                    raise SystemExit(f"gallery: {path} could not be written")
                self.written.append(path)
        card.preview_button.setChecked(False)
        self._set(augmentation=Augmentation())

    def grab_picture(self, name: str) -> None:
        """The picture of a template's network in its window, in each scheme."""
        from engine.network import Network
        from engine.templates import templates
        from gui.picture.window import PictureWindow
        from gui.theme import Scheme, theme

        made = templates()[name]
        network = Network.of(made.own_input, made.layers(made.own_input, made.own_classes))
        self.document.apply_network(network, "set up the gallery")
        self.program.desk.show_picture()
        window = self.program.window.findChild(PictureWindow)
        assert window is not None, "shown just before"
        for scheme in (Scheme.LIGHT, Scheme.DARK):
            theme().apply(scheme)
            settle()
            path = self.out / f"picture-{name}-{scheme.value}.png"
            if not window.grab().save(str(path)):
                raise SystemExit(f"gallery: {path} could not be written")
            self.written.append(path)
        window.close()

    def grab_all(self, pages: tuple[str, ...], name: str, *, code: bool = False) -> None:
        """These pages in each scheme and size, with the code beside the stack or without it."""
        from gui.theme import Scheme, theme

        for scheme in (Scheme.LIGHT, Scheme.DARK):
            theme().apply(scheme)
            for width, height in SIZES:
                self.program.window.resize(width, height)
                for page in pages:
                    self.program.desk.show_page(page)
                    if code:
                        self.program.desk.code.show()
                    settle()
                    path = self.out / f"{page}-{name}-{scheme.value}-{width}x{height}.png"
                    if not self.program.window.grab().save(str(path)):
                        raise SystemExit(f"gallery: {path} could not be written")
                    self.written.append(path)


def main(arguments: list[str]) -> int:
    """Render into the folder named by the first argument."""
    if len(arguments) != 1:
        print("usage: python -m tests.gallery OUT", file=sys.stderr)
        return 2
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["CONVOSCOPE_HOME"] = home
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        gallery = Gallery(out.resolve())
        try:
            gallery.run()
        finally:
            gallery.close()
    for path in gallery.written:
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
