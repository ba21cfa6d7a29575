"""Edited mind maps in a load: compared with the map as the home has it, and turned into rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from graph.answers.chains import view_of
from graph.answers.lookup import find_chain
from graph.answers.recruiting import candidates
from graph.answers.state import State
from graph.model import ChainView
from graph.outline import TopicMark
from graph.queries.chain_view import Chain
from graph.text import split
from ingest.load.pipeline import Incoming
from ingest.mindmap.compare import edits_of
from ingest.mindmap.match import KnownMap
from ingest.mindmap.rows import record_numbers, rows_of
from ingest.mindmap.topics import FileTopic, KnownTopic
from viz.mindmap.marks import mark_tree
from viz.mindmap.node import MindNode
from viz.mindmap.tree import mind_tree


def take_maps(state: State, incoming: Incoming, yes: bool) -> list[dict[str, Any]]:
    """Add the rows that the mind maps of a load come to; every edit as JSON. What removes is taken with `yes` alone.

    Raises Unknown and Ambiguous for a map of no chain that is known.
    """
    documents: list[dict[str, Any]] = []
    schema, ledger = state.city.schema, state.city.ledger
    for file, root in incoming.maps:
        edits = edits_of(known_map(state, _chain(state, root)), root, schema)
        taken = [e for e in edits if e.does_something and (e.sure or yes)]
        records = {r.seq: r for r in ledger.shown(record_numbers(taken))}
        incoming.take(file, rows_of(taken, records, schema))
        documents += [{"file": file, **e.document(taken=e in taken)} for e in edits]
    return documents


def _chain(state: State, root: FileTopic) -> Chain:
    """The chain whose map a file is: by the root's id, else by what the root says."""
    for chain in state.chains():
        if root.mark and TopicMark.of("", chain.id, chain.name).place == root.mark.place:
            return chain
    return find_chain(state, root.text)


def known_map(state: State, chain: Chain) -> KnownMap:
    """The map of a chain as it is now."""
    view = view_of(state, chain)
    tree = mind_tree(view, candidates(state, chain.name, chain.county))
    mark_tree(tree)
    links: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    mentions: dict[str, set[int]] = defaultdict(set)
    for edge in view.edges:
        links[edge.relation, edge.source, edge.target].update(edge.records)
        for end in (edge.source, edge.target):
            mentions[end].update(edge.records)
    root = _known(tree, view, links, None)
    own = {n for box in root.walk() for n in box.own}
    elsewhere = (r.seq for r in state.city.ledger.shown(own) if len(split(str(r.values.get("产业链", "")))) > 1)
    named = {ref: tuple(sorted(records)) for ref, records in mentions.items()}
    return KnownMap(chain.county, chain.name, root, named, frozenset(elsewhere))


def _known(
    node: MindNode, view: ChainView, links: Mapping[tuple[str, str, str], set[int]], above: KnownTopic | None
) -> KnownTopic:
    own = view.nodes[node.ref].records if node.ref in view.nodes else ()
    records = tuple(sorted(links[node.link])) if node.link else own
    batch = min((view.sources[n]["batch"] for n in records if n in view.sources), default=0)
    mark = node.mark or TopicMark.of("", node.label, node.label)
    box = KnownTopic(mark, node.kind, node.name, node.label, node.ref, node.link, records, own, batch, above=above)
    box.children = [_known(child, view, links, box) for child in node.children]
    return box
