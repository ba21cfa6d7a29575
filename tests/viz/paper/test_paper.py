"""One list of blocks, three writers: what one shows the others show, page for page."""

from __future__ import annotations

import ctypes
import re
import zipfile
from datetime import date
from html.parser import HTMLParser

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docx import Document

from viz.errors import NotWritable, UnknownFormat
from viz.paper.blocks import HeadingBlock, TableBlock
from viz.paper.document import Paper
from viz.paper.files import FORMATS, save
from viz.paper.styles import STYLES

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50" viewBox="0 0 100 50"><text x="4" y="20">示例图</text></svg>'
HOSTILE = "#eval(1) *粗* $x$ <b>甲</b> \\ @ref // 注释"


def a_paper() -> Paper:
    paper = Paper("示例报告", date(2026, 1, 1), notice="示例数据，不作考核依据")
    paper.cover("示例县锯床产业链\n技术分析报告")
    paper.new_page()
    paper.contents()
    for chapter in range(1, 6):
        paper.heading(f"第{chapter}章", new_page=chapter < 3)
        for number in range(9):
            paper.say(
                f"第{chapter}章第{number}段：已摸底19个，产值12.3亿元，待填，{HOSTILE}。" + "未摸底不等于缺失。" * 6
            )
        paper.heading(f"（{chapter}）小节", 2)
        rows = [(f"示例企业{n}", n, "12,345.6万元", "说明很长" * 9, "2025-05-16") for n in range(20)]
        paper.table(f"企业{chapter}", ("名称", "家数", "产值", "说明", "日期"), rows, size=9)
    paper.turn(landscape=True)
    paper.heading("横页")
    paper.picture(DRAWING, "全景图")
    paper.turn(landscape=False)
    paper.heading("最后一章")
    return paper


@pytest.fixture(scope="module")
def paper() -> Paper:
    return a_paper()


@pytest.fixture(scope="module")
def written(paper, tmp_path_factory):
    folder = tmp_path_factory.mktemp("paper")
    for suffix in FORMATS:
        save(paper, folder / f"a{suffix}")
    return folder


@pytest.fixture(scope="module")
def pages(written) -> list[str]:
    document = pypdfium2.PdfDocument(written / "a.pdf")
    return [re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in document]


def headings(paper: Paper) -> list[str]:
    return [b.text for b in paper.blocks if isinstance(b, HeadingBlock)]


def entries(written) -> list[tuple[str, int]]:
    """The contents of the Word file as they stand, before any update."""
    listed = [p for p in Document(str(written / "a.docx")).paragraphs if p.style.name.startswith("toc")]
    texts = ["".join(t.text or "\t" for t in p._element.iter() if t.tag.endswith(("}t", "}tab"))) for p in listed]
    return [(text.split("\t")[0], int(text.split("\t")[-1])) for text in texts]


def test_the_contents_of_the_word_file_say_the_pages_on_which_the_pdf_has_the_headings(paper, written, pages):
    listed = entries(written)
    assert [text for text, _ in listed] == headings(paper)
    for text, page in listed:
        assert text.replace(" ", "") in pages[page - 1], (text, page)
    assert len({page for _, page in listed}) > 5


def test_no_program_asks_whether_to_update_the_contents(written):
    with zipfile.ZipFile(written / "a.docx") as package:
        assert b"updateFields" not in package.read("word/settings.xml")
        assert b"w:dirty" not in package.read("word/document.xml")


def test_every_text_stands_in_all_three_files_as_it_was_written(paper, written, pages):
    class Text(HTMLParser):
        found = ""

        def handle_data(self, data):
            self.found += data

    parser = Text()
    parser.feed((written / "a.html").read_text("utf-8"))
    doc = Document(str(written / "a.docx"))
    cells = (c.text for t in doc.tables for r in t.rows for c in r.cells)
    word = "".join("".join(p.text for p in doc.paragraphs).split()) + "".join("".join(cells).split())
    shown = {"pdf": "".join(pages), "html": "".join(parser.found.split()), "docx": word}
    for text in paper.texts():
        bare = "".join(text.split()).removeprefix("图1").removeprefix("表1")
        for name, content in shown.items():
            assert bare[:40] in content, (name, text)


def test_the_pdf_embeds_its_font(written):
    document = pypdfium2.PdfDocument(written / "a.pdf")
    fonts = set()
    for page in document:
        for piece in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            font = pdfium.FPDFTextObj_GetFont(piece.raw)
            name = ctypes.create_string_buffer(100)
            pdfium.FPDFFont_GetBaseFontName(font, name, 100)
            fonts.add((name.value.decode(), pdfium.FPDFFont_GetIsEmbedded(font)))
    assert fonts
    assert {embedded for _, embedded in fonts} == {1}
    assert all("NotoSans" in name for name, _ in fonts)


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_paper_has_the_same_bytes(written, tmp_path, suffix):
    save(a_paper(), tmp_path / f"b{suffix}")
    assert (tmp_path / f"b{suffix}").read_bytes() == (written / f"a{suffix}").read_bytes()


def test_columns_fill_the_text_and_no_number_or_date_is_broken(paper, written):
    table = next(b for b in paper.blocks if isinstance(b, TableBlock))
    assert sum(table.widths) == pytest.approx(156 * 72 / 25.4, abs=0.2)
    document = pypdfium2.PdfDocument(written / "a.pdf")
    lines = [line for page in document for line in page.get_textpage().get_text_bounded().splitlines()]
    for whole in ("12,345.6", "2025-05-16"):
        assert sum(whole in line for line in lines) >= 100, whole


def test_a_table_tells_its_grid_and_whole_width_and_repeats_its_header(written):
    table = Document(str(written / "a.docx")).tables[0]
    xml = table._tbl.xml
    widths = [int(w) for w in re.findall(r'<w:gridCol w:w="(\d+)"', xml)]
    assert sum(widths) == pytest.approx(int(re.search(r'<w:tblW w:w="(\d+)"', xml)[1]), abs=len(widths))
    assert "tblHeader" in table.rows[0]._tr.xml
    assert all("cantSplit" in row._tr.xml for row in table.rows)


def test_the_html_runs_and_loads_nothing(written):
    page = (written / "a.html").read_text("utf-8")
    assert "default-src &#39;none&#39;" in page
    assert not re.search(r'<script|(src|href)="(?!data:|#)', page)
    assert "<b>甲</b>" not in page


def test_each_style_of_the_table_is_a_style_of_the_word_file(written):
    names = {s.name for s in Document(str(written / "a.docx")).styles}
    assert {s.word for s in STYLES.values()} - names == set()


def test_another_suffix_and_a_folder_that_is_not_there_are_refused_in_words(paper, tmp_path):
    with pytest.raises(UnknownFormat):
        save(paper, tmp_path / "a.odt")
    with pytest.raises(NotWritable):
        save(paper, tmp_path / "nowhere" / "a.html")
