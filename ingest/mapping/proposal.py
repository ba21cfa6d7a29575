"""A proposed mapping of one table: what is thought of each of its columns, how surely and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ingest.finding import column_letter
from ingest.mapping.caption_match import CaptionMatch
from ingest.mapping.mapping import Destination, TableMapping


@dataclass(frozen=True, slots=True)
class Guess:
    """What is thought of one column of a table."""

    position: int
    caption: str  # as it stands in the table
    key: str  # and in the mapping
    destinations: tuple[Destination, ...]
    match: CaptionMatch
    samples: list[str]
    taken: bool = False  # sure enough to stand in the mapping

    def document(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "column": column_letter(self.position),
            "caption": self.caption,
            "to": [str(d) for d in self.destinations],
            "taken": self.taken,
            "confidence": self.match.confidence,
            "reason": self.match.reason,
            "samples": self.samples,
        }


@dataclass(frozen=True, slots=True)
class Proposal:
    """The proposed mapping of one table."""

    file: str
    sheet: str
    header: int  # the last row of its header
    table: TableMapping
    guesses: list[Guess]
    captions: list[str] = field(default_factory=list)  # of all columns, for the fingerprint
    rows: list[list[str]] = field(default_factory=list)  # the first ones under the header

    def document(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "header": self.header,
            "kinds": list(self.table.kinds),
            "columns": [g.document() for g in self.guesses],
            "constants": {str(d): v for d, v in self.table.constants.items()},
        }
