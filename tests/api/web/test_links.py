"""Every link of every page of both examples leads to the thing that it names, by its id."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit
from zlib import crc32

import pytest

from graph.files import row_place
from graph.naming.chain import chain_title
from graph.projection.identity import is_id
from graph.queries.rows import node_name
from graph.schema.kinds import Kind
from graph.store.rows import Row
from graph.text import norm, split

LINK = re.compile(r'<(?:a|iframe)\s[^>]*?(?:href|src)="([^"]*)"[^>]*>(.*?)</(?:a|iframe)>', re.DOTALL)
BACK = {"返回", "放弃"}  # to where a form was opened
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Link:
    """A link, and on which page it stands."""

    address: str
    text: str
    page: str

    @property
    def path(self) -> str:
        return urlsplit(self.address).path

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.address).query)


def words(markup: str) -> str:
    return " ".join(html.unescape(TAG.sub(" ", markup)).split())


def links(page: str, text: str) -> Iterator[Link]:
    for address, label in LINK.findall(text):
        if (target := html.unescape(address).partition("#")[0]) and target.startswith("/"):
            yield Link(target, words(label), page)


@dataclass(frozen=True)
class Site:
    """The pages opened, and every link on them."""

    opened: dict[str, str]
    links: list[Link]

    def title(self, address: str) -> str:
        return words(re.search(r"<h1>(.*?)</h1>", self.opened[address], re.DOTALL)[1])


def sampled(link: Link) -> bool:
    """Pages of nodes, rows and targets are hundreds and alike: one in ten is opened, of targets one in forty, and
    whatever has a / in its name.
    """
    return "/" in link.text or crc32(link.address.encode()) % (40 if "open=" in link.address else 10) == 0


@pytest.fixture(scope="module")
def site(pages) -> Site:
    """Every page that can be reached by clicking; of nodes and rows a sample. Files are fetched elsewhere."""
    opened, every, todo = {}, [], ["/"]
    while todo:
        if (address := todo.pop()) in opened:
            continue
        answer = pages.get(address, follow_redirects=False)
        assert answer.status_code == 200, (address, next((k for k in every if k.address == address), None))
        opened[address] = answer.text
        if "add=" in address:  # one what-if leads to the next without end
            continue
        fresh = list(links(address, answer.text))
        every += fresh
        left = [
            k
            for k in fresh
            if not k.path.startswith("/files/") and not ("status=" in k.address or "light=" in k.address)
        ]
        todo += [
            k.address
            for k in left
            if not (
                k.path.startswith(("/show", "/row/", "/brief", "/file/lead", "/edit", "/graph")) or "open=" in k.address
            )
            or sampled(k)
        ]
    return Site(opened, every)


def test_every_page_is_reached_and_answers_without_a_detour(site):
    paths = {urlsplit(a).path for a in site.opened}
    assert {"/progress", "/county", "/zero", "/ladder"} <= paths
    assert {"/", "/chain", "/gaps", "/recruiting", "/mindmap", "/show", "/data", "/data/review"} <= paths
    assert sum("/" in k.text and k.path == "/show" for k in site.links) > 10
    assert sum(k.path.startswith("/row/") for k in site.links) > 1000


def test_a_landing_that_a_page_offers_is_understood(site):
    supposed = {a: text for a, text in site.opened.items() if "add=" in a}
    assert len(supposed) > 10
    assert [a for a, text in supposed.items() if 'role="alert"' in text] == []


def test_every_link_to_a_thing_goes_by_its_id(site):
    for k in site.links:
        assert k.path != "/show" or is_id(k.query["id"][0]), k
        assert all(is_id(chain) for chain in k.query.get("chain", ())), k


def test_every_link_leads_to_the_thing_that_it_names(site, examples):
    with examples.reading() as state:
        chains = {c.id: c for c in state.chains()}
        records = state.records({int(k.path.removeprefix("/row/")) for k in site.links if k.path.startswith("/row/")})
        nodes = {}
        for kind in {k.query["kind"][0] for k in site.links if k.path == "/show"}:
            wanted = {k.query["id"][0] for k in site.links if k.path == "/show" and k.query["kind"] == [kind]}
            sort = state.city.schema.kinds[kind]
            nodes |= {r["id"]: {norm(n) for n in names_of(sort, r)} for r in state.reader.nodes(kind, wanted)}
    for k in site.links:
        if k.path == "/show" and k.text not in BACK:
            assert norm(k.text) in nodes[k.query["id"][0]], k
        elif k.path.startswith("/row/") and "第" in k.text:
            assert row_place(records[int(k.path.removeprefix("/row/"))].source().document()) in k.text, k
        elif k.path == "/chain" and k.query and k.text != "链图":
            assert chains[k.query["chain"][0]].name == k.text, k


def names_of(kind: Kind, row: Row) -> Iterator[str]:
    yield node_name(kind, row)
    yield from split(str(row.get("aliases") or ""))


def test_a_page_says_the_name_by_which_it_was_linked(site, examples):
    with examples.reading() as state:
        titles = {c.id: chain_title(c.county, c.name) for c in state.chains()}
    for k in site.links:
        if k.path == "/chain" and k.query and k.address in site.opened:
            assert site.title(k.address) == titles[k.query["chain"][0]], k
        elif k.path == "/show" and k.text not in BACK and k.address in site.opened:
            assert norm(k.text) in norm(words(site.opened[k.address])), k


def test_what_people_write_is_answered_at_the_address_by_id(pages, examples):
    with examples.reading() as state:
        held = next(s for s in state.graded() if "/" in s.segment)
        chain = next(c for c in state.chains() if c.name == held.chain)
    named = f"{held.county}/{held.chain}/{held.segment}"
    answer = pages.get("/show", params={"kind": "环节", "name": named}, follow_redirects=False)
    assert (answer.status_code, parse_qs(urlsplit(answer.headers["location"]).query)) == (
        307, {"kind": ["环节"], "id": [held.segment_id]},
    )  # fmt: skip
    for path in ("/chain", "/gaps", "/recruiting", "/mindmap"):
        for asked in ({"chain": f"{chain.county}/{chain.name}"}, {"chain": chain.name, "county": chain.county}):
            answer = pages.get(path, params=asked, follow_redirects=False)
            assert answer.headers["location"] == f"{path}?chain={chain.id}"


def test_a_name_that_several_bear_asks_which(pages):
    answer = pages.get("/show", params={"kind": "环节", "name": "阀门铸锻件"}, follow_redirects=False)
    assert answer.status_code == 409
    assert "莲都区/莲都阀门产业链/阀门铸锻件" in answer.text
