"""Command line, pages, map, mind map, report and files of every chain of both examples say the same."""

from __future__ import annotations

import html
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from rich.console import Console
from serving import ask

from api.home.session import Session
from api.terminal.advice import show_candidates, show_gaps
from graph.answers.chains import view_of
from graph.answers.overview import overview
from graph.answers.papers.report import report_facts
from graph.measures.measure import load_measures
from graph.measures.needs import needs_of
from graph.queries.chain_view import Chain
from viz.chainmap.drawing import chain_scene
from viz.chainmap.folding import OnScreen
from viz.mindmap.tree import FIRM_GROUPS, MindNode, mind_tree
from viz.paper.blocks import TableBlock
from viz.report.candidates import write_candidates
from viz.report.chapters.chain import write_chain
from viz.report.context import Context, paper_of
from viz.report.gaps import write_gaps_table
from viz.report.lint import faults
from viz.report.needs import write_needs

TOP = 3  # candidates of a gap that the page and these questions ask for
TAG = re.compile(r"<[^>]+>")
CELLS = re.compile(r"<t[dh][^>]*>(.*?)</t[dh]>", re.DOTALL)
GAP = re.compile(r'<section class="block" id="gap-[^"]*" aria-label="([^"]*)">')
LISTS = ("makers", "pending", "stopped", "city", "outside")
Row = dict[str, Any]


def words(markup: str) -> str:
    return " ".join(html.unescape(TAG.sub(" ", markup)).split())


def printed(show, document) -> str:
    out = Console(file=io.StringIO(), width=400, highlight=False)
    show(out, document)
    return out.file.getvalue()


@dataclass
class Truth:
    """One chain: what the command line says of it in JSON, and where else it is shown."""

    session: Session
    client: Any
    chain: Chain
    folder: Path

    def __str__(self) -> str:
        return f"{self.chain.county}/{self.chain.name}"

    @cached_property
    def gaps(self) -> Row:
        return ask(self.session, "gaps", chain=self.chain.id).document

    @cached_property
    def candidates(self) -> Row:
        return ask(self.session, "candidates", chain=self.chain.id, top=TOP).document

    @cached_property
    def view(self):
        with self.session.reading() as state:
            return view_of(state, self.chain)

    @cached_property
    def tree(self) -> MindNode:
        return mind_tree(self.view, self.candidates)

    @cached_property
    def report(self) -> Context:
        with self.session.reading() as state:
            facts = replace(report_facts(state, self.chain), plan=self.candidates)
        report = Context(facts, paper_of(facts, "示例"))
        write_chain(report)
        return report

    @cached_property
    def segments(self) -> dict[str, Row]:
        return {s["segment_id"]: s for s in self.gaps["segments"]}

    @cached_property
    def firms(self) -> dict[str, list[str]]:
        """The candidates of each gap (segment id), in their order."""
        firms: dict[str, list[str]] = {g["segment_id"]: [] for g in self.candidates["gaps"]}
        for c in self.candidates["candidates"]:
            firms[c["segment_id"]].append(c["firm"])
        return firms

    def page(self, path: str, **query: Any) -> str:
        answer = self.client.get(path, params={"chain": self.chain.id, **query})
        assert answer.status_code == 200
        return answer.text

    def tables(self, caption: str) -> list[list[str]]:
        """The rows of the report's table that begins with a column."""
        tables = [
            [list(r) for r in (b.headers, *b.rows)] for b in self.report.paper.blocks if isinstance(b, TableBlock)
        ]
        return next((t[1:] for t in tables if t[0][: caption.count("|") + 1] == caption.split("|")), [])


@pytest.fixture(scope="module")
def truths(examples, pages, tmp_path_factory) -> list[Truth]:
    with examples.reading() as state:
        return [Truth(examples, pages, c, tmp_path_factory.mktemp("truth")) for c in state.chains()]


def rows_of(page: str, mark: str) -> dict[str, list[str]]:
    """The rows of a table by the id that an attribute of theirs holds."""
    found = re.findall(rf'<tr[^>]*{mark}([0-9a-f]+)"[^>]*>(.*?)</tr>', page, re.DOTALL)
    return {ident: [words(c) for c in CELLS.findall(cells)] for ident, cells in found}


