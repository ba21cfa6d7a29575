"""SVG to PNG with the vendored font only, so that a picture is the same on every machine."""

from __future__ import annotations

import resvg_py

from viz.fonts import FAMILY, font_path
from viz.theme import WHITE


def svg_to_png(svg: str, *, scale: float = 2) -> bytes:
    """A PNG of a drawing, `scale` pixels per unit, on white."""
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=scale,
        background=WHITE,
        skip_system_fonts=True,
        font_files=[str(font_path())],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
        serif_family=FAMILY,
    )
    return bytes(drawn)
