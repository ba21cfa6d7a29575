"""Both engines for the contract tests: the embedded one, and a real Neo4j server started for the session."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from both import COMPARED, SPARE, SPARE_PASSWORD, emptied

from graph.schema.parse import load_schema
from graph.store.opening import open_store
from graph.store.protocol import GraphStore
from tools.neo4j_server import Server, ServerMissing

GIVEN = os.environ.get("LIANPU_TEST_NEO4J_URL")  # a server that is there already, which tests do not stop
IN_CI = bool(os.environ.get("CI") or os.environ.get("LIANPU_CI"))


def left_out(what: object) -> None:
    """In CI a missing server is a failure; on a user's machine it is said and skipped."""
    said = f"没有运行 Neo4j 的契约测试：{what}。默认的内嵌图库不受影响；要运行，请安装 Java 17 和 Maven，或设 LIANPU_TEST_NEO4J_URL"
    if IN_CI and not GIVEN:
        pytest.fail(said)
    pytest.skip(said)


@pytest.fixture(scope="session")
def new_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Makes servers that a test may stop and kill; whatever still runs at the end is stopped."""
    made: list[Server] = []

    def make(start: bool = True, **settings: str) -> Server:
        try:
            server = Server(tmp_path_factory.mktemp("neo4j"), heap="512m", short=True, **settings)
            made.append(server)
            return server.start() if start else server
        except ServerMissing as missing:
            left_out(missing)
            raise

    yield make
    for server in made:
        server.kill()


@pytest.fixture(scope="session")
def neo4j_url(new_server: Callable[..., Server]) -> str:
    """The URL of the server that most tests share."""
    return GIVEN or new_server().url


@pytest.fixture(scope="session")
def spare(new_server: Callable[..., Server]) -> Server:
    """A second server, not started yet, which tests stop, kill and set up anew; each finds it as the last left it."""
    return new_server(start=False, password=SPARE_PASSWORD, **SPARE)


@pytest.fixture(params=["ladybug", "neo4j"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty graph is, in either engine."""
    if request.param == "ladybug":
        return f"ladybug:///{tmp_path / 'g'}"
    return emptied(request.getfixturevalue("neo4j_url"))


@pytest.fixture
def store(url: str) -> Iterator[GraphStore]:
    """An empty store of either engine."""
    made = open_store(url, load_schema())
    yield made
    made.close()


@pytest.fixture
def pair(tmp_path: Path, neo4j_url: str) -> Iterator[tuple[GraphStore, GraphStore]]:
    """An empty store of each engine."""
    stores = [open_store(u, load_schema()) for u in (f"ladybug:///{tmp_path / 'pair'}", emptied(neo4j_url))]
    yield stores[0], stores[1]
    for made in stores:
        made.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How much was compared between the engines."""
    if COMPARED["results"]:
        terminalreporter.write_line(
            f"两个引擎：比较了 {COMPARED['results']} 个查询结果，共 {COMPARED['rows']} 行，值全部相等"
        )
