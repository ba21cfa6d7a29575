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
        self._names: tuple[GraphState, SearchIndex | None] | None = None

    def changed(self, before: GraphState | None, after: GraphState, changes: Changes | None) -> None:
        """The graph shows another state; `changes` is None where all of it may be new."""
        with self._lock:
            self._steps.pop(after, None)
            if before is None or changes is None:
                for key in [k for k in self._states if k.shown == after]:
                    del self._states[key]
                self._names = None
                return
            self._steps[after] = _Step(before, changes)
            while len(self._steps) > STEPS:
                self._steps.popitem(last=False)

    def has_names(self, shown: GraphState) -> bool:
        """Whether the names of a state are known."""
        with self._lock:
            return self._names is not None and self._names[0] == shown

    def learn_names(self, shown: GraphState, names: SearchIndex | None) -> None:
        """The names of a state, read off the path of requests; None where the engine searches by itself."""
        with self._lock:
            self._names = shown, names
            for key, state in self._states.items():
                if key.shown == shown:
                    state.names = names

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
        if state.names is not None:
            self._names = key.shown, state.names
        elif self._names is not None and self._names[0] == key.shown:
            state.names = self._names[1]
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
