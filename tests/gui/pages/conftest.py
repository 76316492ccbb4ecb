from pathlib import Path
from typing import Any

import pytest

from engine.service.projects import OpenedProject
from gui.document import Document
from tests.gui.pages.fakes import draft


@pytest.fixture
def document(qapp: Any) -> Document:
    made = Document(draft())
    made.project = OpenedProject(Path("/project"), "Pond", made.draft, saved=True)
    return made
