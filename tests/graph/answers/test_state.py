"""A state of a city is read once, however many ask, and nobody waits for what another reads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest

from graph.analysis.config import GapConfig
from graph.answers.state import State


@pytest.fixture
def state(basic_city):
    return State(basic_city, GapConfig(), date(2026, 6, 1))


def test_readers_of_one_thing_get_one_making_and_readers_of_another_do_not_wait(state):
    begun, go_on, makings = Event(), Event(), []

    def make():
        makings.append("made")
        begun.set()
        go_on.wait(30)
        return object()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(state.once, ("slow",), make)
        begun.wait(30)
        second = pool.submit(state.once, ("slow",), make)
        assert state.once(("other",), lambda: "here") == "here"
        go_on.set()
        assert first.result(30) is second.result(30)
    assert makings == ["made"]


def test_what_failed_is_tried_again(state):
    def fail():
        raise RuntimeError("示例")

    with pytest.raises(RuntimeError):
        state.once(("flaky",), fail)
    assert state.once(("flaky",), lambda: 1) == 1


def test_readers_side_by_side_share_facts_and_statuses(state):
    with ThreadPoolExecutor(4) as pool:
        facts = list(pool.map(lambda _: state.facts(), range(4)))
        graded = list(pool.map(lambda _: state.graded(), range(4)))
    assert all(f is facts[0] for f in facts)
    assert all(g is graded[0] for g in graded)
