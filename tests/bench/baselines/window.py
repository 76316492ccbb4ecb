"""The other side of tests/bench/window.py: a process that only shows a main window with one pyqtgraph plot."""

import json
import os
import time

import pyqtgraph as pg
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


class Plot(pg.PlotWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        # The whole window is painted in one go; the loop comes back after that.
        QTimer.singleShot(0, say)


def say():
    print(json.dumps({"painted_at": time.time(), "size": window.size().toTuple()}), flush=True)
    os._exit(0)


app = QApplication([])
window = QMainWindow()
plot = Plot()
plot.plot([2.3, 1.9, 1.5, 1.2, 1.1])
window.setCentralWidget(plot)
window.resize(1440, 900)
window.show()
app.exec()
