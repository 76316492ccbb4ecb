"""What many layers need of what enters them, and the words for when it is not so."""

from __future__ import annotations

from engine.geometry import Shape, Window
from engine.layers.base import Entering, Fault, Settings
from engine.layers.words import count, size, times


def maps(shape: Shape) -> tuple[Fault, ...]:
    """A fault where `shape` is a list of numbers and not maps."""
    if len(shape) == 3:
        return ()
    entering = f"a list of {count(shape[0], 'number')}" if len(shape) == 1 else f"a table of {times(shape)} numbers"
    return (
        Fault(
            f"What enters is {entering}, without rows and columns of an image.",
            "This layer works on maps: height × width × channels.",
            "Move it above the layer that takes the maps apart (such as Flatten or global pooling), or remove it.",
            entering=Entering.MAPS,
        ),
    )


def room(shape: Shape, window: Window, name: str) -> tuple[Fault, ...]:
    """A fault where not even one `window` fits on maps of `shape`; `name` is the parameter that sets its size."""
    if min(window.places(shape)) > 0:
        return ()
    covered = times(window.extent)
    spread = f", which covers {covered} with its dilation," if window.extent != window.size else ""
    return (
        Fault(
            f"The window of {times(window.size)}{spread} does not fit on maps of {times(shape[:2])}: "
            "nothing would be left of the image.",
            f"With padding 'valid' what enters is at least {covered}.",
            f"Lower {name}, set padding to same, or remove a pooling layer or a stride above.",
            _fitting(shape, window, name),
        ),
    )


def _fitting(shape: Shape, window: Window, name: str) -> tuple[Settings, ...]:
    """Settings with which `window` fits: the border that "same" adds, or as much of the window as there is room for."""
    height, width = (min(window.size[axis], (shape[axis] - 1) // window.dilation[axis] + 1) for axis in (0, 1))
    together: Settings = (("dilation_rate", (1, 1)),) if max(window.dilation) > 1 else ()
    found: list[Settings] = [(("padding", "same"),), ((name, (height, width)),)]
    return (together, *found) if together else tuple(found)


def several(activation: str, shape: Shape) -> tuple[Fault, ...]:
    """A fault where softmax, which compares values, gets only one of them."""
    if activation != "softmax" or shape[-1] > 1:
        return ()
    return (
        Fault(
            f"Softmax over a single value always gives 1 (here on {size(shape)}).",
            "Softmax compares at least two values, one for each class.",
            "Give the layer one output for each class, or choose another activation.",
            ((("activation", "linear"),), (("activation", "sigmoid"),)),
        ),
    )
