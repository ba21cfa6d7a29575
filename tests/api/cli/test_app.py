"""The command line: one JSON document, exit codes, Chinese errors, and commands while the home is served."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from shutil import copytree

import pytest
from builders import BASICS, FIRMS, write_book
from docx import Document
from serving import lianpu

from graph.analysis.config import GapConfig

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with the made example set."""
    folder = tmp_path_factory.mktemp("cli") / "home"
    code, document, _ = lianpu(folder, "load", str(EXAMPLES / "示例县"))
    assert (code, document["rows"]["rejected"]) == (0, 0)
    return folder


def test_load_says_what_it_did_with_the_keys_of_the_contract(tmp_path):
    path = write_book(tmp_path / "a.xlsx", {**BASICS, "企业": [*FIRMS, ["坏", None, None, None, "很多", None, None]]})
    code, d, err = lianpu(tmp_path / "home", "load", str(path))
    assert code == 1
    assert d["batch"] == 1
    assert d["rows"] == {"read": 10, "accepted": 9, "rejected": 1, "unchanged": 0, "skipped": 0}
    assert d["rows"]["read"] == d["rows"]["accepted"] + d["rows"]["rejected"] + d["rows"]["unchanged"]
    assert d["nodes"]["企业"] == {"added": 2, "changed": 0, "unchanged": 0}
    fault = next(f for f in d["findings"] if f["level"] == "error")
    assert {"level", "file", "where", "field", "value", "message", "hint"} <= set(fault)
    assert fault["where"] == "企业!E4"
    assert Path(d["marked"]).exists()
    assert err == ""


def test_the_marked_workbook_colours_the_offending_cell(tmp_path):
    from openpyxl import load_workbook

    path = write_book(tmp_path / "a.xlsx", {**BASICS, "企业": [FIRMS[0], ["坏", None, None, None, "很多", None, None]]})
    _, _, _ = lianpu(tmp_path / "home", "load", str(path), "--marked", str(tmp_path / "m.xlsx"))
    page = load_workbook(tmp_path / "m.xlsx")["企业"]
    coloured = [c.coordinate for row in page.iter_rows(min_row=2) for c in row if c.fill.fgColor.rgb == "FFFFCCC7"]
    assert coloured == ["F2"]


def test_every_status_and_flag_shows_once_in_the_made_example(home):
    _, d, _ = lianpu(home, "gaps")
    statuses = {s["status"] for s in d["segments"]}
    flags = {f for s in d["segments"] for f in s["flags"]}
    assert statuses == {"强链", "稳链", "弱链", "缺链", "断链", "卡脖子", "空白", "未知", "不适用"}
    wanted = "外部依赖 协同 待核实 样本不全 份额按家数 状态未注明 归属未注明 集中 单企支撑 外购稳定 来源单一 外购来源未登记 上级未细分 汇总 数据陈旧 与在产矛盾"
    assert set(wanted.split()) <= flags


def test_gaps_has_the_keys_of_the_contract_and_filters(home):
    code, d, _ = lianpu(home, "gaps", "--county", "示例县", "--status", "断链")
    assert code == 0
    keys = "county chain segment stage parent status caption flags available n stated pending makers hhi external_share external_hhi confidence coverage flip reason remedies evidence"
    assert set(keys.split()) <= set(d["segments"][0])
    assert {s["status"] for s in d["segments"]} == {"断链"}
    assert {"file", "sheet", "row"} <= set(d["segments"][0]["evidence"][0])
    code, d, _ = lianpu(home, "gaps", "--as-of", "2000-01-01")
    assert (code, d["segments"]) == (1, [])


def test_show_gives_each_value_its_source_and_a_path_finds_a_segment(home):
    code, d, _ = lianpu(home, "show", "环节", "示例县/示例锯床产业链/示例切削液")
    assert code == 0
    assert d["values"]["阶段"]["source"]["sheet"] == "环节"
    assert {"relation", "direction", "kind", "name", "values", "source", "alternatives"} <= set(d["edges"][0])
    code, d, _ = lianpu(home, "show", "环节", "示例切削液")
    assert (code, d["error"]["code"]) == (2, "ambiguous_name")


def test_search_finds_by_part_of_a_name(home):
    code, d, _ = lianpu(home, "search", "带锯")
    assert code == 0
    assert {"kind", "name", "county", "matched"} <= set(d["hits"][0])
    code, d, _ = lianpu(home, "search", "没有这个词")
    assert (code, d) == (1, {"hits": [], "total": 0, "counts": {}})


def test_an_unknown_name_names_the_near_ones_and_exits_two(home):
    code, d, _ = lianpu(home, "report", "示例锯床产业", "-o", "x.docx")
    assert code == 2
    assert "示例锯床产业链" in d["error"]["hint"]


@pytest.mark.parametrize(
    "arguments", [["gaps", "--nonsense"], ["nonsense"], ["load"], ["gaps", "--scope", "省"], ["undo", "abc"]]
)
def test_wrong_usage_is_said_in_chinese_and_exits_two(home, arguments):
    code, d, err = lianpu(home, *arguments)
    assert code == 2
    assert d["error"]["message"]
    assert "Traceback" not in err
    assert any("\u4e00" <= c <= "\u9fff" for c in d["error"]["message"])


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["undo", "abc"], "unknown_batch", "没有批次 abc"),
        (["undo"], "usage", "缺少参数 batch"),
        (["cuts", "--chain", "x", "--order", "3"], "usage", "参数 --order 的值不对"),
        (["gaps", "--chain"], "usage", "选项 --chain 的值缺少或多余"),
        (["batches", "x"], "usage", "多余的参数 x"),
        (["search", "长" * 1001], "usage", "文字太长"),
    ],
)
def test_wrong_usage_names_the_parameter(home, arguments, code, message):
    error = lianpu(home, *arguments)[1]["error"]
    assert (error["code"], error["message"]) == (code, message)


