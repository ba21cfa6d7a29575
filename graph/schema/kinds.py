"""Kinds as data: every kind of node and edge is one YAML file in `nodes/` or `relations/`.

Labels, DDL, workbook templates, row validation, drawings, report, review and `docs/schema.md` all derive
from these values. `graph.schema.parse` makes them, `graph.schema.check` finds every fault at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from graph.looks import Looks
from graph.model import ORIGIN
from graph.schema.types import ValueType, value_type
from graph.text import norm


@dataclass(frozen=True, slots=True)
class EdgeRule:
    """The edge that a list column makes, and which cells of the row travel with it."""

    relation: str
    carries: tuple[str, ...] = ()
    when: str | None = None  # only where this cell has a value
    single: bool = False  # only where the row names a single item


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its caption for people, its field in the graph, its rules."""

    caption: str
    type: str
    field: str | None = None
    required: bool = False
    list: bool = False
    words: tuple[str, ...] = ()
    meanings: tuple[tuple[str, tuple[str, ...]], ...] = ()  # what others write for a word: asked about
    bool_words: bool = False  # Y/N, 1/0, √/×, TRUE/FALSE stand for 是/否
    default: str | None = None
    suggest: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()  # other captions that people write over this column
    to: tuple[str, ...] = ()
    relation: str | None = None
    edges: tuple[EdgeRule, ...] = ()
    within: str | None = None
    within_else: str | None = None
    defines: bool = False  # naming it brings it into being
    whole: tuple[str, ...] = ()  # words that mean everything, or each of a kind, and need no node
    many: bool = False  # the name may stand for several nodes
    acyclic: bool = False
    with_: str | None = None  # the cell that travels with this one
    signed: bool = False
    deadline: bool = False
    not_before: str | None = None  # the column whose day it may not lie before
    masked: bool = False
    template: bool = True
    resolve: str | None = None  # a rule of its own for what counts: state
    end: str | None = None  # source or target of a relation sheet
    example: str | None = None
    note: str | None = None

    @cached_property
    def value_type(self) -> ValueType:
        """How cells of this column are read, shown and compared."""
        return value_type(self.type)

    def word_meant(self, text: str) -> str | None:
        """The word that somebody's own one most likely means; it is proposed, never taken unasked.

        >>> column = Column("状态", "word", words=("在产", "停产"), meanings=(("在产", ("正常生产",)),))
        >>> column.word_meant("正常生产"), column.word_meant("停产（2023年起）"), column.word_meant("别的")
        ('在产', '停产', None)
        """
        form = norm(text)
        own = dict(self.meanings)
        means = {w: (w, *own.get(w, ())) for w in self.words}
        for fits in (lambda s: norm(s) == form, lambda s: len(s) > 1 and norm(s) in form):
            meant = [w for w, writings in means.items() if any(map(fits, writings))]
            if meant:
                return meant[0] if len(meant) == 1 else None
        return None

    @property
    def db_type(self) -> str:
        """The column type in the graph."""
        return self.value_type.stored_as(self)

    @property
    def sought(self) -> bool:
        """Whether `search` looks into it, beside the name: former names and codes."""
        return self.value_type.sought or self.field in ("code", "stock_code")

    @property
    def several(self) -> bool:
        """Whether a cell may hold several items."""
        return self.list or self.value_type.gathers


COMMON = (
    Column("来源", "text", "source", synonyms=("数据来源", "信息来源", "资料来源")),
    Column("来源网址", "text", "source_url", synonyms=("网址", "来源链接", "链接")),
    Column("数据日期", "date", "as_of", synonyms=("数据时间", "数据截止日期", "截止日期", "更新日期")),
    Column("可信度", "word", "grade", words=("A", "B", "C"), synonyms=("可信等级",)),
    Column(ORIGIN, "text", "origin", template=False, note="导出时写入：这一行最初登记在哪里"),
)
# What people write over the column 县市区, on whatever sheet it stands: the one list.
COUNTY_WORDS = (
    *("县区", "区县", "县（市、区）", "县（市）区", "县（区）", "县市", "所属县市区", "所在县市区", "所属地区"),
    *("所属区县", "所属县区", "所属县市", "所在区县", "所在县区", "所在县（市、区）", "所属县（市、区）"),
    *("属地", "区县名称", "县区名称", "行政区", "所属辖区", "辖区"),
)
QUALIFIER = Column("县市区", "text", "qualifier", note="产业链重名时填写所在县（市、区）", synonyms=COUNTY_WORDS)


