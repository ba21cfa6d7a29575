"""What can go wrong with a server, on real sockets and a real server: told in words, without the password."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from urllib.parse import quote

import pytest
from both import SPARE, SPARE_PASSWORD
from builders import BASICS, write_book
from serving import lianpu, served
from test_builds import firms

from graph.errors import BadGraphUrl, GraphFault, LianpuError
from graph.schema.parse import load_schema
from graph.store.changes import Changes
from graph.store.neo4j import store as neo4j_
from graph.store.opening import open_store
from graph.store.protocol import GraphState
from tools.neo4j_server import Server, free_port

SCHEMA = load_schema()
PASSWORD = SPARE_PASSWORD
SECRETS = {PASSWORD, PASSWORD.strip(), quote(PASSWORD, safe=""), quote(PASSWORD), "p@ss", "w0rd", "geheim"}


@pytest.fixture
def with_settings(spare):
    """The spare server, started with these settings."""

    def start(**settings: str) -> Server:
        if spare.settings != settings or not spare.process:
            spare.stop()
            spare.configure(**settings)
            spare.start()
        return spare

    return start


@pytest.fixture
def own(with_settings):
    """The server, set up as usual."""
    return with_settings(**SPARE)


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    assert lianpu(folder, "load", str(write_book(tmp_path / "示例.xlsx", dict(BASICS))))[0] == 0
    return folder


@contextmanager
def something_else(answer: bytes) -> Iterator[str]:
    """Something at a port that is no Neo4j server: it answers the same to everybody and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer_all() -> None:
            while True:
                try:
                    caller, _ = listener.accept()
                except OSError:
                    return
                with caller:
                    caller.recv(100)
                    caller.sendall(answer)

        Thread(target=answer_all, daemon=True).start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"


def told(url: str) -> LianpuError:
    with pytest.raises(LianpuError) as caught:
        open_store(url, SCHEMA)
    return caught.value


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
def test_nobody_there_is_said_with_the_address(scheme):
    fault = told(f"{scheme}://neo4j:geheim@127.0.0.1:{free_port()}/neo4j")
    assert fault.code == "graph_unreachable"
    assert f"{scheme}://neo4j@127.0.0.1:" in fault.message
    assert told(f"{scheme}://neo4j:geheim@no-such-host.invalid").code == "graph_unreachable"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (bytes(4), "graph_version"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "graph_unreachable"),
        (b"", "graph_unreachable"),
    ],
    ids=["a server with which we have no version in common", "a web server", "something that hangs up"],
)
def test_what_is_no_server_of_ours_is_said_so(answer, code):
    with something_else(answer) as at:
        assert told(f"bolt://neo4j:geheim@{at}/neo4j").code == code


@pytest.mark.parametrize("url", [
    "neo4j://neo4j:geheim@/neo4j", "neo4j://neo4j:geheim@host:x/neo4j", "neo4j://neo4j:gehe/im@host/neo4j",
    "neo4j://neo4j:1/geheim@host", "neo4j://neo4j:geheim#1@host/neo4j", "neo4j://neo4j:geheim?@host", "neo4j+x://u:geheim@h",
    "mysql://neo4j:geheim@host/db", "neo4j:geheim@host", "neo4j://u:geheim@a..b/neo4j", "neo4j://u:geheim@[::1/neo4j",
    "neo4j://neo4j:x@geheim/1@host:7687", "neo4j://neo4j:geheim@host/system", "neo4j://u:geheim@host/a/b",
])  # fmt: skip
def test_an_address_that_cannot_be_read_is_refused_without_showing_any_of_it(url):
    fault = told(url)
    assert isinstance(fault, BadGraphUrl)
    said = f"{fault} {fault.document()} {fault.__cause__}"
    assert not any(part in said for part in ("geheim", "gehe", "im@"))


def test_a_wrong_password_a_missing_database_and_missing_encryption_are_told_apart(own):
    right = quote(PASSWORD, safe="")
    assert told(own.url.replace(right, "geheim")).code == "graph_login"
    assert told(own.url.replace(f"neo4j:{right}@", "")).code == "graph_login"
    missing = told(own.url.removesuffix("neo4j") + "geschichte")
    assert (missing.code, "geschichte" in missing.message) == ("graph_missing", True)
    assert told(own.url.replace("neo4j://", "neo4j+ssc://")).code == "graph_unreachable"
    assert told(own.url.replace("neo4j://", "bolt+s://")).code == "graph_unreachable"


