"""What is to be there by a date, without a number: 2024年4月前完成方案编制, 2026年底前建成投产."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ingest.plan_text.clause import clauses, subject_of, without_subject
from ingest.plan_text.comparison import DONE
from ingest.plan_text.indicator import items_of
from ingest.plan_text.sentence import PassageReader
from ingest.plan_text.suggestion import TargetSuggestion, TextSpan
from ingest.plan_text.vocabulary import any_of, words

LONGEST = 40
SURE = 0.85  # a verb and a thing are less certain than a number


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


def milestone_targets(reader: PassageReader, due: str | None = None) -> list[TargetSuggestion]:
    """What a passage says is to be done by a date that the same sentence names before it; `due` is that of a table's row."""
    passage, targets = reader.passage, list[TargetSuggestion]()
    counted = {t.span.start for t in reader.targets}
    dated, subject = -1, ""
    for clause in clauses(reader.masked):
        own = [d for d in reader.spoken if clause.start <= d.start < clause.end and d.kind == "deadline"]
        text = reader.masked[clause.start : clause.end]
        subject = subject_of(text) or subject
        if own:
            dated, due = clause.sentence[0], own[-1].iso
        holds = due and dated in (-1, clause.sentence[0])
        if not holds or clause.start in counted or re.search("每年|已|现有|目前", text):
            continue
        bare = "".join(c for i, c in enumerate(text, clause.start) if not any(d.start <= i < d.end for d in own))
        for milestone in milestones(without_subject(bare.strip("，")), clause.start):
            span = TextSpan(reader.number, clause.start, clause.end)
            sentence = passage.text[clause.sentence[0] : clause.sentence[1]].strip()
            place = passage.where()
            target = TargetSuggestion(milestone.name, subject, DONE, None, None, due, sentence, place, span)
            target.trust = SURE
            targets.append(target)
    return targets
