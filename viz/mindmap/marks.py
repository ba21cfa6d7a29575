"""The ids under which the boxes of a map are known again in an edited file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from graph.outline import WHOLE, MapScope, TopicMark, label_mark
from viz.mindmap.node import MindNode

_COUNT = re.compile(r"\d+")


def mark_tree(root: MindNode, depth: int | None = None, branch: str | None = None) -> None:
    """Give every box of a whole map its mark; the root's says which part of the map the file holds."""
    batch = max((row.batch for node in root.walk() for row in node.rows), default=0)
    scope = MapScope(batch, depth or 0, label_mark(branch) if branch else WHOLE)
    _mark(root, TopicMark.of("", root.ref or root.label, root.label, scope))


def _mark(node: MindNode, mark: TopicMark) -> None:
    node.mark = mark
    for child, key in zip(node.children, keys_of(node.children), strict=True):
        _mark(child, TopicMark.of(mark.place, key, child.label))


def keys_of(nodes: Sequence[MindNode]) -> list[str]:
    """What tells boxes from their siblings: what they stand for, or what they are called without counts.

    >>> keys_of([MindNode("企业 3 家", "企业"), MindNode("企业 5 家", "企业")])
    ['企业 企业  家', '企业 企业  家#2']
    """
    seen: Counter[str] = Counter()
    keys = []
    for node in nodes:
        key = node.ref or f"{node.kind} {_COUNT.sub('', node.label)}"
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return keys
