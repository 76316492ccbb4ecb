"""The other side of tests/bench/browse.py: a bare QListView in icon mode, whose pictures are in memory."""

import json
import os
import sys
import time

import numpy as np
from PySide6.QtCore import QAbstractListModel, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QListView, QMainWindow

seconds, count = float(sys.argv[1]), int(sys.argv[2])
app, gaps, last, step = QApplication([]), [], [time.perf_counter()], [0]
pixels = np.random.default_rng(0).integers(0, 255, (200, 64, 64, 3), dtype=np.uint8)
pictures = [QPixmap.fromImage(QImage(one.data, 64, 64, 192, QImage.Format.Format_RGB888).copy()) for one in pixels]


class Images(QAbstractListModel):
    def rowCount(self, parent=None):
        return count

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        if role == Qt.ItemDataRole.DecorationRole:
            return pictures[index.row() % 200]
        return "circle" if role == Qt.ItemDataRole.DisplayRole else None


def tick():
    now = time.perf_counter()
    gaps.append((now - last[0]) * 1000)
    last[0] = now


def scroll():
    bar, gait, within = view.verticalScrollBar(), step[0] // 120 % 3, step[0] % 120
    start = bar.maximum() * (step[0] // 360 % 7) // 7
    by = (bar.pageStep() // 40 * within, bar.pageStep() * within, bar.maximum() // 150 * within)[gait]
    bar.setValue((start + by) % max(1, bar.maximum()))
    step[0] += 1


window, view, model, ticker, mover = QMainWindow(), QListView(), Images(), QTimer(), QTimer()
view.setViewMode(QListView.ViewMode.IconMode), view.setUniformItemSizes(True), view.setGridSize(QSize(76, 92))
view.setModel(model), window.setCentralWidget(view), window.resize(600, 700), window.show()
ticker.setTimerType(Qt.TimerType.PreciseTimer)
for timer, call, interval in ((ticker, tick, 5), (mover, scroll, 16)):
    timer.timeout.connect(call)
    timer.start(interval)
QTimer.singleShot(int(seconds * 1000), app.quit)
app.exec()
p50, p99, longest = (round(float(one), 1) for one in np.percentile(gaps, [50, 99, 100]))
print(json.dumps({"p50": p50, "p99": p99, "max": longest, "ticks": len(gaps), "steps": step[0]}), flush=True)
os._exit(0)
