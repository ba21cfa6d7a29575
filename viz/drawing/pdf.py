"""PDF by typst with the vendored font only: the same bytes for the same content, on every machine.

What a paper says reaches the template as data (`json("data.json")`), never as source: no text is read as a command.
Nothing is fetched: packages of typst are not used, and the folder that it may read is the one given in memory.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import typst

from viz.drawing.png import with_lacking_told
from viz.fonts import FAMILY, font_path

_SHEETS = """#set document(title: json("data.json").title, date: none)
#set text(font: "{family}", lang: "zh", region: "cn")
#let data = json("data.json")
#for (place, sheet) in data.sheets.enumerate() {{
  set page(width: sheet.width * 1pt, height: sheet.height * 1pt, margin: 0pt)
  image(sheet.file, width: 100%)
}}
"""


def typeset(template: str, data: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """A PDF of a typst template that reads `data.json` and some files by their names.

    >>> typeset('#set page(width: 9cm); #json("data.json").name', {"name": "示例"}, {})[:5]
    b'%PDF-'
    """
    return bytes(_compiler(template, data, files).compile(format="pdf"))


def asked(template: str, data: Mapping[str, Any], files: Mapping[str, bytes], selector: str) -> list[Any]:
    """The values of the metadata that a template sets under a label, in order: pages of headings, above all.

    >>> asked('#metadata(3) <page>', {}, {}, "<page>")
    [3]
    """
    compiler = _compiler(template, data, files)
    answer: list[Any] = json.loads(compiler.query(selector, field="value"))
    return answer


def drawings_pdf(title: str, sheets: list[tuple[str, float, float]]) -> bytes:
    """Drawings (SVG, width and height in points) as the pages of one PDF, text as text."""
    return bytes(_drawings(title, sheets).compile(format="pdf"))


def drawings_png(sheets: list[tuple[str, float, float]], ppi: float) -> list[bytes]:
    """A picture of each drawing, made a few at a time side by side: each takes a third of what `svg_to_png` takes."""

    def pictures(some: list[tuple[str, float, float]]) -> list[bytes]:
        drawn = _drawings("", some).compile(format="png", ppi=ppi)
        return [bytes(picture) for picture in drawn] if isinstance(drawn, list) else [bytes(drawn)]

    workers = os.cpu_count() or 1
    each = -(-len(sheets) // workers)
    with ThreadPoolExecutor(workers) as beside:
        parts = beside.map(pictures, (sheets[n : n + each] for n in range(0, len(sheets), each)))
        return [picture for part in parts for picture in part]


def _drawings(title: str, sheets: list[tuple[str, float, float]]) -> Any:
    files = {f"{place}.svg": with_lacking_told(svg).encode() for place, (svg, _, _) in enumerate(sheets)}
    pages = [
        {"file": f"{place}.svg", "width": width, "height": height} for place, (_, width, height) in enumerate(sheets)
    ]
    return _compiler(_SHEETS.format(family=FAMILY), {"title": title, "sheets": pages}, files)


def _compiler(template: str, data: Mapping[str, Any], files: Mapping[str, bytes]) -> Any:
    inputs = {
        "main.typ": template.encode(),
        "data.json": json.dumps(data, ensure_ascii=False).encode(),
        **files,
    }
    compiler: Any = typst.Compiler
    return compiler(inputs, font_paths=[str(font_path().parent)], ignore_system_fonts=True)
