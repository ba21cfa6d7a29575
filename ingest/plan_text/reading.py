"""A plan's lines read: passages, and the targets and tasks that they set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from ingest.plan_text import table
from ingest.plan_text.clause import Carried, county_of, subject_of, whole_of
from ingest.plan_text.comparison import YEARLY
from ingest.plan_text.horizon import Horizon, dates, horizon_of
from ingest.plan_text.milestone import milestone_targets
from ingest.plan_text.outline import LONGEST_HEADING, Passage, is_of_facts, passages, tasks_of
from ingest.plan_text.owners import Owners, doubtful, owner_texts
from ingest.plan_text.paragraph import Paragraph, TextLine, paragraphs, plain
from ingest.plan_text.sentence import PassageReader
from ingest.plan_text.suggestion import PlanReading, TargetSuggestion, TaskSuggestion, TextSpan

FIRST_LINES = 8


def read_plan(lines: Iterable[TextLine], known: Collection[str] = ()) -> PlanReading:
    """The targets and tasks that the lines of a plan set. `known` are the departments that there are.

    >>> text = "（一）培育企业。到2026年，各县（市、区）高新技术企业达到10家以上。（责任单位：市科技局）"
    >>> target = read_plan([TextLine(text, "第1行")]).targets[0]
    >>> (target.indicator, target.subject, target.comparator, target.value, target.deadline, target.owners)
    ('高新技术企业', '各县市区', '≥', 10.0, '2026-12-31', ['市科技局'])
    """
    given = list(lines)
    whole = paragraphs(given)
    horizon = horizon_of([plain(p.text) for p in whole[:FIRST_LINES]], _issued(whole[-3:], whole[:FIRST_LINES]))
    horizon = horizon.within([plain(p.text) for p in whole])
    parts = passages(whole)
    reader = _PlanReader(horizon, parts, known)
    reader.read()
    tasks = tasks_of(parts)
    for task in tasks:
        owners = reader.owners_at(task.span.passage)
        task.owners, task.support = owners.lead, owners.support
        task.doubts += doubtful([*owners.lead, *owners.support], known)
        section = parts[task.span.passage].section
        due = [t.deadline for t in reader.targets if t.deadline and section in parts[t.span.passage].section.path()]
        task.deadline = max(due, default=None)
        for target in reader.targets:
            if section in parts[target.span.passage].section.path():
                target.task = task.name
    texts = [p.text for p in parts]
    title = horizon.title
    return PlanReading(
        next((p.text for p in whole if plain(p.text) == title), title),
        whole_of(title),
        county_of(title),
        horizon.start,
        horizon.end,
        texts,
        reader.targets,
        [*tasks, *reader.tasks],
    )


def _issued(last: Sequence[Paragraph], first: Sequence[Paragraph]) -> int | None:
    """The year of a date that stands alone at the end or the beginning, as plans are signed."""
    for item in (*last, *first):
        text = plain(item.text)
        if signed := re.fullmatch(r"（?(20\d{2})年\d{1,2}月\d{1,2}日）?(?:印发)?", text):
            return int(signed[1])
    titled = (re.search(r"(?:计划|方案|要点|意见)（[^（）]*?(20\d{2})年?[^（）]*）$", plain(p.text)) for p in first)
    return next((int(t[1]) for t in titled if t), None)


@dataclass(slots=True)
class _PlanReader:
    """Reads passage by passage; what a section says at its beginning holds within it."""

    horizon: Horizon
    parts: list[Passage]
    known: Collection[str] = ()
    targets: list[TargetSuggestion] = field(default_factory=list)
    tasks: list[TaskSuggestion] = field(default_factory=list)  # of tables
    _owners: dict[int, Owners] = field(default_factory=dict)  # by passage, as far as each owner text reaches
    _due: dict[int, tuple[list[str], str]] = field(default_factory=dict)  # by section, its deadline and where from
    _subject: dict[int, str] = field(default_factory=dict)

    def read(self) -> None:
        """Read everything."""
        head: table.TableHead | None = None
        number_of_table = 0
        masked = [self._masked(i, p) for i, p in enumerate(self.parts)]
        for index, passage in enumerate(self.parts):
            if passage.cells:
                if passage.table != number_of_table:
                    head, number_of_table = None, passage.table
                here = table.head_of(passage.cells, self.horizon)
                head = here or head
                if head and not here:
                    self._read_row(index, passage, head)
            elif not is_of_facts(passage.section) and not _is_title(passage, self.horizon):
                self._read_passage(index, passage, masked[index])
        self._finish()

    def _masked(self, index: int, passage: Passage) -> str:
        """The plain text without its owners, who are kept for the passages that they answer for."""
        text = passage.plain
        for mention in owner_texts(text):
            text = text[: mention.start] + "　" * (mention.end - mention.start) + text[mention.end :]
            self._owners[index] = mention.owners.as_written(passage.plain, passage.text)
        return text

    def owners_at(self, index: int) -> Owners:
        """Who answers for a passage: named in it, or behind it within its section."""
        section = self.parts[index].section
        for later in range(index, len(self.parts)):
            if later > index and self.parts[later].heads and section not in self.parts[later].section.path():
                break
            if later in self._owners:
                return self._owners[later]
        return Owners()

    def _carried(self, passage: Passage) -> Carried:
        """What the sections of a passage, and the title, say of time and subject."""
        carried = Carried()
        for section in passage.section.line():
            if id(section) in self._due:
                carried.deadlines, carried.source = self._due[id(section)]
            named = [
                d.iso for d in dates(plain(section.title), self.horizon, self.horizon.single) if d.kind == "deadline"
            ]
            if named:
                carried.deadlines, carried.source = named[-1:], f"标题“{section.title}”"
            carried.subject = self._subject.get(id(section), carried.subject)
        if not carried.deadlines and self.horizon.single:
            carried.deadlines, carried.source = [f"{self.horizon.single}-12-31"], "计划的年度"
        return carried

    def _read_passage(self, index: int, passage: Passage, masked: str) -> None:
        carried = self._carried(passage)
        reader = PassageReader(passage, index, self.horizon, carried, masked)
        before = len(self.targets)
        self.targets += reader.read()
        self.targets += milestone_targets(reader)
        self.targets[before:] = sorted(self.targets[before:], key=lambda t: t.span)
        noted = _due_noted(passage.plain, self.horizon)
        for target in self.targets[before:]:
            if target.deadline is None and (due := noted or self._due_behind(target, reader)):
                target.deadline = due
                target.doubts.remove("没有期限")
                target.doubt("期限取自同一段的后文")
        if carried.explicit >= 0 and carried.deadlines and _opens(passage, masked):
            whole_years = [d for d in carried.deadlines[-1:] if d.endswith("-12-31")]
            self._due.setdefault(id(passage.section), (whole_years, "本节前文"))
        if carried.subject and passage.section.title and masked.rstrip("　 ").endswith("："):
            self._subject.setdefault(id(passage.section), carried.subject)

    def _due_behind(self, target: TargetSuggestion, reader: PassageReader) -> str | None:
        """The one date of a passage, where it stands behind a target that has none."""
        own = [d for d in reader.spoken if d.kind == "deadline"]
        one = len({d.iso for d in own}) == 1 and own[0].start >= target.span.end
        return own[0].iso if one and not self.horizon.sure and target.comparator != YEARLY else None

    def _read_row(self, index: int, passage: Passage, head: table.TableHead) -> None:
        owners, due = table.owners_of(head, passage.cells), table.due_of(head, passage.cells, self.horizon)
        if owners:
            self._owners[index] = owners
        rows = list(table.targets_of(head, passage.cells, self.horizon))
        for row in rows:
            span = TextSpan(index, 0, len(passage.text))
            target = TargetSuggestion(
                row.name, subject_of(row.name) or "", row.sign, row.value, row.unit or None, row.deadline,
                passage.text, passage.where(), span, doubts=list(row.doubts),
            )  # fmt: skip
            if not row.deadline:
                target.doubt("没有期限", 0.1)
            self.targets.append(target)
        if rows:
            return
        carried = self._carried(passage)
        if due:
            carried.deadlines, carried.source = [due], ""
            carried.explicit = 0
        task = head.cell(passage.cells, "task")
        if task and not re.search(r"\d", task) and len(task) <= LONGEST_HEADING:
            code = head.cell(passage.cells, "serial")
            start = passage.text.find(task)
            self.tasks.append(
                TaskSuggestion(task, code, "", passage.text[:120], passage.where(), TextSpan(index, start, start + len(task)),
                               owners.lead, owners.support, due)
            )  # fmt: skip
        for cell in (head.cell(passage.cells, kind) for kind in ("text", "name", "task")):
            if cell:
                part = Passage(cell, passage.section, passage.place)
                reader = PassageReader(part, index, self.horizon, carried, part.plain)
                targets = reader.read() or milestone_targets(reader, due)
                start = passage.text.find(cell)
                for target in targets:
                    target.span = TextSpan(index, start + target.span.start, start + target.span.end)
                    target.task = task
                self.targets += targets

    def _finish(self) -> None:
        whole = whole_of(self.horizon.title)
        seen: dict[tuple[object, ...], TargetSuggestion] = {}
        for target in self.targets:
            target.owners = self.owners_at(target.span.passage).lead
            for doubt in doubtful(target.owners, self.known):
                target.doubt(doubt)
            if target.deadline is None and self.horizon.sure:
                target.deadline = f"{self.horizon.end}-12-31"
                target.doubts = [d for d in target.doubts if d != "没有期限"]
                target.doubt("没有写期限，按计划末年")
            if target.subject and target.subject in self.horizon.title:
                target.subject = whole
            if not target.subject:
                target.subject = whole
                target.doubt("对象没有写明，按" + whole)
            key = (target.indicator, target.subject, target.comparator, target.value, target.unit, target.deadline)
            seen.setdefault(key, target)
        self.targets = list(seen.values())
        keys = Counter((t.indicator, t.subject, t.deadline) for t in self.targets)
        for target in self.targets:
            if keys[target.indicator, target.subject, target.deadline] > 1:
                target.doubt("同名、同对象、同期限的不止一个，导入前请改名")


def _is_title(passage: Passage, horizon: Horizon) -> bool:
    return plain(passage.text) == horizon.title


def _opens(passage: Passage, masked: str) -> bool:
    """Whether a passage only opens its section, so that what it says holds for those below."""
    return passage.heads or masked.rstrip("　 ").endswith(("：", "目标", "如下。"))


def _due_noted(plain: str, horizon: Horizon) -> str | None:
    """By when a passage is due, where its note says so: （完成时限：2025年底）."""
    noted = re.search(r"(?:完成|办理)?(?:时限|期限|时间)[：:]([^，。；）]{4,16})", plain)
    due = [d.iso for d in dates(noted[1], horizon, horizon.single) if d.kind == "deadline"] if noted else []
    return due[-1] if due else None
