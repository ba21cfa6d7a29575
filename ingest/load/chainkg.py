"""The public graph of listed companies (`--format chainkg`): seven CSV files, identity as written."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from graph.errors import NothingRead
from graph.ledger.batch import Part, RowEntry, digest_of
from ingest.finding import Finding, column_letter
from ingest.load.intake import Intake

Values = dict[str, Any]
GRADE = "B"


def _company(row: dict[str, str]) -> Values:
    values: Values = {"名称": row["fullname"] or row["name"], "证券代码": row["code"], "状态": "外部"}
    if row["fullname"] and row["name"] != row["fullname"]:
        values["曾用名"] = row["name"]
    if row["listed_on"] or row["exchange"]:
        values["附加列"] = {"交易所": row["exchange"], "名录日期": row["listed_on"]}
    return values


def _doubted(header: list[str], lines: Sequence[list[str]]) -> frozenset[tuple[str, str]]:
    """(code, full name) where the full name is another company's: of several under one code it shares no character
    with the short name.

    >>> lines = [["000001", "示例锯床", f] for f in ("甲锯床股份有限公司", "乙银行股份有限公司", "")]
    >>> _doubted(["code", "name", "fullname"], lines)
    frozenset({('000001', '乙银行股份有限公司')})
    """
    code, short, full = (header.index(name) for name in ("code", "name", "fullname"))
    of_code: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        of_code[line[code]] |= {line[full]} - {""}
    several = (line for line in lines if line[full] and len(of_code[line[code]]) > 1)
    return frozenset((line[code], line[full]) for line in several if not set(line[short]) & set(line[full]))


def _by_short_name(company: Values) -> Values:
    """What a row says whose full name is in doubt: the company goes by its short name, so that it is never taken for another."""
    extras = {**company.get("附加列", {}), "存疑全称": company["名称"]}
    rest = {k: v for k, v in company.items() if k != "曾用名"}
    return {**rest, "名称": company["曾用名"], "附加列": extras}


def _with_share(row: dict[str, str]) -> Values:
    share = _fraction(row["share"])
    return {"企业": row["company"], "产品": row["product"], **({} if share is None else {"营收占比": share})}


@dataclass(frozen=True, slots=True)
class ListedTable:
    """One of the seven files: the sheet of the schema, the columns that hold our captions, and what a row says."""

    name: str
    sheet: str
    captions: Mapping[str, str]
    convert: Callable[[dict[str, str]], Values] | None = None  # where it is more than the captions' columns

    def sayer(self, header: list[str], words: dict[str, str]) -> Callable[[list[str]], Values]:
        """What says of a line of cells what it means by our captions; equal cells are one text, kept in `words`.

        Names stand in many rows: the pool's take half the memory that way, and compare faster.
        """
        convert, share = self.convert, words.setdefault
        if convert:
            return lambda line: convert({name: share(cell, cell) for name, cell in zip(header, line, strict=False)})
        places = [(ours, header.index(theirs)) for ours, theirs in self.captions.items()]
        return lambda line: {ours: share(line[place], line[place]) for ours, place in places}


TABLES = (
    ListedTable("industry", "行业", {"代码": "code", "名称": "name"}),
    ListedTable("company", "企业", {"名称": "fullname", "证券代码": "code"}, _company),
    ListedTable("product", "产品", {"名称": "name"}),
    ListedTable("industry_parent", "行业上级", {"行业": "industry", "上级行业": "parent"}),
    ListedTable("company_industry", "企业行业", {"企业": "company", "行业": "industry"}),
    ListedTable(
        "company_product", "企业产品", {"企业": "company", "产品": "product", "营收占比": "share"}, _with_share
    ),
    ListedTable("product_product", "产品关系", {"产品": "from", "关系": "relation", "对象产品": "to"}),
)
RELATIONS = frozenset({"上游材料", "产品小类", "下游产品"})


def read_chainkg(folders: Sequence[Path], step: Callable[[str, int, int], None]) -> Intake:
    """What the seven tables of each folder hold. Raises NothingRead when no folder has any of them.

    A share outside [0, 1] is dropped with a note and its edge kept; repeated rows are counted and kept
    out; whatever else is dropped is named and counted.
    """
    intake = Intake()
    words: dict[str, str] = {}
    for folder in folders:
        for number, table in enumerate(TABLES):
            step("读取文件", number, len(TABLES))
            path = folder / f"{table.name}.csv"
            if path.exists():
                _read(path, table, words, intake)
    if not intake.parts:
        raise NothingRead(f"文件夹里没有 {'、'.join(f'{t.name}.csv' for t in TABLES)}")
    step("读取文件", len(TABLES), len(TABLES))
    return intake


def _read(path: Path, table: ListedTable, words: dict[str, str], intake: Intake) -> None:
    """Read one file into the intake."""
    part = Part(path.name, path.stem, table.sheet)
    digests: dict[bytes, None] = {}
    repeated = bad_shares = unknown = misnamed = 0
    doubted: frozenset[tuple[str, str]] = frozenset()
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        header = next(lines, [])
        part.columns = {caption: column_letter(header.index(name)) for caption, name in table.captions.items()}
        says = table.sayer(header, words)
        share = header.index("share") if table.sheet == "企业产品" else None
        rows: Iterable[list[str]] = lines
        if table.sheet == "企业":
            doubted = _doubted(header, rows := list(lines))
        for number, line in enumerate(rows, 2):
            values = says(line)
            if (values.get("证券代码"), values.get("名称")) in doubted:
                values, misnamed = _by_short_name(values), misnamed + 1
            if share is not None and line[share] and "营收占比" not in values:
                bad_shares += 1
            if table.sheet == "产品关系" and values["关系"] not in RELATIONS:
                unknown += 1
                continue
            digest = digest_of(orjson.dumps(values))
            if digest in digests:
                repeated += 1
                continue
            digests[digest] = None
            part.rows.append(RowEntry(number, values, None, GRADE, digest))
    part.manifest = list(digests)
    intake.parts.append(part)
    intake.rows.read += len(part.rows) + unknown
    intake.rows.accepted += len(part.rows)
    intake.rows.rejected += unknown
    intake.rows.skipped += repeated
    for level, count, what in (
        ("note", repeated, "行与前面重复，只计一次"),
        ("note", misnamed, "行的全称与同一代码的其他行矛盾，且与简称毫无相同，按简称识别，全称留作附加列"),
        ("note", bad_shares, "行的占比不在 0 到 1 之间，占比舍去，关系保留"),
        ("error", unknown, "行的关系不认识，已拒绝"),
    ):
        if count:
            message = f"{count} {what}"
            intake.findings.append(Finding(level, path.name, f"{path.stem}!", None, str(count), message, "核对源文件"))


def _fraction(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None
