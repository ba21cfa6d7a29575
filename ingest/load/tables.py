"""The tables of files, read by mappings or as sheets of the template."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from graph.errors import LianpuError, NothingRead
from graph.files import reason_of
from graph.schema.kinds import Schema
from ingest.finding import Finding
from ingest.load.intake import Intake, MapFile, SheetName
from ingest.mapping.choose import MappingChoice, survey, words_of
from ingest.mindmap.topics import topics_of
from ingest.readers.base import TOPICS, Limits, RawRow, RawSheet
from ingest.readers.folder import find_files
from ingest.readers.parser import Parser
from ingest.table.captions import CaptionIndex
from ingest.table.header import HEADER_WITHIN
from ingest.table.parts.beside import side_by_side
from ingest.table.recognition import Recognised, recognise
from ingest.table.result import SheetResult
from ingest.table.rows import read_sheet

SHOWN_EVERY = 2_000  # rows
Progress = Callable[[str, int, int], None]  # stage, how much of it is done, out of how much


class TableReader:
    """Reads files into one intake."""

    def __init__(self, schema: Schema, mappings: MappingChoice) -> None:
        self.mappings, self.intake = mappings, Intake()
        self._index = CaptionIndex(schema, mappings.answers)
        self._captions = self._index.keys | words_of(survey().tables)
        self._seen: list[str] = []  # names of all sheets

    def read_files(self, paths: Sequence[Path], limits: Limits | None, step: Progress) -> Intake:
        """Read every table of files and folders. Raises NothingRead when no known sheet was found anywhere."""
        files, self.intake.findings = find_files(paths)
        with Parser(limits) as parser:
            for number, file in enumerate(files):
                step("读取文件", number, len(files))
                try:
                    self.read_sheets(file.name, _shown(parser.sheets(file.path, file.name), step))
                except LianpuError as fault:
                    self.intake.lose(SheetName(file.name), fault)
                except OSError as error:
                    message = f"打不开文件：{reason_of(error)}"
                    hint = "检查文件是否还在、是否有读取权限"
                    self.intake.findings.append(Finding("error", file.name, "", None, None, message, hint))
        step("读取文件", len(files), len(files))
        if not (self.intake.parts or self.intake.maps):
            raise self._nothing(len(files))
        return self.intake

    def _nothing(self, files: int) -> NothingRead:
        detail = f"认得的文件 {files} 个；见到的工作表：{'、'.join(self._seen[:50]) or '没有'}"
        faults = [f for f in self.intake.findings if f.level == "error" or not f.where]
        reasons = [f"{f.file}：{f.message}" for f in faults[:5]]
        return NothingRead("；".join([detail, *reasons]), faults[0].hint if faults else None)

    def read_sheets(self, file: str, sheets: Iterable[RawSheet]) -> None:
        """Read the tables of one file."""
        before: SheetResult | None = None
        known = len(self._seen)
        for raw in sheets:
            self._seen.append(raw.name)
            if raw.name == TOPICS:
                self._read_map(raw, file)
                continue
            before = self._read_sheet(raw, file, before)
        if len(self._seen) == known:
            hint = "数据要放在表格里：Word 用“插入 → 表格”，PDF 的表格要有框线；或改用 Excel 模板"
            self.intake.findings.append(Finding("note", file, "", None, None, "没有找到表格，已忽略", hint))

    def _read_map(self, raw: RawSheet, file: str) -> None:
        """Keep a mind map: what it says is seen when it is compared with the map of its chain."""
        try:
            if root := topics_of(raw.rows):
                self.intake.maps.append(MapFile(file, root))
        except LianpuError as fault:
            self.intake.lose(SheetName(file), fault)

    def _read_sheet(self, raw: RawSheet, file: str, before: SheetResult | None) -> SheetResult | None:
        """Read one sheet; gives the table that a next one may go on from."""
        name = SheetName(file, raw.name)
        tables: list[SheetResult] = []
        mapped = False
        try:
            for table in side_by_side(raw, self._index.schema, self._captions, self._knows(file)):
                by_mapping = self.mappings.results(table, file)
                mapped = mapped or bool(by_mapping)
                results = by_mapping or read_sheet(table, file, self._index, before)
                known = [r for r in results if isinstance(r, SheetResult)]
                if not known:
                    self.intake.findings.append(_ignored(name, [r for r in results if isinstance(r, str)]))
                tables += known
        except LianpuError as fault:
            self.intake.lose(name, fault)
            return before
        if not tables:
            self.intake.unread.add(name)
        self.intake.take(name, tables)
        if tables and not mapped and tables[-1].header is None:
            return before  # nothing of it was read: what follows may go on from the table before
        return tables[-1] if tables and not mapped else None

    def _knows(self, file: str) -> Callable[[RawSheet], float]:
        """How sure it is that a table is known by itself: by a mapping, as a form, by its name or its columns."""

        def knows(raw: RawSheet) -> float:
            rows = list(raw.rows)
            if (mapped := self.mappings.fits(raw, rows, file)) is not None:
                return float(mapped)
            known = recognise(raw, rows[:HEADER_WITHIN], file, self._index)
            if isinstance(known, Recognised):
                return float(bool(known.header and known.header.complete(known.sheet)))
            return 0.5 if known else 0.0

        return knows


def _shown(sheets: Iterator[RawSheet], step: Progress) -> Iterator[RawSheet]:
    """The same sheets; how far their rows have come is shown."""
    for sheet in sheets:
        sheet.rows = _counted(sheet.rows, f"读取“{sheet.name[:20]}”", step)
        yield sheet


def _counted(rows: Iterator[RawRow], stage: str, step: Progress) -> Iterator[RawRow]:
    for number, row in enumerate(rows, 1):
        if number % SHOWN_EVERY == 0:
            step(stage, number, number)
        yield row


def _ignored(name: SheetName, choices: Sequence[str]) -> Finding:
    message = f"工作表“{name.sheet}”不是链谱认得的表，已忽略"
    hint = "如需导入：lianpu map 文件 -o 映射.yaml 生成列的对应，改好后 lianpu load 文件 --map 映射.yaml；或改用模板"
    if choices:
        message = f"“{name.sheet}”的列分不清是哪种表，已忽略"
        hint = f"把工作表（或文件）改名为其中之一：{'、'.join(choices)}"
    return Finding("note", name.file, f"{name.sheet}!", None, None, message, hint)
