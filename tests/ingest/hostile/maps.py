"""Hostile mind maps."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from hostile.kind import Kinds

KINDS = Kinds()
kind = KINDS.add
BOMB = '<!DOCTYPE map [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def xmind(content: bytes | str, part: str = "content.json") -> Any:
    """What writes an XMind file with one part."""

    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(part, content)

    return write


def sheet(topic: Any) -> str:
    return json.dumps([{"rootTopic": topic}])


def flat(count: int) -> str:
    return "".join(f'<node TEXT="{n}"/>' for n in range(count))


kind("a zip bomb called XMind", "导图.xmind", xmind(b"0" * 300_000_000), "解压后")
kind("an XMind file whose content is no JSON", "导图.xmind", xmind("[{"), "损坏")
kind("an XMind file nested a thousandfold", "导图.xmind", xmind("[" * 100_000), "损坏")
kind("an XMind file whose topics are numbers", "导图.xmind", xmind(sheet(5)), "损坏")
kind(
    "an XMind file of 30,000 topics",
    "导图.xmind",
    xmind(sheet({"title": "a", "children": {"attached": [{"title": "b"}] * 30_000}})),
    "主题数",
)
kind("an XMind file with a label of 10,000 letters", "导图.xmind", xmind(sheet({"title": "长" * 10_000})), "主题字数")
kind("entities in a FreeMind file", "导图.mm", f"{BOMB}<map><node TEXT='&b;'/></map>".encode(), "DTD")
kind(
    "entities in an OPML file",
    "导图.opml",
    f'<?xml version="1.0"?>{BOMB}<opml><body><outline text="&b;"/></body></opml>'.encode(),
    "DTD",
)
kind("entities in an old XMind file", "导图.xmind", xmind(f"{BOMB}<xmap-content/>", "content.xml"), "DTD")
kind("a FreeMind file that ends too early", "导图.mm", b'<map><node TEXT="a">', "损坏")
kind(
    "a FreeMind file nested 5,000 deep",
    "导图.mm",
    b"<map>" + b'<node TEXT="a">' * 5000 + b"</node>" * 5000 + b"</map>",
    "层数",
)
kind(
    "a FreeMind file of a million nodes",
    "导图.mm",
    lambda p: p.write_text(f"<map><node TEXT='a'>{flat(1_000_000)}</node></map>"),
    "主题数",
)
