"""The recipes of CONTRIBUTING.md, followed to the letter in a copy of the tree: what they promise is there afterwards."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
# A block is a new file (```yaml graph/x.yaml), or a change of one (```diff api/x.py: lines that go, lines that come).
BLOCK = re.compile(r"^```(\w+) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def tree(tmp_path):
    for package in ("graph", "ingest", "api", "viz", "cypher", "examples"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "*.otf"))
    for font in (ROOT / "viz" / "fonts").glob("*.otf"):
        (tmp_path / "viz" / "fonts" / font.name).symlink_to(font)
    return tmp_path


def follow(title: str, tree: Path) -> None:
    """Do what a recipe says."""
    section = PAGE.split(f"### {title}\n")[1].split("\n### ")[0].split("\n## ")[0]
    blocks = BLOCK.findall(section)
    assert blocks, f"the recipe “{title}” names no file"
    for language, path, text in blocks:
        target = tree / path
        if language == "diff":
            gone, come = ("\n".join(line[2:] for line in text.splitlines() if line[0] == mark) for mark in "-+")
            before = target.read_text("utf-8")
            assert before.count(f"\n{gone}") == 1, f"{path} does not hold, once at the start of a line: {gone}"
            text = before.replace(f"\n{gone}", f"\n{come}")
        else:
            assert not target.exists(), f"{path} is there already"
        target.write_text(text, "utf-8")


def run(tree: Path, code: str) -> str:
    """What Python prints in the changed tree, with one small chain loaded."""
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(tree), str(ROOT / "tests"))),
        "LIANPU_HOME": str(tree / "home"),
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tree, env=env, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_kind_is_one_file(tree):
    follow("Add a kind", tree)
    code = """
from pathlib import Path
from builders import BASICS, write_book
from graph.city.city import open_city
from graph.schema.docs import schema_markdown
from graph.schema.parse import load_schema
from ingest.load.pipeline import load
city = open_city(Path("home"))
book = write_book(Path("a.xlsx"), {**BASICS, "示例装备": [["名称", "产业链"], ["示例铣床", BASICS["产业链"][1][0]]]})
print(load(city, [book]).document()["nodes"]["示例装备"]["added"], "| 示例装备 |" in schema_markdown(load_schema()))
"""
    assert run(tree, code).split() == ["1", "True"]


def test_a_measure_is_one_file(tree):
    follow("Add a measure", tree)
    code = "from graph.measures.measure import load_measures; print([m.caption for m in load_measures() if m.director])"
    assert "科技成果" in run(tree, code)


def test_a_page_is_a_router_a_template_and_a_line(tree):
    follow("Add a page", tree)
    code = """
from pathlib import Path
from starlette.testclient import TestClient
from api.home.session import open_session
from api.home.settings import Settings
from api.web.access import Access
from api.web.app import create_app
from graph.schema.parse import load_schema
with open_session(Settings(home=Path("home"))) as session:
    client = TestClient(create_app(session, Access("t", "c")), base_url="http://127.0.0.1")
    print(client.get("/hello", params={"token": "t"}).text)
"""
    page = run(tree, code)
    assert "<h1>示例页</h1>" in page
    assert 'href="/hello" aria-current="page"' in page


def test_a_command_is_a_request_a_document_a_function_and_a_line(tree):
    follow("Add a command", tree)
    run(tree, "from api.cli.main import main; main(['load', 'examples/示例县'])")
    assert "示例县/示例锯床产业链" in run(tree, "from api.cli.main import main; main(['chains'])")
    asked = run(tree, "from api.cli.main import main; main(['chains', '--json'])")
    assert json.loads(asked)["chains"] == ["示例县/示例锯床产业链", "示例邻县/示例阀门产业链"]
