"""Templates, and what every page needs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

import jinja2
from markupsafe import Markup

from api.web.menu import MENU
from api.web.reading import HOW_TO_READ
from graph.dates import local_time
from graph.files import row_place, source_line
from graph.naming.chain import chain_title
from graph.text import digits, masked
from graph.version import __version__
from viz.dark import turning
from viz.drawing.svg import named as svg_named
from viz.theme import LIGHT_STYLES, STATUS_STYLES, is_hatched, is_pale

FIRST_ROWS, LATER_ROWS = 200, 400


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(files("api") / "web" / "templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "menu": MENU,
        "chain_title": chain_title,
        "styles": STATUS_STYLES,
        "lights": LIGHT_STYLES,
        "is_hatched": is_hatched,
        "version": __version__,
        "link": link,
        "is_pale": is_pale,
        "how_to_read": HOW_TO_READ,
        "named": lambda **attributes: Markup(svg_named({k.replace("_", "-"): v for k, v in attributes.items()})),
    }
    environment.filters |= {
        "masked": masked,
        "part": part,
        "local_time": local_time,
        "row_place": row_place,
        "source_line": source_line,
    }
    environment.filters["drawing"] = lambda svg: Markup(turning(svg))  # drawn by viz, every text escaped there
    environment.filters["digits"] = lambda v: digits(round(v, 2))
    environment.filters["percent"] = lambda v: "" if v is None else f"{v:.0%}"
    return environment


def link(path: str, **query: Any) -> str:
    """A local URL with its query; a list gives its name once per item.

    >>> link("/chain", chain="a b", county=None), link("/recruiting", add=["a", "b"])
    ('/chain?chain=a+b', '/recruiting?add=a&add=b')
    """
    fields = urlencode({k: v for k, v in query.items() if v is not None}, doseq=True)
    return f"{path}?{fields}" if fields else path


def part(rows: Iterable[Any], start: int = 0, size: int | None = None) -> list[Any]:
    """What a page holds of a long table: its first rows, else those after the ones that the browser has.

    >>> len(part(range(3000))), part(range(3000), 200)[0], len(part(range(3000), 200)), part(range(3), 3)
    (200, 200, 400, [])
    """
    return list(rows)[start : start + (size or (LATER_ROWS if start else FIRST_ROWS))]


def render(template: str, **values: Any) -> str:
    """A page as HTML; every value is escaped."""
    return _environment().get_template(template).render(**values)
