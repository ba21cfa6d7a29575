"""`lianpu`: parse, call one command, print. With --json, stdout holds one JSON document and nothing else."""

from __future__ import annotations

import json
import re
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from api.commands.errors import Usage
from api.home.settings import Settings, home_is_set, load_settings
from graph.errors import LianpuError, without_password

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="链谱：县域产业链知识图谱。每个命令都可加 --json（只输出一个 JSON）和 --home 目录（数据目录）。",
)  # fmt: skip


@dataclass(slots=True)
class Invocation:
    """What stands on the command line beside the command."""

    json: bool = False
    home: str | None = None

    def settings(self) -> Settings:
        """Where things are kept."""
        return load_settings(self.home)


invocation = Invocation()


def out() -> Console:
    """Standard output, wide enough for tables when it is no terminal."""
    return Console(width=None if sys.stdout.isatty() else 160, soft_wrap=False, highlight=False)


def run(command: str, *, progress: bool = False, **parameters: Any) -> None:
    """Run a command here, or on the server that holds the home; print; leave with its exit code."""
    from api.home.running import find_running, send

    settings = invocation.settings()
    if running := find_running(settings.home):
        document, code = send(running, command, parameters)
    else:
        document, code = _run_here(settings, command, parameters, progress)
    emit(command, document)
    raise typer.Exit(code)


def _run_here(settings: Settings, command: str, parameters: dict[str, Any], bar: bool) -> tuple[dict[str, Any], int]:
    from api.commands.commands import COMMANDS
    from api.home.session import open_session

    # A rebuild must come through when the graph is out of step, or when somebody's build broke off.
    with open_session(settings, sync=command != "rebuild") as session:
        if not bar:
            result = COMMANDS[command](session, **parameters)
        else:
            with progress_bar() as step:
                result = COMMANDS[command](session, progress=step, **parameters)
    return result.document, result.code


def emit(command: str, document: dict[str, Any]) -> None:
    """Print a document as JSON or for a person."""
    from api.terminal.output import SCREENS, show_plain

    if invocation.json:
        print_json(document)
    else:
        SCREENS.get(command, show_plain)(out(), document)


def print_json(document: dict[str, Any]) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n")


class progress_bar:
    """A progress bar on standard error: `with progress_bar() as step: step("读取文件", 1, 3)`."""

    def __enter__(self) -> Callable[[str, int, int], None]:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._bar.start()
        self._tasks: dict[str, Any] = {}
        return self._step

    def _step(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(stage, total=total or 1)
        self._bar.update(self._tasks[stage], completed=done, total=total or 1)

    def __exit__(self, *_: object) -> None:
        self._bar.stop()


def absolute(path: str) -> str:
    """A path that means the same on the server."""
    return str(Path(path).expanduser().absolute())


County = Annotated[str | None, typer.Option("--county", help="县（市、区）")]
Chain = Annotated[str | None, typer.Option("--chain", help="产业链，可写 县/链")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="按某日结束时的台账，如 2025-05-16")]
Output = Annotated[str, typer.Option("-o", "--output", help="输出文件或文件夹")]


@app.command("load")
def load_command(
    paths: Annotated[list[str], typer.Argument(help="工作簿、CSV、Word、PDF 或文件夹")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不写入")] = False,
    form: Annotated[str, typer.Option("--format", help="template 或 chainkg")] = "template",
    marked: Annotated[str | None, typer.Option("--marked", help="标出问题单元格的工作簿写到哪里")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="更正：同名文件先前导入、这次没有的行撤下（可撤销）")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="撤下的行超过 20% 或涉及其他县市区时，确认替换")] = False,
    mapping: Annotated[str | None, typer.Option("--map", help="不是模板格式的表怎么读（lianpu map 可生成）")] = None,
) -> None:
    """导入工作簿。好的行进，坏的行列出单元格和改法。"""
    if form not in ("template", "chainkg"):
        raise Usage(f"不认识的格式 {form}", "--format 可选 template、chainkg")
    target = absolute(marked) if marked else None
    run(
        "load",
        progress=not invocation.json,
        paths=[absolute(p) for p in paths],
        dry_run=dry_run,
        format=form,
        marked=target,
        replace=replace,
        yes=yes,
        mapping=absolute(mapping) if mapping else None,
    )


