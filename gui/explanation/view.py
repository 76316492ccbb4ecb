"""The explaining picture in the settings pane: the film, its buttons, and what is to be said about it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.geometry import Shapes
from engine.layers.base import LayerType
from gui import theme as looks
from gui.explanation.choosing import picture_of
from gui.explanation.clock import Clock
from gui.explanation.picture import ExplainingPicture
from gui.icons import icon
from gui.theme import colour, theme
from gui.widgets.buttons import icon_button
from gui.widgets.labels import PlainLabel
from gui.words import tip

_PAD: Final = 12.0


class Film(QWidget):
    """Paints one frame. `stepped` is emitted with +1 or −1 for the arrow keys, `toggled` for Space."""

    stepped = Signal(int)
    toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture: ExplainingPicture | None = None
        self.frame = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Picture of what it does")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(tip("Space plays and pauses, the arrow keys go one step."))

    def show_picture(self, picture: ExplainingPicture | None) -> None:
        """Show another film."""
        self.picture = picture
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(256), theme().px(self.picture.height if self.picture is not None else 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QPainterPath()
        ground.addRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), looks.RADIUS_CONTROL, looks.RADIUS_CONTROL
        )
        painter.fillPath(ground, colour("raised"))
        painter.setPen(QPen(colour("accent" if self.hasFocus() else "border"), 1))
        painter.drawPath(ground)
        if self.picture is not None:
            painter.setClipPath(ground)
            self.picture.paint(painter, QRectF(self.rect()).adjusted(_PAD, _PAD - 4, -_PAD, -_PAD), self.frame)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(step)
        elif event.key() == Qt.Key.Key_Space:
            self.toggled.emit()
        else:
            super().keyPressEvent(event)


class ExplanationView(QWidget):
    """Explains a layer by a film drawn from its settings; hidden where there is nothing to explain."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[LayerType, Shapes] | None = None
        self.clock = Clock(self)
        self.film = Film()
        self.play_button = icon_button("pause", "Pause the moving picture")
        self.step_button = icon_button("step", "One step")
        self.note = PlainLabel(role="secondary", wrap=True)
        self.note.setAccessibleName("About the picture")
        row = QHBoxLayout()
        row.setSpacing(looks.SPACE_1)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.play_button, alignment=top)
        row.addWidget(self.step_button, alignment=top)
        row.addWidget(self.note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.SPACE_1)
        column.addWidget(self.film)
        column.addLayout(row)
        self.clock.ticked.connect(self._on_ticked)
        self.film.stepped.connect(self.step)
        self.film.toggled.connect(self.toggle)
        self.play_button.clicked.connect(self.toggle)
        self.step_button.clicked.connect(self._on_step_clicked)
        self._say_playing()

    def explain(self, type: LayerType | None, inputs: Shapes = ()) -> None:
        """Show the film of a layer with these inputs; None shows none."""
        wanted = None if type is None else (type, inputs)
        if wanted == self._shown:
            return
        same_kind = self._shown is not None and type is not None and self._shown[0].kind == type.kind
        self._shown = wanted
        picture = None if type is None else picture_of(type, inputs)
        self.film.show_picture(picture)
        self.setVisible(picture is not None)
        if picture is None or type is None:
            self.clock.set_frames(1)
            return
        self.film.frame = self.film.frame % picture.frames if same_kind else 0
        self.film.setAccessibleDescription(picture.words())
        self.note.setText(" ".join(one for one in (picture.note(), _changed(type)) if one))
        self.clock.set_frames(picture.frames)
        for button in (self.play_button, self.step_button):
            button.setEnabled(picture.frames > 1)
        self.film.update()

    def toggle(self) -> None:
        """Play or pause."""
        self.clock.set_playing(not self.clock.playing)
        self._say_playing()

    def step(self, by: int) -> None:
        """Stop, and go some frames on or back."""
        self.clock.set_playing(False)
        self._say_playing()
        self._advance(by)

    def _advance(self, by: int) -> None:
        if self.film.picture is not None:
            self.film.frame = (self.film.frame + by) % self.film.picture.frames
            self.film.update()

    def _on_ticked(self) -> None:
        self._say_playing()
        if not self.film.visibleRegion().isEmpty():
            self._advance(1)

    def _on_step_clicked(self) -> None:
        self.step(1)

    def _say_playing(self) -> None:
        verb = "Pause" if self.clock.playing else "Play"
        name = f"{verb} the moving picture"  # a run can be paused in the same window
        if self.play_button.accessibleName() != name:
            self.play_button.setAccessibleName(name)
            self.play_button.setToolTip(tip(name))
        self.play_button.setIcon(icon(verb.lower()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_whether_seen()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.clock.set_seen(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            self._look_whether_seen()

    def _look_whether_seen(self) -> None:
        self.clock.set_seen(self.isVisible() and self.isActiveWindow())


def _changed(type: LayerType) -> str:
    """The settings that are not the usual ones, so that what no picture can show is at least said."""
    parts = [
        f"{parameter.label.lower()} {parameter.text(value)}"
        for parameter in type.parameters()
        if (value := getattr(type, parameter.name)) != parameter.default
    ]
    return f"Set otherwise than usual: {', '.join(parts)}." if parts else ""
