"""Small changes, one after the other, leave the same graph in both engines, and the one that a rebuild makes."""

from __future__ import annotations

import os
import random

from random_world import World

from graph.city.city import City
from graph.ledger.ledger import Ledger
from graph.schema.parse import load_schema
from graph.store.compare import ProjectedRows, content_hash
from graph.store.protocol import GraphState, Summary

SCHEMA = load_schema()
CHANGES = int(os.environ.get("LIANPU_TEST_SEQUENCES", "6"))


def in_each(pair, folder):
    """A city on each engine, with a ledger of its own; however small, only what a change touches is read."""
    cities = [City(Ledger(f"sqlite:///{folder / f'{n}.sqlite'}"), store, SCHEMA) for n, store in enumerate(pair)]
    for city in cities:
        city.rebuild()
        city.updates.small_part, city.updates.wide_part = 0, 1
        city.summary()
    return cities


def test_random_updates_leave_both_engines_equal_to_a_rebuild_and_their_summaries_true(pair, tmp_path):
    chance = random.Random(11)
    cities = in_each(pair, tmp_path)
    live: list[int] = []
    for number in range(CHANGES):
        if live and chance.random() < 0.3:
            undone = live.pop(chance.randrange(len(live)))
            outcomes = [city.undo(undone) for city in cities]
        else:
            parts = World(number, SCHEMA).file(f"{number % 3}.xlsx", 2)
            rows = [r.seq for r in cities[0].ledger.records()]
            withdrawn = chance.sample(rows, min(len(rows), chance.choice([0, 0, 2])))
            outcomes = [city.append(parts, withdrawn=withdrawn) for city in cities]
            live.append(outcomes[0].batch)
        assert [o.part is not None for o in outcomes] == [True, True]
    rebuilt = ProjectedRows(cities[0].projection())
    for city in cities:
        wanted = Summary(
            GraphState(city.ledger.state(), city.target_state().schema),
            *city.store.counts(),
            city.hash(),
            city.store.waiting(),
        )
        assert city.summary() == wanted
        assert city.hash() == content_hash(rebuilt, SCHEMA)
        assert city.store.waiting() == city.waiting_documents(rebuilt.projection)
        city.ledger.close()
