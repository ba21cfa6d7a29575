"""The sentences and tables of a bulletin, from the document of `progress`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial

from graph.answers.documents.plan import TargetDocument
from graph.answers.plan.papers import BulletinFacts
from graph.plan.light import FAR_BEHIND, LATE, LIGHTS, UNCLEAR, UNREPORTED, WANTS_REASON
from viz.paper.official import Attachment, numeral
from viz.plan.bulletin_tables import LESS, MORE, attachments, compared, dissent_of, once
from viz.plan.phrases import OF_CITY, Titles, by_group, explained, group_of
from viz.wording import day_text, some

GRAVE = (LATE.word, FAR_BEHIND.word)
WITHIN = ((30, "30日内"), (60, "31日至60日内"), (90, "61日至90日内"))
REMINDED, BY_LEDGER = "催报", "按台账"
TITLE_LINE = 20  # characters of a title in one line
Table = tuple[Sequence[str], Sequence[Sequence[object]]]


class BulletinText:
    """What a bulletin says."""

    def __init__(self, facts: BulletinFacts) -> None:
        self._facts, self._targets = facts, facts.progress["targets"]
        self._name = Titles(self._targets)
        self._counties = [c["county"] for c in facts.progress["counties"]]
        self._lights = Counter(t["light"] for t in self._targets)
        self._plans = list(dict.fromkeys(t["plan"] for t in self._targets if t["plan"]))

    @property
    def title(self) -> str:
        """What the bulletin is called."""
        if len(self._plans) != 1:
            return "关于目标任务进展情况的通报"
        of = f"关于《{self._plans[0]}》"
        return f"{of}{chr(10) if len(of) <= TITLE_LINE else ''}目标任务进展情况的通报"

    @property
    def opening(self) -> str:
        """The first paragraph: how many targets there are and how they stand."""
        indicators = len({t["id"] for t in self._targets})
        counted = [f"{light.word}{n}项次" for light in LIGHTS if (n := self._lights[light.word])]
        plans = some([f"《{p}》" for p in self._plans], "份计划") or "各项计划"
        return (
            f"截至{day_text(self._facts.progress['at'])}，{plans}共设指标{indicators}项，按考核对象计{len(self._targets)}项次，"
            f"其中{'、'.join(counted)}。现将进展情况通报如下。"
        )

    @property
    def lights_table(self) -> Table:
        """Counties by lights, the gravest first; then those of the city and of firms, and all together."""
        groups = by_group(self._targets, self._counties)
        rows: list[list[object]] = [[g, *_counted(own)] for g, own in groups.items()]
        if len(rows) > 1:
            rows.append(["合计", *_counted(self._targets)])
        return ("县（市、区）", *(light.word for light in LIGHTS), "合计"), rows

    @property
    def spread(self) -> str:
        """What targets set for each county or chain come to; those of which the fewest met it come first."""
        listed = self._facts.progress["spread"]
        counted = Counter("全部达标" if s["met"] == s["of"] else "部分达标" if s["met"] else "无一达标" for s in listed)
        parts = [f"{word}的{counted[word]}项" for word in ("全部达标", "部分达标", "无一达标") if counted[word]]
        return f"分县、分链考核的{len(listed)}项指标中，{'、'.join(parts)}。" if listed else ""

    @property
    def tasks(self) -> str:
        """How far the tasks are."""
        listed = self._facts.tasks["tasks"]
        if not listed:
            return ""
        states = Counter(t["progress"] for t in listed)
        counted = "、".join(f"{word}{n}项次" for word, n in states.most_common())
        late = sum(t["late"] for t in listed)
        more = f"；其中已过期限未完成{late}项次" if late else ""
        return f"重点任务按实施对象计{len(listed)}项次，{counted}{more}。"

    # -- what is grave ----------------------------------------------------------------------------

    @property
    def grave(self) -> str:
        """How many are late or far behind, and of how many nobody says why."""
        own = self._of(lambda t: t["light"] in GRAVE)
        if not own:
            return "没有逾期和严重滞后的指标。"
        counted = "、".join(f"{word}{self._lights[word]}项次" for word in GRAVE if self._lights[word])
        counts = sum(BY_LEDGER in t["flags"] for t in own)
        more = f"其中{counts}项次没有填报，只按台账计数得出，以核实为准。" if counts else ""
        return f"{counted}，主要是{_indicators(own)}（附件1）。{more}{self._why(own)}"

    def _why(self, grave: Sequence[TargetDocument]) -> str:
        """The reasons and measures that owners gave; of how many they gave none, and whose those are."""
        given = dict.fromkeys(
            f"{group_of(t)}{self._name(t)}，{'，'.join(part.rstrip('。') for part in explained(t) if part)}"
            for t in grave
            if any(explained(t))
        )
        silent = [t for t in grave if not all(explained(t))]
        owners = Counter(o for t in silent for o in t["owners"] or ["责任单位不明"])
        explained_ones = f"已说明原因或措施的有：{some(given, '项次', 1)}。" if given else ""
        whose = some([o for o, _ in owners.most_common()], "家单位", 2)
        return explained_ones + (f"未说明原因或措施的{len(silent)}项次，责任单位为{whose}。" if silent else "")

    # -- what is due ------------------------------------------------------------------------------

    @property
    def due(self) -> Iterator[str]:
        """What must be met within 30, 60 and 90 days."""
        listed = self._facts.progress["due"]
        if not listed:
            yield "90日内没有到期而尚未达标的指标。"
        for days, words in WITHIN:
            own = [d for d in listed if d["within"] == days]
            if own:
                named = dict.fromkeys(d["indicator"] for d in own)
                yield f"{words}到期、尚未达标的{len(own)}项次，有{some(named, '项指标', 2)}。"

    # -- filing -----------------------------------------------------------------------------------

    @property
    def filing(self) -> Iterator[str]:
        """Who filed nothing, gave no reason, files otherwise than the ledger, disagrees, moved a date."""
        yield self._complete()
        yield self._unreported()
        yield self._unclear()
        yield self._against_ledger()
        yield self._dissent()
        yield self._moved()

    def _of(self, holds: Callable[[TargetDocument], object]) -> list[TargetDocument]:
        return [t for t in self._targets if holds(t)]

    def _complete(self) -> str:
        """What was due by its frequency, filed, filed in time; who is behind."""
        watch = self._facts.filing
        if watch is None:
            return ""
        due, filed, on_time = (sum(c[k] for c in watch["counties"]) for k in ("due", "filed", "on_time"))
        if not due:
            return ""
        behind = [f"{c['county'] or OF_CITY}（{len(c['missing'])}项次）" for c in watch["counties"] if c["missing"]]
        more = f"；缺报的为{some(behind, '个')}" if behind else ""
        late = f"，其中期末后{watch['on_time_days']}日内填报的{on_time}项次" if filed else ""
        return f"按规定频次，已结束的期间应填报{due}项次，已填报{filed}项次{late}{more}。"

    def _unreported(self) -> str:
        silent = self._of(lambda t: t["light"] == UNREPORTED.word)
        if not silent:
            return "各项指标均有填报数或台账数。"
        urgent = [t for t in silent if REMINDED in t["flags"]]
        more = f"，其中应当尽快填报的{len(urgent)}项次" if urgent else ""
        return f"没有填报、台账也无数的{len(silent)}项次{more}。"

    def _unclear(self) -> str:
        unclear = self._of(lambda t: t["light"] == UNCLEAR.word)
        return f"数据有留空、待核实的{len(unclear)}项次。" if unclear else ""

    def _against_ledger(self) -> str:
        parts = []
        for flag, words in ((LESS, "大于"), (MORE, "小于")):
            if own := once(self._of(partial(_flagged, flag))):
                named = zip(self._name.dated(own), own, strict=True)
                pairs = [f"{group_of(t)}{name}填报{{}}、台账{{}}".format(*compared(t)) for name, t in named]
                parts.append(f"填报数{words}台账数的{len(own)}处：{some(pairs, '处', 1)}")
        return f"{'；'.join(parts)}。" if parts else ""

    def _dissent(self) -> str:
        own = once(self._of(dissent_of))
        return f"对台账数提出异议的{len(own)}处。" if own else ""

    def _moved(self) -> str:
        moved = self._of(lambda t: t["moved"])
        again = sum(len(t["moved"]) > 1 for t in moved)
        return f"期限作过调整的{len(moved)}项次{f'，其中调整两次以上的{again}项次' if again else ''}。" if moved else ""

    @cached_property
    def attachments(self) -> list[Attachment]:
        """The tables behind the signature."""
        return attachments(self._facts, self._name, self._counties)

    # -- next -------------------------------------------------------------------------------------

    @property
    def next_steps(self) -> str:
        """What the lights ask of whom."""
        count = self._lights
        asks = []
        if behind := sum(count[word] for word in WANTS_REASON):
            asks.append(f"逾期、严重滞后和滞后的{behind}项次，逐项说明原因，倒排进度，提出补救措施和完成时间")
        if soon := sum(d["within"] == WITHIN[0][0] for d in self._facts.progress["due"]):
            asks.append(f"30日内到期的{soon}项次，在到期前完成并填报佐证")
        waiting = (
            (count[UNREPORTED.word], "未报的{}项次，尽快填报"),
            (count[UNCLEAR.word], "待核实的{}项次，补齐数据"),
        )
        if any(n for n, _ in waiting):
            asks.append("，".join(text.format(n) for n, text in waiting if n))
        if differing := len(self._of(lambda t: LESS in t["flags"] or MORE in t["flags"])):
            asks.append(f"填报数与台账数不一致的{differing}项次，逐项核对，补录或更正")
        steps = [f"{numeral(place)}是{ask}" for place, ask in enumerate(asks, 1)]
        return f"{'；'.join(steps)}。" if steps else "请各责任单位继续按计划推进，按期填报。"


def _indicators(targets: Iterable[TargetDocument]) -> str:
    """What targets are of, those of the most first."""
    named = Counter(t["indicator"] for t in targets)
    return some([name for name, _ in named.most_common()], "项指标", 2)


def _counted(targets: Iterable[TargetDocument]) -> list[object]:
    lights = Counter(t["light"] for t in targets)
    return [*(lights[light.word] for light in LIGHTS), lights.total()]


def _flagged(flag: str, target: TargetDocument) -> bool:
    return flag in target["flags"]
