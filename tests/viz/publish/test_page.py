"""快照: one file that reaches nothing, says nothing of what it may not show, and runs nothing that data says."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from builders import BASICS, write_book
from views import HOSTILE, RICH

from api.home.session import open_session
from api.home.settings import Settings
from graph.answers.papers.snapshot import PublishScope, masked, snapshot
from ingest.load.pipeline import load
from viz.errors import UnknownFormat
from viz.publish.fill import STEPS
from viz.publish.page import fitted, snapshot_html, write_snapshot
from viz.theme import LIGHT_STYLES, STAGES, STATUS_STYLES

PAYLOAD = "".join(
    [*HOSTILE, "</title>", "</style>", "-->", 'x" style="background:url(//canary.invalid/a)', "javascript:alert(1)"]
)


class Markup(HTMLParser):
    """Which elements with which attributes a page has, its text, and its script and style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.shapes, self.text, self.own, self._in = set(), [], {}, ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.shapes.add((tag, tuple(sorted(name for name, _ in attrs))))
        self._in = tag

    def handle_endtag(self, tag):
        self._in = ""

    def handle_data(self, data):
        if self._in in ("script", "style"):
            self.own[self._in] = self.own.get(self._in, "") + data
        else:
            self.text.append(data)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A snapshot of a small city in which every kind has something."""
    folder = tmp_path_factory.mktemp("publish")
    targets = [
        ["名称", "对象", "比较", "目标值", "单位", "期限"],
        ["示例指标", "示例县", "≥", "5", "项", "2024-12-31"],
    ]
    with open_session(Settings(folder / "home")) as session:
        load(session.city, [write_book(folder / "示例.xlsx", {**RICH, "指标": targets})])
        with session.reading() as state:
            yield snapshot(state)


def test_the_page_allows_its_own_script_and_style_and_reaches_nothing(small):
    page = snapshot_html(small, STEPS[0], "示例市科技局")
    markup = Markup(page)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1].replace("&#39;", "'")
    for name in ("script", "style"):
        digest = base64.b64encode(hashlib.sha256(markup.own[name].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    names = {attribute for _, attributes in markup.shapes for attribute in attributes}
    assert not names & {"src", "style", "srcset", "action", "formaction"}
    assert not any(name.startswith("on") for name in names)
    links = set(re.findall(r'href="([^"]*)"', page))
    assert links
    assert {link[:1] for link in links} == {"#"}
    assert "示例市科技局" in "".join(markup.text)


def test_every_link_leads_to_something_in_the_page_and_every_screen_says_its_date(small):
    page = snapshot_html(small, STEPS[0])
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]*)"', page)) <= set(ids)
    screens = page.split('<section class="screen"')[1:]
    assert len(screens) == 3 + len(small.chains)
    assert all("数据截至 20" in s for s in screens)
    assert "依据：示例.xlsx 环节 第" in page


def test_what_data_says_is_text_wherever_it_stands(small):
    known = {*STATUS_STYLES, *LIGHT_STYLES, *STAGES, *small.chains[0].view.looks, "外部"}

    def hostile(text):
        return text if text in known or not re.search(r"[\u4e00-\u9fff]", text) else text + PAYLOAD

    poisoned = masked(small, hostile)
    kept = tuple(
        replace(p, view=replace(p.view, looks=c.view.looks)) for p, c in zip(poisoned.chains, small.chains, strict=True)
    )
    plain, page = Markup(snapshot_html(small, STEPS[0])), snapshot_html(replace(poisoned, chains=kept), STEPS[0])
    markup = Markup(page)
    assert markup.shapes == plain.shapes
    assert markup.own == plain.own
    text = "".join(markup.text)
    assert text.count("<script>alert(1)</script>") > 100
    assert "示例有技术的需求" + PAYLOAD[:20] in text


def test_a_snapshot_of_a_county_names_nothing_of_the_others(examples):
    with examples.reading() as state:
        whole, own = snapshot(state), snapshot(state, ["缙云县"])
        placed = {e["source"]: e["target"] for e in state.reader.edges("LOCATED_IN", "企业", "县市区")}
        counties = {r["id"]: r["name"] for r in state.reader.nodes("县市区")}
        others = {c.county for c in state.chains()} - {"缙云县"}
        firms = {r["name"] for r in state.reader.nodes("企业") if counties.get(placed.get(r["id"], "")) in others}
        chains = {c.name for c in state.chains() if c.county in others}
    page, everything = snapshot_html(own, STEPS[0]), snapshot_html(whole, STEPS[0])
    assert [c.view.county for c in own.chains] == ["缙云县"]
    assert sum(name in everything for name in firms) > 50
    assert [name for name in firms | chains if name in page] == []
    assert {t.subject for t in own.targets} <= {"缙云县", own.chains[0].view.chain}
    assert own.targets
    assert "浙江金马逊智能制造股份有限公司" in page


def test_a_name_that_may_be_said_is_left_whole_where_another_stands_in_it(tmp_path):
    rows = [
        ["名称", "曾用名", "县市区", "产业链", "环节", "状态"],
        ["锯业有限公司", "老锯厂子", "示例邻县", None, None, "在产"],
        ["示例锯业有限公司", None, "示例县", "示例锯床产业链", "锯条", "在产"],
    ]
    chains = [["名称", "县市区"], ["示例邻链", "示例邻县"]]
    with open_session(Settings(tmp_path / "home")) as session:
        load(
            session.city,
            [
                write_book(tmp_path / "a.xlsx", BASICS),
                write_book(tmp_path / "b.xlsx", {"产业链": chains, "企业": rows}),
            ],
        )
        with session.reading() as state:
            mask = PublishScope(state, ["示例县"], []).masker()
    assert (
        mask("示例锯业有限公司、锯业有限公司、老锯厂子，示例邻链")
        == "示例锯业有限公司、范围外的企业、范围外的企业，范围外的产业链"
    )


def test_what_does_not_fit_is_left_out_step_by_step_and_said(small, tmp_path):
    assert small.targets
    full, fill = fitted(small, "", 5_000_000)
    assert fill.left_out == ()
    less, fill = fitted(small, "", len(full) - 1)
    assert len(less) < len(full)
    assert fill.left_out[0] in less.decode()
    done = write_snapshot(tmp_path / "a.html", small, most=1)
    assert "各产业链自己的内容" in done.left_out
    page = (tmp_path / "a.html").read_text("utf-8")
    assert "没有收入" in page
    assert "示例锯床产业链" in page


def test_the_same_data_is_the_same_file_and_another_format_is_refused(small, tmp_path):
    for name in ("a.html", "b.html"):
        write_snapshot(tmp_path / name, small)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    with pytest.raises(UnknownFormat):
        write_snapshot(tmp_path / "a.pdf", small)
