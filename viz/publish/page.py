"""The file itself: every text escaped, its own script and style allowed by their hashes and nothing else, no other host."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import jinja2
from markupsafe import Markup

from graph.analysis.grading.statuses import BY_GRAVITY
from graph.answers.overview import SHOWN
from graph.answers.papers.snapshot import PublishedChain, PublishedCity
from graph.files import reason_of
from graph.measures.measure import load_measures
from graph.naming.chain import chain_title
from viz.chainmap.drawing import chain_svg, definitions
from viz.drawing.alone import policy
from viz.errors import NotWritable, UnknownFormat
from viz.mindmap.node import MindNode
from viz.mindmap.tree import mind_tree
from viz.publish.fill import MOST, STEPS, Fill
from viz.publish.lists import PublishedList, lists_of
from viz.theme import LIGHT_STYLES, STATUS_STYLES, demo_notice, is_hatched, is_pale, rule, stylesheet

FORMATS = (".html",)
OPEN = 2  # levels of a mind map that are unfolded at first


@dataclass(frozen=True, slots=True)
class Published:
    """The file, the chains that it shows, and what did not fit into it."""

    size: int
    chains: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainScreen:
    """A chain as its screen shows it."""

    ident: str
    chain: PublishedChain
    title: str
    svg: Markup
    mind: MindNode | None
    lists: Sequence[PublishedList]


def write_snapshot(path: Path, snapshot: PublishedCity, unit: str = "", most: int = MOST) -> Published:
    """Write the snapshot as .html of so many bytes at most, with less in it where all is too much; `unit` is who issues it.

    Raises UnknownFormat and NotWritable.
    """
    if path.suffix.lower() not in FORMATS:
        raise UnknownFormat(path.suffix, FORMATS)
    content, fill = fitted(snapshot, unit, most)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise NotWritable(path, reason_of(error)) from error
    chains = tuple(f"{c.view.county}/{c.view.chain}" for c in snapshot.chains)
    return Published(len(content), chains, fill.left_out)


def fitted(snapshot: PublishedCity, unit: str, most: int) -> tuple[bytes, Fill]:
    """The fullest page of so many bytes at most; where none is, the emptiest."""
    for fill in STEPS:
        content = snapshot_html(snapshot, fill, unit).encode()
        if len(content) <= most:
            break
    return content, fill


def snapshot_html(snapshot: PublishedCity, fill: Fill, unit: str = "") -> str:
    """The page, as full as is wanted."""
    screens = list(_screens(snapshot, fill))
    style = _style(screens)
    codes, measures = [c for c in BY_GRAVITY if c in SHOWN], [m for m in load_measures() if m.director]
    known = {s.chain.view.chain_id: s.ident for s in screens}
    return _template().render(
        title=f"{snapshot.place}产业链快照",
        snapshot=snapshot,
        unit=unit,
        notice=demo_notice(snapshot.counties) if snapshot.demo else "",
        left_out=fill.left_out,
        lines=fill.lines,
        screens=screens,
        screen_of=known,
        by_id={s["segment_id"]: s for s in snapshot.segments},
        codes=codes,
        director=[
            "县市区",
            "产业链",
            "已摸底",
            *(STATUS_STYLES[c].caption for c in codes),
            *(m.of for m in measures),
            "数据日期",
        ],
        status_choices=[(code, STATUS_STYLES[code].caption) for code in BY_GRAVITY],
        light_choices=[(word, f"{style.sign} {word}") for word, style in LIGHT_STYLES.items()],
        measures=measures,
        definitions=Markup(definitions()),
        style=Markup(style),
        script=Markup(_asset("publish.js")),
        policy=policy(style, (_asset("publish.js"),)),
    )


def _screens(snapshot: PublishedCity, fill: Fill) -> Iterator[ChainScreen]:
    for number, chain in enumerate(snapshot.chains[: fill.chains], 1):
        drawn = chain_svg(chain.view).replace(definitions(), "", 1)  # they stand once in the page
        yield ChainScreen(
            f"c{number}",
            chain,
            chain_title(chain.view.county, chain.view.chain),
            Markup(drawn),
            _cut(mind_tree(chain.view, chain.plan), fill) if fill.depth else None,
            lists_of(chain, fill.rows) if fill.rows else (),
        )


def _cut(node: MindNode, fill: Fill, level: int = 0) -> MindNode:
    """The map down to a level, with or without the rows behind its boxes."""
    below = [_cut(child, fill, level + 1) for child in node.children] if level < fill.depth else []
    node.children, node.rows = below, node.rows if fill.evidence else []
    return node


def _style(screens: Iterable[ChainScreen]) -> str:
    colors = sorted({n.color for s in screens if s.mind for n in s.mind.walk()})
    return "\n".join(
        (stylesheet(), _asset("publish.css"), *(rule(f".{_class(c)}", {"border-color": c}) for c in colors))
    )


def _class(color: str) -> str:
    return f"k{color.removeprefix('#')}"


@cache
def _asset(name: str) -> str:
    return (files("viz.publish") / "assets" / name).read_text("utf-8")


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals |= {
        "styles": STATUS_STYLES,
        "lights": LIGHT_STYLES,
        "is_hatched": is_hatched,
        "is_pale": is_pale,
        "color_class": _class,
        "unfolded": OPEN,
        "chain_title": chain_title,
    }
    return environment.from_string(_asset("publish.html.j2"))
