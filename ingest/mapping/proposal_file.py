"""Proposed mappings of whole files, and how they are written down to be looked through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from graph.city.city import City
from graph.errors import LianpuError
from graph.files import reason_of
from graph.queries.rows import GraphReader
from graph.schema.kinds import Schema
from graph.text import clean, norm
from ingest.finding import Finding
from ingest.mapping.caption_match import KnownNames
from ingest.mapping.choose import fingerprint
from ingest.mapping.mapping import base_kind
from ingest.mapping.proposal import Guess, Proposal
from ingest.mapping.propose import propose
from ingest.readers.base import TOPICS, Limits
from ingest.readers.folder import find_files
from ingest.readers.parser import Parser

_KINDS = ("县市区", "产业链", "环节", "企业", "产品", "关键技术", "平台", "高校院所", "技术需求")


def names_of(city: City) -> KnownNames:
    """The names that the city has, in their normal forms, by kind."""
    reader = GraphReader(city.store, city.schema)
    return {kind: {norm(name) for name in reader.names(kind)} for kind in _KINDS}


def propose_files(
    city: City, paths: Sequence[Path], limits: Limits | None = None
) -> tuple[list[Proposal], list[Finding]]:
    """A proposal for each table of the files; tables with the same header have one. Nothing is written."""
    known, proposals = names_of(city), dict[str, Proposal]()
    files, findings = find_files(paths)
    with Parser(limits) as parser:
        for path, name in files:
            try:
                for raw in parser.sheets(path, name):
                    if raw.name == TOPICS:
                        hint = "直接导入：lianpu load 文件 --dry-run 看改动"
                        findings.append(Finding("note", name, "", None, None, "思维导图不用列的对应", hint))
                    elif proposal := propose(raw, name, city.schema, known):
                        proposals.setdefault(fingerprint(proposal.captions), proposal)
            except LianpuError as fault:
                findings.append(Finding("error", name, "", None, None, fault.message, fault.hint))
            except OSError as error:
                hint = "检查文件是否还在、是否有读取权限"
                findings.append(Finding("error", name, "", None, None, reason_of(error), hint))
    return list(proposals.values()), findings


def proposal_text(proposals: Sequence[Proposal], name: str, schema: Schema) -> str:
    """The proposals as a mapping file, each column with its reason beside it, to be looked through and put right."""
    lines = [
        "# 建议的列对应。改法：冒号左边是您表里的列名，右边是链谱的列名；不要的行删去。写法见 docs/mapping.md",
        _pair("name", name),
        "tables:",
    ]
    for proposal in proposals:
        document = proposal.table.document()
        lines.append(f"  # {clean(proposal.file)} 工作表“{clean(proposal.sheet)}”，表头在第 {proposal.header} 行")
        if why := proposal.lacks(schema):
            lines.append(f"  # 这张表没有列入：{why}。要导入就另写一张表；不要就不必管")
            continue
        first = "  - "
        for key, value in document.items():
            if key == "columns":
                lines.append(f"{first}columns:")
                lines += [_column_line(g, value) for g in proposal.guesses if _stands_once(g, proposal.guesses)]
            else:
                lines.append(first + _pair(key, value))
            first = "    "
        lines += _word_lines(proposal, schema)
    return "\n".join(lines) + "\n"


def _word_lines(proposal: Proposal, schema: Schema) -> list[str]:
    """The words that nobody could tell, to be filled in by hand: a row with one is not read before."""
    lines: list[str] = []
    for guess in proposal.guesses:
        unknown = [w for w, ours in guess.words if not ours] if guess.taken else []
        if unknown:
            destination = guess.destinations[0]
            words = schema.sheets[base_kind(destination.record)].by_caption[destination.caption].words
            asked = ", ".join(_pair(w, "") for w in unknown)
            lines.append(f"    # 请补充到 values：{_pair(guess.key, '')} {{{clean(asked)}}}  # 可选：{' '.join(words)}")
    return lines


def _stands_once(guess: Guess, guesses: Sequence[Guess]) -> bool:
    return next(g for g in guesses if g.key == guess.key) is guess


def _column_line(guess: Guess, columns: Mapping[str, Any]) -> str:
    reason = clean(f"{guess.match.confidence:.2f} {guess.match.reason}")
    if guess.taken:
        return f"      {_pair(guess.key, columns[guess.key])}  # {reason}"
    if guess.destinations:
        return f"      # {_pair(guess.key, str(guess.destinations[0]))}  # 可能：{reason}"
    return f"      # {_pair(guess.key, '')}  # 没有对应，将作为附加列保留"


def _pair(key: str, value: Any) -> str:
    # Each by itself: a long caption as the key of a flow would begin with a question mark, which no block allows.
    return f"{_scalar(key)}: {_scalar(value)}"


def _scalar(value: Any) -> str:
    text = yaml.safe_dump([value], allow_unicode=True, default_flow_style=True, sort_keys=False, width=1 << 20)
    return text.strip()[1:-1]
