"""The states that answers come from: each is kept as long as somebody may ask it, and hands on what a change left as it was."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from graph.store.protocol import GraphState

if TYPE_CHECKING:  # the analysis loads only where something is analysed
    from graph.answers.state import State
    from graph.queries.names.index import SearchIndex
    from graph.store.changes import Changes

KEPT = 4  # states: the last, one that readers still see, two days asked about
STEPS = 50  # changes remembered between two reads
NAMES = 2  # states whose names are known: what readers see while another is written, and that one


@dataclass(frozen=True, slots=True)
class Key:
    """What answers depend on."""

    shown: GraphState
    today: date
    config: str


@dataclass(frozen=True, slots=True)
class _Step:
    """How one state of the graph became another."""

    before: GraphState
    changes: Changes


class Answering:
    """The last states of one city. Threads may ask side by side, while another changes the city."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._states: OrderedDict[Key, State] = OrderedDict()
        self._steps: OrderedDict[GraphState, _Step] = OrderedDict()
        self._names: OrderedDict[GraphState, SearchIndex | None] = OrderedDict()

    def changed(self, before: GraphState | None, after: GraphState, changes: Changes | None) -> None:
        """The graph is about to show another state; `changes` is None where all of it may be new.

        The names of that state are made here, by who writes it: nobody who asks ever waits for them.
        """
        names = self._names_after(before, changes)
        with self._lock:
            self._steps.pop(after, None)
            if before is None or changes is None:
                for key in [k for k in self._states if k.shown == after]:
                    del self._states[key]
                self._names.pop(after, None)
                return
            if names is not None:
                self._know_names(after, names)
            self._steps[after] = _Step(before, changes)
            while len(self._steps) > STEPS:
                self._steps.popitem(last=False)

    def has_names(self, shown: GraphState) -> bool:
        """Whether the names of a state are known."""
        with self._lock:
            return shown in self._names

    def learn_names(self, shown: GraphState, names: SearchIndex | None) -> None:
        """The names of a state, read off the path of requests; None where the engine searches by itself."""
        with self._lock:
            self._know_names(shown, names)
            for key, state in self._states.items():
                if key.shown == shown:
                    state.names = names

    def _names_after(self, before: GraphState | None, changes: Changes | None) -> SearchIndex | None:
        with self._lock:
            known = self._names.get(before) if before is not None else None
        if known is None or changes is None:
            return None
        names = known.after(changes)
        names.spell()
        return names

    def _know_names(self, shown: GraphState, names: SearchIndex | None) -> None:
        self._names[shown] = names
        self._names.move_to_end(shown)
        while len(self._names) > NAMES:
            self._names.popitem(last=False)

    def state(self, key: Key) -> State | None:
        """What is known under a key: as before, or what the changes since then left of it; None where nothing is."""
        with self._lock:
            known = self._states.get(key) or self._carried(key)
            return self._noted(key, known) if known else None

    def keep(self, key: Key, fresh: State) -> State:
        """The state of a key from now on: `fresh`, unless somebody was quicker."""
        with self._lock:
            return self._noted(key, self._states.get(key) or fresh)

    def _noted(self, key: Key, state: State) -> State:
        state.names = self._names.get(key.shown)
        self._states[key] = state
        self._states.move_to_end(key)
        while len(self._states) > KEPT:
            self._states.popitem(last=False)
        return state

    def _carried(self, key: Key) -> State | None:
        steps: list[Changes] = []
        for step in self._back(key.shown):
            steps.append(step.changes)
            if (state := self._states.get(Key(step.before, key.today, key.config))) is not None:
                for changes in reversed(steps):
                    state = state.after(changes)
                return state
        return None

    def _back(self, shown: GraphState) -> Iterator[_Step]:
        """The changes that led to a state, the last first."""
        seen = {shown}
        while (step := self._steps.get(shown)) is not None:
            yield step
            shown = step.before
            if shown in seen:  # undone and loaded again
                return
            seen.add(shown)
