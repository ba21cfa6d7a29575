"""The page on the gap model is the model's own text."""

from pathlib import Path

import yaml

from graph.analysis.config import GapConfig, load_config
from graph.gap_docs import PARAMETERS, gap_markdown

ROOT = Path(__file__).parents[2]


def test_the_committed_page_is_what_the_model_says() -> None:
    page = (ROOT / "docs" / "gap-model.md").read_text("utf-8")
    assert page == gap_markdown(PARAMETERS.read_text("utf-8")), "python -m graph.gap_docs docs/gap-model.md"


def test_the_file_of_parameters_states_the_defaults() -> None:
    assert load_config(yaml.safe_load(PARAMETERS.read_text("utf-8"))) == GapConfig()
