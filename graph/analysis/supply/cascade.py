"""One descent to the greatest fixed point of availability, holding only what changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.analysis.supply.network import Supply


@dataclass(frozen=True, slots=True)
class Fall:
    """What a loss brings down: segments no longer available, segments no longer made here.

    `touched` lost a maker, a supplier or a working part, whether that mattered or not.
    """

    gone: frozenset[str]
    unmade: frozenset[str]
    touched: frozenset[str]


class Descent:
    """One descent to the greatest fixed point: only what changes is held."""

    def __init__(self, supply: Supply) -> None:
        self.supply = supply
        self.gone: set[str] = set()
        self.unmade: set[str] = set()
        self.idle: set[str] = set()
        self.working: dict[str, int] = {}
        self._crew: dict[str, int] = {}
        self._supplies: dict[str, int] = {}
        self._queue: list[str] = []

    def leave(self, ident: str) -> None:
        """A maker leaves a segment."""
        self._crew[ident] = left = self._crew.get(ident, self.supply.crew[ident]) - 1
        if not left:
            self.stop(ident)

    def unsupply(self, ident: str) -> None:
        """A supplier from elsewhere leaves a segment."""
        self._supplies[ident] = self._supplies.get(ident, self.supply.supplies[ident]) - 1
        self.check(ident)

    def stop(self, ident: str) -> None:
        """Makers of a segment stop; what is above it may no longer be made."""
        if ident in self.idle or ident in self.supply.idle:
            return
        self.idle.add(ident)
        for x in self.supply.segments[ident].line:
            self.working[x] = left = self.working.get(x, self.supply.working[x]) - 1
            if not left:
                self.unmade.add(x)
                self.check(x)

    def check(self, ident: str) -> None:
        """Drop a segment that nothing holds any more."""
        supply = self.supply
        held = (
            not supply.segments[ident].supply_known
            or self.working.get(ident, supply.working[ident]) > 0
            or self._supplies.get(ident, supply.supplies[ident]) > 0
        )
        if not held:
            self.drop(ident)

    def drop(self, ident: str) -> None:
        """A segment is no longer available."""
        if ident not in self.gone:
            self.gone.add(ident)
            self._queue.append(ident)

    def spread(self) -> None:
        """Stop everything that needs what is gone."""
        while self._queue:
            for user in self.supply.users.get(self._queue.pop(), ()):
                self.stop(user)

    def result(self) -> Fall:
        """What fell, beyond what was down before."""
        was = self.supply.state.available
        touched = frozenset().union(self._crew, self._supplies, self.working)
        return Fall(frozenset(i for i in self.gone if was[i]), frozenset(self.unmade), touched)
