"""Mappings as YAML: written by hand or by `lianpu map`, read with every fault at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.files import reason_of
from graph.schema.kinds import Schema
from ingest.mapping.check import check
from ingest.mapping.mapping import BadMapping, Destination, FileMapping, TableMapping, alternatives
from ingest.mapping.plain_yaml import BadYaml, read_yaml
from ingest.table.cells import Answers

MAX_BYTES = 1 << 20
_KEYS = {"sheet", "header", "kinds", "columns", "constants", "values", "unit", "splits", "skip", "parties", "generic"}


def read_mapping(text: str, schema: Schema, where: str = "") -> FileMapping:
    """A checked mapping from YAML. Raises BadMapping with every fault at once.

    >>> from graph.schema.parse import load_schema
    >>> mapping = read_mapping("tables: [{kinds: 企业, columns: {单位: 名称}, constants: {县市区: 示例县}}]", load_schema())
    >>> [str(d) for d in mapping.tables[0].columns["单位"]]
    ['企业.名称']
    """
    if len(text) > MAX_BYTES:
        raise BadMapping([f"映射文件超过 {MAX_BYTES >> 20} MB"], where)
    try:
        document = read_yaml(text)
    except BadYaml as bad:
        raise BadMapping([f"不是有效的 YAML：{bad}"], where) from bad
    shape = _Shape()
    mapping = shape.mapping(document, where)
    faults = list(shape.faults)
    try:
        check(mapping, schema)
    except BadMapping as bad:
        faults += bad.faults
    if faults:
        raise BadMapping(faults, where or None)
    return mapping


def with_answers(mapping: FileMapping | None, texts: Sequence[str], schema: Schema) -> FileMapping:
    """A mapping with further answers, as `--set` takes them. Raises BadMapping.

    >>> from graph.schema.parse import load_schema
    >>> with_answers(None, ["县市区=示例县", "企业.状态:正常生产=在产"], load_schema()).answers
    Answers(constants={'县市区': '示例县'}, values={'企业.状态': {'正常生产': '在产'}})
    """
    before = mapping or FileMapping(())
    constants = dict(before.answers.constants)
    values = {name: dict(words) for name, words in before.answers.values.items()}
    faults: list[str] = []
    for text in texts:
        named, equals, answer = text.rpartition("=")
        name, colon, word = named.replace("：", ":").partition(":")
        if not equals or not name.strip() or not answer.strip() or (colon and not word.strip()):
            faults.append(f"“{text}”的写法是 列=值（县市区=示例县），或 表.列:写法=词（企业.状态:正常生产=在产）")
        elif colon:
            values.setdefault(name.strip(), {})[word.strip()] = answer.strip()
        else:
            constants[name.strip()] = answer.strip()
    answered = replace(before, answers=Answers(constants, values))
    if faults:
        raise BadMapping(faults, "--set")
    check(answered, schema)
    return answered


def open_mapping(path: str, schema: Schema) -> FileMapping:
    """The mapping in a file. Raises BadMapping."""
    file = Path(path)
    try:
        if file.stat().st_size > MAX_BYTES:
            raise BadMapping([f"映射文件超过 {MAX_BYTES >> 20} MB"], path)
        text = file.read_text("utf-8-sig")
    except OSError as error:
        raise BadMapping([f"打不开文件：{reason_of(error)}"], path) from error
    except UnicodeDecodeError as error:
        raise BadMapping(["不是 UTF-8 文本"], path) from error
    try:
        return read_mapping(text, schema, file.stem)
    except BadMapping as bad:
        raise BadMapping(bad.faults, path) from bad


class _Shape:
    """From plain YAML values to a mapping, gathering what has the wrong form."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def mapping(self, document: Any, name: str) -> FileMapping:
        raw = self.dict_(document, "映射")
        self.unknown(raw, {"name", "tables", "constants", "values"}, "最外层")
        constants = {str(k): _plain(v) for k, v in self.dict_(raw.get("constants"), "constants").items()}
        answers = Answers(constants, self.values(raw.get("values"), "values"))
        tables = raw.get("tables")
        if not isinstance(tables, list) or not tables:
            if tables is not None or answers == Answers():
                self.faults.append("没有 tables（至少一张表）")
            tables = []
        read = tuple(self.table(t, n) for n, t in enumerate(tables, 1))
        return FileMapping(read, str(raw.get("name") or name), answers)

    def table(self, document: Any, number: int) -> TableMapping:
        where = f"第{number}张表"
        raw = self.dict_(document, where)
        self.unknown(raw, _KEYS, where)
        kinds = tuple(self.texts(raw.get("kinds"), f"{where} kinds"))
        main = kinds[0] if kinds else ""
        columns = {
            str(caption): tuple(_destination(text, kinds, main) for text in self.texts(ours, f"{where}“{caption}”"))
            for caption, ours in self.dict_(raw.get("columns"), f"{where} columns").items()
        }
        constants = self.dict_(raw.get("constants"), f"{where} constants")
        header = self.header(raw.get("header"), where)
        values = self.values(raw.get("values"), f"{where} values")
        splits = self.dict_(raw.get("splits"), f"{where} splits")
        generic = self.dict_(raw.get("generic"), f"{where} generic")
        whole = {word: caption for caption in columns for word in alternatives(caption)}
        return TableMapping(
            kinds,
            {k: v for k, v in columns.items() if v},
            constants={_destination(str(k), kinds, main): _plain(v) for k, v in constants.items()},
            sheet=_plain(raw.get("sheet")) or "*",
            header=header,
            unit=_plain(raw.get("unit")) or None,
            values={whole.get(k, k): v for k, v in values.items()},
            splits={whole.get(str(k), str(k)): _plain(v) for k, v in splits.items()},
            skip=tuple(self.texts(raw.get("skip"), f"{where} skip")),
            parties=tuple(whole.get(p, p) for p in self.texts(raw.get("parties"), f"{where} parties")),
            generic={whole.get(str(k), str(k)): tuple(self.texts(v, f"{where} generic")) for k, v in generic.items()},
        )

    def header(self, value: Any, where: str) -> int | None:
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
            return value
        self.faults.append(f"{where} header：应是表头最后一行的行号，没有表头写 0")
        return None

    def values(self, value: Any, where: str) -> dict[str, dict[str, str]]:
        columns = self.dict_(value, where).items()
        words = ((k, self.dict_(v, f"{where}“{k}”").items()) for k, v in columns)
        return {str(k): {_plain(theirs): _plain(ours) for theirs, ours in pairs} for k, pairs in words}

    def dict_(self, value: Any, where: str) -> dict[Any, Any]:
        if value is not None and not isinstance(value, dict):
            full_width = "，冒号要用半角“: ”" if isinstance(value, str) and "：" in value else ""
            self.faults.append(f"{where}：应是“键: 值”的形式{full_width}")
        return value if isinstance(value, dict) else {}

    def texts(self, value: Any, where: str) -> list[str]:
        items = value if isinstance(value, list) else [] if value is None else [value]
        if any(isinstance(i, (dict, list)) for i in items):
            self.faults.append(f"{where}：应是一个词或一列词")
        return [_plain(i) for i in items if not isinstance(i, (dict, list)) and i is not None]

    def unknown(self, raw: Iterable[Any], known: set[str], where: str) -> None:
        self.faults += [f"{where}：不认识的键“{k}”，可用 {'、'.join(sorted(known))}" for k in raw if k not in known]


def _plain(value: Any) -> str:
    """A YAML scalar as people meant it: 是 and 否 need no quotes, yes and no become them."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def _destination(text: str, kinds: Sequence[str], main: str) -> Destination:
    record, dot, caption = text.partition(".")
    return Destination(record.strip(), caption.strip()) if dot else Destination(main, text.strip())
