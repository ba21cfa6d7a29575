"""The first load of a new home: the graph is built once, and is there whatever came in."""

from __future__ import annotations

from builders import BASICS, FIRMS, write_book
from serving import lianpu

BAD = [FIRMS[0], ["坏", None, None, None, "很多", None, None]]


def test_no_empty_graph_is_built_before_the_first(tmp_path):
    code, _, _ = lianpu(tmp_path / "home", "load", str(write_book(tmp_path / "a.xlsx", {**BASICS, "企业": FIRMS})))
    assert code == 0
    assert (tmp_path / "home" / "graph" / "CURRENT").read_text("utf-8") == "1.lbug"
    _, status, _ = lianpu(tmp_path / "home", "status")
    assert status["in_step"]
    assert status["graph"]["nodes"]["企业"] == 2


def test_a_first_load_of_faults_alone_leaves_an_empty_home_that_works(tmp_path):
    code, loaded, _ = lianpu(tmp_path / "home", "load", str(write_book(tmp_path / "a.xlsx", {"企业": BAD})))
    assert (code, loaded["batch"], loaded["rows"]["rejected"]) == (1, None, 1)
    _, status, _ = lianpu(tmp_path / "home", "status")
    assert (status["in_step"], status["graph"]["nodes"]) == (True, {})


def test_a_first_load_that_is_only_tried_leaves_an_empty_home_that_works(tmp_path):
    path = str(write_book(tmp_path / "a.xlsx", {**BASICS, "企业": FIRMS}))
    code, tried, _ = lianpu(tmp_path / "home", "load", "--dry-run", path)
    assert (code, tried["nodes"]["企业"]["added"]) == (0, 2)
    _, status, _ = lianpu(tmp_path / "home", "status")
    assert (status["in_step"], status["graph"]["nodes"]) == (True, {})
