"""Uploads: hostile files in one request and one by one; the server stays up and says what is wrong."""

from __future__ import annotations

import http.client
import json

import httpx
import pytest
from hostile import KINDS
from serving import served
from test_hostile import write

LARGE = ("one line of 60 MB",)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with (
        served(tmp_path_factory.mktemp("uploads") / "home") as site,
        httpx.Client(
            base_url=site.base, headers={"X-Lianpu-Token": str(site.run["token"])}, trust_env=False, timeout=120
        ) as made,
    ):
        yield made


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    root, made = tmp_path_factory.mktemp("hostile"), {}
    for number, kind in enumerate(KINDS):
        write(kind, root / str(number))
        path = root / str(number) / kind.file
        if path.is_file() and not path.is_symlink():
            made[kind] = path
    return made


def send(client, paths, **form):
    handles = [("files", (p.name.encode("utf-8", "replace").decode(), p.read_bytes())) for p in paths]
    return client.post("/api/load", files=handles, data={"dry_run": "true", **form})


def test_all_hostile_files_in_one_upload_are_answered_one_by_one(client, files):
    small = {k: p for k, p in files.items() if k.name not in LARGE}
    answer = send(client, small.values())
    assert answer.status_code == 200
    document = answer.json()
    assert document["rows"]["accepted"] == sum(k.rows for k in small)
    assert len({f["file"] for f in document["findings"] if f["level"] == "error"}) >= 60


@pytest.mark.parametrize(
    "name", ["a zip bomb by ratio", "a cell at XFD1048576", "NUL bytes", "PDF: a scan without text"]
)
def test_a_hostile_file_alone_is_refused_in_chinese(client, files, name):
    kind = next(k for k in KINDS if k.name == name)
    answer = send(client, [files[kind]])
    assert answer.status_code == 422
    assert kind.refused in answer.json()["error"]["message"]


def test_a_file_beyond_the_limit_is_refused_with_the_limit(client, files):
    answer = send(client, [p for k, p in files.items() if k.name in LARGE])
    assert answer.status_code == 413
    assert "50" in answer.json()["error"]["message"]


def test_a_request_beyond_the_limit_is_refused_before_it_is_read(client):
    connection = http.client.HTTPConnection(client.base_url.host, client.base_url.port)
    connection.putrequest("POST", "/api/load")
    connection.putheader("X-Lianpu-Token", client.headers["X-Lianpu-Token"])
    connection.putheader("Content-Length", str(10**12))
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413
    assert "上限" in json.loads(answer.read())["error"]["message"]
    connection.close()


def test_a_body_that_is_no_form_is_a_fault_of_the_request(client):
    answer = client.post(
        "/api/load", content=b"--x\r\nrubbish", headers={"Content-Type": "multipart/form-data; boundary=x"}
    )
    assert 400 <= answer.status_code < 500
    assert not answer.json()["error"]["message"].isascii()
    assert client.get("/healthz").json()["ok"]
