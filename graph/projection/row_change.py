"""A change of the ledger, as the rows that it brings and takes away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.model import Record


@dataclass(frozen=True, slots=True)
class RowChange:
    """A change of the ledger: rows that are visible after it only, and before it only, by number."""

    fresh: Mapping[int, Record]
    gone: Mapping[int, Record]
