"""About the program, and the licences of what it stands on."""

from __future__ import annotations

import importlib.metadata
import platform
from typing import Final

from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from gui.dialogs.frame import Dialog
from gui.widgets.buttons import push_button
from gui.widgets.labels import Heading, PlainLabel

LIBRARIES: Final = (
    ("TensorFlow", "tensorflow", "Apache-2.0"),
    ("Keras", "keras", "Apache-2.0"),
    ("Qt for Python", "pyside6-essentials", "LGPL-3.0"),
    ("PyQtGraph", "pyqtgraph", "MIT"),
    ("NumPy", "numpy", "BSD-3-Clause"),
    ("Pillow", "pillow", "MIT-CMU"),
    ("simplejpeg", "simplejpeg", "MIT"),
    ("pydantic", "pydantic", "MIT"),
    ("platformdirs", "platformdirs", "MIT"),
    ("psutil", "psutil", "BSD-3-Clause"),
    ("cyclopts", "cyclopts", "Apache-2.0"),
    ("Rich", "rich", "MIT"),
    ("h5py", "h5py", "BSD-3-Clause"),
    ("Protocol Buffers", "protobuf", "BSD-3-Clause"),
    ("gRPC", "grpcio", "Apache-2.0"),
)
"""Name, distribution and licence of each library, as their own files state it."""


class AboutDialog(Dialog):
    """Version, licence and libraries."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__("About Convoscope", parent)
        self.setMinimumWidth(480)
        self.body.addWidget(
            PlainLabel(
                "Build a convolutional network layer by layer, train it on your own images, and see inside it. "
                "Everything happens on this computer; nothing is sent anywhere.",
                wrap=True,
            )
        )
        self.body.addWidget(PlainLabel("Convoscope is free software under the Apache License 2.0.", wrap=True))
        self.body.addWidget(PlainLabel(f"Python {platform.python_version()}", role="quiet"))
        self.body.addWidget(Heading("Libraries and their licences"))
        self.body.addWidget(_table())
        close = self.add_button(push_button("Close", primary=True))
        close.clicked.connect(self.accept)


def _table() -> QTableWidget:
    table = QTableWidget(len(LIBRARIES), 3)
    table.setAccessibleName("Libraries and their licences")
    table.setHorizontalHeaderLabels(["Library", "Version", "Licence"])
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.setMinimumHeight(240)
    for row, (name, distribution, licence) in enumerate(LIBRARIES):
        for column, text in enumerate((name, _version(distribution), licence)):
            table.setItem(row, column, QTableWidgetItem(text))
    return table


def _version(distribution: str) -> str:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"
