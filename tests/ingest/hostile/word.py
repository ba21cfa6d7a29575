"""Word documents."""

from __future__ import annotations

from pathlib import Path

from corpus.case import FIRMS
from corpus.files import docx, word_table

from hostile.build import (
    MB,
    WORD_FIRMS,
    parts_of,
    word,
    word_cells,
    word_rows,
    zipped,
)
from hostile.kind import Kinds

KINDS = Kinds()
kind = KINDS.add

kind("Word: XML nested beyond the limit", "企业.docx", word("<w:p>" * 400 + "</w:p>" * 400), "嵌套层数")
kind(
    "Word: tables within tables, 60 deep",
    "企业.docx",
    word(word_rows(*WORD_FIRMS) + "<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60),
    rows=2,
)
kind(
    "Word: a cell over a billion columns",
    "企业.docx",
    word(word_rows(*WORD_FIRMS, word_cells("示例丙公司", properties='<w:gridSpan w:val="999999999"/>'))),
    rows=2,
)
kind(
    "Word: merges that begin nowhere",
    "企业.docx",
    word(word_rows(*WORD_FIRMS, word_cells("示例丙公司", 1, 2024, properties="<w:vMerge/>"))),
    rows=3,
)
kind("Word: a row of 20,000 cells", "企业.docx", word(word_rows(*WORD_FIRMS, word_cells(*range(20_000)))), "列数")
kind("Word: empty tables", "企业.docx", word("<w:tbl/><w:tbl><w:tr/></w:tbl>" + word_rows(*WORD_FIRMS)), rows=2)
kind("Word: a template on another machine", "企业.docx", lambda p: _linked_word(p), rows=2)
kind(
    "Word: its text is missing",
    "企业.docx",
    zipped({"word/document.xml": b"", "[Content_Types].xml": b"<x/>"}),
    "读不了文件",
)
kind("Word: a zip bomb", "企业.docx", zipped({"word/document.xml": b" " * (150 * MB)}), "压缩比")
kind(
    "Word: cut in half",
    "企业.docx",
    lambda p: p.write_bytes(docx(lambda d: word_table(d, FIRMS), p.name)(p.parent).read_bytes()[:9000]),
    "损坏",
)


def _linked_word(path: Path) -> None:
    parts = parts_of(docx(lambda d: (d.add_heading("企业"), word_table(d, FIRMS)), path.name)(path.parent))
    parts["word/_rels/settings.xml.rels"] = (
        b'<Relationships><Relationship Id="r1" TargetMode="External" Target="http://127.0.0.1:9/x.dotm" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
    )
    path.write_bytes(zipped(parts))
