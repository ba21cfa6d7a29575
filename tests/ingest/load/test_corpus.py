"""Every made file gives exactly the rows, nodes, values and findings that it should."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from corpus import CASES, Case

from graph.city.city import City, open_city
from graph.projection.result import Projection
from ingest.load.pipeline import LoadOptions, load


@pytest.fixture(scope="module")
def empty_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """One empty city: every case is tried on it without writing."""
    made = open_city(tmp_path_factory.mktemp("city"))
    yield made
    made.close()


def value_of(projection: Projection, city: City, kind: str, name: str, caption: str) -> object:
    node = next(n for n in projection.nodes[kind].values() if n.name == name)
    column = city.schema.kinds[kind].by_caption.get(caption)
    if column is None:
        return node.extras.get(caption)
    if column.relation:
        edge = next(e for e in projection.edges[column.relation].values() if e.source == node.id)
        return projection.nodes[edge.target_kind][edge.target].name
    return node.values.get(column.field or "")


@pytest.mark.parametrize("case", CASES, ids=[c.name for c in CASES])
def test_a_file_gives_exactly_what_is_in_it(case: Case, empty_city, tmp_path):
    report = load(empty_city, [case.make(tmp_path / "in")], LoadOptions(dry_run=True))
    found = [f"{f.level} {f.where}" for f in report.findings if f.level != "note"]
    assert sorted(found) == sorted(case.findings)
    assert tuple(report.rows.document().values()) == case.rows
    projection = report.outcome.projection
    assert {k: len(v) for k, v in projection.nodes.items() if v} == case.nodes
    told = {k: value_of(projection, empty_city, *k) for k in case.values}
    assert told == case.values
    assert all(f.message and f.hint for f in report.findings)
    if case.notes:
        assert sorted(f.where for f in report.findings if f.level == "note") == sorted(case.notes)


def test_the_corpus_is_large_and_every_file_of_it_has_a_name_of_its_own():
    assert len({c.name for c in CASES}) == len(CASES) >= 70
