"""How things look: one place for the colours, icons and hatches of pages, drawings, Word and Excel.

`python -m viz.theme > api/web/static/theme.css` writes the stylesheet that the pages read.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.analysis.grading.statuses import PALE_FLAGS, STATUSES
from graph.naming.places import MADE_UP
from graph.plan import light as lights
from viz.dark import DARK

FONT_STACK = '"Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif'
DEMO_NOTICE = "示例数据·来自公开报道·不作考核依据"
STAGES = ("上游", "中游", "下游", "配套", "应用")
SAMPLE = "样本不全"  # the flag that is drawn as a hatch

WHITE, INK, MUTED, LINE, SOFT = "#ffffff", "#1f2329", "#646a73", "#e3e6eb", "#f5f7fa"
FRAME, ARROW, LINK = (
    "#c9ced6",
    "#9aa4b2",
    "#b6becb",
)  # boxes to write in; arrows of the chain map; links of the mind map
BRAND, BRAND_SOFT, BRAND_DARK = "#0b5cad", "#eaf2fb", "#094c90"
WARN, WARN_INK, WARN_LINE = "#fff8e6", "#7a5200", "#f3e3b3"
PICKED = "#c9340b"  # what the pointer is on
HEAD = "#e8eef6"  # head of a printed table
CORNER = "#fff8f0"  # the corner of the chart that comes first
GROUP = "#5f6670"  # what is of no kind of its own
GROUND, HINT, PANEL, FLAG, FLAG_INK = "#fbfcfe", "#6b717a", "#d4d9e0", "#eef0f3", "#41464d"
RAMP = ("#f2f7fd", "#d8e8f8", "#b4d3f0", "#8dbce6", "#66a3da")  # from little to much; ink is legible on each
RAMP_EDGE = "#7d8896"  # borders on a map
TOKENS = {
    "paper": WHITE, "ink": INK, "muted": MUTED, "line": LINE, "soft": SOFT, "frame": FRAME, "arrow": ARROW, "link": LINK, "brand": BRAND,
    "brand-soft": BRAND_SOFT, "brand-dark": BRAND_DARK, "warn": WARN, "warn-ink": WARN_INK, "warn-line": WARN_LINE, "picked": PICKED,
    "group": GROUP, "ground": GROUND, "hint": HINT, "panel": PANEL, "flag": FLAG, "flag-ink": FLAG_INK,
    **{f"ramp-{n}": color for n, color in enumerate(RAMP)}, "ramp-edge": RAMP_EDGE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of a box: line and text on white (contrast >= 4.5), its ground, its soft border on a page."""

    color: str
    fill: str
    edge: str
    ink: str = ""  # of a name inside; empty: that of `color`


@dataclass(frozen=True, slots=True)
class StatusStyle(Look):
    """Colour never stands alone: an icon and the caption go with it."""

    code: str = ""
    icon: str = ""
    dashed: bool = False
    loud: bool = False  # its number stands out in the director's table

    @property
    def caption(self) -> str:
        """What people call it."""
        return STATUSES[self.code].caption


PALE = Look(MUTED, "#fafafa", "#b8bdc6", "#50565e")  # to be checked: never in an alarming colour
STATUS_STYLES: dict[str, StatusStyle] = {
    s.code: s
    for s in (
        StatusStyle("#237804", "#f0f9eb", "#b7dfa0", code="强链", icon="▲", loud=True),
        StatusStyle("#0b5cad", "#eef6ff", "#b3d4f5", code="稳链", icon="●"),
        StatusStyle("#ad5700", "#fff8e6", "#f5d79a", code="弱链", icon="▼", loud=True),
        StatusStyle("#c41d1d", "#fff1f0", "#f3b5b1", code="缺链", icon="×", loud=True),
        StatusStyle("#a8071a", "#ffe9e8", "#ec8f8b", code="断链", icon="≠", loud=True),
        StatusStyle("#722ed1", "#f6f0ff", "#d3bcf0", code="卡脖子", icon="◆", loud=True),
        StatusStyle("#595959", "#fafafa", "#d9d9d9", code="空白", icon="○"),
        StatusStyle("#6b6b6b", "#f5f5f5", "#d9d9d9", code="未知", icon="?", dashed=True),
        StatusStyle("#08757a", "#e8fafa", "#a8dedf", code="不适用", icon="◇"),
    )
}


@dataclass(frozen=True, slots=True)
class LightStyle(Look):
    """The look of a light of the plan: its sign and word go with the colour; hatched where it waits for a check."""

    light: lights.Light = lights.UNREPORTED
    hatched: bool = False

    @property
    def word(self) -> str:
        """What people call it."""
        return self.light.word

    @property
    def sign(self) -> str:
        """What stands for it where there is no colour."""
        return self.light.sign


LIGHT_STYLES: dict[str, LightStyle] = {
    s.word: s
    for s in (
        LightStyle("#a8071a", "#ffdedb", "#e0605c", light=lights.LATE),
        LightStyle("#9a4100", "#ffe2c2", "#e8924a", light=lights.FAR_BEHIND),
        LightStyle("#6b5300", "#fff3b8", "#d8bd3a", light=lights.BEHIND),
        LightStyle("#0b5cad", "#eef6ff", "#b3d4f5", light=lights.NORMAL),
        LightStyle("#237804", "#e4f5da", "#9ccf88", light=lights.REACHED),
        LightStyle("#50565e", "#fafafa", "#b8bdc6", light=lights.UNCLEAR, hatched=True),
        LightStyle("#646a73", "#f5f7fa", "#d9d9d9", light=lights.UNREPORTED),
    )
}


