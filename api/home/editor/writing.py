"""A change previewed and saved: rows of any sheet as one batch that can be undone, with what it does to the statuses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from api.home.editor.change import AS_OF, PAGE
from api.home.filing import BadForm, FieldFault, Row, at_field
from api.home.session import Session
from graph.answers.documents.ledger import StatusChangeDocument
from graph.answers.statuses import status_changes
from graph.city.city import City
from graph.ledger.batch import Part, row_digest
from graph.model import Record
from ingest.load.intake import Intake
from ingest.load.pipeline import BadRow, take
from ingest.load.report import LoadReport
from ingest.load.typed import FIRST, read_typed

BY_COMMAND = "；整批都这样写，就加 --set"  # what a hint says to who loads files


@dataclass(frozen=True, slots=True)
class RowEdit:
    """What is to be written: rows of a sheet, and the rows of the ledger that they replace."""

    sheet: str
    rows: Sequence[Row] = ()
    gone: Sequence[int] = ()
    why: str = ""  # of what only withdraws
    by: str = ""


@dataclass(frozen=True, slots=True)
class EditPreview:
    """What a change would do, and the state of the ledger by which that was seen."""

    document: Mapping[str, Any]
    statuses: Sequence[StatusChangeDocument]
    seen: str
    waits: Sequence[Mapping[str, Any]] = field(default_factory=list)


class MovedOn(Exception):
    """The ledger says something else than when the change was previewed."""


def preview(session: Session, rows: RowEdit) -> EditPreview:
    """What saving would change; nothing is written. Raises BadForm."""
    intake = _read(session, rows)
    statuses: list[StatusChangeDocument] = []
    seen: list[str] = []

    def previewed(city: City) -> LoadReport:
        report = _take(city, intake, rows, dry_run=True)
        with session.reading() as state:
            statuses[:] = status_changes(state, report.outcome)
        seen[:] = [city.ledger.state()]
        return report

    report = session.previewed(previewed)
    fresh = set(report.outcome.fresh)
    waits = [w for w in report.outcome.waiting if w["record"] in fresh]
    return EditPreview(report.document(), statuses, seen[0], waits)


def save(session: Session, rows: RowEdit, seen: str) -> LoadReport:
    """Write what was previewed. Raises BadForm, and MovedOn where the ledger changed meanwhile: nothing is written then."""
    intake = _read(session, rows)
    with session.writing() as city:
        if city.ledger.state() != seen:
            raise MovedOn
        return _take(city, intake, rows, dry_run=False)


def _read(session: Session, rows: RowEdit) -> Intake:
    intake = read_typed(session.city.schema, {rows.sheet: rows.rows} if rows.rows else {}, PAGE)
    faults = [
        at_field(f.where, f.field, f.message, f.hint.partition(BY_COMMAND)[0])
        for f in intake.findings
        if f.level == "error"
    ]
    if faults := [*faults, *_too_early(intake)]:
        raise BadForm(faults)
    if rows.gone and not rows.rows:  # the batch says why, where it has no row to say it
        file = f"{PAGE}：撤下，{rows.why}" if rows.why else f"{PAGE}：撤下"
        intake.parts.append(Part(file, rows.sheet, rows.sheet, [], [row_digest({"gone": [*rows.gone]})]))
    return intake


def _take(city: City, intake: Intake, rows: RowEdit, dry_run: bool) -> LoadReport:
    gone = _withdrawn(city, rows.gone)
    try:
        return take(city, intake, rows.by or None, gone, dry_run)
    except BadRow as bad:
        raise BadForm([at_field(f.where, f.field, f.message, f.hint) for f in bad.faults]) from None


def _withdrawn(city: City, gone: Iterable[int]) -> list[Record]:
    return list(city.ledger.shown(gone)) if gone else []


def _too_early(intake: Intake) -> Iterable[FieldFault]:
    """What is dated after today: it would be no report of what is."""
    for part in intake.parts:
        for entry in part.rows:
            if entry.as_of and entry.as_of > date.today().isoformat():
                yield FieldFault(entry.row - FIRST, AS_OF, f"{entry.as_of} 在今天之后", "写到今天为止的日期")
