"""`docs/gap-model.md` from the model itself: `python -m graph.analysis.docs docs/gap-model.md`."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import yaml

from graph.analysis import scenario as whatif
from graph.analysis.config import GapConfig, load_config
from graph.analysis.grading import flip, measure
from graph.analysis.grading.scores import TOO_FEW_REGIONS
from graph.analysis.grading.sentences import CAPTIONS, VERBS
from graph.analysis.regions import compare as regional
from graph.analysis.regions import complexity
from graph.analysis.supply import cuts

PARAMETERS = Path(__file__).with_name("gap_model.yaml")
# In the order of application: the first that applies. N is the largest of the named makers, 在产企业数 and its children's N.
STATUSES = (
    ("不适用", "阶段是“应用”：市场，画出来，不评价"),
    ("未知", "不知道本地有没有：没有调查、没有家数、没有企业记录。没有记录不等于缺"),
    ("断链", "N ≥ 1，而某个必需的输入得不到"),
    ("卡脖子", "N = 0，在管制清单内或进口依存度 ≥ {import_dependence:.0%}"),
    ("缺链", "N = 0，又是某个 N ≥ 1 的环节直接或间接必需的输入"),
    ("空白", "其余 N = 0"),
    ("弱链", "N ≤ {weak_at_most}"),
    ("强链", "N ≥ {strong_at_least}，按真实产值 HHI ≤ {strong_hhi}，有高新、小巨人等资质的企业，并有平台或成果"),
    ("稳链", "其余"),
)  # fmt: skip
FLAGS = (
    ("外部依赖", "外购占比大于 0"),
    ("协同", "本地没有，市内别处有，或邻县的链有同名、同产品、供给本链的环节：先合作，不重复招引"),
    ("待核实", "必需的输入只是因为供给没有摸底才按可得处理"),
    ("样本不全", "报告的家数多于列名，或只凭企业记录知道：家数只是下限"),
    ("份额按家数", "产值不全，份额按家数平分"),
    ("状态未注明", "有企业没有写状态，按在产"),
    ("归属未注明", "有企业没有写县市区和所在地，按本地"),
    ("集中", "列名 ≥ {concentrated_makers} 家，按真实产值 HHI > {concentrated_hhi}"),
    ("单企支撑", "只有一家，且有资质：培育第二家"),
    ("外购稳定", "缺链，外购来源 ≥ {stable_sources} 个，来源集中度 ≤ {single_source_hhi}：稳供，排在其他缺口之后"),
    ("来源单一", "本地没有，外购只有一个来源或集中度 > {single_source_hhi}"),
    ("外购来源未登记", "缺链或卡脖子，而供给没有摸底"),
    ("上级未细分", "本环节没有，而企业直接记在上级环节：先落到本环节"),
    ("汇总", "有下级环节：不进合计，不排名"),
    ("数据陈旧", "全部带日期的依据早于 {stale_years} 年"),
    ("相对薄弱", "收缩后的区位商，95% 区间整个低于 1"),
    ("与在产矛盾", "断链，但没有带日期的停产能解释：显示为“断点·待核实”，请补外购来源"),
)  # fmt: skip
SCORES = (
    ("缺口", "weight_gap", "N = 0 得 100；否则 100 × 外购占比 X；X 没有填写就不计"),
    ("关键性", "weight_criticality", "得不到本环节时，本链在产环节停下的部分占本链产值的百分比；产值不全按环节数"),
    ("集中度", "weight_concentration", "100 × HHI；没有列名企业不计"),
    ("外部依赖", "weight_external", "100 × X × max(来源集中度, {external_floor})；X 没有填写不计"),
    ("可行性", "weight_feasibility", "100 × 关联密度；有共同环节的地区不足 {regions_at_least} 个：{too_few}"),
)  # fmt: skip
CANDIDATE = (
    ("落地后的改善", "candidate_gain"), ("产品吻合 × 营收占比", "candidate_match"), ("本地联系", "candidate_ties"),
    ("可招性", "candidate_reach"), ("规模与资质", "candidate_scale"), ("迹象", "candidate_signals"),
    ("风险（扣分）", "candidate_risk"),
)  # fmt: skip
METHODS = (
    ("集中度 HHI", measure.herfindahl), ("显性比较优势 RCA", complexity.rca), ("邻近度", complexity.proximity),
    ("关联密度", complexity.density), ("ECI 与 PCI", complexity.complexity), ("COI", complexity.outlook_index),
    ("COG", complexity.outlook_gain), ("区位商", complexity.location_quotient),
    ("区域比较", regional.compare_regions), ("断供", cuts.find_cuts), ("情景推演", whatif.apply), ("再进一步", flip.flip_of),
)  # fmt: skip
LINE = re.compile(r"(?P<name>\w+): (?P<value>.*?)(?:\s+#\s*(?P<about>.*))?$")


def gap_markdown(parameters: str) -> str:
    """The whole model with the thresholds of the YAML text, and every parameter with its comment, as a Markdown page.

    >>> print(gap_markdown("weak_at_most: 2  # 薄弱").splitlines()[-1])
    | `weak_at_most` | 2 | 薄弱 |
    """
    return "\n".join(_lines(parameters)) + "\n"


def _lines(parameters: str) -> Iterator[str]:
    yield "# 缺链评价"
    yield ""
    yield "本页由代码和 `graph/analysis/gap_model.yaml` 生成（`python -m graph.analysis.docs docs/gap-model.md`），请勿手改。"
    yield ""
    config = load_config(yaml.safe_load(parameters) or {})
    yield from _table("状态（按先后，第一个成立的）", "状态 显示 何时 对策", _statuses(config))
    yield from _table("标志（补充状态，从不重复它）", "标志 何时", ((f, _filled(w, config)) for f, w in FLAGS))
    yield from _table(
        "得分（0 到 100；未摸底和应用不打分）", "得分 权重 怎么算",
        ((c, str(getattr(config, w)), _filled(how, config)) for c, w, how in SCORES),
    )  # fmt: skip
    yield "优先级 = 前四项的加权平均，没有数据的一项不参加（不当作 0）。"
    yield "目标值 = 优先级^0.5 × 可行性^0.3 × 复杂度^0.2，三项都有时；否则等于优先级。"
    yield (
        f"敏感性：权重各自上下浮动 {config.sensitivity_spread:.0%}，抽 {config.sensitivity_draws} 组，名次不变的占比。"
        "置信度 = （调查、产值、状态、外购、必要性）五项中已知的占比 × 依据可信度的平均"
        f"（A {config.grade_a}，B {config.grade_b}，C {config.grade_c}）。"
    )
    yield ""
    yield from _table("招商候选", "部分 权重", ((part, str(getattr(config, w))) for part, w in CANDIDATE))
    yield "不知道的部分不参加，其余按权重折算。未摸底环节的候选单独列出，先问清本地情况。"
    yield ""
    yield from _table("方法与出处（取自代码）", "方法 说明", ((name, _said(f)) for name, f in METHODS))
    yield from (
        "## 不走的弯路", "", "- 环节越稀缺“关联度”反而越高的算法。", "- 按最大值归一：一家巨头会改变所有环节的评价。",
        "- 手工填写的等级；和代码不一致的文档。", "- 把没有记录当作缺。", "- 把互补当替代的割集（支配点、最小割）。", "",
    )  # fmt: skip
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


def _statuses(config: GapConfig) -> Iterator[tuple[str, ...]]:
    for code, when in STATUSES:
        yield code, CAPTIONS[code], _filled(when, config), VERBS[code]


def _filled(text: str, config: GapConfig) -> str:
    return text.format(too_few=TOO_FEW_REGIONS, **asdict(config))


def _said(function: Callable[..., object]) -> str:
    """The words of a docstring, without its examples."""
    return " ".join((inspect.getdoc(function) or "").partition(">>>")[0].split()).replace("|", "/")


def _table(title: str, captions: str, rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    columns = captions.split()
    yield from (f"## {title}", "", f"| {' | '.join(columns)} |", "|---" * len(columns) + "|")
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(gap_markdown(PARAMETERS.read_text("utf-8")), "utf-8")
