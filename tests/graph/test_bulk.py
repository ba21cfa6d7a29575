"""Work that makes millions of small objects leaves no walk over them behind."""

from __future__ import annotations

import gc

from graph.bulk import no_collection


def test_what_was_made_while_the_collector_rested_counts_as_old():
    with no_collection():
        made = [[n] for n in range(2000)]
        assert not gc.isenabled()
    young = {id(o) for generation in (0, 1) for o in gc.get_objects(generation)}
    assert gc.isenabled()
    assert not young.intersection(map(id, made))


def test_cycles_among_it_are_still_found():
    class Ring:
        pass

    with no_collection():
        ring = Ring()
        ring.itself = ring
    del ring
    gc.collect()
    assert not any(isinstance(o, Ring) for o in gc.get_objects())


def test_inside_another_rest_it_changes_nothing():
    with no_collection():
        with no_collection():
            pass
        assert not gc.isenabled()
