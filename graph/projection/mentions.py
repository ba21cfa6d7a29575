"""What a row names, and under which keys the ledger lists it, so that an update reads only what it touches."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from graph.model import Record
from graph.naming.firm import parse_firm
from graph.projection.decisions import NOT_PLACE, PLACE, SHEET
from graph.projection.identity import codes_of, is_credit
from graph.schema.kinds import Column, Kind, Schema
from graph.schema.types.code import stock_code
from graph.text import first_pieces, norm, split

RULES = "3"  # to be raised where other keys come of the same rows: a list made by other rules is made anew
COUNTY, CHAIN, SEGMENT, FIRM = "县市区", "产业链", "环节", "企业"
# 锯条（示例县/示例链）: a name that several things bear, with the words that tell them apart.
_SEVERAL = re.compile("[、，；;,/\n\r(（]")
QUALIFIED = re.compile(r"^(.+?)\s*[（(]([^（）()]+)[）)]$")


class Mention(NamedTuple):
    """A name of a kind of thing, in its normal form; or what else makes rows one thing (a code, a core of a name)."""

    kind: str
    name: str


def key_of(sheet: str, kind: str, name: str) -> int:
    """The key under which the ledger lists the rows of a sheet that name this: 64 bits, with a sign.

    >>> key_of("企业", "产品", "锯条") == key_of("企业", "产品", "锯条") != key_of("产品", "产品", "锯条")
    True
    """
    digest = hashlib.blake2b(f"{sheet}\0{kind}\0{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def forms(name: str) -> set[str]:
    """How a name is sought: whole, and by its first piece, for it may stand among others in the cell of a list.

    >>> sorted(forms("特钢/不锈钢"))
    ['特钢', '特钢/不锈钢']
    """
    whole = norm(name)
    return {whole} if is_plain(name, whole) else {whole, *map(norm, first_pieces(name))}


def cell_forms(listed: bool, cell: str) -> set[str]:
    """Every form in which a name in a cell may be sought; a name of several pieces by its first."""
    whole = norm(cell)
    if is_plain(cell, whole):
        return {whole}
    items = {whole, *map(norm, split(cell))} if listed else {whole}
    return items | {norm(q[1]) for item in items if (q := QUALIFIED.match(item))}


def is_plain(written: str, form: str) -> bool:
    """Whether what is written is its own form, of one piece and without brackets, as most names are.

    >>> [is_plain(n, n) for n in ("锯条", "特钢/不锈钢", "锯条(示例县)")]
    [True, False, False]
    """
    return written == form and not _SEVERAL.search(form)


def named(column: Column, cell: str) -> set[Mention]:
    """What a cell of this column names."""
    if column.value_type.refers:
        written = cell_forms(column.list, cell)
        mentions = {Mention(kind, form) for form in written for kind in column.to}
        if FIRM in column.to:
            mentions |= {Mention(FIRM, code) for form in written if (code := stock_code(form))}
        return mentions
    return {Mention(COUNTY, norm(cell))} if column.caption == COUNTY else set()


class Mentions:
    """What the rows of a schema's sheets name."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._cell_keys = lru_cache(maxsize=1 << 16)(self._keys_of_cell)  # names stand in many rows

    @cached_property
    def rules(self) -> str:
        """A name for how keys come about: these rules, and the columns of the schema."""
        sheets = [
            (name, sheet.key, [(c.caption, c.type, c.to, c.list, c.defines) for c in (*sheet.columns, *sheet.common)])
            for name, sheet in self.schema.sheets.items()
        ]
        kinds = [(k.caption, k.codes, k.aliases, k.review) for k in self.schema.kinds.values()]
        return f"{RULES}:{hashlib.sha256(repr((sheets, kinds)).encode()).hexdigest()[:16]}"

    @cached_property
    def referred(self) -> frozenset[str]:
        """Kinds whose nodes are meant by their names somewhere."""
        columns = (c for sheet in self.schema.sheets.values() for c in sheet.columns)
        reviewed = {k.caption for k in self.schema.kinds.values() if k.review}
        return frozenset({kind for c in columns for kind in c.to} | reviewed | {COUNTY, CHAIN, SEGMENT})

    @cached_property
    def naming(self) -> dict[str, tuple[str, ...]]:
        """By kind, the sheets whose rows may name things of it."""
        return {kind: tuple(s for s in self.schema.sheets if self._names(s, kind)) for kind in self.schema.kinds}

    @cached_property
    def defining(self) -> dict[str, tuple[str, ...]]:
        """By kind, the sheets whose rows bring things of it into being, or decide about their names."""
        return {kind: tuple(s for s in self.schema.sheets if self._defines(s, kind)) for kind in self.schema.kinds}

    def _names(self, caption: str, kind: str) -> bool:
        sheet = self.schema.sheets[caption]
        to = {k for c in sheet.columns for k in c.to}
        place = kind == COUNTY and COUNTY in sheet.by_caption
        return kind in to or place or self._defines(caption, kind)

    def _defines(self, caption: str, kind: str) -> bool:
        sheet = self.schema.sheets[caption]
        decided = caption == SHEET and (kind in (COUNTY, CHAIN, SEGMENT) or self.schema.kinds[kind].review != "")
        own = isinstance(sheet, Kind) and sheet.caption == kind
        return own or decided or any(c.defines and kind in c.to for c in sheet.columns)

    def deciding(self, kind: str) -> tuple[str, ...]:
        """The sheet of decisions, where these may be about things of this kind."""
        return tuple(s for s in self.defining[kind] if s == SHEET)

    def owner(self, kind: Kind) -> Column | None:
        """The column by which things of a kind are sought that nobody names: whose report, whose honour."""
        if kind.caption in self.referred and kind.key_name is not None:
            return None
        refers = (c for k in kind.key if (c := kind.by_caption[k]).value_type.refers and c.required)
        return next(refers, None)

    @cached_property
    def owned(self) -> dict[str, tuple[str, ...]]:
        """By kind, the sheets of what is known by whose it is: the reports, the honours of a firm."""
        owners = {k.sheet: o.to for k in self.schema.kinds.values() if k.sheet and (o := self.owner(k))}
        return {kind: tuple(s for s, to in owners.items() if kind in to) for kind in self.schema.kinds}

    def keys(self, record: Record) -> set[int]:
        """The keys under which the ledger lists a row: those of its terms."""
        sheet, values = self.schema.sheets[record.kind], record.values
        own = self.own(record, sheet) if isinstance(sheet, Kind) else ()
        keys = {key_of(record.kind, *term) for term in own}
        telling = self._telling[record.kind]
        for caption, cell in values.items():  # rows fill few of the columns that there are
            if caption in telling and cell is not None:
                keys.update(self._cell_keys(record.kind, caption, str(cell)))
        return keys

    def _keys_of_cell(self, sheet: str, caption: str, cell: str) -> tuple[int, ...]:
        column, whole = self._telling[sheet][caption], norm(cell)
        coded = FIRM in column.to and stock_code(whole)
        if column.value_type.refers and is_plain(cell, whole) and not coded:  # as most are
            return tuple(key_of(sheet, kind, whole) for kind in column.to)
        return tuple(key_of(sheet, *term) for term in named(column, cell))

    def terms(self, record: Record) -> set[Mention]:
        """Everything that a row names, itself included."""
        sheet, values = self.schema.sheets[record.kind], record.values
        terms = set(self.own(record, sheet)) if isinstance(sheet, Kind) else set()
        for column in self._telling[record.kind].values():
            if column.caption in values:
                terms |= self.named(record, column)
        return terms

    @cached_property
    def _telling(self) -> dict[str, dict[str, Column]]:
        """By sheet and caption, the columns in which rows name something."""
        return {
            name: {c.caption: c for c in (*sheet.columns, *sheet.common) if c.value_type.refers or c.caption == COUNTY}
            for name, sheet in self.schema.sheets.items()
        }

    def named(self, record: Record, column: Column) -> set[Mention]:
        """What a row names in one column."""
        cell = record.values.get(column.caption)
        return set() if cell is None else named(column, str(cell))

    def own(self, record: Record, kind: Kind) -> Iterator[Mention]:
        """By what the rows of one thing find each other: its names, its codes; a decision by the names it is about."""
        if kind.caption == SHEET:
            yield from self._decided(record)
        if (owner := self.owner(kind)) is not None:
            yield from self.named(record, owner)
            return
        written = [str(n) for n in (record.values.get(kind.key_name.caption if kind.key_name else ""),) if n]
        if kind.codes:
            codes = [c for c in codes_of(record, kind) if c]
            yield from (Mention(kind.caption, f"code\0{code}") for code in codes)
            exact = [str(c) for c in (record.values.get(k) for k in kind.codes) if c] if record.exact else []
            written = [*(written or codes[:1] or [""]), *exact, *(c for c in codes[-1:] if not is_credit(c))]
            if not record.exact:
                yield from _core(kind.caption, written[0])
        others = split(str(record.values.get(kind.aliases) or "")) if kind.aliases else []
        for name in (*written, *others):
            yield from (Mention(kind.caption, form) for form in forms(name))

    def _decided(self, record: Record) -> Iterator[Mention]:
        verdict, kind, kept, other = (str(record.values[c]) for c in ("决定", "类别", "名称", "对象"))
        placing = verdict in (PLACE, NOT_PLACE)
        for name, about in ((kept, kind), (other, SEGMENT if placing else kind)):
            if about == SEGMENT:
                yield from _path(name)
            else:
                yield from (Mention(about, form) for form in cell_forms(False, name) | forms(name))


def _core(kind: str, name: str) -> Iterator[Mention]:
    """What the names have in common among which same firms are sought."""
    parts = parse_firm(norm(name))
    if not parts.branch:
        yield Mention(kind, f"core\0{parts.core}")


def _path(path: str) -> Iterator[Mention]:
    """What 县/链/环节, 链/环节 or 环节 may name."""
    first, _, rest = path.partition("/")
    second, _, last = rest.partition("/")
    for chain in filter(None, (first, second)):
        yield Mention(CHAIN, norm(chain))
    yield Mention(COUNTY, norm(first))
    for segment in filter(None, (path, rest, last)):
        yield from (Mention(SEGMENT, form) for form in forms(segment) | cell_forms(False, segment))
