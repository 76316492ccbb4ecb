from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.picture.rows import broken


@given(st.lists(st.floats(10, 3_000), min_size=1, max_size=60), st.floats(50, 900))
def test_every_unit_stands_in_one_row_in_its_order(widths: list[float], height: float) -> None:
    rows = broken(widths, height)
    assert [one for row in rows for one in row] == list(range(len(widths)))
    assert all(rows)


def test_what_fits_a_page_stays_in_one_row() -> None:
    assert broken([100.0] * 8, 200.0) == (tuple(range(8)),)


def test_rows_are_alike_long() -> None:
    rows = broken([100.0] * 40, 200.0)
    assert len(rows) > 1
    assert max(map(len, rows)) - min(map(len, rows)) <= 2