@app.command("map")
def map_command(
    paths: Annotated[list[str], typer.Argument(help="不是模板格式的工作簿、CSV 或文件夹")],
    output: Annotated[str | None, typer.Option("-o", "--output", help="映射写到哪个 .yaml，改好后用于 --map")] = None,
) -> None:
    """看一张外来的表：建议每列对应链谱的哪一列，写成映射文件供修改；不导入。"""
    run("map", paths=[absolute(p) for p in paths], output=absolute(output) if output else None)


@app.command()
def undo(batch: Annotated[str, typer.Argument(help="批次号")]) -> None:
    """撤销一个批次。"""
    run("undo", batch=batch)


@app.command()
def batches() -> None:
    """列出全部批次。"""
    run("batches")


@app.command()
def status() -> None:
    """台账和图库的情况，以及等待名称的行。"""
    run("status")


@app.command()
def gaps(
    county: County = None,
    chain: Chain = None,
    status: Annotated[str | None, typer.Option("--status", help="弱链 缺链 断链 ……")] = None,
    scope: Annotated[str, typer.Option("--scope", help="县 或 市")] = "县",
    as_of: AsOf = None,
) -> None:
    """各环节的状态、原因和首要行动。"""
    if scope not in ("县", "市"):
        raise Usage(f"不认识的范围 {scope}", "--scope 可选 县、市")
    run("gaps", county=county, chain=chain, status=status, scope=scope, as_of=as_of)


@app.command()
def cuts(
    chain: Annotated[str, typer.Option("--chain", help="产业链，可写 县/链")],
    county: County = None,
    order: Annotated[int, typer.Option("--order", min=1, max=2, help="1：单个；2：再看两个一起")] = 1,
) -> None:
    """失去哪一家企业或哪个外购来源，会使哪些环节断供。"""
    run("cuts", chain=chain, county=county, order=order)


Many = list[str] | None


@app.command()
def whatif(
    chain: Chain = None,
    county: County = None,
    add: Annotated[Many, typer.Option("--add", help="企业落地：企业@环节 或 企业@环节:产值（万元），可重复")] = None,
    remove: Annotated[Many, typer.Option("--remove", help="企业离开，可重复")] = None,
    stop: Annotated[Many, typer.Option("--stop", help="外购来源断供，可重复")] = None,
    survey: Annotated[Many, typer.Option("--survey", help="环节完成摸底，可重复")] = None,
    scenario: Annotated[Many, typer.Option("--scenario", help="叠加已保存的方案，可重复")] = None,
    save: Annotated[str | None, typer.Option("--save", help="把这些变化保存为方案")] = None,
) -> None:
    """如果……会怎样：企业来、企业走、来源断、完成摸底，可任意组合。"""
    run(
        "whatif", chain=chain, county=county, add=add or [], remove=remove or [], stop=stop or [],
        survey=survey or [], scenario=scenario or [], save=save,
    )  # fmt: skip


@app.command()
def scenarios(
    chain: Chain = None, drop: Annotated[str | None, typer.Option("--drop", help="删除一个方案")] = None
) -> None:
    """已保存的方案并排比较。"""
    run("scenarios", chain=chain, drop=drop)


@app.command()
def candidates(
    chain: Annotated[str, typer.Option("--chain", help="产业链，可写 县/链")],
    county: County = None,
    segment: Annotated[str | None, typer.Option("--segment", help="只看一个环节")] = None,
    top: Annotated[int, typer.Option("--top", min=1, max=100, help="每个环节最多几家")] = 5,
    province: Annotated[str | None, typer.Option("--province", help="所在地包含，如 浙江")] = None,
    product: Annotated[str | None, typer.Option("--product", help="产品包含")] = None,
    scale: Annotated[float | None, typer.Option("--scale", min=0, help="产值或营收不低于（万元）")] = None,
    output: Annotated[str | None, typer.Option("-o", "--output", help="招商对接清单.xlsx")] = None,
) -> None:
    """每个缺口可以找谁，为什么，来了会怎样；未摸底的另列要问的问题。"""
    run(
        "candidates", chain=chain, county=county, segment=segment, top=top, province=province, product=product,
        scale=scale, output=absolute(output) if output else None,
    )  # fmt: skip


