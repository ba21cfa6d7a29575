"""What a load did, as `lianpu load` tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from graph.city.outcome import Outcome
from graph.store.compare import Tally
from ingest.finding import Finding
from ingest.load.intake import Intake, RowCounts, SheetName
from ingest.load.questions import Question
from ingest.load.replace import Withdrawal
from ingest.table.result import SheetResult


@dataclass(slots=True)
class LoadReport:
    """What a load brought, and what it changed or would change."""

    intake: Intake
    dry_run: bool = False
    batch: int | None = None
    outcome: Outcome = field(default_factory=Outcome)
    nodes: dict[str, Tally] = field(default_factory=dict)
    edges: dict[str, Tally] = field(default_factory=dict)
    diff: dict[str, Any] = field(default_factory=lambda: {"nodes": {}, "edges": {}})
    waiting: int = 0
    withdrawn: Withdrawal = field(default_factory=Withdrawal)
    questions: list[Question] = field(default_factory=list)

    @property
    def rows(self) -> RowCounts:
        """How many rows were read, and what became of them."""
        return self.intake.rows

    @property
    def findings(self) -> list[Finding]:
        """All that there is to say."""
        return self.intake.findings

    @property
    def rejected(self) -> list[SheetResult]:
        """The tables with rejected rows."""
        return self.intake.rejected

    @property
    def unread(self) -> set[SheetName]:
        """The sheets of which nothing is known."""
        return self.intake.unread

    def document(self) -> dict[str, Any]:
        """The JSON form of `lianpu load`."""
        return {
            "batch": self.batch,
            "dry_run": self.dry_run,
            "rows": self.rows.document(),
            "nodes": {k: t.document() for k, t in self.nodes.items()},
            "edges": {k: t.document() for k, t in self.edges.items()},
            "diff": self.diff,
            "waiting": self.waiting,
            "withdrawn": self.withdrawn.documents(),
            "refused": self.withdrawn.reasons,
            "unread": [{"file": name.file, "sheet": name.sheet} for name in sorted(self.unread)],
            "questions": [q.document() for q in self.questions],
            "findings": [f.document() for f in self.findings],
        }
