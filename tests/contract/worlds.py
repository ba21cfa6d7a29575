"""Graphs for the contract tests: made by hypothesis, and made in the shape of the listed-company graph."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from builders import write_csv
from hypothesis import strategies as st

from graph.model import Edge, Node
from graph.projection.identity import make_id
from graph.projection.result import Projection
from graph.schema.kinds import Schema
from graph.schema.parse import load_schema
from graph.store.rows import edge_columns, node_columns

KINDS = ("企业", "产品", "环节", "产业链", "县市区", "外部来源")
TEXT = st.text(st.sampled_from("锯条床钢a Z'\"\\,;|\t\n\r𠮷é！\uffee"), max_size=5)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "STRING": TEXT,
    "DOUBLE": st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**6), 10**6),
    "INT64": st.integers(-(2**63), 2**63 - 1),
    "BOOLEAN": st.booleans(),
}
SEQS = st.lists(st.integers(1, 9), max_size=3)


def small_schema() -> Schema:
    """The part of the schema that made graphs use, so that comparing one takes no thousand queries."""
    schema = load_schema()
    relations = {
        name: replace(r, ends=tuple(e for e in r.ends if set(e) <= set(KINDS))) for name, r in schema.relations.items()
    }
    return Schema({k: schema.kinds[k] for k in KINDS}, {n: r for n, r in relations.items() if r.ends})


def _values(columns: list[tuple[str, str]]) -> st.SearchStrategy[dict[str, Any]]:
    own = {name: st.none() | VALUES[kind] for name, kind in columns if name not in ("id", "extras", "records")}
    return st.fixed_dictionaries({}, optional=own)


@st.composite
def projections(draw: st.DrawFn) -> Projection:
    """A few nodes, and edges between any of them: loops, cycles, parallel edges, missing and odd values."""
    schema = load_schema()
    made = Projection()
    for caption in KINDS:
        columns = node_columns(schema.kinds[caption])
        for ident in draw(st.lists(st.sampled_from(["一", "二", "'三\\", "四 4"]), max_size=3, unique=True)):
            extras = draw(st.dictionaries(TEXT, TEXT, max_size=1))
            values = draw(_values(columns))
            made.nodes[caption][ident] = Node(caption, ident, ident, values, draw(SEQS), extras)
    for _ in range(draw(st.integers(0, 8))):
        _add_edge(draw, schema, made)
    return made


def _add_edge(draw: st.DrawFn, schema: Schema, made: Projection) -> None:
    there = {caption for caption, nodes in made.nodes.items() if nodes}
    possible = [(r, a, b) for r in schema.relations.values() for a, b in r.ends if {a, b} <= there]
    if not possible:
        return
    relation, a, b = draw(st.sampled_from(possible))
    ends = [draw(st.sampled_from(sorted(made.nodes[end]))) for end in (a, b)]
    values = draw(_values(edge_columns(relation)))
    ident = make_id(
        relation.name, a, ends[0], b, ends[1], draw(st.sampled_from("甲乙"))
    )  # as of ours: same id, same ends
    made.edges[relation.name][ident] = Edge(relation.name, ident, a, ends[0], b, ends[1], values, draw(SEQS))


def write_listed(folder: Path, firms: int = 300, seed: int = 7) -> Path:
    """Tables in the shape of the public graph of listed companies, with loops, cycles and names nobody defines."""
    chance = random.Random(seed)
    products = [f"示例产品{n}{chance.choice('锯床钢阀泵')}" for n in range(firms * 12)]
    codes = [f"{600000 + n}SH" for n in range(firms)]
    industries = [f"{110000 + n}" for n in range(40)]

    def some(pool: list[str]) -> str:
        return pool[min(int(chance.expovariate(6) * len(pool)), len(pool) - 1)]  # a few are named very often

    write_csv(folder / "company.csv", [
        ["code", "name", "fullname", "exchange", "listed_on"],
        *([c, f"示例{n}", f"示例{n}股份有限公司" if n % 3 else "", "上海证券交易所", "2021-10-19"] for n, c in enumerate(codes)),
    ])  # fmt: skip
    write_csv(folder / "industry.csv", [["code", "name"], *([c, f"示例行业{c}"] for c in industries)])
    write_csv(folder / "product.csv", [["name"], *([p] for p in products)])
    write_csv(
        folder / "industry_parent.csv",
        [["industry", "parent"], *([c, industries[n // 3]] for n, c in enumerate(industries) if n)],
    )
    write_csv(folder / "company_industry.csv", [["company", "industry"], *([c, some(industries)] for c in codes)])
    write_csv(folder / "company_product.csv", [
        ["company", "product", "share"],
        *([some(codes), some(products), round(chance.random(), 6)] for _ in range(firms * 8)), [codes[0], "没有定义", 0.5],
    ])  # fmt: skip
    relations = ["上游材料", "下游产品", "产品小类"]
    write_csv(folder / "product_product.csv", [
        ["from", "to", "relation"],
        *([some(products), some(products), chance.choice(relations)] for _ in range(firms * 20)),
        [products[0], products[1], relations[0]], [products[1], products[0], relations[0]],
    ])  # fmt: skip
    return folder
