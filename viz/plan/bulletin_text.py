"""The sentences and tables of a bulletin, from the document of `progress`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial

from graph.answers.documents.plan import SpreadDocument, TargetDocument
from graph.answers.plan.papers import BulletinFacts
from graph.plan.light import BEHIND, FAR_BEHIND, LATE, LIGHTS, UNCLEAR, UNREPORTED, WANTS_REASON
from viz.paper.official import Attachment
from viz.plan.bulletin_tables import LESS, MORE, attachments, compared, dissent_of, once
from viz.plan.phrases import (
    OF_CITY,
    Titles,
    by_group,
    by_indicator,
    day_text,
    due_text,
    explained,
    group_of,
    some,
)

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
        listed = sorted(self._facts.progress["spread"], key=lambda s: s["met"] / s["of"])
        lowest = [f"{s['indicator']}（{due_text(s['deadline'])}）{_met(s)}" for s in listed]
        return f"分县、分链考核的指标中，{some(lowest)}。" if lowest else ""

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
        silent = sum(not all(explained(t)) for t in own)
        more = f"，其中{silent}项次未说明原因或措施" if silent else "，均已说明原因和措施"
        counts = sum(BY_LEDGER in t["flags"] for t in own)
        more += f"；{counts}项次没有填报，只按台账计数得出，以核实为准" if counts else ""
        return f"{counted}{more}。各县（市、区）的指标见下表，逐项情况见附件1。"

    @property
    def grave_table(self) -> Table:
        """Red and orange of each county by name; their sentences stand in the attachment."""
        groups = by_group(self._of(lambda t: t["light"] in GRAVE), self._counties)
        rows: list[list[object]] = []
        for group, own in groups.items():
            cells = [self._name.dated([t for t in own if t["light"] == word]) for word in GRAVE]
            silent = sum(not all(explained(t)) for t in own)
            rows.append([group, *(some(names) for names in cells), f"{silent}项" if silent else ""])
        return ("县（市、区）", *GRAVE, "未说明原因或措施"), rows

    # -- what is due ------------------------------------------------------------------------------

    @property
    def due(self) -> Iterator[str]:
        """What must be met within 30, 60 and 90 days."""
        listed = self._facts.progress["due"]
        if not listed:
            yield "90日内没有到期而尚未达标的指标。"
        for days, words in WITHIN:
            own = [d for d in listed if d["within"] == days]
            groups: dict[str, list[str]] = defaultdict(list)
            for d in own:
                groups[f"{d['indicator']}（{due_text(d['deadline'])}）"].append(d["subject"])
            if own:
                named = [f"{name}，对象为{some(subjects, '个')}" for name, subjects in groups.items()]
                yield f"{words}到期、尚未达标的{len(own)}项次：{'；'.join(named)}。"

    # -- filing -----------------------------------------------------------------------------------

    @property
    def filing(self) -> Iterator[str]:
        """Who filed nothing, gave no reason, files otherwise than the ledger, disagrees, moved a date."""
        yield self._complete()
        yield self._unreported()
        yield self._unexplained()
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
        return f"没有填报、台账也无数的{len(silent)}项次{more}：{by_indicator(urgent or silent)}。"

    def _unexplained(self) -> str:
        behind = self._of(lambda t: t["light"] in WANTS_REASON)
        silent = [t for t in behind if not all(explained(t))]
        if not silent:
            return "逾期、严重滞后和滞后的指标均已说明原因和措施。" if behind else ""
        owners = Counter(o for t in silent for o in t["owners"] or ["责任单位不明"])
        named = some([f"{o}（{n}项次）" for o, n in owners.most_common()], "家单位")
        return f"逾期、严重滞后和滞后的{len(behind)}项次中，未说明原因或措施的{len(silent)}项次，责任单位为{named}。"

    def _unclear(self) -> str:
        unclear = self._of(lambda t: t["light"] == UNCLEAR.word)
        return f"数据有留空、待核实的{len(unclear)}项次：{by_indicator(unclear)}。" if unclear else ""

    def _against_ledger(self) -> str:
        parts = []
        for flag, words in ((LESS, "大于"), (MORE, "小于")):
            if own := once(self._of(partial(_flagged, flag))):
                named = zip(self._name.dated(own), own, strict=True)
                pairs = [f"{group_of(t)}{name}填报{{}}、台账{{}}".format(*compared(t)) for name, t in named]
                parts.append(f"填报数{words}台账数的{len(own)}处：{some(pairs, '处', 2)}")
        return f"{'；'.join(parts)}。" if parts else ""

    def _dissent(self) -> str:
        own = self._of(dissent_of)
        parts = list(dict.fromkeys(f"{group_of(t)}{self._name(t)}：{dissent_of(t)}" for t in own))
        return f"对台账数提出异议的{len(parts)}处。{some(parts, '处')}。" if parts else ""

    def _moved(self) -> str:
        moved = self._of(lambda t: t["moved"])
        again = [f"{group_of(t)}{self._name(t)}（{len(t['moved'])}次）" for t in moved if len(t["moved"]) > 1]
        more = f"，其中调整两次以上的{len(again)}项次：{some(again)}" if again else ""
        return f"期限作过调整的{len(moved)}项次{more}。" if moved else ""

    @cached_property
    def attachments(self) -> list[Attachment]:
        """The tables behind the signature."""
        return attachments(self._facts, self._name, self._counties)

    # -- next -------------------------------------------------------------------------------------

    @property
    def next_steps(self) -> Iterator[str]:
        """What the lights ask of whom."""
        count = self._lights
        asks = []
        if late := count[LATE.word]:
            asks.append(f"逾期的{late}项次，责任单位应逐项说明原因，提出补救措施和完成时间")
        if behind := count[FAR_BEHIND.word] + count[BEHIND.word]:
            asks.append(f"滞后和严重滞后的{behind}项次，责任单位应按剩余时间倒排进度，分月落实")
        if soon := sum(d["within"] == WITHIN[0][0] for d in self._facts.progress["due"]):
            asks.append(f"30日内到期的{soon}项次，责任单位应在到期前完成并填报佐证")
        if unreported := count[UNREPORTED.word]:
            asks.append(f"未报的{unreported}项次，责任单位应尽快填报")
        if unclear := count[UNCLEAR.word]:
            asks.append(f"待核实的{unclear}项次，责任单位应补齐留空的数据")
        if differing := len(self._of(lambda t: LESS in t["flags"] or MORE in t["flags"])):
            asks.append(f"填报数与台账数不一致的{differing}项次，责任单位应核对，补录台账或更正填报")
        for place, ask in enumerate(asks, 1):
            yield f"{place}. {ask}。"
        if not asks:
            yield "请各责任单位继续按计划推进，按期填报。"


def _met(spread: SpreadDocument) -> str:
    noun = "个县（市、区）" if spread["subject"] == "各县市区" else "条产业链"
    met = f"{spread['met']}{noun[0]}达标" if spread["met"] else "无一达标"
    return f"{spread['of']}{noun}中{met}"


def _counted(targets: Iterable[TargetDocument]) -> list[object]:
    lights = Counter(t["light"] for t in targets)
    return [*(lights[light.word] for light in LIGHTS), lights.total()]


def _flagged(flag: str, target: TargetDocument) -> bool:
    return flag in target["flags"]