@app.command()
def review(
    kind: Annotated[str | None, typer.Option("--kind", help="企业 高校院所 平台 关键技术 环节")] = None,
    top: Annotated[int, typer.Option("--top", min=1, max=10000, help="每类最多列几条")] = 100,
) -> None:
    """待核对：哪些名称可能是同一家，哪些企业可以归入环节，以及已作的决定。"""
    run("review", kind=kind, top=top)


@app.command()
def decide(
    verdict: Annotated[str, typer.Argument(help="合并 不合并 归入环节 不归入环节")],
    name: Annotated[str, typer.Argument(help="名称（合并后用这个名称）；环节写 县/链/环节")],
    other: Annotated[str, typer.Argument(help="另一个名称，或要归入的 县/链/环节")],
    kind: Annotated[str, typer.Option("--kind", help="名称的类别")] = "企业",
    reason: Annotated[str | None, typer.Option("--reason", help="理由")] = None,
    by: Annotated[str | None, typer.Option("--by", help="决定人，不写为当前用户")] = None,
) -> None:
    """记下一个决定；每个决定是一个批次，可以撤销。"""
    run("decide", verdict=verdict, name=name, other=other, kind=kind, reason=reason, by=by)


@app.command()
def show(
    kind: Annotated[str, typer.Argument(help="类别，如 企业、环节")],
    name: Annotated[str, typer.Argument(help="名称，可写 县/链/环节")],
) -> None:
    """一个对象的全部内容，每个值带来源和不同说法。"""
    run("show", kind=kind, name=name)


@app.command()
def search(text: Annotated[str, typer.Argument(help="要找的字")]) -> None:
    """按名称、曾用名和代码查找。"""
    run("search", text=text)


@app.command()
def export(
    path: Annotated[str, typer.Argument(help="文件.xlsx 或 文件夹（CSV）")],
    form: Annotated[
        str, typer.Option("--format", help="template、neo4j-admin 或 graphml（后两种写入文件夹）")
    ] = "template",
) -> None:
    """把台账现有的行按模板格式导出；--format 把整张图导出给 Neo4j 或其他图软件。"""
    if form not in ("template", "neo4j-admin", "graphml"):
        raise Usage(f"不认识的格式 {form}", "--format 可选 template、neo4j-admin、graphml")
    run("export", path=absolute(path), format=form)


@app.command()
def template(
    folder: Annotated[str, typer.Argument(help="写到哪个文件夹")] = ".", chain: Chain = None, county: County = None,
    survey: Annotated[bool, typer.Option("--survey", help="企业调查表：一行一家企业，导入时拆成多张表")] = False,
) -> None:  # fmt: skip
    """生成填报模板；--chain 预填该链的环节和供给；--survey 生成企业调查表。"""
    run("template", folder=absolute(folder), chain=chain, county=county, survey=survey)


@app.command()
def needs(output: Output, chain: Chain = None, county: County = None) -> None:
    """技术需求清单（xlsx 或 docx）。"""
    run("needs", output=absolute(output), chain=chain, county=county)


@app.command()
def mindmap(chain: Annotated[str, typer.Argument(help="产业链")], output: Output, county: County = None) -> None:
    """创新思维导图（html、svg 或 png）。"""
    run("mindmap", chain=chain, output=absolute(output), county=county)


@app.command()
def report(
    chain: Annotated[str, typer.Argument(help="产业链")], output: Output, county: County = None, as_of: AsOf = None
) -> None:
    """产业链技术分析报告（docx）。"""
    run("report", chain=chain, output=absolute(output), county=county, as_of=as_of)


@app.command()
def deliver(
    output: Output,
    chain: Annotated[list[str] | None, typer.Option("--chain", help="产业链，可重复；不写为全部")] = None,
    county: County = None,
) -> None:
    """一次写出多条链的需求清单、思维导图、报告和缺项自查表。"""
    run("deliver", output=absolute(output), chains=chain, county=county)


@app.command()
def rebuild(
    graph: Annotated[
        str | None, typer.Option("--graph", help="重建到另一个图库，如 neo4j://用户:密码@主机:端口/库")
    ] = None,
) -> None:
    """由台账重建图库；--graph 把它搬到另一个图库，再把 LIANPU_GRAPH_URL 设为该地址即可改用。"""
    run("rebuild", graph=graph)


