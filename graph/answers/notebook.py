"""A city for a notebook: the documents of the commands, frames and networkx graphs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd

from graph.analysis.config import GapConfig
from graph.answers.recruiting import Advice
from graph.answers.state import Documents
from graph.city.city import City
from graph.city.city import open_city as open_plain


class NotebookCity(City):
    """A city with its answers at hand."""

    def documents(self, today: date | None = None) -> Documents:
        """Answers about the present state, by default thresholds."""
        return Documents(self, GapConfig(), today or date.today())

    def gaps(self, county: str | None = None, chain: str | None = None, **options: Any) -> dict[str, Any]:
        """The document of `lianpu gaps`."""
        return self.documents().gaps(county, chain, **options)

    def cuts(self, chain: str, county: str | None = None, order: int = 1) -> dict[str, Any]:
        """The document of `lianpu cuts`."""
        return Advice(self.documents()).cuts(chain, county, order)

    def whatif(self, chain: str, county: str | None = None, **changes: Sequence[str]) -> dict[str, Any]:
        """The document of `lianpu whatif`; changes are `add`, `remove`, `stop`, `survey`, as on the command line."""
        return Advice(self.documents()).whatif(chain, county, **changes)

    def candidates(self, chain: str, county: str | None = None, **options: Any) -> dict[str, Any]:
        """The document of `lianpu candidates`; options are `segment`, `top`, `province`, `product`, `scale`."""
        return Advice(self.documents()).candidates(chain, county, **options)

    def frame(self, kind: str) -> pd.DataFrame:
        """All nodes of a kind (企业, 环节 ...), a column per caption; empty cells are None."""
        nodes = self.documents().explorer.all_nodes(kind)
        return pd.DataFrame([{"名称": n.name, **n.values} for n in nodes])

    def to_networkx(self, chain: str, county: str | None = None) -> nx.MultiDiGraph[str]:
        """Everything that hangs on a chain; node attributes kind, name; edge key the relation."""
        view = self.documents().view(chain, county)
        made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for node in view.nodes.values():
            made.add_node(node.id, kind=node.kind, name=node.name, **{"values": dict(node.values)})
        for edge in view.edges:
            made.add_edge(edge.source, edge.target, key=None, relation=edge.relation, **{"values": dict(edge.values)})
        return made


def open_city(home: Path | str, **options: Any) -> NotebookCity:
    """The city kept in a folder; made when it does not exist. Close it when done."""
    plain = open_plain(home, **options)
    city = NotebookCity(plain.ledger, plain.store, plain.schema)
    city.demo = plain.demo
    return city
