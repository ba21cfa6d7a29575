"""The server: this machine only, this start's token only, the same documents as the command line."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from builders import BASICS, write_book
from serving import lianpu, served

from api.web.server import _listen
from graph.city.city import open_city
from ingest.load.pipeline import load

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    home = tmp_path_factory.mktemp("site") / "home"
    city = open_city(home)
    load(city, [EXAMPLES / "示例县"])
    city.close()
    with served(home) as found:
        yield found


@pytest.fixture
def client(site):
    with httpx.Client(
        base_url=site.base, headers={"X-Lianpu-Token": site.run["token"]}, trust_env=False, timeout=60
    ) as made:
        yield made


def test_without_the_token_nothing_is_told(site):
    for path in (
        "/",
        "/gaps",
        "/chain",
        "/api/gaps",
        "/api/status",
        "/files/export.xlsx",
        "/files/mindmap-frame?chain=x",
    ):
        assert httpx.get(site.base + path, trust_env=False).status_code == 401
    assert httpx.get(site.base + "/?token=wrong", trust_env=False).status_code == 401


def test_the_token_in_the_url_becomes_a_cookie(site):
    with httpx.Client(base_url=site.base, trust_env=False, timeout=60) as client:
        assert client.get(site.url).status_code == 200
        assert client.get("/gaps").status_code == 200


def test_only_the_owner_can_read_the_run_file(site):
    if os.name == "posix":
        assert stat.S_IMODE((site.home / "run.json").stat().st_mode) == 0o600
    assert {"address", "token", "command_token", "pid"} <= set(site.run)


def test_the_page_token_cannot_send_commands(client):
    body = {"command": "export", "parameters": {"path": "/tmp/never.xlsx"}}
    assert client.post("/api/command", json=body).status_code == 401
    assert not Path("/tmp/never.xlsx").exists()


def test_another_host_name_and_another_origin_are_refused(client):
    assert client.get("/api/gaps", headers={"Host": "evil.example"}).json()["error"]["code"] == "forbidden"
    assert client.get("/api/gaps", headers={"Origin": "http://evil.example"}).json()["error"]["code"] == "forbidden"


def test_a_page_of_another_local_port_or_scheme_can_change_nothing_with_the_cookie_of_this_one(site):
    port = int(site.base.rsplit(":", 1)[1])
    with httpx.Client(base_url=site.base, trust_env=False, timeout=60) as client:
        client.get(site.url)
        others = (
            f"http://127.0.0.1:{port + 1}",
            "http://127.0.0.1",
            f"https://127.0.0.1:{port}",
            f"http://localhost:{port}",
        )
        for origin in (*others, f"http://127.0.0.1:{port}.evil.example", "null", ""):
            for path in ("/data/undo/99", "/recruiting/scenarios", "/api/load"):
                assert client.post(path, headers={"Origin": origin}).status_code == 403, (origin, path)
        for ours in (site.base, f"http://localhost:{port}"):
            signed = {"Origin": ours, "Host": ours.removeprefix("http://"), "X-Lianpu-Token": site.run["token"]}
            assert client.post("/data/undo/99", headers=signed).status_code == 404


def test_another_host_name_learns_neither_the_api_nor_that_somebody_is_there(site):
    for path in ("/api/openapi.json", "/healthz"):
        assert httpx.get(site.base + path, trust_env=False).status_code == 200
        assert httpx.get(site.base + path, headers={"Host": "evil.example"}, trust_env=False).status_code == 403


def test_http_gives_the_same_document_as_the_command_line(client, site):
    for path, arguments in (
        ("/api/gaps?chain=示例锯床产业链", ["gaps", "--chain", "示例锯床产业链"]),
        ("/api/show?kind=企业&name=示例甲锯床有限公司", ["show", "企业", "示例甲锯床有限公司"]),
        ("/api/search?text=锯床", ["search", "锯床"]),
        ("/api/batches", ["batches"]),
    ):
        code, document, _ = lianpu(site.home, *arguments)
        assert code == 0
        assert client.get(path).json() == document


def test_commands_work_while_the_home_is_served(client, site, tmp_path):
    code, d, _ = lianpu(site.home, "load", str(write_book(tmp_path / "新.xlsx", {"县市区": [["名称"], ["示例新县"]]})))
    assert (code, d["nodes"]["县市区"]["added"]) == (0, 1)
    assert client.get("/api/search?text=示例新县").json()["hits"]
    code, d, _ = lianpu(site.home, "undo", str(d["batch"]))
    assert code == 0
    assert client.get("/api/search?text=示例新县").json()["hits"] == []
    code, d, _ = lianpu(site.home, "report", "示例锯床产业链", "-o", str(tmp_path / "r.docx"))
    assert (tmp_path / "r.docx").stat().st_size == d["bytes"]


def test_errors_are_json_for_programs_and_a_page_for_people(client):
    answer = client.get("/api/show?kind=企业&name=没有")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "unknown_name")
    page = client.get("/chain?chain=没有这条链")
    assert page.status_code == 404
    assert "没有名为" in page.text
    assert client.get("/nothing").status_code == 404
    assert client.get("/api/gaps?scope=省").status_code == 422
    assert client.get("/api/gaps?as_of=昨天").json()["error"]["code"] == "bad_date"


def test_every_page_forbids_inline_code_and_other_hosts(client):
    for path in ("/", "/chain", "/gaps", "/mindmap", "/data", "/search?text=锯"):
        answer = client.get(path)
        assert answer.status_code == 200
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe-inline" not in policy
        assert "http://" not in answer.text.replace(str(client.base_url), "")
        assert "https://" not in answer.text
        assert "<script>" not in answer.text
        assert " style=" not in answer.text


@pytest.mark.parametrize(
    ("path", "magic"),
    [
        ("report.docx", b"PK"), ("needs.xlsx", b"PK"), ("needs.docx", b"PK"), ("needs.pdf", b"%PDF"), ("gaps.xlsx", b"PK"), ("template.xlsx", b"PK"),
        ("mindmap.html", b"<!doctype"), ("mindmap.svg", b"<svg"), ("mindmap.png", b"PK"), ("mindmap.pdf", b"%PDF-"), ("mindmap.xmind", b"PK"), ("mindmap.mm", b"<map"),
        ("mindmap.opml", b"<?xml"), ("mindmap.md", b"# "), ("mindmap.zip", b"PK"), ("chainmap.svg", b"<svg"),
        ("chainmap.png", b"\x89PNG"), ("export.xlsx", b"PK"), ("mindmap.HTML", b"<!doctype"), ("mindmap.Svg", b"<svg"),
    ],
)  # fmt: skip
def test_every_download_is_a_file_of_its_kind(client, path, magic):
    answer = client.get(f"/files/{path}?chain=示例锯床产业链&county=示例县")
    assert answer.status_code == 200
    assert answer.content.startswith(magic)
    assert "attachment" in answer.headers["content-disposition"]


@pytest.mark.parametrize("suffix", ["docx", "htm", "html.exe", "h" * 300, "%00", "html%20", ".", "图"])
def test_a_download_of_a_suffix_that_is_none_says_which_there_are(client, suffix):
    answer = client.get(f"/files/mindmap.{suffix}?chain=示例锯床产业链&county=示例县")
    assert answer.status_code == 422
    assert ".html .xmind .mm" in answer.text


@pytest.mark.parametrize(("command", "suffix"), [("mindmap", "HTML"), ("report", "DOCX")])
def test_a_file_may_be_written_under_a_suffix_in_capitals(site, tmp_path, command, suffix):
    path = tmp_path / f"a.{suffix}"
    code, _, _ = lianpu(site.home, command, "示例锯床产业链", "-o", str(path))
    assert code == 0
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    code, answer, _ = lianpu(site.home, command, "示例锯床产业链", "-o", str(tmp_path / "a.TXT"))
    assert (code, answer["error"]["code"]) == (2, "unknown_format")


def test_an_empty_home_shows_the_next_step_on_every_page(tmp_path):
    with served(tmp_path / "home") as empty, httpx.Client(base_url=empty.base, trust_env=False, timeout=60) as client:
        client.get(empty.url)
        for path in ("/", "/chain", "/gaps", "/mindmap", "/data"):
            page = client.get(path)
            assert page.status_code == 200
            assert "template.xlsx" in page.text


def test_two_servers_never_hold_one_home(site):
    code, d, _ = lianpu(site.home, "serve")
    assert (code, d["error"]["code"]) == (2, "home_busy")


def test_basics_load_through_the_python_door(tmp_path):
    import graph

    city = graph.open_city(tmp_path / "home")
    load(city.city, [write_book(tmp_path / "a.xlsx", dict(BASICS))])
    assert {s["segment"] for s in city.gaps()["segments"]} == {"锯条", "带锯床"}
    assert len(city.frame("企业")) == 2
    assert city.to_networkx("示例锯床产业链").number_of_edges() > 0
    network = city.supply_network("示例锯床产业链")
    assert {values["status"] for _, values in network.nodes.items()} <= {
        "稳链",
        "强链",
        "弱链",
        "缺链",
        "断链",
        "卡脖子",
        "空白",
        "未知",
        "不适用",
    }
    assert sorted(city.standings("示例锯床产业链")["环节"]) == sorted(v["name"] for v in network.nodes.values())
    assert city.whatif("示例锯床产业链", remove=["示例甲锯业有限公司"])["stopped"]
    assert city.cuts("示例锯床产业链")["cuts"]
    assert city.candidates("示例锯床产业链", top=1)["gaps"]
    city.close()


CHAIN = "示例县/示例锯床产业链"


def test_advice_is_the_same_over_http_and_wrong_words_are_said_as_such(client):
    found = client.get("/api/candidates", params={"chain": CHAIN, "top": 1}).json()
    assert {"gaps", "candidates", "to_survey"} <= set(found)
    assert client.get("/api/cuts", params={"chain": CHAIN}).json()["cuts"]
    landing = {"chain": CHAIN, "add": "示例外地带钢有限公司@示例锯带钢:1.2亿"}
    assert len(client.get("/api/whatif", params=landing).json()["restored"]) == 2
    for wrong, status in (("某新厂", 422), ("某新厂@没有", 404), ("某新厂@示例锯带钢:很多", 422)):
        answer = client.get("/api/whatif", params={"chain": CHAIN, "add": wrong})
        assert (answer.status_code, set(answer.json()["error"])) == (status, {"code", "message", "hint"})


def test_a_bookmark_of_the_recruiting_page_at_its_old_address_goes_on_working(client):
    answer = client.get("/targets", params={"chain": CHAIN})
    assert (answer.status_code, answer.headers["location"]) == (308, f"/recruiting?chain={quote(CHAIN, safe='')}")
    assert client.get("/targets").headers["location"] == "/recruiting"


def test_scenarios_are_kept_only_for_forms_of_this_site(site, client):
    form = {"chain": CHAIN, "add": "某新厂@示例锯带钢", "name": "引带钢"}
    path = site.base + "/recruiting/scenarios"
    assert httpx.post(path, data=form, trust_env=False).status_code == 401
    assert client.post(path, data=form, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert client.post(path, data=form).status_code == 303
    assert "引带钢" in client.get("/recruiting", params={"chain": CHAIN}, follow_redirects=True).text
    assert client.post(path, data={**form, "name": " "}).status_code == 422
    assert client.post(path, data={**form, "add": ["某新厂@示例锯带钢"] * 9000}).status_code == 413
    assert client.post(path + "/drop", data={"chain": CHAIN, "name": "引带钢"}).status_code == 303
    assert client.post(path + "/drop", data={"chain": CHAIN, "name": "引带钢"}).status_code == 404


def test_the_list_of_candidates_downloads_with_the_filters_of_the_page(client):
    answer = client.get("/files/candidates.xlsx", params={"chain": CHAIN, "top": 1, "province": "示例省"})
    assert answer.content[:2] == b"PK"
    assert "attachment" in answer.headers["content-disposition"]


def test_what_a_server_sends_goes_out_at_once():
    """asyncio turns Nagle off only for sockets that are called TCP."""
    with _listen(0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.proto == socket.IPPROTO_TCP
