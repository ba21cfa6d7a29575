"""Write docs/招商三问.md by running its commands on the example data: `python tools/transcripts.py`."""

from __future__ import annotations

import contextlib
import io
import shlex
import sys
import tempfile
from pathlib import Path
from unittest import mock

from rich.console import Console

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
PAGE = ROOT / "docs" / "招商三问.md"
WIDTH = 100
HEAD = """# 招商三问

先抓哪三个环节、找谁、来了会怎样——三条命令。下面全部是在示例数据上运行的结果（`python tools/transcripts.py` 重新生成），
网页上是“薄弱环节”和“招商靶向”两页；`-o 招商对接清单.xlsx` 写出可填阶段、负责人、下一步、日期的表。

未摸底的环节排在最前：没有记录不等于没有企业，先按所列问题问清，再谈招商。
"""
# Per section: title, what to look at, and (a part of what is printed, the command).
SECTIONS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "示例县：断点补在断掉的输入上",
        "断点“示例双金属锯带”缺的是“示例锯带钢”，所以候选企业列在锯带钢之下；有现成供货往来的企业排在前面。",
        (
            ("tail -6", "gaps --chain 示例县/示例锯床产业链"),
            ("head -47", "candidates --chain 示例县/示例锯床产业链 --top 1"),
            (
                "",
                "whatif --chain 示例县/示例锯床产业链 --add 示例癸数控有限公司@示例数控系统 --add 示例外地带钢有限公司@示例锯带钢:1.2亿",
            ),
        ),
    ),
    (
        "缙云县：先摸底，再招商",
        "14 个环节有 5 个没有摸底，其余的企业名单也不全：答案先列要问谁、问什么。锯床的配套里，做双金属带锯条的企业排在一般刀具企业之前。",
        (
            ("tail -6", "gaps --chain 缙云县/缙云机械装备产业链"),
            ("", "candidates --chain 缙云县/缙云机械装备产业链 --top 2"),
            (
                "",
                "whatif --chain 缙云县/缙云机械装备产业链 --add 湖南泰嘉新材料科技股份有限公司@锯片锯条耗材 --survey 数控系统与电气",
            ),
        ),
    ),
    (
        "青田县：一条链多半未摸底",
        "阀门整机有 41 家而列名 1 家；上游铸锻件、密封件、执行机构都要先问整机企业从哪里买。",
        (
            ("tail -4", "gaps --chain 青田县/青田智控阀门产业链"),
            ("", "candidates --chain 青田县/青田智控阀门产业链 --top 2"),
            (
                "",
                "whatif --chain 青田县/青田智控阀门产业链 --add 永兴特种材料科技股份有限公司@特钢/不锈钢材料 --survey 阀门铸锻件",
            ),
        ),
    ),
)


def run(command: str, home: str) -> str:
    """What a command prints at WIDTH columns."""
    from api.cli import printing
    from api.cli.main import main

    printed = io.StringIO()
    console = Console(file=printed, width=WIDTH, highlight=False)
    with mock.patch.object(printing, "out", return_value=console), contextlib.suppress(SystemExit):
        main([*shlex.split(command), "--home", home])
    return "\n".join(line.rstrip() for line in printed.getvalue().splitlines())


def _part(lines: list[str], part: str) -> list[str]:
    which, _, count = part.partition(" -")
    if not part:
        return lines
    return lines[: int(count)] if which == "head" else lines[-int(count) :]


def page() -> str:
    """The whole page."""
    with tempfile.TemporaryDirectory(prefix="lianpu-") as folder:
        home = str(Path(folder) / "home")
        run(shlex.join(["load", *(str(ROOT / "examples" / n) for n in ("示例县", "lishui"))]), home)
        parts = [HEAD]
        for title, about, commands in SECTIONS:
            parts.append(f"## {title}\n\n{about}\n")
            for part, command in commands:
                shown = "\n".join(_part(run(command, home).splitlines(), part))
                piped = f" | {part}" if part else ""
                parts.append(f"```console\n$ lianpu {command}{piped}\n{shown}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
