"""One image of the dataset large: its pixels, channels and histogram, its file, and as the network sees it."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from engine.errors import EngineError
from engine.service.datasets import OriginalView
from gui import theme as looks
from gui.models.image_filter import CuratedImages
from gui.models.thumbnails import image_words, rgb_image
from gui.pages.flow import flowing
from gui.pages.image_actions import ImageActions
from gui.pages.page import scrolled
from gui.pages.seen_card import PixelView
from gui.plots.histogram import CHANNELS, Histogram, sentence
from gui.plots.zoom_view import STEP, ZoomView
from gui.widgets import ElidedLabel, ErrorPanel, Heading, PlainLabel, SegmentedTabs, icon_button, push_button
from gui.words import display_name, shape

ORIENTATIONS = (
    *("as stored", "mirrored", "turned by 180°", "upside down, mirrored", "turned by 90° and mirrored"),
    *("turned by 90° to the right", "turned by 90° to the left, mirrored", "turned by 90° to the left"),
)
"""What obeying EXIF's orientation did to the image, 1 to 8."""
MODES = {
    "1": "black and white",
    "L": "grey, 8 bits",
    "LA": "grey, transparent",
    "P": "palette",
    "RGB": "colour, 8 bits",
    "RGBA": "colour, transparent",
    "CMYK": "CMYK, shown as RGB",
    "YCbCr": "YCbCr, shown as RGB",
    "I;16": "grey, 16 bits, shown ÷ 257",
    "I;16B": "grey, 16 bits, shown ÷ 257",
    "F": "floating point, shown as 0 to 255",
}


