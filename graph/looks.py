"""How a kind shows wherever people see it, as plain values: what its YAML file says under `shows`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a printed list: its header, and the value or the relation whose names it shows."""

    header: str
    value: str = ""  # caption of the value
    relation: str = ""  # names of what the node points to
    of_chain: bool = False  # only segments of the chain itself
    back: bool = False  # names of what points to the node instead


@dataclass(frozen=True, slots=True)
class ListLook:
    """A table of the report: its heading, its columns between name and sources, their widths and both ends'."""

    title: str
    order: int
    columns: tuple[ListColumn, ...]


@dataclass(frozen=True, slots=True)
class CardLook:
    """In the chain map: the list beside a segment's card, and the short title under which it is counted on it."""

    key: str
    count: str = ""


@dataclass(frozen=True, slots=True)
class BranchLook:
    """In the mind map: what stands before the name, which values the panel tells, who carries it."""

    title: str = ""
    facts: tuple[str, ...] = ()
    holder: str = ""  # relation to who carries it
    segment: int = 0  # its place among what stands on a segment; 0: it stands on none
    loose: bool = False  # without a segment it hangs on the branch of its own


@dataclass(frozen=True, slots=True)
class CountLook:
    """In the summary of the report: 成果3项."""

    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Looks:
    """How one kind shows. What is None does not show there."""

    kind: str
    icon: str
    color: str  # on white, and white on it: contrast >= 4.5
    rank: int  # in lists of what a chain has
    carried: bool = False  # its own neighbours belong to the picture of a chain
    answered: bool = False  # what points at it belongs there as well
    asked: bool = False  # the check list of a delivery asks for it
    card: CardLook | None = None
    branch: BranchLook | None = None
    section: ListLook | None = None
    annex: ListLook | None = None
    summary: CountLook | None = None

    @property
    def places(self) -> tuple[str, ...]:
        """Where it shows, in words.

        >>> Looks("示例", "◇", "#333333", 1, card=CardLook("samples")).places
        ('链图',)
        """
        shown = {
            "链图": self.card, "思维导图": self.branch, "报告": self.section or self.summary, "附表": self.annex,
            "缺项自查": self.asked,
        }  # fmt: skip
        return tuple(place for place, look in shown.items() if look)
