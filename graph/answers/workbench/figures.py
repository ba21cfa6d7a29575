"""RegionFigures of counties and chains that can be laid side by side: each comes from the function that counts it everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.analysis.grading.segment_status import SegmentStatus, surveyed
from graph.analysis.grading.statuses import BY_GRAVITY, STATUSES
from graph.answers.documents.workbench.regions import FigureDocument, FigureValueDocument
from graph.answers.overview import SHOWN
from graph.answers.plan.matrix import MatrixRow, matrix, value_text
from graph.answers.plan.progress import plan_facts, plan_standings, sources_of
from graph.answers.state import State
from graph.errors import Unknown
from graph.measures.measure import Measure, load_measures
from graph.measures.value import Value, Window
from graph.plan.light import LATE, TargetStanding
from graph.plan.sentence import amount_text
from graph.text import near

REGION = "县市区"
SURVEYED, LATE_TARGETS, TARGET = "surveyed", "late", "target:"
STATUS_GROUP, MEASURE_GROUP, LIGHT_GROUP = "摸底和状态", "口径", "目标的灯"
UNREPORTED, UNCLEAR, NOT_SURVEYED = "未报", "待核实", "未摸底"


@dataclass(frozen=True, slots=True)
class RegionSubject:
    """A county, or a chain: `chains` are its own, `county` is where it is."""

    kind: str
    id: str
    name: str
    county: str
    chains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegionFigure:
    """What can be asked of every subject."""

    code: str
    group: str
    caption: str
    unit: str
    about: str
    measure: Measure | None = None

    def document(self) -> FigureDocument:
        """How documents name it."""
        return {"code": self.code, "group": self.group, "caption": self.caption, "unit": self.unit, "about": self.about}


@dataclass(frozen=True, slots=True)
class FigureValue:
    """What a figure comes to for a subject. `value` None and an `text` of its own: only bounds are known, or nothing."""

    value: float | None
    text: str = UNREPORTED
    year: int | None = None
    light: str | None = None
    records: tuple[int, ...] = ()

    def document(self, state: State) -> FigureValueDocument:
        """How documents tell it, with its rows."""
        rows = sources_of(state, self.records)
        return {"value": self.value, "text": self.text, "year": self.year, "light": self.light, "rows": rows}


NOTHING = FigureValue(None)


def counties(state: State) -> list[RegionSubject]:
    """The counties, those of a city together: regions below which no other lies, and those that have chains."""
    facts = state.facts()
    above = {r.parent for r in facts.regions if r.parent}
    chains: dict[str, list[str]] = defaultdict(list)
    for chain in facts.chains:
        chains[chain.county].append(chain.id)
    names = {r.id: r.name for r in facts.regions}
    own = [r for r in facts.regions if r.id not in above or r.id in chains]
    return [
        RegionSubject(REGION, r.id, r.name, r.name, tuple(chains[r.id]))
        for r in sorted(own, key=lambda r: (names.get(r.parent or "", ""), r.name))
    ]


def chain_subjects(state: State) -> list[RegionSubject]:
    """The chains."""
    return [RegionSubject("产业链", c.id, c.name, c.county, (c.id,)) for c in state.chains()]


class RegionFigures:
    """Every figure of a state on its day."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._rows = segments_by_subject(state)
        self._values = plan_facts(state).values
        self._window = Window(state.today, state.today.year)
        self._targets = {row.first.id: row for row in _targets(state)}

    def choices(self, subjects: Sequence[RegionSubject]) -> list[RegionFigure]:
        """What can be asked: a measure only where it is known of any of them."""
        measures = [
            RegionFigure(m.id, MEASURE_GROUP, m.caption, m.unit, m.about, m)
            for m in load_measures()
            if any(self._measured(m, s) for s in subjects)
        ]
        late = RegionFigure(LATE_TARGETS, LIGHT_GROUP, "逾期的指标", "项", "县（市、区）和它的产业链的指标里逾期的项数")
        about = "对这个指标，县（市、区）和它的产业链里最重的灯"
        targets = [
            RegionFigure(f"{TARGET}{ident}", LIGHT_GROUP, _target_name(row), "", about)
            for ident, row in self._targets.items()
        ]
        lights = [late, *targets] if targets else []
        return [*_statuses(), *measures, *lights]

    def called(self, code: str, subjects: Sequence[RegionSubject]) -> RegionFigure:
        """The figure of a code or caption. Raises Unknown."""
        choices = self.choices(subjects)
        for figure in choices:
            if code in (figure.code, figure.caption):
                return figure
        raise Unknown(
            "地图和对比的数", code, near(code, [f.caption for f in choices]) or [f.caption for f in choices[:4]]
        )

    def of(self, figure: RegionFigure, subject: RegionSubject) -> FigureValue:
        """What it comes to for a subject."""
        if figure.group == STATUS_GROUP:
            return self._counted(figure.code, subject)
        if figure.measure:
            return _of_measure(self._measured(figure.measure, subject), figure.measure)
        return self._late(subject) if figure.code == LATE_TARGETS else self._light(figure, subject)

    def _counted(self, code: str, subject: RegionSubject) -> FigureValue:
        rows = [r for c in subject.chains for r in self._rows.get(c, ())]
        survey = surveyed(rows)
        if not survey.of:
            return NOTHING
        if code == SURVEYED:
            return FigureValue(100 * survey.known / survey.of, f"{survey.known / survey.of:.0%}（{survey}）")
        if not survey.known and code != "未知":
            return FigureValue(None, NOT_SURVEYED)
        count = sum(r.counted and r.status == code for r in rows)
        return FigureValue(count, str(count))

    def _measured(self, measure: Measure, subject: RegionSubject) -> Value | None:
        value = self._values.value(measure, subject.id, self._window)
        return value if value and value.known else None

    def _late(self, subject: RegionSubject) -> FigureValue:
        own = [s for row in self._targets.values() for s in _of_subject(row, subject)]
        late = [s for s in own if s.light == LATE]
        if not own:
            return NOTHING
        return FigureValue(len(late), str(len(late)), records=_records(late))

    def _light(self, figure: RegionFigure, subject: RegionSubject) -> FigureValue:
        own = _of_subject(self._targets[figure.code.removeprefix(TARGET)], subject)
        if not own:
            return FigureValue(None, "没有这个指标")
        worst = min(own, key=lambda s: s.light.gravity)
        more = f"（{len(own)} 个对象里最重的）" if len(own) > 1 else ""
        stands = value_text(worst)
        text = worst.light.word + (f" {stands}" if stands != worst.light.word else "") + more
        return FigureValue(None, text, light=worst.light.word, records=_records(own))