@pytest.mark.parametrize("command", ["export", "template"])
def test_what_cannot_be_written_is_said_of_the_file(home, tmp_path, command):
    (tmp_path / "file").write_text("x")
    error = lianpu(home, command, str(tmp_path / "file" / "a.xlsx"))[1]["error"]
    assert error["code"] == "not_writable"
    assert str(tmp_path / "file" / "a.xlsx") in error["message"]


def test_without_json_the_error_is_two_lines(home):
    code, out, err = lianpu(home, "show", "企业", "没有这家", json_out=False)
    assert (code, out) == (2, "")
    assert err.startswith("错误：")
    assert "怎么办：" in err


def test_a_home_that_cannot_be_made_is_an_error_in_words(tmp_path):
    (tmp_path / "file").write_text("x")
    code, d, err = _in_file(tmp_path)
    assert code == 2
    assert d["error"]["hint"]
    assert "Traceback" not in err


def _in_file(tmp_path):
    command = [
        sys.executable,
        "-c",
        "from api.cli.main import main; main()",
        "status",
        "--json",
        "--home",
        str(tmp_path / "file" / "home"),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60
    )
    return done.returncode, json.loads(done.stdout), done.stderr


def test_status_is_in_step_and_lists_what_waits(home):
    code, d, _ = lianpu(home, "status")
    assert code == 0
    assert d["in_step"] is True
    assert d["waiting"] == []
    assert {"url", "batches", "records", "hash"} <= set(d["ledger"])
    assert {"url", "nodes", "edges", "hash"} <= set(d["graph"])


def test_undo_and_load_again_give_the_same_hash(tmp_path):
    home, path = tmp_path / "home", write_book(tmp_path / "a.xlsx", dict(BASICS))
    lianpu(home, "load", str(path))
    before = lianpu(home, "status")[1]["graph"]["hash"]
    code, d, _ = lianpu(home, "undo", "1")
    assert (code, d["nodes"]["企业"]["removed"]) == (0, 2)
    assert lianpu(home, "batches")[1]["batches"][0]["undone"] is True
    lianpu(home, "load", str(path))
    assert lianpu(home, "status")[1]["graph"]["hash"] == before
    assert lianpu(home, "rebuild")[1]["hash"] == before


def test_export_loads_into_an_empty_home_with_the_same_hash(home, tmp_path):
    before = lianpu(home, "status")[1]["graph"]["hash"]
    for target in (tmp_path / "all.xlsx", tmp_path / "csvs"):
        code, _, _ = lianpu(home, "export", str(target))
        assert code == 0
        other = tmp_path / f"home-{target.stem}"
        code, loaded, _ = lianpu(other, "load", str(target))
        assert loaded["rows"]["rejected"] == 0
        assert lianpu(other, "status")[1]["graph"]["hash"] == before


def test_the_three_files_and_the_template_are_written(home, tmp_path):
    chain = "示例锯床产业链"
    for command, name in (("report", "r.docx"), ("mindmap", "m.html"), ("mindmap", "m.svg"), ("mindmap", "m.png")):
        code, d, _ = lianpu(home, command, chain, "-o", str(tmp_path / name))
        assert code == 0
        assert d["bytes"] == sum(Path(p).stat().st_size for p in d.get("files", [d["file"]])) > 5000
    code, d, _ = lianpu(home, "needs", "--chain", chain, "-o", str(tmp_path / "n.xlsx"))
    assert (code, d["common"], d["missing"]) == (0, 11, 0)
    code, d, _ = lianpu(home, "deliver", "--chain", chain, "--chain", "示例阀门产业链", "-o", str(tmp_path / "d"))
    assert code == 0
    assert len(d["files"]) == len(set(d["files"])) > 2 * 7
    assert all(Path(f).stat().st_size > 300 for f in d["files"])
    code, d, _ = lianpu(home, "template", str(tmp_path / "t"), "--chain", chain)
    assert Path(d["files"][0]).exists()
    code, d, _ = lianpu(home, "template", str(tmp_path / "t"))
    assert code == 0


def test_a_wrong_suffix_says_which_there_are(home, tmp_path):
    code, d, _ = lianpu(home, "report", "示例锯床产业链", "-o", str(tmp_path / "r.odt"))
    assert (code, d["error"]["code"]) == (2, "unknown_format")


def test_a_broken_configuration_lists_every_fault(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "gap_model.yaml").write_text("weak_at_most: -1\nnonsense: 3\n", "utf-8")
    code, d, _ = lianpu(home, "gaps")
    assert code == 2
    assert "weak_at_most" in d["error"]["message"]
    assert "nonsense" in d["error"]["message"]


def test_a_home_that_changes_one_parameter_prints_all_of_them(home, tmp_path):
    own = copytree(home, tmp_path / "home")
    (own / "gap_model.yaml").write_text("stale_years: 5\n", "utf-8")
    assert lianpu(own, "report", "示例锯床产业链", "-o", str(tmp_path / "r.docx"))[0] == 0
    tables = Document(str(tmp_path / "r.docx")).tables
    rows = [row for t in tables if t.rows[0].cells[0].text == "参数" for row in t.rows[1:]]
    assert len(rows) == len(fields(GapConfig))
    assert [row.cells[1].text for row in rows if row.cells[2].text.startswith("已改")] == ["5"]
