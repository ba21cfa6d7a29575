"""Parse, call one command, print. With --json, stdout holds one JSON document and nothing else."""

from __future__ import annotations

import re
import sys
import traceback

import typer

from api.cli.app import application
from api.cli.options import invocation
from api.cli.printing import print_json
from api.commands.errors import Usage
from graph.errors import LEDGER_WHOLE, LianpuError, without_password
from graph.files import reason_of

# typer carries its own copy of click, so the class is found through what typer exports.
UsageError: type[Exception] = typer.BadParameter.__mro__[1]


def invoke(arguments: list[str] | None = None) -> None:
    """Run what was typed: exit 0 done, 1 in part or nothing found, 2 usage or fault."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        rest = invocation.take(list(sys.argv[1:] if arguments is None else arguments))
        code = application(rest)(rest, prog_name="lianpu", standalone_mode=False)
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


def fail(error: LianpuError) -> int:
    """Say what is wrong and what to do, as JSON or in two lines."""
    if invocation.json:
        print_json(error.document())
    else:
        where = f"（{error.where}）" if error.where else ""
        sys.stderr.write(f"错误：{error.message}{where}\n怎么办：{error.hint}\n")
    return 2


def _usage(error: Exception) -> Usage:
    param, context = getattr(error, "param", None), getattr(error, "ctx", None)
    name = param.opts[-1] if param else ""
    message = {
        "NoSuchOption": f"没有选项 {getattr(error, 'option_name', '')}",
        "MissingParameter": f"缺少参数 {name}",
        "BadParameter": f"参数 {name} 的值不对",
        "NoArgsIsHelpError": "缺少命令",
        "BadOptionUsage": f"选项 {getattr(error, 'option_name', '')} 的值缺少或多余",
    }.get(type(error).__name__, f"命令写法不对：{getattr(error, 'message', error)}")
    if unknown := re.match(r"No such command '(.*)'", str(getattr(error, "message", ""))):
        message = f"没有命令 {unknown[1]}"
    if extra := re.match(r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", str(getattr(error, "message", ""))):
        message = f"多余的参数 {extra[1]}"
    return Usage(message, f"用 {context.command_path if context else 'lianpu'} --help 查看用法")


def _unexpected(error: Exception) -> LianpuError:
    """No exception reaches a person raw: the details go to a log file."""
    path = invocation.settings().home / "fault.log"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(without_password("".join(traceback.format_exception(error))) + "\n")
    except OSError as unwritable:
        return LianpuError(
            f"出了意外（{reason_of(unwritable)}：{path.parent}）", f"检查数据目录是否可写、磁盘是否已满；{LEDGER_WHOLE}"
        )
    return LianpuError(
        f"读写失败：{error.filename or ''}（{reason_of(error)}）" if isinstance(error, OSError) else "出了意外",
        f"{LEDGER_WHOLE}；详情在 {path}，可发给维护人员",
    )
