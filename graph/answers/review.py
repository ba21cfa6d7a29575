"""What waits for a person's decision."""

from __future__ import annotations

from typing import cast

from graph.answers.documents.nodes import ReviewDocument
from graph.answers.state import State
from graph.errors import Unknown
from graph.queries.reads import read_everything
from graph.review.queue import ReviewQueue


def review(state: State, kind: str | None = None, top: int = 100) -> ReviewDocument:
    """The document of `lianpu review`. Raises Unknown for a kind that is not reviewed."""
    city = state.city
    if kind is not None and kind not in city.schema.compared:
        raise Unknown("类别", kind, city.schema.compared)

    def read() -> ReviewQueue:
        read_everything()
        return ReviewQueue.of(city.projection(), city.schema)

    queue = state.once(("review",), read)
    return cast(ReviewDocument, queue.document(city.sources, kind, top))
