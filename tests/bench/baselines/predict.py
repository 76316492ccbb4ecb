"""`model.predict` on the network and the weights of tests/bench/predict.py: one image, and 2,000."""

import json
import statistics
import sys
import time

import keras
import numpy as np

ROUNDS = 5

data = np.load(sys.argv[1])
images, labels = data["images"].astype("float32"), data["labels"]

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
model.set_weights([data[f"weight_{number}"] for number in range(len(model.weights))])


def seconds(inputs, rounds):
    model.predict(inputs, verbose=0)
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        answers = model.predict(inputs, verbose=0)
        times.append(time.perf_counter() - started)
    return statistics.median(times), answers


one, _ = seconds(images[:1], 4 * ROUNDS)
many, answers = seconds(images, ROUNDS)
loss = -np.log(np.clip(answers[np.arange(len(labels)), labels], 1e-7, 1)).mean()
print(
    json.dumps(
        {
            "one_ms": 1000 * one,
            "images_per_second": len(images) / many,
            "images": len(answers),
            "final_loss": float(loss),
        }
    )
)
