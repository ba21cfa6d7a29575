"""As many make answers at once as have turns, and nobody locks up whoever waits for whom."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event, RLock

from graph.turns import Turns

PATIENCE = 60


def test_no_more_are_at_it_than_have_turns():
    turns, at_it, most = Turns(2), [], []

    def make(_: int) -> None:
        with turns.turn(), turns.turn():
            at_it.append(1)
            most.append(len(at_it))
            at_it.pop()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(make, range(200)))
    assert max(most) <= 2


def test_who_waits_for_anothers_making_lets_that_one_have_its_turn():
    """One thread holds a lock and wants the only turn, another has the turn and wants the lock."""
    turns, lock, has_turn, has_lock = Turns(1), RLock(), Event(), Event()

    def first() -> str:
        with turns.turn():
            has_turn.set()
            assert has_lock.wait(PATIENCE)
            with turns.holding(lock):
                return "first"

    def second() -> str:
        with turns.holding(lock):
            has_lock.set()
            assert has_turn.wait(PATIENCE)
            with turns.turn():
                return "second"

    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(first), pool.submit(second)]
        assert [a.result(PATIENCE) for a in asked] == ["first", "second"]
