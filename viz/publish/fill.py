"""How full a file is: all there is, or less where it would be too large, each step said in words."""

from __future__ import annotations

from dataclasses import dataclass

ALL = 1_000_000
MOST = 5_000_000  # bytes of one file


@dataclass(frozen=True, slots=True)
class Fill:
    """What is shown: rows of a list, levels of a mind map below the chain, whether boxes name the rows behind them, how
    many chains have a page of their own, lines of the tables of all segments and targets.

    >>> STEPS[0].left_out, STEPS[2].left_out
    ((), ('思维导图各项的依据', '清单第100条以后的内容'))
    """

    rows: int = ALL
    depth: int = ALL
    evidence: bool = True
    chains: int = ALL
    lines: int = ALL

    @property
    def left_out(self) -> tuple[str, ...]:
        """What is missing, in words."""
        parts = []
        if not self.evidence:
            parts.append("思维导图各项的依据")
        if self.rows < ALL:
            parts.append(f"清单第{self.rows}条以后的内容" if self.rows else "全部清单")
        if self.depth < ALL:
            parts.append(f"思维导图第{self.depth}层以下的内容" if self.depth else "全部思维导图")
        if self.chains < ALL:
            parts.append(f"第{self.chains}条以后的产业链各自的内容" if self.chains else "各产业链自己的内容")
        if self.lines < ALL:
            parts.append(f"全部环节和指标第{self.lines}条以后的内容")
        return tuple(parts)


STEPS = (
    Fill(),
    Fill(evidence=False),
    Fill(100, evidence=False),
    Fill(20, 4, evidence=False),
    Fill(20, 2, evidence=False),
    Fill(0, 0, evidence=False),
    Fill(0, 0, evidence=False, chains=50),
    Fill(0, 0, evidence=False, chains=10),
    Fill(0, 0, evidence=False, chains=0),
    Fill(0, 0, evidence=False, chains=0, lines=1_000),
    Fill(0, 0, evidence=False, chains=0, lines=100),
)
