"""What the ledger holds: its batches and rows, and whether the graph shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from graph.errors import UnknownBatch, UnknownRow
from graph.queries.node_sources import row_document
from graph.store.errors import GraphNotBuilt
from graph.version import __version__

if TYPE_CHECKING:  # the analysis behind a state takes longer to import than these answers to give
    from graph.answers.documents.ledger import BatchesDocument, StatusDocument
    from graph.answers.documents.nodes import BatchRowsDocument, LoadedRowDocument
    from graph.answers.state import State
    from graph.city.city import City


def status(city: City) -> StatusDocument:
    """The document of `lianpu status`."""
    graph = city.summary()
    if graph is None:
        raise GraphNotBuilt(city.store.url)
    counting = [b for b in city.ledger.batches() if b.undone_at is None]
    document: dict[str, Any] = {
        "version": __version__,
        "ledger": {
            "url": city.ledger.shown_url,
            "batches": len(counting),
            "records": city.records(),
            "hash": city.ledger.state(),
        },
        "graph": {"url": city.store.url, "nodes": graph.nodes, "edges": graph.edges, "hash": graph.hash},
        "in_step": graph.state == city.target_state(),
        "waiting": graph.waiting,
    }
    return cast("StatusDocument", document)


def batches(city: City) -> BatchesDocument:
    """The document of `lianpu batches`."""
    return cast("BatchesDocument", {"batches": [b.document() for b in city.ledger.batches()]})


def batch(state: State, number: int, most: int) -> BatchRowsDocument:
    """One batch with at most so many of the rows that it brought, and of those it withdrew. Raises UnknownBatch."""
    ledger, schema = state.city.ledger, state.city.schema
    wanted = next((b for b in ledger.batches() if b.id == number), None)
    if wanted is None:
        raise UnknownBatch(number)
    brought, withdrawn = ledger.brought_by(number)[:most], ledger.withdrawn_by(number)[:most]
    rows = state.records([*brought, *withdrawn])
    document = {
        **wanted.document(),
        "brought": [row_document(rows[seq], schema) for seq in brought],
        "withdrew": [row_document(rows[seq], schema) for seq in withdrawn],
    }
    return cast("BatchRowsDocument", document)


def row(state: State, record: int) -> LoadedRowDocument:
    """One row of the ledger as it was written, and whether it counts. Raises UnknownRow."""
    from graph.answers.nodes import mentioned  # see above

    written = state.records([record]).get(record)
    if written is None:
        raise UnknownRow(record)
    ledger = state.city.ledger
    by_number = {b.id: b.document() for b in ledger.batches()}
    hiding = [by_number[b] for b in ledger.withdrawers(record) if not by_number[b]["undone"]]
    loaded = {"loaded": by_number[written.batch], "withdrawn": hiding[0] if hiding else None}
    mentions = mentioned(state, written)
    return cast("LoadedRowDocument", {**row_document(written, state.city.schema), **loaded, "mentions": mentions})
