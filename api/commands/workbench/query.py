"""`lianpu query`: named queries, and those that analysts write."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from api.commands.errors import Usage
from api.commands.result import Result, found
from api.commands.workbench.query_requests import QueryRequest
from api.home.query_log import note_query
from api.home.session import Session
from graph.answers.documents.workbench.queries import QueryDocument
from graph.answers.workbench.queries import ask_cypher, ask_named, list_queries, question
from graph.errors import LianpuError
from graph.store.cypher.apart import QueryLimits

LIMITS = QueryLimits()


def query(session: Session, request: QueryRequest) -> Result[Any]:
    """`lianpu query`: the rows of a query; without one, the named queries."""
    words = list(request.words)
    name = words.pop(0) if words and request.cypher is None and "=" not in words[0] else None
    given = dict(map(pair, words))
    if request.cypher is None and name is None:
        if given or request.output:
            raise Usage(
                "没有写要执行哪个查询", "写命名查询的名称，如 lianpu query 没有本地供应商的关键环节；或 --cypher 语句"
            )
        return Result(list_queries())
    if request.cypher is not None:
        document = ask(session, request.cypher, {key: value_of(text) for key, text in given.items()})
    else:
        document = ask_by_name(session, name or "", given)
    if request.output:
        _write(session, document, Path(request.output))
    return found(document, document["rows"])


def ask(session: Session, text: str, parameters: Mapping[str, Any], limits: QueryLimits = LIMITS) -> QueryDocument:
    """What a query of an analyst answers; it is noted, however it ends."""
    city = session.city_in_step()
    return _noted(session, text, partial(ask_cypher, city.store, city.schema, text, parameters, limits))


def ask_by_name(session: Session, name: str, given: Mapping[str, Any], limits: QueryLimits = LIMITS) -> QueryDocument:
    """What a named query answers; it is noted, too."""
    text = f"{name} {' '.join(f'{key}={value}' for key, value in given.items())}".strip()

    def asked() -> QueryDocument:
        with session.reading() as state:  # not while the query runs
            asking = question(state, name, given)
        return ask_named(session.city.store, asking, limits)

    return _noted(session, text, asked)


def _noted(session: Session, text: str, asked: Callable[[], QueryDocument]) -> QueryDocument:
    start, result, rows = time.perf_counter(), "fault", 0
    try:
        document = asked()
        result, rows = "ok", document["n"]
        return document
    except LianpuError as error:
        result = error.code
        raise
    finally:
        note_query(session.home, session.settings.user, text, result, rows, time.perf_counter() - start)


def pair(word: str) -> tuple[str, str]:
    """A parameter and its text. Raises Usage."""
    name, sign, value = word.partition("=")
    if not sign or not name.strip():
        raise Usage(f"“{word[:40]}”不是 参数=值", "参数写成 名=值，如 county=缙云县")
    return name.strip(), value


def value_of(text: str) -> Any:
    """The value that somebody wrote for a parameter of a query of his own: a number or list where it reads as one.

    >>> value_of("3"), value_of('"3"'), value_of("锯条"), value_of('["甲", "乙"]'), value_of("007")
    (3, '3', '锯条', ['甲', '乙'], '007')
    """
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return text
    return text if isinstance(value, dict) else value


def _write(session: Session, document: QueryDocument, path: Path) -> None:
    from viz.report.query_sheet import write_query

    if path.suffix.lower() != ".xlsx":
        raise Usage(f"不能写成 {path.suffix or '没有后缀的文件'}", "输出文件以 .xlsx 结尾")
    session.draw(partial(write_query, document), path)
    document["file"] = str(path)
