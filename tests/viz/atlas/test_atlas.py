"""六图六清单 as files: all there, the same bytes for the same facts, each list whole and with its rows."""

from __future__ import annotations

import zipfile

import pytest
from python_calamine import CalamineWorkbook

from graph.answers.atlas.facts import AtlasFacts, atlas_facts
from viz.atlas.atlas import write_atlas
from viz.errors import NotWritable, UnknownFormat

LISTS = ["企业清单", "项目清单", "平台清单", "需求清单", "成果清单", "招引清单"]


@pytest.fixture(scope="module")
def facts(examples) -> AtlasFacts:
    with examples.reading() as state:
        return atlas_facts(state, "青田县/青田智控阀门产业链")


def test_the_archive_holds_six_drawings_twice_one_pdf_and_the_lists_and_is_the_same_each_time(facts, tmp_path):
    write_atlas(facts, tmp_path / "a.zip")
    names = zipfile.ZipFile(tmp_path / "a.zip").namelist()
    for number in "123456":
        assert {n.rpartition(".")[2] for n in names if n.startswith(number)} == {"svg", "png"}
    assert names[-2:] == ["六图.pdf", "六清单.xlsx"]
    write_atlas(facts, tmp_path / "b.pdf")
    write_atlas(facts, tmp_path / "c.pdf")
    assert (tmp_path / "b.pdf").read_bytes() == (tmp_path / "c.pdf").read_bytes()


def test_the_lists_hold_every_thing_of_the_chain_with_its_rows(facts, tmp_path):
    write_atlas(facts, tmp_path / "lists.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "lists.xlsx")
    assert [n for n in book.sheet_names if n in LISTS] == LISTS
    rows = book.get_sheet_by_name("企业清单").to_python()
    head = next(r for r in rows if r[0] == "序号")
    assert (rows[0][0], head[1], head[-1]) == ("青田县智控阀门产业链企业清单", "名称", "依据")
    local = [n.name for n in facts.view.belonging("企业") if n.values.get("状态") != "外部"]
    listed = rows[rows.index(head) + 1 :]
    assert [r[1] for r in listed] == local
    assert all("企业" in r[-1] for r in listed)
    invited = book.get_sheet_by_name("招引清单").to_python()
    assert [r[4] for r in invited if isinstance(r[7], float)] == [c["firm"] for c in facts.plan["candidates"]]
    assert "→" not in str(invited)


def test_other_suffixes_and_places_are_refused_in_words(facts, tmp_path):
    with pytest.raises(UnknownFormat, match="docx"):
        write_atlas(facts, tmp_path / "a.docx")
    (tmp_path / "file").write_text("")
    with pytest.raises(NotWritable):
        write_atlas(facts, tmp_path / "file" / "六图六清单")


def test_the_page_downloads_the_same(pages, facts):
    asked = {"chain": facts.view.chain_id}
    for suffix, start in (("pdf", b"%PDF-"), ("xlsx", b"PK")):
        answer = pages.get(f"/files/atlas.{suffix}", params=asked)
        assert answer.status_code == 200
        assert answer.content.startswith(start)
    assert pages.get("/files/atlas.doc", params=asked).status_code == 422
