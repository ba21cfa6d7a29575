"""What `lianpu map` writes is a mapping that loads, whatever stands in captions, names of sheets and cells."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.schema.parse import load_schema
from ingest.mapping.binding import locate
from ingest.mapping.file import read_mapping
from ingest.mapping.proposal_file import proposal_text
from ingest.mapping.propose import propose
from ingest.readers.base import RawRow, RawSheet

SCHEMA = load_schema()
_ODD = st.text(
    st.sampled_from("产值名称:：|#-?*&!%@`'\"[]{},>\\~ \n\t=是否yesno123.年县单位（）()；"), min_size=1, max_size=12
)
_WORDS = st.sampled_from(
    ["企业名称", "县区", "产值（亿元）", "2023年产值", "生产状态", "姓名", "资质", "B列", "null", "<<", "2024-01-01"]
)
CAPTIONS = st.lists(st.one_of(_WORDS, _ODD), min_size=2, max_size=7, unique_by=str.strip).filter(
    lambda c: any(map(str.strip, c))
)
CELLS = st.sampled_from(
    ["示例甲机械有限公司", "示例县", "正常生产", "半拉子: {停}", 12, 0.5, None, "是", "专精特新小巨人"]
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(captions=CAPTIONS, name=_ODD, title=_ODD, data=st.data())
def test_what_is_proposed_is_written_and_read_again_as_it_was(captions, name, title, data):
    rows = [[data.draw(CELLS) for _ in captions] for _ in range(3)]

    def table() -> RawSheet:
        return RawSheet(name, iter([RawRow(i, list(r)) for i, r in enumerate([[title], captions, *rows], 1)]))

    known = {"县市区": {"示例县"}}
    proposal = propose(table(), f"{name}.xlsx", SCHEMA, known)
    if proposal is None:
        return
    text = proposal_text([proposal], name, SCHEMA)
    if proposal.lacks(SCHEMA):
        assert "这张表没有列入" in text
        return
    (read,) = read_mapping(text, SCHEMA).tables
    assert (read.kinds, read.columns, read.values) == (
        proposal.table.kinds,
        proposal.table.columns,
        proposal.table.values,
    )
    assert read.constants == proposal.table.constants
    assert locate(list(table().rows), read, SCHEMA) is not None
