"""The feature maps of one layer: the grid, and the chosen map enlarged."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.report import colourmaps
from gui.models.feature_maps import Array, FeatureMap, FeatureMapModel, FeatureMaps
from gui.plots.map_grid import MapGrid, MapView
from gui.plots.sentences import figure_text
from gui.theme import SPACE_2, SPACE_3, SPACE_4, TEXT_SECONDARY, colour, theme
from gui.widgets import Card, Heading, PlainLabel, icon_button, push_button


class MapCard(Card):
    """One layer's output for one image; `enlarged`, the card of the chosen map, is placed by the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.model = FeatureMapModel(self)
        self._values: Array | None = None
        self._layer = ""
        self.heading = Heading("Feature maps")
        self.scale_box = QComboBox()
        self.scale_box.addItems(["One scale for all maps", "Each map on its own scale"])
        self.scale_box.setAccessibleName("Scale of the colours")
        self.grid = MapGrid()
        self.grid.setModel(self.model)
        self.sentence = PlainLabel(role="secondary", wrap=True)
        self.sentence.setAccessibleName("What the feature maps show")
        self.enlarged = EnlargedCard()
        self._build()
        self.scale_box.currentIndexChanged.connect(self._show)
        self.grid.selectionModel().currentChanged.connect(self._on_map_chosen)
        self.grid.activated.connect(self.open_dialog)
        self.enlarged.enlarge_button.clicked.connect(self.open_dialog)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.scale_box)
        self.body.addLayout(head)
        self.body.addWidget(self.grid)
        self.body.addWidget(self.sentence)

    def show_maps(self, layer: str, values: Array | None) -> None:
        """Show what left a layer; None where it is not known yet.

        Args:
            layer: The layer's name in words.
            values: float32, (height, width, channels) or (features,).
        """
        self._layer, self._values = layer, values
        self._show()

    def _show(self) -> None:
        row = max(0, self.grid.currentIndex().row())
        maps = None
        if self._values is not None:
            maps = FeatureMaps(self._values, each=self.scale_box.currentIndex() == 1)
        self.model.set_maps(maps)
        self.heading.setText(self._layer or "Feature maps")
        self.sentence.setText(maps.sentence() if maps is not None else "")
        self.grid.setAccessibleDescription(self.sentence.text())
        self.scale_box.setVisible(maps is not None and len(maps) > 1)
        self.grid.setVisible(maps is not None and not maps.wrapped)
        self.enlarged.setVisible(maps is not None)
        self.grid.updateGeometries()
        if maps is not None:
            self.grid.setCurrentIndex(self.model.index(min(row, len(maps) - 1)))
        else:
            self.enlarged.show_map(None)

    def current_map(self) -> FeatureMap | None:
        """The chosen map."""
        found = self.grid.currentIndex().data(FeatureMapModel.MAP)
        return found if isinstance(found, FeatureMap) else None

    def open_dialog(self) -> None:
        """Show the chosen map in a window of its own."""
        map = self.current_map()
        if map is not None:
            dialog = MapDialog(self._layer, map, self)
            dialog.open()

    def _on_map_chosen(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self.enlarged.show_map(self.current_map())


class EnlargedCard(Card):
    """The chosen map beside the grid, with a button that opens it in a window of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.map = EnlargedMap()
        self.heading = Heading("Map")
        self.enlarge_button = icon_button("search", "Show this map in a window of its own")
        self.enlarge_button.setFixedHeight(self.heading.sizeHint().height() + SPACE_2)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.enlarge_button)
        self.body.addLayout(head)
        self.body.addWidget(self.map)
        self.body.addStretch(1)

    def show_map(self, map: FeatureMap | None) -> None:
        """Show this map."""
        self.map.show_map(map)
        if map is not None:
            self.heading.setText("All values" if map.wrapped else f"Map {map.channel}")


class EnlargedMap(QWidget):
    """One map large, its scale, and the exact value under the cursor."""

    def __init__(self, parent: QWidget | None = None, *, side: int = 150, grows: bool = False) -> None:
        super().__init__(parent)
        self.view = MapView()
        self.view.setMinimumSize(side, side)
        if not grows:
            self.view.setFixedHeight(side)
        self.value = PlainLabel(role="secondary", wrap=True)
        self.value.setAccessibleName("Value under the cursor")
        self.scale = ScaleBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self.view, 1)
        column.addWidget(self.value)
        column.addWidget(self.scale)
        self.view.pointed.connect(self._on_pointed)

    def show_map(self, map: FeatureMap | None) -> None:
        """Show this map."""
        self.view.show_map(map)
        self.scale.show_scale(map)

    def _on_pointed(self, text: str) -> None:
        self.value.setText(text[:1].upper() + text[1:] if text else "Point at a pixel, or use the arrow keys.")


class ScaleBar(QWidget):
    """Which colour stands for which value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map: FeatureMap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_scale(self, map: FeatureMap | None) -> None:
        """Show the scale of this map."""
        self._map = map
        if map is not None:
            self.setAccessibleName(f"Colours from {figure_text(map.low)} to {figure_text(map.high)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._map is None:
            return
        painter = QPainter(self)
        bar = QRectF(0, 0, min(self.width(), 240), 10)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        table = colourmaps.DIVERGING if self._map.signed else colourmaps.VIRIDIS
        for place in range(0, 256, 15):
            red, green, blue = (int(one) for one in table[place])
            gradient.setColorAt(place / 255, QColor(red, green, blue))
        painter.fillRect(bar, gradient)
        painter.setFont(theme().font(TEXT_SECONDARY))
        painter.setPen(colour("secondary"))
        line = QRectF(0, 12, bar.width(), 18)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, figure_text(self._map.low))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, figure_text(self._map.high))
        if self._map.signed:
            painter.drawText(line, Qt.AlignmentFlag.AlignHCenter, "0")
        painter.end()


class MapDialog(QDialog):
    """One map in a window of its own; it is gone when it is closed."""

    closed = Signal()

    def __init__(self, layer: str, map: FeatureMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = f"{layer}, all values" if map.wrapped else f"{layer}, map {map.channel}"
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.resize(540, 640)
        self.enlarged = EnlargedMap(side=400, grows=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(self.enlarged, 1)
        close = push_button("Close")
        close.clicked.connect(self.accept)
        column.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
        self.enlarged.show_map(map)
