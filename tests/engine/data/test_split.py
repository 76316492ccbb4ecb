"""The user's labels, exclusions and parts."""

from __future__ import annotations

from engine.data.split import Curation, Part


def test_exclusions_are_kept_sorted_and_once() -> None:
    curation = Curation().exclude(["b/2", "a/1"]).exclude(["b/2", "a/0"])
    assert curation.excluded == ("a/0", "a/1", "b/2")
    assert curation.include(["a/1", "never/there"]).excluded == ("a/0", "b/2")


def test_a_label_can_be_given_changed_and_taken_back() -> None:
    curation = Curation().label(["b/2", "a/1"], "cat").label(["a/1"], "dog")
    assert curation.labels == (("a/1", "dog"), ("b/2", "cat"))
    assert curation.label(["a/1", "c/3"], None).labels == (("b/2", "cat"),)


def test_a_part_can_be_given_and_left_to_the_rule_again() -> None:
    curation = Curation().move(["b/2", "a/1"], Part.TEST)
    assert curation.parts == (("a/1", Part.TEST), ("b/2", Part.TEST))
    assert curation.move(["a/1", "b/2"], None) == Curation()


def test_each_edit_leaves_the_others_as_they_are() -> None:
    whole = Curation().exclude(["a"]).label(["b"], "cat").move(["c"], Part.VALIDATION)
    assert whole == Curation((("b", "cat"),), ("a",), (("c", Part.VALIDATION),))
