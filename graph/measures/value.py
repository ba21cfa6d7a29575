"""The value of a measure for a subject: what the rows of the ledger can prove, with its bounds and its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from graph.dates import as_date
from graph.measures.entry import WHOLE, Entry, When
from graph.measures.honours import bare_honour
from graph.measures.measure import COUNT, GROWTH, HONOURS, LIST, REPORT, SHARE, SUM, Measure

YES, NO = "是", "否"
Dated = tuple[Entry, When | None, float | None]  # with its date and what it adds to a sum


@dataclass(frozen=True, slots=True)
class Window:
    """The days that count: up to `end`; from `since` on, where that is set; within one calendar year (`only`).

    `until` is the latest year of reports and honours that counts, `base` the year that growth starts from. `alone`: of
    reports, too, only those of the year `only` count, not the latest until then.
    """

    end: date
    until: int
    since: date | None = None
    only: int | None = None
    base: int | None = None
    alone: bool = False

    def latest(self, years: Iterable[int]) -> int | None:
        """Which year's reports count, of those that there are."""
        return max((y for y in years if y <= self.until and (not self.alone or y == self.only)), default=None)

    def holds(self, when: When | None) -> bool:
        """Whether a row of that date counts; one without a date always does."""
        if when is None:
            return True
        if not when.by(self.end) or (self.only is not None and when.year != self.only):
            return False
        return self.since is None or when.since(self.since)


