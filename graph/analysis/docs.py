"""`docs/gap-model.md` from the model itself: `python -m graph.analysis.docs > docs/gap-model.md`."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Iterator

from graph.analysis import scenario as whatif
from graph.analysis.config import GapConfig, parameters
from graph.analysis.grading import flip, measure
from graph.analysis.grading.statuses import FLAGS, SCORES, STATUSES, UNRANKED, filled
from graph.analysis.regions import compare as regional
from graph.analysis.regions import complexity
from graph.analysis.supply import cuts

METHODS = (
    ("集中度 HHI", measure.herfindahl), ("显性比较优势 RCA", complexity.rca), ("邻近度", complexity.proximity),
    ("关联密度", complexity.density), ("ECI 与 PCI", complexity.complexity), ("COI", complexity.outlook_index),
    ("COG", complexity.outlook_gain), ("区位商", complexity.location_quotient),
    ("区域比较", regional.compare_regions), ("断供", cuts.find_cuts), ("情景推演", whatif.apply), ("再进一步", flip.flip_of),
)  # fmt: skip


def gap_markdown(config: GapConfig) -> str:
    """The whole model with its thresholds, and every parameter with what it means, as a Markdown page.

    >>> print(gap_markdown(GapConfig(general_words=("制造",))).splitlines()[-1])
    | `general_words` | 制造 | 环节名称末尾只表示“做”或“东西”的词，比对时可去掉 |
    """
    return "\n".join(_lines(config))


def _lines(config: GapConfig) -> Iterator[str]:
    yield "# 缺链评价"
    yield ""
    yield "本页由代码生成（`python -m graph.analysis.docs > docs/gap-model.md`），请勿手改；参数的默认值写在 `graph/analysis/gap_model.yaml`。"
    yield ""
    yield from _table("状态（按先后，第一个成立的）", "状态 显示 何时 对策", _statuses(config))
    yield from _table(
        "标志（补充状态，从不重复它）", "标志 何时", ((f.name, filled(f.when, config)) for f in FLAGS.values())
    )
    yield from _table(
        "得分（0 到 100；未摸底和应用不打分）", "得分 权重 怎么算",
        ((s.caption, str(getattr(config, s.weight)), filled(s.how, config)) for s in SCORES.values()),
    )  # fmt: skip
    yield "优先级 = 前四项的加权平均，没有数据的一项不参加（不当作 0）。"
    yield f"家数只是下限，或四项中不到{config.scores_at_least}项有数据：{UNRANKED}。"
    yield (
        "先抓 = 缺失、卡脖子、薄弱、空白按优先级排，断点由它缺的输入代表；优先级相同的并列；外购稳定的排在其他之后。"
        "先补名单（样本不全、资料不足）和未摸底的各列一处，不与先抓混排。"
    )
    yield "目标值 = 优先级^0.5 × 可行性^0.3 × 复杂度^0.2，三项都有时；否则等于优先级。"
    yield (
        f"敏感性：权重各自上下浮动 {config.sensitivity_spread:.0%}，抽 {config.sensitivity_draws} 组，名次不变的占比；k 个并列，各按 1/k 计。"
        "置信度 = （调查、产值、状态、外购、必要性）五项中已知的占比 × 依据可信度的平均"
        f"（A {config.grade_a}，B {config.grade_b}，C {config.grade_c}）。"
    )
    yield ""
    candidate = (p for p in parameters(config) if p.name.startswith("candidate_"))
    yield from _table("招商候选", "部分 权重", ((p.caption.removeprefix("招商候选："), p.value) for p in candidate))
    yield "不知道的部分不参加，其余按权重折算。未摸底环节的候选单独列出，先问清本地情况。"
    yield ""
    yield from _table("方法与出处（取自代码）", "方法 说明", ((name, _words(f)) for name, f in METHODS))
    yield from (
        "## 不走的弯路", "", "- 环节越稀缺“关联度”反而越高的算法。", "- 按最大值归一：一家巨头会改变所有环节的评价。",
        "- 手工填写的等级；和代码不一致的文档。", "- 把没有记录当作缺。", "- 把互补当替代的割集（支配点、最小割）。", "",
    )  # fmt: skip
    yield from _table("参数", "参数 值 说明", ((f"`{p.name}`", p.value, p.meaning) for p in parameters(config)))


def _statuses(config: GapConfig) -> Iterator[tuple[str, ...]]:
    for status in sorted(STATUSES.values(), key=lambda s: s.tried):
        yield status.code, status.caption, filled(status.when, config), status.verb


def _words(function: Callable[..., object]) -> str:
    """The words of a docstring, without its examples."""
    return " ".join((inspect.getdoc(function) or "").partition(">>>")[0].split()).replace("|", "/")


def _table(title: str, captions: str, rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    columns = captions.split()
    yield from (f"## {title}", "", f"| {' | '.join(columns)} |", "|---" * len(columns) + "|")
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


if __name__ == "__main__":
    sys.stdout.write(gap_markdown(GapConfig()))
