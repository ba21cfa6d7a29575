"""People see the same on either engine: the documents of the command line and of HTTP, and the pages."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import httpx
import pytest
from both import emptied
from fastapi.routing import APIRoute
from pydantic import BaseModel
from serving import served

import api.web.routers
from api.cli.main import main

EXAMPLES = Path(__file__).parents[2] / "examples"
MADE, REAL, FIRM = "示例锯床产业链", "缙云县/缙云机械装备产业链", "示例液压科技有限公司"
COMMANDS: list[list[str]] = [
    ["status"], ["batches"], ["gaps"], ["gaps", "--scope", "市", "--county", "示例县"], ["gaps", "--chain", "没有这条链"],
    ["cuts", "--chain", MADE, "--order", "2"], ["whatif", "--chain", MADE, "--remove", FIRM],
    ["candidates", "--chain", REAL, "--top", "3"], ["show", "产业链", REAL], ["search", "锯"], ["search", "没有这样的名字"],
    ["progress"], ["progress", "--county", "示例县", "--at", "2025-06-30"], ["zero"], ["ladder"], ["tasks"], ["leads"],
]  # fmt: skip
VALUES = {
    "chain": [REAL, MADE], "kind": ["企业"], "name": [FIRM], "text": ["机床"], "county": ["示例县"], "order": ["2"],
}  # fmt: skip


def commands(home: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The document and exit code of every command."""
    told = {}
    for words in COMMANDS:
        with pytest.raises(SystemExit) as left:
            main(["--home", str(home), "--json", *words])
        told[" ".join(words)] = (left.value.code, json.loads(capsys.readouterr().out))
    return told


def routes() -> list[APIRoute]:
    """Every route of the routers."""
    modules = [
        import_module(m.name) for m in walk_packages(api.web.routers.__path__, "api.web.routers.") if not m.ispkg
    ]
    return [route for module in modules for route in module.router.routes]


def queries(route: APIRoute) -> dict[str, bool]:
    """The parameters of a route's query, and whether each must be there."""
    required: dict[str, bool] = {}
    for parameter in route.dependant.query_params:
        field = parameter.field_info
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            required |= {n: f.is_required() for n, f in field.annotation.model_fields.items()}
        else:
            required[parameter.name] = field.is_required()
    return required


def pages(home: Path) -> dict[str, Any]:
    """Status and body of every document and page that can be asked for."""
    told = {}
    with (
        served(home) as site,
        httpx.Client(base_url=site.base, trust_env=False, timeout=240, follow_redirects=True) as web,
    ):
        token = {"X-Lianpu-Token": str(site.run["token"])}
        for route in routes():
            if "GET" in route.methods and not route.path.startswith("/files"):
                names = [n for n, required in queries(route).items() if required or n in ("chain", "name")]
                for place in range(2 if names else 1):
                    asked = {n: VALUES.get(n, ["1"])[place % len(VALUES.get(n, ["1"]))] for n in names}
                    answer = web.get(re.sub(r"{(record|batch)}", "1", route.path), params=asked, headers=token)
                    told[f"{route.path} {asked}"] = (answer.status_code, answer.text)
    return told


def without_own_words(text: str) -> str:
    """An answer without the address of the graph, and without the word that each server puts into its forms."""
    return re.sub(r'name="csrf" value="\w+"', "", re.sub(r"(ladybug|neo4j)://[^\"<]+", "图库", text))


def test_commands_documents_and_pages_are_the_same_on_either_engine(tmp_path, neo4j_url, capsys, monkeypatch):
    home = tmp_path / "home"
    with pytest.raises(SystemExit):
        main(["--home", str(home), "--json", "load", str(EXAMPLES / "示例县"), str(EXAMPLES / "lishui")])
    capsys.readouterr()
    embedded = commands(home, capsys), pages(home)
    monkeypatch.setenv("LIANPU_GRAPH_URL", emptied(neo4j_url))
    server = commands(home, capsys), pages(home)
    urls = [told[0]["status"][1]["graph"].pop("url") for told in (embedded, server)]
    assert urls[0].startswith("ladybug:///")
    assert urls[1].startswith("neo4j://neo4j@127.0.0.1:")
    for mine, theirs in zip(embedded, server, strict=True):
        assert mine.keys() == theirs.keys()
        for asked, answer in mine.items():
            assert without_own_words(str(answer)) == without_own_words(str(theirs[asked])), asked
    assert {code for code, _ in embedded[0].values()} == {0, 1, 2}
    answers = [status for status, _ in embedded[1].values()]
    assert answers.count(200) > len(answers) * 0.8
    assert len(answers) >= 20
