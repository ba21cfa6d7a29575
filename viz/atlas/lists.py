"""六清单: firms, projects, platforms, needs, results and whom to invite, each row with where it was written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from graph.answers.documents.recruiting import CandidatesDocument
from graph.files import row_places
from graph.looks import ListColumn, ListLook
from graph.model import ChainView, ViewNode
from graph.naming.chain import chain_title
from viz.errors import UnknownFormat
from viz.report.candidates import firms_of, place_text
from viz.report.printing import Band, Cell, Line, PrintedSheet, print_sheet
from viz.report.sheets import Book
from viz.theme import demo_notice
from viz.wording import day_text

OUTSIDE, NUMBER, NAME, EVIDENCE = "外部", "序号", "名称", "依据"
INVITED = ("序号", "环节", "状态", "先抓次序", "候选企业", "所在地", "产品", "得分", "理由", "落地后变化", "依据")
NOBODY, BLANK = "暂无对得上的外地企业", "暂无数据，列入待补清单"


def write_lists(view: ChainView, plan: CandidatesDocument, path: Path) -> None:
    """Write the lists as a workbook, a sheet for each. Raises UnknownFormat and NotWritable."""
    if path.suffix.lower() != ".xlsx":
        raise UnknownFormat(path.suffix, (".xlsx",))
    book = Book(path)
    for kind, look in lists_of(view):
        nodes = [n for n in view.belonging(kind) if n.values.get("状态") != OUTSIDE]
        columns = (NUMBER, NAME, *(c.header for c in look.columns), EVIDENCE)
        _print(book, view, look.title, columns, (_line(view, look, n) for n in nodes))
    _print(book, view, "招引清单", INVITED, _invited(plan))
    book.close()


def lists_of(view: ChainView) -> list[tuple[str, ListLook]]:
    """The kinds that have a list, in their order."""
    own = [(look.kind, look.annex) for look in view.looks.values() if look.annex]
    return sorted(own, key=lambda one: one[1].order)


def _print(book: Book, view: ChainView, title: str, columns: tuple[str, ...], lines: Iterable[list[Cell]]) -> None:
    rows: list[Line] = [[float(number), *line] for number, line in enumerate(lines, 1)]
    notice = f"　{demo_notice([view.county])}" if view.demo else ""
    sheet = PrintedSheet(
        title,
        f"{chain_title(view.county, view.chain)}{title}",
        columns,
        [Band("", rows, BLANK)],
        right=f"数据截至{day_text(view.as_of)}{notice}",
        frozen=2,
    )
    print_sheet(book, sheet)


def _line(view: ChainView, look: ListLook, node: ViewNode) -> list[Cell]:
    places = row_places([view.sources[r] for r in node.records if r in view.sources])
    return [node.name, *(_cell(view, node, c) for c in look.columns), places]


def _cell(view: ChainView, node: ViewNode, column: ListColumn) -> Cell:
    if column.value:
        value = node.values.get(column.value)
        return value if isinstance(value, int | float) else str(value or "")
    own = {s["segment_id"] for s in view.segments}
    ends = view.origins if column.back else view.targets
    nodes = [n for n in ends(node.id, column.relation) if not column.of_chain or n.id in own]
    return "、".join(dict.fromkeys(n.name for n in nodes))


def _invited(plan: CandidatesDocument) -> Iterable[list[Cell]]:
    """The candidates gap by gap, in the order of the gaps; a gap without any keeps its line."""
    for gap in plan["gaps"]:
        about: list[Cell] = [gap["segment"], gap["caption"], place_text(gap)]
        firms = firms_of(plan, gap)
        for c in firms:
            change = c["change"].replace(" → ", "，可升为")
            about_firm: list[Cell] = [c["firm"], c["location"], c["product"], float(round(c["score"])), c["reasons"]]
            yield [*about, *about_firm, change, row_places(c["sources"])]
        if not firms:
            yield [*about, NOBODY, "", "", None, "", "", ""]
