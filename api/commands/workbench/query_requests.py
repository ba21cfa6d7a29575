"""The requests about queries."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from api.commands.requests import FILE, PATH, POSITIONAL, TO, Request, named

WORDS, WORD, TEXT = 60, 2_000, 200_000
QueryWord = Annotated[str, StringConstraints(max_length=WORD)]


class QueryAskedRequest(Request):
    """A query and the values of its parameters."""

    words: Annotated[
        tuple[QueryWord, ...],
        named("查询", "命名查询的名称，后面是 参数=值；什么都不写则列出全部命名查询", max_length=WORDS),
        POSITIONAL,
    ] = ()
    cypher: Annotated[str | None, named("Cypher", "自己写的只读查询；$参数 的值写成 参数=值", max_length=TEXT)] = None


class QueryRequest(QueryAskedRequest):
    """`lianpu query`."""

    output: Annotated[str | None, named("输出", "把结果写成 xlsx", min_length=1, max_length=PATH), FILE, TO] = None
