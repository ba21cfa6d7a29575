"""docs/json.md, made from the table of commands: `python -m api.commands.docs docs/json.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin

from pydantic.fields import FieldInfo
from typing_extensions import get_type_hints, is_typeddict

from api.commands.requests import POSITIONAL, Request
from api.commands.table import COMMANDS, Command, flags_of
from graph.answers.documents.nodes import BatchRowsDocument, LoadedRowDocument
from graph.answers.documents.parts import FaultDocument, Means

HEAD = """# JSON 文档

本页由 `python -m api.commands.docs docs/json.md` 生成。

每个命令加 `--json` 都在标准输出写一个 JSON 文档，此外什么也不写；消息和进度写到标准错误。服务器在 `/api/` 下给出同样的文档
（令牌放在 `X-Lianpu-Token` 头、`Authorization: Bearer` 头或网页的 cookie 里），每个地址的参数、文档和错误也写在
`/api/openapi.json`。只凭 cookie 的改动还要带本页的校验码：表单的 `csrf`，或 `X-Lianpu-CSRF` 头。

键是英文，领域里的词仍是中文。份额是 0 到 1 的小数，金额的单位是万元，日期按 ISO 8601。环节由县（市、区）、产业链、环节三者确定。
不清楚的是 null，从不写 0。以后可以增加键；已有的键不变。

退出码：`0` 完成；`1` 部分完成（有行被拒绝）或没有找到，文档照常；`2` 用法不对、什么也没有读到或出错：

```json
{"error": {"code": "unknown_name", "message": "没有名为“没有”的企业", "hint": "检查名称，或先导入相关表格"}}
```

错在文件的某一处时，旁边还有 `where`。

`serve` 和 `demo` 在网页可以打开时写出 `url`；`demo` 还有 `load` 和 `files`。

设想的变化写 `企业@环节` 或 `企业@环节:产值`（万元，也可写 1.2亿、3000万元），环节可写 上级/环节 或 县/链/环节。

内容哈希 `hash` 包括类别、键、计数的值和关系；它与导入的先后无关（等级和日期都相同的两种说法，以后导入的为准），也与图库引擎无关。
"""
OTHER_HEAD = """
## 只在 HTTP 上的文档

`GET /api/batch?batch=N` 给出一个批次和它的行（[`BatchRows`](#类型-batchrows)），`GET /api/row?record=N` 给出一个来源所指的行
（[`LoadedRow`](#类型-loadedrow)）。`POST /api/load` 以表单收文件（`files`），可加 `dry_run`、`replace`、`yes`；`POST /api/undo`
以表单收 `batch`；`POST /api/decide` 收 JSON。

## 类型

键后有 ? 的可以没有。
"""
PLAIN = {str: "文字", int: "整数", float: "数", bool: "是否", NoneType: "null", Any: "任意"}


def page() -> str:
    """The whole page."""
    commands = list(COMMANDS.values())
    types: dict[str, Any] = {}
    for root in (*(c.document for c in commands), BatchRowsDocument, LoadedRowDocument, FaultDocument):
        _collect(root, types)
    parts = [HEAD, *map(_command, commands), OTHER_HEAD, *(_type(t) for _, t in sorted(types.items()))]
    return "\n".join(parts)


def _command(command: Command) -> str:
    http = f"HTTP：`{command.http}`。" if command.http else "只在命令行。"
    rows = list(_parameters(command.request, command.asked))
    table = ["", "| 参数 | 命令行 | 说明 | 限制 | 不写时 |", "|---|---|---|---|---|", *rows] if rows else []
    return "\n".join(
        [f"## `{command.name}`", "", command.about, "", f"{http}文档：{_link(command.document)}。", *table, ""]
    )


def _parameters(request: type[Request], asked: type[Request] | None) -> Iterator[str]:
    for name, field in request.model_fields.items():
        shown = name.upper() if POSITIONAL in field.metadata else " ".join(flags_of(name, field.metadata))
        where = "" if asked is None or name in asked.model_fields else "（只在命令行）"
        default = "必填" if field.is_required() else _default(field.default)
        yield f"| `{name}` | `{shown}` | {field.description}{where} | {_limits(field)} | {default} |"


def _default(value: Any) -> str:
    return {None: "", (): "", False: "否"}.get(value, f"`{value}`")


def _limits(field: FieldInfo) -> str:
    """The limits of a field in words: choices, range, length, number of items."""
    if get_origin(field.annotation) is Literal:
        return "、".join(get_args(field.annotation))
    bounds = {n: getattr(m, n) for m in field.metadata for n in ("ge", "le", "max_length") if hasattr(m, n)}
    words = [f"≥ {bounds['ge']}" if "ge" in bounds else "", f"≤ {bounds['le']}" if "le" in bounds else ""]
    if "max_length" in bounds:
        items = get_origin(field.annotation) is tuple
        words.append(f"至多 {bounds['max_length']} {'项' if items else '字'}")
    return " ".join(w for w in words if w)


def _fields(document: Any) -> Iterator[tuple[str, Any, str]]:
    """(key, type, meaning) of a typed document; a key that may be missing ends in ?."""
    for key, hint in get_type_hints(document, include_extras=True).items():
        origin: Any = get_origin(hint)
        may_miss = origin is NotRequired
        inner = get_args(hint)[0] if may_miss else hint
        meaning = next((m.text for m in getattr(inner, "__metadata__", ()) if isinstance(m, Means)), "")
        yield f"{key}?" if may_miss else key, inner, meaning


def _type(document: Any) -> str:
    rows = [f"| `{key}` | {_shape(hint)} | {meaning} |" for key, hint, meaning in _fields(document)]
    return "\n".join(
        [
            f"### 类型 {document.__name__}",
            "",
            f"{document.__doc__}。",
            "",
            "| 键 | 类型 | 内容 |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _shape(hint: Any) -> str:
    """A type in words.

    >>> _shape(list[str]), _shape(dict[str, int]), _shape(float | None)
    ('[文字]', '{名称: 整数}', '数或 null')
    """
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _shape(inner[0])
    if is_typeddict(hint):
        return _link(hint)
    if origin in (Union, UnionType):
        shapes = [_shape(t) for t in inner if t is not NoneType]
        return "、".join(shapes) + ("或 null" if NoneType in inner else "")
    if origin is dict:
        return f"{{名称: {_shape(inner[1])}}}"
    return f"[{_shape(inner[0])}]" if inner else PLAIN[hint]


def _link(document: Any) -> str:
    return f"[`{document.__name__}`](#类型-{document.__name__.lower()})"


def _collect(hint: Any, types: dict[str, Any]) -> None:
    """Every typed document that stands in a type."""
    if is_typeddict(hint) and hint.__name__ not in types:
        types[hint.__name__] = hint
        for _, inner, _ in _fields(hint):
            _collect(inner, types)
    for inner in get_args(hint):
        _collect(inner, types)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), "utf-8")
