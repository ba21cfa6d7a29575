"""Fixtures shared by all tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import BASICS, Table, write_book
from fastapi.testclient import TestClient
from filelock import FileLock

from api.home.session import Session, open_session
from api.home.settings import load_settings
from api.web.access import Access
from api.web.app import create_app
from graph.city.city import City, open_city
from ingest.load.pipeline import LoadOptions, load
from ingest.load.report import LoadReport

EXAMPLES = Path(__file__).parents[1] / "examples"
Copier = Callable[[Path], Path]
Loader = Callable[..., LoadReport]


@pytest.fixture(scope="session")
def homes(tmp_path_factory) -> dict[str, Path]:
    """An empty home, and one with a small surveyed chain, both closed: tests work in copies."""
    root = tmp_path_factory.mktemp("homes")
    for name, sheets in (("empty", None), ("basic", BASICS)):
        made = open_city(root / name)
        if sheets:
            load(made, [write_book(root / "in" / "基础.xlsx", sheets)])
        made.close()
    return {name: root / name for name in ("empty", "basic")}


@pytest.fixture
def city(tmp_path: Path, homes: dict[str, Path], request: pytest.FixtureRequest) -> Iterator[City]:
    """An empty city; with `basic_city` that one."""
    name = "basic" if "basic_city" in request.fixturenames else "empty"
    made = open_city(shutil.copytree(homes[name], tmp_path / "home"))
    yield made
    made.close()


@pytest.fixture
def load_sheets(city: City, tmp_path: Path) -> Loader:
    """Load sheets as one workbook: `load_sheets({"企业": rows}, name="a.xlsx", dry_run=False)`."""

    def run(sheets: dict[str, Table], name: str = "示例.xlsx", **options: Any) -> LoadReport:
        return load(city, [write_book(tmp_path / "in" / name, sheets)], LoadOptions(**options))

    return run


@pytest.fixture
def basic_city(city: City) -> City:
    """A city with one small surveyed chain."""
    return city


@pytest.fixture(scope="session")
def copy_examples(tmp_path_factory) -> Copier:
    """Copies a closed home that holds both examples of the repository; whichever worker asks first loads it."""
    base = tmp_path_factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    home, whole = root / "examples-home", root / "examples-loaded"
    with FileLock(root / "examples.lock"):
        if not whole.exists():
            city = open_city(home)
            report = load(city, [EXAMPLES / "lishui", EXAMPLES / "示例县"])
            assert [f for f in report.findings if f.level == "error"] == []  # every row of theirs is good
            city.close()
            whole.touch()
    return lambda folder: Path(shutil.copytree(home, folder))


@pytest.fixture(scope="session")
def examples(copy_examples, tmp_path_factory) -> Iterator[Session]:
    """Both examples of the repository in one open home; read only."""
    with open_session(load_settings(str(copy_examples(tmp_path_factory.mktemp("examples") / "home")))) as session:
        yield session


@pytest.fixture(scope="session")
def pages(examples) -> TestClient:
    """The pages of both examples."""
    app = create_app(examples, Access("page", "command"))
    return TestClient(app, base_url="http://127.0.0.1", headers={"X-Lianpu-Token": "page"})
