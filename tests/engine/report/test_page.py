"""The page: one file, every text escaped, both schemes."""

from __future__ import annotations

import base64
import io
import re
from html.parser import HTMLParser

from PIL import Image

from engine.report.page import Page


class Reader(HTMLParser):
    """Collects tags and text; fails where tags do not close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "img", "source", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def whole_page() -> str:
    evil = "<script>alert('x')</script>&\"\udcff"
    page = Page(evil, evil, evil)
    page.add_figures([("98.5 %", evil)])
    page.add_picture(evil, evil, Image.new("RGB", (4, 2), "white"), Image.new("RGB", (4, 2), "black"), evil)
    page.add_table(evil, evil, (evil, "Accuracy"), [(evil, "1"), ("b", "2")], [0.5, None])
    page.add_table("plain", "", ("a",), [("b",)])
    return page.html()


def test_texts_are_text_and_tags_close() -> None:
    reader = Reader()
    reader.feed(whole_page())
    assert reader.open == []
    assert not {"script"} & {tag for tag, _ in reader.tags}
    assert reader.text.count("<script>alert('x')</script>") >= 9


def test_it_needs_nothing_else_and_says_its_encoding() -> None:
    found = whole_page()
    found.encode("utf-8")
    assert '<meta charset="utf-8">' in found
    assert not re.search(r"(src|href|srcset|url)\s*[=(]\s*[\"']?(?!data:)[a-z]+:", found)


def test_pictures_come_in_both_schemes_with_a_description() -> None:
    reader = Reader()
    reader.feed(whole_page())
    (source,) = [found for tag, found in reader.tags if tag == "source"]
    (image,) = [found for tag, found in reader.tags if tag == "img"]
    assert source["media"] == "(prefers-color-scheme: dark)"
    assert image["alt"]
    for address, colour in ((source["srcset"], 0), (image["src"], 255)):
        data = base64.b64decode((address or "").partition(",")[2])
        assert Image.open(io.BytesIO(data)).getpixel((0, 0)) == (colour,) * 3


def test_bars_are_as_long_as_their_share() -> None:
    assert "width:50.0%" in whole_page()
    assert "width:0.0%" in whole_page()
