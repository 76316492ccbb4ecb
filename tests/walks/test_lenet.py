"""From an empty stack to a LeNet-5 that has learned, with the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.walks.walker import Walker

pytestmark = pytest.mark.slow

LENET_5 = [
    ("rescaling", {}),
    (
        "conv2d",
        {
            "Filters": "6",
            "Kernel size, height": "5",
            "Kernel size, width": "5",
            "Padding": "same",
            "Activation": "tanh",
        },
    ),
    ("averagepooling2d", {}),
    ("conv2d", {"Filters": "16", "Kernel size, height": "5", "Kernel size, width": "5", "Activation": "tanh"}),
    ("averagepooling2d", {}),
    ("flatten", {}),
    ("dense", {"Units": "120", "Activation": "tanh"}),
    ("dense", {"Units": "84", "Activation": "tanh"}),
    ("dense", {"Units": "10", "Activation": "softmax"}),
]


def test_lenet_5_from_an_empty_stack_to_what_it_learned(walker: Walker) -> None:
    def tab_to(name: str, key: str = "Tab") -> None:
        for _ in range(80):
            focused = QApplication.focusWidget()
            if focused is not None and focused.accessibleName() == name:
                return
            walker.keys(key)
        raise AssertionError(f"{key} never reaches {name!r}")

    def fill(settings: dict[str, str]) -> None:
        walker.keys("Return")
        for name, text in settings.items():
            tab_to(name)
            if text.isdigit():
                walker.keys("Ctrl+A")
            else:
                QTest.qWait(QApplication.keyboardInputInterval() + 50)
            walker.write(text)
            walker.keys("Tab")
        walker.keys("Esc")

    walker.wait_to_read("1,797 images")
    tab_to("2. Conv2D")
    walker.keys("Ctrl+A", "Del")
    assert walker.cards() == ["Input"]
    walker.picture("empty-stack")
    fill({"Height": "28", "Width": "28"})
    for kind, settings in LENET_5:
        walker.keys("/")
        walker.write(kind)
        walker.keys("Return")
        if settings:
            fill(settings)
    assert walker.reads("61,706")
    walker.picture("lenet-5")
    tab_to("Epochs")
    walker.keys("Ctrl+A")
    walker.write("3")
    walker.keys("Return", "Ctrl+Return")
    walker.wait_to_read("Epoch 1 of 3", 180)
    walker.find("Train 10 more epochs", seconds=300)
    walker.picture("lenet-5-trained")
    walker.keys("Ctrl+4")
    assert len(walker.rows("Runs")) == 1
