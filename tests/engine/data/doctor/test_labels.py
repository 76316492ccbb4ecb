"""Labels that a trained network doubts."""

from __future__ import annotations

import numpy as np

from engine.data.doctor.labels import check, suspects
from engine.data.split import Curation


def answers(wrong: int, images: int = 300, seed: int = 0) -> tuple[np.ndarray, np.ndarray, set[int]]:
    """A good network's probabilities, labels of which some were changed, and which."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 3, images)
    scores = rng.normal(0, 1, (images, 3))
    scores[np.arange(images), truth] += 5
    probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    changed = rng.choice(images, wrong, replace=False)
    labels = truth.copy()
    labels[changed] = (truth[changed] + 1) % 3
    return probabilities, labels, set(changed.tolist())


def test_planted_wrong_labels_are_found_with_the_right_class() -> None:
    probabilities, labels, changed = answers(20)
    rows, classes = suspects(probabilities, labels)
    found = set(rows.tolist())
    assert len(found & changed) >= 18
    assert len(found - changed) <= 4
    right = [(labels[row] - 1) % 3 == one for row, one in zip(rows, classes, strict=True) if row in changed]
    assert all(right)


def test_the_finding_relabels_and_counts_what_was_learned() -> None:
    probabilities, labels, _ = answers(4)
    ids = [f"i{number}" for number in range(300)]
    learned = np.arange(300) < 200
    (found,) = check(ids, labels, probabilities, ("a", "b", "c"), learned)
    assert found.kind == "wrong_labels"
    assert len(found.suggestions) == len(found.images) == len(found.captions)
    figures = dict(found.evidence)
    assert int(figures["learned from"]) + int(figures["never seen"]) == len(found.images)
    relabelled = dict(found.cures[0](Curation()).labels)
    assert relabelled == dict(zip(found.images, found.suggestions, strict=True))
    assert found.captions[0].startswith(f"{'abc'[labels[int(found.images[0][1:])]]}, or {found.suggestions[0]}?")


def test_good_labels_have_hardly_any_suspects_and_sure_ones_none() -> None:
    probabilities, labels, _ = answers(0)
    assert len(suspects(probabilities, labels)[0]) <= 4
    sure = np.eye(3)[labels]
    assert list(check([""] * 300, labels, sure, ("a", "b", "c"), np.ones(300, bool))) == []


def test_a_network_that_knows_nothing_gives_no_cure() -> None:
    rng = np.random.default_rng(0)
    probabilities = rng.dirichlet(np.ones(3), 300)
    labels = rng.integers(0, 3, 300)
    (found,) = check([str(one) for one in range(300)], labels, probabilities, "abc", np.zeros(300, bool))
    assert (found.severity, found.cures) == ("note", ())


def test_a_class_without_images_proposes_nothing() -> None:
    probabilities = np.array([[0.3, 0.7], [0.9, 0.1]])
    assert suspects(probabilities, np.array([0, 0]))[0].tolist() == []
