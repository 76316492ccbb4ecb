"""Every item model through Qt's own tester, empty and filled, and what its rows say."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from engine.data.dataset import Unreadable
from engine.inspection.results import Classified, Prediction
from engine.runs.records import State
from gui.models.classes import ClassModel
from gui.models.feature_maps import FeatureMapModel, FeatureMaps
from gui.models.run_layers import RunLayersModel
from gui.models.run_table import RunTableModel, SortedRuns, when
from gui.models.seen_images import ClassifiedModel, SeenModel
from gui.models.thumbnails import ThumbnailModel, class_counts
from gui.models.unreadable import UnreadableModel
from tests.gui.pages.fakes import CLASSES, dataset, network, summary

HOSTILE = "<img src='/etc/hostname'>\u202ename"
ROLES = Qt.ItemDataRole


def columns(model: Any) -> int:
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount()


def fill_classes(model: Any) -> None:
    model.set_classes(["cat", HOSTILE], [(3, 1, 1), (6, 2, 2)])


def fill_thumbnails(model: Any) -> None:
    model.set_dataset(dataset())


def fill_maps(model: Any) -> None:
    model.set_maps(FeatureMaps(np.ones((3, 3, 5), dtype=np.float32)))


def fill_layers(model: Any) -> None:
    model.set_network(network())


def fill_seen(model: Any) -> None:
    model.set_names(["a.png", HOSTILE])
    model.set_seen(0, QImage(2, 2, QImage.Format.Format_RGB888), "cat")


def fill_classified(model: Any) -> None:
    model.add([Classified(HOSTILE, (Prediction("cat", 0.9), Prediction("dog", 0.1)))])
    model.add([Classified("b.png", (Prediction("cat", 1.0),))])


def fill_unreadable(model: Any) -> None:
    model.set_files([Unreadable(HOSTILE, "It is a text file.")])


def fill_runs(model: Any) -> None:
    model.set_runs([summary(1)])
    model.set_runs([summary(1), summary(2)])
    model.set_runs([summary(2)])
    model.set_runs([summary(5), summary(2)])


FILLED = [
    (ClassModel, fill_classes, 3),
    (ThumbnailModel, fill_thumbnails, 30),
    (FeatureMapModel, fill_maps, 5),
    (RunLayersModel, fill_layers, len(network().layers) + 1),
    (SeenModel, fill_seen, 2),
    (ClassifiedModel, fill_classified, 2),
    (UnreadableModel, fill_unreadable, 1),
    (RunTableModel, fill_runs, 2),
]


@pytest.mark.parametrize(("kind", "fill", "rows"), FILLED, ids=[kind.__name__ for kind, _, _ in FILLED])
def test_qt_finds_no_fault_in_a_model_empty_filling_and_filled(
    qapp: QApplication, kind: Any, fill: Any, rows: int
) -> None:
    model = kind()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.rowCount() == 0
    fill(model)
    assert model.rowCount() == rows
    for row in range(rows):
        for column in range(columns(model)):
            index = model.index(row, column)
            text = index.data(ROLES.DisplayRole)
            assert isinstance(text, str)
            assert "\u202e" not in text
            assert "<img" not in (index.data(ROLES.ToolTipRole) or "")


def test_class_counts_are_those_of_the_parts() -> None:
    found = dataset(30)
    assert class_counts(found) == [tuple(found.count(label, part) for part in range(3)) for label in range(3)]


def test_the_first_row_of_the_classes_is_all_of_them(qapp: QApplication) -> None:
    model = ClassModel()
    model.set_classes(CLASSES, [(3, 1, 1), (6, 2, 2), (0, 0, 1)])
    assert model.index(0).data(ClassModel.COUNTS) == (9, 3, 4)
    assert model.label(model.index(0)) is None
    assert model.label(model.index(2)) == 1
    assert "6 for training" in model.index(2).data(ROLES.AccessibleTextRole)


def test_signed_maps_have_zero_in_the_middle_and_others_start_at_their_lowest() -> None:
    values = np.zeros((2, 2, 1), dtype=np.float32)
    values[0, 0, 0] = -3.0
    values[1, 1, 0] = 1.0
    signed = FeatureMaps(values)
    assert (signed.low, signed.high, signed.signed) == (-3.0, 3.0, True)
    middle = signed.map(0).image().pixelColor(1, 0)
    assert middle.lightness() > 235
    plain = FeatureMaps(values + 5)
    assert (plain.low, plain.high, plain.signed) == (2.0, 6.0, False)


def test_each_map_can_have_its_own_scale() -> None:
    values = np.stack([np.full((2, 2), 1.0), [[0.0, 10.0], [0.0, 0.0]]], axis=-1).astype(np.float32)
    assert FeatureMaps(values).map(0).high == 10.0
    assert FeatureMaps(values, each=True).map(0).high == 2.0


def test_a_table_is_one_map() -> None:
    maps = FeatureMaps(np.arange(6, dtype=np.float32).reshape(2, 3))
    assert (len(maps), maps.size) == (1, (2, 3))
    assert maps.map(0).where(1, 2) == "row 1, column 2: 5"
    assert maps.sentence().startswith("1 map of 2 × 3")


def test_a_row_of_values_is_wrapped_into_one_map() -> None:
    maps = FeatureMaps(np.arange(23, dtype=np.float32))
    assert len(maps) == 1
    map = maps.map(0)
    assert map.where(1, 2) == "value 12: 12"
    assert map.where(*(side - 1 for side in map.values.shape)) == ""
    assert maps.sentence() == "23 values, one for each feature, values from 0.00 to 22.00."


def test_maps_that_are_zero_everywhere_are_counted() -> None:
    values = np.zeros((2, 2, 3), dtype=np.float32)
    values[0, 0, 1] = 1.0
    assert FeatureMaps(values).sentence() == "3 maps of 2 × 2, values from 0.00 to 1.00; 2 maps zero everywhere."


def test_values_that_are_no_numbers_can_be_drawn() -> None:
    values = np.full((2, 2, 1), np.nan, dtype=np.float32)
    assert not FeatureMaps(values).map(0).image().isNull()


def test_runs_sort_by_what_figures_are_and_not_by_how_they_are_written(qapp: QApplication) -> None:
    model = RunTableModel()
    ordered = SortedRuns(model)
    model.set_runs([summary(1, epochs=9), summary(2, epochs=10), summary(3, epochs=100)])
    titles = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(columns(model))]
    ordered.sort(titles.index("Epochs"), Qt.SortOrder.DescendingOrder)
    assert [ordered.index(row, 0).data() for row in range(3)] == ["run-003", "run-002", "run-001"]


def test_a_run_that_goes_on_keeps_its_row(qapp: QApplication) -> None:
    model = RunTableModel()
    model.set_runs([summary(1), summary(2, state=State.RUNNING)])
    resets: list[Any] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.set_runs([summary(1), summary(2), summary(3)])
    assert resets == []
    assert model.index(1, 1).data() == "completed"


def test_a_time_that_is_none_is_shown_as_it_is() -> None:
    assert when("long ago") == "long ago"
    assert "Nov" in when("2026-11-23T08:01:00+00:00")


def test_a_block_is_chosen_by_what_leaves_it(qapp: QApplication) -> None:
    model = RunLayersModel()
    model.set_network(network())
    assert model.row_of("input") == 0
    assert model.row_of("layer_002") == 2
    assert model.row_of("layer_999") == -1
    assert model.row_of("") == -1
