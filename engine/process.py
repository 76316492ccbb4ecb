"""TensorFlow in this process: set up once, before the first operation, in the same way on every route.

Thread count, oneDNN and determinism belong to a process and change the bits that training gives
(`Plan.threads` names the count that a run was planned with).
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import threading
from pathlib import Path

_lock = threading.Lock()
_threads = 0


def cores() -> int:
    """CPU cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux tells
        return os.cpu_count() or 1


def ready() -> bool:
    """Whether TensorFlow is loaded, so that `prepare` takes no seconds."""
    return bool(_threads)


def prepare(threads: int = 0) -> str:
    """Import TensorFlow (5 to 7 s the first time) and fix how this process computes.

    Args:
        threads: CPU threads for one operation; 0 takes what the process has, or all cores.

    Returns:
        "" or, where the process already computes with another number of threads, a sentence that says so.
    """
    global _threads
    with _lock:
        if not _threads:
            _threads = _set_up(threads or cores())
        if threads in (0, _threads):
            return ""
        return (
            f"This process computes with {_threads} threads and {threads} were planned: "
            "the figures may differ in their last digits."
        )


def _set_up(threads: int) -> int:
    """Import and configure TensorFlow; return the number of threads it will use."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # its banner is no news to the user
    os.environ["KERAS_BACKEND"] = "tensorflow"
    # A user's own ~/.keras/keras.json must not reach into the program.
    import keras
    import tensorflow as tf

    keras.config.set_floatx("float32")
    keras.config.set_image_data_format("channels_last")
    tf.config.experimental.enable_op_determinism()
    try:
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(threads)
    except RuntimeError:  # somebody has computed already: the count is fixed
        return tf.config.threading.get_intra_op_parallelism_threads() or cores()
    return threads


def environment() -> dict[str, str | int | bool]:
    """What besides the plan decides the bits of a run: versions, processor, threads, oneDNN."""
    versions = {name: importlib.metadata.version(name) for name in ("tensorflow", "keras", "numpy")}
    return {
        "python": platform.python_version(),
        **versions,
        "system": platform.system(),
        "machine": platform.machine(),
        "processor": _processor(),
        "threads": _threads or cores(),
        "onednn": os.environ.get("TF_ENABLE_ONEDNN_OPTS", "default"),
        "determinism": True,
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