@dataclass(frozen=True, slots=True)
class Value:
    """What the ledger says of a measure.

    `value` in the measure's unit, None where it cannot be told; `lower` and `upper` bound it (upper None: there may be
    more). `blank` rows leave the column empty that decides, `unknown` state no output. `year` is the year of the
    reports, `covers` of how many firms (with either year) growth is told.
    """

    value: float | None
    lower: float | None = None
    upper: float | None = None
    blank: int = 0
    year: int | None = None
    unknown: int = 0
    covers: tuple[int, int] | None = None
    entries: tuple[Entry, ...] = ()

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows of the ledger that it is told from, each once."""
        return tuple(dict.fromkeys(r for e in self.entries for r in e.records))

    @property
    def known(self) -> bool:
        """Whether there is a value or a bound."""
        return self.value is not None or self.lower is not None


class Values:
    """Every measure of every subject, from the entries; what is asked twice is computed once."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._kinds: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            self._kinds[entry.kind].append(entry)
        self._firms = {entry.firm for entry in self._kinds[REPORT]}
        self._of: dict[tuple[str, bool], dict[str, list[Entry]]] = {}  # by kind, of firms or of others; by subject
        self._dated: dict[tuple[str, str], list[Dated]] = {}
        self._reports: dict[str, dict[int, list[Entry]]] = {}
        self._kept: dict[tuple[object, ...], Value | None] = {}

    def entries(self, kind: str, subject: str) -> Sequence[Entry]:
        """The entries of a kind that belong to a subject (id, or WHOLE)."""
        if subject == WHOLE:
            return self._kinds.get(kind, ())
        of_firms = subject in self._firms
        if (kind, of_firms) not in self._of:  # hardly anything is asked of a firm, and there are many
            by_subject: dict[str, list[Entry]] = defaultdict(list)
            for entry in self._kinds.get(kind, ()):
                for one in entry.subjects:
                    if (one in self._firms) is of_firms:
                        by_subject[one].append(entry)
            self._of[kind, of_firms] = dict(by_subject)
        return self._of[kind, of_firms].get(subject, ())

    def reports(self, subject: str) -> dict[int, list[Entry]]:
        """The annual reports of a subject's firms, by year."""
        if subject not in self._reports:
            by_year: dict[int, list[Entry]] = defaultdict(list)
            for entry in self.entries(REPORT, subject):
                by_year[int(entry.values["年份"])].append(entry)
            self._reports[subject] = dict(by_year)
        return self._reports[subject]

    def year(self, subject: str, until: int) -> int | None:
        """The latest year, no later than `until`, for which any firm of the subject reported."""
        return max((y for y in self.reports(subject) if y <= until), default=None)

    def value(self, measure: Measure, subject: str, window: Window) -> Value | None:
        """What a measure comes to for a subject; None where the subject has no row of that kind at all."""
        key = (measure.id, subject, *self._asked(measure, subject, window))
        if key not in self._kept:
            there = any(self.entries(part.of, subject) for part in measure.parts)
            self._kept[key] = FORMS[measure.form](self, measure, subject, window) if there else None
        return self._kept[key]

    def year_of(self, subject: str, window: Window) -> int | None:
        """The year whose reports count for a subject."""
        return window.latest(self.reports(subject))

    def _asked(self, measure: Measure, subject: str, window: Window) -> tuple[object, ...]:
        """What of a window a measure looks at: many windows come to one value."""
        if measure.of == REPORT:
            return self.year_of(subject, window), window.base if measure.form == GROWTH else None
        if measure.form == HONOURS:
            return window.end, window.until
        return (window,) if any(part.year for part in measure.parts) else (window.end,)

    def passing(self, measure: Measure, subject: str, window: Window) -> list[tuple[Entry, float | None]]:
        """The entries that count, each thing once, with what each adds to a sum (None where it does not say)."""
        if measure.of == REPORT:
            year = self.year_of(subject, window)
            entries = self.reports(subject).get(year, []) if year is not None else []
            amount = measure.rows.amount
            return [(e, e.values.get(amount) if amount else None) for e in entries if measure.rows.passes(e.values)]
        things: dict[str, tuple[Entry, float | None]] = {}
        for entry, when, amount_of in (*self._rows_of(measure, subject), *self._moved_on(measure, subject, window.end)):
            if window.holds(when):
                known = things.get(entry.counted_as)
                if known is None or (known[1] is None and amount_of is not None):
                    things[entry.counted_as] = entry, amount_of
        return list(things.values())

    def _rows_of(self, measure: Measure, subject: str) -> Sequence[Dated]:
        """The rows that pass, with their dates and amounts."""
        key = (measure.id, subject)
        if key not in self._dated:
            self._dated[key] = [
                (e, When.of(e.values.get(part.year)) if part.year else None, e.values.get(part.amount or ""))
                for part in measure.parts
                for e in self.entries(part.of, subject)
                if not e.steps and part.passes(e.values)
            ]
        return self._dated[key]

    def _moved_on(self, measure: Measure, subject: str, end: date) -> Iterator[Dated]:
        """What has a history and passes on a day, dated by when it came to pass."""
        for part in measure.parts:
            for entry in self.entries(part.of, subject):
                if entry.steps and (there := entry.passing(part.passes, end)):
                    yield entry, there[0] if part.year else None, there[1].get(part.amount or "")


def _count(values: Values, measure: Measure, subject: str, window: Window) -> Value | None:
    year = values.year_of(subject, window) if measure.of == REPORT else None
    if measure.of == REPORT and year is None:
        return None
    entries = [e for e, _ in values.passing(measure, subject, window)]
    if measure.distinct:
        named = {str(v) for e in entries if (v := e.values.get(measure.distinct))}
        number = len(named) or min(1, len(entries))
    else:
        number = len(entries)
    blank = sum(_is_blank(measure, e) for e in values.reports(subject)[year]) if year is not None else 0
    return Value(number, number, None, blank, year, entries=tuple(entries))


def _is_blank(measure: Measure, entry: Entry) -> bool:
    return any(entry.values.get(c.column) is None for c in measure.rows.where)


