from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from engine import schema
from engine.errors import EngineError


def test_an_older_file_is_brought_forward_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(data: dict[str, Any]) -> dict[str, Any]:
        return {"draft": data["body"]}

    def mark(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "marked": True}

    monkeypatch.setattr(schema, "SCHEMA_VERSION", 3)
    monkeypatch.setitem(schema.MIGRATIONS, "project", {1: rename, 2: mark})

    found = schema.versioned("project", {"schema_version": 1, "body": 5}, "p.json")

    assert found == {"draft": 5, "marked": True, "schema_version": 3}


def test_every_earlier_version_has_a_migration() -> None:
    for steps in schema.MIGRATIONS.values():
        assert sorted(steps) == list(range(1, schema.SCHEMA_VERSION))


@pytest.mark.parametrize("data", [None, [], {}, {"schema_version": 0}, {"schema_version": 1.0}])
def test_what_has_no_version_is_no_file_of_the_program(data: object) -> None:
    with pytest.raises(EngineError, match="is not a project"):
        schema.versioned("project", data, "p.json")


def test_what_the_window_imports_first_is_light() -> None:
    heavy = {"pydantic", "keras", "tensorflow", "psutil", "engine.training", "engine.runs.folder", "engine.build"}
    program = (
        "import sys, engine.plan, engine.project.sample, engine.service.projects, engine.service.training, "
        "engine.service.inspection, engine.service.datasets, engine.service.cache; print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert heavy & set(done.stdout.split()) == set()
