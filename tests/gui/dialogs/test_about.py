import importlib.metadata
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidget

from gui.dialogs import about
from gui.dialogs.about import LIBRARIES, AboutDialog
from tests.gui.conftest import by_name

PYPROJECT = Path(__file__).parents[3] / "pyproject.toml"
COPYLEFT = {"GPL-2.0", "GPL-3.0", "AGPL-3.0"}


def rows(dialog: AboutDialog) -> list[tuple[str, ...]]:
    table = by_name(dialog, "Libraries and their licences", QTableWidget)
    cells = [[table.item(row, column) for column in range(3)] for row in range(table.rowCount())]
    return [tuple(cell.text() if cell is not None else "" for cell in row) for row in cells]


@pytest.fixture
def dialog(qtbot: Any) -> AboutDialog:
    made = AboutDialog(None)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.open()
    return made


def test_every_library_stands_there_with_the_version_in_use(dialog: AboutDialog) -> None:
    shown = {name: (version, licence) for name, version, licence in rows(dialog)}
    assert shown["Qt for Python"] == (importlib.metadata.version("pyside6-essentials"), "LGPL-3.0")
    assert len(shown) == len(LIBRARIES)
    assert not COPYLEFT & {licence for _, licence in shown.values()}


def test_every_library_the_program_asks_for_is_named() -> None:
    project = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]
    asked = {re.split(r"[<>=!~\[; ]", line)[0] for line in project["dependencies"]}
    assert asked - {distribution for _, distribution, _ in LIBRARIES} == set()


def test_a_library_that_is_not_installed_is_no_reason_to_fail(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(about, "LIBRARIES", (("Nothing", "no-such-distribution", "MIT"),))
    dialog = AboutDialog(None)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    assert rows(dialog) == [("Nothing", "not installed", "MIT")]
