"""The zip and the XML inside xlsx and docx, opened without trusting a number in them."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from ingest.readers.base import MB, Limits, TooLarge, Unreadable

# Neither Excel nor Word writes one; in UTF-16 its letters stand apart.
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")
_AGAIN = "用 Excel、WPS 或 Word 打开并另存一份后再导入"


def open_container(path: Path, name: str, limits: Limits) -> zipfile.ZipFile:
    """A zip whose parts were counted, and inflated once to see that they are no larger than they say."""
    archive = zipfile.ZipFile(path)
    infos = archive.infolist()
    names = Counter(i.filename.lower().replace("\\", "/") for i in infos)
    if doubled := next((n for n, count in names.items() if count > 1), None):
        # Two programs would read two different files out of it.
        raise Unreadable(name, f"压缩包里有两个同名部件 {doubled[:60]}", _AGAIN)
    if any(i.flag_bits & 1 for i in infos):
        raise Unreadable(name, "压缩包加了密码", "取消密码后另存再导入")
    if len(infos) > limits.parts:
        raise TooLarge(name, "压缩包内文件数", len(infos), limits.parts)
    stated = sum(i.file_size for i in infos)
    _check_inflated(stated, path, name, limits)
    inflated = 0
    for info in infos:
        # A part that is larger than stated ends early here, and its checksum is wrong.
        with archive.open(info) as stream:
            while chunk := stream.read(MB):
                if _DOCTYPE.search(chunk) and info.filename.lower().endswith((".xml", ".rels")):
                    raise Unreadable(name, f"部件 {info.filename[:60]} 里有文档类型定义（DTD），可能有害", _AGAIN)
                inflated += len(chunk)
                _check_inflated(inflated, path, name, limits)
    return archive


def _check_inflated(inflated: int, path: Path, name: str, limits: Limits) -> None:
    if inflated > limits.inflated_mb * MB:
        raise TooLarge(name, "解压后大小（MB）", -(-inflated // MB), limits.inflated_mb)
    packed = max(1, path.stat().st_size)
    if inflated > limits.ratio_from_mb * MB and inflated > limits.ratio * packed:
        raise TooLarge(name, "压缩比", inflated // packed, limits.ratio)


def elements(data: bytes, name: str, limits: Limits) -> Iterator[Element]:
    """Every element of an XML part as it closes. Raises TooLarge where elements are nested too deep."""
    depth = 0
    for event, element in iterparse(BytesIO(data), events=("start", "end"), forbid_dtd=True):
        depth += 1 if event == "start" else -1
        if depth > limits.nesting:
            raise TooLarge(name, "XML 嵌套层数", depth, limits.nesting)
        if event == "end":
            yield element


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
