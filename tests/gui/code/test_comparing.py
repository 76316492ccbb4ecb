import pytest

from engine.code.script import Script, keras_script
from engine.project import sample_draft
from gui.code.comparing import line_outside


@pytest.fixture
def script() -> Script:
    return keras_script(sample_draft(), ("a", "b"))


def number(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_the_script_itself_and_edits_of_the_network_are_not_outside(script: Script) -> None:
    assert line_outside(script, script.text) == 0
    inside = script.text.replace("layers.Flatten(", "layers.Dropout(0.5),\n            layers.Flatten(")
    assert line_outside(script, inside) == 0
    assert line_outside(script, script.text.replace("\n", "  \n") + "\n\n") == 0


@pytest.mark.parametrize(
    "words", ['"""Train', "EPOCHS = ", "# --- The network", "model.compile", "epochs=EPOCHS", "print("]
)
def test_the_first_line_outside_is_found(script: Script, words: str) -> None:
    changed = script.text.replace(words, f"x{words}", 1)
    assert line_outside(script, changed) == number(script.text, words)


def test_lines_that_are_gone_are_found(script: Script) -> None:
    assert line_outside(script, "keras.Sequential([])") == 1
    assert line_outside(script, "") == 1
    before, _, after = script.text.partition("model.summary()\n")
    assert line_outside(script, before + after) > number(script.text, "def build_network")
