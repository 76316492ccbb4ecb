from __future__ import annotations

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from engine.analysis import analyse
from engine.layers.conv2d import Conv2D
from engine.layers.input import Input
from engine.network import Network
from engine.picture import Scene, draw, to_svg
from engine.picture.shapes import Text
from tests.engine.picture.looks import PLAIN

SPACE = "{http://www.w3.org/2000/svg}"


def lettered(text: str) -> Scene:
    return Scene(100.0, 50.0, (Text(1.0, 2.0, text, 8.0, "#000000", 50.0),), (), text, text, "#ffffff")


@given(st.text())
def test_any_text_gives_well_formed_xml(text: str) -> None:
    root = ET.fromstring(to_svg(lettered(text)).encode("utf-8", "replace"))  # noqa: S314
    assert root.tag == f"{SPACE}svg"
    assert len(root.findall(f"{SPACE}text")) == 1


def test_names_are_text_and_never_elements() -> None:
    name = "<script>alert('x')</script> & \"q\""
    svg = to_svg(lettered(name))
    assert "<script>" not in svg
    root = ET.fromstring(svg)  # noqa: S314
    for tag in ("text", "title", "desc"):
        found = root.find(f"{SPACE}{tag}")
        assert found is not None
        assert found.text == name


def test_a_picture_is_as_large_as_it_says_and_lies_on_its_paper() -> None:
    network = Network.of(Input(8, 8), (Conv2D(),))
    scene = draw(network, analyse(network, None), PLAIN)
    root = ET.fromstring(to_svg(scene))  # noqa: S314
    assert root.get("width", "").removesuffix("pt") == f"{scene.width:.2f}".rstrip("0").rstrip(".")
    first = root.find(f"{SPACE}rect")
    assert first is not None
    assert first.get("fill") == scene.paper


def test_without_paper_there_is_none() -> None:
    assert 'fill="#ffffff"' in to_svg(lettered("a"))
    assert 'fill="#ffffff"' not in to_svg(lettered("a"), transparent=True)


def test_nothing_is_fetched() -> None:
    svg = to_svg(lettered("a"))
    assert "href" not in svg
    assert "url(" not in svg
