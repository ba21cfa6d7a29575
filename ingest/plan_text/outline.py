"""The sections of a plan: 一、 （一） 1. （1）, also where a heading and its text share a line; and the tasks they head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from ingest.plan_text.paragraph import Paragraph, plain
from ingest.plan_text.suggestion import TaskSuggestion, TextSpan
from ingest.plan_text.vocabulary import any_of, words

LONGEST_HEADING = 36
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_MARKS = (
    re.compile(
        rf"(?P<code>{_NUMERAL})[、.．](?P<rest>.*)|第(?P<chapter>{_NUMERAL})(?:章|部分|篇)[、 ：]?(?P<more>.*)",
        re.DOTALL,
    ),
    re.compile(rf"（(?P<code>{_NUMERAL})）(?P<rest>.*)|第(?P<chapter>{_NUMERAL})节[、 ：]?(?P<more>.*)", re.DOTALL),
    re.compile(r"(?P<code>\d{1,2})[.．、](?!\d)(?P<rest>.*)", re.DOTALL),
    re.compile(r"（(?P<code>\d{1,2})）(?P<rest>.*)|(?P<ring>[①-⑳])(?P<more>.*)", re.DOTALL),
)
_BREAK = re.compile(
    rf"(?<=[。；！：）］])(?=(?:{_NUMERAL}[、.．]|（{_NUMERAL}）|\d{{1,2}}[.．](?!\d)|（\d{{1,2}}）|[①-⑳]))"
)
_INNER = re.compile(rf"(?<=[\u4e00-\u9fff])(?=（{_NUMERAL}）(?!款|项))")


@dataclass(slots=True, eq=False)
class Section:
    """A heading, and those above it."""

    level: int = 0
    code: str = ""
    title: str = ""
    parent: Section | None = None

    def line(self) -> list[Section]:
        """Everything above it and itself, from the document as a whole down."""
        return [*(self.parent.line() if self.parent else []), self]

    def path(self) -> list[Section]:
        """The headings from the top down to this one."""
        return [s for s in self.line() if s.title or s.code]

    def caption(self) -> str:
        """How it is written: （三）实施技术攻关."""
        mark = {1: f"{self.code}、", 2: f"（{self.code}）", 3: f"{self.code}.", 4: f"（{self.code}）"}.get(
            self.level, ""
        )
        return mark + self.title


@dataclass(slots=True)
class Passage:
    """A piece of text that is read as a whole: a paragraph, or a part of one with a heading of its own."""

    text: str
    section: Section
    place: str
    heads: bool = False  # begins with the heading of its section
    cells: tuple[str, ...] = ()
    table: int = 0
    plain: str = field(init=False)

    def __post_init__(self) -> None:
        self.plain = plain(self.text)

    def where(self) -> str:
        """Its sections and its place, for people."""
        return " ".join(filter(None, ("".join(s.caption() for s in self.section.path()), self.place)))


def passages(paragraphs: Iterable[Paragraph]) -> list[Passage]:
    """The passages of a document, each with its section.

    >>> text = "二、重点任务（一）培育企业。到2026年，达到10家。"
    >>> [(p.text, p.section.title) for p in passages([Paragraph(text, "第3行")])]
    [('二、重点任务', '重点任务'), ('（一）培育企业。到2026年，达到10家。', '培育企业')]
    """
    section = Section()
    out = []
    for paragraph in paragraphs:
        if paragraph.cells:
            out.append(Passage(paragraph.text, section, paragraph.place, cells=paragraph.cells, table=paragraph.table))
            continue
        for piece in _pieces(paragraph.text):
            heading = _heading(piece, section)
            section = heading or section
            out.append(Passage(piece, section, paragraph.place, heads=heading is not None))
    return out


def _pieces(text: str) -> Iterator[str]:
    """The parts of a paragraph that begin with headings of their own."""
    even = plain(text)
    cuts = {m.start() for m in _BREAK.finditer(even)}
    for match in _INNER.finditer(even):
        start = max([0, *(c for c in cuts if c <= match.start())])
        title = re.match(rf"{_NUMERAL}[、.．](.*)", even[start : match.start()])
        if title and len(title[1]) <= LONGEST_HEADING and not re.search("[，。；：]", title[1]):
            cuts.add(match.start())
    borders = sorted({0, *cuts, len(text)})
    for start, end in pairwise(borders):
        if piece := text[start:end].strip():
            yield piece


def _heading(text: str, section: Section) -> Section | None:
    """The section that a piece of text begins."""
    even = plain(text)
    for level, mark in enumerate(_MARKS, 1):
        if match := mark.match(even):
            groups = match.groupdict()
            code = groups["code"] or groups.get("chapter") or groups.get("ring") or ""
            rest = groups["rest"] if groups["rest"] is not None else groups.get("more") or ""
            return Section(level, code, _title(rest), _above(section, level))
    return None


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(
        any_of([*words()["no_tasks"], "重点任务", "主要任务", "工作任务", "主要举措", "重点工作", "工作措施"])
    )


@cache
def _facts() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(words()['facts']['title'])})$")


@cache
def _no_tasks() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of((*words()['no_tasks'], *words()['facts']['title']))})$")


def is_of_facts(section: Section) -> bool:
    """Whether a section tells what is, not what is to be: 一、发展基础."""
    return any(_facts().search(s.title) for s in section.path())


def _title(rest: str) -> str:
    """The heading that a text begins with; its first words where it has none of its own."""
    known = _titles().match(rest)
    end = re.search("[。：；]", rest)
    title = rest[: end.start()] if end else rest
    if len(title) <= LONGEST_HEADING and (end or len(rest) <= LONGEST_HEADING):
        return title.strip("，、 ")
    if known:
        return known[0]
    return re.split("[，。；：]", rest)[0][:LONGEST_HEADING].strip()


def _above(section: Section, level: int) -> Section | None:
    above: Section | None = section
    while above and above.level >= level:
        above = above.parent
    return above


def _is_no_task(section: Section) -> bool:
    return any(_no_tasks().search(s.title) for s in section.path())


def _heads_tasks(section: Section) -> bool:
    """Whether a heading only gathers tasks: 二、重点任务."""
    return bool(re.search(r"(?:任务|举措|措施|工作|行动|重点)$", section.title)) and section.level == 1


def tasks_of(passages: Sequence[Passage]) -> list[TaskSuggestion]:
    """A task for every numbered heading below the ones that gather them."""
    headed = [(i, p) for i, p in enumerate(passages) if p.heads]
    with_inner = {id(p.section.parent) for _, p in headed if p.section.parent}
    out = []
    for index, passage in headed:
        section = passage.section
        if not section.title or len(section.title) > LONGEST_HEADING or _is_no_task(section):
            continue
        if section.level == 1 and (id(section) in with_inner or _heads_tasks(section)):
            continue
        if section.level > 3 or re.search(r"\d", section.title) or re.search("[，；]", section.title):
            continue
        parent = section.parent.title if section.parent and section.parent.level > 1 else ""
        span = TextSpan(index, 0, min(len(passage.text), len(section.caption())))
        out.append(TaskSuggestion(section.title, section.code, parent, passage.text[:120], passage.where(), span))
    return out
