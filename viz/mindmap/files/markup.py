"""FreeMind (.mm), OPML and Markdown: one text each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from viz.drawing.svg import named, tag, text
from viz.mindmap.cited import KEY
from viz.mindmap.files.topic import MindOutline, Topic

_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+!|~-])")


def freemind_text(outline: MindOutline) -> str:
    """The map as FreeMind and Freeplane read it."""
    branches = [_node(c, "left" if c.left else "right") for c in outline.root.children]
    return tag("map", _element(outline.root, branches), version="1.0.1") + "\n"


def _node(topic: Topic, side: str | None = None) -> str:
    return _element(topic, [_node(c) for c in topic.children], side)


def _element(topic: Topic, below: list[str], side: str | None = None) -> str:
    lines = [tag("p", text(line)) for line in topic.note.splitlines()]
    note = tag("richcontent", tag("html", tag("head") + tag("body", lines)), TYPE="NOTE") if lines else ""
    look = {"BACKGROUND_COLOR": topic.colors.fill, "COLOR": topic.colors.ink, "STYLE": "bubble"}
    facts = {"ID": f"ID_{topic.id}", "TEXT": topic.label, "POSITION": side}
    return f"<node{named({**facts, **look})}>{note}{''.join(below)}</node>"


def opml_text(outline: MindOutline) -> str:
    """The map as an outline that most outliners read."""
    head = tag("head", tag("title", text(outline.title.title)))
    body = tag("body", _outline(outline.root))
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tag("opml", head + body, version="2.0") + "\n"


def _outline(topic: Topic) -> str:
    below = [_outline(c) for c in topic.children]
    facts = {"text": topic.label, "_note": topic.note or None, "kind": topic.kind, "id": topic.id}
    return f"<outline{named(facts)}>{''.join(below)}</outline>"


def markdown_text(outline: MindOutline) -> str:
    """The map as nested lists."""
    title = outline.title
    lines = [f"# {escaped(title.title)}", "", escaped(title.about), "", *_items(outline.root, 0)]
    if outline.sources:
        lines += ["", "## 来源", "", f"{KEY}。", "", *(f"{escaped(line)}  " for line in outline.sources)]
    return "\n".join(lines) + "\n"


def _items(topic: Topic, depth: int) -> Iterator[str]:
    cite = f" {escaped(topic.cite)}" if topic.cite else ""
    yield f"{'  ' * depth}- {escaped(topic.label)}{cite}"
    for child in topic.children:
        yield from _items(child, depth + 1)


def escaped(content: str) -> str:
    """A text on one line in which Markdown sees no marks.

    >>> escaped("数控*系统*\\n1.2 [1]")
    '数控\\\\*系统\\\\* 1.2 \\\\[1\\\\]'
    """
    return _MARKS.sub(r"\\\1", re.sub(r"\s*[\r\n]+\s*", " ", content))
