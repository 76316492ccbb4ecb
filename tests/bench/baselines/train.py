"""A bare Keras `fit` of the network that tests/bench/train.py trains, on the same images in the same batches."""

import json
import sys
import time

import keras
import numpy as np

IMAGES, BATCH, EPOCHS = (int(one) for one in sys.argv[1:4])

random = np.random.default_rng(0)
labels = random.integers(0, 10, IMAGES)
images = random.integers(0, 128, (IMAGES, 32, 32, 3), dtype=np.uint8)
images[np.arange(IMAGES), labels * 3] += 20

layers = keras.layers
model = keras.Sequential(
    [
        keras.Input((32, 32, 3)),
        layers.Rescaling(1 / 255),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(2),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(512, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ]
)
# Without jit_compile=False Keras compiles for XLA, which on a CPU takes about twice as long.
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"], jit_compile=False)

ends: list[float] = []
clock = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: ends.append(time.perf_counter()))
history = model.fit(
    images.astype("float32"), np.eye(10, dtype="float32")[labels], BATCH, EPOCHS, verbose=0, callbacks=[clock]
)
counted = IMAGES * (EPOCHS - 1)
print(
    json.dumps(
        {
            "images_per_second": counted / (ends[-1] - ends[0]),
            "images": counted,
            "final_loss": history.history["loss"][-1],
        }
    )
)
