"""Where a firm is, as rows or its registered name say, and how near that is to a city.

Which prefectures share a border stands in `neighbours.txt`, which `tools/neighbours.py` makes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from graph.naming.divisions import COUNTRY, PROVINCES, bare, table
from graph.naming.firm import parse_firm
from graph.text import norm

# Where places are weighed an unknown one counts .5, and no known one counts less.
SAME_CITY, NEXT_CITY, SAME_PROVINCE, NEXT_PROVINCE, ELSEWHERE = 1.0, 0.9, 0.75, 0.6, 0.5
MADE_UP = "示例"  # with which the names of invented places begin
IN_WORDS = {SAME_CITY: "同市", NEXT_CITY: "邻市", SAME_PROVINCE: "同省", NEXT_PROVINCE: "邻省", ELSEWHERE: "外省"}
WITHOUT_COUNTIES = frozenset(("东莞市", "中山市", "儋州市", "嘉峪关市"))  # prefectures that are not divided further
_BETWEEN = re.compile(r"[\s·,、/()-]*")


@dataclass(frozen=True, slots=True)
class Place:
    """A province (short form), and the prefecture in it (whole name) where that is told.

    A municipality is both; so is, of its province, a county that has no prefecture over it (仙桃市).
    """

    province: str | None
    city: str | None = None


class _Division(NamedTuple):
    form: str  # as it may be written
    level: int  # 1 a province, 2 a prefecture, 3 a county
    place: Place
    whole: bool  # written with its level: 缙云县, not 缙云


@cache
def _divisions() -> dict[str, list[_Division]]:
    """Every division by the first two characters of each way to write it."""
    divisions: set[_Division] = set()

    def add(name: str, level: int, place: Place) -> None:
        divisions.add(_Division(name, level, place, True))
        if level < 3 or not name.endswith("区"):  # too many districts share their name with brands
            divisions.add(_Division(bare(name), level, place, bare(name) == name))

    for province, *rest in table("regions.txt"):
        short = bare(province)
        itself = province.endswith("市") or not rest
        city, *counties = [province, *rest] if itself else rest
        add(province, 1, Place(short, city if itself else None))
        if not itself:
            add(city, 2 if counties or city in WITHOUT_COUNTIES else 3, Place(short, city))
        for county in counties:
            add(county, 3, Place(short, city))
    by_start: dict[str, list[_Division]] = defaultdict(list)
    for division in sorted(divisions, key=lambda d: (-len(d.form), d.level, d.form)):
        by_start[division.form[:2]].append(division)
    return by_start


def place_of(text: str, brands: bool = False) -> Place | None:
    """The place that a text begins with, as far as it is told; None where two provinces have that name.

    With `brands` the text is a firm's name: a county's bare name in front is as likely a brand (永和智控, 东方财富).

    >>> place_of("浙江省温州市(瑞安)"), place_of("浙江新昌"), place_of("义乌市")
    (Place(province='浙江', city='温州市'), Place(province='浙江', city='绍兴市'), Place(province='浙江', city='金华市'))
    >>> place_of("朝阳区"), place_of("北京市朝阳区"), place_of("示例县"), place_of("永和智控", brands=True)
    (None, Place(province='北京', city='北京市'), None, None)
    """
    text = norm(text).removeprefix(COUNTRY)
    place: Place | None = None
    start = 0
    while place is None or place.city is None:
        if place and (between := _BETWEEN.match(text, start)):
            start = between.end()
        here = [
            d
            for d in _divisions().get(text[start : start + 2], ())
            if text.startswith(d.form, start)
            and (place is None or (d.level > 1 and d.place.province == place.province))
        ]
        if not here or (brands and place is None and here[0].level == 3 and not here[0].whole):
            break
        best = {d.place for d in here if (d.form, d.level) == (here[0].form, here[0].level)}
        start += len(here[0].form)
        if len(best) > 1:
            provinces = {p.province for p in best}
            return Place(provinces.pop()) if len(provinces) == 1 else place
        place = best.pop()
    return place


@dataclass(frozen=True, slots=True)
class FirmPlace:
    """Where a firm is, and the column that says so: what its name says is likely, not certain (`sure`)."""

    place: Place
    by: str

    @property
    def sure(self) -> bool:
        """Whether a row states the place as such."""
        return self.by != "名称"


def firm_place(
    name: str, location: str | None = None, county: str | None = None, home: Place | None = None
) -> FirmPlace | None:
    """Where a firm is by its 所在地, else by its 县市区, else by its name; None where none of them tells.

    The city from which one looks (`home`) is known by its name in a 所在地 even where no list has it.

    >>> firm_place("示例股份", location="浙江省绍兴市(新昌)")
    FirmPlace(place=Place(province='浙江', city='绍兴市'), by='所在地')
    >>> firm_place("湖南示例新材料科技股份有限公司"), firm_place("示例（丽水）科技有限公司").place.city, firm_place("示例股份")
    (FirmPlace(place=Place(province='湖南', city=None), by='名称'), '丽水市', None)
    >>> firm_place("示例股份", location="示例省示例市", home=home_of("示例市", "339999")).place.city
    '示例市'
    """
    for by, text in (("所在地", location), ("县市区", county)):
        if text and home and home.city and home.city in text:
            return FirmPlace(home, by)
        if text and (place := place_of(text)):
            return FirmPlace(place, by)
    parts = parse_firm(name)
    if not parts.region:
        return None
    place = place_of(parts.region[0] if parts.bracket else name, brands=not parts.bracket)
    return FirmPlace(place, "名称") if place else None


def home_of(city: str, *codes: str | None) -> Place:
    """The place of a city of the graph: by its name, else by the first of the codes of its regions that tells the province.

    >>> home_of("丽水市"), home_of("示例市", None, "339999")
    (Place(province='浙江', city='丽水市'), Place(province='浙江', city='示例市'))
    """
    known = place_of(city)
    if known and known.city:
        return known
    provinces = (PROVINCES.get(code[:2]) for code in codes if code)
    return Place(next(filter(None, provinces), known.province if known else None), city)


@cache
def neighbours() -> dict[str, frozenset[str]]:
    """By prefecture, those that share a border with it.

    >>> sorted(neighbours()["丽水市"])
    ['南平市', '台州市', '宁德市', '温州市', '衢州市', '金华市']
    """
    return {city: frozenset(others) for city, *others in table("neighbours.txt")}


@cache
def _next_provinces() -> dict[str, frozenset[str]]:
    """By province, those that share a border with it."""
    province_of = {d.place.city: d.place.province for of in _divisions().values() for d in of if d.place.city}
    touching: dict[str, set[str]] = defaultdict(set)
    for city, others in neighbours().items():
        for other in others:
            a, b = province_of.get(city), province_of.get(other)
            if a and b and a != b:
                touching[a].add(b)
    return {province: frozenset(others) for province, others in touching.items()}


def nearness(home: Place, there: Place | None) -> float | None:
    """How near a place is to a city; None where it cannot be told. Two provinces away is as far as it gets.

    >>> [nearness(home_of("丽水市"), place_of(p)) for p in ("丽水市", "福建宁德", "温州", "杭州", "福建福州", "北京", "示例县")]
    [1.0, 0.9, 0.9, 0.75, 0.6, 0.5, None]
    """
    if there is None or home.province is None:
        return None
    if there.city and there.city == home.city:
        return SAME_CITY
    if there.city and home.city and there.city in neighbours().get(home.city, ()):
        return NEXT_CITY
    if there.province == home.province:
        return SAME_PROVINCE
    return NEXT_PROVINCE if there.province in _next_provinces().get(home.province, ()) else ELSEWHERE
