"""TensorFlow is set up once in a process; what it was set to is known."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from engine import process


def test_the_environment_says_what_decides_the_bits() -> None:
    found = process.environment()
    assert set(found) == {
        *("python", "tensorflow", "keras", "numpy", "system", "machine", "processor", "threads", "onednn"),
        "determinism",
    }
    assert json.loads(json.dumps(found)) == found
    assert str(found["tensorflow"]).startswith("2.")


def test_cores_are_those_that_the_process_may_use() -> None:
    assert 1 <= process.cores() <= (os.cpu_count() or 1)


def test_preparing_again_says_where_the_threads_are_others() -> None:
    process.prepare()
    threads = int(process.environment()["threads"])
    assert process.ready()
    assert process.prepare() == process.prepare(threads) == ""
    assert process.prepare(threads + 1) == (
        f"This process computes with {threads} threads and {threads + 1} were planned: "
        "the figures may differ in their last digits."
    )


@pytest.mark.slow
def test_a_fresh_process_computes_as_it_was_told_whatever_the_users_keras_settings_say(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    keras_home = tmp_path_factory.mktemp("keras")
    (keras_home / "keras.json").write_text(
        '{"floatx": "float16", "epsilon": 1e-07, "backend": "jax", "image_data_format": "channels_first"}'
    )
    program = (
        "from engine import process\nassert process.prepare(1) == ''\n"
        "import keras, tensorflow as tf\n"
        "print(keras.config.floatx(), keras.config.backend(), keras.config.image_data_format(),"
        " tf.config.threading.get_intra_op_parallelism_threads())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "KERAS_HOME": str(keras_home)},
    )
    assert done.stdout.split() == ["float32", "tensorflow", "channels_last", "1"]
