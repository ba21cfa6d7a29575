"""What goes wrong with rows that are in the ledger."""

from __future__ import annotations

from graph.errors import Stated


class LedgerAltered(Stated):
    """Rows, batches or undos of the ledger are not as they were written."""

    places: str
    code = "ledger_altered"
    says = "台账里有不是原样的内容：{places}"
    do = (
        "其余的行和批次没有受影响，图库没有改动；运行 lianpu check 看全部损坏和最近一份完好的备份，用备份恢复台账，"
        "或用 lianpu undo 撤销这个批次后重新导入原来的文件"
    )
