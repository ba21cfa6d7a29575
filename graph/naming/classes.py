"""Which names of one kind mean one thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

NONE: frozenset[str] = frozenset()


class SameNames:
    """Classes of names that mean one thing; two names that somebody keeps apart never meet in one.

    Names are compared in their normal form; a name that is unique only within something (a segment within its
    chain) stands with that in front, joined by NUL, as in `make_id`.

    Example:
        >>> same = SameNames(apart=[("甲锯业", "丙锯业")])
        >>> same.join("甲锯业", "乙锯业"), same.join("乙锯业", "丙锯业")
        (True, False)
        >>> same.of("乙锯业"), same.of("丙锯业"), list(same.others())
        ('甲锯业', '丙锯业', [('乙锯业', '甲锯业')])
    """

    def __init__(self, apart: Iterable[tuple[str, str]] = ()) -> None:
        self._apart: dict[str, set[str]] = {}
        for a, b in apart:
            self._apart.setdefault(a, set()).add(b)
            self._apart.setdefault(b, set()).add(a)
        self._root: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._lesser: set[str] = set()

    def join(self, kept: str, other: str) -> bool:
        """Make one class of two; `other` names it only while nothing better does. False where they are kept apart."""
        a, b = self.root(kept), self.root(other)
        if a != b:
            ours, theirs = self.members(kept), self.members(other)
            if any(not self._apart.get(x, NONE).isdisjoint(theirs) for x in ours):
                return False
            self._members[a] = {*ours, *theirs}
            self._members.pop(b, None)
            self._root |= dict.fromkeys(theirs, a)
        if kept != other:
            self._lesser.add(other)
        return True

    def root(self, name: str) -> str:
        """The same for all names of a class, whichever it is."""
        return self._root.get(name, name)

    def members(self, name: str) -> set[str]:
        """All names of the class of a name."""
        return self._members.get(self.root(name)) or {name}

    def of(self, name: str) -> str:
        """The name that stands for the class, whatever the order of joining."""
        members = self._members.get(self.root(name))
        return name if members is None else min(members - self._lesser or members)

    def is_apart(self, a: str, b: str) -> bool:
        """Whether somebody keeps these two apart."""
        return b in self._apart.get(a, NONE)

    def is_lesser(self, name: str) -> bool:
        """Whether this is a former name, an alias, or the one not kept."""
        return name in self._lesser

    def classes(self) -> Iterator[tuple[str, set[str]]]:
        """(the name that stands for it, all names) of every class of several names."""
        return ((self.of(root), self._members[root]) for root in sorted(self._members))

    def others(self) -> Iterator[tuple[str, str]]:
        """(name, the name that stands for its class) for every name that is not its own."""
        return ((name, stands) for stands, members in self.classes() for name in sorted(members - {stands}))