def test_each_place_has_the_caption_and_the_count_of_a_segment(truths):
    for truth in truths:
        cards = {c["id"]: c for c in chain_scene(truth.view)["cards"] if not c["ghost"]}
        table, gaps = rows_of(truth.page("/chain"), 'data-segment="'), rows_of(truth.page("/gaps"), 'id="row-')
        text = printed(show_gaps, truth.gaps)
        branches = {n.ref: n for n in truth.tree.walk() if n.kind == "环节"}
        report = {row[1]: row for row in truth.tables("阶段|环节|状态|在产企业")}
        assert cards.keys() == table.keys() == gaps.keys() == truth.segments.keys() == branches.keys(), truth
        for ident, s in truth.segments.items():
            caption, count = s["caption"], s["count"]
            assert (count == "—") == (not s["known"]), s["segment"]
            assert (cards[ident]["caption"], cards[ident]["count"]) == (caption, count)
            assert cards[ident]["hatched"] == ("样本不全" in s["flags"])
            assert count in cards[ident]["facts"] or s["status"] == "不适用"
            assert caption in table[ident][2]
            assert count == table[ident][3]
            assert caption in gaps[ident][1]
            assert count == gaps[ident][2]
            assert re.search(rf"{re.escape(s['segment'])}\s*│\s*\S+?{caption}\s*│\s*{count}\s*│", text), s["segment"]
            assert caption in branches[ident].label
            if s["status"] != "不适用":
                assert report[s["segment"]][2:4] == [caption, count]


def test_the_sentence_and_the_lists_of_a_segment_have_its_count(truths):
    for truth in truths:
        for s in truth.segments.values():
            firms = s["firms"]
            assert [f["name"] for f in firms["makers"]] == [m["name"] for m in s["makers"]]
            assert len(firms["makers"]) == s["n"]
            assert len(firms["pending"]) == s["pending"]
            if counted := re.search(r"本地在产企业((?:至少)?\d+家)", s["reason"]):
                assert counted[1] == s["count"], s["reason"]
            ids = [f["id"] for key in LISTS if key != "pending" for f in firms[key]]
            assert len(ids) == len(set(ids)), s["segment"]


def test_a_parent_has_the_firms_of_its_descendants(truths):
    summed = 0
    for truth in truths:
        below: dict[str, set[str]] = defaultdict(set)
        for s in truth.segments.values():
            for firm in s["firms"]["makers"]:
                for ident in firm["on"]:
                    below[ident].add(firm["id"])
        children = defaultdict(list)
        for s in truth.segments.values():
            children[s["parent"]].append(s["segment_id"])

        def under(ident: str, truth=truth, children=children) -> Iterator[str]:
            yield ident
            for child in children.get(truth.segments[ident]["segment"], ()):
                yield from under(child)

        for ident, s in truth.segments.items():
            every = set().union(*(below[x] for x in under(ident)))
            assert {f["id"] for f in s["firms"]["makers"]} == every, s["segment"]
            summed += bool(every) and len(list(under(ident))) > 1
    assert summed > 5


def test_the_panel_of_the_map_and_the_mind_map_list_the_same_firms(truths):
    for truth in truths:
        details = {c["id"]: c["details"] for c in chain_scene(truth.view)["cards"] if not c["ghost"]}
        for ident, s in truth.segments.items():
            assert {key: details[ident][key] for key in LISTS} == s["firms"]
        for node in (n for n in truth.tree.walk() if n.kind == "环节"):
            branches = {c.label: c for c in own(node)}
            invited = set(truth.firms.get(node.ref, ()))
            for key, title in FIRM_GROUPS.items():
                here = [f["name"] for f in truth.segments[node.ref]["firms"][key] if node.ref in f["on"]]
                if key == "outside":
                    continue  # whom to invite stands in the order of the candidates: see below
                group = branches.get(f"{title} {len(here)} 家")
                assert here == ([label(c) for c in group.children] if group else []), (node.label, key)
            group = next((c for k, c in branches.items() if k.startswith("招引目标")), None)
            assert [label(c) for c in group.children] == truth.firms[node.ref] if group else not invited, node.label


