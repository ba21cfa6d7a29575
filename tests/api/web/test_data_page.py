"""Upload, preview, commit and undo over HTTP, as the data page does it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from builders import BASICS, FIRMS, write_book
from serving import page_client, upload


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with page_client(tmp_path_factory.mktemp("data") / "home") as signed_in:
        yield signed_in


def graph_hash(client):
    return client.get("/api/status").json()["graph"]["hash"]


def ident(page):
    return re.search(r"/data/commit/([\w-]+)", page.text)[1]


def test_a_preview_writes_nothing_a_commit_writes_and_an_undo_takes_it_back(client, tmp_path):
    before = graph_hash(client)
    bad = [*FIRMS, ["示例丙公司", "示例县", None, None, "很多", 2024, None]]
    path = write_book(tmp_path / "示例.xlsx", {**BASICS, "企业": bad})
    page = upload(client, path)
    assert (page.status_code, page.url.path.startswith("/data/preview/")) == (200, True)
    for said in ("还没有写入", "企业!E4", "很多", "示例甲锯业有限公司", "示例锯床产业链"):
        assert said in page.text
    assert graph_hash(client) == before
    marked = client.get(f"/data/marked/{ident(page)}")
    assert marked.content.startswith(b"PK")
    done = client.post(f"/data/commit/{ident(page)}")
    batch = re.search(r"/data/batch/(\d+)", done.text)[1]
    assert graph_hash(client) != before
    assert "示例甲锯业有限公司" in client.get(f"/data/batch/{batch}").text
    again = client.post(f"/data/commit/{ident(page)}")
    assert "没有变化" in again.text
    undone = client.post(f"/data/undo/{batch}")
    assert "已撤销" in undone.text
    assert graph_hash(client) == before


def test_a_replacement_is_confirmed_on_the_page_and_its_rows_say_who_withdrew_them(client, tmp_path):
    path = write_book(tmp_path / "改.xlsx", dict(BASICS))
    client.post(f"/data/commit/{ident(upload(client, path))}")
    write_book(path, {**BASICS, "企业": FIRMS[:2]})
    page = upload(client, path, replace="1")
    assert "将撤下的行" in page.text
    row = re.search(r"/row/(\d+)", page.text)[1]
    done = client.post(f"/data/commit/{ident(page)}", data={"replace": "1"})
    batch = re.search(r"/data/batch/(\d+)", done.text)[1]
    assert "撤下" in client.get(f"/row/{row}").text
    told = client.get(f"/api/row?record={row}").json()
    assert told["withdrawn"]["batch"] == int(batch)
    assert told["withdrawn"]["by"]
    assert "示例乙机床有限公司" in [c["value"] for c in told["cells"]]
    assert client.get(f"/api/batch?batch={batch}").json()["withdrew"][0]["source"]["record"] == int(row)
    client.post("/api/undo", data={"batch": batch})
    assert client.get(f"/api/row?record={row}").json()["withdrawn"] is None


def test_more_than_a_fifth_needs_the_tick(client, tmp_path):
    rows = [["名称"], *([f"示例{n}县"] for n in range(6))]
    path = write_book(tmp_path / "县.xlsx", {"县市区": rows})
    client.post(f"/data/commit/{ident(upload(client, path))}")
    write_book(path, {"县市区": rows[:4]})
    page = upload(client, path, replace="1")
    assert "确认替换" in page.text
    assert client.post(f"/data/commit/{ident(page)}", data={"replace": "1"}).status_code == 409
    assert client.post(f"/data/commit/{ident(page)}", data={"replace": "1", "yes": "1"}).status_code == 200


def test_every_value_and_edge_leads_to_its_row(client, tmp_path):
    client.post(f"/data/commit/{ident(upload(client, write_book(tmp_path / '源.xlsx', dict(BASICS))))}")
    document = client.get("/api/show?kind=企业&name=示例甲锯业有限公司").json()
    sources = [v["source"] for v in document["values"].values()] + [e["source"] for e in document["edges"]]
    assert all(client.get(f"/api/row?record={s['record']}").json()["source"] == s for s in sources)
    page = client.get("/show?kind=企业&name=示例甲锯业有限公司")
    assert f"/row/{sources[0]['record']}" in page.text
    evidence = [e for s in client.get("/api/gaps").json()["segments"] for e in s["evidence"]]
    assert evidence
    assert all(client.get(f"/row/{e['record']}").status_code == 200 for e in evidence)


def test_an_upload_over_http_gives_the_document_of_the_command(client, tmp_path):
    path = write_book(tmp_path / "接口.xlsx", {"县市区": [["名称"], ["示例接口县"]]})
    files = {"files": (path.name, path.read_bytes())}
    dry = client.post("/api/load", files=files, data={"dry_run": "true"}).json()
    assert (dry["batch"], dry["nodes"]["县市区"]["added"]) == (None, 1)
    done = client.post("/api/load", files=files).json()
    assert done["diff"] == dry["diff"]
    assert client.post("/api/undo", data={"batch": done["batch"]}).json()["nodes"]["县市区"]["removed"] == 1


def test_a_strange_file_is_refused_in_words(client):
    answer = client.post("/api/load", files={"files": ("../../坏.xlsx", b"nothing")})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "nothing_read")
    assert client.get("/data/preview/aaaaaaaaaaaaaaaa").status_code == 404
    assert client.get("/data/preview/..%2f..%2fetc").status_code == 404
    assert client.post("/api/load").status_code == 422
    assert client.get("/row/999999").status_code == 404
    assert client.get("/api/batch?batch=999999").status_code == 404
    assert client.get(f"/api/row?record={10**30}").status_code == 422
    for name in ("示\x00例.csv", "长" * 300 + ".csv", "..", "CON:|?.csv"):
        answer = client.post("/api/load", files={"files": (name, "名称\n示例怪名县\n".encode())}, data={"dry_run": "1"})
        assert answer.status_code in (200, 404, 422), name


def test_two_files_of_one_name_are_both_read(client):
    files = [("files", ("县市区.csv", f"名称\n示例{n}号县\n".encode())) for n in (1, 2)]
    document = client.post("/api/load", files=files, data={"dry_run": "true"}).json()
    assert document["rows"]["accepted"] == 2


@pytest.mark.parametrize(
    "names",
    [
        ("表/县市区.csv", "表/县市区.csv"),
        ("甲/县市区.csv", "乙/县市区.csv", "县市区.csv"),
        ("2", "县市区.csv", "县市区.csv", "县市区.csv"),
        ("县市区.csv", "县市区.csv", "2", "2"),
    ],
)
def test_files_of_one_name_are_all_read_whatever_folder_they_come_from(client, names):
    files = [("files", (name, f"名称\n示例{n}号县\n".encode())) for n, name in enumerate(names)]
    answer = client.post("/api/load", files=files, data={"dry_run": "true"})
    assert answer.status_code == 200
    assert answer.json()["rows"]["accepted"] == sum(n.endswith(".csv") for n in names)


@pytest.mark.parametrize("name", ["长" * 296 + ".csv", "a" * 296 + ".csv", "a" * 300, "." + "a" * 300])
def test_a_name_of_300_characters_is_shortened_not_refused(client, name):
    content = "名称\n示例长名县\n".encode()
    page = client.post("/data/upload", files={"files": (name, content)})
    assert page.status_code in (200, 422)
    assert "/data/preview/" in str(page.url)
    assert "出了意外" not in page.text


def test_another_site_cannot_upload_or_undo(client):
    for origin in ("http://evil.example", "null"):
        headers = {"Origin": origin}
        assert client.post("/data/undo/1", headers=headers).status_code == 403
        assert client.post("/api/load", files={"files": ("a.csv", b"x")}, headers=headers).status_code == 403


def test_a_preview_tells_which_segments_would_change_status_and_how(client, tmp_path):
    upload_and_commit = upload(client, write_book(tmp_path / "基础.xlsx", dict(BASICS)))
    client.post(f"/data/commit/{ident(upload_and_commit)}")
    stopped = [FIRMS[0], [*FIRMS[1][:-1], "停产"]]
    page = upload(client, write_book(tmp_path / "停产.xlsx", {"企业": stopped}))
    shown = page.text[page.text.index("会变的环节状态") :]
    cells = [" ".join(re.sub(r"<[^>]+>", " ", c).split()) for c in re.findall(r"<td>(.*?)</td>", shown, re.DOTALL)]
    assert cells[:3] == ["示例县", "示例锯床产业链", "锯条"]
    assert "1家" in cells[3]
    assert "0家" in cells[4]
    assert cells[3].split("（")[0] != cells[4].split("（")[0]


def test_the_preview_of_an_edited_map_says_what_was_edited_and_removes_only_what_is_ticked(client, tmp_path):
    client.post(f"/data/commit/{ident(upload(client, write_book(tmp_path / '图.xlsx', dict(BASICS))))}")
    file = tmp_path / "导图.opml"
    file.write_bytes(client.get("/files/mindmap.opml", params={"chain": "示例锯床产业链"}).content)
    tree = ElementTree.parse(file)
    under = {child: parent for parent in tree.iter() for child in parent}
    firm = next(e for e in tree.iter("outline") if e.get("text") == "示例甲锯业有限公司")
    under[firm].remove(firm)
    segment = next(e for e in tree.iter("outline") if (e.get("text") or "").startswith("带锯床"))
    ElementTree.SubElement(segment, "outline", {"text": "<script>示例技术</script>"})
    tree.write(file)
    page = upload(client, file)
    assert "思维导图的改动（2）" in page.text
    assert "新增关键技术“&lt;script&gt;示例技术&lt;/script&gt;”" in page.text
    assert "改为更正同名文件" not in page.text
    before = graph_hash(client)
    batches = []
    for ticked in ({}, {"yes": "1"}):
        done = client.post(f"/data/commit/{ident(page)}", data=ticked)
        batches.append(re.search(r"/data/batch/(\d+)", done.text)[1])
    assert "示例甲锯业有限公司" in client.get(f"/data/batch/{batches[1]}").text
    for batch in reversed(batches):
        client.post(f"/data/undo/{batch}")
    assert graph_hash(client) == before
