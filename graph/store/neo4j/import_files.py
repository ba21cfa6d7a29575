"""The files that `neo4j-admin database import full` reads: the graph of a ledger, for a first load of any size.

Every kind, and every relation between two kinds, is a header file and part files, packed: a table program, which would
take =1+1 for a formula, does not open them, and they are a tenth of the size to carry. Once imported, the
database is what `Neo4jStore.build` would have written, but for keys and indexes, which the store makes
when it first opens it.
"""

from __future__ import annotations

import gzip
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import TextIOWrapper
from itertools import chain, islice
from pathlib import Path

from graph.projection.result import Projection
from graph.schema.kinds import Schema
from graph.store.changes import by_ends, end_labels
from graph.store.protocol import GraphState
from graph.store.rows import Row, edge_columns, edge_row, node_columns, node_row, waiting_rows

NODE, WAITING, STATE = OURS = ("Lianpu", "LianpuWaiting", "LianpuState")  # a node of ours bears exactly one of these
IMPORT_TYPE = {"STRING": "string", "DOUBLE": "double", "INT64": "long", "BOOLEAN": "boolean"}
PART = 1_000_000  # rows per file
SCRIPT = "import.sh"
TOOL = ("neo4j-admin", "database", "import", "full")
# Texts may hold line breaks, and nothing may be dropped in silence.
OPTIONS = ("--multiline-fields=true", "--id-type=string", "--bad-tolerance=0")
HEAD = """\
#!/bin/sh
# 把链谱的图一次装入一个新的 Neo4j 数据库（默认 neo4j）。在安装 Neo4j 的机器上、服务器停止时运行：sh import.sh
# 数据库已经存在时 neo4j-admin 会拒绝；确认其中没有别的内容后，可运行 sh import.sh --overwrite-destination
set -eu
cd "$(dirname "$0")"
"""
Columns = Sequence[tuple[str, str]]


def write_import(
    folder: Path,
    projection: Projection,
    schema: Schema,
    state: GraphState,
    waiting: Sequence[Row],
    database: str = "neo4j",
    part: int = PART,
) -> tuple[list[Path], str]:
    """Write the files and a script that imports them: (files, the command line).

    The command line names the files by their full path, the script by their place beside it, so that
    the folder can be carried to the server.
    """
    folder.mkdir(parents=True, exist_ok=True)
    groups = [
        (option, [name.name for name in _write_group(folder, stem, header, rows, part)])
        for option, stem, header, rows in chain(
            _nodes(projection, schema), _own(state, waiting), _edges(projection, schema)
        )
    ]
    script = folder / SCRIPT
    script.write_text(HEAD + _command(groups, database, separator=" \\\n  ") + ' "$@"\n', "utf-8")
    written = [folder / name for _, names in groups for name in names]
    return [*written, script], _command(groups, database, f"{folder.absolute()}/")


def _command(groups: Iterable[tuple[str, Sequence[str]]], database: str, before: str = "", separator: str = " ") -> str:
    inputs = [f"{option}={','.join(before + name for name in names)}" for option, names in groups]
    return separator.join([" ".join([*TOOL, shlex.quote(database)]), *map(shlex.quote, (*OPTIONS, *inputs))])


Group = tuple[str, str, list[tuple[str, str]], Iterable[Row]]  # option, file stem, (name, header field), rows


def _nodes(projection: Projection, schema: Schema) -> Iterator[Group]:
    for caption, nodes in projection.nodes.items():
        kind = schema.kinds[caption]
        if nodes:
            header = [_key(kind.label), *_typed(node_columns(kind))]
            yield f"--nodes={kind.label}:{NODE}", kind.label, header, map(node_row, nodes.values())


def _own(state: GraphState, waiting: Sequence[Row]) -> Iterator[Group]:
    shown: list[Row] = [{"id": "state", "ledger": state.ledger, "schema": state.schema}]
    for label, names, rows in ((STATE, ("ledger", "schema"), shown), (WAITING, ("document",), waiting_rows(waiting))):
        if rows:
            yield f"--nodes={label}", label, [_key(label), *_typed([(n, "STRING") for n in names])], rows


def _edges(projection: Projection, schema: Schema) -> Iterator[Group]:
    for name, edges in projection.edges.items():
        for some in by_ends(edges.values()):
            ends = end_labels(some[0], schema)
            header = [("source", f":START_ID({ends['source']})"), ("target", f":END_ID({ends['target']})")]
            header += _typed(edge_columns(schema.relations[name]))
            stem = f"{name}-{ends['source']}-{ends['target']}"
            yield f"--relationships={name}", stem, header, map(edge_row, some)


def _key(label: str) -> tuple[str, str]:
    return "id", f"id:ID({label})"  # an id is unique among the nodes of its label


def _typed(columns: Columns) -> list[tuple[str, str]]:
    return [(name, f"{name}:{IMPORT_TYPE[kind]}") for name, kind in columns]


def _write_group(
    folder: Path, stem: str, header: Sequence[tuple[str, str]], rows: Iterable[Row], part: int
) -> Iterator[Path]:
    names = [name for name, _ in header]
    whole = {name for name, field in header if field.endswith(":long")}
    yield _packed(folder / f"{stem}-header.csv.gz", [",".join(field for _, field in header) + "\n"])
    lines = (_line(row, names, whole) for row in rows)
    number = 0
    while some := list(islice(lines, part)):
        number += 1
        yield _packed(folder / f"{stem}-{number:03d}.csv.gz", some)


def _packed(path: Path, lines: Iterable[str]) -> Path:
    """Write a file; same lines, same bytes."""
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", 1, raw, mtime=0) as packed,
        TextIOWrapper(packed, "utf-8", newline="\n") as file,
    ):
        file.writelines(lines)
    return path


def _line(row: Mapping[str, object], names: Sequence[str], whole: set[str]) -> str:
    return ",".join(_cell(row.get(name), name in whole) for name in names) + "\n"


def _cell(value: object, whole: bool = False) -> str:
    """A value as the importer reads it: nothing between commas is no value, quotes around nothing the empty text.

    >>> [_cell(v) for v in (None, "", 'a"b', 0.5, True)], _cell(2024.0, whole=True)
    (['', '""', '"a""b"', '0.5', 'true'], '2024')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if whole and isinstance(value, float) else repr(value)
