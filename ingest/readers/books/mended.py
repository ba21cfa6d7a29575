"""Workbooks as other programs write them, put into the one form that the reader of workbooks expects.

Excel, LibreOffice and openpyxl open all of these: a workbook under another part name, back slashes in part names,
attributes in single quotes, a used range that says nothing or something impossible.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from posixpath import normpath

from ingest.readers.base import Limits
from ingest.readers.container import linked

WORKBOOK = "xl/workbook.xml"
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]*?(?:/>|>\s*</(?:\w+:)?dimension>)")
_GOOD_RANGE = re.compile(rb"\bref=\"[A-Z]{1,3}[1-9]\d{0,6}(?::[A-Z]{1,3}[1-9]\d{0,6})?\"")
_TAG = re.compile(rb"<[^<>\"]*='[^<>\"]*>")
_SINGLE = re.compile(rb"=\s*'([^'\"<>]*)'")
_HEAD = 4096  # bytes in which a sheet states its used range


def part_of_workbook(archive: zipfile.ZipFile, name: str, limits: Limits) -> str | None:
    """The part that is the workbook: by its usual name, else by the link of the whole file."""
    if WORKBOOK in archive.NameToInfo:
        return WORKBOOK
    slashed = {n.replace("\\", "/").lower(): n for n in archive.namelist()}
    if WORKBOOK in slashed:
        return slashed[WORKBOOK]
    main = linked(archive, "", "officeDocument", name, limits)
    part = slashed.get(normpath(main).lower()) if main else None
    return (
        part if (part and b"<workbook" in archive.read(part)) or (part and b":workbook" in archive.read(part)) else None
    )


def mended(archive: zipfile.ZipFile, data: bytes, name: str, limits: Limits) -> bytes:
    """The bytes of a workbook in the expected form; the same bytes where it has that form already."""
    main = part_of_workbook(archive, name, limits)
    if main is None:
        return data
    folder = main.replace("\\", "/").rpartition("/")[0]
    moved = {
        i.filename: _moved(i.filename.replace("\\", "/"), main.replace("\\", "/"), folder) for i in archive.infolist()
    }
    changed = {old: new for old, new in moved.items() if old != new}
    texts = {n: t for n in moved if n.lower().endswith((".xml", ".rels")) and (t := _mended_text(archive.read(n)))}
    if not changed and not texts:
        return data
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as out:
        for old, new in moved.items():
            if not new.endswith("/"):
                out.writestr(new, _relinked(texts.get(old) or archive.read(old), new, folder))
    return written.getvalue()


def _moved(part: str, main: str, folder: str) -> str:
    """Where a part belongs once the workbook stands where all readers look for it."""
    if part == main:
        return WORKBOOK
    own = f"{folder}/" if folder else ""
    if part == f"{own}_rels/{main.rpartition('/')[2]}.rels":
        return "xl/_rels/workbook.xml.rels"
    return f"xl/{part.removeprefix(own)}" if own and part.startswith(own) else part


def _relinked(text: bytes, part: str, folder: str) -> bytes:
    """The links of a part as they lead after the move."""
    if part in ("_rels/.rels", "[Content_Types].xml") and folder not in ("", "xl"):
        return re.sub(rf'"(/?){re.escape(folder)}/'.encode(), rb'"\1xl/', text)
    if part != "xl/_rels/workbook.xml.rels":
        return text
    text = re.sub(rb'(?<=Target=")[^"]*', lambda m: m[0].replace(b"\\", b"/"), text)
    return text.replace(f'"/{folder}/'.encode(), b'"/xl/') if folder else text


def _mended_text(text: bytes) -> bytes | None:
    """The text of a part with a used range that is one, and attributes in double quotes; None where it is fine."""
    out = text
    if (range_ := _DIMENSION.search(text, 0, _HEAD)) and not _GOOD_RANGE.search(range_[0]):
        out = text[: range_.start()] + text[range_.end() :]
    if b"='" in out:
        out = _TAG.sub(lambda tag: _SINGLE.sub(rb'="\1"', tag[0]), out)
    return None if out == text else out
