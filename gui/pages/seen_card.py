"""The opened image as the network saw it, and what the network takes it for."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.inspection.results import Inspection
from gui import words
from gui.models.thumbnails import rgb_image
from gui.plots.sentences import top_sentence
from gui.plots.top_bars import TopBars
from gui.widgets import Card, ElidedLabel, Heading, PlainLabel
from gui.words import display_name, tip

SIDE = 150


class PixelView(QWidget):
    """A small image enlarged with its pixels kept square and sharp."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage | None) -> None:
        """Show this image."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def minimumSizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None or self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = min(self.width() / self._image.width(), self.height() / self._image.height())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 1)
        place = QRectF(0, 0, self._image.width() * scale, self._image.height() * scale)
        path = QPainterPath()
        path.addRoundedRect(place, 6, 6)
        painter.setClipPath(path)
        painter.drawImage(place, self._image)
        painter.end()


class SeenCard(Card):
    """The image after preprocessing, its name and its sizes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.picture = PixelView()
        self.name = ElidedLabel(role="strong")
        self.sizes = PlainLabel(role="secondary", wrap=True)
        self.body.addWidget(Heading("As the network saw it"))
        self.body.addWidget(self.picture)
        self.body.addWidget(self.name)
        self.body.addWidget(self.sizes)
        self.body.addStretch(1)

    def show_image(self, inspection: Inspection) -> None:
        """Show this image."""
        self.picture.show_image(rgb_image(inspection.seen))
        name = display_name(inspection.name)
        self.name.setText(name)
        self.name.setToolTip(tip(name))
        self.picture.setAccessibleName(f"{name} as the network saw it")
        self.sizes.setText(sizes_sentence(inspection))


class PredictionCard(Card):
    """The most probable classes as bars, and in a sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.bars = TopBars()
        self.sentence = PlainLabel(role="secondary", wrap=True)
        self.truth = PlainLabel(role="secondary", wrap=True)
        self.body.addWidget(Heading("Prediction"))
        self.body.addWidget(self.bars)
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.truth)
        self.body.addStretch(1)

    def show_top(self, inspection: Inspection) -> None:
        """Show what the network takes this image for."""
        top = [(display_name(one.class_name), one.probability) for one in inspection.top]
        true_class = display_name(inspection.true_class)
        self.bars.set_top(top, true_class)
        self.sentence.setText(top_sentence(top))
        right = bool(top) and top[0][0] == true_class
        self.truth.setText(f"{'Right' if right else 'Wrong'}: it is {true_class}." if true_class else "")
        self.truth.setVisible(bool(true_class))


def sizes_sentence(inspection: Inspection) -> str:
    """The size of the file, what became of it, and how: "640 × 480 pixels, brought to 32 × 32 × 3 by crop."."""
    seen = words.shape(inspection.seen.shape)
    if inspection.size == inspection.seen.shape[:2]:
        return f"{seen}, as it is."
    return (
        f"{words.shape(inspection.size)} pixels, brought to {seen} by {inspection.trained.plan.preprocessing.resize}."
    )
