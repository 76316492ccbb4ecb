"""Labels that a run doubts."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from engine.data.split import Curation
from engine.inspection.doubting import doubted
from engine.inspection.results import TrainedRef
from engine.inspection.trained import Trained
from engine.jobs import Quiet
from engine.training.run import start
from tests.engine.training.small import Listener, dataset, plan

DATA = dataset(images=120, validation=20, test=10)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    listener, folder = Listener(), tmp_path_factory.mktemp("runs")
    done = start(plan(DATA, epochs=30), DATA, folder, listener.on_event, listener.next_control)
    return Trained.load(TrainedRef(done.folder, "last"))


def test_planted_wrong_labels_are_found_unless_the_user_has_settled_them(trained: Trained) -> None:
    labels = DATA.labels.copy()
    labels[[3, 40, 77]] = (labels[[3, 40, 77]] + 1) % 3
    wrong = dataclasses.replace(DATA, labels=labels)
    (found,) = doubted(trained, wrong, Quiet())
    planted = [DATA.ids[one] for one in (3, 40, 77)]
    assert set(planted) <= set(found.images)
    right = dict(zip(found.images, found.suggestions, strict=True))
    assert [right[id] for id in planted] == [DATA.class_names[DATA.labels[one]] for one in (3, 40, 77)]
    spec = dataclasses.replace(wrong.spec, curation=Curation().label([planted[0]], "left"))
    settled = doubted(trained, dataclasses.replace(wrong, spec=spec), Quiet())
    assert planted[0] not in settled[0].images


def test_images_of_other_classes_and_those_left_out_are_passed_over(trained: Trained) -> None:
    assert doubted(trained, dataclasses.replace(DATA, class_names=("cat", "dog", "owl")), Quiet()) == ()
    gone = dataclasses.replace(DATA, parts=np.full_like(DATA.parts, 255))
    assert doubted(trained, gone, Quiet()) == ()
