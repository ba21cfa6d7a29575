"""The rules of docs/gap-model.md once more, as slowly and plainly as they read; shares no code with graph.analysis.

`Reference(facts)` grades; `lose` and `gain` change the facts as a what-if does. Small cases only.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations

from graph.analysis.facts import ExternalSourceFact, Facts, FirmFact, StandFact


class Reference:
    def __init__(self, facts: Facts, makers_known=frozenset(), supply_known=frozenset(), scope="县") -> None:
        self.facts, self.scope = facts, scope
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
        if f.external:
            return "外地"
        if not f.region:
            return "外地" if f.location or f.region_stated else "本地"
        return "本地" if county in line or self.scope == "市" else "市内"

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

    def _available(self, without: str | None = None, given: str | None = None) -> set[str]:
        """What is available; with one segment lost (nothing made on it or below), or one given by somebody."""
        on = set(self.at) - {without}
        idle = self.below[without] if without else ()
        while True:
            left = {
                i for i in on if i == given or self.supplied(i) or i not in self.supply_known or self.made(i, on, idle)
            }
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
        if self.strong(ident):
            return "强链"
        if total == 0:
            if s.controlled or (s.import_dependence or 0) >= 0.5:
                return "卡脖子"
            needed = any(self.total(x) >= 1 and ident in self.upstream(x) for x in self.at)
            return "缺链" if needed else "空白"
        return "弱链" if total <= 2 else "稳链"

    def hhi(self, ident: str) -> float:
        return sum(v * v for v in self.shares(ident).values())

    def honoured(self, ident: str) -> bool:
        return any("国高" in h for f in self.makers(ident) for h in self.firms[f].honours)

    def strong(self, ident: str) -> bool:
        helped = any(p.segment == ident for p in self.facts.platforms)
        helped |= any(a.firm in self.makers(ident) for a in self.facts.achievements)
        spread = bool(self.outputs(ident)) and self.hhi(ident) <= 0.3
        return self.total(ident) >= 4 and spread and self.honoured(ident) and helped

    def cooperates(self, ident: str) -> bool:
        """N = 0, and a 市内 firm stands on it, or another county's chain has what is named or made alike."""
        mine = self.at[ident]
        feeds = self.facts.feeds
        makes = {mine.name, *mine.product_names}.union(*(self.flows(f.what) for f in feeds if f.source == ident))
        buyers = {f.target for f in feeds if f.source == ident}
        others = {f.source for f in feeds if f.target in buyers and self.flows(f.what) & makes}
        others |= {x for x, s in self.at.items() if s.name == mine.name or s.products & mine.products}
        elsewhere = any(self.county[x] != self.county[ident] and self.total(x) >= 1 for x in others)
        city = any(t.state in (None, "在产") for t in self.stands(ident, "市内"))
        return self.total(ident) == 0 and (city or elsewhere)

    @staticmethod
    def flows(what: str | None) -> set[str]:
        return set(what.split("、")) if what else set()

    def contradicts(self, ident: str) -> bool:
        """A break that no dated stop on what is lacking, or on what that lacks in turn, explains."""
        todo, lacking = [ident], set()
        while todo:
            x = todo.pop()
            parts = self.below[x] if x != ident else [x]
            missing = {u for p in parts for u in self.essential(p) if u not in self.available} - lacking
            lacking |= missing
            todo += missing
        stops = [t for u in lacking for t in self.facts.stands if t.segment in self.below[u]]
        return self.status(ident) == "断链" and not any(t.state == "停产" and t.state_dated for t in stops)

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
            "汇总": self.summed(ident),
            "协同": self.cooperates(ident),
            "份额按家数": bool(self.makers(ident)) and not self.outputs(ident),
            "集中": len(self.makers(ident)) >= 3 and bool(self.outputs(ident)) and self.hhi(ident) > 0.4,
            "归属未注明": any(self.firms[t.firm].region is None for t in stands),
            "单企支撑": total == 1 and self.honoured(ident),
            "与在产矛盾": self.contradicts(ident),
        }
        return {name for name, true in here.items() if true}

    def summed(self, ident: str) -> bool:
        """It has children, and no local firm and no count stands directly on it."""
        children = any(x.parent == ident for x in self.at.values())
        here = any(t.segment == ident for t in self.stands(ident, "本地"))
        return children and not here and self.at[ident].stated is None

    def counted(self, ident: str) -> bool:
        return self.at[ident].stage != "应用" and not self.summed(ident)

    def lower_bound(self, ident: str) -> bool:
        s = self.at[ident]
        return s.surveyed == "否" and s.stated is None and ident in self.makers_known

    def moved(self, ident: str) -> set[str]:
        """What stops being made once this one is unavailable; of an unavailable one, what it restores."""
        made = {x for x in self.at if self.made(x, self.available)}
        if ident in self.available:
            on = self._available(without=ident)
            return made - {x for x in made if self.made(x, on, idle=self.below[ident])}
        on = self._available(given=ident)
        again = {x for x in self.at if self.total(x) >= 1 and self.made(x, on)} - made
        return again | ({ident} if self.total(ident) >= 1 else set())

    def outputs(self, ident: str, below: bool = True) -> dict[str, float]:
        """Output by maker in the latest year for which every maker has one, where all have a name."""
        makers = self.makers(ident)
        if not makers or self.total(ident) != len(makers):
            return {}
        of = [o for o in self.facts.outputs if o.segment in self.below[ident] and o.firm in makers]
        for year in sorted({o.year for o in of}, reverse=True):
            here = {f: [o for o in of if o.year == year and o.firm == f] for f in makers}
            if all(here.values()) and sum(o.output for os in here.values() for o in os) > 0:
                kept = {f: sum(o.output for o in os if below or o.segment == ident) for f, os in here.items()}
                return kept
        return {}

    def shares(self, ident: str) -> dict[str, float]:
        outputs, makers = self.outputs(ident), self.makers(ident)
        whole = sum(outputs.values())
        return {f: outputs[f] / whole if outputs else 1 / len(makers) for f in makers}

    def critical(self, ident: str) -> float | None:
        """The share of the chain's local output, or of its segments with makers, that moves with this one."""
        own = [x for x in self.at if self.at[x].chain == self.at[ident].chain]
        whole = {x for x in own if self.counted(x) and self.total(x) >= 1}
        if not whole:
            return None
        part = self.moved(ident) & whole
        output = {x: sum(self.outputs(x, below=False).values()) for x in whole}
        if all(self.outputs(x) for x in whole) and sum(output.values()) > 0:
            return 100 * sum(output[x] for x in part) / sum(output.values())
        return 100 * len(part) / len(whole)

    def priority(self, ident: str) -> float | None:
        sources = [e.share for e in self.facts.sources if e.segment == ident]
        given = [v for v in sources if v is not None]
        x = min(1.0, sum(given)) if given else None
        spread = None
        if sources:
            real = len(given) == len(sources) and sum(given) > 0
            spread = sum((v / sum(given)) ** 2 for v in given) if real else 1 / len(sources)
        total = self.total(ident)
        gap = 100.0 if total == 0 else None if x is None else 100 * x
        concentration = 100 * sum(s * s for s in self.shares(ident).values()) if self.makers(ident) else None
        external = None if x is None else 100 * x * max(spread, 0.25)
        weights = ((gap, 0.3), (self.critical(ident), 0.25), (concentration, 0.15), (external, 0.15))
        known = [(v, w) for v, w in weights if v is not None]
        if self.lower_bound(ident) or len(known) < 2:
            return None
        return sum(v * w for v, w in known) / sum(w for _, w in known)

    def order(self, chain: str) -> list[tuple[int, set[str]]]:
        """先抓 of a chain: ranks, each with the segments that share it."""
        entries = set()
        for i in (i for i in self.at if self.at[i].chain == chain and self.counted(i)):
            if self.status(i) == "断链":
                entries |= self.lacked(i)
            elif self.status(i) in ("缺链", "卡脖子", "弱链", "空白"):
                entries.add(i)
        keys = {}
        for i in entries:
            graded = self.status(i) not in ("未知", "不适用")
            if graded and (priority := self.priority(i)) is not None:
                keys[i] = ("外购稳定" in self.flags(i), -round(priority, 6))
        ranks = {1 + sum(other < key for other in keys.values()): key for key in keys.values()}
        return [(rank, {i for i in keys if keys[i] == key}) for rank, key in sorted(ranks.items())]

    def lacked(self, ident: str, seen: frozenset[str] = frozenset()) -> set[str]:
        """The inputs that a broken segment lacks; for one that has makers, what these lack."""
        found = set()
        for u in self.essential(ident):
            if u in self.available or u in seen:
                continue
            if self.total(u) == 0:
                found.add(u)
            else:
                crews = [x for x in self.below[u] if self.crewed(x)]
                found |= {v for x in crews for v in self.lacked(x, seen | {u})}
        return found


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
