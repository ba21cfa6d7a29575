"""Opening a ledger beside its graph: a lost or altered one is refused, and nothing is built over what it held."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

from graph.errors import LedgerDamaged, LedgerMissing
from graph.ledger.copies import copies, newest_good_copy
from graph.ledger.ledger import Ledger
from graph.ledger.tables import place
from graph.store.protocol import GraphStore


def open_ledger(url: str | URL, store: GraphStore, known: bool, verify: bool) -> Ledger:
    """The ledger of a graph; `known` is whether it ever took a batch. Raises LedgerMissing and LedgerAltered."""
    if not known and (copies(Path(place(url))) or _holds_nodes(store)):
        raise LedgerMissing(place(url), store.url.removeprefix("ladybug:///"))
    ledger = Ledger(url)
    try:
        if verify and ledger.health.verify():
            ledger.mentions.forget()  # it may have been written to as well
    except BaseException:
        ledger.close()
        raise
    return ledger


def _holds_nodes(store: GraphStore) -> bool:
    if (kept := store.kept_summary()) is not None:  # opening an engine changes bytes of its file
        return any(kept.nodes.values())
    if store.state() is None:
        return store.holds_what_it_does_not_show()
    return any(store.counts()[0].values())


@contextmanager
def naming_a_copy(url: str | URL) -> Iterator[None]:
    """Whoever is told that the ledger is damaged or lost is told where its newest good copy is."""
    try:
        yield
    except (LedgerDamaged, LedgerMissing) as fault:
        if copy := newest_good_copy(Path(place(url))):
            fault.hint = f"{fault.hint}；最近一份完好的备份：{copy}"
        raise
