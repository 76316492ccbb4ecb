from typing import Any

import numpy as np

from gui.models.learning import EpochPoint, Learning
from gui.plots.learning_charts import LearningCharts, NamedLearning, reading_sentence


def learning(epochs: Any = 3) -> Any:
    made = Learning()
    made.epochs_planned = epochs
    for epoch in range(1, epochs + 1):
        made.points.append(EpochPoint(epoch, 1.0 / epoch, 0.3 * epoch, 1.1 / epoch, 0.25 * epoch))
    return made


def test_an_empty_chart_says_what_will_be_there(qtbot: Any) -> None:
    charts = LearningCharts("Press Train.")
    qtbot.addWidget(charts)
    assert charts.accuracy.sentence == "Press Train."
    assert charts.accuracy.plot.accessibleDescription() == "Press Train."


def test_a_hidden_chart_is_not_drawn_until_it_is_shown(qtbot: Any) -> None:
    charts = LearningCharts("Press Train.")
    qtbot.addWidget(charts)
    drawn: list[Any] = []
    charts.drawn.connect(lambda: drawn.append(1))
    charts.show_runs([NamedLearning("run-001", learning())])
    qtbot.wait(150)
    assert drawn == []
    with qtbot.waitExposed(charts):
        charts.show()
    assert len(drawn) == 1
    assert charts.accuracy.sentence.startswith("Training accuracy 0.90 and rising")


def test_many_changes_in_a_row_are_one_redraw(qtbot: Any) -> None:
    charts = LearningCharts("hint")
    qtbot.addWidget(charts)
    with qtbot.waitExposed(charts):
        charts.show()
    drawn: list[Any] = []
    charts.drawn.connect(lambda: drawn.append(1))
    for _ in range(500):
        charts.changed()
    qtbot.waitUntil(lambda: bool(drawn), timeout=2_000)
    qtbot.wait(150)
    assert len(drawn) == 1


def test_names_of_runs_are_text_and_never_html(qtbot: Any) -> None:
    charts = LearningCharts("hint", several=True)
    qtbot.addWidget(charts)
    name = "<img src='/etc/hostname'>"
    with qtbot.waitExposed(charts):
        charts.show()
    with qtbot.waitSignal(charts.drawn):
        charts.show_runs([NamedLearning(name, learning())])
    texts = [label.text() for label in charts.key.findChildren(type(charts.accuracy._sentence))]
    assert name in texts
    assert all(
        label.textFormat().name == "PlainText" for label in charts.key.findChildren(type(charts.accuracy._sentence))
    )


def test_the_reading_names_the_values_of_an_epoch() -> None:
    one = NamedLearning("run-001", learning())
    assert reading_sentence([one], "accuracy", 2) == "Epoch 2: training 0.60, validation 0.50."
    assert reading_sentence([one], "accuracy", 9) == "Epoch 9: not trained yet."


def test_a_cursor_on_the_chart_reads_it_aloud(qtbot: Any) -> None:
    charts = LearningCharts("hint")
    qtbot.addWidget(charts)
    with qtbot.waitExposed(charts):
        charts.show()
    with qtbot.waitSignal(charts.drawn):
        charts.show_runs([NamedLearning("run-001", learning())])
    charts.loss.plot.reading_changed.emit(1.0)
    assert charts.loss.sentence == "Epoch 1: training 1.00, validation 1.10."
    charts.loss.plot.reading_changed.emit(None)
    assert charts.loss.sentence.startswith("Training loss")


def test_sixty_thousand_points_are_redrawn_in_a_blink(qtbot: Any) -> None:
    charts = LearningCharts("hint")
    qtbot.addWidget(charts)
    big = learning(20)
    big.steps_per_epoch = 3_000
    big._loss.fill(np.random.default_rng(0).random(60_000))
    big._accuracy.fill(np.random.default_rng(1).random(60_000))
    with qtbot.waitExposed(charts):
        charts.show()
    with qtbot.waitSignal(charts.drawn):
        charts.show_runs([NamedLearning("run-001", big)])
    shown = charts.accuracy.plot._items[0].getData()[0]
    assert len(shown) < 5_000
