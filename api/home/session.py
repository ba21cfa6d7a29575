"""An open home: the city, its answers, and the rule that one process at a time holds it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from filelock import FileLock, Timeout

from api.home.settings import Settings
from graph.analysis.config import GapConfig, load_config
from graph.answers.state import State
from graph.city.city import City, city_as_of, open_city
from graph.errors import BadConfig, HomeBusy, LedgerFault

WAIT = 60  # seconds a command waits for another to finish
CONFIG = "gap_model.yaml"


class Session:
    """What commands and pages work with. Reads may run side by side; writes take `writing()`."""

    def __init__(self, settings: Settings, city: City) -> None:
        self.settings, self.city = settings, city
        self._lock = threading.RLock()
        self._state: tuple[Any, State] | None = None

    @property
    def home(self) -> Path:
        """The folder that holds everything."""
        return self.settings.home

    def config_text(self) -> str:
        """The configuration in force: the home's own file, else the default."""
        own = self.home / CONFIG
        return own.read_text("utf-8") if own.exists() else default_config_text()

    def config(self) -> GapConfig:
        """The thresholds in force. Raises BadConfig."""
        return load_config(self.config_mapping())

    def config_mapping(self) -> dict[str, Any]:
        """The parsed configuration. Raises BadConfig."""
        try:
            parsed = yaml.safe_load(self.config_text())
        except yaml.YAMLError as error:
            raise BadConfig([f"不是有效的 YAML：{error}"], str(self.home / CONFIG)) from error
        return parsed if isinstance(parsed, dict) else {}

    def state(self) -> State:
        """Answers about the present state; kept until the ledger, the day or the configuration change."""
        with self._lock:
            key = (self.city.ledger.state(), date.today(), self.config_text())
            if self._state is None or self._state[0] != key:
                self.city.sync()
                self._state = (key, State(self.city, self.config(), date.today()))
            return self._state[1]

    @contextmanager
    def state_as_of(self, day: date | None) -> Iterator[State]:
        """Answers as of the end of a day (None = now)."""
        if day is None:
            yield self.state()
            return
        with self._lock, city_as_of(self.city, day) as then:
            yield State(then, self.config(), day)

    @contextmanager
    def writing(self) -> Iterator[City]:
        """The city, for one writer at a time."""
        with self._lock:
            yield self.city

    @contextmanager
    def reading(self) -> Iterator[State]:
        """The present answers, while nobody writes."""
        with self._lock:
            yield self.state()


def default_config_text() -> str:
    """The configuration that ships with the program."""
    return (files("graph.analysis") / CONFIG).read_text("utf-8")


@contextmanager
def open_session(settings: Settings, wait: float = WAIT, sync: bool = True) -> Iterator[Session]:
    """Open a home for this process alone. Raises HomeBusy and LedgerFault."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerFault(f"{settings.home}（{error.strerror}）") from error
    lock = FileLock(settings.home / "lock")
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise HomeBusy(str(settings.home)) from error
    try:
        city = open_city(settings.home, graph_url=settings.graph_url, ledger_url=settings.ledger_url, sync=sync)
        city.who = settings.user
        try:
            yield Session(settings, city)
        finally:
            city.close()
    finally:
        lock.release()
