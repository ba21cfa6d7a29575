"""Load the public graph of listed companies: our load against a raw COPY of the same rows, in one run.

    python bench/load.py PATH

PATH is a folder with company.csv, industry.csv, product.csv and the four tables of relations. Each
step runs in a process of its own, so that its peak memory is its own. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
NODES = {"company": "code", "industry": "code", "product": "name"}
EDGES = {
    "industry_parent": ("industry", "industry", "parent", "industry"),
    "company_industry": ("company", "company", "industry", "industry"),
    "company_product": ("company", "company", "product", "product"),
    "product_product": ("from", "product", "to", "product"),
}


def raw_source(data: Path, work: Path) -> dict[str, Any]:
    """COPY the rows of the source files that have both ends, as they are: keys and no provenance."""
    import pandas as pd

    keys: dict[str, set[str]] = {}
    tables = []
    for table, key in NODES.items():
        frame = pd.read_csv(data / f"{table}.csv", dtype=str, keep_default_na=False).drop_duplicates(key)
        keys[table] = set(frame[key])
        frame.insert(0, "id", frame[key])
        tables.append((_node_table(table, frame), table, frame))
    for table, (start, start_table, end, end_table) in EDGES.items():
        frame = pd.read_csv(data / f"{table}.csv", dtype=str, keep_default_na=False).drop_duplicates()
        frame = frame[frame[start].isin(keys[start_table]) & frame[end].isin(keys[end_table])]
        frame = frame.rename(columns={start: "a", end: "b"})
        frame = frame[["a", "b", *(c for c in frame.columns if c not in "ab")]]
        tables.append((_edge_table(table, start_table, end_table, frame), table, frame))
    return _timed_copy(tables, work)


def raw_same(home: Path, work: Path) -> dict[str, Any]:
    """COPY exactly the nodes and edges that our load made, provenance included, into a fresh engine."""
    import pandas as pd

    from graph.city.city import open_city

    city = open_city(home)
    tables = []
    for kind in city.schema.kinds.values():
        if rows := city.store.nodes(kind):
            frame = pd.DataFrame(rows).map(_as_text)
            frame = frame[["id", *(c for c in frame.columns if c != "id")]]
            tables.append((_node_table(kind.label, frame), kind.label, frame))
    for relation in city.schema.relations.values():
        for source, target in relation.ends:
            kinds = city.schema.kinds[source], city.schema.kinds[target]
            if rows := city.store.edges(relation, *kinds):
                frame = pd.DataFrame(rows).map(_as_text).rename(columns={"source": "a", "target": "b"})
                frame = frame[["a", "b", *(c for c in frame.columns if c not in "ab")]]
                name = f"{relation.name}_{kinds[0].label}_{kinds[1].label}"
                tables.append((_edge_table(name, kinds[0].label, kinds[1].label, frame), name, frame))
    city.close()
    return _timed_copy(tables, work)


def _as_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _node_table(name: str, frame: Any) -> str:
    columns = ", ".join(f"`{c}` STRING" for c in frame.columns)
    return f"CREATE NODE TABLE `{name}` ({columns}, PRIMARY KEY (`id`))"


def _edge_table(name: str, start: str, end: str, frame: Any) -> str:
    columns = "".join(f", `{c}` STRING" for c in frame.columns[2:])
    return f"CREATE REL TABLE `{name}` (FROM `{start}` TO `{end}`{columns})"


def _timed_copy(tables: list[tuple[str, str, Any]], work: Path) -> dict[str, Any]:
    import ladybug

    began = time.perf_counter()
    database = ladybug.Database(str(work / "raw.lbug"))
    connection = ladybug.Connection(database)
    for create, table, frame in tables:
        connection.execute(create)
        connection.execute(f"COPY `{table}` FROM $frame", {"frame": frame})
    connection.close()
    database.close()
    return {"seconds": time.perf_counter() - began, "rows": sum(len(f) for _, _, f in tables)}


def load_once(data: Path, home: Path) -> dict[str, Any]:
    """Load into a home; what it made, its content hash, and the seconds of the load alone."""
    from graph.city.city import open_city
    from ingest.load.pipeline import LoadOptions, load

    began = time.perf_counter()
    city = open_city(home, sync=home.exists())  # as the command line does: the first load builds the graph
    report = load(city, [data], LoadOptions(form="chainkg"))
    seconds = time.perf_counter() - began
    nodes, edges = city.store.counts()
    tallies = [*report.outcome.nodes.values(), *report.outcome.edges.values()]
    found = {
        "seconds": seconds,
        "nodes": sum(nodes.values()),
        "edges": sum(edges.values()),
        "waiting": report.waiting,
        "changes": sum(t.added + t.changed + t.removed for t in tallies),
        "rows": report.rows.document(),
        "notes": [f"{f.file}: {f.message}" for f in report.findings if not f.field],
        "hash": city.hash(),
    }
    city.close()
    return found


STEPS: dict[str, Callable[[Path, Path], dict[str, Any]]] = {
    "raw_source": raw_source,
    "raw_same": raw_same,
    "load": load_once,
}


def in_own_process(step: str, data: Path, work: Path) -> dict[str, Any]:
    """Run a step in a fresh interpreter."""
    command = [sys.executable, __file__, str(data), "--step", step, "--work", str(work)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Run the steps and print ratios and figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--step", choices=STEPS)
    parser.add_argument("--work", type=Path)
    asked = parser.parse_args()
    if asked.step:
        sys.path.insert(0, str(ROOT))
        found = STEPS[asked.step](asked.path, asked.work)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({**found, "peak_mb": round(peak)}, ensure_ascii=False))
        return
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        first = in_own_process("load", asked.path, work / "home")
        same = _median(in_own_process("raw_same", work / "home", _made(work / f"same{n}")) for n in range(3))
        source = _median(in_own_process("raw_source", asked.path, _made(work / f"source{n}")) for n in range(3))
        second = in_own_process("load", asked.path, work / "home")
    for note in first.pop("notes"):
        print(note)
    print(f"raw COPY of our nodes and edges {same['seconds']:.2f} s, of the bare source rows {source['seconds']:.2f} s")
    print(f"first load {first['seconds']:.2f} s, second load {second['seconds']:.2f} s")
    ratios = {
        "load / raw COPY": round(first["seconds"] / same["seconds"], 2),
        "load / raw COPY of bare rows": round(first["seconds"] / source["seconds"], 2),
        "second load / first load": round(second["seconds"] / first["seconds"], 3),
    }
    figures = {
        **{k: first[k] for k in ("nodes", "edges", "waiting", "rows", "peak_mb")},
        "second_changes": second["changes"],
        "same_hash": first["hash"] == second["hash"],
        "peak_mb_of_raw": same["peak_mb"],
    }
    print(json.dumps({"ratios": ratios, "figures": figures}, ensure_ascii=False))


def _median(found: Iterable[dict[str, Any]]) -> dict[str, Any]:
    ordered = sorted(found, key=lambda f: f["seconds"])
    return ordered[len(ordered) // 2]


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    main()
