"""`docs/measures.md` from the measures: `python -m graph.measures.docs > docs/measures.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from graph.measures.measure import COUNT, GROWTH, HONOURS, LIST, SHARE, SUM, CountedRows, Measure, load_measures

FORMS = {
    COUNT: "计数",
    SUM: "合计",
    LIST: "清单：数“否”的家数",
    SHARE: "占比",
    GROWTH: "两年都有数的企业合计的年均增幅",
    HONOURS: "持有有效资质的企业数",
}


def measures_markdown(measures: Sequence[Measure]) -> str:
    """Every measure as a Markdown page.

    >>> measures_markdown(load_measures()).splitlines()[0]
    '# 统计口径'
    """
    return "\n".join(_lines(measures)) + "\n"


def _lines(measures: Sequence[Measure]) -> Iterator[str]:
    yield "# 统计口径"
    yield ""
    yield "本页由 `graph/measures/*.yaml` 生成（`python -m graph.measures.docs > docs/measures.md`），请勿手改。"
    yield "对象没有任何一行这类登记时没有数（未报），不是 0；计数和合计是台账能证明的下限；留空的行另计，给出上下限。"
    yield ""
    yield "| 名称 | 单位 | 怎么算 | 数什么 | 哪些行 | 说明 | 总览表的列 |"
    yield "|---|---|---|---|---|---|---|"
    for m in measures:
        kinds = "、".join(part.of for part in m.parts)
        rows = "；".join(filter(None, (*map(_rows, m.parts), *_own(m))))
        yield f"| {m.caption} | {m.unit} | {FORMS[m.form]} | {kinds} | {rows} | {m.about} | {'是' if m.director else ''} |"


def _rows(part: CountedRows) -> str:
    words = [f"{c.column}{'不是' if c.negated else '为'} {' '.join(c.words)}" for c in part.where]
    dated = [f"按{part.year}落在期间内"] if part.year else []
    return "，".join([*words, *([f"合计{part.amount}"] if part.amount else []), *dated])


def _own(m: Measure) -> Iterator[str]:
    if m.numerator:
        yield f"{m.denominator}为是的里面{m.numerator}为是的"
    if m.column:
        yield f"产值不低于 {m.least:g} 万元、{m.column}为否"
    if m.names:
        yield "、".join(sorted(m.names))
    if m.distinct:
        yield f"按{m.distinct}去重"


if __name__ == "__main__":
    sys.stdout.write(measures_markdown(load_measures()))
