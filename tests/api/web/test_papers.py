"""文书设置: what the page keeps, what it refuses, and how a broken file is named."""

from __future__ import annotations

from datetime import date

import pytest
from builders import BASICS, write_book
from docx import Document
from docx.shared import Pt
from fastapi.testclient import TestClient
from serving import ask

from api.home.papers import HomePapers
from api.home.session import open_session
from api.home.settings import Settings
from api.web.access import Access
from api.web.app import create_app
from graph.errors import BadConfig
from ingest.load.pipeline import load

TARGETS = [["名称", "对象", "比较", "目标值", "单位", "期限"], ["示例指标", "示例县", "≥", "5", "项", "2024-12-31"]]
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def session(tmp_path):
    with open_session(Settings(tmp_path / "home")) as opened:
        load(opened.city, [write_book(tmp_path / "示例.xlsx", BASICS)])
        yield opened


@pytest.fixture
def client(session):
    app = create_app(session, Access("page", "command"))
    headers = {"X-Lianpu-Token": "page"}
    return TestClient(app, base_url="http://127.0.0.1", headers=headers, follow_redirects=False)


def test_what_a_county_does_not_say_is_what_all_papers_say(client, session):
    assert client.post("/papers", data={"unit": "示例市科技局", "signed": "当日"}).status_code == 303
    back = client.post("/papers", data={"county": "示例县", "unit": "示例县科技局", "to": HOSTILE})
    assert back.status_code == 303
    settings = HomePapers(session.home).settings()
    there, elsewhere = settings.of("示例县"), settings.of("另一县")
    assert (there.unit, there.signing, there.day("2026-01-05")) == ("示例县科技局", "示例县科技局", "2026年1月5日")
    assert (elsewhere.unit, elsewhere.to, elsewhere.draft) == ("示例市科技局", "", "初稿")
    page = client.get(back.headers["location"]).text
    assert "已保存" in page
    assert 'placeholder="示例市科技局"' in page
    assert HOSTILE not in page
    assert client.post("/papers", data={"county": "示例县", "unit": ""}).status_code == 303
    assert HomePapers(session.home).settings().of("示例县").unit == "示例市科技局"


def test_a_form_with_a_fault_is_shown_again_and_nothing_is_kept(client, session):
    refused = client.post("/papers", data={"unit": "示例市科技局", "signed": "下周三"})
    assert refused.status_code == 400
    assert "“下周三”不是日期" in refused.text
    assert 'value="示例市科技局"' in refused.text
    assert not HomePapers(session.home).path.exists()
    assert client.post("/papers", data={"county": "没有的县", "unit": "甲"}).status_code == 404


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"unit: a\nunit: b", "第 2 行 unit：写了两次"),
        (b"# x\n\nbureau: a", "第 3 行 不认识的设置 bureau"),
        (b"unit: [a]", "第 1 行 unit（发文单位）：应是一行文字"),
        (b"counties:\n  A:\n    signed: 2026-02-30", "第 3 行 signed（成文日期）"),
        (b"unit: a\ncounties: 3", "第 2 行 应是“名称: 值”的形式"),
        (b"counties:\n  A:\n    counties:\n      B: {}", "第 3 行 不认识的设置 counties"),
        (b"unit: " + b"a" * 61, "最多 60 个字"),
        (b'unit: "a\\nb"', "应是一行文字"),
        (b"a: [", "不是有效的 YAML"),
        (b"- 1", "第 1 行 应是“名称: 值”的形式"),
        (b"[" * 100_000, "不是有效的 YAML"),
        ("单位".encode("gbk"), "不是 UTF-8"),
        (b"x" * 1_000_001, "超过"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path, content, fault):
    papers = HomePapers(tmp_path)
    papers.path.write_bytes(content)
    with pytest.raises(BadConfig) as caught:
        papers.settings()
    assert fault in caught.value.message
    assert caught.value.where == str(papers.path)


def test_a_broken_file_is_found_by_check(session):
    HomePapers(session.home).path.write_text("bureau: a", "utf-8")
    assert [d["part"] for d in ask(session, "check").document["damages"]] == ["papers"]


def test_an_empty_file_and_empty_values_are_the_defaults(tmp_path):
    papers = HomePapers(tmp_path)
    unset = papers.settings()
    for text in ("", "# nothing\n", "unit:\ndraft: ''\ncounties:\n", "unit: ~"):
        papers.path.write_text(text, "utf-8")
        assert papers.settings() == unset


def test_a_template_of_the_office_is_used_until_it_is_dropped(client, session, tmp_path):
    doc = Document()
    doc.styles["Heading 1"].font.size = Pt(19)
    doc.save(tmp_path / "模板.docx")
    file = ("模板.docx", (tmp_path / "模板.docx").read_bytes())
    assert client.post("/papers/template", files={"files": file}).status_code == 303
    assert HomePapers(session.home).settings().styles["h1"].size == 19
    assert "一级标题" in client.get("/papers").text
    refused = client.post("/papers/template", files={"files": ("坏.docx", b"PK nothing")})
    assert refused.status_code == 422
    assert HomePapers(session.home).settings().styles["h1"].size == 19
    assert [p.name for p in session.home.glob("papers*.new")] == []
    assert client.post("/papers/template/drop").status_code == 303
    assert HomePapers(session.home).settings().styles["h1"].size == 16


def test_a_bulletin_bears_the_unit_the_day_and_the_addressee_that_are_set(session, tmp_path):
    HomePapers(session.home).save(
        "", {"unit": "示例市科技局", "signed": "当日", "to": "各县科技局", "number": "示科〔2026〕1号"}
    )
    load(session.city, [write_book(tmp_path / "指标.xlsx", {"指标": TARGETS})])
    ask(session, "bulletin", output=str(tmp_path / "通报.docx"), at=date(2026, 1, 5))
    texts = [p.text for p in Document(str(tmp_path / "通报.docx")).paragraphs]
    assert texts[:2] == ["示例市科技局", "示科〔2026〕1号"]
    assert "各县科技局：" in texts
    signed = texts.index("2026年1月5日")
    assert texts[signed - 1] == "示例市科技局"
    assert not any("待填：发文" in t or "待填：主送" in t for t in texts)


def test_every_paper_is_set_in_the_styles_of_the_office(session, tmp_path):
    doc = Document()
    doc.styles["Heading 1"].font.size = Pt(19)
    doc.save(HomePapers(session.home).template)
    chains = [["名称", "县市区"], ["示例邻链", "示例县"]]
    load(session.city, [write_book(tmp_path / "链.xlsx", {"产业链": chains, "指标": TARGETS})])
    asked = {
        "report": {"chain": "示例锯床产业链"},
        "report ": {"county": "示例县"},
        "bulletin": {},
        "plan draft": {"county": "示例县"},
        "needs": {},
    }
    sizes = {}
    for name, more in asked.items():
        path = tmp_path / f"{len(sizes)}.docx"
        ask(session, name.strip(), output=str(path), **more)
        sizes[name] = Document(str(path)).styles["Heading 1"].font.size
    assert sizes == dict.fromkeys(asked, Pt(19))
