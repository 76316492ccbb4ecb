from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.code.faults import CodeFault
from engine.code.reading import read_layers, read_network
from engine.code.stack import network_code
from engine.layers import LayerType
from engine.layers.activation import Activation
from engine.layers.batch_normalization import BatchNormalization
from engine.layers.branches import Branches
from engine.layers.conv2d import Conv2D
from engine.layers.conv_bn_activation import ConvBNActivation
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.leaky_relu import LeakyReLU
from engine.layers.max_pooling2d import MaxPooling2D
from engine.layers.rescaling import Rescaling
from engine.layers.residual import Residual
from engine.network import Network

IMAGE = Input(28, 28, "grayscale")
BASE = Network.of(IMAGE, [Conv2D(8), MaxPooling2D(), Flatten(), Dense(10)])
DAMAGED = network_code(Network.of(IMAGE, [ConvBNActivation(8, strides=(2, 2)), Residual(8), Flatten(), Dense(10)])).text
PASTED = (Conv2D(32, activation="relu"), MaxPooling2D(), Flatten(), Dense(10, activation="softmax"))


def types(text: str) -> tuple[LayerType, ...]:
    return tuple(one.type for one in read_layers(text).layers)


def build(*lines: str) -> str:
    return "\n".join(["def build_network():", *(f"    {one}" for one in lines)])


@pytest.mark.parametrize(
    "text",
    [
        """
from tensorflow import keras
from tensorflow.keras import layers

num_classes = 10
input_shape = (28, 28, 1)

model = keras.Sequential(
    [
        keras.Input(shape=input_shape),
        layers.Conv2D(32, kernel_size=(3, 3), activation="relu"),
        layers.MaxPooling2D(pool_size=(2, 2)),
        layers.Flatten(),
        layers.Dense(num_classes, activation="softmax"),
    ]
)
model.summary()
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
history = model.fit(x_train, y_train, batch_size=128)
""",
        """
import tensorflow as tf
model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Convolution2D(32, 3, 1, 'valid', activation=tf.nn.relu, input_shape=(28, 28, 1)))
model.add(tf.keras.layers.MaxPool2D())
model.add(tf.keras.layers.Flatten(data_format=None))
model.add(tf.keras.layers.Dense(units=5 * 2, activation=tf.keras.activations.softmax, dtype="float32"))
print(model)
""",
        """
from keras.layers import Conv2D as C, MaxPooling2D, Dense, Flatten, Input
from keras.models import Model, Sequential
def make():
    seen = Input((28, 28, 1))
    x = C(32, [3, 3], activation="relu")(seen)
    x = MaxPooling2D(strides=None)(x)
    return Model(inputs=seen, outputs=Dense(10, "softmax")(Flatten()(x)))
""",
        """
    inputs = keras.Input(shape=(28, 28, 1))
    x = layers.Conv2D(32, 3, activation="relu")(inputs)
    x = layers.MaxPooling2D()(x)
    flatten = layers.Flatten()
    x = flatten(x)
    x = layers.Dense(10, activation="softmax")(x)
""",
    ],
)
def test_code_from_anywhere_becomes_layers(text: str) -> None:
    assert types(text) == PASTED
    assert read_layers(text).input == IMAGE


@pytest.mark.parametrize(
    "text",
    [
        "layers.Flatten(),\nlayers.Dense(10),",
        "[layers.Flatten(), layers.Dense(10)]",
        "y = layers.Flatten()(x)\ny = layers.Dense(10)(y)",
        "Flatten()\nDense(10)",
        "    layers.Flatten(),\n    layers.Dense(10),",
        "keras.Sequential([keras.Sequential([layers.Flatten()]), layers.Dense(10)])",
    ],
)
def test_a_part_of_a_network_becomes_layers(text: str) -> None:
    assert types(text) == (Flatten(), Dense(10))
    assert read_layers(text).input is None


def test_numbers_may_be_computed() -> None:
    assert types("layers.Rescaling(1./255, offset=-(2 - 1))") == (Rescaling(1 / 255, -1.0),)
    assert types("n = 8\nlayers.Dense(n * 2 // 3 + n % 3, name=f'dense_{n}')") == (Dense(7),)


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("LeakyReLU(alpha=0.2)", LeakyReLU(0.2)),
        ("layers.BatchNormalization(axis=3)", BatchNormalization()),
        ("layers.MaxPool2D(padding='SAME')", MaxPooling2D(padding="same")),
        ("tf.keras.layers.experimental.preprocessing.Rescaling(1./255)", Rescaling()),
        ("layers.Dropout(0.5, seed=42)", Dropout(0.5)),
    ],
)
def test_older_ways_of_writing_are_understood(text: str, type: LayerType) -> None:
    assert types(text) == (type,)


def test_objects_stand_for_settings() -> None:
    text = """layers.Dense(3, kernel_initializer=keras.initializers.HeNormal(seed=1),
        bias_initializer=tf.keras.initializers.Constant(value=0.5), kernel_regularizer=regularizers.l2(1e-4),
        bias_constraint=keras.constraints.NonNeg())"""
    dense = Dense(
        3,
        kernel_initializer="he_normal",
        bias_initializer="constant(0.5)",
        kernel_regularizer="l2(0.0001)",
        bias_constraint="non_neg",
    )
    assert types(text) == (dense,)


