"""What the map of counties says is what the pages that count it say."""

from __future__ import annotations

import pytest

from graph.answers.overview import overview
from graph.answers.plan.matrix import matrix
from graph.answers.plan.progress import plan_facts, plan_standings
from graph.answers.workbench.figures import counties, figures
from graph.answers.workbench.regions import regions
from graph.errors import Unknown
from graph.measures.measure import load_measures
from graph.measures.value import Window


@pytest.fixture(scope="module")
def state(examples):
    with examples.reading() as reading:
        yield reading


def of(document):
    return {c["county"]: c for c in document["counties"]}


def test_a_city_is_no_county_and_a_zone_is(state):
    names = [c.name for c in counties(state)]
    assert "丽水市" not in names
    assert {"缙云县", "丽水经济技术开发区", "示例县"} <= set(names)


@pytest.mark.parametrize("code", ["surveyed", "弱链", "断链", "未知"])
def test_statuses_are_those_of_the_first_page(state, code):
    rows = overview(state)["rows"]
    for county, shown in of(regions(state, code)).items():
        own = [r for r in rows if r["county"] == county]
        known, segments = (sum(r[k] for r in own) for k in ("known", "segments"))
        if code == "surveyed":
            assert shown["text"] == f"{known / segments:.0%}（{known}/{segments}）"
        else:
            assert shown["value"] == sum(r[code] for r in own)


def test_measures_are_those_that_targets_are_measured_by_with_their_rows(state):
    values, window = plan_facts(state).values, Window(state.today, state.today.year)
    for measure in load_measures():
        if any(measure.id == c["code"] for c in regions(state)["choices"]):
            for county in regions(state, measure.id)["counties"]:
                value = values.value(measure, county["county_id"], window)
                assert county["value"] == (value.value if value else None)
                assert value is None or not value.known or len(county["rows"]) == len(value.rows)


def test_late_targets_are_those_of_the_matrix(state):
    lights = matrix(plan_standings(state), {}).lights
    for county, shown in of(regions(state, "late")).items():
        assert shown["value"] == lights[county]["逾期"]


def test_a_target_shows_the_gravest_light_of_the_county_and_what_it_does_not_have_is_no_light(state):
    target = next(c for c in regions(state)["choices"] if "每个县域切入产业链数量" in c["caption"])
    shown = of(regions(state, target["code"]))
    assert shown["缙云县"]["light"]
    assert (shown["示例县"]["light"], shown["示例县"]["text"]) == (None, "没有这个指标")


def test_every_feed_across_counties_flows_once_with_its_rows(state):
    facts = state.facts()
    county = {c.id: c.county for c in facts.chains}
    chain = {s.id: s.chain for s in facts.segments}
    across = {(f.source, f.target) for f in facts.feeds if county[chain[f.source]] != county[chain[f.target]]}
    items = [i for f in regions(state)["flows"] for i in f["items"]]
    assert across == {(i["source_id"], i["target_id"]) for i in items if i["kind"] == "环节供给"}
    assert [i["what"] for i in items if i["kind"] == "企业供货"] == ["示例球阀"]
    assert all(i["rows"] for i in items)


def test_a_figure_that_is_not_known_is_refused_with_those_that_are(state):
    with pytest.raises(Unknown):
        regions(state, "没有的数")
    assert figures(state) is figures(state)
