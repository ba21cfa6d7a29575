"""The public graph of listed companies (`--format chainkg`): seven CSV files, identity as written."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from graph.errors import NothingRead
from graph.ledger.ledger import Part, RowEntry, digest_of
from ingest.finding import Finding, column_letter

Values = dict[str, Any]
GRADE = "B"


def _company(row: dict[str, str]) -> Values:
    values: Values = {"名称": row["fullname"] or row["name"], "证券代码": row["code"], "状态": "外部"}
    if row["fullname"] and row["name"] != row["fullname"]:
        values["曾用名"] = row["name"]
    if row["listed_on"] or row["exchange"]:
        values["附加列"] = {"交易所": row["exchange"], "名录日期": row["listed_on"]}
    return values


# file -> (sheet of the schema, columns that hold the caption, row -> values)
TABLES: dict[str, tuple[str, dict[str, str], Callable[[dict[str, str]], Values]]] = {
    "industry": ("行业", {"代码": "code", "名称": "name"}, lambda r: {"代码": r["code"], "名称": r["name"]}),
    "company": ("企业", {"名称": "fullname", "证券代码": "code"}, _company),
    "product": ("产品", {"名称": "name"}, lambda r: {"名称": r["name"]}),
    "industry_parent": (
        "行业上级", {"行业": "industry", "上级行业": "parent"},
        lambda r: {"行业": r["industry"], "上级行业": r["parent"]},
    ),
    "company_industry": (
        "企业行业", {"企业": "company", "行业": "industry"}, lambda r: {"企业": r["company"], "行业": r["industry"]},
    ),
    "company_product": (
        "企业产品", {"企业": "company", "产品": "product", "营收占比": "share"},
        lambda r: {"企业": r["company"], "产品": r["product"]},
    ),
    "product_product": (
        "产品关系", {"产品": "from", "关系": "relation", "对象产品": "to"},
        lambda r: {"产品": r["from"], "关系": r["relation"], "对象产品": r["to"]},
    ),
}  # fmt: skip
RELATIONS = frozenset({"上游材料", "产品小类", "下游产品"})


def read_chainkg(
    folders: Sequence[Path], rows: dict[str, int], step: Callable[[str, int, int], None]
) -> tuple[list[Part], list[Finding]]:
    """Parts for the seven tables of each folder. Raises NothingRead when a folder has none of them.

    A share outside [0, 1] is dropped with a note and its edge kept; repeated rows are counted and kept
    out; whatever else is dropped is named and counted.
    """
    parts: list[Part] = []
    findings: list[Finding] = []
    for folder in folders:
        for done, (table, (sheet, captions, convert)) in enumerate(TABLES.items()):
            path = folder / f"{table}.csv"
            step("读取文件", done, len(TABLES))
            if path.exists():
                part = _read(path, sheet, captions, convert, rows, findings)
                parts.append(part)
    if not parts:
        wanted = "、".join(f"{t}.csv" for t in TABLES)
        raise NothingRead(f"文件夹里没有 {wanted}")
    step("读取文件", len(TABLES), len(TABLES))
    return parts, findings


def _read(
    path: Path, sheet: str, captions: dict[str, str], convert: Callable[[dict[str, str]], Values],
    rows: dict[str, int], findings: list[Finding],
) -> Part:  # fmt: skip
    part = Part(path.name, path.stem, sheet)
    seen: set[bytes] = set()
    repeated = bad_shares = unknown = 0
    header, lines = _lines(path)
    part.columns = {caption: column_letter(header.index(name)) for caption, name in captions.items()}
    for number, row in lines:
        values = convert(row)
        if sheet == "企业产品" and (share := row["share"]):
            if (fraction := _fraction(share)) is None:
                bad_shares += 1
            else:
                values["营收占比"] = fraction
        if sheet == "产品关系" and values["关系"] not in RELATIONS:
            unknown += 1
            continue
        digest = digest_of(orjson.dumps(values))
        if digest in seen:
            repeated += 1
            continue
        seen.add(digest)
        part.rows.append(RowEntry(number, values, None, GRADE, digest))
    part.manifest = [r.digest for r in part.rows]
    rows["read"] += len(part.rows) + unknown
    rows["accepted"] += len(part.rows)
    rows["rejected"] += unknown
    rows["skipped"] += repeated
    for count, said in (
        (repeated, "行与前面重复，只计一次"),
        (bad_shares, "行的占比不在 0 到 1 之间，占比舍去，关系保留"),
        (unknown, "行的关系不认识，已拒绝"),
    ):
        if count:
            level = "error" if said.startswith("行的关系") else "note"
            findings.append(
                Finding(level, path.name, f"{path.stem}!", None, str(count), f"{count} {said}", "核对源文件")
            )
    return part


def _lines(path: Path) -> tuple[list[str], Iterator[tuple[int, dict[str, str]]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    header = table[0]
    return header, ((n, dict(zip(header, line, strict=False))) for n, line in enumerate(table[1:], 2))


def _fraction(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None
