"""A small command loads no library that it does not use: people wait for each."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

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
STATUS = """
import json, sys
from api.cli.main import main
sys.argv = ["lianpu", "--home", sys.argv[1], "status", "--json"]
try:
    main()
finally:
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The modules that `lianpu status` has loaded, in a home that is there already."""
    home = str(tmp_path_factory.mktemp("small") / "home")
    for _ in range(2):  # the first makes the ledger, for which it migrates
        done = subprocess.run([sys.executable, "-c", STATUS, home], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["in_step"]
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("library", HEAVY)
def test_status_loads_no(library, loaded):
    assert library not in loaded
