"""The rules of docs/gap-model.md once more, as slowly and plainly as they read; shares no code with graph.analysis.

`Reference(facts)` grades; `lose` and `gain` change the facts as a what-if does. Small cases only.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations

from graph.analysis.facts import ExternalSourceFact, Facts, FirmFact, StandFact


class Reference:
    def __init__(self, facts: Facts, makers_known=frozenset(), supply_known=frozenset()) -> None:
        self.facts = facts
        self.at = {s.id: s for s in facts.segments}
        self.county = {s.id: next(c.county for c in facts.chains if c.id == s.chain) for s in facts.segments}
        self.firms = {f.id: f for f in facts.firms}
        self.line = {i: self._line(i) for i in self.at}
        self.below = {i: [x for x in self.at if i in self.line[x]] for i in self.at}
        self.inputs = {i: self._inputs(i) for i in self.at}
        self.n = {i: len(self.makers(i)) for i in self.at}
        self.makers_known = {i for i in self.at if i in makers_known or self._makers_known(i)}
        sourced = {e.segment for e in facts.sources}
        self.supply_known = {i for i, s in self.at.items() if s.surveyed == "是"} | sourced | set(supply_known)
        self.available = self._available()

    def _line(self, ident: str) -> list[str]:
        parent = self.at[ident].parent
        return [ident, *(self._line(parent) if parent else [])]

    def _place(self, firm: str, county: str) -> str:
        f, above = self.firms[firm], {r.id: r.parent for r in self.facts.regions}
        line = [f.region]
        while line[-1] and above[line[-1]]:
            line.append(above[line[-1]])
        return "本地" if county in line else "市内" if f.region else "外地"

    def stands(self, ident: str, place: str) -> list[StandFact]:
        here = [t for t in self.facts.stands if t.segment in self.below[ident]]
        return [t for t in here if self._place(t.firm, self.county[ident]) == place]

    def makers(self, ident: str) -> set[str]:
        return {t.firm for t in self.stands(ident, "本地") if t.state in (None, "在产")}

    def total(self, ident: str) -> int:
        children = [x for x, s in self.at.items() if s.parent == ident]
        return max(self.n[ident], self.at[ident].stated or 0, *(self.total(c) for c in children), 0)

    def _makers_known(self, ident: str) -> bool:
        s = self.at[ident]
        stopped = any(t.state == "停产" for t in self.stands(ident, "本地"))
        return s.surveyed in ("是", "仅本地") or s.stated is not None or self.total(ident) >= 1 or stopped

    def _inputs(self, ident: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for f in self.facts.feeds:
            if f.target in self.line[ident] and (f.target == ident or f.source not in self.below[f.target]):
                level = 2 if f.essentiality is None else f.essentiality
                found[f.source] = max(found.get(f.source, 0), level)
        return found

    def essential(self, ident: str) -> list[str]:
        return [u for u, level in self.inputs[ident].items() if level == 2]

    def upstream(self, ident: str) -> set[str]:
        found: set[str] = set()
        todo = self.essential(ident)
        while todo:
            u = todo.pop()
            if u not in found:
                found.add(u)
                todo += self.essential(u)
        return found

    def supplied(self, ident: str) -> bool:
        outside = any(e.segment == ident for e in self.facts.sources)
        return outside or any(t.state in (None, "在产") for t in self.stands(ident, "市内"))

    def crewed(self, x: str) -> bool:
        named = {t.firm for t in self.stands(x, "本地") if t.segment == x and t.state in (None, "在产")}
        return bool(named) or (self.at[x].stated or 0) > self.n[x]

    def made(self, ident: str, on: set[str], idle=()) -> bool:
        here = [x for x in self.below[ident] if x not in idle]
        return any(self.crewed(x) and on.issuperset(self.essential(x)) for x in here)

    def _available(self, without: str | None = None) -> set[str]:
        on = set(self.at) - {without}
        idle = self.below[without] if without else ()
        while True:
            left = {i for i in on if self.supplied(i) or i not in self.supply_known or self.made(i, on, idle)}
            if left == on:
                return on
            on = left

    def status(self, ident: str) -> str:
        s, total = self.at[ident], self.total(ident)
        if s.stage == "应用":
            return "不适用"
        if ident not in self.makers_known:
            return "未知"
        if total >= 1 and not self.available.issuperset(self.essential(ident)):
            return "断链"
        if total == 0:
            if s.controlled or (s.import_dependence or 0) >= 0.5:
                return "卡脖子"
            needed = any(self.total(x) >= 1 and ident in self.upstream(x) for x in self.at)
            return "缺链" if needed else "空白"
        return "弱链" if total <= 2 else "稳链"

    def flags(self, ident: str) -> set[str]:
        s, total, status = self.at[ident], self.total(ident), self.status(ident)
        sources = [e for e in self.facts.sources if e.segment == ident]
        shares = [e.share for e in sources]
        spread = 1 / len(shares) if shares and None in shares else None
        if shares and spread is None:
            spread = sum(v * v for v in shares) / sum(shares) ** 2 if sum(shares) else 1 / len(shares)
        only_unknown = {
            u for u in self.available if not self.supplied(u) and not self.made(u, self.available)
        }  # fmt: skip
        stands = self.stands(ident, "本地")
        rows_alone = s.surveyed == "否" and s.stated is None and ident in self.makers_known
        on_parent = [t for t in self.stands(s.parent, "本地") if t.segment == s.parent] if s.parent else []
        here = {
            "外部依赖": sum(v or 0 for v in shares) > 0,
            "待核实": total >= 1 and bool(self.upstream(ident) & only_unknown),
            "样本不全": rows_alone or (s.stated or 0) > self.n[ident],
            "状态未注明": any(t.state is None for t in stands),
            "外购稳定": status == "缺链" and len(sources) >= 2 and spread <= 0.4,
            "来源单一": total == 0 and bool(sources) and (len(sources) == 1 or spread > 0.4),
            "外购来源未登记": status in ("缺链", "卡脖子") and ident not in self.supply_known,
            "上级未细分": total == 0 and any(t.state in (None, "在产") for t in on_parent),
            "汇总": any(x.parent == ident for x in self.at.values()),
        }
        return {name for name, true in here.items() if true}

    def critical(self, ident: str) -> tuple[int, int]:
        """How many made segments without children stop with this one, of how many."""
        leaves = [x for x in self.at if self.below[x] == [x] and self.at[x].chain == self.at[ident].chain]
        made = {x for x in leaves if self.made(x, self.available)}
        on = self._available(without=ident)
        still = {x for x in made if self.made(x, on, idle=self.below[ident])}
        return len(made - still), len(made)


def lose(was: Reference, firms=frozenset(), sources=frozenset()) -> Reference:
    facts = was.facts
    segments = tuple(
        replace(s, stated=max(0, s.stated - len(was.makers(s.id) & set(firms)))) if s.stated is not None else s
        for s in facts.segments
    )
    changed = replace(
        facts, segments=segments,
        stands=tuple(t for t in facts.stands if t.firm not in firms),
        sources=tuple(e for e in facts.sources if e.name not in sources),
    )  # fmt: skip
    return Reference(changed, frozenset(was.makers_known), frozenset(was.supply_known))


def gain(was: Reference, makers=(), sources=(), survey=()) -> Reference:
    """New local makers and outside sources at segments; segments surveyed."""
    facts = was.facts
    firms = [FirmFact(f"新{k}", f"新{k}", was.county[x], True) for k, x in enumerate(makers)]
    changed = replace(
        facts,
        firms=(*facts.firms, *firms),
        stands=(*facts.stands, *(StandFact(f"新{k}", x, "在产") for k, x in enumerate(makers))),
        sources=(*facts.sources, *(ExternalSourceFact(x, f"新源{k}") for k, x in enumerate(sources))),
        segments=tuple(replace(s, surveyed="是") if s.id in survey else s for s in facts.segments),
    )
    return Reference(changed, frozenset(was.makers_known), frozenset(was.supply_known))


def cuts(was: Reference, order: int) -> dict[frozenset[str], frozenset[str]]:
    """Every set of at most `order` losses that alone stops something, with all that it stops."""
    firms = sorted({t.firm for t in was.facts.stands})
    sources = sorted({e.name for e in was.facts.sources})
    gone: dict[frozenset[str], set[str]] = {}
    for some in chain.from_iterable(combinations([*firms, *sources], k) for k in range(1, order + 1)):
        after = lose(was, set(some) & set(firms), set(some) & set(sources))
        gone[frozenset(some)] = was.available - after.available
    found = {}
    for some, stops in gone.items():
        smaller = set().union(*(gone[frozenset([x])] for x in some)) if len(some) > 1 else set()
        if stops - smaller:
            found[some] = frozenset(stops)
    return found
