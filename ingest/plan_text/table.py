"""Tables of a plan: 指标 主责单位 完成期限, or an indicator with a column for each year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.plan_text.clause import Carried
from ingest.plan_text.comparison import compare
from ingest.plan_text.horizon import Horizon, dates
from ingest.plan_text.owners import Owners, units_of
from ingest.plan_text.paragraph import plain
from ingest.plan_text.quantity import Quantity, quantities

_COLUMNS = {
    "name": r"(?:主要|考核|具体|目标)?指标(?:名称|内容)?$|^名称$|^目标名称$|^项目名称$|^指标项$",
    "task": r"(?:工作|重点|主要)?(?:任务|举措|措施|事项|工作|项目)(?:名称)?$|^重点工作",
    "text": r"目标|内容|要求|标准|成效|成果|任务内容",
    "unit": r"^(?:计量)?单位$",
    "due": r"期限|时限|时间|完成时间|节点",
    "owner": r"责任|牵头|主责|负责|承办|落实单位",
    "support": r"配合|协助|参与",
    "value": r"目标值|指标值|目标数|任务数|计划数|任务量|数值$",
    "kind": r"类别|分类|类型|维度|领域|一级指标|属性|性质",
    "serial": r"^(?:序号|编号|序)$",
}
_YEAR_COLUMN = re.compile(r"(20\d{2})年?(?:度)?(?:（?(?:目标|预期|计划|目标值|预期目标)）?)?(?:值|目标|预期)?$")
_PAST_COLUMN = re.compile(r"基数|基期|实际|完成|现状|基准|上年")


@dataclass(slots=True)
class TableHead:
    """What each column of a table is."""

    columns: dict[int, str] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)
    base: dict[int, int] = field(default_factory=dict)

    def cell(self, row: Sequence[str], kind: str) -> str:
        """The cell of a row under a kind of column."""
        return next((row[i] for i, k in self.columns.items() if k == kind and i < len(row)), "")


@dataclass(frozen=True, slots=True)
class TableTarget:
    """A target that a cell of numbers sets."""

    name: str
    sign: str
    value: float | None
    unit: str
    deadline: str | None
    doubts: list[str]


def head_of(row: Sequence[str], horizon: Horizon) -> TableHead | None:
    """What the columns are, where a row is the head of a table that sets something."""
    head = TableHead()
    for index, cell in enumerate(row):
        text = plain(re.sub(r"\s", "", cell))
        if year := _YEAR_COLUMN.fullmatch(text):
            past = horizon.start is not None and int(year[1]) < horizon.start
            (head.base if past else head.years)[index] = int(year[1])
            continue
        if text and _PAST_COLUMN.search(text) and re.search(r"20\d{2}", text):
            head.base[index] = int(re.search(r"20\d{2}", text)[0])  # type: ignore[index]
            continue
        kind = next(
            (k for k, pattern in _COLUMNS.items() if text and len(text) <= 12 and re.search(pattern, text)), None
        )
        if kind and kind not in head.columns.values():
            head.columns[index] = kind
    kinds = set(head.columns.values())
    has_goal = bool(head.years) or "value" in kinds
    if "name" in kinds and (has_goal or kinds & {"due", "owner", "text"}):
        return head
    if kinds & {"task", "text"} and (has_goal or kinds & {"due", "owner"}):
        return head
    return None


def owners_of(head: TableHead, row: Sequence[str]) -> Owners:
    """Who answers for a row."""
    return Owners(units_of(plain(head.cell(row, "owner"))), units_of(plain(head.cell(row, "support"))))


def due_of(head: TableHead, row: Sequence[str], horizon: Horizon) -> str | None:
    """By when a row is due."""
    cell = plain(head.cell(row, "due")).strip()
    if re.fullmatch(r"20\d{2}", cell):
        return f"{cell}-12-31"
    if month := re.fullmatch(r"(20\d{2})[-./](\d{1,2})(?:[-./](\d{1,2}))?", cell):
        return f"{month[1]}-{int(month[2]):02d}" + (f"-{int(month[3]):02d}" if month[3] else "")
    every = [d.iso for d in dates(cell, horizon, horizon.single) if d.kind == "deadline"]
    return every[-1] if every else None


def targets_of(head: TableHead, row: Sequence[str], horizon: Horizon) -> Iterator[TableTarget]:
    """The targets that the cells of numbers of a row set."""
    name = plain(head.cell(row, "name") or head.cell(row, "task"))
    own = re.search(r"（([^（）]{1,8})）$", name)
    unit = plain(head.cell(row, "unit")) or (own[1] if own and quantities(f"1{own[1]}") else "")
    bare = name[: own.start()] if own and unit == own[1] else name
    bare = re.sub(r"^\d+[.、]\s*", "", bare).strip()
    cells: list[tuple[int, str | None]] = [(i, f"{year}-12-31") for i, year in head.years.items()]
    cells += [(i, due_of(head, row, horizon)) for i, kind in head.columns.items() if kind == "value"]
    for index, due in cells:
        if index < len(row) and bare and (target := _target(bare, plain(row[index]), unit, due)):
            yield target


def _target(name: str, cell: str, unit: str, due: str | None) -> TableTarget | None:
    text = cell.strip().replace("≥", "不低于").replace(">", "超过").replace("≤", "不超过").replace("<", "低于")
    bare = re.fullmatch(
        r"(?P<sign>\D*)(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?P<rest>%?)(?P<after>以上|以内|以下|左右)?", text
    )
    if bare and unit and not bare["rest"]:
        text = f"{bare['sign']}{bare['number']}{unit}{bare['after'] or ''}"
    every = quantities(text)
    if len(every) != 1:
        if not (bare and not unit):
            return None
        every = [
            Quantity(bare.start("number"), bare.end("number"), float(bare["number"].replace(",", "")), "", "count")
        ]
    grows = re.search(r"(?:年均|累计)?(?:增长|增速|增幅)率?$", name)
    before = (name if grows else name + "，") + re.sub(r"^[，。]", "", text[: every[0].start])
    comparison = compare(before, every[0], Carried())
    doubts = [d for d in comparison.doubts if not d.startswith("没有写“以上”")]
    return TableTarget(name, comparison.sign, comparison.value, comparison.unit, due, doubts)
