"""How a segment is named without doubt: 县/链/环节."""

from __future__ import annotations

from dataclasses import dataclass

from graph.projection.result import Projection
from graph.text import norm


@dataclass(frozen=True, slots=True)
class SegmentPath:
    """A segment's place. Its name may hold a slash itself, so a path is never split again.

    >>> path = SegmentPath("id", "示例县", "示例链", "铸件/锻件", "上游")
    >>> str(path), sorted(path.ways())
    ('示例县/示例链/铸件/锻件', ['示例县/示例链/铸件/锻件', '示例链/铸件/锻件', '铸件/锻件'])
    """

    chain_id: str
    county: str
    chain: str
    name: str
    stage: str | None

    def __str__(self) -> str:
        return f"{self.county}/{self.chain}/{self.name}"

    def ways(self) -> set[str]:
        """The ways to write it, in their normal form."""
        return {norm(w) for w in (str(self), f"{self.chain}/{self.name}", self.name)}


def segment_paths(projection: Projection) -> dict[str, SegmentPath]:
    """The path of every segment, by its id."""
    nodes, edges = projection.nodes, projection.edges
    chains, counties = nodes.get("产业链", {}), nodes.get("县市区", {})
    at = {e.source: counties[e.target].name for e in edges.get("LOCATED_IN", {}).values() if e.source in chains}
    paths: dict[str, SegmentPath] = {}
    for e in edges.get("IN_CHAIN", {}).values():
        if e.source_kind == "环节":
            node, chain = nodes["环节"][e.source], chains[e.target]
            stage = node.values.get("stage")
            paths[e.source] = SegmentPath(chain.id, at[chain.id], chain.name, node.name, str(stage) if stage else None)
    return paths
