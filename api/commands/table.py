"""The table of commands: name, request, document, and where the function stands (imported when it runs)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, get_args

from pydantic import ValidationError

from api.commands import map_requests, plan_requests, requests
from api.commands.errors import Usage
from api.commands.requests import Flags, Request
from api.commands.result import Result
from api.commands.workbench import changes_requests, query_requests, region_requests, visit_requests
from graph.answers.documents import check, files, gaps, ledger, matching, nodes, pairing, plan, plan_text, recruiting
from graph.answers.documents.workbench import changes, comparing, queries, regions, visit
from graph.store.errors import GraphBroken

if TYPE_CHECKING:
    from api.home.session import Session  # a command line that is wrong opens no home


@dataclass(frozen=True, slots=True)
class Command:
    """A command of `lianpu`, in a few words; `http` is where it is asked over HTTP, `asked` what may be asked there."""

    name: str
    request: type[Request]
    document: Any  # the type of its document
    function: str  # module of this room and name
    about: str
    http: str = ""
    asked: type[Request] | None = None  # less than the request: what writes files stays with the command line
    progress: bool = False  # tells how far it has come
    changes: bool = False  # writes to the ledger
    mends: bool = False  # works on a ledger of which something is damaged
    in_step: bool = True  # the graph is brought into step with the ledger first

    def read(self, parameters: Mapping[str, Any]) -> Request:
        """The request that parameters make. Raises Usage; BadDate and UnknownBatch where those are wrong."""
        fields = self.request.model_fields
        if unknown := [name for name in parameters if name not in fields]:
            raise Usage(f"没有参数 {unknown[0]}", f"用 lianpu {self.name} --help 查看用法")
        try:
            return self.request.model_validate(dict(parameters))
        except ValidationError as error:
            raise self._usage(error) from None

    def _usage(self, error: ValidationError) -> Usage:
        first = error.errors()[0]
        name = str(first["loc"][0])
        field = self.request.model_fields[name]
        if first["type"] == "literal_error":
            flag, choices = flags_of(name, field.metadata)[-1], "、".join(get_args(field.annotation))
            return Usage(f"不认识的{field.title} {first['input']}", f"{flag} 可选 {choices}")
        if first["type"] == "string_too_long":
            return Usage(f"{field.title}太长", f"最多 {first['ctx']['max_length']} 个字")
        message = f"缺少参数 {name}" if first["type"] == "missing" else f"参数 {name} 的值不对"
        return Usage(message, f"用 lianpu {self.name} --help 查看用法")

    def run(self, session: Session, request: Request, **options: Any) -> Result[Any]:
        """Do it; what only reads is done once more where the graph broke and could be built anew."""
        module, _, name = self.function.rpartition(".")
        function: Callable[..., Result[Any]] = getattr(import_module(f"api.commands.{module}"), name)
        try:
            return function(session, request, **options)
        except GraphBroken:
            if self.changes:
                raise
            session.city_in_step()
            return function(session, request, **options)


def flags_of(name: str, marks: list[Any]) -> tuple[str, ...]:
    """How an option is written.

    >>> flags_of("dry_run", []), flags_of("mapping", [Flags(("--map",))])
    (('--dry-run',), ('--map',))
    """
    return next((m.flags for m in marks if isinstance(m, Flags)), (f"--{name.replace('_', '-')}",))


COMMANDS = {c.name: c for c in (
    Command("load", requests.LoadRequest, ledger.LoadDocument, "data.load_files", "导入工作簿。好的行进，坏的行列出单元格和改法。", "POST /api/load", progress=True, changes=True),
    Command("map", requests.MapRequest, ledger.MapDocument, "data.map_files", "看一张外来的表：建议每列对应链谱的哪一列，写成映射文件供修改；不导入。"),
    Command("undo", requests.UndoRequest, ledger.UndoDocument, "data.undo", "撤销一个批次。", "POST /api/undo", changes=True, mends=True),
    Command("batches", requests.BatchesRequest, ledger.BatchesDocument, "home.batches", "列出全部批次。", "GET /api/batches"),
    Command("status", requests.StatusRequest, ledger.StatusDocument, "home.status", "台账和图库的情况，以及等待名称的行。", "GET /api/status"),
    Command("check", requests.CheckRequest, check.CheckDocument, "home.check", "检查台账、图库和设置有没有损坏，两者是否一致。", mends=True, in_step=False),
    Command("gaps", requests.GapsRequest, gaps.GapsDocument, "answers.gaps", "各环节的状态、原因和首要行动。", "GET /api/gaps"),
    Command("progress", plan_requests.ProgressFileRequest, plan.ProgressDocument, "plan.progress", "计划的每个指标到了哪里：填报的和台账算出的并列，给出灯、进度和要做什么；-o 写出指标台账。", "GET /api/progress", plan_requests.ProgressRequest),
    Command("leads", plan_requests.LeadsRequest, plan.LeadsDocument, "plan.leads", "招商线索：到了哪一步、缺什么、哪些停滞；签约以后计入环节的状态。", "GET /api/leads"),
    Command("zero", plan_requests.ZeroFileRequest, plan.ZeroDocument, "plan.zero", "清零清单：亿元无机构、五千万无活动、五千万无机构的企业，缺六有里的哪些；留空的待核实；-o 写出清单。", "GET /api/zero", plan_requests.ZeroRequest),
    Command("ladder", plan_requests.LadderRequest, plan.LadderDocument, "plan.ladder", "企业梯队：每家企业在哪一级，下一级是什么，还缺什么。", "GET /api/ladder"),
    Command("tasks", plan_requests.TasksRequest, plan.TasksDocument, "plan.tasks", "计划的任务：谁牵头，什么时候完成，做到哪里，延过几次。", "GET /api/tasks"),
    Command("plan read", plan_requests.PlanReadRequest, plan_text.PlanTextDocument, "plan_text.plan_read", "读一份计划的文稿，找出指标和任务，写成待确认的工作簿；不导入。", "POST /api/plan/read"),
    Command("bulletin", plan_requests.BulletinRequest, files.WrittenDocument, "plan_files.bulletin", "督查通报（docx 或 pdf，正文两页）：进展、逾期和严重滞后、即将到期、填报和台账的差别；发文单位等没有设置的留待填写。"),
    Command("plan draft", plan_requests.PlanDraftRequest, files.WrittenDocument, "plan_files.plan_draft", "一个县（市、区）的实施方案初稿（docx）：产业链现状、目标、任务、步骤、政策；数据里没有的留待填写。"),
    Command("changes", changes_requests.ChangesFileRequest, changes.ChangesDocument, "workbench.changes.changes", "两个日期或批次之间变了什么：环节的状态、企业、指标的灯、改变的值，各带使它改变的行；-o 写出表格。", "GET /api/changes", changes_requests.ChangesRequest),
    Command("regions", region_requests.RegionsFileRequest, regions.RegionsDocument, "workbench.regions.regions", "地图：各县（市、区）的一个数和县与县之间的供给；-o 写出地图（svg、png）或表格。", "GET /api/regions", region_requests.RegionsRequest),
    Command("compare", region_requests.CompareFileRequest, comparing.ComparisonDocument, "workbench.regions.compare", "对比：几个县（市、区）或产业链并排，一个县与同组比较（PSWOT）；-o 写出表格或图。", "GET /api/compare", region_requests.CompareRequest),
    Command("cuts", requests.CutsRequest, recruiting.CutsDocument, "recruiting.cuts", "失去哪一家企业或哪个外购来源，会使哪些环节断供。", "GET /api/cuts"),
    Command("whatif", requests.WhatIfRequest, recruiting.WhatIfDocument, "recruiting.whatif", "如果……会怎样：企业来、企业走、来源断、完成摸底，可任意组合。", "GET /api/whatif", requests.SupposedOfRequest),
    Command("scenarios", requests.ScenariosRequest, recruiting.ScenariosDocument, "recruiting.scenarios", "已保存的方案并排比较。"),
    Command("candidates", requests.CandidatesRequest, recruiting.CandidatesDocument, "recruiting.candidates", "每个缺口可以找谁，为什么，来了会怎样；未摸底的另列要问的问题。", "GET /api/candidates", requests.RecruitRequest),
    Command("match", requests.MatchRequest, matching.MatchesDocument, "recruiting.match", "供需对接：每项技术需求有哪些成果、院所、平台、人才可能解决，为什么，有没有合适的；也可对接两份文件。", "GET /api/match", requests.MatchOfRequest),
    Command("brief", visit_requests.VisitRequest, visit.VisitDocument, "workbench.visits.brief", "拜访提纲：为什么找这家企业，本地谁要用、用多少，落地后有什么变化，有什么政策；-o 写成一页 docx、pdf 或 html。", "GET /api/brief", visit_requests.VisitOfRequest),
    Command("meeting", plan_requests.MeetingRequest, pairing.MeetingDocument, "plan.meeting", "一场对接会：哪些需求、成果和企业见面；-o 写出对接会清单，填好后可导入。", "GET /api/meeting", plan_requests.MeetingOfRequest),
    Command("review", requests.ReviewRequest, nodes.ReviewDocument, "answers.review", "待核对：哪些名称可能是同一家，哪些企业可以归入环节，以及已作的决定。", "GET /api/review"),
    Command("decide", requests.DecideRequest, ledger.DecideDocument, "data.decide", "记下一个决定；每个决定是一个批次，可以撤销。", "POST /api/decide", changes=True),
    Command("show", requests.ShowRequest, nodes.NodeDocument, "answers.show", "一个对象的全部内容，每个值带来源和不同说法。", "GET /api/show"),
    Command("search", requests.SearchRequest, nodes.SearchDocument, "answers.search", "按名称、曾用名和代码查找。", "GET /api/search"),
    Command("query", query_requests.QueryRequest, queries.QueryDocument, "workbench.query.query", "查询：按名称执行命名查询，或用 --cypher 执行自己写的只读查询；-o 写成 xlsx；什么都不写则列出命名查询。", "GET /api/query", query_requests.QueryAskedRequest),
    Command("export", requests.ExportRequest, files.ExportDocument, "data.export", "把台账现有的行按模板格式导出；--format 把整张图导出给 Neo4j 或其他图软件。"),
    Command("template", requests.TemplateRequest, files.TemplateDocument, "files.template", "生成填报模板；--chain 预填该链的环节和供给；--survey 生成企业调查表。"),
    Command("needs", requests.NeedsRequest, files.NeedsDocument, "files.needs", "技术需求清单（xlsx、docx 或 pdf）。"),
    Command("mindmap", map_requests.MindmapRequest, files.MindmapDocument, "files.mindmap", "创新思维导图：html、xmind、mm、opml、md、svg、png、pdf 或 zip（多张 png）；可只要几层或一个分支。"),
    Command("report", requests.ReportRequest, files.WrittenDocument, "files.report", "产业链技术分析报告（docx、pdf 或 html）：一条链的；不写链，是一个县（市、区）的或全市的，先比较、再逐链。"),
    Command("atlas", requests.AtlasRequest, files.WrittenDocument, "files.atlas", "六图六清单：一条链的六张图和六份清单，写入一个文件夹（或 zip、pdf、xlsx）。"),
    Command("deliver", requests.DeliverRequest, files.DeliverDocument, "files.deliver_files", "一次写出多条链的报告、需求清单、思维导图、招商对接清单的各种格式和缺项自查表。"),
    Command("publish", requests.PublishRequest, files.PublishedDocument, "files.publish", "快照：一个不用服务器和网络的网页文件，手机上也能看：总览、链图、思维导图、薄弱环节、清单、目标进度；--county、--chain 只收这些。"),
    Command("rebuild", requests.RebuildRequest, ledger.RebuildDocument, "data.rebuild", "由台账重建图库；--graph 把它搬到另一个图库，再把 LIANPU_GRAPH_URL 设为该地址即可改用。", in_step=False),
)}  # fmt: skip
