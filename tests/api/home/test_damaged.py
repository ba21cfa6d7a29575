"""Files of a home that somebody broke: each is named, with what is wrong, in Chinese."""

from __future__ import annotations

import sys

import pytest
from builders import BASICS, write_book
from serving import ask

from api.home.session import open_session
from api.home.settings import Settings
from graph.errors import LianpuError
from ingest.load.pipeline import load
from ingest.mapping.choose import kept_mappings
from ingest.mapping.mapping import BadMapping

CHINESE_NOT_UTF8 = "方案：缺链".encode("gbk")
DEEP = b"[" * 100_000
DAYS = ["0001-01-01", "0001-01-02", "9999-12-30", "9999-12-31"]


@pytest.fixture
def session(tmp_path):
    with open_session(Settings(tmp_path / "home")) as opened:
        load(opened.city, [write_book(tmp_path / "示例.xlsx", BASICS)])
        yield opened


def refused(session, command, **parameters):
    with pytest.raises(LianpuError) as caught:
        ask(session, command, **parameters)
    return caught.value


@pytest.mark.parametrize(
    "content",
    [CHINESE_NOT_UTF8, b"- 1", b"7", b"a: [", b"a: 2025-13-45", b"a: \x01", DEEP, b"stale_years: .inf",
     b"stale_years: .nan", b"stale_years: 1" + b"0" * 400, b"strong_hhi: 1" + b"0" * 400],
)  # fmt: skip
def test_a_broken_configuration_is_named(session, content):
    path = session.home / "gap_model.yaml"
    path.write_bytes(content)
    error = refused(session, "gaps")
    assert (error.code, error.where) == ("bad_config", str(path))
    assert "not" not in error.message
    path.unlink()
    path.mkdir()
    assert refused(session, "gaps").code == "bad_config"


def test_an_empty_configuration_is_the_default(session):
    (session.home / "gap_model.yaml").write_bytes(b"# nothing\n")
    assert ask(session, "gaps").document["segments"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"1", b"null", CHINESE_NOT_UTF8, DEEP, b'{"a": 1}', b'{"a": {"other": 1}}', b'{"a": {"chain": 1}}',
     b'{"a": {"add": "x"}}', b'{"a": {"add": [1]}}', b'{"a": {"add": null}}', b'{"a": {"chain": ["x"]}}'],
)  # fmt: skip
def test_broken_scenarios_are_named_and_left_as_they_are(session, content):
    path = session.home / "scenarios.json"
    path.write_bytes(content)
    for command, parameters in (("scenarios", {}), ("scenarios", {"drop": "a"}), ("whatif", {"scenario": ["a"]})):
        error = refused(session, command, **parameters)
        assert (error.code, error.where) == ("bad_scenarios", str(path))
        assert not error.message.isascii()
    assert path.read_bytes() == content


@pytest.mark.parametrize("content", [CHINESE_NOT_UTF8, b"- 1", b"a: [", b"a: 2025-13-45", b"a: \x01", DEEP])
def test_a_broken_mapping_is_named_given_or_kept(session, tmp_path, content):
    given, kept = tmp_path / "映射.yaml", session.home / "mappings" / "m.yaml"
    table = tmp_path / "别人的表.csv"
    table.write_text("单位,地区\n示例丁公司,示例县\n", "utf-8")
    given.write_bytes(content)
    error = refused(session, "load", paths=[str(table)], mapping=str(given))
    assert (error.code, error.where) == ("bad_mapping", str(given))
    kept.parent.mkdir()
    kept.write_bytes(content)
    with pytest.raises(BadMapping) as caught:
        list(kept_mappings(kept.parent, session.city.schema))
    assert caught.value.where == str(kept)


@pytest.mark.parametrize("day", DAYS)
def test_the_first_and_the_last_day_there_are_have_their_answer(session, tmp_path, day):
    early = day.startswith("0001")
    assert (ask(session, "gaps", as_of=day).document["segments"] == []) == early
    request = {"chain": "示例县/示例锯床产业链", "output": str(tmp_path / "a.docx"), "as_of": day}
    if early:
        assert refused(session, "report", **request).code == "unknown_name"
    else:
        assert ask(session, "report", **request).document["bytes"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_a_new_home_is_for_its_owner_alone(session):
    assert session.home.stat().st_mode & 0o777 == 0o700
