"""A page: a report as one HTML file that needs nothing else, light or dark as the reader's system is."""

from __future__ import annotations

import base64
import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from PIL import Image

from engine.report import png

_STYLE: Final = """
:root { color-scheme: light dark; --window: #F2F4F7; --surface: #FFFFFF; --border: #DDE2E9; --text: #171B21;
  --secondary: #596373; --accent: #2F6FDE; --track: #E1E5EB; }
@media (prefers-color-scheme: dark) { :root { --window: #13161A; --surface: #1A1E24; --border: #2E353F;
  --text: #E9ECF0; --secondary: #A2ACB9; --accent: #7AA8F8; --track: #2C333D; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--window); color: var(--text);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
main { max-width: 1040px; margin: 0 auto; padding: 48px 24px 64px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 8px; letter-spacing: -0.01em; }
.lead { color: var(--secondary); margin: 0 0 32px; max-width: 68ch; }
section { background: var(--surface); border: 1px solid var(--border); border-radius: 10px; padding: 24px;
  margin: 0 0 16px; }
h2 { font-size: 17px; margin: 0 0 4px; }
section p { color: var(--secondary); margin: 0 0 16px; max-width: 72ch; }
section p:last-child { margin-bottom: 0; }
img { display: block; width: 100%; height: auto; border-radius: 6px; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 16px; margin: 0 0 16px; }
.figure { background: var(--surface); border: 1px solid var(--border); border-radius: 10px; padding: 16px 20px; }
.figure b { display: block; font-size: 26px; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.25; }
.figure span { color: var(--secondary); font-size: 13px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 600; font-size: 13px; color: var(--secondary); }
th, td { padding: 7px 16px 7px 0; border-bottom: 1px solid var(--border); }
tr:last-child td { border-bottom: 0; }
.number { text-align: right; white-space: nowrap; }
.bar { width: 34%; min-width: 90px; padding-right: 0; }
.bar i { display: block; height: 8px; border-radius: 4px; background: var(--track); overflow: hidden; }
.bar i i { background: var(--accent); border-radius: 4px; }
footer { color: var(--secondary); font-size: 13px; margin-top: 32px; }
.gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(116px, 1fr)); gap: 12px; margin: 0 0 16px; }
.gallery figure { margin: 0; }
.gallery img { width: 100%; image-rendering: auto; background: var(--track); }
.gallery figcaption { color: var(--secondary); font-size: 12px; line-height: 1.35; overflow-wrap: anywhere; }
.gallery b { display: block; color: var(--text); font-weight: 600; }
.list { margin: 0 0 16px; padding-left: 20px; overflow-wrap: anywhere; }
@media print { body { background: #fff; } section, .figure { break-inside: avoid; } }
"""


@dataclass
class Page:
    """A report in the making. Every text is given as it is and escaped here.

    Attributes:
        title: The heading.
        lead: The sentence below it.
        footer: The last line.
    """

    title: str
    lead: str
    footer: str = ""
    _parts: list[str] = field(default_factory=list)

    def add_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """Large figures in a row: (figure, what it is) pairs."""
        cells = "".join(
            f'<div class="figure"><b>{_text(one)}</b><span>{_text(what)}</span></div>' for one, what in figures
        )
        self._parts.append(f'<div class="figures">{cells}</div>')

    def add_picture(self, title: str, text: str, light: Image.Image, dark: Image.Image, description: str) -> None:
        """A section with a picture in both schemes; `description` says what it shows to who cannot see it."""
        size = f'width="{light.width}" height="{light.height}"'
        picture = (
            f'<picture><source srcset="{_data(dark)}" media="(prefers-color-scheme: dark)">'
            f'<img src="{_data(light)}" alt="{_text(description)}" {size}></picture>'
        )
        self._add_section(title, text, picture)

    def add_table(
        self,
        title: str,
        text: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        shares: Sequence[float | None] = (),
    ) -> None:
        """A section with a table; its first column is text, the others are numbers.

        Args:
            title: The section's heading.
            text: What the table shows.
            columns: Heads.
            rows: Cells, as many as heads.
            shares: For each row a share, 0 to 1, drawn as a bar at its end, or None.
        """
        head = "".join(f"<th{_number(place)}>{_text(one)}</th>" for place, one in enumerate(columns))
        body = []
        for number, row in enumerate(rows):
            cells = "".join(f"<td{_number(place)}>{_text(one)}</td>" for place, one in enumerate(row))
            body.append(f"<tr>{cells}{_bar(shares[number]) if shares else ''}</tr>")
        bar = '<th class="bar" aria-hidden="true"></th>' if shares else ""
        table = f"<table><thead><tr>{head}{bar}</tr></thead><tbody>{''.join(body)}</tbody></table>"
        self._add_section(title, text, f'<div class="scroll">{table}</div>')

    def add_gallery(
        self, title: str, text: str, pictures: Sequence[tuple[Image.Image | None, str, str]], lines: Sequence[str] = ()
    ) -> None:
        """A section with small pictures.

        Args:
            title: The section's heading.
            text: What the pictures show.
            pictures: (picture or None, name, caption) of each.
            lines: Stand as a list below.
        """
        figures = "".join(
            f"<figure>{_small(picture, name)}<figcaption><b>{_text(caption)}</b>{_text(name)}</figcaption></figure>"
            for picture, name, caption in pictures
        )
        listed = "".join(f"<li>{_text(one)}</li>" for one in lines)
        content = f'<div class="gallery">{figures}</div>' if figures else ""
        self._add_section(title, text, content + (f'<ul class="list">{listed}</ul>' if listed else ""))

    def html(self) -> str:
        """The whole file."""
        footer = f"<footer>{_text(self.footer)}</footer>" if self.footer else ""
        return (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{_text(self.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
            f'<h1>{_text(self.title)}</h1>\n<p class="lead">{_text(self.lead)}</p>\n'
            + "\n".join(self._parts)
            + f"\n{footer}\n</main>\n</body>\n</html>\n"
        )

    def _add_section(self, title: str, text: str, content: str) -> None:
        words = f"<p>{_text(text)}</p>" if text else ""
        self._parts.append(f"<section><h2>{_text(title)}</h2>{words}{content}</section>")


def _text(text: str) -> str:
    return html.escape(text.encode("utf-8", "backslashreplace").decode("utf-8"))


def _data(picture: Image.Image) -> str:
    return "data:image/png;base64," + base64.b64encode(png.encoded(picture)).decode("ascii")


def _small(picture: Image.Image | None, name: str) -> str:
    if picture is None:
        return ""
    return f'<img src="{_data(picture)}" alt="{_text(name)}" width="{picture.width}" height="{picture.height}">'


def _number(place: int) -> str:
    return ' class="number"' if place else ""


def _bar(share: float | None) -> str:
    width = 0.0 if share is None else min(max(share, 0.0), 1.0) * 100
    return f'<td class="bar" aria-hidden="true"><i><i style="width:{width:.1f}%"></i></i></td>'
