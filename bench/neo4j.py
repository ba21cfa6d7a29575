"""Load the public graph of listed companies into a real Neo4j: ours, raw batches, a statement per row, neo4j-admin.

    python bench/neo4j.py PATH

PATH is a folder with company.csv, industry.csv, product.csv and the four tables of relations. Every
way gets a new server with the same memory and the same rows, provenance included. A row is a node or
an edge. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
import shlex
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[0] = str(ROOT)  # this folder has a neo4j.py, and the driver must not be it

import neo4j  # noqa: E402

from graph.city.city import City, open_city  # noqa: E402
from graph.model import Edge  # noqa: E402
from graph.projection.result import Projection  # noqa: E402
from graph.store.changes import by_ends, end_labels  # noqa: E402
from graph.store.neo4j.import_files import write_import  # noqa: E402
from graph.store.opening import open_store  # noqa: E402
from graph.store.protocol import GraphStore  # noqa: E402
from graph.store.rows import edge_row, node_row  # noqa: E402
from ingest.load.pipeline import LoadOptions, load  # noqa: E402
from tools.neo4j_server import Server  # noqa: E402

RAW_BATCH = 10_000  # rows per transaction, the usual advice
SAMPLE = 2_000  # rows written one by one
NODE = "MERGE (n:{label} {{id: row.id}}) SET n += row"
EDGE = "MATCH (a:{source} {{id: row.source}}) MATCH (b:{target} {{id: row.target}}) MERGE (a)-[r:{relation} {{id: row.id}}]->(b) SET r += row.values"
Row = dict[str, Any]
Figures = dict[str, Any]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that some work takes, and what it gives."""
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def ours(data: Path, home: Path, server: Server) -> Figures:
    """`lianpu load` twice, as it comes; the part through Bolt is timed by itself."""
    bolt: list[float] = []

    def once() -> tuple[City, int]:
        city = open_city(home, graph_url=server.url)
        build = city.store.build
        city.store.build = lambda *a: bolt.append(timed(lambda: build(*a))[0])  # type: ignore[method-assign]
        outcome = load(city, [data], LoadOptions(form="chainkg")).outcome
        tallies = [*outcome.nodes.values(), *outcome.edges.values()]
        return city, sum(t.added + t.changed + t.removed for t in tallies)

    first, (city, _) = timed(once)
    city.close()
    second, (city, changes) = timed(once)
    builds = len(bolt) - 1
    again, _ = timed(city.rebuild)
    found = {
        "load": first, "bolt": bolt[0], "second_load": second, "second_changes": changes, "builds": builds,
        "rebuild": again, "hash": city.hash(), "server_mb": server.memory(),
        "own_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip
    city.close()
    return found


def raw_rows(graph: Projection, city: City) -> Iterator[tuple[str, dict[str, str], Iterator[Row]]]:
    """The same rows as plain maps: (statement, names, rows)."""
    for caption, nodes in graph.nodes.items():
        yield NODE, {"label": city.schema.kinds[caption].label}, map(node_row, nodes.values())
    for edges in graph.edges.values():
        for some in by_ends(edges.values()):
            yield EDGE, end_labels(some[0], city.schema), map(nested, some)


def nested(edge: Edge) -> Row:
    """An edge with its values apart from its ends."""
    row = edge_row(edge)
    ends = {key: row.pop(key) for key in ("source", "target")}
    return {**ends, "id": row["id"], "values": row}


def raw(graph: Projection, city: City, driver: neo4j.Driver, batch: int, most: int | None = None) -> int:
    """Write rows as one would by hand: maps, `UNWIND` when in batches; how many were written."""
    written = 0
    with driver.session() as session:
        for statement, names, rows in raw_rows(graph, city):
            text = statement.format(**names)
            text = f"UNWIND $rows AS row {text}" if batch > 1 else f"WITH $rows[0] AS row {text}"
            rows = islice(rows, most) if most else rows
            while some := list(islice(rows, batch)):
                session.execute_write(lambda tx, text=text, some=some: tx.run(text, rows=some).consume())
                written += len(some)
    return written


def by_hand(graph: Projection, city: City, server: Server) -> Figures:
    """Raw batches twice, and a sample of one statement per row into what is there."""
    user, password = "neo4j", server.password
    uri = f"bolt://127.0.0.1:{server.port}"
    with neo4j.GraphDatabase.driver(uri, auth=(user, password), notifications_min_severity="OFF") as driver:
        for kind in city.schema.kinds.values():
            driver.execute_query(f"CREATE CONSTRAINT FOR (n:{kind.label}) REQUIRE n.id IS UNIQUE")  # type: ignore[arg-type]
        first, rows = timed(lambda: raw(graph, city, driver, RAW_BATCH))
        second, _ = timed(lambda: raw(graph, city, driver, RAW_BATCH))
        single, sampled = timed(lambda: raw(graph, city, driver, 1, SAMPLE // 6))
    return {"raw": first, "raw_again": second, "single": single / sampled * rows, "server_mb": server.memory()}


def by_admin(graph: Projection, city: City, server: Server, work: Path) -> Figures:
    """Files for neo4j-admin, their import, and the first opening, which makes keys and indexes."""
    waiting = city.waiting_documents(graph)
    write, (_, command) = timed(lambda: write_import(work, graph, city.schema, city.target_state(), waiting))
    imported, _ = timed(lambda: server.admin(*shlex.split(command)[1:], cwd=work))
    report = work / "import.report"
    bad = len(report.read_text("utf-8").splitlines()) if report.exists() else 0
    database = server.folder / "data" / "databases" / "neo4j"
    sizes = bytes_on_disk(database, graph)
    server.start()
    opened, store = timed(lambda: _indexed(open_store(server.url, city.schema), server))
    found = City(city.ledger, store, city.schema)
    indexes = sum(p.stat().st_size for p in (database / "schema").rglob("*") if p.is_file())
    sizes["bytes_of_indexes_per_node"] = round(indexes / sum(map(len, graph.nodes.values())))
    figures = {"write": write, "import": imported, "open": opened, "bad_rows": bad, "hash": found.hash(), **sizes}
    store.close()
    return figures


def _indexed(store: GraphStore, server: Server) -> GraphStore:
    with neo4j.GraphDatabase.driver(f"bolt://127.0.0.1:{server.port}", auth=("neo4j", server.password)) as driver:
        driver.execute_query("CALL db.awaitIndexes(600)")
    return store


def bytes_on_disk(folder: Path, graph: Projection) -> Figures:
    """Bytes that the engine's stores take for a node, an edge, and the values of a row."""
    nodes, edges = sum(map(len, graph.nodes.values())), sum(map(len, graph.edges.values()))
    sizes = {p.name: p.stat().st_size for p in folder.iterdir() if p.is_file() and p.name.startswith("neostore")}

    def taken(*parts: str) -> int:
        return sum(size for name, size in sizes.items() if any(part in name for part in parts))

    return {
        "bytes_per_node": round(taken("nodestore") / nodes),
        "bytes_per_edge": round(taken("relationshipstore", "relationshipgroupstore") / edges),
        "bytes_of_values_per_row": round(taken("propertystore") / (nodes + edges)),
        "megabytes": round(sum(sizes.values()) / 1e6),
    }  # fmt: skip


def measure(data: Path, work: Path) -> tuple[Figures, Figures]:
    """All ways, one after the other: (ratios, figures)."""

    def server(name: str) -> Server:
        return Server(work / name, heap="1g")

    def on(name: str, way: Callable[[Server], Figures]) -> Figures:
        made = server(name).start()
        try:
            return way(made)
        finally:
            made.kill()

    mine = on("ours", lambda s: ours(data, work / "home", s))
    city = open_city(work / "home", sync=False)
    city.rebuild()
    graph = city.projection()
    rows = graph.size()
    hand = on("raw", lambda s: by_hand(graph, city, s))
    stopped = server("admin")
    try:
        admin = by_admin(graph, city, stopped, work / "files")
    finally:
        stopped.kill()
    ratios = {
        "ours / raw batches": round(mine["bolt"] / hand["raw"], 2),
        "statement per row / ours": round(hand["single"] / mine["bolt"], 1),
        "neo4j-admin with writing the files / ours": round((admin["write"] + admin["import"]) / mine["bolt"], 2),
        "second load / first load": round(mine["second_load"] / mine["load"], 3),
    }
    speed = {
        "ours": mine["bolt"], "ours_rebuild": mine["rebuild"], "raw": hand["raw"], "raw_again": hand["raw_again"],
        "statement_per_row": hand["single"], "neo4j_admin": admin["import"],
    }  # fmt: skip
    figures = {
        "rows": rows, "rows_per_second": {name: round(rows / seconds) for name, seconds in speed.items()},
        "seconds": {k: round(v, 2) for k, v in {**mine, **hand, **admin}.items() if isinstance(v, float)},
        "second_changes": mine["second_changes"], "second_builds": mine["builds"], "bad_rows": admin["bad_rows"],
        "same_hash": mine["hash"] == admin["hash"] == city.hash(),
        "peak_mb": {"own": mine["own_mb"], "server_ours": mine["server_mb"], "server_raw": hand["server_mb"]},
        "disk": {k: v for k, v in admin.items() if "bytes" in k},
    }  # fmt: skip
    city.close()
    return ratios, figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ratios, figures = measure(asked.path, Path(folder))
    for name, speed in figures["rows_per_second"].items():
        print(f"{name}: {speed:,} rows/s")
    print(json.dumps({"ratios": ratios, "figures": figures}, ensure_ascii=False))


if __name__ == "__main__":
    main()
