"""The styles of an office's own Word file: what it says of ours is taken, where it says nothing ours stay.

Only fonts, sizes, distances and the like are read, as plain values: nothing else of the file comes into a paper.
"""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped]

from viz.errors import BadTemplate
from viz.paper.styles import STYLES, ParagraphStyle

MOST = 4_000_000  # bytes of the part that holds the styles
PART = "word/styles.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OTHER_NAMES = {
    "正文": "normal",
    "标题": "title",
    "标题 1": "heading 1",
    "标题 2": "heading 2",
    "标题 3": "heading 3",
    "题注": "caption",
}
_ALIGNED = {"left": "left", "start": "left", "both": "left", "center": "center", "right": "right", "end": "right"}
_COLOR = re.compile(r"[0-9A-Fa-f]{6}")
_BROKEN = (OSError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError)
FACE = 60  # characters of the name of a font
RANGES = {
    "size": (5, 72),
    "pitch": (6, 144),
    "before": (0, 300),
    "after": (0, 300),
    "left": (-200, 400),
    "right": (-200, 400),
    "first": (-200, 400),
}  # points
Look: TypeAlias = dict[str, Any]


def template_styles(path: Path) -> dict[str, ParagraphStyle]:
    """Our styles with what the file says of them. Raises BadTemplate.

    A style of ours that the file does not have takes the font, size and line pitch of its 正文 where it has ours.
    """
    looks = dict(_looks(_root(path)))
    changed = {name: looks[style.word.casefold()] for name, style in STYLES.items() if looks.get(style.word.casefold())}
    if not changed:
        raise BadTemplate("里面没有正文、标题等样式的设置")
    body = changed.get("body", {})
    return {name: _restyled(style, changed.get(name, {}), body) for name, style in STYLES.items()}


def _restyled(style: ParagraphStyle, own: Look, body: Look) -> ParagraphStyle:
    ours = STYLES["body"]
    alike = {k: v for k, v in body.items() if k in ("face", "size", "pitch") and getattr(style, k) == getattr(ours, k)}
    look = {**alike, **own}
    size = look.get("size", style.size)
    if "pitch" not in look and size > style.pitch / 1.15:  # letters higher than the line would be cut off
        look["pitch"] = round(size * 1.5, 1)
    return replace(style, **_fitting(look, size))


def _fitting(look: Look, size: float) -> Look:
    """The values that a page can hold; what is told in lines or characters is in points now."""
    fitting: Look = {}
    for name, value in look.items():
        plain = value(size) if callable(value) else value
        low, high = RANGES.get(name, (None, None))
        if low is None or high is None or low <= plain <= high:
            fitting[name] = plain
    return fitting


def _root(path: Path) -> Any:
    try:
        with zipfile.ZipFile(path) as archive, archive.open(PART) as part:
            content = part.read(MOST + 1)
    except _BROKEN as error:
        raise BadTemplate("不是 .docx 文件，或文件已损坏") from error
    if len(content) > MOST:
        raise BadTemplate("样式部分太大")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise BadTemplate("样式部分含有不允许的声明")
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadTemplate("样式部分不是有效的 XML") from error


def _looks(root: Any) -> Iterator[tuple[str, Look]]:
    """By the names of styles what they and the styles that they rest on say."""
    styles: dict[str, Any] = {
        s.get(f"{_W}styleId"): s for s in root.iter(f"{_W}style") if s.get(f"{_W}type") == "paragraph"
    }
    for style in styles.values():
        name = (_value(style.find(f"{_W}name")) or "").strip().casefold()
        look: Look = {}
        seen: list[Any] = []
        at: Any = style
        while at is not None and at not in seen and len(seen) < 20:
            seen.append(at)
            at = styles.get(_value(at.find(f"{_W}basedOn")) or "")
        for one in reversed(seen):
            look |= _own(one)
        yield _OTHER_NAMES.get(name, name), look


def _own(style: Any) -> Look:
    run, paragraph = style.find(f"{_W}rPr"), style.find(f"{_W}pPr")
    look: Look = {}
    if run is not None:
        look |= dict(_letters(run))
    if paragraph is not None:
        look |= dict(_lines(paragraph))
    return look


def _letters(run: Any) -> Iterator[tuple[str, Any]]:
    fonts, size = run.find(f"{_W}rFonts"), _number(_value(run.find(f"{_W}sz")))
    face = fonts.get(f"{_W}eastAsia", "").strip() if fonts is not None else ""
    if face and len(face) <= FACE and face.isprintable() and not set(face) & set('"\\;{}<>'):
        yield "face", face
    if size is not None:
        yield "size", size / 2
    if (bold := run.find(f"{_W}b")) is not None:
        yield "bold", _value(bold) not in ("0", "false", "off")
    color = _value(run.find(f"{_W}color")) or ""
    if _COLOR.fullmatch(color):
        yield "color", f"#{color.lower()}"


def _lines(paragraph: Any) -> Iterator[tuple[str, Any]]:
    if aligned := _ALIGNED.get(_value(paragraph.find(f"{_W}jc")) or ""):
        yield "align", aligned
    if (spacing := paragraph.find(f"{_W}spacing")) is not None:
        line, how = _number(spacing.get(f"{_W}line")), spacing.get(f"{_W}lineRule", "auto")
        if line is not None:
            yield "pitch", line / 20 if how in ("exact", "atLeast") else _times(line / 240 * 1.3)
        for name in ("before", "after"):
            if (distance := _number(spacing.get(f"{_W}{name}"))) is not None:
                yield name, distance / 20
    if (indent := paragraph.find(f"{_W}ind")) is not None:
        yield from _indents(indent.attrib)
    if (hold := paragraph.find(f"{_W}keepNext")) is not None:
        yield "hold", _value(hold) not in ("0", "false", "off")


def _indents(told: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    for name, captions, sign in (
        ("left", ("left", "start"), 1), ("right", ("right", "end"), 1), ("first", ("firstLine",), 1), ("first", ("hanging",), -1),
    ):  # fmt: skip
        for caption in captions:
            characters, points = _number(told.get(f"{_W}{caption}Chars")), _number(told.get(f"{_W}{caption}"))
            if characters:  # hundredths of a character: they hold, whatever the points say
                yield name, _times(sign * characters / 100)
            elif points is not None:
                yield name, sign * points / 20


def _times(factor: float) -> Any:
    """So many times the size of the letters, once that is known."""
    return lambda size: round(factor * size, 2)


def _value(element: Any) -> str | None:
    return None if element is None else element.get(f"{_W}val")


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if abs(number) < 100_000 else None
