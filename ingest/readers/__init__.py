"""File formats in; rows of plain cells out. What a file is, its content says, not its suffix."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from ingest.readers.base import MB, Limits, Note, RawSheet, TooLarge, Unreadable, damaged

SUFFIXES = {
    **dict.fromkeys((".xlsx", ".xlsm"), "xlsx"),
    ".xls": "xls",
    ".ods": "ods",
    **dict.fromkeys((".csv", ".txt", ".tsv"), "text"),
    ".docx": "docx",
    ".pdf": "pdf",
    ".xmind": "xmind",
    ".mm": "mm",
    ".opml": "opml",
}
# Tried when they are named, for what is in them: WPS writes both old and new forms under its own suffixes.
TRIED = frozenset(
    {*SUFFIXES, ".et", ".ett", ".wps", ".wpt", ".doc", ".mht", ".mhtml", ".htm", ".html", ".xlsb", ".odt"}
)
NAMES = {
    "xlsx": "Excel 工作簿（.xlsx）",
    "xls": "Excel 97-2003 工作簿（.xls）",
    "ods": "OpenDocument 工作簿（.ods）",
    "text": "文本",
    "docx": "Word 文档",
    "pdf": "PDF",
    "xmind": "XMind 思维导图",
    "mm": "FreeMind 思维导图",
    "opml": "OPML 大纲",
}
_READERS = {
    "xlsx": "books.xlsx.read_xlsx",
    "xls": "books.xls.read_xls",
    "ods": "books.ods.read_ods",
    "text": "csv_.read_csv",
    "docx": "docx_.read_docx",
    "pdf": "pdf.read_pdf",
    "xmind": "maps.topics.read_xmind",
    "mm": "maps.topics.read_freemind",
    "opml": "maps.topics.read_opml",
}
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_ARCHIVE = re.compile(
    rb"\s*(?:MIME-Version:|From: .{0,200}Content-Type: *multipart/related)", re.IGNORECASE | re.DOTALL
)
# A text that begins as an outline or a mind map; what stands before it may be hostile, and is for the reader.
_MAPS = {"map": "mm", "opml": "opml", "mm": "mm"}
_BOM = b"\xef\xbb\xbf \t\r\n"
_MAP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE.*?>\s*)*<(opml|map)[\s>]", re.DOTALL
)
SHORT = 8  # bytes of a file that was cut off before it began
_ANEW = "重新下载或另存一份后再导入"
_PROSE = {"text": "csv_.read_lines", "docx": "docx_.read_prose", "pdf": "pdf.read_prose"}
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (b"PK\x03\x04", b"PK\x05\x06")


def read_file(path: Path, name: str, limits: Limits, prose: bool = False) -> Iterator[RawSheet]:
    """The tables of a file. Raises Unreadable and TooLarge; call it in a child process only.

    With `prose` a text file or document gives all that it says, in order: lines as rows of one cell, each run of
    them a sheet `TEXT`, and tables between them.
    """
    size = path.stat().st_size
    if size > limits.file_mb * MB:
        raise TooLarge(name, "文件大小（MB）", -(-size // MB), limits.file_mb)
    form = form_of(path, name)
    if prose and form not in _PROSE:
        raise Unreadable(name, f"内容是{NAMES[form]}，不是文稿", "计划文本用 txt、docx 或 pdf")
    module, _, function = (_PROSE if prose else _READERS)[form].rpartition(".")
    # Only the reader that is needed: a child that reads a CSV stays small.
    sheets: Iterator[RawSheet] = getattr(import_module(f"ingest.readers.{module}"), function)(path, name, limits)
    for number, sheet in enumerate(sheets):
        if number == 0 and SUFFIXES.get(path.suffix.lower(), form) != form:
            message = f"后缀是 {path.suffix}，内容其实是{NAMES[form]}，已按内容读取"
            sheet.notes.append(Note(message, "建议改正文件后缀"))
        yield sheet


def form_of(path: Path, name: str) -> str:
    """What a file is by its first bytes: xlsx, xls, docx, pdf or text. Raises Unreadable."""
    with path.open("rb") as file:
        head = file.read(1024)
    if not head:
        raise Unreadable(name, "文件是空的（0 字节）", "检查文件是否保存或传输完整")
    if head.startswith(_ZIP):
        return _zip_form(path, name)
    if head.startswith(_OLE):
        return _ole_form(path, name)
    if _ARCHIVE.match(head):
        raise Unreadable(name, "内容是网页存档（.mht），不是表格文件", "用 Excel 或 WPS 打开并另存为 .xlsx 后再导入")
    if b"%PDF-" in head:
        return "pdf"
    seeming = SUFFIXES.get(path.suffix.lower(), "text")
    if (map_ := _MAP.match(head)) or (seeming in _MAPS and head.lstrip(_BOM).startswith(b"<")):
        return _MAPS[map_[1].decode()] if map_ else seeming
    if seeming != "text" and (len(head) < SHORT or _is_broken(path, head, seeming)):
        raise damaged(name, NAMES[seeming], _ANEW)
    return "text"


def _is_broken(path: Path, head: bytes, seeming: str) -> bool:
    """Whether a file that is called a workbook or a document is no text either."""
    from ingest.readers.csv_ import decode

    if b"\0" in head and seeming not in ("xls", "ods"):
        return True
    try:
        decode(path.read_bytes(), "")
    except Unreadable:
        return True
    return False


def _zip_form(path: Path, name: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {n.lower().replace("\\", "/").removeprefix(".").lstrip("/") for n in archive.namelist()}
            mime, links, content = (_glimpse(archive, p) for p in ("mimetype", "_rels/.rels", "content.xml"))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise damaged(name, "Excel 或 Word 文件", _ANEW) from error
    if "xl/workbook.xml" in parts:
        return "xlsx"
    if "word/document.xml" in parts:
        return "docx"
    if "content.json" in parts or b"<xmap-content" in content:
        return "xmind"
    other = {
        "xl/workbook.bin": "Excel 二进制工作簿（.xlsb）",
        "content.xml": "OpenDocument 文字文档（.odt）",
        "ppt/presentation.xml": "PowerPoint 演示文稿",
    }
    if "content.xml" in parts and mime == _ODS:
        return "ods"
    if re.search(rb"/relationships/officeDocument[\"']", links.replace(b"\0", b"")):
        if any(p.startswith("word/") for p in parts):
            return "docx"
        if any(p.endswith(".xml") and "sheet" in p for p in parts):
            return "xlsx"
    form = next((what for part, what in other.items() if part in parts), "压缩包")
    raise Unreadable(name, f"内容是{form}，不支持", "压缩包请先解压；其他格式请另存为 .xlsx 后再导入")


def _glimpse(archive: zipfile.ZipFile, part: str) -> bytes:
    """The beginning of a small part; nothing where there is none to be read."""
    if part not in archive.NameToInfo or archive.NameToInfo[part].flag_bits & 1:
        return b""
    with archive.open(part) as stream:
        return stream.read(1 << 14).strip()


def _ole_form(path: Path, name: str) -> str:
    data = path.read_bytes()

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise Unreadable(name, "文件有打开密码", "在 Excel 或 Word 中取消密码后另存再导入")
    if holds("Workbook") or holds("Book"):
        return "xls"
    if holds("WordDocument"):
        raise Unreadable(
            name, "内容是 Word 97-2003 或 WPS 文档（.doc、.wps），不支持", "用 Word 或 WPS 打开并另存为 .docx 后再导入"
        )
    raise damaged(name, "Excel 97-2003 工作簿")
