"""Named queries: a YAML beside its Cypher in `cypher/named`, read and checked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from graph.queries.named.errors import BadParameter, UnknownQuery
from graph.text import near

TYPES = ("text", "number", "year", "date", "choice", "kind")
TODAY = "今天"


@dataclass(frozen=True, slots=True)
class QueryParameter:
    """A parameter of a named query."""

    name: str
    caption: str
    type: str = "text"
    required: bool = False
    default: str | int | float | None = None
    choices: tuple[str, ...] = ()
    of: str | None = None  # the kind that names are of
    by: str = "id"  # what the query gets of the node that is named
    help: str = ""

    def value(self, text: str | int | float | None) -> str | int | float | None:
        """The value of what somebody wrote; "" and None are nothing. Raises BadParameter."""
        if text is None or str(text).strip() == "":
            if self.required:
                raise BadParameter(self.caption, "没有填", self.help or f"写 {self.name}=值")
            return date.today().isoformat() if self.default == TODAY else self.default
        written = str(text).strip()
        if self.choices and written not in self.choices:
            raise BadParameter(self.caption, f"没有“{written[:40]}”这个选项", f"可选 {'、'.join(self.choices)}")
        if self.type == "date":
            return self._day(written)
        if self.type not in ("number", "year"):
            return written
        try:
            number = float(written.replace(",", "").replace("，", ""))
        except ValueError:
            number = float("nan")
        if not abs(number) < 1e15 or (self.type == "year" and not (number.is_integer() and 1900 <= number <= 2100)):
            raise BadParameter(
                self.caption, f"“{written[:40]}”不是{'年份' if self.type == 'year' else '数'}", "写成数字，如 2024"
            )
        return int(number) if number.is_integer() else number

    def _day(self, written: str) -> str:
        if written == TODAY:
            return date.today().isoformat()
        try:
            return date.fromisoformat(written).isoformat()
        except ValueError:
            raise BadParameter(self.caption, f"“{written[:40]}”不是日期", "写成 2025-05-16") from None


@dataclass(frozen=True, slots=True)
class QueryColumn:
    """A column of the result. Where it names nodes of a `kind`, the column after it in the Cypher holds their ids."""

    caption: str
    unit: str | None = None
    kind: str | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that anybody can ask by its name."""

    name: str
    group: str
    about: str
    parameters: tuple[QueryParameter, ...]
    columns: tuple[QueryColumn, ...]
    text: str

    def values(self, given: Mapping[str, str | int | float | None]) -> dict[str, str | int | float | None]:
        """The values of all parameters. Raises BadParameter."""
        known = {p.name: p for p in self.parameters} | {p.caption: p for p in self.parameters}
        if unknown := [name for name in given if name not in known]:
            names = "、".join(f"{p.name}（{p.caption}）" for p in self.parameters)
            raise BadParameter(unknown[0], "没有这个参数", f"参数有 {names}" if names else "这个查询没有参数")
        by_name = {known[name].name: value for name, value in given.items()}
        return {p.name: p.value(by_name.get(p.name)) for p in self.parameters}


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """All of them, in the order of their files."""
    folder = files("cypher") / "named"
    documents = [
        _read(yaml.safe_load(file.read_text("utf-8")), folder)
        for file in sorted(folder.iterdir(), key=lambda f: f.name)
        if file.name.endswith(".yaml")
    ]
    return {query.name: query for query in documents}


@cache
def examples() -> tuple[tuple[str, str], ...]:
    """What a person may begin with: what it shows, and its text."""
    return tuple(
        (e["caption"], e["text"]) for e in yaml.safe_load((files("cypher") / "examples.yaml").read_text("utf-8"))
    )


def named_query(name: str) -> NamedQuery:
    """The query of a name. Raises UnknownQuery."""
    queries = named_queries()
    if name not in queries:
        raise UnknownQuery(name, "、".join(near(name, queries)) or "用 lianpu query 列出全部")
    return queries[name]


def _read(document: dict[str, Any], folder: Any) -> NamedQuery:
    parameters = tuple(
        QueryParameter(**{**p, "choices": tuple(p.get("choices", ()))}) for p in document.get("parameters", ())
    )
    columns = tuple(QueryColumn(**c) for c in document["columns"])
    text = (folder / document["cypher"]).read_text("utf-8")
    body = "\n".join(line for line in text.splitlines() if not line.startswith("//")).strip()
    return NamedQuery(document["query"], document["group"], document["about"], parameters, columns, body)
