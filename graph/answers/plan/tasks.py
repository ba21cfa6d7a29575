"""The tasks of a plan: who leads them, by when, how far they are."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from graph.answers.documents.plan import TaskDocument, TasksDocument
from graph.answers.lookup import find_node
from graph.answers.plan.progress import moved_documents, plan_facts, sources_of
from graph.answers.state import State
from graph.plan.target import put_off
from graph.plan.task import CANCELLED, DONE, NOT_STARTED, RUNNING, UNREPORTED, Task


def tasks(state: State, county: str | None = None, at: date | None = None) -> TasksDocument:
    """The document of `lianpu tasks`. Raises Unknown and Ambiguous."""
    day = at or state.today
    own = str(find_node(state, state.city.schema.kinds["县市区"], county)["name"]) if county else None
    chosen = [t for t in plan_facts(state).records.tasks if own is None or t.subject.county == own]
    documents = [_document(state, t, day) for t in sorted(chosen, key=_order)]
    counts = Counter(d["progress"] for d in documents)
    return {
        "at": day.isoformat(),
        "tasks": documents,
        "counts": {word: counts[word] for word in (NOT_STARTED, RUNNING, DONE, CANCELLED, UNREPORTED)},
        "late": sum(d["late"] for d in documents),
    }


def _order(task: Task) -> tuple[object, ...]:
    code = tuple(int(n) for n in re.findall(r"\d+", task.code)) or (10_000,)
    return task.plan.name if task.plan else "", code, task.name, task.subject.county, task.subject.name


def _document(state: State, task: Task, day: date) -> TaskDocument:
    deadline, moves = put_off(task.first_deadline, task.moves)
    progress, last = task.state(day), task.last_step(day)
    left = (deadline - day).days if deadline else None
    records = (*task.records, *(r for s in task.steps if s.day <= day for r in s.records))
    return {
        "id": task.id,
        "plan": task.plan.name if task.plan else None,
        "code": task.code or None,
        "name": task.name,
        "parent": task.parent or None,
        "subject": task.subject.name,
        "subject_kind": task.subject.kind,
        "county": task.subject.county or None,
        "leader": task.leader or None,
        "owners": list(task.owners),
        "helpers": list(task.helpers),
        "person": task.person or None,
        "start": _iso(task.start),
        "first_deadline": _iso(task.first_deadline),
        "deadline": _iso(deadline),
        "moved": moved_documents(moves),
        "days_left": left,
        "progress": progress,
        "share": last.share if last else None,
        "late": left is not None and left < 0 and progress not in (DONE, CANCELLED, UNREPORTED),
        "problems": (last.problems or None) if last else None,
        "next_step": (last.next_step or None) if last else None,
        "last": _iso(last.day) if last else None,
        "milestones": [{"date": _iso(m.day), "text": m.text} for m in task.nodes],
        "note": task.note or None,
        "evidence": sources_of(state, tuple(dict.fromkeys(records))),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
