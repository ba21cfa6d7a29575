"""An open home: the city, its answers, and the rule that one process at a time holds it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib.resources import files
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from filelock import FileLock, Timeout

from api.home.answering import Answering, Key
from api.home.drawing import Drawing, draw_here
from api.home.past import Past
from api.home.running import LOCK
from api.home.settings import Settings
from graph.city.city import City, open_city
from graph.errors import BadConfig, HomeBusy, HomeUnwritable, Rebuilding
from graph.files import reason_of
from graph.ledger.moment import When, day_of_stamp
from graph.store.errors import GraphNotBuilt

if TYPE_CHECKING:  # the analysis loads only where something is analysed
    from graph.analysis.config import GapConfig
    from graph.answers.state import State
    from graph.plan.config import PlanModel

WAIT = 60  # seconds a command waits for another to finish
PREVIEWS = 3  # times that a preview is made beside writers; then it waits for them
T = TypeVar("T")
CONFIG, PLAN = "gap_model.yaml", "plan_model.yaml"  # what a home may say of its own


class Session:
    """What commands and pages work with.

    `reading()` waits for nobody: reads run side by side, also beside the one writer, and each sees the last whole
    state from its beginning to its end. `writing()` waits for the writer before it, and for no reader; what it does
    is seen by the reads that begin after it. Who reads must not write before its read has ended. Files are parsed,
    and previews made, before `writing()` begins: see `api.commands.data`.
    """

    def __init__(self, settings: Settings, city: City) -> None:
        self.settings, self.city = settings, city
        self.draw: Drawing = draw_here
        self.kept = False  # somebody reads the names of its graph beside those who ask
        self._writer = threading.RLock()
        self._here = threading.local()  # `reading`: whether this thread has begun a read
        self.answering, self._past = Answering(), Past(city)
        self.asked_at = monotonic()  # when somebody asked last
        city.watch = self.answering.changed

    def forget_past(self) -> None:
        """Let go of the graphs of other days."""
        self._past.close()

    @property
    def home(self) -> Path:
        """The folder that holds everything."""
        return self.settings.home

    def config_text(self, name: str = CONFIG) -> str:
        """The configuration in force: the home's own file, else the default. Raises BadConfig."""
        own = self.home / name
        try:
            return own.read_text("utf-8") if own.exists() else default_config_text(name)
        except UnicodeDecodeError as error:
            raise BadConfig(["不是 UTF-8 文本"], str(own)) from error
        except OSError as error:
            raise BadConfig([f"打不开文件：{reason_of(error)}"], str(own)) from error

    def config(self) -> GapConfig:
        """The thresholds in force. Raises BadConfig."""
        from graph.analysis.config import load_config

        return load_config(self.config_mapping(), str(self.home / CONFIG))

    def plan_model(self) -> PlanModel:
        """How the plan is watched. Raises BadConfig."""
        from graph.plan.config import parse_plan_model

        try:
            return parse_plan_model(self.config_mapping(PLAN))
        except ValueError as error:
            raise BadConfig([str(error)], str(self.home / PLAN)) from error

    def config_mapping(self, name: str = CONFIG) -> dict[str, Any]:
        """The parsed configuration. Raises BadConfig."""
        where = str(self.home / name)
        try:
            parsed = yaml.safe_load(self.config_text(name))
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            raise BadConfig([f"不是有效的 YAML{f'：第 {mark.line + 1} 行' if mark else ''}"], where) from error
        if not isinstance(parsed, dict | None):
            raise BadConfig(["应是“参数: 值”的形式"], where)
        return parsed or {}

    @contextmanager
    def writing(self) -> Iterator[City]:
        """The city, for one writer at a time; reads go on beside it."""
        with self._writer:
            yield self.city

    def previewed(self, preview: Callable[[City], T]) -> T:
        """What a preview says of the city, made beside whoever writes; where something is written meanwhile, anew."""
        for _ in range(PREVIEWS):
            before = self.city.ledger.state()
            with self.snapshot() as city:
                shown = city.store.state()
                try:
                    previewed = preview(city)
                except Exception:
                    if self.city.ledger.state() == before:
                        raise
                    continue
            if shown is not None and shown.ledger == before == self.city.ledger.state():
                return previewed
        with self.writing() as city:
            return preview(city)

    def city_in_step(self) -> City:
        """The city, its graph brought into step; nothing of it is read or opened yet."""
        self._catch_up()
        return self.city

    @contextmanager
    def snapshot(self) -> Iterator[City]:
        """The city, whose graph shows this thread the last whole state."""
        if getattr(self._here, "reading", False):
            yield self.city  # part of a longer read
            return
        self.asked_at = monotonic()
        self._catch_up()
        with self.aside() as city:
            yield city

    @contextmanager
    def aside(self) -> Iterator[City]:
        """The city as `snapshot` shows it, for what nobody asked for."""
        with self.city.store.snapshot():
            self._here.reading = True
            try:
                yield self.city
            finally:
                self._here.reading = False

    @contextmanager
    def reading(self) -> Iterator[State]:
        """Answers about the last whole state. Raises Rebuilding where an engine cannot show it meanwhile."""
        with self.snapshot() as city:
            yield self._answers(city, date.today())

    @contextmanager
    def state_as_of(self, moment: When | None) -> Iterator[State]:
        """Answers as of the end of a day, or as a batch left the city (None = now). Raises UnknownBatch."""
        if moment is None:
            with self.reading() as answers:
                yield answers
            return
        day = moment if isinstance(moment, date) else day_of_stamp(self.city.ledger.stamp(moment))
        with self.snapshot() as city:
            shown = city.store.state()
            if shown is not None and shown.ledger == city.ledger.state(moment):  # nothing has changed since
                yield self._answers(city, day)
                return
        with self._past.on(moment) as (then, answering):
            yield self._answers(then, day, answering)

    def _catch_up(self) -> None:
        """Rebuild what an interrupted command left behind; not while somebody writes, who will do so."""
        if self._writer.acquire(blocking=False):
            try:
                self.city.sync()
            finally:
                self._writer.release()

    def _answers(self, city: City, today: date, answering: Answering | None = None) -> State:
        """What is known of the state that this thread reads; see `Answering`."""
        from graph.answers.state import State

        shown = city.store.state()
        if shown is None:
            raise GraphNotBuilt(city.store.url)
        if not shown.ledger:  # a build is under way, and the engine has nowhere else to keep the old graph
            raise Rebuilding
        key = Key(shown, today, self.config_text() + self.config_text(PLAN))
        kept = answering or self.answering
        return kept.state(key) or kept.keep(key, State(city, self.config(), today, plan_model=self.plan_model()))


def default_config_text(name: str = CONFIG) -> str:
    """The configuration that ships with the program."""
    return (files("graph.analysis" if name == CONFIG else "graph.plan") / name).read_text("utf-8")


@contextmanager
def open_session(settings: Settings, wait: float = WAIT, sync: bool = True, verify: bool = True) -> Iterator[Session]:
    """Open a home for this process alone. Raises HomeBusy and HomeUnwritable."""
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise HomeUnwritable(str(settings.home), reason_of(error)) from error
    lock = FileLock(settings.home / LOCK)
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise HomeBusy(str(settings.home)) from error
    except OSError as error:
        raise HomeUnwritable(str(settings.home / LOCK), reason_of(error)) from error
    try:
        city = open_city(
            settings.home, graph_url=settings.graph_url, ledger_url=settings.ledger_url, sync=sync, verify=verify
        )
        city.who = settings.user
        session = Session(settings, city)
        try:
            yield session
        finally:
            session.forget_past()
            city.close()
    finally:
        lock.release()
