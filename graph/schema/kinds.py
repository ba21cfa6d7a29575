"""Kinds as data: every kind of node and edge is one YAML file beside this module.

Labels, DDL, workbook templates, row validation, legend and `docs/schema.md` all derive from what
`load_schema()` returns. `check` finds every fault at once, before anything uses the schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import yaml

from graph.model import ORIGIN

TYPES = {
    "name": "STRING", "text": "STRING", "names": "STRING", "uscc": "STRING", "word": "STRING",
    "ref": "STRING", "honours": "STRING", "date": "STRING", "number": "DOUBLE", "money": "DOUBLE",
    "share": "DOUBLE", "int": "INT64", "year": "INT64", "bool": "BOOLEAN",
}  # fmt: skip


class SchemaFault(Exception):
    """The schema files contradict themselves; `faults` lists every fault found."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("schema: " + "; ".join(faults))


@dataclass(frozen=True, slots=True)
class EdgeRule:
    """The edge that a list column makes, and which cells of the row travel with it."""

    relation: str
    carries: tuple[str, ...] = ()
    when: str | None = None  # only where this cell has a value
    single: bool = False  # only where the row names a single item


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: its caption for people, its field in the graph, its rules."""

    caption: str
    type: str
    field: str | None = None
    required: bool = False
    list: bool = False
    words: tuple[str, ...] = ()
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
    whole: str | None = None  # a word that means everything and needs no node
    many: bool = False  # the name may stand for several nodes
    acyclic: bool = False
    with_: str | None = None  # the cell that travels with this one
    signed: bool = False
    deadline: bool = False
    masked: bool = False
    template: bool = True
    resolve: str | None = None  # a rule of its own for what counts: state
    end: str | None = None  # source or target of a relation sheet
    example: str | None = None
    note: str | None = None

    @property
    def db_type(self) -> str:
        """The column type in the graph; a number that may be a word is kept as text."""
        return "STRING" if self.words and self.type == "number" else TYPES[self.type]

    @property
    def sought(self) -> bool:
        """Whether `search` looks into it, beside the name: former names and codes."""
        return self.type in ("names", "uscc") or self.field in ("code", "stock_code")


COMMON = (
    Column("来源", "text", "source", synonyms=("数据来源", "信息来源", "资料来源")),
    Column("来源网址", "text", "source_url", synonyms=("网址", "来源链接", "链接")),
    Column("数据日期", "date", "as_of", synonyms=("数据时间", "数据截止日期", "截止日期", "更新日期")),
    Column("可信度", "word", "grade", words=("A", "B", "C"), synonyms=("可信等级",)),
    Column(ORIGIN, "text", "origin", template=False, note="导出时写入：这一行最初登记在哪里"),
)
COUNTY_WORDS = ("县区", "区县", "县（市、区）", "县（市）区", "县（区）", "县市", "所属县市区", "所在县市区")
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


@dataclass(frozen=True)
class Kind(Sheet):
    """A kind of node."""

    label: str = ""
    icon: str = ""
    color: str = ""
    codes: tuple[str, ...] = ()
    aliases: str | None = None

    @cached_property
    def name_column(self) -> Column | None:
        """The column whose value people call the node by; None where the key stands for a name."""
        named = [c for c in self.columns if c.field == "name"]
        return named[0] if named else self.key_name

    @cached_property
    def key_name(self) -> Column | None:
        """The column by whose value other rows refer to the node."""
        return next((c for c in self.columns if c.type == "name" and c.caption in self.key), None)


@dataclass(frozen=True)
class Relation(Sheet):
    """A kind of edge. `ends` are the (source, target) kind captions that may hold it."""

    name: str = ""
    extra_fields: tuple[Column, ...] = ()
    loops: bool = True  # an edge from a node to itself is allowed
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

    def kind_of_label(self, label: str) -> Kind:
        """The kind with this graph label."""
        return next(k for k in self.kinds.values() if k.label == label)

    def template_sheets(self) -> list[Kind | Relation]:
        """Sheets that the workbook template shows, in the order people fill them."""
        return [s for s in self.sheets.values() if s.template]


SHEET_ORDER = (
    "县市区", "产业链", "环节", "环节供给", "企业", "企业年报", "资质认定", "供应关系", "外部供给", "产品",
    "产品关系", "企业产品", "关键技术", "技术需求", "科技成果", "项目", "平台", "高校院所", "人才", "活动",
    "指标", "完成情况", "决定",
)  # fmt: skip


def _column(raw: dict[str, Any]) -> Column:
    data = dict(raw)
    for name in ("words", "suggest", "synonyms", "to"):
        data[name] = tuple(str(v) for v in data.get(name, ()))
    data["edges"] = tuple(
        EdgeRule(e["relation"], tuple(e.get("carries", ())), e.get("when"), e.get("single", False))
        for e in data.get("edges", ())
    )
    data["with_"] = data.pop("with", None)
    for name in ("example", "note", "default"):
        if data.get(name) is not None:
            data[name] = str(data[name])
    return Column(**data)


def _columns(raw: dict[str, Any], key: str = "columns") -> tuple[Column, ...]:
    return tuple(_column(c) for c in raw.get(key, ()))


def _ends(name: str, sheets: Iterable[Kind | Relation]) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for sheet in sheets:
        if isinstance(sheet, Kind):
            for column in sheet.columns:
                if name == column.relation or any(e.relation == name for e in column.edges):
                    pairs += [(sheet.caption, target) for target in column.to]
                if column.type == "honours" and name == "AWARDED_TO":
                    pairs.append(("资质认定", sheet.caption))
        elif sheet.name == name and sheet.columns:
            source = next(c for c in sheet.columns if c.end == "source")
            target = next(c for c in sheet.columns if c.end == "target")
            pairs += [(a, b) for a in source.to for b in target.to]
    return tuple(dict.fromkeys(pairs))


def parse_schema(documents: Iterable[Mapping[str, Any]]) -> Schema:
    """Build and check a schema from parsed YAML documents. Raises SchemaFault with every fault."""
    kinds: dict[str, Kind] = {}
    drafts: list[dict[str, Any]] = []
    for doc in documents:
        raw = dict(doc)
        if "kind" not in raw:
            drafts.append(raw)
            continue
        kinds[raw["kind"]] = Kind(
            about=raw["about"], caption=raw["kind"], columns=_columns(raw), sheet=raw.get("sheet", raw["kind"]),
            template=raw.get("template", True) and raw.get("sheet", "") is not None, key=tuple(raw["key"]),
            label=raw["label"], icon=raw["icon"], color=raw["color"], codes=tuple(raw.get("codes", ())),
            aliases=raw.get("aliases"),
        )  # fmt: skip
    bare = {
        raw["relation"]: Relation(
            about=raw["about"], caption=raw["caption"], columns=_columns(raw), sheet=raw.get("sheet"),
            template=raw.get("template", True) and "sheet" in raw, key=tuple(raw.get("key", ())),
            name=raw["relation"], extra_fields=_columns(raw, "fields"), loops=raw.get("loops", True),
        )
        for raw in drafts
    }  # fmt: skip
    everything: list[Kind | Relation] = [*kinds.values(), *bare.values()]
    relations = {name: Relation(**{**_plain(r), "ends": _ends(name, everything)}) for name, r in sorted(bare.items())}
    order = {name: i for i, name in enumerate(SHEET_ORDER)}
    listed: list[Kind | Relation] = [*kinds.values(), *relations.values()]
    listed.sort(key=lambda s: order.get(s.sheet or "", len(order)))
    sheets = {s.sheet: s for s in listed if s.sheet}
    schema = Schema(kinds, relations, sheets)
    check(schema)
    return schema


def _plain(relation: Relation) -> dict[str, Any]:
    return {name: getattr(relation, name) for name in Relation.__dataclass_fields__}


def check(schema: Schema) -> None:
    """Raise SchemaFault naming every contradiction in the schema."""
    faults: list[str] = []
    identifier = re.compile(r"^[A-Za-z][A-Za-z_]*$")
    for sheet in [*schema.kinds.values(), *schema.relations.values()]:
        where = sheet.caption
        captions = {c.caption for c in (*sheet.columns, *sheet.fields)} | {"县市区"}
        faults += [f"{where}: key {k} is no column" for k in sheet.key if k not in captions]
        said = [w for c in sheet.by_caption.values() for w in (c.caption, *c.synonyms)]
        faults += [f"{where}: {w} means two columns" for w in sorted(set(said)) if said.count(w) > 1]
        for column in (*sheet.columns, *sheet.fields):
            spot = f"{where}.{column.caption}"
            if column.type not in TYPES:
                faults.append(f"{spot}: unknown type {column.type}")
            if column.field and not identifier.match(column.field):
                faults.append(f"{spot}: field {column.field} is no identifier")
            faults += [f"{spot}: unknown kind {t}" for t in column.to if t not in schema.kinds]
            named = [column.relation, *(e.relation for e in column.edges)]
            faults += [f"{spot}: unknown relation {r}" for r in named if r and r not in schema.relations]
            if column.within and column.within not in captions:
                faults.append(f"{spot}: within {column.within} is no column")
    labels = [k.label for k in schema.kinds.values()]
    faults += [f"label {x} is used twice" for x in sorted(set(labels)) if labels.count(x) > 1]
    faults += [f"{n}: nothing makes this edge" for n, r in schema.relations.items() if not r.ends]
    if faults:
        raise SchemaFault(faults)


@cache
def load_schema() -> Schema:
    """The product's schema, read once from the YAML files of this package.

    >>> load_schema().kinds["企业"].label
    'Enterprise'
    >>> load_schema().relations["FEEDS"].ends
    (('环节', '环节'),)
    """
    folders = [files("graph.schema") / name for name in ("nodes", "relations")]
    found = [f for folder in folders for f in folder.iterdir() if f.name.endswith(".yaml")]
    texts = [f.read_text("utf-8") for f in sorted(found, key=lambda f: f.name)]
    return parse_schema(yaml.safe_load(text) for text in texts)
