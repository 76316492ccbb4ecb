from pathlib import Path
from typing import Any

import pytest

from engine.service.projects import OpenedProject
from gui.document import Document
from gui.settings import Settings
from tests.gui.pages.fakes import FakeBridge, draft


@pytest.fixture
def bridge(qapp: Any) -> FakeBridge:
    return FakeBridge()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def document(qapp: Any) -> Document:
    made = Document(draft())
    made.project = OpenedProject(Path("/project"), "Pond", made.draft, saved=True)
    return made
