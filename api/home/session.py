"""An open home: the city, its answers, and the rule that one process at a time holds it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from filelock import FileLock, Timeout

from api.home.drawing import Drawing, draw_here
from api.home.settings import Settings
from graph.city.city import City, city_as_of, open_city
from graph.errors import BadConfig, HomeBusy, HomeUnwritable, Rebuilding
from graph.files import reason_of
from graph.store.errors import GraphNotBuilt
from graph.store.protocol import GraphState

if TYPE_CHECKING:  # the analysis loads only where something is analysed
    from graph.analysis.config import GapConfig
    from graph.answers.state import State

WAIT = 60  # seconds a command waits for another to finish
CONFIG = "gap_model.yaml"


class Session:
    """What commands and pages work with.

    Reads run side by side, also beside the one writer: each sees the last whole state, from its beginning
    to its end. Who reads must not write before its read has ended.
    """

    def __init__(self, settings: Settings, city: City) -> None:
        self.settings, self.city = settings, city
        self.draw: Drawing = draw_here
        self._writer = threading.RLock()
        self._choosing = threading.Lock()
        self._last: tuple[_Key, State] | None = None

    @property
    def home(self) -> Path:
        """The folder that holds everything."""
        return self.settings.home

    def config_text(self) -> str:
        """The configuration in force: the home's own file, else the default. Raises BadConfig."""
        own = self.home / CONFIG
        try:
            return own.read_text("utf-8") if own.exists() else default_config_text()
        except UnicodeDecodeError as error:
            raise BadConfig(["不是 UTF-8 文本"], str(own)) from error
        except OSError as error:
            raise BadConfig([f"打不开文件：{reason_of(error)}"], str(own)) from error

    def config(self) -> GapConfig:
        """The thresholds in force. Raises BadConfig."""
        from graph.analysis.config import load_config

        return load_config(self.config_mapping(), str(self.home / CONFIG))

    def config_mapping(self) -> dict[str, Any]:
        """The parsed configuration. Raises BadConfig."""
        where = str(self.home / CONFIG)
        try:
            parsed = yaml.safe_load(self.config_text())
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            raise BadConfig([f"不是有效的 YAML{f'：第 {mark.line + 1} 行' if mark else ''}"], where) from error
        if not isinstance(parsed, dict | None):
            raise BadConfig(["应是“参数: 值”的形式"], where)
        return parsed or {}

    @contextmanager
    def writing(self) -> Iterator[City]:
        """The city, for one writer at a time."""
        with self._writer:
            yield self.city

    def city_in_step(self) -> City:
        """The city, its graph brought into step; nothing of it is read or opened yet."""
        self._catch_up()
        return self.city

    @contextmanager
    def snapshot(self) -> Iterator[City]:
        """The city, whose graph shows this thread the last whole state."""
        self._catch_up()
        with self.city.store.snapshot():
            yield self.city

    @contextmanager
    def reading(self) -> Iterator[State]:
        """Answers about the last whole state. Raises Rebuilding where an engine cannot show it meanwhile."""
        with self.snapshot():
            yield self._answers()

    @contextmanager
    def state_as_of(self, day: date | None) -> Iterator[State]:
        """Answers as of the end of a day (None = now)."""
        if day is None:
            with self.reading() as answers:
                yield answers
            return
        from graph.answers.state import State

        with city_as_of(self.city, day) as then:
            yield State(then, self.config(), day)

    def _catch_up(self) -> None:
        """Rebuild what an interrupted command left behind; not while somebody writes, who will do so."""
        if self._writer.acquire(blocking=False):
            try:
                self.city.sync()
            finally:
                self._writer.release()

    def _answers(self) -> State:
        """What is known of the state that this thread reads; kept until it, the day or the configuration change."""
        from graph.answers.state import State

        shown = self.city.store.state()
        if shown is None:
            raise GraphNotBuilt(self.city.store.url)
        if not shown.ledger:  # a build is under way, and the engine has nowhere else to keep the old graph
            raise Rebuilding
        key = _Key(shown, date.today(), self.config_text())
        with self._choosing:
            if self._last is None or self._last[0] != key:
                self._last = (key, State(self.city, self.config(), key.today))
            return self._last[1]


@dataclass(frozen=True, slots=True)
class _Key:
    """What answers depend on."""

    shown: GraphState
    today: date
    config: str


def default_config_text() -> str:
    """The configuration that ships with the program."""
    return (files("graph.analysis") / CONFIG).read_text("utf-8")


@contextmanager
def open_session(settings: Settings, wait: float = WAIT, sync: bool = True) -> Iterator[Session]:
    """Open a home for this process alone. Raises HomeBusy and HomeUnwritable."""
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise HomeUnwritable(str(settings.home), reason_of(error)) from error
    lock = FileLock(settings.home / "lock")
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise HomeBusy(str(settings.home)) from error
    except OSError as error:
        raise HomeUnwritable(str(settings.home / "lock"), reason_of(error)) from error
    try:
        city = open_city(settings.home, graph_url=settings.graph_url, ledger_url=settings.ledger_url, sync=sync)
        city.who = settings.user
        try:
            yield Session(settings, city)
        finally:
            city.close()
    finally:
        lock.release()
