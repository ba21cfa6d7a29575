"""`lianpu plan read`: the targets and tasks that a plan's text seems to set."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from api.commands import plan_requests as requests
from api.commands.result import Result, found
from api.home.session import Session
from graph.errors import NothingRead
from ingest.plan_text.document import read_document
from ingest.plan_text.suggestion import PlanReading, TargetSuggestion, TaskSuggestion
from ingest.workbooks.plan_suggestions import write_suggestions
from viz.report.sheets import writing


def plan_read(session: Session, request: requests.PlanReadRequest) -> Result[Any]:
    """`lianpu plan read`: what a plan's text seems to set, for a person to confirm; nothing is loaded."""
    reading = suggestions(session, Path(request.path))
    if request.output:
        output = Path(request.output)
        with writing(request.output):
            output.parent.mkdir(parents=True, exist_ok=True)
            session.draw(partial(write_suggestions, reading=reading, schema=session.city.schema), output)
    document = reading_document(reading) | {"file": request.output}
    return found(document, document["targets"], document["tasks"])


def suggestions(session: Session, path: Path) -> PlanReading:
    """What a plan's text seems to set. Raises NothingRead and what a file that cannot be read raises."""
    if not path.is_file():
        raise NothingRead(f"没有这个文件：{path.name}", "检查路径；计划的文稿用 txt、docx 或 pdf")
    with session.reading() as state:
        known = {row["name"] for row in state.reader.nodes("责任单位")}
    return read_document(path, known)


def reading_document(reading: PlanReading) -> dict[str, Any]:
    """The document of what was read."""
    return {
        "plan": reading.plan,
        "start_year": reading.start_year,
        "end_year": reading.end_year,
        "targets": [_target(t) for t in reading.targets],
        "tasks": [_task(t) for t in reading.tasks],
        "file": None,
    }


def _target(target: TargetSuggestion) -> dict[str, Any]:
    fields = asdict(target)
    del fields["span"], fields["trust"]
    return fields | {"task": target.task or None, "confidence": target.confidence}


def _task(task: TaskSuggestion) -> dict[str, Any]:
    fields = asdict(task)
    del fields["span"]
    return fields | {"parent": task.parent or None}
