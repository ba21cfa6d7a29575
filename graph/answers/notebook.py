"""A city for a notebook: the documents of the commands, frames and networkx graphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd

from graph.analysis.config import GapConfig
from graph.analysis.supply.structure import standings
from graph.answers import cuts, recruiting, scenarios, statuses
from graph.answers.chains import view_chain
from graph.answers.documents.gaps import GapsDocument
from graph.answers.documents.recruiting import CandidatesDocument, CutsDocument, EffectDocument
from graph.answers.lookup import find_chain
from graph.answers.state import State
from graph.city.city import City
from graph.city.city import open_city as open_plain
from graph.schema.kinds import Sheet


def _plain(values: Mapping[str, Any], sheet: Sheet) -> dict[str, Any]:
    """Values as every graph file keeps them, under the names of the graph; what has none there stands in `extras`."""
    fields = {c.caption: c.field for c in sheet.fields}
    kept = {k: v if isinstance(v, (str, int, float, bool)) else str(v) for k, v in values.items() if v is not None}
    plain = {str(fields.get(k, k)): v for k, v in kept.items() if str(fields.get(k, k)).isascii()}
    extras = "；".join(f"{k}：{v}" for k, v in kept.items() if not str(fields.get(k, k)).isascii())
    return {**plain, "extras": extras} if extras else plain


class NotebookCity:
    """A city with its answers at hand; `city` is the city itself."""

    def __init__(self, city: City) -> None:
        self.city = city

    def close(self) -> None:
        """Let go of both databases."""
        self.city.close()

    def state(self, today: date | None = None) -> State:
        """The present state, by default thresholds."""
        return State(self.city, GapConfig(), today or date.today())

    def gaps(self, county: str | None = None, chain: str | None = None, **options: Any) -> GapsDocument:
        """The document of `lianpu gaps`; options are `status`, `scope`."""
        return statuses.gaps(self.state(), county, chain, **options)

    def cuts(self, chain: str, county: str | None = None, order: int = 1) -> CutsDocument:
        """The document of `lianpu cuts`."""
        return cuts.cuts(self.state(), chain, county, order)

    def whatif(self, chain: str, county: str | None = None, **changes: Sequence[str]) -> EffectDocument:
        """The document of `lianpu whatif`; changes are `add`, `remove`, `stop`, `survey`, as on the command line."""
        return scenarios.whatif(self.state(), chain, county, scenarios.Supposition(**changes))

    def candidates(self, chain: str, county: str | None = None, **options: Any) -> CandidatesDocument:
        """The document of `lianpu candidates`; options are `segment`, `top`, `province`, `product`, `scale`."""
        return recruiting.candidates(self.state(), chain, county, recruiting.Wanted(**options))

    def frame(self, kind: str) -> pd.DataFrame:
        """All nodes of a kind (企业, 环节 ...), a column per caption; empty cells are None."""
        nodes = self.state().explorer.nodes(kind)
        return pd.DataFrame([{"名称": n.name, **n.values} for n in nodes])

    def to_networkx(self, chain: str, county: str | None = None) -> nx.MultiDiGraph[str]:
        """Everything that hangs on a chain; attributes are plain values: nodes have kind, name and their own, edges
        relation and their own. `nx.write_graphml` and `nx.write_gml` work.
        """
        view = view_chain(self.state(), chain, county)
        kinds, relations = self.city.schema.kinds, self.city.schema.relations
        drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for node in view.nodes.values():
            drawn.add_node(node.id, **{**_plain(node.values, kinds[node.kind]), "kind": node.kind, "name": node.name})
        for edge in view.edges:
            drawn.add_edge(
                edge.source,
                edge.target,
                key=None,
                **{**_plain(edge.values, relations[edge.relation]), "relation": edge.relation},
            )
        return drawn

    def supply_network(self, chain: str, county: str | None = None) -> nx.DiGraph[str]:
        """What feeds what within a chain, as gap finding reads it, each segment with its status.

        Node attributes name, stage, parent (node), status, makers (N); edge attributes essentiality (2 必需, 1 一般,
        0 可忽略) and what flows. Any networkx call may follow.
        """
        state = self.state()
        asked = find_chain(state, chain, county).id
        rows = {r.segment_id: r for r in state.graded()}
        feeds = state.supply().network.feeds
        network: nx.DiGraph[str] = feeds.subgraph([i for i in feeds if feeds.nodes[i]["chain"] == asked]).copy()
        for ident, values in network.nodes.items():
            values.update(status=rows[ident].status, makers=rows[ident].total)
        return network

    def standings(self, chain: str, county: str | None = None) -> pd.DataFrame:
        """Where each segment stands in the supply network of a chain, whoever makes it: brokerage is no chokepoint."""
        network = self.supply_network(chain, county)
        rows = [
            {
                "环节": network.nodes[i]["name"],
                "层次": s.level,
                "成环": s.in_loop,
                "中介度": s.betweenness,
                "约束度": s.constraint,
            }
            for i, s in standings(network).items()
        ]
        return pd.DataFrame(rows)


def open_city(home: Path | str, **options: Any) -> NotebookCity:
    """The city kept in a folder; made when it does not exist. Close it when done."""
    return NotebookCity(open_plain(home, **options))
