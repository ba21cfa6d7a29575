"""The graph as files: what neo4j-admin imports is what a build writes; what GraphML readers see is the graph."""

from __future__ import annotations

import shlex
from pathlib import Path

import networkx as nx
import pytest
from both import SPARE, driver
from serving import lianpu

from graph.model import Edge, Node
from graph.projection.result import Projection
from graph.schema.parse import load_schema
from graph.store.compare import content_hash
from graph.store.neo4j.import_files import write_import
from graph.store.opening import open_store
from graph.store.protocol import GraphState

EXAMPLES = Path(__file__).parents[2] / "examples"
SCHEMA = load_schema()
ODD = ["", " ", '"', '""', "a,b", "a;b", "\\", "'", "两\n行", "\r\n", " 前后 ", "𠮷", "\t", "null", "0", "=1+1"]


def odd_graph(city):
    """The graph of a city, and nodes and edges with texts and numbers that files spoil easily."""
    graph = city.projection()
    for number, text in enumerate(ODD):
        values = {"name": text, "location": text, "output": float(number), "year": 2000 + number}
        graph.nodes["企业"][f"奇{number}"] = Node("企业", f"奇{number}", text, values, [number, 7], {text: text})
        graph.nodes["产品"][f"怪{number}"] = Node("产品", f"怪{number}", text, {"name": text})
        for twin in "ab":
            ident = f"边{number}{twin}"
            shared = {"share": number / 7, "year": None if number % 2 else -(2**63)}
            graph.edges["MAKES"][ident] = Edge(
                "MAKES", ident, "企业", f"奇{number}", "产品", f"怪{number // 2}", shared, [1]
            )
    return graph


@pytest.fixture(scope="module")
def example(copy_examples, tmp_path_factory):
    from graph.city.city import open_city

    city = open_city(copy_examples(tmp_path_factory.mktemp("files") / "home"))
    yield city
    city.close()


def test_files_imported_by_neo4j_admin_are_the_graph_that_a_build_writes(example, tmp_path, spare):
    graph, state, waiting = odd_graph(example), GraphState("台账", "模式"), [{"name": "等\n待"}, {"name": ""}]
    embedded = open_store(f"ladybug:///{tmp_path / 'g'}", SCHEMA)
    embedded.build(graph, state, waiting)
    files, command = write_import(tmp_path / "出 口", graph, SCHEMA, state, waiting, part=50)
    assert {p.name for p in files} >= {
        "Enterprise-header.csv.gz",
        "Enterprise-001.csv.gz",
        "Enterprise-002.csv.gz",
        "import.sh",
    }
    spare.stop()
    spare.configure(**SPARE)  # another test may have left it with settings of its own
    said = spare.admin(*shlex.split(command)[1:], "--overwrite-destination", cwd=tmp_path)
    nodes, edges = embedded.counts()
    assert f"{sum(nodes.values()) + len(waiting) + 1} nodes" in said
    assert f"{sum(edges.values())} relationships" in said
    report = tmp_path / "import.report"
    assert not report.exists() or report.read_text("utf-8") == ""
    url = spare.start().url
    imported = open_store(url, SCHEMA)
    assert imported.state() == state
    assert imported.waiting() == waiting == embedded.waiting()
    assert imported.counts() == (nodes, edges)
    assert content_hash(imported, SCHEMA) == content_hash(embedded, SCHEMA)
    with driver(url) as connection:
        names = {r["name"] for r in connection.execute_query("SHOW INDEXES YIELD name RETURN name").records}
    assert {"lianpu_Enterprise", "lianpu_Enterprise_name", "lianpu_LianpuState"} <= names
    imported.build(Projection(), state, [])  # nothing there is foreign to the store
    for store in (imported, embedded):
        store.close()


def test_the_script_beside_the_files_names_them_by_their_place(example, tmp_path):
    files, command = write_import(tmp_path / "出口", example.projection(), SCHEMA, GraphState("a", "b"), [])
    script = (tmp_path / "出口" / "import.sh").read_text("utf-8")
    command_of_script = script[script.index("neo4j-admin database") :]
    inside = shlex.split(command_of_script.replace("\\\n", ""))
    assert [word.replace(f"{tmp_path}/出口/", "") for word in shlex.split(command)] == inside[:-1]
    assert {p.name for p in files[:-1]} == {n for w in inside if ".csv" in w for n in w.rpartition("=")[2].split(",")}


def test_no_file_opens_in_a_table_program_which_would_see_formulas(example, tmp_path):
    first, second = (
        write_import(tmp_path / name, odd_graph(example), SCHEMA, GraphState("a", "b"), [])[0] for name in "ab"
    )
    assert {p.suffix for p in first} == {".gz", ".sh"}
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]


def test_export_for_neo4j_prints_the_command_and_graphml_reads_back(tmp_path):
    home = tmp_path / "home"
    lianpu(home, "load", str(EXAMPLES / "示例县"))
    _, status, _ = lianpu(home, "status")
    code, made, err = lianpu(home, "export", str(tmp_path / "neo"), "--format", "neo4j-admin")
    assert (code, err) == (0, "")
    assert (made["nodes"], made["edges"]) == (status["graph"]["nodes"], status["graph"]["edges"])
    assert made["command"].startswith("neo4j-admin database import full neo4j ")
    code, text, _ = lianpu(home, "export", str(tmp_path / "neo"), "--format", "neo4j-admin", json_out=False)
    assert made["command"] in text.splitlines()
    code, made, _ = lianpu(home, "export", str(tmp_path / "ml" / "示例.graphml"), "--format", "graphml")
    assert (code, made["files"]) == (0, [str(tmp_path / "ml" / "示例.graphml")])
    graph = nx.read_graphml(made["files"][0], force_multigraph=True)
    assert len(graph) == sum(status["graph"]["nodes"].values())
    assert graph.number_of_edges() == sum(status["graph"]["edges"].values())
    outputs = [v for _, v in graph.nodes(data="output") if v is not None]
    assert outputs
    assert all(isinstance(v, float) for v in outputs)
    assert {kind for _, kind in graph.nodes(data="kind")} == set(status["graph"]["nodes"])


def test_graphml_keeps_odd_texts_and_says_nothing_of_what_is_not_known(example, tmp_path):
    from graph.city.graphml import write_graphml

    write_graphml(tmp_path / "g.graphml", odd_graph(example), SCHEMA)
    graph = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert [graph.nodes[f"奇{n}"]["location"] for n in range(len(ODD))] == ODD
    assert "year" not in graph.edges["奇1", "怪0", "边1a"]
    assert graph.edges["奇2", "怪1", "边2b"]["year"] == -(2**63)


@pytest.mark.parametrize(("target", "said"), [("甲,乙", "逗号"), ("文件", "文件夹")])
def test_a_folder_that_cannot_be_exported_to_is_said_so(tmp_path, target, said):
    (tmp_path / "文件").write_text("x")
    code, d, _ = lianpu(tmp_path / "home", "export", str(tmp_path / target), "--format", "neo4j-admin")
    assert code == 2
    assert d["error"]["code"] == "export_target"
    assert said in d["error"]["message"]
