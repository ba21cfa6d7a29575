"""Days asked about: each graph of the past is built once, kept for the next, and gone at the end."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Event

import pytest
import sqlalchemy as sa
from builders import BASICS, write_book

from api.home import past
from api.home.session import open_session
from api.home.settings import Settings
from graph.answers.statuses import gaps
from graph.ledger.tables import batch_table
from ingest.load.pipeline import load

PATIENCE = 60
FIRST = date(2026, 1, 1)


@pytest.fixture
def session(tmp_path, monkeypatch):
    """Five loads, a day apart; the temporary graphs lie in a folder of their own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    with open_session(Settings(tmp_path / "home")) as opened:
        for n in range(5):
            more = {"企业": [["名称", "县市区"], [f"示例{n}号锯业有限公司", "示例县"]]}
            load(opened.city, [write_book(tmp_path / f"{n}.xlsx", more if n else BASICS)])
        with opened.city.ledger._engine.begin() as db:
            for n in range(5):
                day = (FIRST + timedelta(n)).isoformat()
                db.execute(
                    sa.update(batch_table).where(batch_table.c.id == n + 1).values(loaded_at=f"{day}T01:00:00+00:00")
                )
        yield opened
    assert list((tmp_path / "temporary").iterdir()) == []


def graphs(tmp_path):
    return list((tmp_path / "temporary").glob("lianpu-*"))


def firms(session, day):
    with session.state_as_of(day) as state:
        return len(state.reader.nodes("企业"))


def test_each_day_shows_what_was_there_and_is_built_once(session, tmp_path):
    assert [firms(session, FIRST + timedelta(n)) for n in range(3)] == [2, 3, 4]
    built = set(graphs(tmp_path))
    assert len(built) == 3
    with session.state_as_of(FIRST) as first, session.state_as_of(FIRST) as second:
        assert first is second
        assert gaps(first)["as_of"] == FIRST.isoformat()
    assert set(graphs(tmp_path)) == built


def test_the_last_few_are_kept(session, tmp_path):
    for n in range(4):
        firms(session, FIRST + timedelta(n))
    assert len(graphs(tmp_path)) == past.KEPT


def test_a_day_since_which_nothing_changed_is_read_from_the_live_graph(session, tmp_path):
    assert firms(session, date.today()) == firms(session, FIRST + timedelta(4)) == 6
    assert graphs(tmp_path) == []
    with session.state_as_of(FIRST + timedelta(4)) as state:
        assert state.today == FIRST + timedelta(4)


def test_it_is_not_swept_away_under_a_reader(session):
    with session.state_as_of(FIRST) as state:
        for n in range(1, 4):
            firms(session, FIRST + timedelta(n))
        assert len(state.reader.nodes("企业")) == 2


def test_who_asks_for_the_same_day_waits_for_one_building_and_nobody_else_waits(session, monkeypatch, tmp_path):
    begun, enough, real = Event(), Event(), past.city_as_of

    def slow(city, day):
        begun.set()
        assert enough.wait(PATIENCE)
        return real(city, day)

    monkeypatch.setattr(past, "city_as_of", slow)
    with ThreadPoolExecutor(3) as pool:
        asking = [pool.submit(firms, session, FIRST) for _ in range(2)]
        assert begun.wait(PATIENCE)
        with session.reading() as now, session.writing():
            assert len(now.reader.nodes("企业")) == 6
        enough.set()
        assert [a.result(PATIENCE) for a in asking] == [2, 2]
    assert len(graphs(tmp_path)) == 1
