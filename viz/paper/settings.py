"""What an office says of its own papers: who issues and signs them, and the styles of its own template.

They stand in `papers.yaml` of the home; what is left empty is 待填 in a paper, or is not printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

import yaml

from graph.errors import BadConfig
from viz.paper.styles import STYLES, ParagraphStyle

COUNTIES, OF_DAY = "counties", "当日"
NAME, COUNTY_NAME, MANY, BYTES = 60, 200, 500, 1_000_000  # characters, counties, bytes of the file
_DAY = re.compile(r"(\d{4})(?:-|年)(\d{1,2})(?:-|月)(\d{1,2})日?")


def _setting(caption: str, meaning: str, default: str = "") -> Any:
    return field(default=default, metadata={"caption": caption, "meaning": meaning})


@dataclass(frozen=True, slots=True)
class PaperSettings:
    """Settings of papers, each with its caption and meaning; see `captions`.

    >>> settings = PaperSettings("示例市科技局", counties={"示例县": {"unit": "示例县科技局"}})
    >>> settings.of("示例县").unit, settings.of("另一县").unit, settings.of(None).signing
    ('示例县科技局', '示例市科技局', '示例市科技局')
    """

    unit: str = _setting("发文单位", "封面、红线上方和清单表头的单位名称")
    headline: str = _setting("眉题", "题目上方的一行，如行动方案的名称")
    number: str = _setting("发文字号", "红线上的字号，如 示科〔2026〕1号")
    to: str = _setting("主送单位", "通报的主送单位，不写冒号")
    signer: str = _setting("落款单位", "文末署名的单位；不写为发文单位")
    signed: str = _setting("成文日期", f"文末的日期，如 2026-07-01；写“{OF_DAY}”为文书所按的那一天")
    draft: str = _setting("初稿标记", "资料不足一半时封面上的字样；不写为“初稿”", "初稿")
    counties: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # by county what differs there
    styles: Mapping[str, ParagraphStyle] = field(
        default_factory=lambda: STYLES
    )  # ours, or those of the office's template

    def of(self, county: str | None) -> PaperSettings:
        """The settings of a county's papers: its own where it has some."""
        own: Mapping[str, Any] = self.counties.get(county or "", {})
        return replace(self, **own, counties={})

    @property
    def signing(self) -> str:
        """Who signs."""
        return self.signer or self.unit

    def day(self, of_paper: str) -> str:
        """The date under a paper, as papers write it; empty where it is not set.

        >>> PaperSettings(signed="2026-07-01").day("2026-01-01"), PaperSettings(signed="当日").day("2026-01-05")
        ('2026年7月1日', '2026年1月5日')
        """
        written = of_paper if self.signed == OF_DAY else self.signed
        parts = _DAY.fullmatch(written)
        return "{}年{}月{}日".format(*map(int, parts.groups())) if parts else ""


def captions() -> dict[str, tuple[str, str]]:
    """Caption and meaning of every setting by its name.

    >>> captions()["unit"][0]
    '发文单位'
    """
    return {f.name: (f.metadata["caption"], f.metadata["meaning"]) for f in fields(PaperSettings) if f.metadata}


def parse_settings(text: str, where: str | None = None) -> PaperSettings:
    """The settings of a file. Raises BadConfig with every fault and its line.

    >>> parse_settings("unit: 示例市科技局").unit
    '示例市科技局'
    >>> parse_settings("unit: 示例市科技局\\nsigned: 七月初").unit
    Traceback (most recent call last):
    graph.errors.BadConfig: 配置有误：第 2 行 signed（成文日期）：“七月初”不是日期，写成 2026-07-01，或“当日”
    """
    if len(text) > BYTES:
        raise BadConfig([f"文件超过 {BYTES} 字"], where)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        raise BadConfig([f"{f'第 {mark.line + 1} 行 ' if mark else ''}不是有效的 YAML"], where) from error
    reader = _Reader()
    values = dict(reader.settings(root, counties=True)) if root is not None else {}
    if reader.faults:
        raise BadConfig(reader.faults, where)
    return PaperSettings(**values)


