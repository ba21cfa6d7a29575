"""What changed between two moments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from api.commands.result import Result, found
from api.commands.workbench.changes_requests import ChangesFileRequest, ChangesRequest
from api.home.drawing import Draw
from api.home.session import Session
from graph.answers.documents.workbench.changes import ChangesDocument
from graph.answers.workbench import changes as answers
from graph.answers.workbench.changes import Side
from graph.answers.workbench.moments import Moment, moment_of
from graph.ledger.batch import Batch
from graph.ledger.moment import When
from graph.projection.result import Projection
from graph.queries.reads import read_everything

DAY = timedelta(days=1)


def changes(session: Session, request: ChangesFileRequest) -> Result[Any]:
    """`lianpu changes`; with `output` also 变化.xlsx. Raises Unknown, Ambiguous and UnknownBatch."""
    document = {**compared(session, request)}
    if request.output:
        session.draw(changes_drawing(document), Path(request.output))
        document["file"] = request.output
    return found(document, *(document[part] for part in ("segments", "firms", "targets", "values")))


def compared(session: Session, request: ChangesRequest) -> ChangesDocument:
    """What changed between the moments of a request, made once as long as neither can change."""
    with sides(session, request) as (before, after):
        asked = before.moment, after.moment, before.state.today, request.county, request.chain

        def make() -> ChangesDocument:
            read_everything()  # rows of the ledger and batches, too
            projected = _projected(session, after)
            return answers.changes(before, after, projected, request.county, request.chain)

        return after.state.answer(("changes", before.state.city.ledger.state(before.moment.when), *asked), make)


@contextmanager
def sides(session: Session, request: ChangesRequest) -> Iterator[tuple[Side, Side]]:
    """The city at both moments, the earlier one first, whichever was named first. Raises UnknownBatch."""
    since, until = sorted(moments(session, request), key=lambda m: m.stamp)
    with session.state_as_of(until.when) as after, session.state_as_of(since.when) as before:
        yield Side(since, before), Side(until, after)


def moments(session: Session, request: ChangesRequest) -> tuple[Moment, Moment]:
    """The two moments of a request; where no beginning is named, what the last batch, or the month, began with."""
    since = request.since
    if since is None:
        since = _beginning(session.city.ledger.batches(), request.until)
    return moment(session, since), moment(session, request.until)


def _beginning(batches: Sequence[Batch], until: When | None) -> When:
    """Where a comparison begins: the end of the month before a day; before a batch, else before the last one."""
    if isinstance(until, date):
        return until.replace(day=1) - DAY if until > date.min + 31 * DAY else date.min
    earlier = [b.id for b in batches if until is None or b.id < until]
    if until is None:
        earlier = earlier[:-1]
    return earlier[-1] if earlier else date.min


def moment(session: Session, when: When | None) -> Moment:
    """A moment with what people call it. Raises UnknownBatch."""
    with session.reading() as state:
        return moment_of(when, session.city.ledger.stamp(when) if when is not None else "", state.today)


def _projected(session: Session, side: Side) -> Projection:
    """What the rows of a moment come to: of now, the graph's own."""
    live = session.city
    return live.projection(None if side.moment.when is None else side.moment.when)


def changes_drawing(document: Any) -> Draw[None]:
    """What draws 变化.xlsx."""
    from viz.workbench.changes_book import write_changes_book

    return partial(write_changes_book, changes=document)
