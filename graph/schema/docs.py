"""`docs/schema.md` from the schema: `python -m graph.schema.docs docs/schema.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from graph.schema.kinds import Column, Kind, Relation, Schema
from graph.schema.parse import load_schema


def schema_markdown(schema: Schema) -> str:
    """Every sheet, column, kind and relation as a Markdown page.

    >>> schema_markdown(load_schema()).splitlines()[0]
    '# 类别、关系与工作表'
    """
    return "\n".join(_lines(schema)) + "\n"


def _lines(schema: Schema) -> Iterator[str]:
    yield "# 类别、关系与工作表"
    yield ""
    yield "本页由 `graph/schema/nodes/*.yaml` 与 `graph/schema/relations/*.yaml` 生成（`python -m graph.schema.docs docs/schema.md`），请勿手改。"
    yield "带 `*` 的列必填；带 `†` 的列一格可写多个名称，用顿号分开。"
    yield ""
    yield "## 节点"
    yield ""
    yield "| 类别 | 图库标签 | 说明 | 键 | 图例 | 显示在 |"
    yield "|---|---|---|---|---|---|"
    for kind in schema.kinds.values():
        yield f"| {kind.caption} | `{kind.label}` | {kind.about} | {' + '.join(kind.key)} | {kind.looks.icon} `{kind.looks.color}` | {'、'.join(kind.looks.places)} |"
    yield ""
    yield "## 关系"
    yield ""
    yield "| 关系 | 名称 | 说明 | 两端 | 属性 |"
    yield "|---|---|---|---|---|"
    for name, relation in schema.relations.items():
        ends = "；".join(f"{a} → {b}" for a, b in relation.ends)
        fields = "、".join(f"{c.caption} `{c.field}`" for c in relation.fields)
        yield f"| `{name}` | {relation.caption} | {relation.about} | {ends} | {fields} |"
    yield ""
    yield "## 工作表"
    for name, sheet in schema.sheets.items():
        yield ""
        yield f"### {name}"
        yield ""
        yield f"{sheet.about}。键：{' + '.join(sheet.key)}。"
        yield ""
        yield "| 列 | 类型 | 图库字段 | 写法 |"
        yield "|---|---|---|---|"
        yield from (_row(sheet, column) for column in sheet.columns)
        yield ""
        yield f"还可以加：{'、'.join(c.caption for c in sheet.common if c.template)}。"


def _row(sheet: Kind | Relation, column: Column) -> str:
    mark = ("*" if column.required else "") + ("†" if column.list else "")
    kind = column.value_type.caption + (f"：{'、'.join(column.to)}" if column.to else "")
    notes = []
    if column.words:
        notes.append(f"只能填 {' '.join(column.words)}")
    if column.default:
        notes.append(f"空着按 {column.default}")
    if column.suggest:
        notes.append(f"建议 {'、'.join(column.suggest)}")
    if column.whole:
        notes.append(f"可写 {'、'.join(column.whole)}")
    if column.note:
        notes.append(column.note)
    field = f"`{column.field}`" if column.field else ""
    return f"| {column.caption}{mark} | {kind} | {field} | {'；'.join(notes)} |"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(schema_markdown(load_schema()), "utf-8")
