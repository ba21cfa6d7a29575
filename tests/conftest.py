"""Fixtures shared by all tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import BASICS, Table, write_book
from fastapi.testclient import TestClient

from api.home.session import Session, open_session
from api.home.settings import load_settings
from api.web.access import Access
from api.web.app import create_app
from graph.city.city import City, open_city
from ingest.load.pipeline import LoadOptions, load
from ingest.load.report import LoadReport

EXAMPLES = Path(__file__).parents[1] / "examples"
Loader = Callable[..., LoadReport]


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    """An empty city."""
    made = open_city(tmp_path / "home")
    yield made
    made.close()


@pytest.fixture
def load_sheets(city: City, tmp_path: Path) -> Loader:
    """Load sheets as one workbook: `load_sheets({"企业": rows}, name="a.xlsx", dry_run=False)`."""

    def run(sheets: dict[str, Table], name: str = "示例.xlsx", **options: Any) -> LoadReport:
        return load(city, [write_book(tmp_path / "in" / name, sheets)], LoadOptions(**options))

    return run


@pytest.fixture
def basic_city(city: City, load_sheets: Loader) -> City:
    """A city with one small surveyed chain."""
    load_sheets(dict(BASICS), name="基础.xlsx")
    return city


@pytest.fixture(scope="session")
def examples(tmp_path_factory) -> Iterator[Session]:
    """Both examples of the repository in one open home; read only."""
    with open_session(load_settings(str(tmp_path_factory.mktemp("examples") / "home"))) as session:
        load(session.city, [EXAMPLES / "lishui", EXAMPLES / "示例县"])
        yield session


@pytest.fixture(scope="session")
def pages(examples) -> TestClient:
    """The pages of both examples."""
    app = create_app(examples, Access("page", "command"))
    return TestClient(app, base_url="http://127.0.0.1", headers={"X-Lianpu-Token": "page"})
