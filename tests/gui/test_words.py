import pytest

from gui import words


@pytest.mark.parametrize(
    ("number", "text"),
    [(None, "unknown"), (0, "0"), (9_999, "9,999"), (60_618, "60.6 k"), (5_800_000, "5.8 M"), (2.5e9, "2.5 G")],
)
def test_large_figures_are_short(number: float | None, text: str) -> None:
    assert words.short(number) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, ""),
        (-3, "0 s"),
        (54, "54 s"),
        (59.6, "1 min 0 s"),
        (130, "2 min 10 s"),
        (3600, "1 h 0 min"),
        (7_380, "2 h 3 min"),
    ],
)
def test_times_are_said_in_the_units_of_a_person(seconds: float | None, text: str) -> None:
    assert words.duration(seconds) == text


@pytest.mark.parametrize(
    ("number", "noun", "text"),
    [(1, "class", "1 class"), (3, "class", "3 classes"), (1_797, "image", "1,797 images"), (0, "batch", "0 batches")],
)
def test_one_is_not_many(number: int, noun: str, text: str) -> None:
    assert words.plural(number, noun) == text


def test_shares_and_shapes() -> None:
    assert words.share(0.912) == "91.2 %"
    assert words.share(None) == "–"
    assert words.shape((32, 32, 3)) == "32 × 32 × 3"
    assert words.shape(None) == "unknown"
    assert words.grouped(60_618) == "60,618"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("a\nb", "a\\u000ab"), ("exe\u202egnp.cat", "exe\\u202egnp.cat"), ("fröschlein 🐸", "fröschlein 🐸")],
)
def test_a_name_from_a_file_is_one_line_that_reads_as_it_is_written(name: str, shown: str) -> None:
    assert words.display_name(name) == shown


def test_a_tool_tip_is_never_markup_of_a_file() -> None:
    assert words.tip("<img src=x>\nnext") == "<p>&lt;img src=x&gt;<br>next</p>"
    assert words.tip("") == ""


def test_no_letter_of_a_button_is_underlined() -> None:
    assert words.no_mnemonic("cats & dogs") == "cats && dogs"


def test_the_sides_of_a_shape_have_names() -> None:
    assert words.dimensions((32, 16, 3)) == "height 32 × width 16 × 3 channels"
    assert words.dimensions((8, 8, 1)) == "height 8 × width 8 × 1 channel"
    assert words.dimensions((5, 4)) == "a table of 5 × 4"
    assert words.dimensions((1_000,)) == "a list of 1,000"
    assert words.dimensions(None) == "unknown"


def test_rows_and_columns_that_are_none_are_not_named() -> None:
    assert words.rows_and_columns(1, 2) == "1 row and 2 columns"
    assert words.rows_and_columns(0, 1) == "1 column"
    assert words.rows_and_columns(0, 0) == ""
