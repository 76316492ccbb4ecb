"""RepeatVector: a table whose rows are all alike."""

from __future__ import annotations

import numpy as np

from engine.layers.repeat_vector import RepeatVector


def test_a_list_is_repeated_as_rows() -> None:
    ours = RepeatVector(3).arithmetic(np.array([5.0, 6.0], np.float32), {}, (2, 1))
    assert (ours.output, ours.terms[0].channel) == (6.0, 1)
    assert RepeatVector(3).output_shape(((2,),)) == (3, 2)


def test_maps_are_no_list() -> None:
    (fault,) = RepeatVector().faults(((2, 3, 4),))
    assert "2 × 3 × 4 and not a list" in fault.what
