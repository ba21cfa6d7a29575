"""Which card stands in which column: lanes from left to right, in each as many columns as its cards need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, isqrt
from typing import NamedTuple

import networkx as nx

MAX_ROWS = 14  # cards beneath each other before a lane gets one more column; in a large map more, so that it is square
Tree = list[tuple[str, int]]  # (card, depth), parent first


@dataclass(frozen=True, slots=True)
class Item:
    """What is laid out: a card in a lane, perhaps beneath a parent; `name` decides ties."""

    id: str
    lane: str
    parent: str | None = None
    name: str = ""


class Arrow(NamedTuple):
    """An arrow from card to card. Arrows of one source and level share their way for as long as it is the same."""

    source: str
    target: str
    level: str = ""


def columns_of(items: Iterable[Item], links: Sequence[Arrow], lanes: Sequence[str]) -> list[tuple[str, list[Tree]]]:
    """The columns from left to right, each with its lane and its trees. The order of items does not matter.

    >>> columns_of([Item("b", "中游", "a"), Item("a", "中游"), Item("c", "上游")], [], ["上游", "中游"])
    [('上游', [[('c', 0)]]), ('中游', [[('a', 0), ('b', 1)]])]
    """
    ordered = sorted(items, key=lambda i: (i.name, i.id))
    trees, rows = _trees(ordered), max(MAX_ROWS, isqrt(len(ordered)))
    columns: list[tuple[str, list[Tree]]] = []
    for lane in lanes:
        if trees.get(lane):
            columns += [(lane, column) for column in _cut(_along(trees[lane], links), rows)]
    return columns


def _trees(items: Sequence[Item]) -> dict[str, list[Tree]]:
    """The trees of each lane. A child in another lane than its parent is a root of its own."""
    lane_of = {i.id: i.lane for i in items}
    children: dict[str, list[str]] = defaultdict(list)
    roots: list[Item] = []
    for item in items:
        if item.parent in lane_of and lane_of[item.parent or ""] == item.lane and item.parent != item.id:
            children[item.parent or ""].append(item.id)
        else:
            roots.append(item)
    trees: dict[str, list[Tree]] = defaultdict(list)
    placed: set[str] = set()
    for item in (*roots, *items):  # a loop of parents has no root: it is broken where it is met first
        if item.id not in placed:
            trees[item.lane].append(_walk(item.id, children, placed))
    return trees


def _walk(root: str, children: Mapping[str, list[str]], placed: set[str]) -> Tree:
    tree: Tree = []
    stack = [(root, 0)]
    while stack:
        ident, depth = stack.pop()
        if ident not in placed:
            placed.add(ident)
            tree.append((ident, depth))
            stack += [(c, depth + 1) for c in reversed(children.get(ident, ()))]
    return tree


def _along(trees: Sequence[Tree], links: Iterable[Arrow]) -> list[Tree]:
    """The trees of a lane with what feeds before what is fed, else in their own order."""
    root_of = {card: place for place, tree in enumerate(trees) for card, _ in tree}
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(trees)))
    graph.add_edges_from((root_of[s], root_of[t]) for s, t, _ in links if s in root_of and t in root_of)
    loops = nx.condensation(graph)
    depth = {
        place: rank for rank, some in enumerate(nx.topological_generations(loops))
        for loop in some for place in loops.nodes[loop]["members"]
    }  # fmt: skip
    return [trees[place] for place in sorted(depth, key=lambda place: (depth[place], place))]


def _cut(trees: Iterable[Tree], rows: int) -> list[list[Tree]]:
    """Trees in columns of about as many cards each; a long tree continues in the next column."""
    pieces = [tree[i : i + rows] for tree in trees for i in range(0, len(tree), rows)]
    total = sum(map(len, pieces))
    most = ceil(total / ceil(total / rows))
    columns: list[list[Tree]] = [[]]
    for piece in pieces:
        if columns[-1] and sum(map(len, columns[-1])) + len(piece) > most:
            columns.append([])
        columns[-1].append(piece)
    return columns
