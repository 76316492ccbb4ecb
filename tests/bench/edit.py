"""Editing: how long it takes to know everything again after one edit in a stack of 200 layers.

There is no other side: the figure is a time, and the reach is a screen's 16 ms. Measured is what the window asks for
after every keystroke: the edited network, its shapes, costs, problems and advice, the memory that training takes, and
the remedies of each problem that the edit made (`broken_ms` is the median of those edits alone). Keras may not be
imported on that way; the bench says whether it was.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Callable

from engine.analysis import analyse
from engine.costs import training_bytes
from engine.layers import layer_type
from engine.layers.input import Input
from engine.network import Network
from engine.recipe import Recipe
from engine.remedies import remedies
from tests.bench.measuring import REPEATS, Figures, in_process, machine

LAYERS, EDITS, SEED, CLASSES = 200, 300, 7, 10


def run(repeats: int = REPEATS) -> Figures:
    """So many processes one after the other; the median of their medians."""
    found = [in_process("-m", "tests.bench.edit", str(SEED + repeat)) for repeat in range(repeats)]
    for number, one in enumerate(found, 1):
        print(f"{number}/{repeats} {json.dumps(one)}", file=sys.stderr, flush=True)
    return {
        "name": "edit",
        "median_ms": statistics.median(one["median_ms"] for one in found),
        "p95_ms": statistics.median(one["p95_ms"] for one in found),
        "broken_ms": statistics.median(one["broken_ms"] for one in found),
        "keras_imported": any(one["keras_imported"] for one in found),
        "layers": LAYERS,
        "edits": EDITS,
        "to_reach": "median_ms under 16, keras_imported false",
        "repeats": found,
        "machine": machine(),
    }


def measure(seed: int, edits: int = EDITS) -> Figures:
    """Random edits one after the other, in this process."""
    random_edit = _editor(random.Random(seed))
    network, recipe = _stack(), Recipe()
    analyse(network, CLASSES)
    times: list[float] = []
    broken: list[float] = []
    for _ in range(edits):
        started = time.perf_counter()
        after = random_edit(network)
        found = analyse(after, CLASSES)
        training_bytes(found, recipe)
        for problem in found.problems:
            remedies(after, found, problem, CLASSES)
        seconds = time.perf_counter() - started
        times.append(seconds)
        if found.problems:
            broken.append(seconds)  # and the person takes it back
        else:
            network = after
    return {
        "median_ms": 1e3 * statistics.median(times),
        "p95_ms": 1e3 * statistics.quantiles(times, n=20)[-1],
        "broken_ms": 1e3 * statistics.median(broken) if broken else 0.0,
        "broken": len(broken),
        "keras_imported": "keras" in sys.modules or "tensorflow" in sys.modules,
    }


def _stack() -> Network:
    """A network of LAYERS layers, of which every third is a convolution."""
    three = [
        layer_type(kind).from_json(values)
        for kind, values in (("Conv2D", {"filters": 8, "padding": "same"}), ("BatchNormalization", {}), ("ReLU", {}))
    ]
    end = [layer_type("GlobalAveragePooling2D")(), layer_type("Dense").from_json({"units": CLASSES})]
    middle = (LAYERS - 3) // 3
    types = [layer_type("Rescaling")(), *three * middle]
    types += [layer_type("ReLU")()] * (LAYERS - len(types) - len(end))
    return Network.of(Input(64, 64), [*types, *end])


def _editor(chance: random.Random) -> Callable[[Network], Network]:
    """What a person does: mostly settings, at times a layer more or less; now and then something that breaks."""

    def edited(network: Network) -> Network:
        place = chance.randrange(1, len(network.layers) - 2)
        layer = network.layers[place]
        kind = chance.random()
        if layer.type.kind == "Conv2D" and kind < 0.1:
            return network.set_type(layer.id, layer.type.changed(kernel_size=(99, 99), padding="valid"))
        if layer.type.kind == "Conv2D":
            return network.set_type(layer.id, layer.type.changed(filters=chance.randrange(1, 64)))
        if kind < 0.4:
            return network.set_enabled(layer.id, not layer.enabled)
        if kind < 0.6:
            return network.moved(layer.id, chance.randrange(1, len(network.layers) - 2))
        if kind < 0.8:
            return network.removed([layer.id]).added(layer_type("Dropout")(), place)
        return network.renamed(layer.id, f"layer {chance.randrange(1000)}")

    return edited


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
