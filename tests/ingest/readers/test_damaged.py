"""A file that was cut off or overwritten is called damaged, whatever it says it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from corpus.case import FIRMS
from corpus.files import Make, docx, pdf, word_table, xls, xlsx
from pdf_builder import table, text

from ingest.readers import read_file
from ingest.readers.base import Limits, Unreadable

FORMS: dict[str, Make] = {
    "xlsx": xlsx({"企业": FIRMS}),
    "xls": xls({"企业": FIRMS}),
    "docx": docx(lambda d: (d.add_heading("企业"), word_table(d, FIRMS))),
    "pdf": pdf([text(40, 20, "企业") + table(FIRMS, 60)]),
}
SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "cut off in the middle": lambda d: d[: len(d) // 2],
    "cut off near its beginning": lambda d: d[: len(d) // 10],
    "without its beginning": lambda d: d[len(d) // 2 :],
    "one byte": lambda d: d[:1],
    "its first bytes alone": lambda d: d[:8],
    "nothing but zeroes": lambda d: bytes(len(d)),
    "zeroes over its beginning": lambda d: bytes(600) + d[600:],
    "shuffled": lambda d: bytes(b ^ (i * 73 + 41) % 251 for i, b in enumerate(d)),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_what_is_broken_is_called_damaged_and_a_way_out_is_told(tmp_path, form, spoil):
    path = FORMS[form](tmp_path)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(Unreadable) as refused:
        _ = [list(sheet.rows) for sheet in read_file(path, path.name, Limits())]
    assert "损坏" in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-8"])
def test_a_text_called_a_workbook_is_read_as_text(tmp_path, encoding):
    path = tmp_path / "企业.xls"
    path.write_bytes("名称\t年份\n示例甲公司\t2024\n".encode(encoding))
    (sheet,) = read_file(path, path.name, Limits())
    assert [row.cells for row in sheet.rows] == [["名称", "年份"], ["示例甲公司", "2024"]]
