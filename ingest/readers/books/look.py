"""How a workbook shows its cells: number formats and fonts of its styles, texts in several fonts."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from ingest.readers.base import Limits
from ingest.readers.books.formats import Shown, SymbolFont, coarseness, shown_unit
from ingest.readers.container import elements, local
from ingest.readers.symbols import NAMES, is_symbol_font

# Split at, not matched over: one pass takes linear time whatever is in it.
_ITEM = re.compile(rb"<(?:\w+:)?si(?=[\s/>])")
_RUN = re.compile(rb"<(?:\w+:)?r>")
_SOUNDS = re.compile(rb"<(?:\w+:)?rPh\b")
_RUN_FONT = re.compile(rb'<(?:\w+:)?rFont\s[^>]*?val="([^"]*)"')
_RUN_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</")
_SYMBOLS = re.compile("|".join(NAMES).encode(), re.IGNORECASE)


class Run(NamedTuple):
    """A piece of a text, and the font that it has of its own."""

    text: str
    font: str | None


@dataclass(frozen=True, slots=True)
class BookLook:
    """How a workbook shows its cells."""

    styles: Mapping[int, Shown] = field(default_factory=dict)  # those that show something else than the value
    texts: Mapping[int, list[Run]] = field(default_factory=dict)  # shared texts in several fonts, where signs are used
    pictures: bool = False  # whether cells may hold pictures


def look_of(archive: zipfile.ZipFile, limits: Limits, name: str, *, pictures: bool) -> BookLook:
    """How a workbook shows its cells, by its styles and its shared texts."""
    styles = _styles(archive, limits, name)
    strings = archive.read("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in archive.NameToInfo else b""
    used = any(isinstance(s, SymbolFont) for s in styles.values()) or _SYMBOLS.search(strings)
    items = enumerate(_ITEM.split(strings)[1:]) if used else ()
    return BookLook(styles, {n: runs for n, item in items if (runs := runs_in(item))}, pictures)


def _styles(archive: zipfile.ZipFile, limits: Limits, name: str) -> dict[int, Shown]:
    """Cell styles that show a date without its day, a unit of money, or letters as signs."""
    if "xl/styles.xml" not in archive.NameToInfo:
        return {}
    formats: dict[int, str] = {}
    fonts: list[str] = []
    styles: dict[int, Shown] = {}
    for element in elements(archive.read("xl/styles.xml"), name, limits):
        if local(element) == "numFmt":
            formats[int(element.attrib.get("numFmtId", 0))] = element.attrib.get("formatCode", "")
        elif local(element) == "fonts":
            fonts = [next((e.attrib.get("val", "") for e in f if local(e) == "name"), "") for f in element]
        elif local(element) == "cellXfs":
            for index, style in enumerate(element):
                number, font = int(style.attrib.get("numFmtId", 0)), int(style.attrib.get("fontId", 0))
                if shown := coarseness(formats.get(number), number) or shown_unit(formats.get(number, "")):
                    styles[index] = shown
                elif font < len(fonts) and is_symbol_font(fonts[font]):
                    styles[index] = SymbolFont(fonts[font])
    return styles


def runs_in(text: bytes) -> list[Run]:
    """The pieces of a rich text; none where it is plain."""
    return [_run(_SOUNDS.split(piece, 1)[0]) for piece in _RUN.split(text)[1:]]


def _run(piece: bytes) -> Run:
    font = _RUN_FONT.search(piece)
    text = b"".join(_RUN_TEXT.findall(piece))
    return Run(unescape(text.decode("utf-8", "replace")), font[1].decode("utf-8", "replace") if font else None)
