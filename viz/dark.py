"""The dark page: for each colour of the light one, what stands for it, so that drawings turn with the page as well."""

from __future__ import annotations

import re

DARK = {
    "#ffffff": "#17191d", "#1f2329": "#e4e7eb", "#646a73": "#a6aeb9", "#e3e6eb": "#343a42", "#f5f7fa": "#1f2328",
    "#c9ced6": "#525a65", "#9aa4b2": "#8792a1", "#b6becb": "#66707e", "#0b5cad": "#6cb2f7", "#eaf2fb": "#16293d",
    "#094c90": "#9accff", "#fff8e6": "#2e2714", "#7a5200": "#e8c268", "#f3e3b3": "#5a4a1c", "#c9340b": "#ff8a5c",
    "#5f6670": "#a9b0ba", "#fbfcfe": "#1b1e23", "#6b717a": "#a0a7b1", "#d4d9e0": "#3d444d", "#eef0f3": "#2a2f36",
    "#41464d": "#c5cad1", "#e8eef6": "#232b35", "#fff8f0": "#2a241b", "#50565e": "#b5bbc4", "#fafafa": "#1d2024",
    "#b8bdc6": "#565d67", "#237804": "#7cc860", "#f0f9eb": "#16261a", "#b7dfa0": "#3d6b33", "#eef6ff": "#14263a",
    "#b3d4f5": "#2f5a87", "#ad5700": "#f0a94e", "#f5d79a": "#6d5520", "#c41d1d": "#ff8078", "#fff1f0": "#331a1a",
    "#f3b5b1": "#7a3a37", "#a8071a": "#ff7a85", "#ffe9e8": "#391a1d", "#ec8f8b": "#8a403f", "#722ed1": "#bd93f5",
    "#f6f0ff": "#251c36", "#d3bcf0": "#5b448a", "#595959": "#b4b8be", "#d9d9d9": "#454a52", "#6b6b6b": "#a8a8a8",
    "#f5f5f5": "#202225", "#08757a": "#4cc4ca", "#e8fafa": "#10292b", "#a8dedf": "#2d6466", "#ffdedb": "#45201f",
    "#e0605c": "#a04542", "#9a4100": "#f5a15c", "#ffe2c2": "#3d2812", "#e8924a": "#8f5a26", "#6b5300": "#e3c64e",
    "#f2f7fd": "#18222e", "#d8e8f8": "#1b3047", "#b4d3f0": "#1f4063", "#8dbce6": "#255280", "#66a3da": "#2b659e",
    "#7d8896": "#76818f",
    "#fff3b8": "#37300f", "#d8bd3a": "#7d6c1d", "#e4f5da": "#1a2e17", "#9ccf88": "#41703a",
}  # fmt: skip
_COLOR = re.compile(r'(?<==")#[0-9a-f]{6}(?=")')


def turning(svg: str) -> str:
    """A drawing whose colours turn with the page that it stands in; where there is no page they stay as they are.

    >>> turning('<rect fill="#0b5cad" stroke="#123456"/>')
    '<rect fill="var(--c-0b5cad,#0b5cad)" stroke="#123456"/>'
    """
    return _COLOR.sub(lambda c: f"var(--c-{c[0][1:]},{c[0]})" if c[0] in DARK else c[0], svg)
