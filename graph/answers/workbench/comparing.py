"""Counties and chains side by side: each number as it is counted everywhere, and what they have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from graph.analysis.grading.order import in_order
from graph.analysis.grading.segment_status import SegmentStatus
from graph.analysis.grading.statuses import STATUSES
from graph.answers.documents.workbench.comparing import (
    ComparedDocument,
    ComparedFigureDocument,
    ComparisonDocument,
    SharedSegmentDocument,
)
from graph.answers.lookup import find_chain
from graph.answers.state import State
from graph.answers.statuses import brief
from graph.answers.workbench.figures import (
    LATE_TARGETS,
    LIGHT_GROUP,
    RegionSubject,
    chain_subjects,
    counties,
    figures,
    segments_by_subject,
)
from graph.answers.workbench.peers import ALL, standing
from graph.errors import Unknown
from graph.text import near, norm

MOST, SHOWN = 6, 5  # subjects; gaps named of each
STRONG = ("强链", "稳链")


def compare(state: State, named: Sequence[str] = (), of: str | None = None, group: str = ALL) -> ComparisonDocument:
    """The document of `lianpu compare`: counties and chains by name or id, the largest counties where none is named.

    `of` is the county that is held against its peers, the first of them where it is None; `group` says who these are.
    Beyond six the rest is left out. Raises Unknown and
    Ambiguous.
    """
    subjects = [subject_called(state, name) for name in dict.fromkeys(named)][:MOST] or _largest(state)
    rows = segments_by_subject(state)
    held = subject_called(state, of).county if of else subjects[0].county if subjects else None
    return {
        "at": state.today.isoformat(),
        "subjects": [_compared(state, s, rows.get(s.id, ())) for s in subjects],
        "figures": _figures(state, subjects),
        "segments": _shared(subjects, rows),
        "standing": standing(state, held, group, [s.county for s in subjects]) if held else None,
    }


def subject_called(state: State, name: str) -> RegionSubject:
    """A county or a chain, by name or id. Raises Unknown and Ambiguous."""
    own = counties(state)
    for county in own:
        if name == county.id or norm(name) == norm(county.name):
            return county
    try:
        chain = find_chain(state, name)
    except Unknown:
        names = [s.name for s in (*own, *chain_subjects(state))]
        raise Unknown("县（市、区）或产业链", name, near(name, names) or names[:4]) from None
    return next(s for s in chain_subjects(state) if s.id == chain.id)


def _largest(state: State) -> list[RegionSubject]:
    """The counties of which most is surveyed, where nobody chose any."""
    rows = segments_by_subject(state)
    with_chains = [c for c in counties(state) if c.chains]
    return sorted(with_chains, key=lambda c: (-sum(r.known and r.counted for r in rows.get(c.id, ())), c.name))[:3]


def _compared(state: State, subject: RegionSubject, rows: Sequence[SegmentStatus]) -> ComparedDocument:
    order = in_order(rows, {r.segment_id: r for r in state.graded()}, state.supply())
    strong = [r for r in rows if r.counted and r.status in STRONG]
    chains = {c.id: c for c in state.chains()}
    return {
        "kind": subject.kind,
        "id": subject.id,
        "name": subject.name,
        "county": subject.county,
        "chains": [
            {"county": chains[c].county, "chain": chains[c].name, "chain_id": c} for c in subject.chains if c in chains
        ],
        "gaps": [brief(row) for row in order.to_close()[:SHOWN]],
        "strengths": [brief(r) for r in sorted(strong, key=lambda r: (STRONG.index(r.status), r.segment))],
    }


def _figures(state: State, subjects: Sequence[RegionSubject]) -> list[ComparedFigureDocument]:
    """Statuses and measures of which any subject has something, and how many targets are late."""
    known = figures(state)
    documents: list[ComparedFigureDocument] = []
    for figure in known.choices(subjects):
        if figure.group == LIGHT_GROUP and figure.code != LATE_TARGETS:
            continue
        values = [known.of(figure, s) for s in subjects]
        if any(v.records or v.value is not None for v in values):
            documents.append({"figure": figure.document(), "values": [v.document(state) for v in values]})
    return documents


def _shared(
    subjects: Sequence[RegionSubject], rows: Mapping[str, Sequence[SegmentStatus]]
) -> list[SharedSegmentDocument]:
    """Segments of one name in several subjects, what is short in most of them first."""
    by_name: dict[str, list[list[SegmentStatus]]] = {}
    for place, subject in enumerate(subjects):
        for row in rows.get(subject.id, ()):
            if row.counted:
                by_name.setdefault(norm(row.segment), [[] for _ in subjects])[place].append(row)
    short = Counter({name: sum(any(_gap(r) for r in cell) for cell in cells) for name, cells in by_name.items()})
    shared = [(name, cells) for name, cells in by_name.items() if sum(map(bool, cells)) > 1]
    shared.sort(key=lambda pair: (-short[pair[0]], pair[0]))
    return [
        {
            "segment": next(r.segment for cell in cells for r in cell),
            "short": short[name],
            "states": [[brief(r) for r in cell] for cell in cells],
        }
        for name, cells in shared
    ]


def _gap(row: SegmentStatus) -> bool:
    return STATUSES[row.status].is_gap
