"""The whole graph as files for other programs, made from the ledger, whatever engine the home uses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graph.city.city import City
from graph.city.graphml import write_graphml
from graph.errors import BadExportFolder
from graph.projection.result import Projection
from graph.store.neo4j.import_files import write_import

GRAPHML = "图谱.graphml"


def export_graph(city: City, folder: Path, form: str) -> dict[str, Any]:
    """Write the graph into a folder as `neo4j-admin` or `graphml` files; the document of `lianpu export`.

    A path that ends in .graphml is the file itself. Raises BadExportFolder where the folder cannot be made,
    or its name cannot stand in the command line.
    """
    graph = city.projection()
    target = folder / GRAPHML
    if form == "graphml" and folder.suffix.lower() == ".graphml" and not folder.is_dir():
        folder, target = folder.parent, folder
    if form == "neo4j-admin" and "," in str(folder):
        raise BadExportFolder(folder, "路径中不能有逗号，neo4j-admin 用它分隔文件")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise BadExportFolder(folder, "这里已有一个文件，要的是文件夹") from error
    if form == "graphml":
        write_graphml(target, graph, city.schema)
        return {"files": [str(target)], **_counts(graph)}
    files, command = write_import(folder, graph, city.schema, city.target_state(), city.waiting_documents(graph))
    return {"files": [str(path) for path in files], **_counts(graph), "command": command}


def _counts(graph: Projection) -> dict[str, dict[str, int]]:
    return {
        "nodes": {kind: len(nodes) for kind, nodes in graph.nodes.items() if nodes},
        "edges": {relation: len(edges) for relation, edges in graph.edges.items() if edges},
    }
