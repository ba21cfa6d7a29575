"""What a person writes in Cypher is read by a small grammar: what only reads goes on, all else is refused with its place."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from graph.store.cypher.cursor import DEEPEST
from graph.store.cypher.errors import CypherRefused
from graph.store.cypher.functions import FUNCTIONS, LADYBUG, NEO4J, REFUSED
from graph.store.cypher.statement import MOST_ROWS, read_statement
from graph.store.cypher.tokens import tokens_of

HERE = Path(__file__).parent
ENGINES = {"L": (LADYBUG,), "N": (NEO4J,), "B": (LADYBUG, NEO4J)}
GIVEN = {"names": ["甲"], "year": 2020, "most": 5}


def lines(name: str) -> list[str]:
    text = (HERE / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def statement(line: str) -> str:
    line = re.sub(r"\{\{(.*?)\}\}\*\* (\d+)", lambda m: m[1] * int(m[2]), line)
    signs = {"\\n": "\n", "\\t": "\t", "\\s": "\u00a0", "\\z": "\u200b", "\\u0000": "\x00"}
    return re.sub(r"\\(n|t|s|z|u0000)", lambda m: signs[m[0]], line)


HOSTILE = [
    (engine, statement(text)) for line in lines("hostile.txt") for engine in ENGINES[line[0]] for text in [line[2:]]
]


@pytest.mark.parametrize(("engine", "text"), HOSTILE)
def test_what_is_no_reading_or_reads_wrongly_is_refused_with_its_place(engine, text):
    with pytest.raises(CypherRefused) as refusal:
        read_statement(text, engine, {"label": "x"})
    assert refusal.value.where is not None
    assert refusal.value.where.startswith("第 ")
    assert refusal.value.hint


@pytest.mark.parametrize("engine", [LADYBUG, NEO4J])
@pytest.mark.parametrize("line", lines("harmless.txt"))
def test_what_only_reads_is_read(line, engine):
    read = read_statement(statement(line), engine, GIVEN)
    assert read.columns


@pytest.mark.parametrize("engine", [LADYBUG, NEO4J])
def test_nothing_that_people_wrote_reaches_an_engine_but_quoted_names_and_numbers(engine):
    names = r"`[\w \-./()（）·、:]+`"
    for line in lines("harmless.txt"):
        read = read_statement(statement(line), engine, GIVEN)
        rest = re.sub(rf"{names}|\$p\d+|'Lianpu'|'id'", " ", read.text)
        words = set(re.findall(r"[^\W\d]\w*", rest))
        assert words.isdisjoint(set(REFUSED) - {"SET"}), read.text
        assert "'" not in rest.replace("'Lianpu'", "")
        assert "//" not in rest
        assert rest.isascii(), rest


def test_literal_texts_are_parameters_and_comments_are_gone():
    read = read_statement("MATCH (n:Segment {name: '锯条'}) /* x */ WHERE n.stage <> \"中'\" RETURN n", LADYBUG)
    assert read.parameters == {"p0": "锯条", "p1": "中'"}
    assert "x" not in read.text.replace("`x`", "")


def test_where_no_limit_is_written_one_more_row_than_is_shown_is_asked_for():
    assert read_statement("MATCH (n:Segment) RETURN n", LADYBUG).text.endswith(f"LIMIT {MOST_ROWS + 1}")
    assert read_statement("MATCH (n:Segment) RETURN n LIMIT 99999999", LADYBUG).text.endswith(f"LIMIT {MOST_ROWS + 1}")


def test_an_edge_is_met_once_in_a_match_of_the_embedded_engine_too():
    text = "MATCH (a:Enterprise)-[:SUPPLIES]->(b)<-[:SUPPLIES]-(c) RETURN c"
    assert "(id(`:1`) <> id(`:2`))" in read_statement(text, LADYBUG).text
    assert "<> id" not in read_statement(text, NEO4J).text
    assert "TRAIL 1..3" in read_statement("MATCH (a)-[:SUPPLIES*1..3]->(b) RETURN b", LADYBUG).text


def test_on_a_server_only_nodes_of_the_graph_are_matched():
    assert "(`n`:Lianpu)" in read_statement("MATCH (n) RETURN n", NEO4J).text


def test_operators_keep_their_precedence_and_get_their_brackets():
    def written(text: str) -> str:
        read = read_statement(f"UNWIND [1] AS a WITH a, 2 AS b, 3 AS c RETURN {text} AS x", LADYBUG)
        return read.text.partition(" RETURN ")[2].removesuffix(f" AS `x` LIMIT {MOST_ROWS + 1}").replace("`", "")

    assert written("a + b * c") == "(a + (b * c))"
    assert written("a - b - c") == "(a - b - c)"
    assert written("NOT a = b AND c = 1") == "((NOT (a = b)) AND (c = 1))"
    assert written("a = 1 OR b = 2 AND c = 3") == "((a = 1) OR ((b = 2) AND (c = 3)))"
    assert written("-a + b") == "((-a) + b)"
    assert written("a IS NULL = true") == "((a IS NULL) = true)"
    assert written("(a + b) * c") == "((a + b) * c)"


def test_brackets_go_as_deep_as_is_said_and_no_deeper():
    deep = DEEPEST - 2
    assert read_statement(f"RETURN {'(' * deep}1{')' * deep} AS x", LADYBUG).columns == ("x",)


def test_every_function_is_written_for_both_engines():
    for function in FUNCTIONS.values():
        for number in range(function.least, function.most + 1):
            arguments = [f"a{n}" for n in range(number)]
            for engine in (LADYBUG, NEO4J):
                assert "{" not in function.written(engine, arguments)


def test_mutations_of_what_is_harmless_are_read_or_refused_and_never_anything_else():
    chance = random.Random(47)
    pieces = [
        *sorted(REFUSED),
        *";'\"`\\/*(){}[]$,.|:<>-+=",
        "\u00a0",
        "\u200b",
        "//",
        "/*",
        "*/",
        "UNION",
        "RETURN",
        "\ud800",
        "Ａ",
    ]
    for _ in range(3000):
        text = statement(chance.choice(lines_harmless))
        for _ in range(chance.randint(1, 3)):
            at = chance.randint(0, len(text))
            cut = chance.randint(0, 4) if chance.random() < 0.4 else 0
            text = text[:at] + chance.choice(pieces) + text[at + cut :]
        for engine in (LADYBUG, NEO4J):
            try:
                read = read_statement(text, engine, GIVEN)
            except CypherRefused:
                continue
            rest = re.sub(r"`[^`]*`|\$p\d+|'Lianpu'|'id'", " ", read.text)
            assert set(re.findall(r"[A-Za-z_]+", rest)).isdisjoint(REFUSED), text


lines_harmless = lines("harmless.txt")


def test_tokens_know_where_they_stand():
    tokens = tokens_of("MATCH (n)\n  RETURN n")
    assert [(t.value, t.at) for t in tokens[-3:]] == [("RETURN", 12), ("n", 19), ("", 20)]
