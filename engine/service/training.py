"""Jobs that train. Their partial results are the run events of `engine/events.py`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from engine.data.dataset import DatasetSpec
from engine.jobs import Context, Job, Lane
from engine.plan import Draft, plan_for
from engine.runs.records import RunSummary
from engine.service.session import DATASETS


@dataclass(frozen=True)
class WarmUp(Job):
    """Import TensorFlow and run one small step; gives a sentence for the status bar.

    Attributes:
        threads: CPU threads, or 0 for as many as the computer has.
    """

    title: ClassVar[str] = "Starting TensorFlow"
    lane: ClassVar[Lane] = Lane.INSPECTION

    threads: int = 0

    def run(self, context: Context) -> str:
        from engine import process

        note = process.prepare(self.threads)
        import tensorflow as tf

        _step_once()
        version = ".".join(tf.__version__.split(".")[:2])
        threads = tf.config.threading.get_intra_op_parallelism_threads()
        ready = f"TensorFlow {version} ready · {threads} CPU thread{'' if threads == 1 else 's'}"
        return f"{ready} · {note}" if note else ready


@dataclass(frozen=True)
class Train(Job):
    """Train a draft as a new run in `runs_folder`; gives the run's `RunSummary`.

    Attributes:
        threads: CPU threads, or 0 for as many as the computer has.
    """

    title: ClassVar[str] = "Training"
    lane: ClassVar[Lane] = Lane.TRAINING

    draft: Draft
    runs_folder: Path
    threads: int = 0

    def run(self, context: Context) -> RunSummary:
        from engine import process
        from engine.storage import make_folder
        from engine.training import run

        dataset = DATASETS.get(self.draft.data, context)
        plan = plan_for(self.draft, dataset, self.threads or process.cores())
        make_folder(self.runs_folder)
        return run.start(plan, dataset, self.runs_folder, context.partial, context.next_control)


@dataclass(frozen=True)
class ResumeRun(Job):
    """Continue a run at its last checkpoint; gives its `RunSummary`.

    Attributes:
        data: Where its images are now; preprocessing, curation and split are the run's own.
        more_epochs: Epochs beyond those planned so far ("Train 10 more epochs").
    """

    title: ClassVar[str] = "Training"
    lane: ClassVar[Lane] = Lane.TRAINING

    run_folder: Path
    data: DatasetSpec
    more_epochs: int = 0

    def run(self, context: Context) -> RunSummary:
        from engine.runs.folder import RunFolder
        from engine.training import run

        plan = RunFolder.open(self.run_folder).plan()
        data = DatasetSpec(self.data.source, plan.preprocessing, plan.split, plan.curation)
        dataset = DATASETS.get(data, context)
        return run.resume(self.run_folder, dataset, context.partial, context.next_control, self.more_epochs)


def _step_once() -> None:
    """Do what the first step of a training does slowly, on a network of nothing."""
    import tensorflow as tf

    from engine.analysis import analyse
    from engine.build import build
    from engine.project import sample_draft

    draft = sample_draft()
    graph = analyse(draft.network, 10).graph
    assert graph is not None, "the sample has no problems"
    model = build(graph, 0)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(model(tf.zeros((1, *graph.input_shape)), training=True))
    tape.gradient(loss, model.trainable_variables)
