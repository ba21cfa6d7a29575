"""The wheel holds everything the program needs, and nobody else owns its import names."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("graph", "ingest", "api", "viz", "cypher", "examples")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, timeout=300)
    return next(folder.glob("lianpu-*.whl"))


def test_the_wheel_contains_every_file_of_its_packages(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    tracked = subprocess.run(
        ["git", "ls-files", *PACKAGES], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()  # fmt: skip
    tracked = [n.encode().decode("unicode_escape").encode("latin-1").decode() if "\\" in n else n for n in tracked]
    wanted = {n.strip('"') for n in tracked} or {
        p.relative_to(ROOT).as_posix()
        for name in PACKAGES
        for p in (ROOT / name).rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
    assert len(wanted) > 100
    assert wanted - held == set()
    for suffix in (".yaml", ".cypher", ".html", ".css", ".js", ".mjs", ".otf", ".mako", ".xlsx", ".j2"):
        assert any(n.endswith(suffix) for n in held), suffix


def test_the_wheel_runs_from_an_empty_folder_without_the_clone(wheel, tmp_path):
    target = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    code = "import sys; from api.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(target)!r}); {code}",
         "--home", str(tmp_path / "home"), "demo", "--no-serve", "-o", str(tmp_path / "out")],
        capture_output=True, text=True, cwd=tmp_path, timeout=180, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out").rglob("*.docx"))) >= 1


def test_no_other_distribution_provides_our_import_names():
    owners = packages_distributions()
    for name in PACKAGES:
        assert set(owners.get(name, ["lianpu"])) <= {"lianpu"}, f"{name}: {owners[name]}"