def test_ids_labels_and_layers_that_are_switched_off_are_kept() -> None:
    base = BASE.renamed("layer_004", "out").set_enabled("layer_002", False)
    edited = network_code(base).text.replace("layers.Conv2D(8", "layers.Conv2D(16")
    found = read_network(edited, base).network
    assert found == base.set_type("layer_001", Conv2D(16))


def test_new_layers_get_new_ids_and_odd_names_become_labels() -> None:
    new = ("layers.Dropout(0.5)", 'layers.Flatten(name="Größe <b>")', 'layers.Flatten(name="layer_001")')
    old = 'layers.Flatten(name="layer_003")'
    text = network_code(BASE).text.replace(old, ", ".join(new))
    found = read_network(text, BASE).network
    assert [(one.id, one.label) for one in found.layers] == [
        ("layer_001", ""),
        ("layer_002", ""),
        ("layer_005", ""),
        ("layer_006", "Größe <b>"),
        ("layer_007", ""),
        ("layer_004", ""),
    ]
    assert found.next_number == 8


def test_of_a_script_only_the_network_is_read() -> None:
    text = f"import os\nos.system('rm')\nfor i in range(3):\n    pass\n{network_code(BASE).text}\nopen('x')\n"
    found = read_network(text, BASE)
    assert found.network == BASE
    (line,) = found.lines.lines_of("layer_003")
    assert "Flatten" in text.split("\n")[line - 1]


def test_a_function_that_was_changed_becomes_its_layers() -> None:
    network = Network.of(IMAGE, [ConvBNActivation(8), Flatten()])
    text = network_code(network).text.replace("layers.Activation(activation", 'layers.Activation("tanh"')
    found = read_network(text, network).network
    assert [one.type for one in found.layers] == [
        Conv2D(8, padding="same", use_bias=False),
        BatchNormalization(),
        Activation("tanh"),
        Flatten(),
    ]
    assert len({one.id for one in found.layers}) == 4


def test_settings_of_a_call_count_though_the_layers_of_its_function_were_others() -> None:
    network = Network.of(IMAGE, [Residual(8)])
    text = network_code(network).text.replace("filters=8", "filters=8, strides=(2, 2)")
    assert read_network(text, network).network == Network.of(IMAGE, [Residual(8, strides=(2, 2))])


