"""Who changes something with the browser's cookie shows the word of our forms; programs show their token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest
from builders import BASICS, write_book
from fastapi import FastAPI
from fastapi.testclient import TestClient
from serving import ROOT

from api.home.session import Session, open_session
from api.home.settings import Settings
from api.web.access import Access
from api.web.app import create_app
from ingest.load.pipeline import load

ACCESS = Access("page", "command")
OURS = "http://127.0.0.1:8765"
CHANGES = ("/data/upload", "/data/commit/aaaaaaaaaaaaaaaa", "/data/map/aaaaaaaaaaaaaaaa", "/data/undo/1", "/data/review",
           "/file/measurements", "/file/progress", "/file/lead", "/papers", "/papers/template", "/papers/template/drop", "/recruiting/scenarios", "/recruiting/scenarios/drop", "/api/undo", "/api/decide", "/api/load")  # fmt: skip
WORDS = ({}, {"csrf": ""}, {"csrf": "page"}, {"csrf": "0" * 64}, {"csrf": "口令"})  # none of them the right one
HEADERS = ({}, {"Origin": OURS}, {"Origin": OURS, "X-Lianpu-CSRF": "0" * 64})
POST = re.compile(r'<form[^>]*method="post"[^>]*>\s*(.*)')


@pytest.fixture(scope="module")
def opened(tmp_path_factory) -> Iterator[tuple[Session, FastAPI]]:
    home = tmp_path_factory.mktemp("csrf") / "home"
    with open_session(Settings(home)) as session:
        yield session, create_app(session, ACCESS)


@pytest.fixture
def session(opened, tmp_path) -> Session:
    """A home with one batch to undo: the one before may be undone."""
    session, _ = opened
    if not visible(session):
        load(session.city, [write_book(tmp_path / "示例.xlsx", BASICS)])
    return session


@pytest.fixture
def undo(session) -> str:
    """Where that batch is undone."""
    return f"/data/undo/{batch_of(session)}"


@pytest.fixture
def client(opened, session) -> TestClient:
    """Nobody yet."""
    _, app = opened
    return TestClient(app, base_url=OURS, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def browser(client) -> TestClient:
    """A browser that was on our pages: it has the cookie and sends it, whoever makes it ask."""
    assert client.get("/?token=page").status_code == 200
    return client


def visible(session: Session) -> int:
    return len(session.city.store.counts()[0])


def batch_of(session: Session) -> str:
    return str(session.city.ledger.batches()[-1].id)


def word_of(page: str) -> str:
    return re.search(r'name="csrf" value="(\w+)"', page)[1]


def test_every_form_of_the_pages_that_posts_carries_the_word():
    forms = [
        (path.name, first)
        for path in (ROOT / "api" / "web" / "templates").glob("*.html")
        for first in POST.findall(path.read_text("utf-8"))
    ]
    assert len(forms) >= 8
    assert [name for name, first in forms if "hidden('csrf', csrf)" not in first] == []


def test_every_change_that_the_app_knows_is_tried_here(client):
    ways = {route.path for route in client.app.routes if "POST" in (getattr(route, "methods", None) or ())}
    nested = {r.path for route in client.app.routes for r in getattr(route, "routes", ()) if "POST" in r.methods}
    asked = {re.sub(r"/(a{16}|1)$", "/{}", path) for path in CHANGES} | {"/api/command"}
    assert {re.sub(r"\{\w+\}", "{}", path) for path in ways | nested} <= asked


def test_a_change_without_the_word_or_with_a_wrong_one_is_refused_in_words_and_changes_nothing(browser, session, undo):
    before = visible(session)
    for path, words, headers in product((*CHANGES, undo), WORDS, HEADERS):
        answer = browser.post(path, data={"batch": batch_of(session), **words}, headers=headers)
        if answer.status_code != 422:  # FastAPI reads a body that it cannot use before it asks who sends it
            assert (answer.status_code, "校验码" in answer.text) == (403, True), (path, words, headers)
    assert visible(session) == before


def test_a_page_of_another_local_port_cannot_undo_with_the_cookie_even_if_it_knew_the_word(browser, session, undo):
    for origin in ("http://127.0.0.1:8766", "http://localhost:8765", "null"):
        answer = browser.post(undo, data={"csrf": ACCESS.csrf}, headers={"Origin": origin})
        assert answer.status_code == 403
    assert browser.post(undo, data={}).status_code == 403  # a browser that names no origin
    assert visible(session) > 0


def test_the_form_of_our_page_undoes(browser, session, undo):
    word = word_of(browser.get("/data").text)
    assert browser.post(undo, data={"csrf": word}, headers={"Origin": OURS}).status_code == 303
    assert visible(session) == 0


def test_a_script_of_our_page_shows_the_word_in_a_header(browser, session):
    word = word_of(browser.get("/data").text)
    answer = browser.post("/api/undo", data={"batch": batch_of(session)}, headers={"X-Lianpu-CSRF": word})
    assert answer.status_code == 200
    assert visible(session) == 0


@pytest.mark.parametrize(
    "token", [{"X-Lianpu-Token": "page"}, {"Authorization": "Bearer page"}, {"Authorization": "Bearer command"}]
)
def test_a_program_with_a_token_in_a_header_needs_no_word(client, session, token):
    assert client.post("/api/undo", data={"batch": batch_of(session)}, headers=token).status_code == 200
    assert visible(session) == 0


def test_a_token_in_the_address_is_no_program(client, session, undo):
    assert client.post(f"{undo}?token=page").status_code == 403
    assert visible(session) > 0


def test_the_word_of_one_start_says_nothing_about_its_token_and_is_no_token(client, undo):
    assert "page" not in ACCESS.csrf
    assert client.post(undo, data={"csrf": ACCESS.csrf}).status_code == 401
    assert client.get("/data", headers={"X-Lianpu-Token": ACCESS.csrf}).status_code == 401
