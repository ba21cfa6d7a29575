"""YAML of mapping files, which people write by hand: plain values only, and what is wrong said in Chinese with its line."""

from __future__ import annotations

import re
from typing import Any

import yaml

_FULL_WIDTH = re.compile(r"^\s*(?:- +)?[^\s:#'\"\[{][^:#]*：")
_NOT_HERE = {
    "\t": "缩进用了制表符，改成空格",
    "@": "以 @ 开头的文字要加引号",
    "`": "以 ` 开头的文字要加引号",
    "%": "以 % 开头的文字要加引号",
}
# By what the library says of the place, or of what it was about there; the first that fits.
_CAUSES = (
    ("quoted scalar.*unexpected end|unexpected end.*quoted scalar", "引号没有配对：少了后一个引号"),
    ("unknown escape", "双引号里的 \\ 要写成 \\\\，或改用单引号"),
    ("mapping values are not allowed", '这里多了一个冒号：文字里有冒号时给它加引号，如 "产值: 万元": 产值(万元)'),
    ("scanning an alias|undefined alias", "以 * 开头的文字要加引号"),
    ("anchor", "以 & 开头的文字要加引号"),
    ("flow (?:sequence|mapping)", "方括号或花括号没有配对，或者里面少了逗号"),
    ("could not find expected ':'", "少了冒号，或冒号后面少了空格"),
    ("expected <block end>|block (?:mapping|collection)", "缩进没有对齐：同一级的各行开头空格要一样多"),
    ("block scalar", "以 > 或 | 开头的文字要加引号"),
    ("constructor for the tag|tag", "以 ! 开头的文字要加引号"),
    ("single document|another document", "中间不能有 --- 这样的分隔行"),
    ("special characters", "有看不见的控制字符，删去"),
)


class BadYaml(Exception):
    """Text that is no YAML: why, in Chinese, with its line."""


class _StrictLoader(yaml.SafeLoader):
    """A caption that stands twice is a fault, not the last one silently."""


def _pairs(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    pairs: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, (str, int, float)):
            raise yaml.constructor.ConstructorError(None, None, "冒号左边应是文字", key_node.start_mark)
        if key in pairs:
            raise yaml.constructor.ConstructorError(None, None, f"“{key}”写了两次", key_node.start_mark)
        pairs[key] = loader.construct_object(value_node, deep=True)
    return pairs


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _pairs)


def read_yaml(text: str) -> Any:
    """The plain values that a text holds. Raises BadYaml.

    >>> read_yaml("columns: {单位: 名称}")
    {'columns': {'单位': '名称'}}
    >>> try:
    ...     read_yaml("columns:\\n  甲：名称\\n  乙: 名称")
    ... except BadYaml as bad:
    ...     print(bad)
    第 2 行：用了全角冒号“：”，改成半角冒号加空格“: ”
    """
    try:
        # SafeLoader's own tags only: nothing is ever constructed but plain values.
        return yaml.load(text, Loader=_StrictLoader)
    except RecursionError as error:
        raise BadYaml("嵌套太深") from error
    except (yaml.YAMLError, ValueError) as error:
        raise BadYaml(_fault(error, text)) from error


def _fault(error: Exception, text: str) -> str:
    lines, context = text.splitlines(), str(getattr(error, "context", None) or "")
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
    opened = "quoted" in context or "flow" in context
    begun = opened or "simple key" in context  # what is wrong is where it began
    mark = (begun and getattr(error, "context_mark", None)) or getattr(error, "problem_mark", None)
    line = mark.line if mark else text[: getattr(error, "position", None) or 0].count("\n")
    if problem and not problem.isascii() and "found " not in problem:
        return f"第 {line + 1} 行：{problem}"  # our own words
    for number in (line, line - 1):
        if 0 <= number < len(lines) and _FULL_WIDTH.match(lines[number]) and not opened:
            return f"第 {number + 1} 行：用了全角冒号“：”，改成半角冒号加空格“: ”"
    if wrong := re.search(r"found character '(\\?.)'", problem):
        return f"第 {line + 1} 行：{_NOT_HERE.get(wrong[1].replace(chr(92) + 't', chr(9)), f'不能以 {wrong[1]} 开头，加引号')}"
    both = f"{context} {problem}"
    cause = next((words for pattern, words in _CAUSES if re.search(pattern, both)), "写法有误")
    shown = lines[line].strip()[:40] if line < len(lines) else ""
    return f"第 {line + 1} 行：{cause}" + (f"（{shown}）" if shown else "")
