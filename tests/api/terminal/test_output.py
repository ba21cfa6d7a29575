"""What a person reads in a terminal 80 columns wide: each command's text on the example data."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from builders import BASICS, FIRMS, write_book
from rich.cells import cell_len
from rich.console import Console
from serving import ask, lianpu

from api.commands.table import COMMANDS
from api.home.session import open_session
from api.home.settings import load_settings
from api.terminal.output import screen_of
from graph.city.city import DEMO_MARK

WIDTH = 80
CHAIN = "示例县/示例锯床产业链"


@pytest.fixture(scope="module")
def home(copy_examples, tmp_path_factory):
    home = copy_examples(tmp_path_factory.mktemp("terminal") / "home")
    (home / DEMO_MARK).touch()
    return home


@pytest.fixture(scope="module")
def session(home):
    with open_session(load_settings(str(home))) as made:
        yield made


@pytest.fixture
def empty(tmp_path):
    with open_session(load_settings(str(tmp_path / "home"))) as made:
        yield made


def text_of(command, document, width=WIDTH):
    """The text of a document, which no person may find odd."""
    paper = io.StringIO()
    screen_of(command)(Console(width=width, file=paper), document)
    text = paper.getvalue()
    assert not re.search(r"\bNone\b|\bnan\b|\bTrue\b|\bFalse\b", text), text
    return text


@pytest.fixture
def read(session):
    """The text that a command prints on the example data."""
    return lambda command, **given: text_of(command, ask(session, command, **given).document)


def aligned(text):
    """Whether every line of each table ends in the same column, Chinese characters two wide."""
    tables = re.findall(r"┏.*?┘", text, re.DOTALL)
    assert tables, text
    return all(len({cell_len(line) for line in table.splitlines()}) == 1 for table in tables)


def flat(text):
    """The text without frames and breaks."""
    return re.sub(r"[\s│┃]", "", text)


def test_gaps_are_a_table_with_what_to_do_first_below_it(read):
    text = read("gaps", chain=CHAIN)
    assert aligned(text)
    assert "示例县 · 示例锯床产业链" in text
    assert re.search(r"缺失.*本地没有在产企业", flat(text))
    assert "下一步（未摸底不是缺失，先问清再谈招商）" in text
    assert "先摸底1个环节：示例激光切割机" in flat(text)


def test_no_line_is_wider_than_the_terminal(read):
    for command, given in (("gaps", {"chain": CHAIN}), ("batches", {}), ("search", {"text": "锯"})):
        assert max(map(cell_len, read(command, **given).splitlines())) <= WIDTH, command


def test_a_wide_terminal_has_a_column_for_the_action(session):
    text = text_of("gaps", ask(session, "gaps", chain=CHAIN).document, width=140)
    assert "首要行动" in text
    assert "首要行动" not in text_of("gaps", ask(session, "gaps", chain=CHAIN).document)


def test_nothing_to_show_says_what_to_do(empty):
    def read(name, **given):
        return text_of(name, ask(empty, name, **given).document)

    assert read("gaps").startswith("没有符合条件的环节。先用 lianpu load")
    assert "没有待核对的名称" in read("review")
    assert "lianpu whatif" in read("scenarios")
    assert "换一个更短的词" in read("search", text="没有")


def test_cuts_name_who_is_lost_and_what_stops(read):
    text = read("cuts", chain=CHAIN)
    assert aligned(text)
    assert "失去谁会断供" in text


def test_a_what_if_says_what_changes_and_what_is_restored(read):
    text = read("whatif", chain=CHAIN, add=["示例新厂@示例锯带钢"])
    assert "如果 示例新厂 落地 示例锯带钢" in text
    assert "恢复供给：示例锯带钢、示例双金属锯带" in text
    assert aligned(text)


def test_a_what_if_that_changes_nothing_says_so(read):
    assert "没有环节改变状态。" in read("whatif", chain=CHAIN, survey=["示例锯床整机"])


def test_saved_scenarios_stand_side_by_side(read):
    saved = read("whatif", chain=CHAIN, add=["示例新厂@示例锯带钢"], save="示例方案")
    assert "已保存为方案“示例方案”" in saved
    text = read("scenarios")
    assert "示例方案" in flat(text)
    assert aligned(text)


def test_candidates_come_after_what_to_ask(read):
    text = read("candidates", chain=CHAIN)
    assert text.index("先摸底") < text.index("缺口和可以找的企业")
    assert re.search(r"\(1\) .+ \d+ 分", text)
    assert "来源：" in text


def test_the_review_queue_lists_names_and_how_to_decide(read):
    text = read("review", top=3)
    assert "是不是：" in text
    assert "lianpudecide合并名称另一个名称" in flat(text)
    assert re.search(r"共 \d+ 条，只列", text)


def test_a_node_shows_its_values_with_the_rows_behind_them(read):
    text = read("show", kind="企业", name="示例甲锯床有限公司")
    assert aligned(text)
    assert "企业：示例甲锯床有限公司" in text
    assert "示例县.xlsx企业" in flat(text)


def test_a_search_lists_kind_name_and_place(read):
    text = read("search", text="示例甲锯床")
    assert aligned(text)
    assert "示例甲锯床有限公司" in flat(text)


def test_status_counts_the_ledger_and_the_graph(read):
    text = read("status")
    assert re.search(r"台账\d+批\d+行，图库同步", flat(text))
    assert aligned(text)


def test_batches_say_when_what_and_by_whom(read):
    text = read("batches")
    assert aligned(text)
    assert "示例县.xlsx" in flat(text)


def test_a_check_says_that_all_is_well_or_what_is_damaged_what_is_safe_and_what_to_do(session, read):
    assert "没有发现损坏：台账" in read("check")
    (session.home / "scenarios.json").write_bytes(b"{")
    text = flat(read("check"))
    (session.home / "scenarios.json").unlink()
    told = ("方案有损坏", "保存的方案读不了：不是JSON", "没有受影响的：台账和图库没有受影响", "怎么办：改正该文件")
    assert [part for part in told if part not in text] == []


def test_a_dry_run_tells_which_segments_would_change_status(empty, tmp_path):
    path = write_book(tmp_path / "基础.xlsx", dict(BASICS))
    text = text_of("load", ask(empty, "load", paths=[str(path)], dry_run=True).document, width=200)
    assert "会变的环节状态" in text
    assert re.search(r"示例县/示例锯床产业链/锯条\s*│\s*新环节\s*│\s*\S+（1家）", text)


def test_a_load_counts_its_rows_and_names_the_wrong_cells(empty, tmp_path):
    firms = [*FIRMS, ["示例丙公司", "示例县", None, None, "很多", 2024]]
    path = write_book(tmp_path / "县.xlsx", {**BASICS, "企业": firms})
    tried = text_of("load", ask(empty, "load", paths=[str(path)], dry_run=True).document, width=200)
    assert tried.startswith("试运行，没有写入：读")
    assert re.search(r"错误 │ 县.xlsx +│ 企业!E\d+ ", tried)
    text = text_of("load", ask(empty, "load", paths=[str(path)]).document)
    assert re.search(r"批次1：读\d+行，接受\d+，未变0，拒绝1", flat(text))
    assert aligned(text)
    again = text_of("load", ask(empty, "load", paths=[str(path)]).document)
    assert "没有变化，没有写入" in again
    undone = text_of("undo", ask(empty, "undo", batch="1").document)
    assert undone.startswith("已撤销批次 1")


def test_a_foreign_table_is_shown_with_what_its_columns_may_be(session, tmp_path):
    path = write_book(tmp_path / "示例名录.xlsx", {"名录": [["单位全称", "坐落区域"], ["示例丁厂", "示例县"]]})
    text = text_of("map", ask(session, "map", paths=[str(path)]).document)
    assert aligned(text)
    assert "单位全称" in flat(text)
    assert "-o 映射.yaml" in text


def test_a_decision_says_how_to_take_it_back(session):
    same = ask(session, "review").document["same"][0]
    given = {"verdict": "不合并", "name": same["candidates"][0]["name"], "other": same["name"], "kind": same["kind"]}
    text = text_of("decide", ask(session, "decide", **given).document)
    assert re.search(r"已记下，批次 (\d+)；不对时用 lianpu undo \1 撤销", text)


def test_written_files_are_named(session, tmp_path):
    given = {
        "needs": {"output": str(tmp_path / "需求.xlsx"), "chain": CHAIN},
        "export": {"path": str(tmp_path / "全部.xlsx")},
        "mindmap": {"output": str(tmp_path / "导图.svg"), "chain": CHAIN},
        "template": {"folder": str(tmp_path)},
    }
    for command, parameters in given.items():
        text = text_of(command, ask(session, command, **parameters).document, width=300)
        assert str(tmp_path) in text, command


def test_what_a_plan_text_sets_is_a_table_to_go_through(session, tmp_path):
    plan = tmp_path / "示例计划.txt"
    plan.write_text(
        "示例县2025年工作计划\n（一）抓好培育。全县新增高新技术企业20家左右。（责任单位：县科技局）", "utf-8"
    )
    document = ask(session, "plan read", path=str(plan), output=str(tmp_path / "待确认.xlsx")).document
    text = text_of("plan read", document, width=300)
    for words in (
        "指标 1 个，任务 1 项，都待确认",
        "≥20家",
        "2025-12-31",
        "约数",
        "县科技局",
        str(tmp_path),
        "“采用”写 是",
    ):
        assert words in text, words


def test_what_changed_stands_with_what_it_was_and_is(read):
    text = read("changes", since="2000-01-01", county="示例县")
    assert text.startswith("从 2000-01-01 到 现在")
    assert "示例县/示例锯床产业链/示例伺服电机" in text
    assert "没有 → 0家" in text


def test_counties_stand_with_the_number_by_which_the_map_is_coloured_and_what_they_supply(read):
    text = read("regions")
    assert re.search(r"示例县 +│ 96%（22/23）", text)
    assert re.search(r"示例邻县 +│ 示例县 +│ 2", text)


def test_counties_are_compared_side_by_side(read):
    text = read("compare", subject=["示例县", "示例邻县"])
    assert re.search(r"示例县 +┃ 示例邻县", text)
    assert "样本不足" in text


def test_before_a_call_a_person_reads_who_buys_and_what_changes(read):
    text = read("brief", firm="示例甲锯床有限公司")
    assert text.startswith("拜访 示例甲锯床有限公司")
    assert "本地用户" in text
    assert "示例甲锯切服务有限公司" in text


def test_a_query_shows_its_rows_and_without_one_what_can_be_asked(read):
    assert "没有在产企业的关键环节 [county=县市区]" in read("query")
    assert re.search(r"企业数 +┃?", read("query", cypher="MATCH (e:Enterprise) RETURN count(e) AS 企业数"))


def test_every_command_has_a_text_that_a_test_reads():
    source = Path(__file__).read_text("utf-8")
    plain = {"report", "deliver", "rebuild", "bulletin", "plan draft", "atlas", "publish"}  # one line per key
    assert [name for name in COMMANDS if name not in plain and f'"{name}"' not in source] == []


def test_the_command_line_prints_these_texts(session, home, tmp_path):
    other = tmp_path / "home"
    code, text, errors = lianpu(other, "gaps", json_out=False)
    assert (code, text.startswith("没有符合条件的环节")) == (1, True), errors
    path = write_book(tmp_path / "县.xlsx", BASICS)
    code, text, errors = lianpu(other, "load", str(path), json_out=False)
    assert (code, "下一步：lianpu gaps 查看各环节状态" in text) == (0, True), errors
    code, text, _ = lianpu(other, "status", json_out=False)
    assert (code, "图库同步" in text) == (0, True)


def test_progress_says_the_rule_each_light_with_its_sentence_and_what_is_due(read):
    text = flat(read("progress", county="示例县", at="2026-11-27"))
    assert "截至2026-11-27。按时间进度" in text
    assert re.search(r"✕逾期示例县2024-12-31|✕逾期示例县.*?2024-12-31", text)
    assert "各县（市、区）的灯数" in text
    assert "90天内到期、还没有达标" in text


def test_the_lists_name_the_firms_and_what_they_filed(read):
    text = read("zero", county="示例县")
    assert "示例县（2025 年年报）" in text
    assert "亿元无机构：1 家" in text
    assert "✕ 示例乙锯床有限公司，产值 24000 万元，否" in text


def test_the_ladder_counts_its_rungs_and_marks_who_is_ready(read):
    text = read("ladder", county="示例县")
    assert aligned(text)
    assert re.search(r"规上企业\d+", flat(text))
    assert "✓制造业单项冠军" in flat(text)


def test_tasks_say_who_leads_by_when_how_far_and_what_is_in_the_way(session):
    document = ask(session, "tasks", county="示例县", at="2026-11-27").document
    assert aligned(text_of("tasks", document))
    text = text_of("tasks", document, width=200)
    for words in ("×已过期限", "◎进行中", "✓已完成", "延1次", "示例县科技局", "下一步：示例:引进两名工程师"):
        assert words in flat(text), words


def test_leads_say_their_stage_what_comes_next_and_what_is_amiss(read):
    text = read("leads")
    assert re.search(r"谋划 \d，推介 \d", text)
    assert "协议投资额 " in text
    for words in ("〔未核验〕", "下一步：示例:", "流失没有写明原因", "‼ "):
        assert words in text, words


def test_a_match_says_what_may_answer_each_need_why_and_how_far_it_is(session, read):
    text = flat(text_of("match", ask(session, "match", chain=CHAIN).document, width=200))
    for words in (
        "技术需求17项",
        "没有合适的成果",
        "〔洽谈〕",
        "未成示例理工大学：示例:研究方向不符",
        "已立项：示例攻关项目01",
    ):
        assert words in text, words
    table = read("meeting", event="示例锯床产业供需对接会")
    assert aligned(table)
    assert "签约" in table


def test_without_a_plan_the_commands_say_how_to_begin(empty):
    for command, hint in (
        ("progress", "还没有计划指标"),
        ("zero", "没有可以列清单的企业年报"),
        ("ladder", "还没有规上企业"),
        ("tasks", "还没有任务"),
        ("leads", "没有招商线索"),
        ("match", "还没有技术需求"),
    ):
        assert hint in text_of(command, ask(empty, command).document)