def test_a_folded_parent_says_what_it_says_unfolded_and_what_all_beneath_it_say(truths):
    folded = 0
    for truth in truths:
        whole = {c["id"]: c for c in chain_scene(truth.view)["cards"] if not c["ghost"]}
        folds = chain_scene(truth.view, OnScreen(frozenset()))
        cards = {c["id"]: c for c in folds["cards"] if not c["ghost"]}
        beneath: dict[str, list[Row]] = defaultdict(list)
        for ident, s in truth.segments.items():
            at = ident
            while at in folds["parents"]:
                at = folds["parents"][at]
                beneath[at].append(s)
            assert at in cards
            assert ident == at or ident not in cards, s["segment"]
        for ident, card in cards.items():
            unlike = ("x", "y", "fold")  # a card moves when what is beneath it goes
            assert {k: v for k, v in card.items() if k not in unlike} == {
                k: v for k, v in whole[ident].items() if k not in unlike
            }
            statuses = Counter(s["status"] for s in beneath[ident])
            assert (card["fold"] is None) == (not statuses) == (whole[ident]["fold"] is None)
            if card["fold"]:
                assert not card["fold"]["open"]
                assert card["fold"]["count"] == statuses.total()
                assert {g["status"]: g["count"] for g in card["fold"]["statuses"]} == statuses
                folded += 1
    assert folded > 5


def own(node: MindNode) -> list[MindNode]:
    """What stands on a segment of the mind map itself."""
    direct = [c for c in node.children if c.label == "本环节"]
    return direct[0].children if direct else node.children


def label(node: MindNode) -> str:
    return re.sub(r"（(?:在建|签约|在产|停产|状态未注明|外部)(?:、\S+?)?）$", "", node.label)


def test_surveyed_has_one_definition(truths, examples, pages):
    with examples.reading() as state:
        table = {r["chain_id"]: r for r in overview(state)["rows"]}
    home = words(pages.get("/").text)
    for truth in truths:
        counted = [s for s in truth.segments.values() if s["counted"]]
        text = f"{sum(s['known'] for s in counted)}/{len(counted)}"
        row = table[truth.chain.id]
        assert f"{row['known']}/{row['segments']}" == text
        assert f"{truth.chain.county} {truth.chain.name} {text}" in home
        assert f"环节已摸底 {text}" in words(truth.page("/chain"))
        assert not any(s["counted"] for s in truth.segments.values() if s["status"] == "不适用" or "汇总" in s["flags"])
        for code in ("断链", "卡脖子", "缺链", "弱链", "空白", "未知", "稳链", "强链"):
            assert row[code] == sum(s["status"] == code for s in counted), (str(truth), code)


def test_what_comes_first_has_one_order(truths, pages):
    ranked_somewhere = 0
    home = words(pages.get("/").text)
    for truth in truths:
        steps = truth.gaps["next"]
        gaps = truth.candidates["gaps"]
        order = [g["segment"] for g in gaps]
        ranked = [(g["rank"], g["segment"], g["tied"]) for g in gaps if g["rank"]]
        own_rows = [i for i in truth.gaps["order"] if i in {g["segment_id"] for g in gaps if g["rank"]}]
        assert own_rows == [g["segment_id"] for g in gaps if g["rank"] and g["segment_id"] in truth.segments]
        assert list(rows_of(truth.page("/gaps"), 'id="row-')) == truth.gaps["order"]
        assert recruiting_order(truth) == order
        sheet = file_rows(truth, "gaps")
        assert [r["环节"] for r in sheet] == [truth.segments[i]["segment"] for i in truth.gaps["order"]]
        assert [r[0] for r in truth.tables("次序|环节|状态|行动")] == [
            f"{'并列' if tied else ''}第{rank}" for rank, _, tied in ranked
        ]
        text = printed(show_gaps, truth.gaps)
        for step in steps:
            assert [g["segment"] for g in step["first"]] == [name for _, name, _ in ranked[: len(step["first"])]]
            for gap in step["first"]:
                tie = "，并列" if gap["tied"] else ""
                line = f"{gap['rank']}. {gap['segment']}（{gap['caption']}，优先级 {gap['priority']:.1f}{tie}）：{gap['verb']}"
                assert line in text
            if ranked and f"{truth.chain.county} · {truth.chain.name} ：先抓" in home:
                assert f"{truth.chain.county} · {truth.chain.name} ：先抓“{ranked[0][1]}”" in home
        for ident, s in truth.segments.items():
            at = next((r for r in ranked if r[1] == s["segment"]), None)
            if s["scores"] and s["scores"]["rank"]:
                assert (s["scores"]["rank"], s["scores"]["tied"]) == (at[0], at[2]), ident
        ranked_somewhere += bool(ranked)
    assert ranked_somewhere


