"""The jobs of the dataset doctor."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from engine.data.dataset import DatasetSpec
from engine.data.source import Source
from engine.data.split import Curation
from engine.jobs import Outcome
from engine.service.doctor import Examine, Scan
from engine.service.engine_service import EngineService
from tests.engine.data.folders import folder
from tests.engine.service.jobs import Listener


def test_findings_come_as_parts_and_at_the_end_and_curation_counts(tmp_path: Path) -> None:
    folder(tmp_path, {"a": 12, "b": 12})
    Image.new("RGB", (8, 6)).save(tmp_path / "a" / "blank.png")
    spec = DatasetSpec(Source(str(tmp_path)))
    listener = Listener()
    engine = EngineService(listener)
    try:
        first = engine.submit(Examine(spec))
        ended = listener.end_of(first)
        assert ended.outcome is Outcome.DONE
        found = ended.result.findings  # type: ignore[attr-defined]
        assert "blank" in {one.kind for one in found}
        assert sorted(one.kind for one in listener.partials(first)) == sorted(one.kind for one in found)  # type: ignore[attr-defined]
        cured = DatasetSpec(spec.source, curation=Curation().exclude(["a/blank.png"]))
        second = listener.end_of(engine.submit(Examine(cured))).result
        assert "blank" not in {one.kind for one in second.findings}  # type: ignore[attr-defined]
        report = listener.end_of(engine.submit(Scan(cured))).result
        assert report.findings == second.findings  # type: ignore[attr-defined]
    finally:
        engine.close()
