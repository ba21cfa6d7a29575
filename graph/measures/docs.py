"""`docs/measures.md` from the measures: `python -m graph.measures.docs docs/measures.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.measures.measure import Measure, load_measures


def measures_markdown(measures: Sequence[Measure]) -> str:
    """Every measure as a Markdown page.

    >>> measures_markdown(load_measures()).splitlines()[0]
    '# 统计口径'
    """
    return "\n".join(_lines(measures)) + "\n"


def _lines(measures: Sequence[Measure]) -> Iterator[str]:
    yield "# 统计口径"
    yield ""
    yield "本页由 `graph/measures/*.yaml` 生成（`python -m graph.measures.docs docs/measures.md`），请勿手改。"
    yield "没有任何一行登记过的类别记为“未报”，不是 0。"
    yield ""
    yield "| 编号 | 名称 | 单位 | 数什么 | 口径 | 总览表的列 |"
    yield "|---|---|---|---|---|---|"
    for m in measures:
        yield f"| `{m.id}` | {m.caption} | {m.unit} | {m.of} | {m.about} | {'是' if m.director else '否'} |"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(measures_markdown(load_measures()), "utf-8")
