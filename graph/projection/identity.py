"""Who is meant by a name: identities of nodes and the index that references are resolved with."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.model import Record
from graph.naming.classes import SameNames
from graph.naming.firm import parse_firm
from graph.naming.same_firm import Writing, same_firms
from graph.schema.kinds import Kind
from graph.schema.types.code import stock_code, valid_code
from graph.text import norm, split

ID_BYTES = 10


def make_id(kind: str, *parts: str) -> str:
    """The id of a node or edge: same kind and key parts, same id.

    >>> make_id("企业", "甲") == make_id("企业", "甲") != make_id("产品", "甲")
    True
    """
    return hashlib.blake2b("\0".join((kind, *parts)).encode(), digest_size=ID_BYTES).hexdigest()


def is_id(text: str) -> bool:
    """Whether a text is written as an id, and so is no name.

    >>> is_id(make_id("企业", "甲")), is_id("甲"), is_id("deadbeef")
    (True, False, False)
    """
    return len(text) == 2 * ID_BYTES and set(text) <= set("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Miss:
    """Why a name resolves to nothing: `undefined`, or `ambiguous` between `choices` (node ids)."""

    reason: str
    choices: tuple[str, ...] = ()


UNDEFINED = Miss("undefined")


def pick(bearers: Sequence[str]) -> str | Miss:
    """The only candidate, or why there is none."""
    if len(bearers) == 1:
        return bearers[0]
    return Miss("ambiguous", tuple(sorted(bearers))) if bearers else UNDEFINED


@dataclass(slots=True)
class NameIndex:
    """Names of one kind. Exact names (--format chainkg) win over normal forms."""

    exact: dict[str, str] = field(default_factory=dict)
    normal: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    nodes: set[str] = field(default_factory=set)  # everything that bears a name here
    coded: bool = False  # things that a stock code names too, however it is written

    def add(self, name: str, node: str) -> None:
        """A name in its normal form may be borne by several nodes."""
        bearers = self.normal[norm(name)]
        if node not in bearers:
            bearers.append(node)
            self.nodes.add(node)

    def add_exact(self, name: str, node: str) -> None:
        """A name that is compared as written; its normal form is indexed as well."""
        if name not in self.exact:
            self.exact[name] = node
            self.add(name, node)

    def find(self, name: str) -> Sequence[str]:
        """Ids of the nodes that bear this name."""
        if (one := self.exact.get(name)) is not None:
            return (one,)
        bearers = self.normal.get(norm(name))
        if bearers is None and self.coded and (code := stock_code(name)):
            bearers = self.normal.get(code)
        return bearers or ()

    def of_code(self, name: str) -> str | None:
        """The node of this stock code among those that are compared as written."""
        return self.exact.get(stock_code(name) or "") if self.coded else None

    def __contains__(self, normal_form: object) -> bool:
        return normal_form in self.normal


class Segments:
    """The segments of each chain by the normal form of their names, and the county of each chain."""

    def __init__(self, names: Mapping[str, NameIndex]) -> None:
        self._names = names
        self.of_chain: dict[str, dict[str, str]] = defaultdict(dict)  # chain id -> normal name -> id
        self.county_of: dict[str, str] = {}  # chain id -> county id

    def keys(self, path: str) -> list[SegmentKey]:
        """What 县/链/环节, 链/环节 or 环节 may mean; where some of these exist, those alone."""
        names = self._names["产业链"]
        first, _, rest = path.partition("/")
        second, _, last = rest.partition("/")
        counties = self._names["县市区"].find(first)
        keys = [SegmentKey(c, norm(last)) for c in names.find(second) if last and self.county_of[c] in counties]
        keys += [SegmentKey(c, norm(rest)) for c in names.find(first) if rest]
        keys += [SegmentKey(c, norm(path)) for c, known in self.of_chain.items() if norm(path) in known]
        return [key for key in keys if key.name in self.of_chain.get(key.chain, {})] or keys

    def find(self, path: str) -> list[str]:
        """Ids of the segments that a path may mean."""
        return [self.of_chain[k.chain][k.name] for k in self.keys(path) if k.name in self.of_chain[k.chain]]

    def within(self, chains: Iterable[str], name: str) -> list[str]:
        """Ids of the segments of this name in some chains."""
        form = norm(name)
        return [self.of_chain[c][form] for c in chains if form in self.of_chain.get(c, {})]


class SegmentKey(NamedTuple):
    """A segment as its key has it: the id of its chain, and its name in normal form."""

    chain: str
    name: str


class Codes(NamedTuple):
    """What a row states that identifies its firm: a valid 统一社会信用代码, a stock code."""

    credit: str | None = None
    listed: str | None = None


class Identities:
    """Which enterprise a row means: valid code first, else name; former names are the same firm.

    One code with two names is one firm. One name with two credit codes, or two stock codes, is two firms, and rows with
    the name alone wait. A stock code and the credit code that rows state beside it, or of the same name, are one
    firm's. `same` says which names people made one, or keep apart; `alike` lists the names that were made one because
    they are beyond doubt.
    """

    def __init__(self, kind: Kind, records: Iterable[Record], same: SameNames) -> None:
        self._kind = kind
        self.same = same
        self._codes_of_name: dict[str, set[str]] = defaultdict(set)
        self._names_of_code: dict[str, dict[str, str]] = defaultdict(dict)  # normal form -> as written
        self._credits: dict[str, set[str]] = defaultdict(set)  # stock code -> credit codes that rows state beside it
        self._former: set[str] = set()
        self._written: dict[str, str] = {}
        self._writings: dict[str, Writing] = {}  # names from rows that are not exact
        former: list[tuple[str, str]] = []
        for record in records:
            former += self._learn(record)
        for name, other in sorted(set(former)):
            same.join(name, other)
        for name, codes in self._codes_of_name.items():
            if name in self._writings:
                self._writings[name].codes |= codes
        alike = [a for a in same_firms(self._writings) if same.join(a.kept, a.other)]
        self.alike = sorted(alike, key=lambda a: a.other)
        self._credit_of = self._link()
        self._codes_of_group: dict[str, set[str]] = defaultdict(set)
        for name in self._codes_of_name:
            self._codes_of_group[same.root(name)] |= self._codes(name)

    def _learn(self, record: Record) -> list[tuple[str, str]]:
        """Take in a row; (name, former name) where only the row says that they are one firm."""
        stated = codes_of(record, self._kind)
        codes = [c for c in stated if c]
        written = str(record.values.get("名称") or (codes[0] if codes else ""))
        name = self._add_name(written)
        former = [self._add_name(n) for n in split(str(record.values.get(self._kind.aliases or "") or ""))]
        if not record.exact:
            writing = self._writings.setdefault(name, Writing())
            writing.counties.update((norm(str(c)),) if (c := record.values.get("县市区")) else ())
        former = [f for f in former if f != name and not self.same.is_apart(name, f)]
        for code in codes:
            self._names_of_code[code].setdefault(name, written)
            for each in (name, *former):
                self._codes_of_name[each].add(code)
        if stated.credit and stated.listed:
            self._credits[stated.listed].add(stated.credit)
        self._former.update(former)
        return [] if codes else [(name, f) for f in former]

    def _add_name(self, written: str) -> str:
        name = norm(written)
        self._written.setdefault(name, written)
        return name

    def _link(self) -> dict[str, str]:
        """The credit code of each stock code, where one only is stated: beside it, else of a name that both go with."""
        of_names: dict[str, set[str]] = defaultdict(set)
        for name, codes in self._codes_of_name.items():
            of_names[self.same.root(name)] |= codes
        beside: dict[str, set[str]] = defaultdict(set)
        for codes in of_names.values():
            credits = {c for c in codes if is_credit(c)}
            if len(credits) == 1 and len(codes) == 2:
                beside[(codes - credits).pop()] |= credits
        linked = beside | self._credits
        return {listed: next(iter(credits)) for listed, credits in linked.items() if len(credits) == 1}

    def _codes(self, name: str) -> set[str]:
        """What identifies the firms of a name; a stock code that several firms state does not."""
        codes = {self._credit_of.get(c, c) for c in self._codes_of_name.get(name, ())}
        own = {c for c in codes if len(self._credits.get(c, ())) < 2}
        return own or codes

    def code(self, record: Record) -> str | None:
        """The code by which a row's enterprise is known."""
        credit, listed = codes_of(record, self._kind)
        if credit or not listed:
            return credit
        if len(self._credits.get(listed, ())) > 1:
            own = self._codes(norm(str(record.values.get("名称") or ""))) & self._credits[listed]
            return own.pop() if len(own) == 1 else listed
        return self._credit_of.get(listed, listed)

    def of(self, record: Record) -> str | Miss:
        """The id of the enterprise that a row of the 企业 sheet is about."""
        if code := self.code(record):
            return make_id(self._kind.caption, "code", code)
        return self._of_name(norm(str(record.values.get("名称") or "")))

    def _of_name(self, name: str) -> str | Miss:
        direct = self._codes(name)
        codes = direct if len(direct) == 1 else self._codes_of_group.get(self.same.root(name), set()) | direct
        if len(codes) > 1:
            return Miss("ambiguous", tuple(sorted(make_id(self._kind.caption, "code", c) for c in codes)))
        if codes:
            return make_id(self._kind.caption, "code", next(iter(codes)))
        return make_id(self._kind.caption, "name", self.same.of(name))

    def fill(self, index: NameIndex) -> None:
        """Put every name and former name of every enterprise into the index."""
        for name, written in self._written.items():
            codes = self._codes(name)
            for code in sorted(codes):
                index.add(written, make_id(self._kind.caption, "code", code))
            if not codes:
                node = self._of_name(name)
                for one in node.choices if isinstance(node, Miss) else (node,):
                    index.add(written, one)
        for other, _ in self.same.others():
            if other not in self._written and (known := self.same.members(other) & self._written.keys()):
                for one in index.find(min(known)):
                    index.add(other, one)

    def is_former(self, name: str) -> bool:
        """True where some row calls this a former name, or it was merged into another."""
        form = norm(name)
        return form in self._former or self.same.is_lesser(form)

    def renamed(self) -> Mapping[str, list[str]]:
        """Codes that go with several names (as written), which deserves a warning.

        The short name of a listed company beside its registered one does not.
        """
        several: dict[str, list[str]] = {}
        for code, names in self._names_of_code.items():
            present = {n for n in names if not self.is_former(n)}
            if not is_credit(code):
                whole = {n for n in present if parse_firm(n).full}
                present = whole if len(present - whole) == 1 else present
            if len(present) > 1:
                several[code] = [names[n] for n in sorted(names)]
        return several


def codes_of(record: Record, kind: Kind) -> Codes:
    """The codes that identify the row's enterprise: a valid 统一社会信用代码, a stock code."""
    credit = listed = None
    for caption in kind.codes:
        code = record.values.get(caption)
        if not isinstance(code, str) or not code:
            continue
        if caption != "统一社会信用代码":
            listed = stock_code(code) or (code if record.exact else None)
        elif record.exact or valid_code(norm(code).upper()):
            credit = code if record.exact else norm(code).upper()
    return Codes(credit, listed)


def is_credit(code: str) -> bool:
    """Whether a code that identifies is a 统一社会信用代码, not a stock code."""
    return len(code) == 18
