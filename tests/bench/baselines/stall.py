"""The other side of tests/bench/stall.py: a window with one plot, whose process trains with `fit` on a thread."""

import json
import os
import sys
import threading
import time

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

gaps, losses, phases, last = [], [], {}, [time.perf_counter()]


def train():
    import keras

    layers = keras.layers
    first = [keras.Input((32, 32, 3)), layers.Rescaling(1 / 255), layers.Conv2D(32, 3), layers.MaxPooling2D(2)]
    model = keras.Sequential([*first, layers.Conv2D(64, 3), layers.Flatten(), layers.Dense(6, "softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", jit_compile=False)
    images = np.random.default_rng(0).integers(0, 255, (4000, 32, 32, 3)).astype("float32")
    told = keras.callbacks.LambdaCallback(on_train_batch_end=lambda batch, logs: losses.append(logs["loss"]))
    model.fit(images, np.arange(4000) % 6, 32, 10_000, verbose=0, callbacks=[told])


def tick():
    now = time.perf_counter()
    gaps.append((now - last[0]) * 1000)
    last[0] = now


def draw():
    curve.setData(losses)
    if losses and "warm_up" not in phases:
        end("warm_up")
        QTimer.singleShot(int(float(sys.argv[1]) * 1000), lambda: (end("training"), app.quit()))


def end(phase):
    p50, p99, longest = (round(float(one), 1) for one in np.percentile(gaps, [50, 99, 100]))
    phases[phase] = {"p50": p50, "p99": p99, "max": longest, "ticks": len(gaps)}
    gaps.clear()


app, window, plot, ticker, drawer = QApplication([]), QMainWindow(), pg.PlotWidget(), QTimer(), QTimer()
curve = plot.plot()
window.setCentralWidget(plot)
window.resize(1440, 900), window.show()
ticker.setTimerType(Qt.TimerType.PreciseTimer)
for timer, call, interval in ((ticker, tick, 5), (drawer, draw, 100)):
    timer.timeout.connect(call)
    timer.start(interval)
QTimer.singleShot(0, threading.Thread(target=train, daemon=True).start)
app.exec()
print(json.dumps({**phases, "final_loss": losses[-1], "images": 32 * len(losses)}), flush=True)
os._exit(0)
