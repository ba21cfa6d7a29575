"""Needs or results in a file of somebody's: a table with a title for each, told by its captions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.analysis.matching.matchable import Matchable
from graph.errors import NothingRead
from graph.schema.kinds import Kind
from graph.text import norm, split
from ingest.readers.base import RawSheet
from ingest.readers.folder import shown
from ingest.readers.parser import Parser
from ingest.table.captions import caption_parts
from ingest.table.cells import is_blank, show

HEADER_WITHIN = 30  # rows in which the captions stand
KEY, TITLE, DETAIL, MARKS, HOLDERS, YEAR = "编号", "名称", "说明", "关键词", "单位", "年份"
CAPTIONS = {
    KEY: ("id", "no", "no.", "code", "key", "编号", "序号", "序", "代码", "需求编号", "成果编号", "项目编号", "登记号"),
    TITLE: ("title", "name", "名称", "标题", "题目", "项目名称", "需求标题", "成果标题", "专利名称", "技术名称"),
    DETAIL: (
        "detail", "details", "description", "desc", "abstract", "summary", "content", "text", "intro", "introduction",
        "说明", "描述", "内容", "简介", "摘要", "介绍", "详情", "需求详情", "需求说明", "需求内容及指标", "技术需求内容",
        "技术需求描述", "成果介绍", "成果内容", "成果描述", "成果详情", "技术简介", "技术介绍", "技术描述", "项目简介",
        "background", "indicators", "requirement", "requirements", "应用前景", "应用领域", "创新点", "技术特点", "用途",
    ),
    MARKS: (
        "keywords", "keyword", "tags", "field", "domain", "industry", "category", "sector", "关键词", "关键字", "标签",
        "领域", "技术领域", "行业", "所属行业", "产业", "产业领域", "所属领域", "学科",
    ),
    HOLDERS: (
        "holder", "owner", "org", "organization", "institution", "institute", "university", "company", "unit", "firm",
        "proposer", "单位", "完成单位", "所属单位", "高校", "院所", "企业", "需求单位", "持有人", "发布单位", "学校",
    ),
}  # fmt: skip
OF_KINDS = {
    "名称": TITLE, "需求描述": DETAIL, "主要问题": DETAIL, "技术关键": DETAIL, "预期目标": DETAIL, "技术指标": DETAIL, "现状": DETAIL,
    "摘要": DETAIL, "应用情况": DETAIL, "关键字": MARKS, "领域": MARKS, "环节": MARKS, "关键技术": MARKS,
    "提出企业": HOLDERS, "持有单位": HOLDERS, "登记号": KEY,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MatchTable:
    """What a file holds, and what is to be known of it."""

    things: Sequence[Matchable]
    notes: Sequence[str]


def read_table(path: Path, kind: Kind) -> MatchTable:
    """The needs, or results, of a file, each once. Raises NothingRead, and what a file that cannot be read raises."""
    name = shown(path.name)
    if not path.is_file():
        raise NothingRead(f"没有这个文件：{name}", "检查路径；用 CSV 或 Excel 工作簿")
    roles = _roles(kind)
    with Parser() as parser:
        read = [
            (kind.caption in norm(sheet.name), sheet.name, [*_rows(sheet, roles)])
            for sheet in parser.sheets(path, name)
        ]
    own = [sheet for sheet in read if sheet[0]] or read  # one sheet of a template, of many
    things: dict[str, Matchable] = {}
    notes: list[str] = []
    for _, sheet_name, rows in own:
        for row, thing, missing in rows:
            if missing:
                notes.append(f"{name} 的 {sheet_name} 没有{'、'.join(missing)}列")
            if thing is None:
                continue
            if thing.key in things:
                notes.append(f"{name} 第 {row} 行的编号 {thing.key} 与前面的重复，没有用上")
            else:
                things[thing.key] = thing
    if not things:
        raise NothingRead(f"{name} 里没有写着名称的列", "第一行写列名：id,title,detail（编号、名称、说明）")
    return MatchTable(list(things.values()), notes)


def _roles(kind: Kind) -> Mapping[str, str]:
    """What each caption holds: our own words first, then what the kind's columns are called."""
    roles = {word: role for role, words in CAPTIONS.items() for word in words}
    for column in kind.columns:
        if role := OF_KINDS.get(column.caption):
            for word in (column.caption, *column.synonyms):
                roles.setdefault(norm(word).lower(), role)
    return roles


def _rows(sheet: RawSheet, roles: Mapping[str, str]) -> Iterator[tuple[int, Matchable | None, list[str]]]:
    """The rows of a sheet below its captions; the columns it lacks stand beside the first."""
    columns: dict[int, str] | None = None
    for row in sheet.rows:
        cells = ["" if is_blank(c) else norm(show(c)) for c in row.cells]
        if columns is None:
            named = {i: role for i, c in enumerate(cells) if (role := roles.get(caption_parts(c).name.lower()))}
            if TITLE in named.values():
                columns = named
                yield row.number, None, [role for role in (KEY, DETAIL) if role not in named.values()]
            elif row.number > HEADER_WITHIN:
                return
        elif thing := _thing(row.number, cells, columns):
            yield row.number, thing, []


def _thing(number: int, cells: Sequence[str], columns: Mapping[int, str]) -> Matchable | None:
    def of(role: str) -> list[str]:
        return [cells[i] for i, r in columns.items() if r == role and i < len(cells) and cells[i]]

    titles = of(TITLE)
    if not titles:
        return None
    key = next(iter(of(KEY)), str(number))
    marks, holders = (tuple(n for cell in of(role) for n in split(cell)) for role in (MARKS, HOLDERS))
    return Matchable(key, titles[0], "。".join((*titles[1:], *of(DETAIL))), marks, holders)
