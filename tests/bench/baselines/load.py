"""The other side of tests/bench/load.py: Keras reads a folder of images, once through."""

import json
import sys
import time

import keras
import numpy as np

FOLDER, SIDE = sys.argv[1], int(sys.argv[2])

started = time.perf_counter()
dataset = keras.utils.image_dataset_from_directory(FOLDER, image_size=(SIDE, SIDE), verbose=False)
images, total = 0, 0.0
for batch, labels in dataset:
    images += len(labels)
    total += float(np.sum(batch.numpy(), dtype=np.float64))
seconds = time.perf_counter() - started
mean = total / (images * SIDE * SIDE * 3)
print(json.dumps({"images_per_second": images / seconds, "images": images, "seconds": seconds, "mean": mean}))
