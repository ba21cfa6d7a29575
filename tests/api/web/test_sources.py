"""The pages' sources are read by people: a template line holds one element, a line of a stylesheet one declaration."""

from __future__ import annotations

import re

import pytest
from serving import ROOT

WEB, MIND = ROOT / "api" / "web", ROOT / "viz" / "mindmap" / "assets"
TEMPLATES = sorted([*(WEB / "templates").glob("*.html"), *MIND.glob("*.j2")])
SHEETS = sorted([*(WEB / "static").glob("*.css"), *MIND.glob("*.css")])
# What stands within a line of text may stand beside another element.
OF_TEXT = {"a", "b", "br", "button", "code", "i", "meter", "script", "small", "span", "strong"}
MOST = 120


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_a_template_line_holds_one_element(path):
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        opened = re.findall(r"<([a-z][a-z0-9]*)", re.sub(r"\{[{%#].*?[}%#]\}", "", line))
        assert len(line) < MOST, f"{path.name}:{number} has {len(line)} characters"
        assert OF_TEXT.issuperset(opened[1:]), f"{path.name}:{number} opens {opened}"


@pytest.mark.parametrize("path", SHEETS, ids=lambda p: p.name)
def test_a_line_of_a_stylesheet_holds_one_declaration(path):
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        code = re.sub(r'"[^"]*"|/\*.*?\*/', "", line)
        assert len(line) < MOST, f"{path.name}:{number} has {len(line)} characters"
        assert code.count(";") + code.count("{") + code.count("}") <= 1, f"{path.name}:{number}: {line}"


@pytest.mark.parametrize("path", SHEETS, ids=lambda p: p.name)
def test_colours_are_tokens_of_the_theme(path):
    if path.name != "theme.css":
        by_hand = set(re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*;)", path.read_text("utf-8")))
        assert by_hand <= {"#fff"}, f"{path.name}: {by_hand}"


def test_every_stylesheet_and_script_of_a_template_is_there():
    for path in TEMPLATES:
        for address in re.findall(r'(?:href|src)="/static/([^"]+)"', path.read_text("utf-8")):
            assert (WEB / "static" / address).is_file(), f"{path.name}: {address}"
