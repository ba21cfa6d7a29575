"""What a query file must not do: forms that give wrong answers on an engine, or that only one engine knows."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

FOLDER = Path(str(files("cypher")))
QUERIES = sorted(FOLDER.rglob("*.cypher"))
ENGINES = ("ladybug", "neo4j")

# Wrong answers, or rows that no protocol can carry: nowhere, not even where only one engine reads the file.
WRONG = {
    "COUNT {} drops the rows of nothing before an aggregate": r"\b(COUNT|COLLECT)\s*\{",
    "ORDER BY and LIMIT before an aggregate lose the order": r"\bWITH\b(?:(?!\bRETURN\b).)*\bORDER\s+BY\b(?:(?!\bRETURN\b).)*\b(LIMIT|SKIP)\b.*\b(RETURN|WITH)\b[^;]*\b(count|collect|sum|avg|min|max)\s*\(",
    "a path is no scalar": r"\b\w+\s*=\s*(\(|shortestPath|allShortestPaths)|\b(nodes|relationships|rels|length)\s*\(",
    "a walk of any length is a walk in one engine and a trail in the other": r"\[[^\]]*\*\s*(\.\.|\d+\s*\.\.\s*[^\d\s]|\]|\d+\s*\.\.\s*\])",
    "a comma between patterns is thousands of times slower": r"\b(MATCH|MERGE|CREATE)\s*\([^\n]*\)\s*,\s*\(",
    "two nodes are looked up in one clause": r"\bMATCH\b[^\n]*\{[^\n}]*\}\)\s*,",
    "labels are text in one engine, a list in the other": r"\blabels?\s*\(",
    "a value is glued into the text": r"\$\{|%s|\{\{",
    "more than one statement": r";",
    "everything at once": r"\bRETURN\s+(DISTINCT\s+)?\*",
}
# What the embedded engine does not have: only in a file of neo4j/ alone.
MISSING = {
    "SET += map": r"\+=",
    "REMOVE": r"\bREMOVE\b",
    "FOREACH": r"\bFOREACH\b",
    "CALL": r"\bCALL\b",
    "type()": r"\btype\s*\(",
    "elementId() and id()": r"\b(elementId|id)\s*\(",
    "properties() and keys()": r"\b(properties|keys)\s*\(",
    "a comprehension": r"\[\s*\w+\s+IN\b|\[\s*\([^\]]*\|",
    "a map projection": r"\b\w+\s*\{\s*\.",
    "shortestPath()": r"\b(shortestPath|allShortestPaths)\s*\(",
    "lists count from one in one engine": r"[\w)\]]\[\s*-?\s*(\d+|\$?\w+)\s*(\]|\.\.)",
    "indexes and constraints": r"\b(CREATE|DROP|SHOW)\s+(\w+\s+)?(INDEX|INDEXES|CONSTRAINT|CONSTRAINTS)\b",
    "USING INDEX": r"\bUSING\s+(INDEX|SCAN|JOIN)\b",
    "timestamp() and datetime()": r"\b(timestamp|datetime|date|time|duration)\s*\(",
    "whole nodes": r"\bSET\s+\w+\s*=",
    "setting a label": r"\bSET\s+\w+\s*:",
    "LOAD CSV": r"\bLOAD\s+CSV\b",
}
# What Neo4j does not have: only in a file of ladybug/ alone.
FOREIGN = {
    "COPY and LOAD FROM": r"\b(COPY|LOAD\s+FROM)\b",
    "tables": r"\b(CREATE|DROP|ALTER)\s+(NODE|REL)?\s*TABLE\b",
    "the embedded engine's own shortest path": r"\*\s*(ALL\s+)?(SHORTEST|TRAIL|ACYCLIC|WSHORTEST)\b",
    "CAST": r"\bCAST\s*\(",
}


def body_of(text: str) -> str:
    """A query without its comments, slots and literals, which hold names and values, on one line per clause."""
    lines = [line for line in text.splitlines() if not line.startswith("//")]
    return re.sub(r"'[^']*'", "''", re.sub(r"<<(\w+)>>", r"X\1", "\n".join(lines)))


def banned_in(folder: str, text: str) -> list[str]:
    """The banned forms that a query of a folder uses."""
    banned = {**WRONG, **({} if folder == "neo4j" else MISSING), **({} if folder == "ladybug" else FOREIGN)}
    body = body_of(text)
    found = [name for name, form in banned.items() if re.search(form, body, re.IGNORECASE | re.DOTALL)]
    return found + whole_items(body) + relations_met_twice(body)


def relations_met_twice(body: str) -> list[str]:
    """Patterns in which one engine goes over the same edge twice and the other does not: MATCH once for each."""
    patterns = re.findall(
        r"\bMATCH\b(.*?)(?=\b(?:OPTIONAL|MATCH|WHERE|WITH|RETURN|MERGE|SET|DELETE)\b|$)", body, re.DOTALL
    )
    for pattern in patterns:
        named = [name for edge in re.findall(r"\[\w*:([\w|]+)", pattern) for name in edge.split("|")]
        if len(named) != len(set(named)) or len(re.findall(r"\[\w*\]|--[>(]|-->", pattern)) > 1:
            return ["a relation stands twice in one pattern"]
    return []


def whole_items(body: str) -> list[str]:
    """Returned or passed-on items that are whole nodes, edges or paths: RETURN n, collect(n), WITH n AS m is none."""
    variables = set(re.findall(r"[(\[](\w+):", body))
    items = [
        item for clause in re.findall(r"\bRETURN\b(.*)", body, re.DOTALL | re.IGNORECASE) for item in split(clause)
    ]
    names = [
        re.sub(r"^DISTINCT\s+|\s+AS\s+\w+.*$", "", item.strip(), flags=re.IGNORECASE | re.DOTALL) for item in items
    ]
    inner = [re.sub(r"^collect\((DISTINCT\s+)?(.*)\)$", r"\2", name, flags=re.IGNORECASE) for name in names]
    return ["a whole node, edge or path is returned" for name in inner if name.strip() in variables]


def split(clause: str) -> list[str]:
    """The items of a RETURN clause."""
    before = re.split(r"\bORDER\s+BY\b|\bSKIP\b|\bLIMIT\b|\bUNION\b", clause, flags=re.IGNORECASE)[0]
    return re.split(r",(?![^(\[{]*[)\]}])", before)


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_query_file_says_what_its_rows_mean_and_uses_no_banned_form(path):
    text = path.read_text("utf-8")
    assert text.startswith("// ")
    assert len(text.splitlines()[0]) > 20
    if path.parent.name != "named":  # which are read like those of analysts, and refused where they use such a form
        assert banned_in(path.parent.name, text) == []


def test_a_query_takes_values_as_parameters_only():
    for path in QUERIES:
        if path.parent.name == "named":  # read like those of analysts, which makes parameters of all texts
            continue
        literals = re.findall(r"'[^']*'", "\n".join(x for x in path.read_text("utf-8").splitlines() if x[:2] != "//"))
        assert set(literals) - {"''", "'state'", "'<<source>>'", "'<<target>>'"} == set(), path.name


def test_an_override_of_an_engine_stands_in_for_a_shared_file_or_serves_that_engine_alone():
    shared = {p.stem for f in ("read", "write") for p in (FOLDER / f).glob("*.cypher")}
    own = {engine: {p.stem for p in (FOLDER / engine).glob("*.cypher")} for engine in ENGINES}
    assert {p.parent.name for p in QUERIES} == {"read", "write", "named", *ENGINES}
    for query in own["ladybug"] & own["neo4j"]:
        assert query not in shared, f"{query}: a shared file that no engine reads"


USED_WRONGLY = [
    "MATCH (n:X) RETURN n", "MATCH (n:X) RETURN n AS node", "MATCH (a:X)-[r:Y]->(b:X) RETURN a.id AS id, r",
    "MATCH (n:X) RETURN collect(n) AS all", "MATCH (n:X) RETURN DISTINCT n ORDER BY n.id", "MATCH (n:X) RETURN *",
    "MATCH p = (a:X)-[:Y]->(b:X) RETURN a.id AS id", "MATCH (a:X)-[:Y*]->(b:X) RETURN b.id AS id",
    "MATCH (a:X)-[:Y*1..]->(b:X) RETURN b.id AS id", "MATCH (a:X)-[r:Y*..3]->(b:X) RETURN b.id AS id",
    "MATCH (a:X), (b:X) RETURN a.id AS id", "MATCH (a:X {id: $a}), (b:X {id: $b})\nMERGE (a)-[:Y]->(b)",
    "MATCH (n:X) RETURN COUNT { (n)-->() } AS n", "MATCH (n:X) RETURN [x IN $l WHERE x > 1] AS l",
    "MATCH (a:X) RETURN [(a)-->(b) | b.id] AS l", "MATCH (n:X) RETURN n.list[0] AS x", "MATCH (n:X) RETURN $l[1..2] AS x",
    "MATCH (n:X) CALL { WITH n RETURN 1 AS x } RETURN x", "MATCH (n:X) CALL (n) { RETURN 1 AS x } RETURN x",
    "CALL db.labels() YIELD label RETURN label", "MATCH (n:X) RETURN n { .id, .name } AS m", "MATCH (n:X) SET n += $m",
    "MATCH (n:X) SET n = $m", "MATCH (n:X) REMOVE n.x", "MATCH (n:X) RETURN labels(n) AS l", "MATCH ()-[r:X]->() RETURN type(r) AS t",
    "MATCH (n:X) RETURN elementId(n) AS e", "MATCH (n:X) RETURN id(n) AS e", "FOREACH (x IN $l | CREATE (:X {id: x}))",
    "MATCH (a:X {id: $a})\nMATCH (b:X {id: $b})\nRETURN length(shortestPath((a)-[:Y*1..3]-(b))) AS n",
    "MATCH (a:X)-[:Y* SHORTEST 1..6]->(b:X) RETURN b.id AS id", "CREATE INDEX x IF NOT EXISTS FOR (n:X) ON (n.id)",
    "CREATE CONSTRAINT x FOR (n:X) REQUIRE n.id IS UNIQUE", "SHOW INDEXES YIELD name RETURN name", "DROP CONSTRAINT x",
    "MATCH (n:X) WITH n ORDER BY n.v LIMIT 3 RETURN sum(n.v) AS s", "MATCH (n:X) RETURN n.id AS id; MATCH (m:X) DELETE m",
    "MATCH (n:X) WITH n ORDER BY n.v SKIP 1 LIMIT 3 WITH n.k AS k, count(*) AS c RETURN k, c",
    "LOAD CSV FROM $f AS row RETURN row", "LOAD FROM $f RETURN 1", "COPY X FROM $f", "MATCH (n:X) RETURN timestamp() AS t",
    "MATCH (n:X) SET n:Y", "MATCH (n:X) RETURN properties(n) AS p", "MATCH (n:X) RETURN CAST(n.v AS INT64) AS v",
    "MATCH (a:X)-[:Y]->(b:X)<-[:Y]-(c:X) RETURN c.id AS id", "MATCH (a:X)-[:Y|Z]->(b:X)-[r:Z]->(c:X) RETURN c.id AS id",
    "MATCH (n:X) RETURN keys(n) AS k", "CREATE NODE TABLE X(id STRING)",
]  # fmt: skip
USED_RIGHTLY = [
    "MATCH (a:X)-[:Y]->(b:X)\nWHERE a.id IN $ids\nMATCH (c:X)-[:Y]->(b)\nRETURN c.id AS id",
    "MATCH (n:X) RETURN n.id AS id ORDER BY id LIMIT 200", "MATCH (a:X)-[:Y|Z*1..3]->(b:X) RETURN DISTINCT b.id AS id",
    "MATCH (n:X) WHERE EXISTS { MATCH (n)-[:Y]->(m:X) } RETURN n.id AS id", "UNWIND $rows AS row\nMERGE (n:X {id: row.id})\nSET n.v = row.v",
    "MATCH (n:X) WHERE n.name = $name AND n.id IN $ids RETURN count(n) AS n", "MATCH (n:X) RETURN collect(DISTINCT n.id) AS ids",
    "MATCH (a:X {id: $id})\nOPTIONAL MATCH (a)-[:Y]->(b:X)\nRETURN a.id AS id, count(b) AS n",
    "MATCH (n:X) RETURN CASE WHEN n.v > 1 THEN 'a' ELSE 'b' END AS c UNION MATCH (m:Y) RETURN m.id AS c",
]  # fmt: skip


@pytest.mark.parametrize("query", USED_WRONGLY)
def test_a_banned_form_is_noticed_in_a_shared_file(query):
    assert banned_in("read", f"// One row per thing.\n{query}\n") != []


@pytest.mark.parametrize("query", USED_RIGHTLY)
def test_the_shared_subset_is_allowed(query):
    assert banned_in("read", f"// One row per thing.\n{query}\n") == []


def test_a_step_without_rows_is_never_sent():
    from graph.schema.parse import load_schema
    from graph.store.changes import Changes, steps

    assert list(steps(Changes(), load_schema())) == []  # one engine refuses to unwind an empty list


def test_no_cypher_stands_in_python():
    root = Path(__file__).parents[2]
    words = re.compile(r"[\"'](?:MATCH|MERGE|UNWIND|CREATE|LOAD FROM|COPY|RETURN|DELETE) ")
    found = [
        p
        for d in ("graph", "ingest", "api", "viz")
        for p in (root / d).rglob("*.py")
        if words.search(p.read_text("utf-8"))
        and p.parent != root / "graph" / "store" / "cypher"  # which writes anew what a person wrote
    ]
    assert found == []
