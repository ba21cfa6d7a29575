"""XMind: a zip of content.json, metadata.json and manifest.json, and the note in content.xml that old versions show."""

from __future__ import annotations

import json
from typing import Any

from viz.drawing.alone import zipped
from viz.drawing.svg import clean_xml, tag, text
from viz.mindmap.files.topic import MindOutline, Topic

_OLD = "请用 XMind 2020 或更新的版本打开这个文件；旧版可打开同名的 .mm 或 .opml 文件"
_BALANCED = "org.xmind.ui.map.unbalanced"  # two sides; how many topics stand on the right is told beside it
_XML = "urn:xmind:xmap:xmlns:content:2.0"


def xmind_bytes(outline: MindOutline) -> bytes:
    """The map as an .xmind file."""
    content = json.dumps([_sheet(outline)], ensure_ascii=False, separators=(",", ":"))
    metadata = json.dumps({"creator": {"name": "Lianpu"}, "dataStructureVersion": "2"})
    parts = {"content.json": content, "metadata.json": metadata, "content.xml": _old_content(outline)}
    parts["manifest.json"] = json.dumps({"file-entries": {name: {} for name in parts}})
    return zipped([(name, part.encode()) for name, part in parts.items()])


def _sheet(outline: MindOutline) -> dict[str, Any]:
    right = [c for c in outline.root.children if not c.left]
    root = _topic(outline.root) | {"structureClass": _BALANCED}
    root["extensions"] = [{"provider": _BALANCED, "content": [{"name": "right-number", "content": str(len(right))}]}]
    ordered = [*right, *(c for c in outline.root.children if c.left)]  # those on the right come first
    if ordered:
        root["children"] = {"attached": [_topic(c) for c in ordered]}
    return {
        "id": f"sheet{outline.root.id}",
        "class": "sheet",
        "title": clean_xml(outline.title.title),
        "rootTopic": root,
    }


def _topic(topic: Topic) -> dict[str, Any]:
    style = {"svg:fill": topic.colors.fill, "fo:color": topic.colors.ink, "line-color": topic.colors.line}
    drawn: dict[str, Any] = {
        "id": topic.id,
        "class": "topic",
        "title": clean_xml(topic.label),
        "labels": [topic.kind],
        "style": {"id": f"style{topic.id}", "properties": style},
    }
    if topic.note:
        drawn["notes"] = {"plain": {"content": clean_xml(topic.note)}}
    if topic.children:
        drawn["children"] = {"attached": [_topic(c) for c in topic.children]}
    return drawn


def _old_content(outline: MindOutline) -> str:
    title = tag("title", text(_OLD))
    sheet = tag("sheet", [tag("topic", title, id="old"), tag("title", text(outline.title.title))], id="oldsheet")
    return '<?xml version="1.0" encoding="UTF-8" standalone="no"?>' + tag(
        "xmap-content", sheet, xmlns=_XML, version="2.0"
    )
