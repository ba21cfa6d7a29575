"""What people write about a chain, read: segments, firms, sources and supposed changes by their names."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

from graph.analysis.facts import SegmentFact
from graph.analysis.scenario import Landing
from graph.answers.state import Documents
from graph.errors import Ambiguous, BadChange, Unknown
from graph.queries.facts_reader import Rows
from graph.text import near, norm

AMOUNT = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>万元|亿元|元|万|亿)?")
UNITS = {"万元": 1.0, "万": 1.0, "亿元": 1e4, "亿": 1e4, "元": 1e-4}


def amount_of(text: str) -> float | None:
    """An amount in 万元 as people write it, or None where it is none.

    >>> [amount_of(t) for t in ("5000", "5,000万元", "１.２亿", "3000000元", "很多", "-5")]
    [5000.0, 5000.0, 12000.0, 300.0, None, None]
    """
    found = AMOUNT.fullmatch(norm(text))
    if not found:
        return None
    value = float(found["number"].replace(",", "")) * UNITS[found["unit"] or "万元"]
    return value if math.isfinite(value) else None


class Asking:
    """Names as people write them, resolved in one state of a city. Raises Unknown (with near names) and Ambiguous."""

    def __init__(self, docs: Documents) -> None:
        self.docs = docs

    def segment(self, chain: str, name: str) -> SegmentFact:
        """A segment by name, 上级/名称, 链/名称 or 县/链/名称: of the chain (id) first, else of any that fits the path."""
        supply = self.docs.supply()
        own = [s.fact for s in supply.segments.values() if s.fact.chain == chain]
        wanted = [s for s in own if norm(name) in self._forms(s)]
        if not wanted and "/" in name:
            wanted = [s.fact for s in supply.segments.values() if norm(name) in self._forms(s.fact)]
        if not wanted:
            raise Unknown("环节", name, near(name, [s.name for s in own]))
        if len(wanted) > 1:
            raise Ambiguous("环节", name, ["/".join(self._path(s)) for s in wanted])
        return wanted[0]

    def _path(self, segment: SegmentFact) -> tuple[str, str, str]:
        row = self.docs.by_id()[segment.id]
        return row.county, row.chain, row.segment

    def _forms(self, segment: SegmentFact) -> Iterator[str]:
        """Every way to write a segment; its own name may hold a / itself."""
        county, chain, name = map(norm, self._path(segment))
        above = self.docs.supply().segments.get(segment.parent or "")
        between = [norm(above.fact.name)] if above else []
        for line in ([name], [*between, name]):
            yield from ("/".join(line), "/".join([chain, *line]), "/".join([county, chain, *line]))

    def firm(self, name: str) -> str:
        """The id of an enterprise by name or former name."""
        return str(self.docs.node("企业", name)["id"])

    def stands(self, name: str) -> bool:
        """Whether a firm is known and stands on some segment of some chain."""
        try:
            ident = self.firm(name)
        except Unknown:
            return False
        return bool(Rows(self.docs.city.store, self.docs.city.schema).edges("STANDS_ON", "企业", "环节", start=[ident]))

    def source(self, name: str) -> str:
        """An outside source, as it is written in the data."""
        names = sorted({e.name for e in self.docs.facts().sources})
        for known in names:
            if norm(known) == norm(name):
                return known
        raise Unknown("外部来源", name, near(name, names))

    def landing(self, chain: str, text: str) -> Landing:
        """A supposed landing, 企业@环节 or 企业@环节:产值. Firm and segment may hold @ and : themselves.

        Raises BadChange where a part is missing or the output is no amount.
        """
        failed: Unknown | None = None
        for firm, segment, output in _splits(text):
            try:
                found = self.segment(chain, segment)
            except Unknown as error:
                failed = failed or error
                continue
            amount = amount_of(output)
            if output and amount is None:
                break
            return Landing(self._known_name(firm), found.id, amount)
        else:
            if failed:
                raise failed
        raise BadChange(text)

    def _known_name(self, name: str) -> str:
        """The firm's full name where it is known; a new firm's name as it is."""
        try:
            return str(self.docs.node("企业", name)["name"])
        except Unknown:
            return name


def _splits(text: str) -> Iterable[tuple[str, str, str]]:
    """Every reading of 企业@环节:产值 as (firm, segment, output), the likeliest first.

    >>> list(_splits("甲@乙:5000"))
    [('甲', '乙', '5000'), ('甲', '乙:5000', '')]
    """
    for at in reversed(list(re.finditer("[@＠]", text))):
        firm, rest = text[: at.start()].strip(), text[at.end() :].strip()
        if not firm or not rest:
            continue
        if named := re.fullmatch(r"(.+)[:：]([^:：]+)", rest, re.DOTALL):
            yield firm, named[1].strip(), named[2].strip()
        yield firm, rest, ""
