"""What stands on the command line: --json and --home beside any command, and the options that a request's fields make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import Parameter, Signature
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, get_args, get_origin

import typer
from pydantic import BeforeValidator
from pydantic.fields import FieldInfo

from api.commands.errors import Usage
from api.commands.requests import FILE, POSITIONAL, Request
from api.commands.table import flags_of
from api.home.settings import Settings, load_settings


@dataclass(slots=True)
class Invocation:
    """What stands on the command line beside the command."""

    json: bool = False
    home: str | None = None

    def settings(self) -> Settings:
        """Where things are kept."""
        return load_settings(self.home)

    def take(self, arguments: list[str]) -> list[str]:
        """Take --json and --home, which may stand anywhere, off the command line. Raises Usage."""
        self.json, self.home = False, None
        rest: list[str] = []
        waiting = iter(arguments)
        for argument in waiting:
            if argument == "--json":
                self.json = True
            elif argument == "--home":
                self.home = next(waiting, None)
                if self.home is None:
                    raise Usage("--home 后面要有目录", "例如 --home D:\\lianpu")
            elif argument.startswith("--home="):
                self.home = argument.partition("=")[2]
            else:
                rest.append(argument)
        return rest


invocation = Invocation()


def options_of(request: type[Request]) -> Signature:
    """The signature of a Typer command that takes a request: a word or an option for each field."""
    return Signature([_parameter(name, field) for name, field in request.model_fields.items()])


def _parameter(name: str, field: FieldInfo) -> Parameter:
    bounds = {"min": _bound(field, "ge"), "max": _bound(field, "le")}
    if POSITIONAL in field.metadata:
        info = typer.Argument(help=field.description)
    else:
        info = typer.Option(*flags_of(name, field.metadata), help=field.description, **bounds)
    default = Parameter.empty if field.is_required() else field.default
    # What the request reads itself comes as it was typed: its own words say what is wrong with it.
    own = any(isinstance(mark, BeforeValidator) for mark in field.metadata)
    return Parameter(
        name,
        Parameter.KEYWORD_ONLY,
        default=None if default == () else default,
        annotation=Annotated[_plain(str if own else field.annotation, many=default == ()), info],
    )


def _bound(field: FieldInfo, name: str) -> Any:
    return next((getattr(m, name) for m in field.metadata if hasattr(m, name)), None)


def _plain(annotation: Any, many: bool = False) -> Any:
    """The type as the command line knows it; the request checks the rest.

    >>> _plain(Literal["县", "市"]), _plain(tuple[str, ...]), _plain(int | None)
    (<class 'str'>, list[str], int | None)
    """
    if get_origin(annotation) is tuple:
        return list[str] | None if many else list[str]
    if get_origin(annotation) is Literal:
        return str
    if isinstance(annotation, UnionType):
        return _plain(next(a for a in get_args(annotation) if a is not NoneType)) | None
    return annotation if annotation in (str, int, float, bool) else str


def given(request: type[Request], values: dict[str, Any]) -> dict[str, Any]:
    """What was typed, with paths that mean the same on a server."""
    marks = {name: field.metadata for name, field in request.model_fields.items()}
    return {n: _absolute(v) if FILE in marks[n] else v for n, v in values.items() if v is not None}


def _absolute(path: Any) -> Any:
    if isinstance(path, list):
        return [_absolute(p) for p in path]
    return str(Path(path).expanduser().absolute())


def command_of(request: type[Request], run: Callable[[dict[str, Any]], None]) -> Callable[..., None]:
    """The function that Typer calls, with the options of a request."""

    def command(**values: Any) -> None:
        run(given(request, values))

    options = options_of(request)
    command.__signature__ = options  # type: ignore[attr-defined]  # Typer reads both of these
    command.__annotations__ = {p.name: p.annotation for p in options.parameters.values()}
    return command
