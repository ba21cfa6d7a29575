"""A folder of hostile files: each is refused in words or loaded whole, and none costs the others anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile import KINDS, Hostile

from graph.city.city import open_city
from ingest.load.pipeline import LoadOptions, load
from ingest.load.report import LoadReport


def write(kind: Hostile, folder: Path) -> None:
    folder.mkdir(parents=True)
    path = folder / kind.file
    if isinstance(kind.content, bytes):
        path.write_bytes(kind.content)
    else:
        kind.content(path)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> LoadReport:
    """All of them in one load, a folder each."""
    root = tmp_path_factory.mktemp("hostile")
    for number, kind in enumerate(KINDS):
        write(kind, root / "in" / f"{number:03d}")
    city = open_city(root / "home")
    try:
        return load(city, [root / "in"], LoadOptions(dry_run=True))
    finally:
        city.close()


@pytest.mark.parametrize("number", range(len(KINDS)), ids=[k.name for k in KINDS])
def test_a_hostile_file_is_refused_in_words_or_loaded_whole(report, number):
    kind = KINDS[number]
    findings = [f for f in report.findings if f.file.startswith(f"{number:03d}/")]
    faults = [f for f in findings if f.level == "error" or f.message.startswith(("不是普通文件", "工作表", "没有找到"))]
    accepted = sum(r.file.startswith(f"{number:03d}/") for r in report.outcome.fresh.values())
    assert accepted == kind.rows
    assert all(f.message and f.hint for f in findings)
    if kind.refused:
        assert faults
        assert any(kind.refused in f"{f.file} {f.where} {f.message}{f.hint}" for f in faults)
    else:
        assert [f for f in findings if f.level == "error"] == []


def test_there_are_more_than_sixty_kinds():
    assert len({k.name for k in KINDS}) == len(KINDS) >= 60
