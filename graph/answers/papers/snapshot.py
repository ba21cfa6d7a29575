"""What a snapshot shows: the chains and counties it may show, as every page says them; of others it says no name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from graph.answers import recruiting
from graph.answers.chains import view_of
from graph.answers.documents.gaps import SegmentDocument
from graph.answers.documents.plan import CountyLightsDocument
from graph.answers.documents.recruiting import CandidatesDocument
from graph.answers.lookup import find_chain
from graph.answers.overview import overview
from graph.answers.plan.filing import county_name
from graph.answers.plan.matrix import due_text, value_text
from graph.answers.plan.progress import lights_of_counties, plan_standings
from graph.answers.state import State
from graph.answers.statuses import gaps
from graph.model import ChainView
from graph.plan.chain_targets import asked_text
from graph.plan.light import TargetStanding
from graph.plan.sentence import sentence
from graph.queries.chain_view import Chain
from graph.text import split

T = TypeVar("T")
REGION, PLACED = "县市区", "LOCATED_IN"
ELSEWHERE = "范围外的"  # stands for a name that the snapshot may not say


@dataclass(frozen=True, slots=True)
class PublishedTarget:
    """A target as a reader sees it."""

    light: str
    flags: tuple[str, ...]
    subject: str
    indicator: str
    asked: str
    value: str
    due: str
    text: str
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublishedChain:
    """A chain with everything that hangs on it, whom to invite, and its segments (ids) in the one order."""

    view: ChainView
    plan: CandidatesDocument
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublishedCity:
    """What one file shows; `day` is the day of the lights, `rows` and `steps` are those of the first page."""

    place: str
    day: str
    rows: tuple[Mapping[str, Any], ...]
    steps: tuple[Mapping[str, Any], ...]
    chains: tuple[PublishedChain, ...]
    segments: tuple[SegmentDocument, ...]  # of all chains, in the one order
    lights: tuple[CountyLightsDocument, ...]
    targets: tuple[PublishedTarget, ...]
    rule: str

    @property
    def counties(self) -> list[str]:
        """The counties whose chains it shows."""
        return list(dict.fromkeys(c.view.county for c in self.chains))

    @property
    def county(self) -> str | None:
        """The county, where it is of one."""
        return self.counties[0] if len(self.counties) == 1 else None

    @property
    def as_of(self) -> str:
        """The date of the latest data in it; empty where there is none."""
        return max((c.view.as_of for c in self.chains if c.view.sources), default="")

    @property
    def demo(self) -> bool:
        """Whether it shows example data."""
        return any(c.view.demo for c in self.chains)


def snapshot(state: State, counties: Sequence[str] = (), chains: Sequence[str] = ()) -> PublishedCity:
    """What may be shown of some counties and chains, or of all where none is named. Raises Unknown and Ambiguous."""
    scope = PublishScope(state, counties, chains)
    shown = scope.chains
    own = {c.id for c in shown}
    document = gaps(state)
    by_id = {s["segment_id"]: s for s in document["segments"] if s["chain_id"] in own}
    order = [i for i in document["order"] if i in by_id]
    table = overview(state, frozenset(own))
    standings = [s for s in plan_standings(state) if scope.holds(s)]
    whole = PublishedCity(
        place=scope.place,
        day=state.today.isoformat(),
        rows=tuple(table["rows"]),
        steps=tuple(table["next"]),
        chains=tuple(_chain(state, chain) for chain in shown),
        segments=tuple(by_id[i] for i in order),
        lights=tuple(lights_of_counties(standings)),
        targets=tuple(_target(s) for s in standings),
        rule=state.plan_model.text,
    )
    return masked(whole, scope.masker()) if scope.narrow else whole


def _chain(state: State, chain: Chain) -> PublishedChain:
    plan = recruiting.candidates(state, chain.id)
    return PublishedChain(view_of(state, chain), plan, tuple(gaps(state, chain=chain.id)["order"]))


def _target(there: TargetStanding) -> PublishedTarget:
    target = there.target
    return PublishedTarget(
        there.light.word,
        tuple(there.flags),
        target.subject.name,
        target.name,
        asked_text(target.goal),
        value_text(there),
        due_text(target.deadline, there.days_left),
        sentence(there),
        tuple(target.owners),
    )


class PublishScope:
    """Which counties and chains may be shown. Raises Unknown and Ambiguous."""

    def __init__(self, state: State, counties: Sequence[str], chains: Sequence[str]) -> None:
        self._state, self.narrow = state, bool(counties or chains)
        self._counties = {county_name(state, c) for c in counties}
        named = {find_chain(state, c) for c in chains}
        self.chains = [
            c for c in state.chains() if not self.narrow or c.county in self._counties or c.id in {n.id for n in named}
        ]

    @property
    def place(self) -> str:
        """What the file is of, in its title."""
        if not self.narrow:
            return "全市"
        alone = [c.name for c in self.chains if c.county not in self._counties]
        return "、".join([*sorted(self._counties), *alone][:3]) + ("等" if len(self._counties) + len(alone) > 3 else "")

    def holds(self, there: TargetStanding) -> bool:
        """Whether a target may be shown: of a county that is named, or of a chain that is."""
        subject = there.target.subject
        return not self.narrow or subject.county in self._counties or subject.key in {c.id for c in self.chains}

    def masker(self) -> Callable[[str], str]:
        """What takes out of a text the names of firms, platforms and chains of the city's other counties."""
        hidden, shown = self._names()
        if not hidden:
            return lambda text: text
        named = sorted({*hidden, *shown}, key=lambda n: (-len(n), n))  # a longer name that may be said is left whole
        pattern = re.compile("|".join(map(re.escape, named)))
        return lambda text: pattern.sub(lambda m: hidden.get(m[0], m[0]), text)

    def _names(self) -> tuple[dict[str, str], set[str]]:
        """The names that may not be said, each with what stands for it, and those that may."""
        reader, own = self._state.reader, {c.county for c in self.chains}
        counties = {r["id"]: str(r["name"]) for r in reader.nodes(REGION)}
        others = {c.county for c in self._state.chains()} - own
        hidden = {c.name: f"{ELSEWHERE}产业链" for c in self._state.chains() if c.county in others}
        shown = {c.name for c in self.chains}
        for kind in ("企业", "平台"):
            names = {r["id"]: [str(r["name"]), *split(str(r["aliases"] or ""))] for r in reader.nodes(kind)}
            for edge in reader.edges(PLACED, kind, REGION):
                if (county := counties[edge["target"]]) in others:
                    hidden |= dict.fromkeys(names[edge["source"]], f"{ELSEWHERE}{kind}")
                elif county in own:
                    shown |= set(names[edge["source"]])
        return {name: word for name, word in hidden.items() if name not in shown}, shown


def masked(value: T, mask: Callable[[str], str]) -> T:
    """A value with every text in it masked."""
    changed: Any = value
    if isinstance(value, str):
        changed = mask(value)
    elif isinstance(value, Mapping):
        changed = {k: masked(v, mask) for k, v in value.items()}
    elif isinstance(value, list | tuple):
        changed = type(value)(_each(value, mask)) if not hasattr(value, "_fields") else type(value)(*_each(value, mask))
    elif is_dataclass(value) and not isinstance(value, type):
        changed = replace(value, **{f.name: masked(getattr(value, f.name), mask) for f in fields(value)})
    return cast(T, changed)


def _each(values: Iterable[Any], mask: Callable[[str], str]) -> list[Any]:
    return [masked(v, mask) for v in values]
