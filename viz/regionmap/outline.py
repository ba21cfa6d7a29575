"""The outlines of China's counties, and which of them is meant by a name; `tools/outlines.py` makes `outlines.zip`."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from itertools import accumulate
from typing import Any
from zipfile import ZipFile

from graph.naming.divisions import bare
from graph.naming.places import place_of
from graph.text import norm

ARCHIVE = "outlines.zip"
Point = tuple[float, float]
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A county: its code and name, and its rings in degrees (longitude, latitude)."""

    code: str
    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class NamedCounty:
    """A county as data name it: its id, name, the region it lies in, its code where that is filled in."""

    id: str
    name: str
    city: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """A county of the archive."""

    code: str
    name: str
    prefecture: str  # its key
    city: str


def _member(name: str) -> Any:
    with as_file(files("viz.regionmap") / ARCHIVE) as path, ZipFile(path) as archive:
        return json.loads(archive.read(f"{name}.json"))


@cache
def _known() -> tuple[_Known, ...]:
    return tuple(
        _Known(code, name, key, prefecture["name"])
        for key, prefecture in _member("index").items()
        for code, name in prefecture["counties"].items()
    )


@cache
def _by_name() -> Mapping[str, tuple[_Known, ...]]:
    """Counties by each way to write them: whole, and without level and peoples."""
    ways: dict[str, list[_Known]] = defaultdict(list)
    for one in _known():
        for form in dict.fromkeys((one.name, bare(one.name))):
            ways[form].append(one)
    return {form: tuple(some) for form, some in ways.items()}


def codes_of(counties: Iterable[NamedCounty]) -> dict[str, str]:
    """The code of each county (by id) that has an outline: by its code, by its name within its city, else by its name
    alone where one county of China is called so, or one of those in a prefecture that others lie in.

    >>> codes_of([NamedCounty("a", "缙云县", "丽水市"), NamedCounty("b", "景宁"), NamedCounty("c", "示例县", "示例市")])
    {'a': '331122', 'b': '331127'}
    >>> codes_of([NamedCounty("a", "鼓楼区"), NamedCounty("b", "玄武区")]), codes_of([NamedCounty("a", "鼓楼区")])
    ({'b': '320102', 'a': '320106'}, {})
    """
    by_code = {one.code: one for one in _known()}
    sure: dict[str, _Known] = {}
    doubtful: dict[str, tuple[_Known, ...]] = {}
    for county in counties:
        if county.code in by_code:
            sure[county.id] = by_code[county.code]
            continue
        called = _called(county)
        if len(called) == 1:
            sure[county.id] = called[0]
        elif called:
            doubtful[county.id] = called
    there = Counter(one.prefecture for one in sure.values())
    for ident, some in doubtful.items():
        within = [one for one in some if there[one.prefecture]]
        if len(within) == 1:
            sure[ident] = within[0]
    taken = Counter(one.code for one in sure.values())  # two that claim one outline are told apart by none
    return {ident: one.code for ident, one in sure.items() if taken[one.code] == 1}


def _called(county: NamedCounty) -> tuple[_Known, ...]:
    """The counties of the archive that a name may mean."""
    name = norm(county.name)
    place = place_of(name)
    written = [n for n in (name, _last(name)) if n in _by_name()]
    some = _by_name()[written[0]] if written else ()
    whole = tuple(one for one in some if one.name == written[0])  # 临县 is not 临
    some = whole or some
    city = place_of(norm(county.city)) if county.city else place
    if county.city and (city is None or city.city is None):
        return ()  # a city that nobody knows has no county of that name
    if city and city.city and (inside := tuple(one for one in some if one.city == city.city)):
        return inside
    return () if county.city else some


def _last(name: str) -> str:
    """What a name ends with, of those that stand in the archive: 浙江省丽水市缙云县 is 缙云县."""
    return next((name[start:] for start in range(1, len(name) - 1) if name[start:] in _by_name()), name)


def prefectures_of(codes: Iterable[str], cities: Iterable[str] = ()) -> list[str]:
    """The keys of the prefectures that some counties (codes) lie in, or that are called so.

    >>> prefectures_of(["331122"]), prefectures_of([], ["台州市"]), prefectures_of([], ["示例市"])
    (['3311'], ['3310'], [])
    """
    wanted, named = set(codes), {place.city for c in cities if (place := place_of(norm(c))) and place.city}
    return sorted({one.prefecture for one in _known() if one.code in wanted or one.city in named})


@cache
def outlines(prefecture: str) -> tuple[Outline, ...]:
    """The counties of a prefecture (its key), by code.

    >>> [o.name for o in outlines("3311")][:3], len(outlines("3311"))
    (['莲都区', '青田县', '缙云县'], 9)
    """
    member = _member(prefecture)
    names = {one.code: one.name for one in _known() if one.prefecture == prefecture}
    (west, south), step = member["at"], member["step"]
    return tuple(
        Outline(c["code"], names[c["code"]], tuple(_ring(r, west, south, step) for r in c["rings"]))
        for c in member["counties"]
    )


def _ring(written: Sequence[int], west: float, south: float, step: float) -> Ring:
    xs, ys = accumulate(written[::2]), accumulate(written[1::2])
    return tuple((west + x * step, south + y * step) for x, y in zip(xs, ys, strict=True))


def prefecture_name(key: str) -> str:
    """What a prefecture is called.

    >>> prefecture_name("3311")
    '丽水市'
    """
    return next(one.city for one in _known() if one.prefecture == key)
