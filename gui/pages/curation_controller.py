"""What the user can make of single images: another class, left out, another part. Their files are never touched."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from engine.data.curating import TWO_CLASSES
from engine.data.dataset import same_images
from engine.data.split import Curation, Part
from engine.errors import EngineError
from engine.service.datasets import Curate, Curated, DatasetSummary
from gui.bridge import EngineBridge
from gui.dialogs.choosing_class import ClassDialog
from gui.document import Document
from gui.models.image_filter import PART_NAMES, CuratedImages
from gui.pages.data_page import DataPage
from gui.pages.latest import Latest
from gui.words import display_name, plural


class CurationController(QObject):
    """Edits the draft's curation, shows it at once, and lets the engine work out the split of it.

    Signals: `notice` with a sentence for the status bar; `failed` with an EngineError.
    """

    notice = Signal(str)
    failed = Signal(object)

    def __init__(self, page: DataPage, document: Document, bridge: EngineBridge) -> None:
        super().__init__(page)
        self._page = page
        self._document = document
        self._asked: tuple[int, ...] = ()
        self._renamed = ""
        self._curating = Latest(bridge, self)
        self._curating.done.connect(self._on_curated)
        self._curating.failed.connect(self.failed)
        images, actions = page.images, page.images.image_actions
        actions.leave_out_wanted.connect(self._on_leave_out)
        actions.label_wanted.connect(self._on_label)
        actions.class_wanted.connect(self._on_class)
        actions.move_wanted.connect(self._on_move)
        images.rename_wanted.connect(self.ask_new_name)
        images.merge_wanted.connect(self.ask_merge)

    # verbs, on images by their indexes into the dataset

    def leave_out(self, numbers: Sequence[int], out: bool = True) -> None:
        """Leave images out of training and testing, or take them in again."""
        images = self._images()
        if images is None:
            return
        numbers = [one for one in numbers if bool(images.left_out[one]) is not out]
        ids = self._ids(images, numbers)
        words = self._words(images, numbers)
        before = self._document.draft.curation
        if out:
            done = self._apply(before.exclude(ids), f"leave {words} out")
            self._say(done, f"{words} left out; nothing on the disk is changed.")
        else:
            self._say(self._apply(before.include(ids), f"take {words} in again"), f"{words} taken in again.")

    def label(self, numbers: Sequence[int], class_name: str | None) -> None:
        """Give images a class, which may be a new one; None gives them that of their source again."""
        images = self._images()
        if images is None:
            return
        words = self._words(images, numbers)
        curation = labelled(images, self._document.draft.curation, numbers, class_name)
        if class_name is None:
            done = self._apply(curation, f"give {words} the class of the source")
            self._say(done, f"{words}: the class of the source again.")
        else:
            name = display_name(class_name)
            self._say(self._apply(curation, f"label {words} “{name}”"), f"{words} labelled “{name}”.")

    def move(self, numbers: Sequence[int], part: Part | None) -> None:
        """Put images into a part of the split; None leaves it to the split's rule."""
        images = self._images()
        if images is None:
            return
        words = self._words(images, numbers)
        curation = self._document.draft.curation.move(self._ids(images, numbers), part)
        if part is None:
            self._say(self._apply(curation, f"leave {words} to the rule"), f"The rule decides on {words}.")
        else:
            name = PART_NAMES[list(Part).index(part)]
            self._say(self._apply(curation, f"move {words} to {name}"), f"{words} moved to {name}.")

    def rename_class(self, old: str, new: str) -> None:
        """Give all images of a class another one: a new name, or a class that there is, into which it is merged."""
        images = self._images()
        if images is None or old not in images.dataset.class_names or old == new:
            return
        label = images.dataset.class_names.index(old)
        numbers = (images.dataset.labels == label).nonzero()[0].tolist()
        curation = labelled(images, self._document.draft.curation, numbers, new)
        merged = new in images.dataset.class_names
        words = f"merge “{display_name(old)}” into “{display_name(new)}”"
        text = words if merged else f"rename class “{display_name(old)}” to “{display_name(new)}”"
        if self._apply(curation, text):
            self._page.images.show_class(new)
            self.notice.emit(f"{plural(len(numbers), 'image')} of “{display_name(old)}” are “{display_name(new)}” now.")

    # dialogs

    def ask_class(self, numbers: Sequence[int], parent: QWidget | None = None) -> None:
        """Ask which class images should have, in a dialog over `parent`, or over the window."""
        images = self._images()
        if images is None or not numbers:
            return
        dialog = ClassDialog(
            f"Class of {self._words(images, numbers)}",
            "Choose a class or type the name of a new one. The files stay where they are.",
            images.dataset.class_names,
            lambda name, there: f"Label “{name}”" if there else f"Add the class “{name}”",
            parent or self._page.window(),
        )
        self._asked = tuple(numbers)
        dialog.chosen.connect(self._on_class_chosen)
        dialog.open()

    def ask_new_name(self, class_name: str) -> None:
        """Ask what a class should be called."""
        images = self._images()
        if images is None:
            return
        dialog = ClassDialog(
            f"Rename “{display_name(class_name)}”",
            "All its images get the new name; the files and folders keep theirs. A name that there is merges both.",
            [one for one in images.dataset.class_names if one != class_name],
            lambda name, there: f"Merge into “{name}”" if there else f"Rename to “{name}”",
            self._page.window(),
            start=display_name(class_name),
        )
        self._renamed = class_name
        dialog.chosen.connect(self._on_new_name)
        dialog.open()

    def ask_merge(self, class_name: str) -> None:
        """Ask into which class another one should go."""
        images = self._images()
        if images is None:
            return
        dialog = ClassDialog(
            f"Merge “{display_name(class_name)}” into another class",
            "All its images get the class that you choose; files and folders stay as they are.",
            [one for one in images.dataset.class_names if one != class_name],
            lambda name, _there: f"Merge into “{name}”",
            self._page.window(),
            may_add=False,
        )
        self._renamed = class_name
        dialog.chosen.connect(self._on_new_name)
        dialog.open()

    def _on_class_chosen(self, name: str) -> None:
        self.label(self._asked, name)

    def _on_new_name(self, name: str) -> None:
        self.rename_class(self._renamed, name)

    # following the draft

    def follow(self) -> bool:
        """Show what the draft says of the images that are open; whether it speaks of those at all."""
        dataset, data = self._document.dataset, self._document.draft.data
        shown = self._page.images.images
        if dataset is None or shown is None or not same_images(dataset.spec, data):
            self._curating.drop()
            return False
        if shown.dataset.spec != data and shown.dataset.identity == dataset.identity:
            fresh = CuratedImages(dataset, names=shown.names)
            self._page.show_curated(fresh if dataset.spec == data else fresh.with_curation(data.curation))
        return True

    def ask(self) -> None:
        """Let the engine work out what the draft says."""
        dataset, data = self._document.dataset, self._document.draft.data
        if dataset is None or dataset.spec == data:
            self._curating.drop()
        else:
            self._curating.submit(Curate(data, dataset.identity))

    def _on_curated(self, found: Curated | DatasetSummary) -> None:
        dataset = self._document.dataset
        if dataset is None or found.spec != self._document.draft.data:
            return  # edited meanwhile: the answer to that is coming
        self._document.set_dataset(found if isinstance(found, DatasetSummary) else dataset.curated(found))

    # within

    def _images(self) -> CuratedImages | None:
        return self._page.images.images if self._document.dataset is not None else None

    def _ids(self, images: CuratedImages, numbers: Sequence[int]) -> list[str]:
        return [images.dataset.ids[one] for one in numbers]

    def _words(self, images: CuratedImages, numbers: Sequence[int]) -> str:
        """As in "3 images", or the name of a single one."""
        if len(numbers) == 1:
            return display_name(images.dataset.ids[numbers[0]].rpartition("/")[2])
        return plural(len(numbers), "image")

    def _apply(self, curation: Curation, text: str) -> bool:
        """Make this the draft's curation, as one undo step; whether it could be and was another one."""
        draft, images = self._document.draft, self._images()
        if images is None or curation == draft.curation:
            return False
        if len(images.with_curation(curation).dataset.class_names) < 2:
            self.failed.emit(
                EngineError(
                    "All images would be of one class.", TWO_CLASSES, "Keep images of another class, or add a class."
                )
            )
            return False
        self._document.apply(dataclasses.replace(draft, curation=curation), text)
        return True

    def _say(self, done: bool, words: str) -> None:
        if done:
            self.notice.emit(words[:1].upper() + words[1:])

    def _on_leave_out(self, out: bool) -> None:
        self.leave_out(self._page.images.chosen(), out)

    def _on_label(self, class_name: str | None) -> None:
        self.label(self._page.images.chosen(), class_name)

    def _on_class(self) -> None:
        self.ask_class(self._page.images.chosen())

    def _on_move(self, part: Part | None) -> None:
        self.move(self._page.images.chosen(), part)


def labelled(images: CuratedImages, curation: Curation, numbers: Sequence[int], class_name: str | None) -> Curation:
    """The curation with images in a class; one whose source says the same needs no label of the user's."""
    dataset = images.dataset
    own = dataset.source_classes.index(class_name) if class_name in dataset.source_classes else -1
    back = [one for one in numbers if class_name is None or int(dataset.source_labels[one]) == own]
    others = set(numbers).difference(back)
    found = curation.label([dataset.ids[one] for one in back], None)
    return found.label([dataset.ids[one] for one in others], class_name) if others else found
