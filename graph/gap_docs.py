"""`docs/gap-model.md` from the model itself: `python -m graph.gap_docs docs/gap-model.md`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from graph.analysis.words import CAPTIONS, VERBS

PARAMETERS = Path(__file__).with_name("gap_model.yaml")
LINE = re.compile(r"(?P<name>\w+): (?P<value>.*?)(?:\s+#\s*(?P<about>.*))?$")


def gap_markdown(parameters: str) -> str:
    """Statuses with their verbs, and every parameter of the YAML text with its comment, as a Markdown page.

    >>> print(gap_markdown("weak_at_most: 2  # 薄弱").splitlines()[-1])
    | `weak_at_most` | 2 | 薄弱 |
    """
    return "\n".join(_lines(parameters)) + "\n"


def _lines(parameters: str) -> Iterator[str]:
    yield "# 缺链评价"
    yield ""
    yield "本页由代码和 `graph/gap_model.yaml` 生成（`python -m graph.gap_docs docs/gap-model.md`），请勿手改。"
    yield ""
    yield "## 状态与对策"
    yield ""
    yield "| 状态 | 显示 | 对策 |"
    yield "|---|---|---|"
    yield from (f"| {code} | {shown} | {VERBS[code]} |" for code, shown in CAPTIONS.items())
    yield ""
    yield "## 参数"
    yield ""
    yield "| 参数 | 值 | 说明 |"
    yield "|---|---|---|"
    above = ""
    for line in parameters.splitlines():
        if line.startswith("#"):
            above = line[1:].strip()
        elif found := LINE.match(line):
            yield f"| `{found['name']}` | {found['value']} | {found['about'] or above} |"
            above = ""  # said of the next one only
        else:
            above = ""


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(gap_markdown(PARAMETERS.read_text("utf-8")), "utf-8")
