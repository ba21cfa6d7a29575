"""Random worlds: sheets of cells as people write them, few names for many rows, hostile words among them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

from graph.ledger.batch import Part
from graph.projection.result import Projection
from graph.schema.kinds import Column, Kind, Relation, Schema
from graph.schema.parse import load_schema
from graph.store.rows import edge_columns, edge_row, node_columns, node_row
from ingest.readers.base import RawRow, RawSheet
from ingest.table.captions import CaptionIndex
from ingest.table.result import SheetResult
from ingest.table.rows import read_sheet

HOSTILE = [
    "=1+1", "@示例公司", "-示例", "+示例", "'=示例", "''示例", "＝示例", "＋1+1", "\"=1+1\"", "x\";=1+1;\"", "|=1+1", "{=1+1}",
    "=cmd|'/C calc'!A0", "x,=1+1", "00012345", "1-2", "_x0041_", "示\t例", "示例\n第二行", "_x000D_", "１２", "示例 两词", "℃",
    "<b>示例</b>", "=\"00123\"",
]  # fmt: skip
NAMES = {
    "县市区": ["示例县", "示例邻县", "示例市"],
    "产业链": ["示例链", "示例锯床链"],
    "环节": ["锯条", "带锯床", "特钢/不锈钢", "=锯条"],
    "企业": ["示例甲公司", "示例乙公司", "示例大学", "示例甲公司（企业）", "@示例丙"],
    "产品": ["锯条", "圆锯、带锯", "ＡＢ锯", "AB锯"],
    "高校院所": ["示例大学", "示例研究院"],
    "平台": ["示例平台", "示例大学"],
}
BASIC = ("县市区", "产业链", "环节", "企业")  # without these most rows would wait
CODES = ["91110000600037341L", "91330000710957810X", "9133000071095", "913300007109578", 913300007109570000, 1e20]
CELLS: dict[str, list[Any]] = {
    "money": ["1.2亿", "3000万元", "1,234.5", 0.1 + 0.2, 100, "约5000", 1e-07, "12345.678901234567", 999999999999.99],
    "share": ["60%", 0.6, 1 / 3, "33.3333%", 1, 0],
    "number": [3, "10家", "1.5亿元", 0.1, -2, "1000000"],
    "int": [0, 3, "12家"],
    "year": [2022, 2023, 2024, "2024年"],
    "date": ["2025-05", "2024年3月", "2024-12-31", "2024", "2024年底"],
    "bool": ["是", "否", "√", "N"],
    "honours": ["国高(2023)", "国高（2024）、小巨人", "=资质", "国高"],
    "uscc": CODES,
    "text": [*HOSTILE, "示例文字", "多行\n文字"],
    "names": ["示例旧名", "示例甲公司", "示例旧名、@示例丙"],
}


class World:
    """Random tables for every sheet of the schema, the same for the same seed."""

    def __init__(self, seed: int, schema: Schema | None = None) -> None:
        self.chance = random.Random(seed)
        self.schema = schema or load_schema()

    def cell(self, column: Column) -> Any:
        """A cell of a column, or None for an empty one."""
        some = self.chance.choice
        if not column.required and self.chance.random() < 0.45:
            return None
        if column.words and self.chance.random() < 0.9:
            return some(column.words)
        if column.caption == "县市区":
            return some(NAMES["县市区"])
        if column.value_type.is_name or column.value_type.refers:
            pools = [NAMES.get(kind, [f"示例{kind}一", f"示例{kind}二", *HOSTILE[:8]]) for kind in column.to]
            pool = [n for p in pools for n in p] or [*NAMES["企业"], *HOSTILE[:8]]
            if column.whole:
                pool = [*pool, *column.whole]
            picked = [some(pool) for _ in range(self.chance.choice((1, 1, 2)) if column.list else 1)]
            return "、".join(picked)
        return some(CELLS.get(column.type, HOSTILE))

    def name_of(self, sheet: Kind | Relation, column: Column) -> Any:
        """A cell, where a kind's own name comes from the names that others refer to."""
        own = sheet.caption in NAMES and column.value_type.is_name
        return self.chance.choice(NAMES[sheet.caption]) if own else self.cell(column)

    def raw(self, sheet: Kind | Relation, rows: int) -> tuple[list[str], list[list[Any]]]:
        """A header, extra columns among it, and rows."""
        columns = [
            c
            for c in (*sheet.columns, *sheet.common)
            if c.template and (c.required or self.chance.random() < (0.2 if c.field == "qualifier" else 0.7))
        ]
        captions = [c.caption for c in columns]
        extra = [e for e in ("备注", "=法人", "企业名称", "附加列：电话", "B列") if self.chance.random() < 0.25]
        lines = [
            [*(self.name_of(sheet, c) for c in columns), *(self.chance.choice([None, *HOSTILE]) for _ in extra)]
            for _ in range(rows)
        ]
        return [*captions, *extra], lines

    def tables(self, most: int = 6) -> dict[str, tuple[list[str], list[list[Any]]]]:
        """A few sheets by name, as one workbook would hold them."""
        listed = [s for s in self.schema.sheets.values() if s.template and s.sheet not in BASIC]
        chosen = self.chance.sample(listed, self.chance.randint(2, len(listed)))
        basic = [self.schema.sheets[name] for name in BASIC if self.chance.random() < 0.9]
        rows = [(s, self.chance.randint(4, most + 4)) for s in basic]
        rows += [(s, self.chance.randint(1, most)) for s in chosen]
        return {s.sheet or "": self.raw(s, n) for s, n in rows}

    def file(self, name: str, most: int = 6) -> list[Part]:
        """The accepted rows of a made-up file."""
        return [part for sheet, (head, rows) in self.tables(most).items() for part in parts_of(name, sheet, head, rows)]


def parts_of(file: str, sheet: str, head: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Iterator[Part]:
    """What reading a sheet of cells gives, without a file."""
    lines = [RawRow(n, list(cells)) for n, cells in enumerate((head, *rows), 1)]
    results = read_sheet(RawSheet(sheet, iter(lines)), file, CaptionIndex(load_schema()))
    for result in results:
        assert isinstance(result, SheetResult)
        digests = [e.digest for e in result.accepted]
        yield Part(file, result.sheet, result.kind, result.accepted, digests, result.letters())


def content(projection: Projection, schema: Schema) -> set[str]:
    """What `graph.hash` covers, of a projection that no store has seen."""
    held = set()
    for kind, nodes in projection.nodes.items():
        fields = [n for n, _ in node_columns(schema.kinds[kind])[:-1]]
        held |= {str((kind, r["id"], [r.get(f) for f in fields])) for r in map(node_row, nodes.values())}
    for name, edges in projection.edges.items():
        fields = [n for n, _ in edge_columns(schema.relations[name])[:-1]]
        held |= {
            str((name, r["source"], r["target"], [r.get(f) for f in fields])) for r in map(edge_row, edges.values())
        }
    return held
