"""What the documents say is what the program does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from api.cli.app import application
from api.commands.docs import page as json_page
from graph.schema.docs import schema_markdown
from graph.schema.parse import load_schema

ROOT = Path(__file__).parents[1]
COMMANDS = {c.name or c.callback.__name__ for c in application().registered_commands if c.callback}
COMMANDS |= {g.name for g in application().registered_groups if g.name}


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_schema_page_is_what_the_schema_generates():
    assert text("docs/schema.md") == schema_markdown(load_schema()), "python -m graph.schema.docs docs/schema.md"


def test_the_page_of_documents_is_what_requests_and_documents_generate():
    assert text("docs/json.md") == json_page(), "python -m api.commands.docs docs/json.md"


def test_the_three_questions_are_answered_as_their_page_says():
    from tools.transcripts import page

    assert text("docs/招商三问.md") == page(), "python tools/transcripts.py"


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "docs/json.md"])
def test_every_command_is_documented(name):
    said = set(re.findall(r"`(\w+)[ `]|lianpu (\w+)", text(name)))
    named = {a or b for a, b in said}
    assert named >= COMMANDS


def test_both_readmes_give_the_same_commands():
    def commands(name: str) -> list[str]:
        lines = re.findall(r"^(?:make|lianpu|python|\.venv\S+) .*$", text(name), re.M)
        return [line.partition("#")[0].strip() for line in lines]

    assert len(commands("README.md")) > 10
    assert commands("README.md") == commands("README.zh-CN.md")


def test_links_and_pictures_in_the_documents_exist():
    pages = [ROOT / n for n in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "THIRD_PARTY.md")]
    for page in [*pages, *(ROOT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_vendored_files_have_the_sums_that_the_notice_says():
    import hashlib

    rows = re.findall(r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", text("THIRD_PARTY.md"), re.M)
    assert len(rows) >= 3
    for name, digest in rows:
        assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == digest


def test_help_of_every_command_is_chinese_and_without_a_traceback():
    for command in sorted(COMMANDS):
        done = subprocess.run(
            [sys.executable, "-c", "from api.cli.main import main; main()", command, "--help"],
            capture_output=True, text=True, cwd=ROOT, check=False,
        )  # fmt: skip
        assert done.returncode == 0, command
        assert re.search(r"[\u4e00-\u9fff]", done.stdout)
        assert "Traceback" not in done.stderr