def demo_notice(counties: Iterable[str]) -> str:
    """What stands over example data of some counties: what is invented is no report of anybody.

    >>> demo_notice(["缙云县"]), demo_notice(["示例县"]), demo_notice(["缙云县", "示例县"])
    ('示例数据·来自公开报道·不作考核依据', '示例数据·虚构·不作考核依据', '示例数据·来自公开报道·不作考核依据（示例县为虚构）')
    """
    named = dict.fromkeys(counties)
    invented = [c for c in named if c.startswith(MADE_UP)]
    if invented and len(invented) == len(named):
        return "示例数据·虚构·不作考核依据"
    return f"{DEMO_NOTICE}（{'、'.join(invented)}为虚构）" if invented else DEMO_NOTICE


def is_pale(flags: Collection[str]) -> bool:
    """Whether a segment with these flags is to be checked before anything is said of it."""
    return not PALE_FLAGS.isdisjoint(flags)


def is_thin(row: Mapping[str, Any]) -> bool:
    """Whether the makers of a segment are only a lower bound, wherever that is drawn: as a hatch.

    >>> is_thin({"flags": ["样本不全"], "provisional": False}), is_thin({"flags": [], "provisional": False})
    (True, False)
    """
    return SAMPLE in row["flags"] or bool(row.get("provisional"))


def look_of(status: str, flags: Collection[str]) -> Look:
    """The colours of a segment.

    >>> look_of("断链", ["与在产矛盾"]) is PALE, look_of("断链", []).color
    (True, '#a8071a')
    """
    return PALE if is_pale(flags) else STATUS_STYLES[status]


def is_hatched(light: str, flags: Collection[str]) -> bool:
    """Whether a light is drawn hatched: to be checked, or proved by the ledger alone.

    >>> is_hatched("待核实", []), is_hatched("正常", ["按台账"]), is_hatched("正常", ["临期"])
    (True, True, False)
    """
    return LIGHT_STYLES[light].hatched or lights.BY_LEDGER in flags


def stylesheet() -> str:
    """The colours as a stylesheet: tokens, the tag (s-) and the number (n-) of each status, the lights (l-)."""
    head = "/* Made by: python -m viz.theme > api/web/static/theme.css */"
    return "\n".join((head, rule(":root", tokens()), *_status_rules(), *_light_rules())) + "\n"


def tokens() -> dict[str, str]:
    """The colours by the names that stylesheets and scripts use.

    >>> tokens()["--color-弱链"]
    '#ad5700'
    """
    named = {f"--{name}": color for name, color in TOKENS.items()}
    named |= {"--pale-ink": PALE.ink, "--pale": PALE.color, "--pale-fill": PALE.fill, "--pale-edge": PALE.edge}
    for code, s in STATUS_STYLES.items():
        named |= {f"--color-{code}": s.color, f"--fill-{code}": s.fill, f"--edge-{code}": s.edge}
    for word, light in LIGHT_STYLES.items():
        named |= {
            f"--light-{word}": light.color,
            f"--light-fill-{word}": light.fill,
            f"--light-edge-{word}": light.edge,
        }
    return named


def dark() -> str:
    """What a page adds: the tokens on a dark ground, and each colour of a drawing by its light one. Paper stays light."""
    named = {"color-scheme": "dark", "--shade": "rgba(0, 0, 0, .5)"}
    named |= {name: DARK[color] for name, color in tokens().items() if color in DARK}
    named |= {f"--c-{color[1:]}": instead for color, instead in DARK.items()}
    return f"@media screen {{\n{rule(':root[data-theme=dark]', named)}\n}}\n"


def rule(selector: str, properties: Mapping[str, str]) -> str:
    """One rule of a stylesheet.

    >>> print(rule(".a", {"color": "#fff"}))
    .a {
      color: #fff;
    }
    """
    return "\n".join((f"{selector} {{", *(f"  {name}: {value};" for name, value in properties.items()), "}"))


def _status_rules() -> Iterator[str]:
    for code, style in STATUS_STYLES.items():
        color = {"color": f"var(--color-{code})"}
        ground = {"background": f"var(--fill-{code})", "border-color": f"var(--edge-{code})"}
        yield rule(f".s-{code}", color | ground | ({"border-style": "dashed"} if style.dashed else {}))
        if style.loud or style.dashed:
            yield rule(f".n-{code}", color | ({"font-weight": "600"} if style.loud else {}))
    stripes = "repeating-linear-gradient(135deg, rgba(0, 0, 0, .09) 0 2px, transparent 2px 6px)"
    yield rule(".thin", {"background-image": f"{stripes} !important"})
    pale = {"color": "var(--pale)", "background-color": "var(--pale-fill)", "border-color": "var(--pale-edge)"}
    important = {name: f"{value} !important" for name, value in pale.items()}
    yield rule(".pale", {"border-style": "dashed", **important})


def _light_rules() -> Iterator[str]:
    for word in LIGHT_STYLES:
        ground = {"background-color": f"var(--light-fill-{word})", "border-color": f"var(--light-edge-{word})"}
        yield rule(f".l-{word}", {"color": f"var(--light-{word})"} | ground)


if __name__ == "__main__":
    sys.stdout.write(stylesheet() + dark())