class ImageViewer(QDialog):
    """Left and Right go on to the image before and after; Escape closes, which `finished` says.

    Signals: `step_wanted` with 1 or -1; `part_wanted` with a Box; `undo_wanted`, `redo_wanted`; what is to be done
    with the image is asked by `image_actions`.
    """

    step_wanted = Signal(int)
    part_wanted = Signal(object)
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("Image")
        self.setAccessibleName("Image, large")
        self.number = -1
        self._is_out = False
        self.view = ZoomView()
        self.pointed_label = ElidedLabel(role="secondary")
        self.pointed_label.setAccessibleName("Value under the cursor")
        self.error_panel = ErrorPanel()
        self.image_actions = ImageActions(self, opens=False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(looks.SPACE_4, looks.SPACE_3, looks.SPACE_4, looks.SPACE_3)
        outer.setSpacing(looks.SPACE_3)
        outer.addWidget(self.error_panel)
        middle = QHBoxLayout()
        middle.setSpacing(looks.SPACE_4)
        left = QVBoxLayout()
        left.setSpacing(looks.SPACE_2)
        left.addLayout(self._make_zoom())
        left.addWidget(self.view, 1)
        left.addWidget(self.pointed_label)
        middle.addLayout(left, 1)
        middle.addWidget(self._make_side())
        outer.addLayout(middle, 1)
        outer.addWidget(self._make_buttons())
        self._connect()
        self._on_pointed("")
        room = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(min(1060, room.width() - 40), min(700, room.height() - 60))
        self.view.setFocus()

    def _make_zoom(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(looks.SPACE_1)
        self.channels = SegmentedTabs({"all": "Colour", **{name.lower(): name for name in CHANNELS}})
        self.channels.setAccessibleName("Channels")
        self.smaller_button = icon_button("zoom-out", "Smaller  ( - )")
        self.larger_button = icon_button("zoom-in", "Larger  ( + )")
        self.fit_button = push_button("Fit")
        self.fit_button.setToolTip("The whole image  ( 0 )")
        self.pixels_button = push_button("1:1")
        self.pixels_button.setAccessibleName("Pixel for pixel")
        self.pixels_button.setToolTip("One pixel of the screen for one of the image  ( 1 )")
        self.scale_label = PlainLabel(role="secondary")
        self.scale_label.setAccessibleName("Size on the screen")
        self.scale_label.setMinimumWidth(self.scale_label.fontMetrics().horizontalAdvance("6,400 %"))
        self.scale_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.channels)
        row.addStretch(1)
        for widget in (self.scale_label, self.smaller_button, self.larger_button, self.fit_button, self.pixels_button):
            row.addWidget(widget)
        return row

    def _make_side(self) -> QScrollArea:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, looks.SPACE_2, 0)
        column.setSpacing(looks.SPACE_2)
        self.name_label = PlainLabel(role="strong", wrap=True)
        self.state_label = PlainLabel(role="quiet", wrap=True)
        self.state_label.setAccessibleName("Class and part")
        self.seen = PixelView()
        self.seen.setAccessibleName("As the network sees it")
        self.seen_label = PlainLabel(role="secondary", wrap=True)
        self.histogram = Histogram()
        self.histogram_label = PlainLabel(role="secondary", wrap=True)
        self.facts_label = PlainLabel(role="secondary", wrap=True)
        self.facts_label.setAccessibleName("About the file")
        for widget in (
            *(self.name_label, self.state_label, Heading("As the network sees it"), self.seen, self.seen_label),
            *(Heading("Histogram"), self.histogram, self.histogram_label, Heading("File"), self.facts_label),
        ):
            column.addWidget(widget)
        column.addStretch(1)
        area = scrolled(side)
        # The page's own ground would be another grey than the dialog's.
        side.setObjectName("Pane")
        area.setObjectName("PaneScroll")
        area.setFixedWidth(looks.theme().px(250))
        return area

    def _make_buttons(self) -> QWidget:
        self.before_button = push_button("Before", icon_name="chevron-left")
        self.after_button = push_button("Next", icon_name="chevron-right")
        self.class_button = push_button("Class")
        self.class_button.setMenu(self.image_actions.label_menu)
        self.move_button = push_button("Move to")
        self.move_button.setMenu(self.image_actions.move_menu)
        self.out_button = push_button("Leave out", icon_name="hide")
        self.look_button = push_button("Look inside", icon_name="inspect")
        self.close_button = push_button("Close")
        self.place_label = PlainLabel(role="secondary")
        self.place_label.setAccessibleName("Place among the images shown")
        self.place_label.setMinimumHeight(self.close_button.sizeHint().height())
        self.before_button.setToolTip("The image before  ( Left )")
        self.after_button.setToolTip("The image after  ( Right )")
        return flowing(
            *(self.before_button, self.after_button, self.place_label, self.class_button, self.move_button),
            *(self.out_button, self.look_button, self.close_button),
            right=3,
        )

    def _connect(self) -> None:
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.view.pointed.connect(self._on_pointed)
        self.view.part_wanted.connect(self.part_wanted)
        self.view.scale_changed.connect(self._on_scale_changed)
        self.channels.chosen.connect(self._on_channel_chosen)
        self.smaller_button.clicked.connect(self._on_smaller)
        self.larger_button.clicked.connect(self._on_larger)
        self.fit_button.clicked.connect(self.view.fit)
        self.pixels_button.clicked.connect(self._on_pixels)
        self.before_button.clicked.connect(self._on_before)
        self.after_button.clicked.connect(self._on_after)
        self.out_button.clicked.connect(self._on_out)
        self.look_button.clicked.connect(self.image_actions.look.trigger)
        self.close_button.clicked.connect(self.reject)
        for keys, signal in (("Ctrl+Z", self.undo_wanted), ("Ctrl+Shift+Z", self.redo_wanted)):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(signal)
            self.addAction(action)

    # what the controller calls

    def show_state(self, images: CuratedImages, number: int, row: int, rows: int) -> None:
        """Say what is known of an image before its pixels have come.

        Args:
            number: Its index into the dataset.
            row, rows: Its place among the images that are shown, and how many those are.
        """
        if number != self.number:
            self.number = number
            self.error_panel.clear()
            self.view.clear()
            self.seen.show_image(None)
            self.histogram.show_counts(None)
            for label in (self.seen_label, self.histogram_label, self.facts_label):
                label.setText("")
        name, _, state = image_words(images, number).partition("\n")
        self.setWindowTitle(name)
        self.name_label.setText(name.rpartition("/")[2])
        self.state_label.setText(state)
        self.place_label.setText(f"{row + 1:,} of {rows:,}")
        self.before_button.setEnabled(row > 0)
        self.after_button.setEnabled(row < rows - 1)
        out = bool(images.left_out[number])
        self._is_out = out
        words = "Take in again" if out else "Leave out"
        self.out_button.setText(words)
        self.out_button.setAccessibleName(words)
        self.image_actions.show_classes(images.dataset.class_names)
        self.image_actions.show_possible(1, int(out), int(images.relabelled[number]), int(images.moved[number]))

    def show_original(self, found: OriginalView, name: str) -> None:
        """The pixels have come, of the whole image or of a part that was asked for."""
        if found.box != (0, 0, found.height, found.width):
            self.view.show_part(found.box, found.pixels)
            return
        if self.view.size_of_image != (0, 0):
            self.view.show_part(found.box, found.pixels)
            return
        grey = found.pixels.shape[2] == 1
        self.channels.setVisible(not grey)
        self.view.show_image(found.height, found.width, found.box, found.pixels)
        self.view.setAccessibleName(f"{display_name(name)}, large")
        self.seen.show_image(rgb_image(found.seen))
        self.seen_label.setText(f"{shape(found.seen.shape[:2])}, {'grey' if found.seen.shape[2] == 1 else 'colour'}")
        self.histogram.show_counts(found.histogram)
        self.histogram_label.setText(sentence(found.histogram))
        self.facts_label.setText("\n".join(_fact_lines(found, name)))

    def show_error(self, error: EngineError) -> None:
        """The image could not be read."""
        self.error_panel.show_error(error)

    # what the user does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.step_wanted.emit(step)
        else:
            super().keyPressEvent(event)

    def _on_pointed(self, text: str) -> None:
        hint = "Point at a pixel for its value, or press Shift and the arrow keys."
        self.pointed_label.setText(text or hint)

    def _on_scale_changed(self, scale: float) -> None:
        self.scale_label.setText(f"{scale * 100:,.0f} %")

    def _on_channel_chosen(self, name: str) -> None:
        self.channels.choose(name)
        names = [one.lower() for one in CHANNELS]
        channel = names.index(name) if name in names else None
        self.view.show_channel(channel)
        self.histogram.show_channel(channel)

    def _on_smaller(self) -> None:
        self.view.zoom(1 / STEP)

    def _on_larger(self) -> None:
        self.view.zoom(STEP)

    def _on_pixels(self) -> None:
        self.view.zoom_to(1.0)

    def _on_before(self) -> None:
        self.step_wanted.emit(-1)

    def _on_after(self) -> None:
        self.step_wanted.emit(1)

    def _on_out(self) -> None:
        (self.image_actions.take_in if self._is_out else self.image_actions.leave_out).trigger()


def _fact_lines(found: OriginalView, name: str) -> list[str]:
    facts = found.facts
    folder = name.rpartition("/")[0]
    lines = [f"Folder: {display_name(folder)}"] if folder else []
    lines.append(f"Size: {found.width:,} × {found.height:,} pixels")
    lines.append(f"Pixels: {MODES.get(facts.mode, display_name(facts.mode))}")
    if facts.format:
        lines.append(f"Format: {display_name(facts.format)}, {facts.size:,} bytes")
        lines.append(f"Orientation (EXIF): {facts.orientation}, {ORIENTATIONS[facts.orientation - 1]}")
    if facts.taken:
        lines.append(f"Taken: {display_name(facts.taken)}")
    if found.changed is not None:
        day = datetime.datetime.fromtimestamp(found.changed).astimezone()
        lines.append(f"File changed: {day:%Y-%m-%d %H:%M}")
    return lines
