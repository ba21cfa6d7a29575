"""Ledgers that every released version wrote open, are brought up to date, and keep their rows and their hash.

`versions/` holds the dumps of small homes, each made by the code of its time: two loads, a third undone, and since
0002 a replacement that withdraws a row. Whoever adds a revision adds a dump of what the code before it wrote.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from builders import write_book

from graph.city.city import open_city
from graph.ledger.tables import HEAD, revision_of
from ingest.load.pipeline import load

VERSIONS = Path(__file__).parent / "versions"
# Those of the same workbooks loaded today.
BEFORE_WITHDRAWALS, WITHDRAWN = "ff919d919c384ca0a38f519c3cc31487", "46aec45518f0d879870d716ff45d45d7"
HASHES = {
    "0001-first-commit": BEFORE_WITHDRAWALS,
    "0002-first-withdrawals": WITHDRAWN,
    "0002-before-mentions": WITHDRAWN,
    "0003-first-mentions": WITHDRAWN,
}
BASE = {"企业": [["名称", "县市区"], ["示例丙厂", "示例县"]]}


@pytest.fixture(params=sorted(HASHES))
def version(request):
    return request.param


@pytest.fixture
def home(tmp_path, version):
    """A home that holds nothing but the ledger of an older version."""
    home = tmp_path / "home"
    home.mkdir()
    with closing(sqlite3.connect(home / "ledger.sqlite")) as db:
        db.executescript((VERSIONS / f"{version}.sql").read_text("utf-8"))
    return home


def test_every_dump_is_tested_and_there_is_one_of_every_revision():
    assert {p.stem for p in VERSIONS.glob("*.sql")} == set(HASHES)
    assert {"0001", "0002", "0003"} <= {name.partition("-")[0] for name in HASHES}


def test_an_older_ledger_opens_with_its_rows_and_its_hash_and_is_whole(home, version):
    city = open_city(home)
    assert city.in_step()
    assert city.hash() == HASHES[version]
    assert revision_of(city.ledger._engine) == HEAD
    assert city.ledger.health.damages() == []
    batches = city.ledger.batches()
    assert [b.undone_at is not None for b in batches][:3] == [False, False, True]
    city.close()
    again = open_city(home)
    assert again.hash() == HASHES[version]
    again.close()


def test_it_goes_on_from_there_what_is_known_is_unchanged_and_undo_leads_back(home, version, tmp_path):
    city = open_city(home)
    rows = city.ledger.count()
    book = write_book(tmp_path / "补.xlsx", {"企业": [*BASE["企业"], ["示例戊厂", "示例县"]]})
    report = load(city, [book])
    assert (report.rows.accepted, report.rows.unchanged) == (1, 1)
    assert city.ledger.count() == rows + 1
    city.undo(report.batch)
    assert city.hash() == HASHES[version]
    city.close()
