"""From domain errors to HTTP: the one table of status codes, one JSON shape."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from graph.errors import LianpuError

STATUS = {
    "unknown_name": 404, "unknown_batch": 404, "ambiguous_name": 409, "home_busy": 503, "ledger_fault": 503,
    "bad_date": 422, "bad_change": 422, "no_chain": 422, "no_name": 422, "bad_config": 500, "unauthorized": 401, "forbidden": 403, "not_found": 404, "usage": 422,
    "rebuilding": 503, "graph_fault": 503, "graph_unreachable": 503, "graph_lost": 503, "graph_login": 503,
    "graph_read_only": 503, "graph_memory": 503, "graph_timeout": 504, "graph_version": 503, "graph_missing": 503,
    "graph_foreign": 409, "over_limit": 413, "nothing_read": 422, "unreadable_file": 422, "unknown_format": 422,
    "replace_refused": 409, "no_export": 422, "no_upload": 404, "unknown_row": 404,
}  # fmt: skip
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


class TooLong(LianpuError):
    """A form of more bytes than any form has."""

    code = "over_limit"

    def __init__(self, limit: int) -> None:
        super().__init__(f"提交的内容超过 {limit} 字节", "减少一次提交的变化")


def error_response(request: Request, error: LianpuError) -> Response:
    """JSON for the API, a page in words for people."""
    status = STATUS.get(error.code, 400)
    if request.url.path.startswith("/api/"):
        return JSONResponse(error.document(), status)
    from api.web.render import render

    return HTMLResponse(render("error.html", error=error, demo=False), status)


def install(app: FastAPI) -> None:
    """Register the handlers."""

    @app.exception_handler(LianpuError)
    def _known(request: Request, error: LianpuError) -> Response:
        return error_response(request, error)

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> Response:
        fields = "、".join(str(e["loc"][-1]) for e in error.errors())
        wrong = LianpuError(f"参数不对：{fields}", "查看 /api 的参数说明")
        wrong.code = "usage"
        return error_response(request, wrong)

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> Response:
        said = {400: "请求的内容读不了", 404: "没有这个页面", 405: "这个地址不接受这样的请求"}
        wrong = LianpuError(said.get(error.status_code, str(error.detail)), "从首页进入")
        wrong.code = "not_found" if error.status_code == 404 else "usage"
        response = error_response(request, wrong)
        response.status_code = error.status_code
        return response

    @app.exception_handler(Exception)
    def _unexpected(request: Request, error: Exception) -> Response:
        log.error("unexpected", exc_info=error)
        response = error_response(
            request, LianpuError("出了意外，已有数据没有改动", "重试；若再次出现，请把 server.log 发给维护人员")
        )
        response.status_code = 500
        return response
