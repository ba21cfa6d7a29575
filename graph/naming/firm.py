"""Chinese names of firms, taken apart: region + core (brand and industry) + legal form.

No library strips Chinese legal forms; the rules here follow the regulation on registering enterprise names, under which
a name is 行政区划 + 字号 + 行业 + 组织形式, and the region may stand in brackets behind the brand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from graph.naming.divisions import region_at, zone_at
from graph.text import norm

ABRIDGED = "股份"  # of 股份有限公司, in the short names of listed firms
_WORDS = yaml.safe_load((files("graph.naming") / "firm_words.yaml").read_text("utf-8"))
STOP, TAILS = frozenset(_WORDS["stop"]), tuple(_WORDS["tails"])
FORMS: dict[str, str] = {written: form for form, ways in _WORDS["forms"].items() for written in ways}


def _ending(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))})$")


_INDUSTRY, _FORM, _BRANCH = (_ending(w) for w in (_WORDS["industries"], FORMS, _WORDS["branches"]))
_FORMER = re.compile(r"\([^()]*?(?:曾用名|原名称?|现名称?|更名为?|改名为?|前身为?|原)[::是]*([^()]{4,})\)")
_GROUP_BRACKET = re.compile(r"\(?集团\)?$|\(集团\)")
_BRACKET = re.compile(r"\(([^()]+)\)")
_LISTED_MARK = re.compile(r"^(?:S?\*?ST|PT|退市)(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?:-[UWD]+|[AB]股?|退)$")


@dataclass(frozen=True, slots=True)
class FirmName:
    """The parts of a name. `form` is None where none is written; `former` are names that the name itself says it had."""

    region: tuple[str, ...]
    core: str
    brand: str
    form: str | None
    group: bool = False
    branch: str | None = None
    bracket: bool = False  # the region stands in brackets behind the brand: not the firm whose name begins with it
    former: tuple[str, ...] = ()
    full: bool = False  # a whole legal form is written; 华瓷股份 is short

    @property
    def key(self) -> tuple[tuple[str, ...], str, bool, bool]:
        """What two writings of one registered name agree in, beside the legal form."""
        return self.region, self.core, self.group, self.bracket


@lru_cache(maxsize=1 << 18)
def parse_firm(name: str) -> FirmName:
    """Take a name apart; full-width or half-width brackets are the same.

    >>> parse_firm("浙江晨龙锯床股份有限公司")
    FirmName(region=('浙江',), core='晨龙锯床', brand='晨龙', form='股份有限公司', group=False, branch=None, bracket=False, former=(), full=True)
    >>> parse_firm("欢腾（浙江）动力科技有限责任公司").key
    (('浙江',), '欢腾动力科技', False, True)
    >>> parse_firm("示例控股（集团）有限公司").group, parse_firm("示例股份有限公司杭州分公司").branch
    (True, '分公司')
    """
    text = _LISTED_MARK.sub("", norm(name).replace(" ", "") if not name.isascii() else norm(name))
    former = tuple(_FORMER.findall(text))
    text = _FORMER.sub("", text).removesuffix("(筹)")
    if branch_word := _BRANCH.search(text):
        return FirmName((), text, text, None, branch=branch_word[0], former=former)
    rest, form = _cut_form(text)
    region, rest = _cut_region(rest)
    bracket = False
    if not region:
        region, rest = _bracketed_region(rest)
        bracket = bool(region)
    core = _GROUP_BRACKET.sub("", rest)
    group = core != rest
    full = form is not None and not text.endswith(ABRIDGED)
    return FirmName(region, core, brand_of(core), form, group, None, bracket, former, full)


def _cut_form(text: str) -> tuple[str, str | None]:
    written = _FORM.search(text)
    if not written or written.start() < 2:
        return text, None
    return text[: written.start()], FORMS[written[0]]


def _cut_region(text: str) -> tuple[tuple[str, ...], str]:
    """The divisions in front, as long as something that can be a core is left."""
    parts: list[str] = []
    start = 0
    while (division := region_at(text, start)) and len(text) - division[1] >= 2:
        # A county's bare name before nothing but an industry is a brand: 凤凰传媒, 东方电气.
        end = zone_at(text, division[1])
        written = text[start : division[1]]
        if written == division[0] and not brand_of(text[end:]) and len(text) - end <= 2 and not parts:
            break
        parts.append(division[0] if end == division[1] else text[start:end])
        start = end
    return tuple(parts), text[start:]


def _bracketed_region(text: str) -> tuple[tuple[str, ...], str]:
    for bracketed in _BRACKET.finditer(text):
        place = region_at(bracketed[1])
        if place and place[1] == len(bracketed[1]):
            return (place[0],), text[: bracketed.start()] + text[bracketed.end() :]
    return (), text


@lru_cache(maxsize=1 << 18)
def brand_of(core: str) -> str:
    """The core without the words of its industry; empty where it is nothing else.

    >>> brand_of("晨龙锯床"), brand_of("沃沃阀门"), brand_of("机械科技")
    ('晨龙', '沃沃', '')
    """
    while industry := _INDUSTRY.search(core):
        if industry.start() == 1:
            break
        core = core[: industry.start()]
    return core
