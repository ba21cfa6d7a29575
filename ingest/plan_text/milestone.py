"""What is to be there by a date, without a number: 2024年4月前完成方案编制, 2026年底前建成投产."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ingest.plan_text.indicator import items_of
from ingest.plan_text.vocabulary import any_of, words

LONGEST = 40


class MilestoneText(NamedTuple):
    """A thing that is to be done: its name, and where it stands."""

    name: str
    start: int
    end: int


@cache
def _done() -> re.Pattern[str]:
    verbs = any_of(words()["milestones"]["verbs"])
    return re.compile(rf"^(?P<lead>.*?)(?P<verb>{verbs})(?P<thing>[^，。；：！？]+)$")


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<thing>.{{2,{LONGEST}}}?)(?:全部|正式|全面|基本)?(?P<end>{any_of(words()['milestones']['ends'])})$"
    )


@cache
def _things() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(words()['milestones']['things'])})(?:（[^（）]*）|》|”)*$")


@cache
def _vague() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(words()['milestones']['vague'])})$")


def milestones(text: str, start: int) -> Iterator[MilestoneText]:
    """What a clause without its dates says is to be done. `start` is where the clause begins.

    >>> [m.name for m in milestones("各县（市、区）完成产业链技术需求清单", 0)]
    ['完成产业链技术需求清单']
    >>> [m.name for m in milestones("完善创新思维导图和产业链技术分析报告", 0)]
    ['完善创新思维导图', '完善产业链技术分析报告']
    >>> list(milestones("建成全国先进制造业强市", 0)), [m.name for m in milestones("示例产业园一期建成投产", 0)]
    ([], ['示例产业园一期建成投产'])
    """
    bare = re.split("并(?:报|按|同步|印发|组织|向|于|上报|送)", text.rstrip("，。；：！？ "))[0].strip("要应须于在")
    if re.search(r"\d", re.sub(r"“[^”]*”|《[^》]*》", "", bare)):
        return
    ends = _ends().search(bare)
    if ends and not _vague().search(ends["thing"]) and len(bare) <= LONGEST:
        yield MilestoneText(_short(bare), start, start + len(text))
        return
    match = _done().match(bare)
    if not match or len(match["lead"]) > 24 or len(match["thing"]) > LONGEST or _vague().search(match["thing"]):
        return
    if not _things().search(match["thing"]):
        return
    thing = match["thing"].strip("了")
    for item in [thing] if "等" in thing else items_of(thing):
        yield MilestoneText(match["verb"] + item, start, start + len(text))


def _short(name: str) -> str:
    return re.sub(r"^(?:力争|确保|争取|实现|全面|推动|推进|加快|要|将|并|完成)+", "", name)
