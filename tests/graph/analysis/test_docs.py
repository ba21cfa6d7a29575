"""The page on the gap model is the model's own text."""

import re
from dataclasses import fields
from pathlib import Path

import yaml

from graph.analysis.config import GapConfig, load_config, parameters
from graph.analysis.docs import gap_markdown
from graph.analysis.grading import flags
from graph.analysis.grading.statuses import FLAGS

ROOT = Path(__file__).parents[3]
YAML = (ROOT / "graph" / "analysis" / "gap_model.yaml").read_text("utf-8")


def test_the_committed_page_is_what_the_model_says() -> None:
    page = (ROOT / "docs" / "gap-model.md").read_text("utf-8")
    assert page == gap_markdown(GapConfig()), "python -m graph.analysis.docs > docs/gap-model.md"


def test_the_file_of_parameters_states_the_defaults() -> None:
    assert load_config(yaml.safe_load(YAML)) == GapConfig()


def test_the_file_of_parameters_says_of_each_what_the_model_says() -> None:
    comments, above = {}, ""
    for line in YAML.splitlines():
        if entry := re.match(r"(\w+): .*?(?:\s+#\s*(.*))?$", line):
            comments[entry[1]] = entry[2] or above
        above = line.removeprefix("#").strip() if line.startswith("#") else ""
    assert comments == {p.name: p.meaning for p in parameters(GapConfig())}


def test_every_parameter_has_a_caption_of_its_own() -> None:
    captions = [p.caption for p in parameters(GapConfig())]
    assert len(set(captions)) == len(captions) == len(fields(GapConfig))


def test_the_page_tells_every_status_and_every_flag_that_the_code_knows():
    source = Path(flags.__file__).read_text("utf-8")
    known = re.findall(r'(?:yield|append\()\s*"([^"]+)"', source)
    assert len(known) >= 16
    assert set(known) == set(FLAGS)
