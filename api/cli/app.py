"""The commands of `lianpu`, from the table of commands; `serve` and `demo` beside them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.options import command_of, invocation
from api.cli.printing import MOMENT, announce, emit, say_waiting
from api.commands.requests import Request
from api.commands.result import Result
from api.commands.table import COMMANDS, Command
from api.home.settings import Settings, home_is_set, load_settings
from graph.bulk import settled
from graph.errors import HomeBusy

ABOUT = "链谱：县域产业链知识图谱。每个命令都可加 --json（只输出一个 JSON）和 --home 目录（数据目录）。"
GROUPS = {"plan": "计划的文稿：读成指标和任务；写出实施方案初稿。"}  # commands of two words, by their first
Port = Annotated[int, typer.Option("--port", help="端口，0 为自动选择")]


def application(words: Sequence[str] = ()) -> typer.Typer:
    """The command line. Where the first word is a command, it has that one: the options of all take time to make."""
    app = typer.Typer(
        add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False, help=ABOUT
    )
    asked = COMMANDS.get(words[0]) or COMMANDS.get(" ".join(words[:2])) if words else None
    groups: dict[str, typer.Typer] = {}
    for command in (asked,) if asked else COMMANDS.values():
        first, _, second = command.name.partition(" ")  # `plan read` is the command read of the group plan
        if second and first not in groups:
            groups[first] = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
            app.add_typer(groups[first], name=first, help=GROUPS[first])
        of = groups[first] if second else app
        of.command(second or first, help=command.about)(command_of(command.request, partial(run, command)))
    for own in (serve, demo):
        app.command()(own)
    return app


def run(command: Command, parameters: dict[str, Any]) -> None:
    """Run a command here, or on the server that holds the home; print; leave with its exit code."""
    from api.home.running import find_running, send

    request, settings = command.read(parameters), invocation.settings()
    waiting, document = say_waiting(), None
    while document is None:
        if running := find_running(settings.home, waiting):
            document, code = send(running, command.name, request.model_dump(mode="json", exclude_unset=True))
            break
        with suppress(HomeBusy):  # another command was quicker: it is waited for in turn
            result = _run_here(settings, command, request)
            document, code = result.document, result.code
    emit(command.name, document)
    raise typer.Exit(code)


def _run_here(settings: Settings, command: Command, request: Request) -> Result[Any]:
    from api.home.session import open_session

    # A rebuild must come through when the graph is out of step, or when somebody's build broke off; the first load
    # builds the graph of a new home, so that an empty one need not be built before it.
    in_step = command.in_step and not (command.changes and not settings.home.exists())
    with open_session(settings, wait=MOMENT, sync=in_step, verify=not command.mends) as session:
        settled()
        if not command.progress or invocation.json:
            return command.run(session, request)
        from api.cli.progress import progress_bar

        with progress_bar() as step:
            return command.run(session, request, progress=step)


def serve(port: Port = 0) -> None:
    """在本机打开网页（只监听 127.0.0.1）。"""
    from api.web.server import serve_home

    settled()
    serve_home(invocation.settings(), port, announce)


def demo(
    port: Port = 0,
    output: Annotated[str | None, typer.Option("-o", "--output", help="文件写到哪里")] = None,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="只导入和写文件，不打开网页")] = False,
) -> None:
    """导入示例数据，写出成果文件，打开网页。用单独的数据目录，不碰你的数据。"""
    from api.cli.demo import run_demo

    settled()
    home = invocation.home if home_is_set(invocation.home) else str(Path.cwd() / ".demo")
    run_demo(load_settings(home), output, None if no_serve else port)
