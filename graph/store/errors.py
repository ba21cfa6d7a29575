"""What goes wrong with the graph of this machine; the ledger is whole in every case."""

from __future__ import annotations

from pathlib import Path

from graph.errors import GraphFault


class GraphLocked(GraphFault):
    """Another program holds the file of the graph."""

    path: Path
    code = "graph_locked"
    says = "图库文件正被另一个程序占用：{path}"
    do = "关闭打开它的程序（另一个链谱、图库浏览器或笔记本）后重试；图库没有改动"


class GraphNoMemory(GraphFault):
    """This machine has not enough memory to open or read the graph."""

    path: Path
    code = "graph_no_memory"
    says = "内存不足，图库打不开或读不了：{path}"
    do = "关闭其他程序腾出内存后重试；内存充足仍打不开时，删除 graph 文件夹，下次会由台账重建"


class GraphUnreadable(GraphFault):
    """The operating system does not let us read or write the file of the graph."""

    path: Path
    code = "graph_unreadable"
    says = "图库文件打不开或写不进：{path}"
    do = "检查文件夹的权限和所在磁盘的空间；图库没有改动，台账没有受影响"


class GraphNotBuilt(GraphFault):
    """Nothing was projected yet, or the store is closed: there is nothing to read."""

    url: str
    code = "graph_not_built"
    says = "图库还没有建立，或已经关闭：{url}"
    do = "运行 lianpu rebuild，由台账重建"
