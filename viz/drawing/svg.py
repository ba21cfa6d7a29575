"""Small pieces of SVG, every text escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

_VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_BAD = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))


def clean_xml(text: object) -> str:
    """Text without the characters that XML cannot hold.

    >>> clean_xml("a\\x00b")
    'ab'
    """
    return "".join(c for c in str(text).translate(_BAD) if not 0xD800 <= ord(c) <= 0xDFFF)


def tag(name: str, content: str | Iterable[str] = "", **attributes: object) -> str:
    """An element. Attribute names take _ for -; `content` is markup already escaped.

    >>> tag("text", text("<a>"), x=1, font_size=12)
    '<text x="1" font-size="12">&lt;a&gt;</text>'
    """
    written = named({k.rstrip("_").replace("_", "-"): v for k, v in attributes.items()})
    inner = content if isinstance(content, str) else "".join(content)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def named(attributes: Mapping[str, object]) -> str:
    """Attributes under the very names given; those of no value are left out.

    >>> named({"_note": "a<b", "id": None})
    ' _note="a&lt;b"'
    """
    return "".join(f" {k}={quoteattr(clean_xml(_short(v)))}" for k, v in attributes.items() if v is not None)


def text(content: object) -> str:
    """Text as element content."""
    return escape(clean_xml(content))


def _short(value: object) -> object:
    return round(value, 2) if isinstance(value, float) else value


def size_of(svg: str) -> tuple[float, float]:
    """Width and height of a drawing, in its units.

    >>> size_of('<svg width="90" height="40" viewBox="0 0 90 40"/>')
    (90.0, 40.0)
    """
    size = _VIEW.search(svg)
    return (float(size[1]), float(size[2])) if size else (1.0, 1.0)
