"""A paper as PDF, set by typst; the same layout says on which page each heading stands."""

from __future__ import annotations

import re
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any

from viz.drawing.pdf import asked, typeset
from viz.drawing.png import with_lacking_told
from viz.fonts import FAMILY
from viz.paper.blocks import (
    Block,
    ContentsBlock,
    HeadingBlock,
    PageBreak,
    PictureBlock,
    TableBlock,
    TextBlock,
    TurnBlock,
)
from viz.paper.columns import is_tall
from viz.paper.document import Paper
from viz.paper.ooxml import BLANK, BLANK_GROUND
from viz.paper.styles import (
    CONTENTS_LEVELS,
    HEADINGS,
    LEFT,
    PADDING,
    PAGE_H,
    PAGE_W,
    SIDE_LEFT,
    SIDE_TOP,
    TEXT_H,
    TEXT_W,
    TOP,
    pitch_of,
)  # fmt: skip
from viz.theme import HEAD

_PAGE = re.compile(rb"/Type\s*/Page\b")


def pdf_bytes(paper: Paper) -> bytes:
    """The paper as .pdf with its font embedded; the same paper gives the same bytes."""
    return typeset(_template(), _data(paper), _drawings(paper))


def pages_of(paper: Paper) -> int:
    """How many pages a paper has."""
    return len(_PAGE.findall(pdf_bytes(paper)))


def heading_pages(paper: Paper) -> list[int]:
    """The page of each heading, in order: what the contents of the Word file say."""
    return [int(page) for page in asked(_template(), _data(paper), _drawings(paper), "<heading-page>")]


@cache
def _template() -> str:
    return (files("viz.paper") / "paper.typ").read_text("utf-8")


def _drawings(paper: Paper) -> dict[str, bytes]:
    pictures = (b for b in paper.blocks if isinstance(b, PictureBlock))
    return {f"{p.number}.svg": with_lacking_told(p.svg).encode() for p in pictures}


def _data(paper: Paper) -> dict[str, Any]:
    sections: list[dict[str, Any]] = [{"landscape": paper.landscape, "blocks": []}]
    for block in paper.blocks:
        if isinstance(block, TurnBlock):
            sections.append({"landscape": block.landscape, "blocks": []})
        else:
            sections[-1]["blocks"].append(_block(block))
    upright = {"top": TOP, "bottom": PAGE_H - TOP - TEXT_H, "left": LEFT, "right": PAGE_W - LEFT - TEXT_W}
    lying = {"top": SIDE_TOP, "bottom": SIDE_TOP, "left": SIDE_LEFT, "right": SIDE_LEFT}
    return {
        "title": paper.name, "notice": paper.notice, "font": FAMILY, "sections": sections, "levels": CONTENTS_LEVELS,
        "styles": {name: asdict(style) for name, style in paper.styles.items()}, "headings": {str(k): v for k, v in HEADINGS.items()},
        "margins": {"upright": upright, "lying": lying}, "padding": PADDING, "head": HEAD,
        "blank": {"text": BLANK, "ground": BLANK_GROUND},
    }  # fmt: skip


def _block(block: Block) -> dict[str, Any]:
    match block:
        case TextBlock():
            return {"kind": "paragraph", **asdict(block)}
        case HeadingBlock():
            return {"kind": "heading", **asdict(block)}
        case TableBlock():
            return {
                "kind": "table", "number": block.number, "caption": block.caption, "headers": block.headers, "rows": block.rows,
                "widths": block.widths, "centred": sorted(block.centred), "size": block.size, "pitch": pitch_of(block.size),
                "tall": [n for n, row in enumerate(block.rows) if is_tall(row, block.widths, block.size)],
            }  # fmt: skip
        case PictureBlock():
            size = {"width": block.width, "height": block.height}
            return {"kind": "picture", "number": block.number, "caption": block.caption, **size}
        case ContentsBlock():
            return {"kind": "contents"}
        case PageBreak() | TurnBlock():
            return {"kind": "page"}
