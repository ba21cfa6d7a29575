"""The page on the gap model is the model's own text."""

import re
from pathlib import Path

import yaml

from graph.analysis.config import GapConfig, load_config
from graph.analysis.docs import PARAMETERS, gap_markdown
from graph.analysis.grading import flags
from graph.analysis.grading.statuses import FLAGS

ROOT = Path(__file__).parents[3]


def test_the_committed_page_is_what_the_model_says() -> None:
    page = (ROOT / "docs" / "gap-model.md").read_text("utf-8")
    assert page == gap_markdown(PARAMETERS.read_text("utf-8")), "python -m graph.analysis.docs docs/gap-model.md"


def test_the_file_of_parameters_states_the_defaults() -> None:
    assert load_config(yaml.safe_load(PARAMETERS.read_text("utf-8"))) == GapConfig()


def test_the_page_tells_every_status_and_every_flag_that_the_code_knows():
    source = Path(flags.__file__).read_text("utf-8")
    known = re.findall(r'(?:yield|append\()\s*"([^"]+)"', source)
    assert len(known) >= 16
    assert set(known) == set(FLAGS)
