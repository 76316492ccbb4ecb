"""Findings and their cures."""

from __future__ import annotations

import json

from engine.data.doctor.finding import Cure, Finding, Severity, share, worst_first
from engine.data.split import Curation, Part
from engine.data.words import counted


def test_a_cure_changes_a_curation_and_leaves_the_rest_of_it() -> None:
    before = Curation().exclude(["x"]).label(["y"], "old")
    cure = Cure("Mend", excluded=("a",), moved=(("b", Part.TRAIN), ("c", Part.TEST)), labelled=(("d", "new"),))
    after = cure(before)
    assert after == before.exclude(["a"]).move(["b"], Part.TRAIN).move(["c"], Part.TEST).label(["d"], "new")
    assert cure.images == 4
    assert Cure("Nothing")(before) == before


def test_the_worst_come_first_and_equals_keep_their_order() -> None:
    note, bad, worse = (Finding(kind, severity, "", "") for kind, severity in zip("abc", Severity, strict=True))
    assert worst_first([worse, bad, note]) == [note, bad, worse]
    again = Finding("d", Severity.SERIOUS, "", "")
    assert worst_first([again, note])[0] is again


def test_as_json() -> None:
    found = Finding("dark", Severity.NOTE, "t", "w", ("a",), ("c",), (("a", "b"),), ("n",), (("share", 0.5),))
    data = json.loads(json.dumps(found.to_json()))
    assert (data["kind"], data["severity"], data["groups"], data["evidence"]) == (
        "dark",
        "note",
        [["a", "b"]],
        {"share": 0.5},
    )
    assert (found.caption(0), Finding("x", Severity.NOTE, "", "", ("a",)).caption(0)) == ("c", "")


def test_words() -> None:
    assert [counted(1), counted(2000, "file")] == ["1 image", "2,000 files"]
    assert [share(0.91), share(0.004), share(0.0)] == ["91 %", "0.4 %", "0 %"]
