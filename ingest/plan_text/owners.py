"""Who answers for a passage: （责任单位：市科技局、各县（市、区）政府），（市科技局牵头，市财政局配合）."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from graph.text import norm
from ingest.plan_text.vocabulary import any_of, words

SHORTEST = 5  # characters of a name of which one may be wrong: 市财政局 and 市民政局 are two
LEVELS = "省市县区州盟旗镇乡"
_BRACKETED = re.compile(r"[（［\[]((?:[^（）［］\[\]]|（[^（）]*）)*)[）］\]]")
_BY_ROLE = re.compile(
    r"(?:按(?:照)?(?:各自)?职(?:责|能)(?:分工)?|分工|共同|分别)?(?:负责|落实|牵头|承担|配合|参与|协助|实施)(?:落实)?"
)


class OwnerText(NamedTuple):
    """Where the owners stand in a text."""

    start: int
    end: int
    owners: Owners


@dataclass(slots=True)
class Owners:
    """Who leads and who helps."""

    lead: list[str] = field(default_factory=list)
    support: list[str] = field(default_factory=list)

    def as_written(self, plain: str, text: str) -> Owners:
        """The same in the characters of the text itself.

        >>> Owners(["各县（市、区）政府"]).as_written("（责任单位：各县（市、区）政府）", "(责任单位:各县(市、区)政府)").lead
        ['各县(市、区)政府']
        """

        def own(unit: str) -> str:
            at = plain.find(unit)
            return text[at : at + len(unit)] if at >= 0 else unit

        return Owners([own(u) for u in self.lead], [own(u) for u in self.support])

    def __bool__(self) -> bool:
        return bool(self.lead or self.support)


@cache
def _marks() -> re.Pattern[str]:
    vocabulary = words()
    every = any_of((*vocabulary["owner_marks"], *vocabulary["support_marks"]))
    return re.compile(rf"({every})(?:及责任人)?[：:为]?\s*")


def owner_texts(plain: str) -> list[OwnerText]:
    """Every mention of who answers in a text in its plain form.

    >>> [t.owners.lead for t in owner_texts("达到10家。（责任单位：市科技局、各县（市、区）政府）")]
    [['市科技局', '各县（市、区）政府']]
    >>> [(t.owners.lead, t.owners.support) for t in owner_texts("完成编制。（市科技局牵头，市财政局、市教育局配合）")]
    [(['市科技局'], ['市财政局', '市教育局'])]
    """
    out = []
    for match in _BRACKETED.finditer(plain):
        at_end = match.end() >= len(plain.rstrip("。；")) or plain[match.end()] in "。；"
        owners = _marked(match[1]) if _marks().search(match[1]) else _by_role(match[1]) if at_end else Owners()
        if not owners and at_end and plain[match.start() - 1 : match.start()] in tuple("。；"):
            units = units_of(match[1])
            owners = Owners(units) if units and all(is_unit(u) for u in units) else owners
        if owners:
            out.append(OwnerText(match.start(), match.end(), owners))
    bare = _marks().search(plain)
    if bare and plain[bare.end() - 1] in "：: " and not any(t.start <= bare.start() < t.end for t in out):
        out.append(OwnerText(bare.start(), len(plain), _marked(plain[bare.start() :])))
    return out


def _marked(text: str) -> Owners:
    owners = Owners()
    marks = list(_marks().finditer(text))
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        units = units_of(
            re.split(
                "(?:责任人|联系人|联络人|完成|时限|期限|时间)", text[mark.end() : after.start() if after else len(text)]
            )[0]
        )
        side = owners.support if mark[1] in words()["support_marks"] else owners.lead
        side += [u for u in units if u not in side]
    return owners


def _by_role(text: str) -> Owners:
    if not re.search(r"(?:牵头|负责|配合|落实|参与)(?:落实)?[。）]?$|牵头", text):
        return Owners()
    owners = Owners()
    for part in re.split("[，；,;]", text):
        side = owners.support if re.search("配合|参与|协助", part) else owners.lead
        side += [u for u in units_of(_BY_ROLE.sub("", part)) if is_unit(u)]
    return owners


def units_of(text: str) -> list[str]:
    """The units of a list; a bracket keeps its own: 各县（市、区）政府 is one.

    >>> units_of("市科技局、各县（市、区）政府；丽水开发区管委会。")
    ['市科技局', '各县（市、区）政府', '丽水开发区管委会']
    """
    units, depth = [""], 0
    for char in text:
        depth += (char in "（(") - (char in "）)")
        if char in "、，；;,。 　\n" and depth <= 0:
            units.append("")
        else:
            units[-1] += char
    cleaned = (
        re.sub(r"^(?:由|各相关|其他|等)(?=.{3})|等(?:相关)?(?:部门|单位)?$", "", u.strip("：: ）】")).strip()
        for u in units
    )
    return [u for u in dict.fromkeys(cleaned) if len(u) > 1]


def is_unit(name: str) -> bool:
    """Whether a name ends as the names of public bodies do."""
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", name)
    return len(bare) <= 30 and bare.endswith(tuple(words()["owner_ends"]))


def doubtful(units: Iterable[str], known: Collection[str]) -> list[str]:
    """What is odd about the names of some units, by their ends and by those that are known.

    >>> doubtful(["市科技局", "市双招双引力", "市发改季"], {"市双招双引办", "市科技局"})
    ['责任单位“市双招双引力”与“市双招双引办”只差一个字，可能有错字', '责任单位“市发改季”不像部门名称，可能有错字']
    """
    doubts, named = [], {norm(k) for k in known}
    for unit in units:
        if norm(unit) in named:
            continue
        if near_one := next((k for k in sorted(named) if _one_apart(norm(unit), k)), None):
            doubts.append(f"责任单位“{unit}”与“{near_one}”只差一个字，可能有错字")
        elif not is_unit(unit):
            doubts.append(f"责任单位“{unit}”不像部门名称，可能有错字")
    return doubts


def _one_apart(one: str, other: str) -> bool:
    """Whether two names differ in one character that names no level: 示例县科技局 and 示例市科技局 are two."""
    if len(one) != len(other) or len(one) < SHORTEST:
        return False
    apart = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(apart) == 1 and not set(apart[0]) <= set(LEVELS)
