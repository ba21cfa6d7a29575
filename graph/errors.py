"""What can go wrong, said to a person: what, where, and what to do. HTTP status is decided in api."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PASSWORD = re.compile(r"(:/+[^\s:/@]*):\S*@")  # :/ also where a URL was taken for a path


def without_password(text: str) -> str:
    """A text in which no URL says its password, also one that was not percent-encoded.

    >>> without_password("打不开 neo4j://neo4j:p@ss/w0rd@10.0.0.8:7687/neo4j")
    '打不开 neo4j://neo4j:***@10.0.0.8:7687/neo4j'
    """
    return _PASSWORD.sub(r"\1:***@", text)


class LianpuError(Exception):
    """Base of every error a person may see. `message` and `hint` are Chinese."""

    code = "fault"

    def __init__(self, message: str, hint: str, where: str | None = None) -> None:
        self.message, self.hint, self.where = without_password(message), without_password(hint), where
        super().__init__(self.message)

    def document(self) -> dict[str, dict[str, str]]:
        """The JSON form: {"error": {"code", "message", "hint", "where"?}}."""
        error = {"code": self.code, "message": self.message, "hint": self.hint}
        if self.where:
            error["where"] = self.where
        return {"error": error}


class UnknownRow(LianpuError):
    """No such row in the ledger."""

    code = "unknown_row"

    def __init__(self, record: int) -> None:
        super().__init__(f"台账里没有编号为 {record} 的行", "从“来源行”的链接进入")


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
    """LIANPU_GRAPH_URL cannot be read, or names an engine that does not exist."""

    code = "bad_graph_url"

    def __init__(self, detail: str) -> None:
        # The address itself is never shown: it may hold a password.
        hint = "写成 ladybug:///路径 或 neo4j://用户:密码@主机:端口/数据库；密码中的特殊字符写成 %40 这样的形式"
        super().__init__(f"图库地址不对：{detail}", hint)


class BuildFailed(LianpuError):
    """A newly built graph does not hold what the ledger says."""

    code = "build_failed"

    def __init__(self, kept: bool = True) -> None:
        said = "图库重建后核对不一致" + ("，已保留原图库" if kept else "")
        super().__init__(said, "运行 lianpu rebuild 重试；若再次出现请保留现场并上报")


class GraphFault(LianpuError):
    """The graph server did not do what was asked; subclasses say why."""

    code = "graph_fault"

    def __init__(self, detail: str) -> None:
        super().__init__(f"图库服务器出错：{detail}", "查看图库服务器的日志；台账没有受影响，恢复后运行 lianpu rebuild")


class GraphUnreachable(GraphFault):
    """Nothing answers at the address."""

    code = "graph_unreachable"

    def __init__(self, url: str) -> None:
        hint = "检查服务器是否启动、地址和端口是否正确；neo4j+s:// 要求服务器启用 TLS"
        LianpuError.__init__(self, f"连不上图库服务器：{url}", hint)


class GraphLost(GraphFault):
    """The server answered before, and then no more."""

    code = "graph_lost"

    def __init__(self, url: str) -> None:
        hint = "台账没有受影响；服务器恢复后再运行一次，图库会自动跟上，也可运行 lianpu rebuild"
        LianpuError.__init__(self, f"与图库服务器的连接中断：{url}", hint)


class GraphLogin(GraphFault):
    """Wrong name or password, or a name that may not do this."""

    code = "graph_login"

    def __init__(self, url: str, reason: str = "用户名或密码不对") -> None:
        hint = "改正图库地址中的用户和密码；连续输错会被服务器暂时拒绝，稍等几秒再试"
        LianpuError.__init__(self, f"图库服务器拒绝登录（{reason}）：{url}", hint)


class GraphReadOnly(GraphFault):
    """This member of a cluster, or this database, takes no writes."""

    code = "graph_read_only"

    def __init__(self, url: str) -> None:
        hint = "集群请用 neo4j:// 开头的地址，写入会自动转到主节点；单机请检查数据库是否被设为只读"
        LianpuError.__init__(self, f"图库服务器只读，不能写入：{url}", hint)


class GraphMemory(GraphFault):
    """The server has not enough memory for this."""

    code = "graph_memory"

    def __init__(self, url: str) -> None:
        hint = "调大服务器的 server.memory.heap.max_size，以及 db.memory.transaction.max、dbms.memory.transaction.total.max 后重试；台账没有受影响"
        LianpuError.__init__(self, f"图库服务器内存不足：{url}", hint)


class GraphTooSlow(GraphFault):
    """The server gave up after the time that we allow."""

    code = "graph_timeout"

    def __init__(self, url: str) -> None:
        hint = "稍后重试；若经常出现，请检查服务器负载，或换更快的机器"
        LianpuError.__init__(self, f"图库服务器超时：{url}", hint)


class GraphTooOld(GraphFault):
    """A server of a version that we do not speak with."""

    code = "graph_version"

    def __init__(self, url: str, version: str = "未知") -> None:
        hint = "需要 Neo4j 5 或更新版本（建议 5.26 LTS）"
        LianpuError.__init__(self, f"图库服务器版本不合用（{version}）：{url}", hint)


class GraphMissing(GraphFault):
    """The server has no such database."""

    code = "graph_missing"

    def __init__(self, database: str, url: str) -> None:
        hint = "检查地址最后一段；社区版只有一个数据库 neo4j"
        LianpuError.__init__(self, f"图库服务器上没有数据库“{database}”：{url}", hint)


class GraphForeign(GraphFault):
    """The database holds what is not ours; nothing was touched."""

    code = "graph_foreign"

    def __init__(self, nodes: int, edges: int, url: str) -> None:
        said = f"数据库里有不是链谱写入的内容（节点 {nodes}、关系 {edges}），没有动它：{url}"
        LianpuError.__init__(self, said, "换一个空的数据库；链谱不会清除别人的数据")


class Rebuilding(GraphFault):
    """The graph is being built at this moment, here or by somebody else."""

    code = "rebuilding"

    def __init__(self) -> None:
        hint = "等它完成后重试；如果重建的那一方已经中断，运行 lianpu rebuild 接手"
        LianpuError.__init__(self, "图库重建中", hint)


class ExportTarget(LianpuError):
    """Nothing can be exported to there."""

    code = "export_target"

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(f"不能导出到 {path}：{reason}", "换一个文件夹")


class NothingRead(LianpuError):
    """No file, or no sheet in it, could be read."""

    code = "nothing_read"
    HINT = "用 lianpu map 文件 -o 映射.yaml 生成列的对应，改好后加 --map 导入；或用 lianpu template 生成模板填写"

    def __init__(self, detail: str, hint: str | None = None) -> None:
        super().__init__(f"没有读到任何数据：{detail}", hint or self.HINT)


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
