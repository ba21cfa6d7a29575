"""What is exported and loaded into an empty home is the same, to the last tie, digit and apostrophe."""

from __future__ import annotations

import csv
import os
import random
from pathlib import Path

import pytest
from builders import BASICS, CHAINS, COUNTIES, write_book
from random_world import HOSTILE, World, content, parts_of

from graph.city.city import open_city
from graph.ledger.batch import Part, RowEntry, row_digest
from graph.ledger.ledger import Ledger
from graph.projection.project import project
from graph.schema.parse import load_schema
from ingest.load.pipeline import load
from ingest.readers import read_file
from ingest.readers.base import Limits
from ingest.table.captions import CaptionIndex
from ingest.table.result import SheetResult
from ingest.table.rows import read_sheet
from ingest.workbooks.export import NoExport, export_tables, write_export

SEEDS = int(os.environ.get("LIANPU_TEST_WORLDS", "6"))
SCHEMA = load_schema()


def filled(ledger: Ledger, seed: int) -> Ledger:
    """A ledger with some batches of random files, some undone, some rows withdrawn."""
    world, chance = World(seed), random.Random(seed)
    for turn in range(chance.randint(1, 4)):
        parts = [p for name in chance.sample(["一.xlsx", "二.xlsx", "10.xlsx", "9.xlsx"], 2) for p in world.file(name)]
        seqs = [r.seq for r in ledger.records()]
        batch = ledger.append(parts, withdrawn=set(chance.sample(seqs, len(seqs) // 10)))
        if turn and chance.random() < 0.2:
            ledger.undo(batch)
    return ledger


def read_back(files: list[Path]) -> list[Part]:
    """The rows of exported files; each is accepted."""
    parts = []
    for path in files:
        for raw in read_file(path, path.name, Limits()):
            for result in read_sheet(raw, path.name, CaptionIndex(SCHEMA)):
                assert isinstance(result, SheetResult)
                assert [f for f in result.findings if f.level == "error"] == []
                digests = [e.digest for e in result.accepted]
                parts.append(Part(path.name, result.sheet, result.kind, result.accepted, digests, result.letters()))
    return parts


@pytest.mark.parametrize("seed", range(SEEDS))
def test_an_export_loads_to_the_same_content(tmp_path, seed):
    first = filled(Ledger(f"sqlite:///{tmp_path / 'a.sqlite'}"), seed)
    records = list(first.records())
    before = project(records, SCHEMA)
    assert content(before, SCHEMA)
    for target in ("全部.xlsx", "表格"):
        again = Ledger(f"sqlite:///{tmp_path / f'{target}.sqlite'}")
        files = write_export(tmp_path / target, export_tables(records, SCHEMA))
        again.append(read_back(files))
        after = project(again.records(), SCHEMA)
        assert again.count() == len(records)
        assert len(after.waiting) == len(before.waiting)
        assert content(after, SCHEMA) == content(before, SCHEMA)
        # An export of the copy is as good.
        third = Ledger(f"sqlite:///{tmp_path / f'{target}3.sqlite'}")
        third.append(read_back(write_export(tmp_path / f"又{target}", export_tables(again.records(), SCHEMA))))
        assert content(project(third.records(), SCHEMA), SCHEMA) == content(before, SCHEMA)


def test_no_cell_of_a_csv_export_is_a_formula_and_each_reads_back(tmp_path):
    rows = [[f"示例{n}", *([word] * 2)] for n, word in enumerate(HOSTILE)]
    parts = list(parts_of("a.xlsx", "高校院所", ["名称", "类型", "=附加"], rows))
    ledger = Ledger(f"sqlite:///{tmp_path / 'a.sqlite'}")
    ledger.append(parts)
    files = write_export(tmp_path / "out", export_tables(ledger.records(), SCHEMA))
    with files[0].open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for line in csv.reader(file) for cell in line]
    assert [c for c in cells if c.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))] == []
    back = [e.values for p in read_back(files) for e in p.rows]
    assert [(v["类型"], v["附加列"]) for v in back] == [
        (e.values["类型"], e.values["附加列"]) for p in parts for e in p.rows
    ]