def _sum(values: Values, measure: Measure, subject: str, window: Window) -> Value | None:
    year = values.year_of(subject, window) if measure.of == REPORT else None
    entries = values.passing(measure, subject, window)
    stated = [(e, a) for e, a in entries if a is not None]
    if not stated and (entries or measure.of == REPORT):
        return None
    total = float(sum(a for _, a in stated))
    return Value(total, total, None, len(entries) - len(stated), year, entries=tuple(e for e, _ in stated))


def _list(values: Values, measure: Measure, subject: str, window: Window) -> Value | None:
    """Firms of so much output that say 否; those who say nothing could be on the list too."""
    year = values.year_of(subject, window)
    if year is None:
        return None
    reports, least = values.reports(subject)[year], measure.least or 0.0
    outputs = [(e, e.values.get("产值(万元)")) for e in reports]
    large = [e for e, output in outputs if output is not None and output >= least]
    lacking = [e for e in large if e.values.get(measure.column or "") == NO]
    blank = [e for e in large if e.values.get(measure.column or "") is None]
    number, most = float(len(lacking)), float(len(lacking) + len(blank))
    return Value(
        None if blank else number,
        number,
        most,
        len(blank),
        year,
        sum(output is None for _, output in outputs),
        entries=(*lacking, *blank),
    )


def _share(values: Values, measure: Measure, subject: str, window: Window) -> Value | None:
    """Percent of the firms of the denominator that say yes; those who say nothing may."""
    year = values.year_of(subject, window)
    firms = [e for e in values.reports(subject)[year] if e.values.get(measure.denominator or "") == YES] if year else []
    if not firms:
        return None
    column = measure.numerator or ""
    yes = sum(e.values.get(column) == YES for e in firms)
    blank = sum(e.values.get(column) is None for e in firms)
    lower, upper = 100 * yes / len(firms), 100 * (yes + blank) / len(firms)
    return Value(None if blank else lower, lower, upper, blank, year, entries=tuple(firms))


def _growth(values: Values, measure: Measure, subject: str, window: Window) -> Value | None:
    """Percent a year between the sums of the firms that reported in both years."""
    year, base, amount = values.year_of(subject, window), window.base, measure.rows.amount or ""
    if year is None or base is None or year <= base:
        return None
    now, then = (
        {e.firm: e for e in values.reports(subject).get(y, ()) if e.values.get(amount) is not None}
        for y in (year, base)
    )
    both = [f for f in now if f in then]
    before, after = sum(then[f].values[amount] for f in both), sum(now[f].values[amount] for f in both)
    if not both or before <= 0 or after < 0:
        return None
    growth = ((after / before) ** (1 / (year - base)) - 1) * 100
    entries = [e for f in both for e in (then[f], now[f])]
    return Value(growth, growth, growth, 0, year, covers=(len(both), len(now | then)), entries=tuple(entries))


def _honours(values: Values, measure: Measure, subject: str, window: Window) -> Value | None:
    """Firms that hold the honour in the year: awarded by then, and not expired."""
    year = values.year(subject, window.until) or window.until
    wanted, day = {bare_honour(n) for n in measure.names}, min(window.end, date(year, 12, 31))
    holders: dict[str, Entry] = {}
    for entry in values.entries(measure.of, subject):
        if bare_honour(entry.name) in wanted and _held(measure, entry, year, day):
            holders.setdefault(entry.firm or entry.id, entry)
    entries = tuple(holders.values())
    return Value(len(entries), len(entries), None, 0, year, entries=entries)


def _held(measure: Measure, entry: Entry, year: int, day: date) -> bool:
    awarded = entry.values.get("年份")
    if awarded is not None and int(awarded) > year:
        return False
    if ends := as_date(entry.values.get("有效期止")):
        return ends >= day
    return awarded is None or measure.valid_years is None or year <= int(awarded) + measure.valid_years


FORMS: dict[str, Callable[[Values, Measure, str, Window], Value | None]] = {
    COUNT: _count,
    SUM: _sum,
    LIST: _list,
    SHARE: _share,
    GROWTH: _growth,
    HONOURS: _honours,
}