def recruiting_order(truth: Truth) -> list[str]:
    return [html.unescape(name) for name in GAP.findall(truth.page("/recruiting"))]


def file_rows(truth: Truth, name: str) -> list[Row]:
    """The rows of a workbook by their headers."""
    path = truth.folder / f"{name}.xlsx"
    if name == "gaps":
        write_gaps_table([truth.segments[i] for i in truth.gaps["order"]], path)
    else:
        write_candidates(truth.candidates, path)
    page = load_workbook(path, read_only=True).worksheets[0]
    headers, *rows = page.iter_rows(values_only=True)
    return [dict(zip(headers, r, strict=True)) for r in rows]


def test_a_gap_has_the_same_firms_in_the_same_order_everywhere(truths):
    some = 0
    for truth in truths:
        blocks = GAP.split(truth.page("/recruiting"))[2::2]
        text, rows, report = printed(show_candidates, truth.candidates), file_rows(truth, "candidates"), []
        report = truth.tables("环节|企业|所在地|得分")
        text = text[text.find("缺口和可以找的企业") :]
        for gap, block in zip(truth.candidates["gaps"], blocks, strict=False):
            firms = truth.firms[gap["segment_id"]]
            named = re.findall(r'<td class="firm">\s*<a [^>]*>(.*?)</a>', block.split("</section>")[0])
            assert [html.unescape(n) for n in named] == firms
            place = {"对应环节": gap["segment"], "县市区": gap["county"], "产业链": gap["chain"]}
            mine = [r for r in rows if place.items() <= r.items()]
            assert [r["全称"] for r in mine] == (firms or [None]), "a gap without a firm keeps its line"
            assert mine[0]["环节状态"] == gap["caption"]
            here = [r[1] for r in report if r[0].startswith(gap["segment"])]
            assert here == (firms or ["数据中没有对得上的外地企业"]), (str(truth), gap["segment"])
            at = text.index(f"{gap['segment']}（{gap['caption']}")
            for firm in firms:
                at = text.find(firm, at)
                assert at >= 0, firm
            some += bool(firms)
    assert some > 5


def test_nothing_stands_in_a_report_that_must_not_be_signed(truths):
    for truth in truths:
        assert faults(truth.report.paper) == [], str(truth)


def test_the_workbook_says_a_count_as_the_pages_do(truths):
    for truth in truths:
        for row, ident in zip(file_rows(truth, "gaps"), truth.gaps["order"], strict=True):
            s = truth.segments[ident]
            assert s["caption"] in row["状态"]
            assert row["在产企业"] == s["count"]


def test_measures_have_one_value(truths, examples, pages):
    with examples.reading() as state:
        table = {r["chain_id"]: r for r in overview(state)["rows"]}
    home = rows_by_chain(pages.get("/").text)
    director = [m for m in load_measures() if m.director]
    for truth in truths:
        shown = home[truth.chain.id]
        for measure, cell in zip(director, shown[-len(director) - 1 : -1], strict=True):
            value = table[truth.chain.id][measure.id]
            assert cell == (str(value) if value else "未报"), (str(truth), measure.id)
        needs = needs_of(truth.view)
        text = "\n".join(truth.report.paper.texts())
        assert needs.text in text
        written = write_needs([truth.view], truth.folder / "needs.xlsx")
        assert (written.common, written.key, written.missing) == (needs.common, needs.key, needs.missing)


def rows_by_chain(page: str) -> dict[str, list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", page.split("<tbody>")[1], re.DOTALL)
    return {re.search(r"/chain\?chain=([0-9a-f]+)", r)[1]: [words(c) for c in CELLS.findall(r)] for r in rows}
