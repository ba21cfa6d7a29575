"""A city for a notebook: the documents of the commands, frames and networkx graphs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd

from graph.analysis.config import GapConfig
from graph.answers import cuts, recruiting, scenarios, statuses
from graph.answers.chains import view_chain
from graph.answers.state import Document, State
from graph.city.city import City
from graph.city.city import open_city as open_plain


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

    def gaps(self, county: str | None = None, chain: str | None = None, **options: Any) -> Document:
        """The document of `lianpu gaps`; options are `status`, `scope`."""
        return statuses.gaps(self.state(), county, chain, **options)

    def cuts(self, chain: str, county: str | None = None, order: int = 1) -> Document:
        """The document of `lianpu cuts`."""
        return cuts.cuts(self.state(), chain, county, order)

    def whatif(self, chain: str, county: str | None = None, **changes: Sequence[str]) -> Document:
        """The document of `lianpu whatif`; changes are `add`, `remove`, `stop`, `survey`, as on the command line."""
        return scenarios.whatif(self.state(), chain, county, scenarios.Supposition(**changes))

    def candidates(self, chain: str, county: str | None = None, **options: Any) -> Document:
        """The document of `lianpu candidates`; options are `segment`, `top`, `province`, `product`, `scale`."""
        return recruiting.candidates(self.state(), chain, county, recruiting.Wanted(**options))

    def frame(self, kind: str) -> pd.DataFrame:
        """All nodes of a kind (企业, 环节 ...), a column per caption; empty cells are None."""
        nodes = self.state().explorer.nodes(kind)
        return pd.DataFrame([{"名称": n.name, **n.values} for n in nodes])

    def to_networkx(self, chain: str, county: str | None = None) -> nx.MultiDiGraph[str]:
        """Everything that hangs on a chain; node attributes kind, name; edge key the relation."""
        view = view_chain(self.state(), chain, county)
        drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for node in view.nodes.values():
            drawn.add_node(node.id, kind=node.kind, name=node.name, **{"values": dict(node.values)})
        for edge in view.edges:
            drawn.add_edge(edge.source, edge.target, key=None, relation=edge.relation, **{"values": dict(edge.values)})
        return drawn


def open_city(home: Path | str, **options: Any) -> NotebookCity:
    """The city kept in a folder; made when it does not exist. Close it when done."""
    return NotebookCity(open_plain(home, **options))