def test_the_password_stands_in_no_output_no_file_and_no_error(own, home, monkeypatch):
    said = [lianpu(home, "rebuild", "--graph", own.url)]
    said += [lianpu(home, "rebuild", "--graph", own.url.removesuffix("neo4j") + "fehlt", json_out=False)]
    said += [lianpu(home, "rebuild", "--graph", own.url + "#1")]
    spelt = ("rebuild", own.url), ("rebuild", f"--grpah={own.url}"), ("show", "企业", own.url), ("load", own.url)
    said += [lianpu(home, *words, json_out=False) for words in spelt]
    said += [lianpu(home, "rebuild", "--graph", f"neo4j://neo4j:{PASSWORD}@127.0.0.1:1/neo4j")]
    monkeypatch.setenv("LIANPU_GRAPH_URL", own.url)
    said += [lianpu(home, "status", json_out=False)]
    with served(home) as site:
        said += [lianpu(home, "status"), lianpu(home, "rebuild", "--graph", own.url + "x"), (0, site.run, "")]
    monkeypatch.setenv("LIANPU_GRAPH_URL", own.url.replace("127.0.0.1", "127.0.0.1.x"))
    said += [lianpu(home, "status")]
    files = {p: p.read_bytes().decode("utf-8", "replace") for p in home.rglob("*") if p.is_file()}
    for text in (*map(str, said), *files.values()):
        assert not [secret for secret in SECRETS if secret in text], text[:2000]
    assert "'url': 'neo4j://neo4j@127.0.0.1:" in str(said)
    store = open_store(own.url.removesuffix("neo4j"), SCHEMA)
    assert not any(secret in f"{store.url} {vars(store)}" for secret in SECRETS)
    store.close()
    with pytest.raises(LianpuError) as caught:
        open_store(own.url.removesuffix("neo4j") + "fehlt", SCHEMA)
    assert not any(secret in repr(list(_chain(caught.value))) for secret in SECRETS)


def _chain(error: BaseException | None) -> Iterator[object]:
    while error is not None:
        yield error, error.args
        error = error.__cause__ or error.__context__


def test_a_transaction_that_takes_too_long_is_ended_by_the_server(own, monkeypatch):
    store = open_store(own.url, SCHEMA)
    monkeypatch.setattr(neo4j_, "TIMEOUT", 0.001)
    with pytest.raises(GraphFault) as caught:
        store.build(firms(5_000), GraphState("a", "b"), [])
    assert caught.value.code == "graph_timeout"
    store.close()


def test_a_read_only_database_answers_and_refuses_writes(own, with_settings):
    before = open_store(own.url, SCHEMA)
    before.build(firms(3), GraphState("a", "b"), [])
    before.close()
    store = open_store(with_settings(server__databases__read_only="neo4j").url, SCHEMA)
    assert store.state() == GraphState("a", "b")
    assert store.counts()[0] == {"企业": 3}
    for write in (
        lambda: store.build(firms(2), GraphState("c", "b"), []),
        lambda: store.apply(Changes(), GraphState("c", "b"), []),
    ):
        with pytest.raises(GraphFault) as caught:
            write()
        assert caught.value.code == "graph_read_only"
    store.close()


def test_too_little_memory_is_said_with_the_settings_to_raise(with_settings, monkeypatch):
    monkeypatch.setattr(neo4j_, "RETRY", 1.0)  # what lacks memory is tried again, too
    store = open_store(with_settings(db__memory__transaction__max="10m").url, SCHEMA)
    big = firms(200)
    for node in big.nodes["企业"].values():
        node.values["location"] = "示" * 40_000
    with pytest.raises(GraphFault) as caught:
        store.build(big, GraphState("a", "b"), [])
    assert caught.value.code == "graph_memory"
    assert "db.memory.transaction.max" in caught.value.hint
    store.close()
