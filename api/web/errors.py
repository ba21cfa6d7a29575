"""From domain errors to HTTP: the one table of status codes, one JSON shape."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from api.commands.errors import Usage
from graph.answers.documents.parts import FaultDocument
from graph.errors import LEDGER_WHOLE, LianpuError

CODES: dict[int, str] = {
    400: "bad_row",
    401: "unauthorized",
    403: "forbidden unproven",
    404: "unknown_name no_sheet no_targets unknown_batch unknown_row unknown_query no_upload not_found",
    409: "ambiguous_name row_gone replace_refused graph_foreign ledger_too_new",
    413: "over_limit query_memory",
    422: "usage no_segment bad_parameter bad_date bad_moment bad_change bad_mapping lacking_columns no_chain no_name one_name no_export "
    "export_target nothing_read cypher_refused query_failed bad_template unreadable_file unknown_format not_writable",
    500: "fault drawing_broken bad_config bad_scenarios bad_graph_url build_failed port_taken",
    502: "server_gone",
    503: "home_busy drawings_full home_unwritable ledger_fault ledger_altered ledger_damaged ledger_missing rebuilding graph_fault graph_unreachable graph_lost "
    "graph_login graph_read_only graph_memory graph_version graph_missing graph_locked graph_no_memory graph_unreadable graph_no_room graph_place_taken "
    "graph_broken graph_not_built queries_full query_lost",
    504: "graph_timeout drawing_too_long query_timeout",
}
STATUS = {code: status for status, codes in CODES.items() for code in codes.split()}
# Whatever is asked may meet these: no token, another site, a parameter that is none, and the state of the home.
ALWAYS = (401, 403, 409, 422, 500, 503, 504)
log = logging.getLogger("lianpu")


class Unauthorized(LianpuError):
    """No token, or a wrong one."""

    code = "unauthorized"

    def __init__(self) -> None:
        super().__init__("需要本次启动的访问令牌", "请用 lianpu serve 打印的完整网址打开（含 ?token=…）")


class Forbidden(LianpuError):
    """A request from another site, or a host name that is not this machine."""

    code = "forbidden"

    def __init__(self, detail: str) -> None:
        super().__init__(f"拒绝访问：{detail}", "请在本机用打印的网址打开")


class Unproven(LianpuError):
    """A change asked for by something that is none of our pages, or by a page of an earlier start."""

    code = "unproven"

    def __init__(self) -> None:
        super().__init__(
            "提交没有带本页的校验码，没有执行", "刷新页面后重新提交；程序请用请求头 X-Lianpu-Token 带访问令牌"
        )


class TooLong(LianpuError):
    """A form of more bytes than any form has."""

    code = "over_limit"

    def __init__(self, limit: int) -> None:
        super().__init__(f"提交的内容超过 {limit} 字节", "减少一次提交的变化")


class NotFound(LianpuError):
    """Nothing stands at an address."""

    code = "not_found"

    def __init__(self) -> None:
        super().__init__("没有这个页面", "从首页进入")


class Unexpected(LianpuError):
    """What nobody foresaw; the details stand in the log."""

    def __init__(self) -> None:
        super().__init__("出了意外", f"{LEDGER_WHOLE}；若再次出现，请把 server.log 发给维护人员")


def faults(*more: int) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of the statuses that an endpoint answers besides 200: those of ALWAYS and `more`.

    >>> faults(404)[404]["description"]
    'unknown_name no_sheet no_targets unknown_batch unknown_row unknown_query no_upload not_found'
    """
    return {s: {"model": FaultDocument, "description": CODES[s]} for s in sorted({*ALWAYS, *more})}


def error_response(request: Request, error: LianpuError, status: int | None = None) -> Response:
    """JSON for the API and for scripts that ask for it, a page in words for people."""
    status = status or STATUS.get(error.code, 500)
    if request.url.path.startswith("/api/") or "application/json" in request.headers.get("accept", ""):
        return JSONResponse(error.document(), status)
    from api.web.render import render

    return HTMLResponse(render("error.html", error=error, notice=""), status)


def install(app: FastAPI) -> None:
    """Register the handlers."""

    @app.exception_handler(LianpuError)
    def _known(request: Request, error: LianpuError) -> Response:
        return error_response(request, error)

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> Response:
        faults = error.errors()
        if faults[0]["type"] == "json_invalid":  # the place of this fault is a number of bytes
            return error_response(request, Usage("请求的内容读不了：不是 JSON", "查看 /api 的参数说明"))
        names = dict.fromkeys(str(e["loc"][min(1, len(e["loc"]) - 1)]) for e in faults)
        return error_response(request, Usage(f"参数不对：{'、'.join(names)}", "查看 /api 的参数说明"))

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> Response:
        if error.status_code == 404:
            return error_response(request, NotFound())
        if error.status_code == 400:  # a body that is no form
            return error_response(request, Usage("请求的内容读不了", "从首页进入"))
        wrong = Usage({405: "这个地址不接受这样的请求"}.get(error.status_code, str(error.detail)), "从首页进入")
        return error_response(request, wrong, error.status_code)

    @app.exception_handler(Exception)
    def _unexpected(request: Request, error: Exception) -> Response:
        log.error("unexpected", exc_info=error)
        return error_response(request, Unexpected())