def test_branches_of_ones_own_are_drawn_as_a_block() -> None:
    text = """
def fork(inputs, filters, name):
    left = layers.Conv2D(filters, 1, name=f"{name}.left")(inputs)
    right = layers.Conv2D(filters, 3, padding="same")(inputs)
    return layers.Concatenate()([left, right])

def build_network():
    inputs = keras.Input(shape=(28, 28, 1))
    x = fork(inputs, 4, name="layer_001")
    return keras.Model(inputs, layers.Flatten()(x))
"""
    (block, flatten) = read_network(text, Network(IMAGE)).network.layers
    assert isinstance(block.type, Branches)
    assert [(one.name, one.inputs) for one in block.type.inside] == [
        ("left", ("",)),
        ("conv2d", ("",)),
        ("concatenate", ("left", "conv2d")),
    ]
    assert flatten.type == Flatten()


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        (build("for i in range(3):", "    x = 1"), 2, 5, "a loop"),
        (build("import os"), 2, 5, "an import"),
        (build("while True:", "    pass"), 2, 5, "a loop"),
        (build("return keras.Sequential([layers.Dense(open('x'))])"), 2, 43, "open is not called"),
        (build("return keras.Sequential([layers.Flatten(), 3])"), 2, 48, "no layer"),
        (build("return keras.Sequential([layers.Dense(-1)])"), 2, 43, "cannot be -1"),
        (build("größe = 10; return keras.Sequential([layers.Dense(0)])"), 2, 55, "cannot be 0"),
        (build("return keras.Sequential([layers.Bidirectional(3)])"), 2, 30, "no layer type called 'Bidirectional'"),
        (build("return keras.Sequential([layers.Conv2D(3)])"), 2, 30, "not given kernel_size"),
        (build("return keras.Sequential([layers.Dense(3, units=4)])"), 2, 52, "twice"),
        (build("return keras.Sequential([layers.Dense(3, wings=4)])"), 2, 52, "cannot have wings"),
        (build("return keras.Sequential([layers.Flatten(1, 2)])"), 2, 48, "2 arguments"),
        (build("return keras.Sequential([layers.Dense(3, trainable=False)])"), 2, 56, "trainable"),
        (build('return keras.Sequential([layers.Flatten("channels_first")])'), 2, 45, "channels_first"),
        (build("return 3"), 1, 1, "returns no network"),
        (build("x = (", "return x"), 2, 9, "no Python"),
        (build("i = keras.Input((9, 9))"), 2, 21, "cannot have the shape (9, 9)"),
        (build("i = keras.Input((9, 9, 1))", "return keras.Model(i, layers.Dense(3)(i) + 1)"), 3, 27, "a number"),
        (build("return keras.Sequential([layers.Lambda(lambda x: x)])"), 2, 44, "a function without a name"),
        (build("return keras.Sequential([*x])"), 2, 30, "spread"),
        (build("return keras.Sequential([layers.Dense(**x)])"), 2, 45, "something"),
        (build("return layers.Dense(1.5)"), 2, 25, "cannot be 1.5"),
        (build("return layers.Dense(10 / 0)"), 2, 25, "computed"),
        (build("return layers.Dense(10**9)"), 2, 25, "computed"),
        ("from os import path\nlayers.Dense(3)", 1, 1, "something else than Keras"),
        ("model.add(layers.Dense(3))", 1, 1, "not called"),
        ("x = 3", 1, 1, "no layer"),
        ("", 1, 1, "no layer"),
    ],
)
def test_what_is_not_read_is_said_at_its_place(text: str, line: int, column: int, says: str) -> None:
    with pytest.raises(CodeFault) as caught:
        read_network(text, BASE)
    assert (caught.value.line, caught.value.column) == (line, column), caught.value.what
    assert caught.value.what.startswith(f"Line {line}, column {column}: ")
    assert says in caught.value.what


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (("x = layers.Flatten()(i)", "y = layers.Flatten()(i)", "return keras.Model(i, y)"), "read by none"),
        (("x = layers.Dense(2)(i)", "return keras.Model(i, layers.Add()([x, i]))"), "branches"),
        (("f = layers.Flatten()", "return keras.Model(i, f(f(i)))"), "used twice"),
        (("return keras.Model(i, layers.Flatten()(3))",), "cannot read this"),
        (("return keras.Model(i, layers.Flatten()(nothing))",), "has no value"),
        (("def f(): pass",), "a function stands here"),
        (("return keras.Model(i, layers.Flatten()(i, training=True))",), "not called"),
    ],
)
def test_a_stack_is_one_line_of_layers(lines: tuple[str, ...], says: str) -> None:
    with pytest.raises(CodeFault) as caught:
        read_network(build("i = keras.Input((9, 9, 1))", *lines), BASE)
    assert says in caught.value.what
    assert caught.value.line > 2


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000 + "]" * 10_000,
        "[" * 150 + "]" * 150,
        "layers.Dense(" + "-" * 10_000 + "1)",
        "layers.Dense(" + "-" * 100 + "1)",
        "layers.Dense(1" + " + 1" * 10_000 + ")",
        "f(" * 100 + ")" * 100,
        "a" + ".b" * 10_000,
        "layers.Dense(" + "9" * 10_000 + ")",
        "layers.Dense(10" + " * 9" * 50 + ")",
        "x" * 2_000_000,
        "\0",
        "\ud800",
        "'" * 3,
        "\\",
        "\x0c\x0c",
        "layers.Dense(1)\n" * 1_001,
        "def a(x):\n    return a(x)\na(layers.Flatten()(z))",
        "\n".join(
            ["def f0(x):\n    return layers.Flatten()(x)"]
            + [f"def f{n}(x):\n    return f{n - 1}(f{n - 1}(x))" for n in range(1, 30)]
            + ["f29(z)"]
        ),
    ],
    ids=lambda text: text[:12].encode("ascii", "backslashreplace").decode(),
)
def test_hostile_code_ends_in_a_fault(text: str) -> None:
    with pytest.raises(CodeFault):
        read_layers(text)


def test_a_fault_crosses_a_pipe() -> None:
    with pytest.raises(CodeFault) as caught:
        read_layers("import os")
    again = copy.copy(caught.value)
    assert (str(again), again.line, again.column) == (str(caught.value), 1, 1)


def test_nothing_is_run(capsys: pytest.CaptureFixture[str]) -> None:
    text = "print('run')\nlayers.Dropout(0.5)"
    assert types(text) == (Dropout(0.5),)
    assert capsys.readouterr().out == ""


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_code_that_was_damaged_is_read_or_ends_in_a_fault(data: st.DataObject) -> None:
    text = DAMAGED
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 6))
        other = data.draw(st.integers(0, len(text)))
        new = data.draw(
            st.sampled_from(["", "(", ")", "\n", "x", "3", "*", "'", "inputs", "name", text[other : other + 30]])
        )
        text = text[:start] + new + text[end:]
    fault = None
    try:
        found = read_network(text, BASE).network
    except CodeFault as caught:
        fault = caught
    if fault is None:
        assert read_network(network_code(found).text, found).network == found
    else:
        assert 1 <= fault.line <= text.count("\n") + 2
        assert fault.column >= 1


def test_a_word_that_is_nearly_a_layer_type_is_mended_in_words() -> None:
    with pytest.raises(CodeFault) as caught:
        read_network("keras.Sequential([layers.Flatter()])", BASE)
    assert caught.value.fix == "Write Flatten."
    with pytest.raises(CodeFault) as caught:
        read_network("keras.Sequential([layers.Bidirectional(3)])", BASE)
    assert caught.value.fix == "Use one of these."
