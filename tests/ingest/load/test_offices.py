"""What LibreOffice made of our workbooks and documents (bench/offices.py) loads to the content hash of ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.offices import hash_of, originals
from graph.city.city import City, open_city

RECORDED = sorted((Path(__file__).parents[1] / "recorded").iterdir())


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> Iterator[City]:
    """An empty city, in which every file is tried without writing."""
    made = open_city(tmp_path_factory.mktemp("city"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def ours(city, tmp_path_factory) -> dict[str, str]:
    """The hashes of the files that LibreOffice was given, by name."""
    return {path.name: hash_of(city, path)[0] for path in originals(tmp_path_factory.mktemp("ours"))}


def test_a_file_that_libreoffice_saved_loads_as_ours_does(city, ours):
    mine = {p.name: next(name for name in ours if name.startswith(f"{p.stem}.")) for p in RECORDED}
    hashes = {p.name: hash_of(city, p)[0] for p in RECORDED}
    assert hashes == {recorded: ours[name] for recorded, name in mine.items()}


def test_every_form_of_file_that_libreoffice_saves_was_recorded():
    assert {p.suffix for p in RECORDED} == {".xlsx", ".xls", ".ods", ".docx", ".pdf"}


def test_a_form_is_the_same_whether_it_is_a_workbook_or_a_document(ours):
    assert ours["登记表.xlsx"] == ours["登记表.docx"] != "nothing"
    assert ours["模板.xlsx"] == ours["资料.docx"]
