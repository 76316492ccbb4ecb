"""The command that compares many random settings and stacks with Keras, at a small size."""

from __future__ import annotations

import pytest

from tests import many


def test_so_many_are_compared_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert many.main(["120", "3"]) == 0
    first, settings, stacks = capsys.readouterr().out.splitlines()
    assert int(first.split()[0]) >= 120
    for line in (settings, stacks):
        total, _, accepted, _, refused, _ = line.replace(",", "").split()
        assert int(total) == int(accepted) + int(refused)
        assert int(accepted) > 0
        assert int(refused) > 0


@pytest.mark.parametrize("arguments", [["many"], ["0"], ["-5"], ["1", "2", "3"]])
def test_what_is_no_count_is_told_how_to_ask(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert many.main(arguments) == 2
    assert "python -m tests.many" in capsys.readouterr().err


def test_a_disagreement_ends_it_with_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.layers.dense import Dense

    monkeypatch.setattr(Dense, "output_shape", lambda self, inputs: (7,))
    with pytest.raises(AssertionError):
        many.compared(120)
