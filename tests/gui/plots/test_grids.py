import time
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractListModel, QSize, Qt

from gui.models.feature_maps import FeatureMaps
from gui.plots.grid_view import GridView
from gui.plots.map_grid import MapView


class Numbers(QAbstractListModel):
    def __init__(self, count: Any) -> None:
        super().__init__()
        self.count: int = count
        self.asked: set[int] = set()

    def rowCount(self, parent: Any = None) -> int:
        return self.count

    def data(self, index: Any, role: Any = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            self.asked.add(index.row())
            return str(index.row())
        return None


def shown(qtbot: Any, count: Any) -> Any:
    view = GridView(QSize(50, 40))
    qtbot.addWidget(view)
    model = Numbers(count)
    view.setModel(model)
    view.resize(260, 200)
    with qtbot.waitExposed(view):
        view.show()
    return view, model


def test_only_what_is_in_view_of_a_hundred_thousand_is_asked_for(qtbot: Any) -> None:
    view, model = shown(qtbot, 100_000)
    view.grab()
    assert len(model.asked) < 60
    bar = view.verticalScrollBar()
    started = time.perf_counter()
    bar.setValue(bar.maximum())
    view.grab()
    assert time.perf_counter() - started < 0.1
    assert 99_999 in model.asked
    assert len(model.asked) < 120


def test_a_point_and_its_cell_agree(qtbot: Any) -> None:
    view, model = shown(qtbot, 500)
    for row in (0, 4, 5, 17):
        index = model.index(row)
        assert view.indexAt(view.visualRect(index).center()) == index
    assert not view.indexAt(view.rect().bottomRight() * 3).isValid()


def test_keys_move_through_the_grid(qtbot: Any) -> None:
    view, _ = shown(qtbot, 50)
    columns = view.columns()
    keys = Qt.Key
    places: list[Any] = []
    for key in (keys.Key_Home, keys.Key_Right, keys.Key_Down, keys.Key_Left, keys.Key_Up, keys.Key_Up, keys.Key_End):
        qtbot.keyClick(view, key)
        places.append(view.currentIndex().row())
    assert places == [0, 1, 1 + columns, columns, 0, 0, 49]
    qtbot.keyClick(view, keys.Key_Down)
    assert view.currentIndex().row() == 49


def test_return_and_space_activate(qtbot: Any) -> None:
    view, model = shown(qtbot, 5)
    view.setCurrentIndex(model.index(2))
    with qtbot.waitSignal(view.activated) as signal:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert signal.args[0].row() == 2
    with qtbot.waitSignal(view.activated):
        qtbot.keyClick(view, Qt.Key.Key_Space)


def test_a_choice_far_below_is_scrolled_into_view(qtbot: Any) -> None:
    view, model = shown(qtbot, 1_000)
    view.setCurrentIndex(model.index(777))
    assert view.viewport().rect().contains(view.visualRect(model.index(777)))


def test_the_cursor_on_a_map_tells_the_exact_value(qtbot: Any) -> None:
    values = np.zeros((4, 5, 2), dtype=np.float32)
    values[2, 3, 1] = 1.03631
    view = MapView()
    qtbot.addWidget(view)
    view.resize(200, 200)
    said: list[Any] = []
    view.pointed.connect(said.append)
    view.show_map(FeatureMaps(values).map(1))
    for key in (
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
        Qt.Key.Key_Down,
        Qt.Key.Key_Down,
    ):
        qtbot.keyClick(view, key)
    assert said[-1] == "row 2, column 3: 1.03631"
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert said[-1] == "row 2, column 2: 0"
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.accessibleDescription() == said[-1]


def test_the_mouse_on_a_map_tells_the_same(qtbot: Any) -> None:
    values = np.arange(4, dtype=np.float32).reshape(2, 2, 1)
    view = MapView()
    qtbot.addWidget(view)
    view.resize(104, 104)
    view.show_map(FeatureMaps(values).map(0))
    with qtbot.waitExposed(view):
        view.show()
    with qtbot.waitSignal(view.pointed) as signal:
        qtbot.mouseMove(view, view.rect().center() + view.rect().bottomRight() / 4)
    assert signal.args == ["row 1, column 1: 3"]
