"""What can go wrong, said to a person: what, where, and what to do. HTTP status is decided in api."""

from __future__ import annotations

from collections.abc import Sequence


class LianpuError(Exception):
    """Base of every error a person may see. `message` and `hint` are Chinese."""

    code = "fault"

    def __init__(self, message: str, hint: str, where: str | None = None) -> None:
        self.message, self.hint, self.where = message, hint, where
        super().__init__(message)

    def document(self) -> dict[str, dict[str, str]]:
        """The JSON form: {"error": {"code", "message", "hint", "where"?}}."""
        error = {"code": self.code, "message": self.message, "hint": self.hint}
        if self.where:
            error["where"] = self.where
        return {"error": error}


class UnknownBatch(LianpuError):
    """There is no such batch, or it is undone already."""

    code = "unknown_batch"

    def __init__(self, batch: object, undone: bool = False) -> None:
        said = f"批次 {batch} 已经撤销过" if undone else f"没有批次 {batch}"
        super().__init__(said, "用 lianpu batches 查看全部批次")


class LedgerTooNew(LianpuError):
    """The ledger was written by a newer version."""

    code = "ledger_too_new"

    def __init__(self, revision: str) -> None:
        super().__init__(f"台账由更新的版本写入（{revision}）", "请升级链谱后再打开，台账没有改动")


class LedgerFault(LianpuError):
    """The ledger cannot be opened or written."""

    code = "ledger_fault"

    def __init__(self, detail: str) -> None:
        super().__init__(f"台账打不开或写不进：{detail}", "检查 LIANPU_HOME 所在磁盘的空间和权限")


class HomeBusy(LianpuError):
    """Another process holds the home."""

    code = "home_busy"

    def __init__(self, home: str) -> None:
        super().__init__(f"数据目录正被另一个链谱进程使用：{home}", "等它结束，或关闭后重试")


class Unknown(LianpuError):
    """A name that people asked for does not exist."""

    code = "unknown_name"

    def __init__(self, kind: str, name: str, near: Sequence[str] = ()) -> None:
        hint = f"是否指：{'、'.join(near)}" if near else "检查名称，或先导入相关表格"
        super().__init__(f"没有名为“{name}”的{kind}", hint)
        self.near = list(near)


class Ambiguous(LianpuError):
    """A name that several things bear."""

    code = "ambiguous_name"

    def __init__(self, kind: str, name: str, choices: Sequence[str]) -> None:
        super().__init__(f"“{name}”对应多个{kind}", f"请写全：{'、'.join(choices)}")
        self.choices = list(choices)


class BadGraphUrl(LianpuError):
    """LIANPU_GRAPH_URL names an engine that does not exist."""

    code = "bad_graph_url"

    def __init__(self, scheme: str) -> None:
        super().__init__(f"不认识的图库地址类型：{scheme}", "写成 ladybug:///路径")


class NothingRead(LianpuError):
    """No file, or no sheet in it, could be read."""

    code = "nothing_read"

    def __init__(self, detail: str) -> None:
        super().__init__(f"没有读到任何数据：{detail}", "用 lianpu template 生成模板，按模板填写后再导入")


class BadConfig(LianpuError):
    """The configuration file has faults; all of them are listed."""

    code = "bad_config"

    def __init__(self, faults: Sequence[str], where: str | None = None) -> None:
        super().__init__("配置有误：" + "；".join(faults), "改正后重试；删除该文件即恢复默认值", where)


class BadChange(LianpuError):
    """A supposed change that cannot be read."""

    code = "bad_change"

    def __init__(self, text: str) -> None:
        super().__init__(f"看不懂的变化“{text}”", "写成 企业@环节 或 企业@环节:产值（万元），如 某某公司@锯条:5000")