def test_the_commands_give_the_same_hash_with_losing_and_waiting_rows(tmp_path):
    """The whole way: two files, a tie between sheets of different kinds, a chain of two counties, waiting rows."""
    city = open_city(tmp_path / "a")
    honours = {"资质认定": [["企业", "资质", "年份"], ["示例甲锯业有限公司", "国高", 2022]]}
    first = {**BASICS, **honours}
    load(city, [write_book(tmp_path / "一.xlsx", first)])
    second = {
        "县市区": COUNTIES,
        "产业链": [CHAINS[0], ["示例锯床产业链", "示例邻县"]],
        "环节": [["产业链", "名称"], ["示例锯床产业链", "锯条"], ["没有的链", "锯条"]],
        "企业": [["名称", "资质", "产值(万元)", "年份", "可信度"], ["示例甲锯业有限公司", "国高(2023)", 5, 2023, "C"]],
        "外部供给": [["产业链", "环节", "外部来源", "占比"], ["示例锯床产业链", "锯条", "示例外地厂", "60%"]],
    }
    load(city, [write_book(tmp_path / "二.xlsx", second)])
    tables = export_tables(city.ledger.records(), city.schema)
    for target in ("全部.xlsx", "表格"):
        copy = open_city(tmp_path / f"家{target}")
        files = write_export(tmp_path / target, tables)
        report = load(copy, files if target.endswith("xlsx") else [tmp_path / target])
        assert report.rows.rejected == 0
        assert copy.hash() == city.hash()
        assert len(copy.store.waiting()) == len(city.store.waiting()) > 0
        copy.close()
    city.close()


def whole(name: str, rows: list[dict[str, object]]) -> Part:
    entries = [RowEntry(n, row, None, "B", row_digest(row)) for n, row in enumerate(rows, 2)]
    return Part(f"{name}.csv", name, name, entries, [e.digest for e in entries])


def test_exact_names_stay_exact(tmp_path):
    firms = [{"名称": "示例（甲", "证券代码": "600000"}, {"名称": "示例(甲", "证券代码": "600001"}]
    products = [{"名称": "合计"}, {"名称": "打碎)"}]
    made = [{"企业": "600000", "产品": "合计", "营收占比": 1 / 3}, {"企业": "示例(甲", "产品": "打碎)"}]
    ledger = Ledger(f"sqlite:///{tmp_path / 'a.sqlite'}")
    tables = {"企业": firms, "产品": products, "企业产品": made}
    ledger.append([whole(name, rows) for name, rows in tables.items()], "chainkg")
    again = Ledger(f"sqlite:///{tmp_path / 'b.sqlite'}")
    again.append(read_back(write_export(tmp_path / "a.xlsx", export_tables(ledger.records(), SCHEMA))))
    assert all(r.exact for r in again.records())
    assert len(project(again.records(), SCHEMA).nodes["企业"]) == 2
    assert content(project(again.records(), SCHEMA), SCHEMA) == content(project(ledger.records(), SCHEMA), SCHEMA)


def test_a_sheet_that_is_full_goes_on_in_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr("ingest.workbooks.export.SHEET_ROWS", 4)
    ledger = filled(Ledger(f"sqlite:///{tmp_path / 'a.sqlite'}"), 3)
    tables = export_tables(ledger.records(), SCHEMA)
    assert "企业_2" in tables
    again = Ledger(f"sqlite:///{tmp_path / 'b.sqlite'}")
    again.append(read_back(write_export(tmp_path / "a.xlsx", tables)))
    assert content(project(again.records(), SCHEMA), SCHEMA) == content(project(ledger.records(), SCHEMA), SCHEMA)


def test_an_export_does_not_mix_with_tables_that_lie_in_the_folder(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "企业.csv").write_text("名称\n示例\n", "utf-8")
    with pytest.raises(NoExport, match="企业"):
        write_export(tmp_path / "out", {})
    with pytest.raises(NoExport, match="csv"):
        write_export(tmp_path / "a.csv", {})
