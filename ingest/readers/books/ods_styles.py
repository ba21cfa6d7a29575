"""What the styles of an OpenDocument workbook show: fonts of signs, units of money, dates without a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ingest.readers.books.formats import Shown, coarseness, shown_unit
from ingest.readers.container import local
from ingest.readers.symbols import is_symbol_font, signs

_DATE_PARTS = {
    "year": "yyyy",
    "month": "m",
    "day": "d",
    "hours": "h",
    "minutes": "m",
    "seconds": "s",
    "day-of-week": "d",
}


class StyleLook(NamedTuple):
    """What a style of cells or of words says."""

    font: str = ""
    shown: Shown | None = None


@dataclass(slots=True)
class _Style:
    parent: str
    font: str
    format: str


@dataclass(slots=True)
class Styles:
    """The styles of a workbook by name, as they are met."""

    hidden: set[str] = field(default_factory=set)  # styles of sheets that nobody sees
    _styles: dict[str, _Style] = field(default_factory=dict)
    _formats: dict[str, Shown | None] = field(default_factory=dict)
    _looks: dict[str, StyleLook] = field(default_factory=dict)
    _fonts: dict[str, str] = field(default_factory=dict)

    def note(self, element: Element) -> None:
        """Keep what an element says of looks, if anything."""
        kind = local(element)
        if kind in ("number-style", "currency-style", "date-style"):
            code = _code(element)
            self._formats[_of(element, "name")] = coarseness(code) if kind == "date-style" else shown_unit(code)
        elif kind == "font-face":
            self._fonts[_of(element, "name")] = _of(element, "font-family").strip("'\"")
        elif kind == "style":
            fonts = [_of(e, "font-name") or _of(e, "font-family") for e in element if local(e) == "text-properties"]
            if any(_of(e, "display") == "false" for e in element if local(e) == "table-properties"):
                self.hidden.add(_of(element, "name"))
            style = _Style(
                _of(element, "parent-style-name"), fonts[0] if fonts else "", _of(element, "data-style-name")
            )
            self._styles[_of(element, "name")] = style

    def look(self, name: str) -> StyleLook:
        """What a style says, or those that it is made from."""
        if name not in self._looks:
            font = number = ""
            style, seen = self._styles.get(name), 0
            while style is not None and seen < 16:
                font, number = font or style.font, number or style.format
                style, seen = self._styles.get(style.parent), seen + 1
            font = self._fonts.get(font, font)
            self._looks[name] = StyleLook(font if is_symbol_font(font) else "", self._formats.get(number))
        return self._looks[name]

    @staticmethod
    def signs(text: str, font: str) -> str:
        """A text as people see it in a font."""
        return signs(text, font) if font else text


def _of(element: Element, name: str) -> str:
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def _code(element: Element) -> str:
    """A number format as Excel would write it."""
    code = ""
    for part in element:
        kind = local(part)
        if kind == "number":
            places = _of(part, "decimal-places")
            factor = _of(part, "display-factor").partition(".")[0]
            code += "0" + ("." + "0" * min(int(places), 9) if places.isdecimal() and int(places) else "")
            code += "," * (max(0, len(factor) - 1) // 3)
        elif kind in _DATE_PARTS:
            code += _DATE_PARTS[kind]
        elif kind in ("text", "currency-symbol"):
            code += f'"{part.text or ""}"'
    return code
