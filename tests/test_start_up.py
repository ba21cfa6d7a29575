"""A small command loads no library that it does not use: people wait for each."""

from __future__ import annotations

import gc
import json
import subprocess
import sys

import pytest

from api.cli.main import main

HEAVY = (
    "alembic",
    "docx",
    "fastapi",
    "httpx",
    "jieba",
    "ladybug",
    "lxml",
    "neo4j",
    "networkx",
    "numpy",
    "pandas",
    "xlsxwriter",
)
RUN = """
import json, sys
from api.cli.main import main
sys.argv = ["lianpu", *sys.argv[1:]]
try:
    main()
finally:
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""
SMALL = (["status", "--json"], ["status"], ["batches"])


def modules_after(*words: str) -> set[str]:
    """What a command has loaded when it is done."""
    done = subprocess.run([sys.executable, "-c", RUN, *words], capture_output=True, text=True, check=False)
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home that is there already: the first command makes the ledger, for which it migrates."""
    home = str(tmp_path_factory.mktemp("small") / "home")
    modules_after("--home", home, "status")
    return home


@pytest.fixture(scope="module", params=SMALL, ids=" ".join)
def loaded(request, home):
    """The modules that a small command has loaded."""
    return modules_after("--home", home, *request.param)


@pytest.fixture(scope="module")
def shown():
    """The modules that it takes to show how a command is used."""
    return modules_after("load", "--help")


@pytest.fixture(scope="module")
def refused(home):
    """The modules that it takes to say that there is no such batch."""
    return modules_after("--home", home, "undo", "7")


@pytest.mark.parametrize("library", HEAVY)
def test_a_small_command_loads_no(library, loaded):
    assert "graph.city.city" in loaded
    assert library not in loaded


@pytest.mark.parametrize("library", [*HEAVY, "rich", "sqlalchemy", "yaml", "graph.city.city"])
def test_help_loads_no(library, shown):
    assert "api.commands.table" in shown
    assert library not in shown


@pytest.mark.parametrize("library", ["alembic", "docx", "fastapi", "jieba", "ladybug", "neo4j", "pandas"])
def test_a_change_of_what_is_not_there_loads_no(library, refused):
    assert "ingest.load.pipeline" in refused
    assert library not in refused


def test_the_collector_of_garbage_rests_only_until_a_command_is_done():
    with pytest.raises(SystemExit):
        main(["load", "--help"])
    assert gc.isenabled()
