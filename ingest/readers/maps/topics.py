"""XMind, FreeMind and OPML: the topics of a map in order, as rows of depth, id and text of one sheet each."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ingest.readers.base import TOPICS, Limits, RawRow, RawSheet, TooLarge, Unreadable, damaged
from ingest.readers.container import local, open_container

_ANEW = "用 XMind、FreeMind 等打开并另存一份后再导入"
_HINT = "只留要改的分支，或分成几个文件后再导入"


def read_xmind(path: Path, name: str, limits: Limits) -> Iterator[RawSheet]:
    """The maps of an XMind file, new (content.json) or old (content.xml)."""
    with open_container(path, name, limits) as archive:
        parts = archive.NameToInfo
        if "content.json" in parts:
            for sheet in _sheets(archive.read("content.json"), name):
                yield _sheet(_json_topics(sheet.get("rootTopic"), name, limits), name, limits)
        else:
            yield _sheet(_xml_topics(archive.read("content.xml"), "topic", name, limits), name, limits)


def read_freemind(path: Path, name: str, limits: Limits) -> Iterator[RawSheet]:
    """The map of a FreeMind or Freeplane file."""
    yield _sheet(_xml_topics(path.read_bytes(), "node", name, limits), name, limits)


def read_opml(path: Path, name: str, limits: Limits) -> Iterator[RawSheet]:
    """The outline of an OPML file."""
    yield _sheet(_xml_topics(path.read_bytes(), "outline", name, limits), name, limits)


def _sheet(topics: Iterator[tuple[int, str, str]], name: str, limits: Limits) -> RawSheet:
    return RawSheet(TOPICS, _rows(topics, name, limits))


def _rows(topics: Iterator[tuple[int, str, str]], name: str, limits: Limits) -> Iterator[RawRow]:
    for number, (depth, ident, text) in enumerate(topics, 1):
        if number > limits.topics:
            raise TooLarge(name, "主题数", f"{limits.topics} 以上", limits.topics, _HINT)
        if depth > limits.nesting:
            raise TooLarge(name, "主题层数", depth, limits.nesting, _HINT)
        if len(text) > limits.characters:
            raise TooLarge(name, "主题字数", len(text), limits.characters, "长的内容写到备注里")
        yield RawRow(number, [depth, ident[:200], text])


def _sheets(data: bytes, name: str) -> list[dict[str, Any]]:
    try:
        sheets = orjson.loads(data)
    except ValueError as error:
        raise damaged(name, "XMind 文件", _ANEW) from error
    return [s for s in sheets if isinstance(s, dict)] if isinstance(sheets, list) else []


def _json_topics(root: Any, name: str, limits: Limits) -> Iterator[tuple[int, str, str]]:
    """Topics before those below them; floating ones and summaries are no part of the tree."""
    waiting: list[tuple[int, Any]] = [(0, root)]
    while waiting:
        depth, topic = waiting.pop()
        if not isinstance(topic, dict):
            raise damaged(name, "XMind 文件", _ANEW)
        yield depth, str(topic.get("id") or ""), str(topic.get("title") or "")
        children = topic.get("children")
        attached = children.get("attached") if isinstance(children, dict) else None
        if isinstance(attached, list):
            waiting += [(depth + 1, child) for child in reversed(attached)]


def _xml_topics(data: bytes, tag: str, name: str, limits: Limits) -> Iterator[tuple[int, str, str]]:
    """Elements of a tag in order. Their text is an attribute, or (old XMind) a title within."""
    depth, nested = -1, 0
    open_topics: list[list[Any]] = []  # depth, id, text of those whose title has not come yet
    try:
        for event, element in iterparse(BytesIO(data), events=("start", "end"), forbid_dtd=True):
            nested += 1 if event == "start" else -1
            if nested > 4 * limits.nesting:
                raise TooLarge(name, "XML 嵌套层数", nested, 4 * limits.nesting, _HINT)
            kind = local(element)
            if kind == tag and event == "start":
                depth += 1
                ident = element.get("ID") or element.get("id") or ""
                label = element.get("TEXT") or element.get("text")
                if label is None and tag == "topic":
                    open_topics.append([depth, ident, ""])
                else:
                    yield depth, ident, label or ""
            elif kind == tag:
                depth -= 1
                element.clear()
            elif kind == "title" and event == "end" and open_topics and tag == "topic":
                at, ident, _ = open_topics.pop()
                yield at, ident, element.text or ""
    except DefusedXmlException as error:
        raise Unreadable(name, "文件里有文档类型定义（DTD）或实体，可能有害", _ANEW) from error
    except SyntaxError as error:  # ParseError
        raise damaged(name, "思维导图文件", _ANEW) from error
