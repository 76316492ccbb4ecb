from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.picture.lettering import lines, shortened, width


@given(st.text(max_size=60), st.floats(5, 200))
def test_what_is_shortened_fits_or_is_the_sign_alone(text: str, room: float) -> None:
    found = shortened(text, 8.0, room)
    assert width(found, 8.0) <= room or found == "…"


def test_bold_and_larger_letters_are_wider() -> None:
    assert width("Conv2D", 8.0) < width("Conv2D", 8.0, bold=True) < width("Conv2D", 12.0)
    assert width("iii", 8.0) < width("mmm", 8.0) < width("漢字漢字", 8.0)


def test_parts_stand_on_as_few_lines_as_fit() -> None:
    assert lines(["32 filters", "3 × 3", "same"], 7.0, 200.0) == ("32 filters, 3 × 3, same",)
    assert lines(["32 filters", "3 × 3", "same"], 7.0, 55.0) == ("32 filters, 3 × 3", "same")
    assert lines([], 7.0, 55.0) == ()