class _Reader:
    """Reads the nodes of a document and collects what is wrong with it."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def settings(self, node: yaml.Node, *, counties: bool = False) -> Iterator[tuple[str, Any]]:
        """The settings of a mapping; `counties` may stand in the outer one only. An empty value is none."""
        known, seen = captions(), set()
        for line, name, value in self._pairs(node):
            if name in seen:
                self.faults.append(f"第 {line} 行 {name}：写了两次")
            elif name == COUNTIES and counties:
                yield COUNTIES, dict(self._counties(value))
            elif name not in known:
                self.faults.append(f"第 {line} 行 不认识的设置 {name[:NAME]}，可用的有 {'、'.join(known)}")
            elif (written := self._text(line, name, known[name][0], value)) is not None and written:
                yield name, written
            seen.add(name)

    def _pairs(self, node: yaml.Node) -> Iterator[tuple[int, str, yaml.Node]]:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                yield key.start_mark.line + 1, str(key.value) if isinstance(key, yaml.ScalarNode) else "", value
        elif not _empty(node):
            self.faults.append(f"第 {node.start_mark.line + 1} 行 应是“名称: 值”的形式")

    def _counties(self, node: yaml.Node) -> Iterator[tuple[str, dict[str, str]]]:
        seen: set[str] = set()
        for number, (line, county, value) in enumerate(self._pairs(node)):
            if number >= MANY:
                self.faults.append(f"第 {line} 行 {COUNTIES}：超过 {MANY} 个县（市、区）")
                return
            if not county.strip() or len(county) > COUNTY_NAME or county in seen:
                self.faults.append(f"第 {line} 行 {COUNTIES}：县（市、区）名称空缺、太长或写了两次")
            seen.add(county)
            yield county, dict(self.settings(value))

    def _text(self, line: int, name: str, caption: str, node: yaml.Node) -> str | None:
        if not isinstance(node, yaml.ScalarNode):
            self.faults.append(f"第 {line} 行 {name}（{caption}）：应是一行文字")
            return None
        written = "" if _empty(node) else str(node.value).strip()
        if fault := setting_fault(name, written):
            self.faults.append(f"第 {line} 行 {name}（{caption}）：{fault}")
        return written


def _empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def setting_fault(name: str, written: str) -> str:
    """What is wrong with a value, for its page and its file; empty where nothing is.

    >>> setting_fault("unit", "甲" * 61), setting_fault("signed", "当日"), setting_fault("signed", "2026-13-01")
    ('最多 60 个字', '', '“2026-13-01”不是日期，写成 2026-07-01，或“当日”')
    """
    if len(written) > NAME:
        return f"最多 {NAME} 个字"
    if not written.isprintable():
        return "应是一行文字，不能换行或有控制字符"
    if name == "signed" and written not in ("", OF_DAY) and not _is_day(written):
        return f"“{written}”不是日期，写成 2026-07-01，或“{OF_DAY}”"
    return ""


def _is_day(written: str) -> bool:
    if not (parts := _DAY.fullmatch(written)):
        return False
    try:
        date(*map(int, parts.groups()))
    except ValueError:
        return False
    return True


def settings_text(settings: PaperSettings) -> str:
    """The file that says these settings, with what each means.

    >>> settings_text(PaperSettings("示例市科技局")).splitlines()[2]
    'unit: 示例市科技局'
    """
    lines = ["# 文书设置：不写的留待填写，或不印。"]
    for name, (caption, meaning) in captions().items():
        lines += [f"# {caption}：{meaning}", _line({name: getattr(settings, name)})]
    lines.append("# 各县（市、区）另有的写法")
    lines.append(_line({COUNTIES: {county: dict(own) for county, own in settings.counties.items() if own}}))
    return "\n".join(lines) + "\n"


def _line(value: Mapping[str, object]) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000).rstrip("\n")
