"""`lianpu check`: the ledger as it was written, the graph as the ledger says, and both in step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.city.city import City
from graph.errors import LianpuError

if TYPE_CHECKING:
    from graph.answers.documents.check import CheckDocument, DamageDocument

GRAPH_SAFE = "台账没有受影响"
REBUILD = "运行 lianpu rebuild，由台账重建"


def examine(city: City) -> CheckDocument:
    """Read everything that the city holds, and say what is not as it was written."""
    ledger_damages = city.ledger.health.damages()
    copy = city.ledger.health.newest_good_copy()
    restore = f"用备份恢复：{copy}（停下链谱，移走台账文件和同名的 -wal、-shm 文件，把备份复制成台账文件）"
    hint = restore if copy else "撤销这个批次后重新导入原来的文件；没有自动备份可用"
    safe = "其余的行和批次没有受影响；损坏的行不会进入图库"
    all_damages: list[DamageDocument] = [
        {"part": "ledger", "where": d.where, "message": d.message, "safe": safe, "hint": hint} for d in ledger_damages
    ]
    content, in_step, broken = _graph(city)
    all_damages += broken
    rebuilt = None if ledger_damages else city.hash_anew()
    untrue = [
        message
        for message, wrong in (
            ("图库的内容与台账不一致", None not in (rebuilt, content) and rebuilt != content),
            ("更新时查找行用的名称清单与台账不一致", not ledger_damages and not city.updates.is_list_true()),
        )
        if wrong
    ]
    all_damages += [
        {"part": "graph", "where": city.store.url, "message": message, "safe": GRAPH_SAFE, "hint": REBUILD}
        for message in untrue
    ]
    return {
        "whole": not all_damages, "rows": city.ledger.count(), "hash": content, "rebuilt": rebuilt, "in_step": in_step,
        "copy": str(copy) if copy else None, "damages": all_damages, "seconds": 0.0,
    }  # fmt: skip


def _graph(city: City) -> tuple[str | None, bool, list[DamageDocument]]:
    """Its content hash, read anew; whether it is in step; what is wrong with it."""
    try:
        with city.store.snapshot():
            state = city.store.state()
            content, in_step = city.hash(), state == city.target_state()
    except LianpuError as fault:
        damage: DamageDocument = {
            "part": "graph", "where": city.store.url, "message": fault.message, "safe": GRAPH_SAFE, "hint": fault.hint,
        }  # fmt: skip
        return None, False, [damage]
    if in_step:
        return content, True, []
    message, hint = "图库还没有跟上台账", f"{REBUILD}；磁盘已满时先腾出空间"
    return content, False, [
        {"part": "graph", "where": city.store.url, "message": message, "safe": GRAPH_SAFE, "hint": hint}
    ]  # fmt: skip
