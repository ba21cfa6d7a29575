"""One row less: exactly what depends on it changes, in the report and in every list; all else stays as it was."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from docx import Document
from openpyxl import load_workbook
from views import RICH, facts_of

from viz.report.candidates import write_candidates
from viz.report.deliver import checks
from viz.report.gaps import write_gaps_table
from viz.report.needs import write_needs
from viz.report.word import write_report

# Numbers of rows cited, of tables and of pages move with every row; what they number is compared.
PLACES = re.compile(r"(\[\d+\]—?)+|^表\d+|\t\d+$")
# What says how much the home holds, and under which sum: it depends on every row.
OF_ALL = re.compile(r"^共引用|校验码|^序号\||^$|\.xlsx\|")


class Papers:
    """What the papers of a chain say, in texts that may be compared, and the bytes of the lists."""

    def __init__(self, folder, sheets):
        facts = facts_of(folder, sheets)
        write_report(facts, folder / "报告.docx")
        write_needs([facts.view], folder / "需求.xlsx")
        write_gaps_table(facts.view.segments, folder / "环节.xlsx")
        write_candidates(facts.plan, folder / "招商.xlsx")
        self.folder, self.checks = folder, {c.item: c.present for c in checks(facts.view)}

    def bytes(self, name):
        return (self.folder / f"{name}.xlsx").read_bytes()

    def report(self):
        doc = Document(str(self.folder / "报告.docx"))
        rows = ["|".join(c.text for c in row.cells) for table in doc.tables for row in table.rows]
        texts = (PLACES.sub("", text) for text in [*(p.text for p in doc.paragraphs), *rows])
        return Counter(t for t in texts if not OF_ALL.search(t))

    def rows(self, name):
        pages = load_workbook(self.folder / f"{name}.xlsx")
        return Counter(
            tuple(str(c.value) for c in r if c.value is not None) for page in pages for r in page.iter_rows()
        )


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return Papers(tmp_path_factory.mktemp("whole"), RICH)


def without_last(sheet, tmp_path_factory):
    return Papers(tmp_path_factory.mktemp("less"), {**RICH, sheet: RICH[sheet][:-1]})


def changed(before, after):
    return set(before - after), set(after - before)


def test_a_need_less_changes_what_counts_needs_and_nothing_else(whole, tmp_path_factory):
    less = without_last("技术需求", tmp_path_factory)  # 示例无环节的需求, of no category
    gone, come = changed(whole.report(), less.report())
    assert gone
    assert [t for t in (*gone, *come) if "需求" not in t] == []
    assert any("示例无环节的需求" in t for t in gone)
    assert not any("示例无环节的需求" in t for t in come)
    assert all(less.bytes(name) == whole.bytes(name) for name in ("环节", "招商"))
    assert {k: v for k, v in less.checks.items() if whole.checks[k] != v} == {"未注明类别的需求": "0 项"}
    gone, come = changed(whole.rows("需求"), less.rows("需求"))
    line = "示例县锯床产业链：技术需求已录 2 项（共性 1、关键 1），距10项差 8 项"
    blanks = [f"待补内容：提出单位{n - 1}项、领域{n}项、关键字{n}项、主要问题和现状{n}项、技术关键{n - 1}项、预期目标{n}项、起止时间{n - 1}项、解决方式{n}项、拟投入(万元){n}项、责任人{n - 1}项。" for n in (3, 2)]  # fmt: skip
    assert come == {(line,), (blanks[1],)}
    assert gone == {
        (f"{line}；另有未注明类别 1 项，注明后计入",), (blanks[0],), ("三、未注明类别的技术需求（1项）",), ("1", "示例无环节的需求"),
        ("未注明1", "示例无环节的需求", "示例县锯床产业链", "示例.xlsx 技术需求 第4行"),
    }  # fmt: skip


def test_a_firm_less_changes_its_segment_and_the_order_and_no_need(whole, tmp_path_factory):
    less = without_last("企业", tmp_path_factory)  # the only maker of 带锯床
    gone, come = changed(whole.report(), less.report())
    assert any("示例乙机床有限公司" in t for t in gone)
    assert not any("示例乙机床有限公司" in t for t in come)
    assert [t for t in (*gone, *come) if not re.search("锯条|带锯床|薄弱|空白|企业", t)] == []
    assert [t for t in (*gone, *come) if "需求清单" in t or t.startswith("示例有技术的需求")] == []
    assert less.bytes("需求") == whole.bytes("需求")
    assert less.checks == whole.checks
    gone, come = changed(whole.rows("环节"), less.rows("环节"))
    assert {r[2] for r in (*gone, *come)} == {"锯条", "带锯床"}
    assert [next(r for r in rows if r[2] == "带锯床")[4:6] for rows in (gone, come)] == [
        ("▼ 薄弱", "1家"),
        ("○ 空白", "0家"),
    ]
