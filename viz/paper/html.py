"""A paper as one HTML file that needs nothing else and can load and send nothing."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup

from viz.drawing.alone import policy
from viz.drawing.png import with_lacking_told
from viz.paper.blocks import Block, HeadingBlock, PictureBlock
from viz.paper.document import Paper
from viz.paper.ooxml import BLANK
from viz.paper.styles import CONTENTS_LEVELS, FREE, ParagraphStyle
from viz.theme import HEAD, LINE, PANEL, rule


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents, and where it leads."""

    level: int
    text: str
    anchor: str


def html_bytes(paper: Paper) -> bytes:
    """The paper as .html; the same paper gives the same bytes."""
    style = _style(paper.styles)
    entries: list[ContentsEntry] = []
    pieces: list[tuple[str, Block, str]] = []
    for block in paper.blocks:
        anchor = ""
        if isinstance(block, HeadingBlock):
            anchor = f"h{len(entries) + 1}"
            entries.append(ContentsEntry(block.level, block.text, anchor))
        pieces.append((type(block).__name__, block, anchor))
    page = _template().render(
        title=paper.name,
        notice=paper.notice,
        pieces=pieces,
        entries=[e for e in entries if e.level <= CONTENTS_LEVELS],
        blank=BLANK,
        policy=policy(style),
        style=Markup(style),
    )
    return page.encode()


def _style(styles: Mapping[str, ParagraphStyle]) -> str:
    rules = [rule(f".{name}", _look(style)) for name, style in styles.items()]
    return "\n".join(
        (
            "body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #000; background: #fff; }",
            "p, h1, h2, h3, h4 { white-space: pre-line; }",
            "table { width: 100%; border-collapse: collapse; margin-bottom: 1rem; }",
            f"th, td {{ border: 1px solid {LINE}; padding: 2px 6px; text-align: left; }}",
            f"th {{ background: {HEAD}; }}",
            "td.centred, th { text-align: center; }",
            "figure { margin: 0; text-align: center; overflow-x: auto; }",
            "img { max-width: 100%; height: auto; }",
            f"mark {{ background: {PANEL}; }}",
            "nav a { color: inherit; text-decoration: none; }",
            "thead { display: table-header-group; } tr { break-inside: avoid; }",
            "hr { border: 0; break-after: page; }",
            *rules,
        )
    )


def _look(style: ParagraphStyle) -> dict[str, str]:
    look = {
        "font-family": f'"{style.face}", "{FREE.get(style.face, style.face)}", "Noto Sans CJK SC", serif',
        "font-size": f"{style.size:g}pt",
        "line-height": f"{style.pitch / style.size:.3g}",
        "text-align": style.align,
        "text-indent": f"{style.first:g}pt",
        "margin": f"{style.before:g}pt {style.right:g}pt {style.after:g}pt {style.left:g}pt",
        "font-weight": "bold" if style.bold else "normal",
    }
    if style.rule:
        look["border-bottom"] = f"2.25pt solid {style.rule}"
    return look


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["drawing"] = _drawing
    return environment.from_string((files("viz.paper") / "paper.html.j2").read_text("utf-8"))


def _drawing(picture: PictureBlock) -> Any:
    """A drawing as an image: within one, no script runs."""
    encoded = base64.b64encode(with_lacking_told(picture.svg).encode()).decode()
    return f"data:image/svg+xml;base64,{encoded}"
