from __future__ import annotations

from pathlib import Path

import pytest

from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.network import Network
from engine.plan import Draft


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own."""
    monkeypatch.setenv("CONVOSCOPE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def draft() -> Draft:
    return Draft(network=Network.of(Input.of((8, 8, 1)), [Flatten(), Dense(10)]))