@app.command()
def serve(port: Annotated[int, typer.Option("--port", help="端口，0 为自动选择")] = 0) -> None:
    """在本机打开网页（只监听 127.0.0.1）。"""
    from api.web.server import serve_home

    serve_home(invocation.settings(), port, announce)


@app.command()
def demo(
    port: Annotated[int, typer.Option("--port", help="端口，0 为自动选择")] = 0,
    output: Annotated[str | None, typer.Option("-o", "--output", help="三个文件写到哪里")] = None,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="只导入和写文件，不打开网页")] = False,
) -> None:
    """导入示例数据，写出三个文件，打开网页。用单独的数据目录，不碰你的数据。"""
    from api.cli.demo import run_demo

    home = invocation.home if home_is_set(invocation.home) else str(Path.cwd() / ".demo")
    run_demo(load_settings(home), port, output, serve_after=not no_serve, announce=announce)


def announce(url: str, document: dict[str, Any] | None = None) -> None:
    """The line that says where the pages are; with --json it goes to standard error."""
    if invocation.json:
        print_json({**(document or {}), "url": url})
        sys.stderr.write(url + "\n")
    else:
        sys.stdout.write(url + "\n")
    sys.stdout.flush()


def _take_globals(arguments: list[str]) -> list[str]:
    """Take --json and --home, which may stand anywhere, off the command line."""
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--json":
            invocation.json = True
        elif argument == "--home":
            invocation.home = next(waiting, None)
            if invocation.home is None:
                raise Usage("--home 后面要有目录", "例如 --home D:\\lianpu")
        elif argument.startswith("--home="):
            invocation.home = argument.partition("=")[2]
        else:
            rest.append(argument)
    return rest


def fail(error: LianpuError) -> int:
    """Say what is wrong and what to do, as JSON or in two lines."""
    if invocation.json:
        print_json(error.document())
    else:
        where = f"（{error.where}）" if error.where else ""
        sys.stderr.write(f"错误：{error.message}{where}\n怎么办：{error.hint}\n")
    return 2


# typer carries its own copy of click, so the class is found through what typer exports.
UsageError: type[Exception] = typer.BadParameter.__mro__[1]


def _usage(error: Exception) -> Usage:
    param, context = getattr(error, "param", None), getattr(error, "ctx", None)
    name = getattr(param, "human_readable_name", "") or ""
    said = {
        "NoSuchOption": f"没有选项 {getattr(error, 'option_name', '')}",
        "MissingParameter": f"缺少参数 {name}",
        "BadParameter": f"参数 {name} 的值不对",
        "NoArgsIsHelpError": "缺少命令",
    }.get(type(error).__name__, f"命令写法不对：{getattr(error, 'message', error)}")
    if found := re.match(r"No such command '(.*)'", str(getattr(error, "message", ""))):
        said = f"没有命令 {found[1]}"
    return Usage(said, f"用 {context.command_path if context else 'lianpu'} --help 查看用法")


def _unexpected(error: Exception) -> LianpuError:
    """No exception reaches a person raw: the details go to a log file."""
    path = invocation.settings().home / "fault.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(without_password("".join(traceback.format_exception(error))) + "\n")
    except OSError:
        return LianpuError(f"出了意外：{error}", "检查数据目录是否可写、磁盘是否已满")
    return LianpuError(
        "出了意外，已有数据没有改动" if not isinstance(error, OSError) else f"读写失败：{error}",
        f"详情在 {path}，可发给维护人员",
    )


def main(arguments: list[str] | None = None) -> None:
    """The entry point: exit 0 done, 1 in part or nothing found, 2 usage or fault."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    invocation.json, invocation.home = False, None
    try:
        rest = _take_globals(list(sys.argv[1:] if arguments is None else arguments))
        code = app(rest, prog_name="lianpu", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except typer.Exit as done:
        sys.exit(done.exit_code)
    except UsageError as error:
        sys.exit(fail(_usage(error)))
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(130)
    except LianpuError as error:
        sys.exit(fail(error))
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:
        sys.exit(fail(_unexpected(error)))
