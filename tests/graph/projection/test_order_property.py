"""The order of rows, sheets, files and batches does not matter, but for ties; ties follow where a row was written.

LIANPU_TEST_WORLDS=100 for the full run.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from random_world import World, content, parts_of

from graph.model import Record
from graph.projection.project import project
from graph.schema.parse import load_schema

SEEDS = int(os.environ.get("LIANPU_TEST_WORLDS", "12"))
SCHEMA = load_schema()


def world(seed: int) -> list[Record]:
    """The rows of a few files in a few batches, no two of the same date."""
    made, chance = World(seed), random.Random(seed)
    records: list[Record] = []
    for batch in range(1, 4):
        for name in chance.sample(["一.xlsx", "二.xlsx", "三.xlsx"], 2):
            for part in made.file(name):
                for row in part.rows:
                    day = (date(2020, 1, 1) + timedelta(days=len(records))).isoformat()
                    seq = len(records) + 1
                    records.append(
                        Record(seq, batch, part.kind, part.file, part.sheet, row.row, row.values, day, row.grade)
                    )
    return records


def shuffled(records: list[Record], chance: random.Random) -> Iterator[Record]:
    """The same rows written in another order: batches, files within them, sheets, rows."""
    batches = {1: 1, 2: 2, 3: 3}
    batches = dict(zip(batches, chance.sample(range(1, 4), 3), strict=True))
    rows = chance.sample(range(2, len(records) + 2), len(records))
    seqs = chance.sample(range(1, len(records) + 1), len(records))
    for record, row, seq in zip(records, rows, seqs, strict=True):
        yield replace(record, batch=batches[record.batch], row=row, seq=seq)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_any_order_of_rows_sheets_files_and_batches_gives_the_same_content(seed):
    records, chance = world(seed), random.Random(seed)
    wanted = content(project(records, SCHEMA), SCHEMA)
    assert wanted
    for _ in range(3):
        again = list(shuffled(records, chance))
        chance.shuffle(again)
        assert content(project(again, SCHEMA), SCHEMA) == wanted


def firm(batch: int, file: str, sheet: str, row: int, output: float, **more: str) -> Record:
    values = {"名称": "示例公司", "产值(万元)": output}
    seq = int(output)
    return Record(seq, batch, "企业", file, sheet, row, values, more.get("as_of"), more.get("grade", "B"))


@pytest.mark.parametrize(
    ("losing", "counting"),
    [
        (firm(9, "z.xlsx", "企业", 9, 1, as_of="2025-01-01"), firm(1, "a.xlsx", "企业", 2, 2, grade="A")),
        (firm(9, "z.xlsx", "企业", 9, 1), firm(1, "a.xlsx", "企业", 2, 2, as_of="2000")),
        (firm(9, "z.xlsx", "企业", 9, 1, as_of="2024-05-30"), firm(1, "a.xlsx", "企业", 2, 2, as_of="2024-05")),
        (firm(1, "z.xlsx", "企业", 9, 1), firm(2, "a.xlsx", "企业", 2, 2)),
        (firm(1, "9月.xlsx", "企业", 9, 1), firm(1, "10月.xlsx", "企业", 2, 2)),
        (firm(1, "a.xlsx", "表9", 9, 1), firm(1, "a.xlsx", "表10", 2, 2)),
        (firm(1, "a.xlsx", "企业", 3, 1), firm(1, "a.xlsx", "企业", 20, 2)),
    ],
    ids=["grade", "date", "a month is its last day", "batch", "path", "sheet", "row"],
)
def test_the_order_of_what_counts(losing, counting):
    for records in ([losing, counting], [counting, losing]):
        (node,) = project(records, SCHEMA).nodes["企业"].values()
        assert node.values["output"] == 2


def test_a_value_travels_with_its_year_and_a_blank_says_nothing():
    rows = [
        firm(1, "a.xlsx", "企业", 2, 100),
        replace(firm(2, "a.xlsx", "企业", 2, 2), values={"名称": "示例公司", "年份": 2024, "所在地": "示例省"}),
        replace(firm(3, "a.xlsx", "企业", 2, 3), values={"名称": "示例公司", "状态": "在产"}),
    ]
    (node,) = project(rows, SCHEMA).nodes["企业"].values()
    assert (node.values["output"], node.values.get("year")) == (100, None)
    assert (node.values["location"], node.values["state"]) == ("示例省", "在产")


def test_lists_of_several_rows_are_united():
    head = ["名称", "主要产品", "曾用名"]
    parts = [*parts_of("a.xlsx", "企业", head, [["示例公司", "锯条、锯床", "甲"], ["示例公司", "锯床", "乙"]])]
    records = [
        Record(n, 1, "企业", "a.xlsx", "企业", r.row, r.values)
        for n, r in enumerate((r for p in parts for r in p.rows), 1)
    ]
    after = project(records, SCHEMA)
    assert {n.name for n in after.nodes["产品"].values()} == {"锯条", "锯床"}
    (node,) = after.nodes["企业"].values()
    assert node.values["aliases"] == "乙、甲"
