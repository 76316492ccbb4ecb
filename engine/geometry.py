"""How a layer's output pixels depend on its input pixels: what drawing, explaining and receptive fields go by.

Nobody outside `engine/layers` asks what kind a layer is; they ask for its geometry.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from engine.parameters import Pair2

Shape = tuple[int, ...]
"""A tensor's shape without the batch: (height, width, channels) or (features,)."""

Shapes = tuple[Shape, ...]
"""The shapes that enter a layer, one for each of its inputs."""


@dataclass(frozen=True)
class Window:
    """Each output pixel sees one window of input pixels.

    Attributes:
        size: Height and width of the window, in input pixels, before dilation.
        strides: Input pixels from one window to the next.
        before: Padding pixels above and left of the image.
        after: Padding pixels below and right of it.
        dilation: Input pixels from one window pixel to the next.
        per_channel: Whether a channel of the output sees only one channel of the input: its own, or the one that it
            and its neighbours are made of.
    """

    size: Pair2
    strides: Pair2 = (1, 1)
    before: Pair2 = (0, 0)
    after: Pair2 = (0, 0)
    dilation: Pair2 = (1, 1)
    per_channel: bool = False

    @property
    def extent(self) -> Pair2:
        """Height and width that the window covers, the gaps of its dilation included."""
        height, width = ((self.size[axis] - 1) * self.dilation[axis] + 1 for axis in (0, 1))
        return (height, width)

    def places(self, shape: Shape) -> Pair2:
        """How many windows stand one below the other and side by side; 0 or less where none fits."""
        rows, columns = (
            (shape[axis] + self.before[axis] + self.after[axis] - self.extent[axis]) // self.strides[axis] + 1
            for axis in (0, 1)
        )
        return (rows, columns)

    def pixels(self, axis: int, place: int) -> tuple[int, ...]:
        """Rows (axis 0) or columns (axis 1) of the input under the window at `place`; padding lies outside it."""
        first = place * self.strides[axis] - self.before[axis]
        return tuple(first + step * self.dilation[axis] for step in range(self.size[axis]))

    def unused(self, shape: Shape) -> Pair2:
        """Rows and columns at the lower and right edge that no window reaches."""
        rows, columns = (
            max(0, min(shape[axis], shape[axis] - 1 - self.pixels(axis, self.places(shape)[axis] - 1)[-1]))
            for axis in (0, 1)
        )
        return (rows, columns)


@dataclass(frozen=True)
class Lookup:
    """Each output pixel sees the input pixels in certain rows and columns, which need not be a window's.

    Resizing, padding and cropping look up so, and a transposed convolution: there each input pixel paints a window of
    the output, so that an output pixel sees those whose window covers it, more of them at one place than at another.

    Attributes:
        rows: For each row of the output, the rows of the input that it sees; padding lies outside it or is left out.
        columns: The same for the columns.
        strides: Input pixels from one output pixel to the next, on average.
        per_channel: Whether a channel of the output sees only the same channel of the input.
    """

    rows: tuple[tuple[int, ...], ...]
    columns: tuple[tuple[int, ...], ...]
    strides: tuple[Fraction, Fraction]
    per_channel: bool = True

    @property
    def extent(self) -> Pair2:
        """Height and width of the largest region that one output pixel sees."""
        height, width = (
            max(max(seen, default=0) - min(seen, default=0) + 1 for seen in axis) for axis in (self.rows, self.columns)
        )
        return (height, width)

    def places(self, shape: Shape) -> Pair2:
        """How many output pixels stand one below the other and side by side."""
        return (len(self.rows), len(self.columns))

    def pixels(self, axis: int, place: int) -> tuple[int, ...]:
        """Rows (axis 0) or columns (axis 1) of the input that the output pixels at `place` see."""
        return (self.rows, self.columns)[axis][place]


@dataclass(frozen=True)
class Elementwise:
    """Each output value depends on the input value at the same place alone."""


@dataclass(frozen=True)
class Permutation:
    """The values are the same, only their places change."""


@dataclass(frozen=True)
class Full:
    """Each output value depends on every input value.

    Attributes:
        per_channel: Whether a channel of the output sees only the same channel of the input, all of it.
    """

    per_channel: bool = False


@dataclass(frozen=True)
class Normalisation:
    """Each value is measured against the mean and deviation of a group of values.

    Attributes:
        axes: The axes of the input's shape over which the group runs.
        remembered: Whether prediction uses the mean and deviation kept from training, so that a value then depends
            on the value at its own place alone.
        parts: Into how many equal parts the channels are split, each a group of its own.
    """

    axes: tuple[int, ...]
    remembered: bool = False
    parts: int = 1


Geometry = Window | Lookup | Elementwise | Permutation | Full | Normalisation


def place(at: tuple[int, ...]) -> tuple[int, int, int]:
    """Row, column and channel of an index: a list's values stand at row 0, those of a table's rows at column 0."""
    row, column = (*at[:-1], 0, 0)[:2]
    return (row, column, at[-1])


def window(
    shape: Shape,
    size: Pair2,
    strides: Pair2,
    padding: str,
    dilation: Pair2 = (1, 1),
    per_channel: bool = False,
) -> Window:
    """The window of a layer over maps of `shape`, with the padding that Keras's "valid" or "same" adds."""
    if padding == "valid":
        return Window(size, strides, dilation=dilation, per_channel=per_channel)
    (above, below), (left, right) = (
        same_padding(shape[axis], size[axis], strides[axis], dilation[axis]) for axis in (0, 1)
    )
    return Window(size, strides, (above, left), (below, right), dilation, per_channel)


def same_padding(size: int, window: int, stride: int, dilation: int = 1) -> Pair2:
    """Padding before and after one axis that Keras's "same" adds.

    The output has ceil(size / stride) places; the padding that this needs is split evenly, the odd pixel after.
    Source: TensorFlow, "Neural network ops: notes on padding".
    """
    places = -(-size // stride)
    total = max(0, (places - 1) * stride + (window - 1) * dilation + 1 - size)
    return (total // 2, total - total // 2)