def figures(state: State) -> RegionFigures:
    """The figures of a state, gathered once."""
    return state.once(("figures",), lambda: RegionFigures(state))


def segments_by_subject(state: State) -> Mapping[str, Sequence[SegmentStatus]]:
    """The segments of each county and of each chain (ids)."""

    def gather() -> Mapping[str, Sequence[SegmentStatus]]:
        rows: dict[str, list[SegmentStatus]] = defaultdict(list)
        supply = state.supply()
        for row in state.graded():
            segment = supply.segments[row.segment_id]
            rows[segment.county].append(row)
            rows[segment.fact.chain].append(row)
        return dict(rows)

    return state.once(("segments by subject",), gather)


def _statuses() -> list[RegionFigure]:
    share = RegionFigure(SURVEYED, STATUS_GROUP, "摸底覆盖率", "%", "已摸底的环节占计入评定的环节；汇总和市场不计")
    counts = [
        RegionFigure(
            code, STATUS_GROUP, f"{STATUSES[code].caption}环节", "个", f"状态为{STATUSES[code].caption}的环节数"
        )
        for code in BY_GRAVITY
        if code in SHOWN
    ]
    return [share, *counts]


def _targets(state: State) -> Sequence[MatrixRow]:
    """The targets that stand for any county or what lies in it."""
    there = [s for s in plan_standings(state) if s.target.subject.county]
    return matrix(there, {}).rows


def _target_name(row: MatrixRow) -> str:
    day: date | None = row.deadline
    return f"{row.first.name}（{day.isoformat() if day else '无期限'}）"


def _of_subject(row: MatrixRow, subject: RegionSubject) -> list[TargetStanding]:
    """The standings of a county and all in it; of a chain its own."""
    own = row.cells.get(subject.county, [])
    return own if subject.kind == REGION else [s for s in own if s.target.subject.key == subject.id]


def _records(standings: Sequence[TargetStanding]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(r for s in standings for r in s.target.records))


def _of_measure(value: Value | None, measure: Measure) -> FigureValue:
    if value is None:
        return NOTHING
    unit = "%" if measure.unit == "%" else ""
    year = f"（{value.year}年）" if value.year else ""
    if value.value is not None:
        blank = f"，另 {value.blank} 行留空" if value.blank else ""
        return FigureValue(value.value, f"{amount_text(value.value)}{unit}{year}{blank}", value.year, None, value.rows)
    upper = f"–{amount_text(value.upper)}" if value.upper is not None else " 或更多"
    text = f"{UNCLEAR}：{amount_text(value.lower or 0)}{upper}{unit}{year}"
    return FigureValue(None, text, value.year, None, value.rows)
