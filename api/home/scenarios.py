"""Named what-if scenarios, kept in the home beside the data. They are thoughts, not facts: the ledger knows none."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from graph.answers.scenarios import Supposition
from graph.errors import LianpuError, Unknown
from graph.files import reason_of
from graph.text import near

FILE = "scenarios.json"
LISTS = ("add", "remove", "stop", "survey")


class NoChain(LianpuError):
    """A what-if needs a chain."""

    code = "no_chain"

    def __init__(self) -> None:
        super().__init__("没有写明产业链", "加 --chain 县/链，或用 --scenario 指定已保存的方案")


class NoName(LianpuError):
    """A scenario is kept by its name."""

    code = "no_name"

    def __init__(self) -> None:
        super().__init__("方案没有名称", "起一个名称，如 引进带钢厂")


class BadScenarios(LianpuError):
    """The file of scenarios is not as it was written."""

    code = "bad_scenarios"

    def __init__(self, reason: str, where: Path) -> None:
        hint = "改正该文件，或把它移走后重新保存方案；台账没有受影响"
        super().__init__(f"保存的方案读不了：{reason}", hint, str(where))


@dataclass(frozen=True, slots=True)
class SupposedChanges:
    """The arguments of a what-if, as typed."""

    chain: str | None = None
    county: str | None = None
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    survey: tuple[str, ...] = ()

    def __add__(self, other: SupposedChanges) -> SupposedChanges:
        """Both together; the later chain counts where one is given."""
        return SupposedChanges(
            other.chain or self.chain,
            other.county if other.chain else other.county or self.county,
            *(getattr(self, n) + getattr(other, n) for n in LISTS),
        )

    def document(self) -> dict[str, Any]:
        """The JSON form."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}

    def arguments(self) -> dict[str, Any]:
        """Keyword arguments of `graph.answers.scenarios.whatif`. Raises NoChain."""
        if not self.chain:
            raise NoChain
        supposed = Supposition(self.add, self.remove, self.stop, self.survey)
        return {"chain": self.chain, "county": self.county, "supposed": supposed}


def _changes(saved: Any) -> SupposedChanges:
    """Raises TypeError for what is no document of changes."""
    if not isinstance(saved, dict):
        raise TypeError
    for name, value in saved.items():
        listed = name in LISTS
        if isinstance(value, list) != listed or not all(
            isinstance(v, str) for v in (value if listed else [value or ""])
        ):
            raise TypeError
    arguments: dict[str, Any] = {k: tuple(v) if k in LISTS else v for k, v in saved.items()}
    return SupposedChanges(**arguments)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


class Scenarios:
    """The saved scenarios of a home."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE

    def all(self) -> dict[str, SupposedChanges]:
        """By name, in the order saved. Raises BadScenarios."""
        if not self._path.exists():
            return {}
        try:
            saved = json.loads(self._path.read_text("utf-8"))
            return {name: _changes(d) for name, d in dict.items(saved)}
        except OSError as error:
            raise BadScenarios(f"打不开文件：{reason_of(error)}", self._path) from error
        except UnicodeDecodeError as error:
            raise BadScenarios("不是 UTF-8 文本", self._path) from error
        except (ValueError, RecursionError) as error:
            raise BadScenarios("不是 JSON", self._path) from error
        except TypeError as error:
            raise BadScenarios("内容不是方案", self._path) from error

    def named(self, name: str) -> SupposedChanges:
        """One scenario. Raises Unknown."""
        kept = self.all()
        if name not in kept:
            raise Unknown("方案", name, near(name, list(kept)))
        return kept[name]

    def save(self, name: str, changes: SupposedChanges) -> None:
        """Keep a scenario under a name; an old one of that name goes. Raises NoName."""
        if not name.strip():
            raise NoName
        self._write({**self.all(), name.strip(): changes})

    def drop(self, name: str) -> None:
        """Forget a scenario. Raises Unknown."""
        self.named(name)
        self._write({n: c for n, c in self.all().items() if n != name})

    def _write(self, kept: dict[str, SupposedChanges]) -> None:
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps({n: c.document() for n, c in kept.items()}, ensure_ascii=False, indent=1), "utf-8")
        fresh.replace(self._path)