@dataclass(frozen=True)
class Sheet:
    """What a node kind and a relation share: a sheet of columns."""

    about: str
    caption: str
    columns: tuple[Column, ...]
    sheet: str | None
    template: bool
    key: tuple[str, ...]
    order: int  # among the sheets: the order in which people fill them

    @cached_property
    def by_caption(self) -> Mapping[str, Column]:
        """Own and common columns by caption."""
        return {c.caption: c for c in (*self.columns, *self.common)}

    @cached_property
    def common(self) -> tuple[Column, ...]:
        """Columns that every sheet may add; 县市区 where a chain is named and no own column has it."""
        own = {c.caption for c in self.columns}
        names_chain = any("产业链" in c.to or "环节" in c.to for c in self.columns)
        extra = (QUALIFIER,) if names_chain and "县市区" not in own else ()
        return (*extra, *COMMON)

    @cached_property
    def fields(self) -> tuple[Column, ...]:
        """Columns that are properties in the graph."""
        return tuple(c for c in self.columns if c.field)

    @cached_property
    def names(self) -> tuple[Column, ...]:
        """Columns that hold what a thing is called."""
        return tuple(c for c in self.columns if c.value_type.is_name)

    @property
    def is_of_persons(self) -> bool:
        """Whether its rows are persons: a table is one of these only where its name says so."""
        return any(c.required and c.caption == "姓名" for c in self.columns)


_UNSEEN = Looks("", "", "", 0)


@dataclass(frozen=True)
class Kind(Sheet):
    """A kind of node."""

    label: str = ""
    looks: Looks = _UNSEEN
    review: str = ""  # compared: names that may be one are shown; named: decisions may name it
    codes: tuple[str, ...] = ()
    aliases: str | None = None
    steps: str | None = None  # the column with the day of each row, where the rows of a node are steps of its history
    offers: str | None = None  # a table with this column lists what could be: rows that only name it are no data

    @cached_property
    def name_column(self) -> Column | None:
        """The column whose value people call the node by; None where the key stands for a name."""
        named = [c for c in self.columns if c.field == "name"]
        return named[0] if named else self.key_name

    @cached_property
    def key_name(self) -> Column | None:
        """The column by whose value other rows refer to the node."""
        return next((c for c in self.names if c.caption in self.key), None)


@dataclass(frozen=True)
class Relation(Sheet):
    """A kind of edge. `ends` are the (source, target) kind captions that may hold it."""

    name: str = ""
    extra_fields: tuple[Column, ...] = ()
    loops: bool = True  # an edge from a node to itself is allowed
    follow: str = "both"  # how the picture of a chain follows it at its firms: both, forward (from its source), none
    ends: tuple[tuple[str, str], ...] = ()

    @cached_property
    def fields(self) -> tuple[Column, ...]:
        """Columns that are properties of the edge."""
        return self.extra_fields or tuple(c for c in self.columns if c.field)

    @cached_property
    def state_field(self) -> str | None:
        """The field whose value is resolved by the rule for 状态, if any."""
        return next((c.field for c in self.extra_fields if c.resolve == "state"), None)


@dataclass(frozen=True)
class Schema:
    """All kinds and relations, by the caption or name people use."""

    kinds: Mapping[str, Kind]
    relations: Mapping[str, Relation]
    sheets: Mapping[str, Kind | Relation] = field(default_factory=dict)

    @property
    def looks(self) -> dict[str, Looks]:
        """How each kind shows, by caption, in the order of the sheets."""
        return {k.caption: k.looks for k in sorted(self.kinds.values(), key=lambda k: k.order)}

    @property
    def compared(self) -> tuple[str, ...]:
        """Kinds among whose names those are sought that may mean one thing."""
        return tuple(k.caption for k in sorted(self.kinds.values(), key=lambda k: k.order) if k.review == "compared")

    def unfollowed(self, backward: bool) -> tuple[str, ...]:
        """Relations that the picture of a chain does not follow from its firms, or back to them."""
        stop = ("none", "forward") if backward else ("none",)
        return tuple(r.name for r in self.relations.values() if r.follow in stop)

    def template_sheets(self) -> list[Kind | Relation]:
        """Sheets that the workbook template shows, in the order people fill them."""
        return [s for s in self.sheets.values() if s.template]
