"""SVG to PNG with the vendored font only, so that a picture is the same on every machine."""

from __future__ import annotations

import re

import resvg_py

from viz.drawing.svg import tag, text
from viz.fonts import FAMILY, font_path
from viz.theme import WHITE

# The font has the characters of GBK: rarer ones, and private ones, it lacks.
_LACKING = re.compile("[\u3400-\u4dbf\u9fa6-\u9fff\ue000-\uf8ff\U00020000-\U0003ffff]")
_INSTEAD = "〓"  # what printers set for a character that they do not have
_SIZE = re.compile(r'viewBox="0 0 [\d.]+ ([\d.]+)"')


def svg_to_png(svg: str, *, scale: float = 2) -> bytes:
    """A PNG of a drawing, `scale` pixels per unit, on white; characters that the font lacks are told in its corner."""
    drawn = resvg_py.svg_to_bytes(
        svg_string=with_lacking_told(svg),
        zoom=scale,
        background=WHITE,
        skip_system_fonts=True,
        font_files=[str(font_path())],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
        serif_family=FAMILY,
    )
    return bytes(drawn)


def with_lacking_told(svg: str) -> str:
    """The drawing with 〓 for each character that the font lacks, and a line that says which they are.

    >>> with_lacking_told('<svg viewBox="0 0 90 40"><text>㛃光</text></svg>')[24:]
    '><text>〓光</text><text x="4" y="37.0" font-size="8">〓 为字体没有的生僻字：U+36C3</text></svg>'
    """
    lacking = sorted(set(_LACKING.findall(svg)))
    if not lacking:
        return svg
    size = _SIZE.search(svg)
    codes = " ".join(f"U+{ord(c):04X}" for c in lacking)
    line = tag(
        "text",
        text(f"{_INSTEAD} 为字体没有的生僻字：{codes}"),
        x=4,
        y=(float(size[1]) if size else 12) - 3,
        font_size=8,
    )
    return _LACKING.sub(_INSTEAD, svg).replace("</svg>", f"{line}</svg>")
