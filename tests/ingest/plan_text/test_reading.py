"""Single sentences of plans, one rule of the language each."""

from __future__ import annotations

import pytest

from ingest.plan_text.paragraph import TextLine
from ingest.plan_text.reading import read_plan


def read(*lines):
    return read_plan([TextLine(text, f"第{i}段") for i, text in enumerate(lines, 1)])


def said(*lines):
    return [(t.indicator, t.comparator, t.value, t.unit, t.deadline) for t in read(*lines).targets]


@pytest.mark.parametrize(
    ("sentence", "targets"),
    [
        ("到2026年，科技企业、科创平台、技术交易额实现倍增。", [
            ("科技企业", "倍增", 2, "倍", "2026-12-31"), ("科创平台", "倍增", 2, "倍", "2026-12-31"), ("技术交易额", "倍增", 2, "倍", "2026-12-31"),
        ]),
        ("到2026年，企业利润和研发投入年均增幅达到15%以上。", [
            ("企业利润年均增幅", "增长≥", 15, "%", "2026-12-31"), ("研发投入年均增幅", "增长≥", 15, "%", "2026-12-31"),
        ]),
        ("到2026年，领军企业、“小巨人”企业累计达到3家、10家以上。", [
            ("领军企业", "累计≥", 3, "家", "2026-12-31"), ("“小巨人”企业", "累计≥", 10, "家", "2026-12-31"),
        ]),
        ("2024年，覆盖率达到85%；2026年，覆盖率超过90%。", [
            ("覆盖率", "≥", 85, "%", "2024-12-31"), ("覆盖率", ">", 90, "%", "2026-12-31"),
        ]),
        ("到2025年、2027年，规上企业分别达到100家、150家。", [
            ("规上企业", "≥", 100, "家", "2025-12-31"), ("规上企业", "≥", 150, "家", "2027-12-31"),
        ]),
        ("到2024年，实现亿元以上制造业企业无研发机构清零。", [("亿元以上制造业企业无研发机构", "清零", 0, None, "2024-12-31")]),
        ("到2026年，每年开展不少于1场成果推介活动。", [("成果推介活动", "每年≥", 1, "场", "2026-12-31")]),
        ("2024年6月底前完成产业链图谱编制。", [("完成产业链图谱编制", "完成", None, None, "2024-06")]),
        ("到“十四五”末，单位能耗降至0.5吨标准煤/万元以下。", [("单位能耗", "≤", 0.5, "吨标准煤/万元", "2025-12-31")]),
        ("到2025年，产值突破500亿元，年均增长8%左右。", [
            ("产值", ">", 500, "亿元", "2025-12-31"), ("产值年均增长", "增长≥", 8, "%", "2025-12-31"),
        ]),
        ("到2025年，本地配套率提高15个百分点，达到60%。", [
            ("本地配套率提高", "≥", 15, "个百分点", "2025-12-31"), ("本地配套率", "≥", 60, "%", "2025-12-31"),
        ]),
        ("到2025年，研发投入年均增长10%以上，占GDP比重达到3%以上。", [
            ("研发投入年均增长", "增长≥", 10, "%", "2025-12-31"), ("研发投入占GDP比重", "≥", 3, "%", "2025-12-31"),
        ]),
        ("到2025年，汽车、医药两大产业集群产值分别突破1000亿元、800亿元。", [
            ("汽车产业集群产值", ">", 1000, "亿元", "2025-12-31"), ("医药产业集群产值", ">", 800, "亿元", "2025-12-31"),
        ]),
        ("到2025年，打造1个千亿级、3个百亿级产业集群。", [
            ("千亿级产业集群", "≥", 1, "个", "2025-12-31"), ("百亿级产业集群", "≥", 3, "个", "2025-12-31"),
        ]),
        ("到2025年：1.规上企业达到100家；2.亩均税收年均增长8%。", [
            ("规上企业", "≥", 100, "家", "2025-12-31"), ("亩均税收年均增长", "增长≥", 8, "%", "2025-12-31"),
        ]),
        ("到2025年，电商销售额比2022年翻两番。", [("电商销售额", "倍增", 4, "倍", "2025-12-31")]),
        ("到2027年，培育年产10万辆以上整车企业3家。", [("年产10万辆以上整车企业", "≥", 3, "家", "2027-12-31")]),
        ("到2027年，科技进步评价跃居全省前40位。", [("科技进步评价排名", "≤", 40, "位", "2027-12-31")]),
        ("到2027年，设立规模不低于20亿元的产业基金。", [("产业基金规模", "≥", 20, "亿元", "2027-12-31")]),
        ("到2027年，规上企业数字化改造实现全覆盖。", [("规上企业数字化改造覆盖率", "=", 100, "%", "2027-12-31")]),
    ],
)  # fmt: skip
def test_a_sentence_sets_these_targets(sentence, targets):
    assert said(sentence) == targets


@pytest.mark.parametrize(
    "sentence",
    [
        "统筹推进“1515”科技创新体系建设工程和企业“双倍增”行动。",
        "深入实施企业倍增计划，加快培育专精特新“小巨人”企业。",
        "争取列入省“尖兵”“领雁”项目，突破一批核心技术。",
        "按照“有场地、有人员、有投入、有设备、有成果、有制度”的标准建设。",
        "截至2023年底，全市共有高新技术企业320家，覆盖率达到65%。",
        "对获得认定的企业，给予50万元补助。",
        "对研发投入占比超过5%的企业，按新增部分的10%给予奖励。",
        "《实施意见》（示政发〔2023〕5号）已经2023年10月13日市政府第20次常务会议通过。",
        "围绕8条重点产业链和12家链主企业开展行动，联系电话：0578-1234567。",
        "每月5日前报送进展，落实四个方面十项任务。",
        "到2025年，建成全国重要的先进制造业基地。",
    ],
)
def test_this_is_no_target(sentence):
    assert said("示例市三年行动方案（2024-2026年）", sentence) == []


def test_a_date_and_a_subject_hold_on_until_others_come():
    targets = read(
        "示例市三年行动方案",
        "（一）主要目标。到2026年，示例市取得新成效。",
        "规上企业突破200家。",
        "（二）任务。到2025年，各县（市、区）新增平台2个以上，引进人才10名。每条产业链举办推介会1场以上。",
    ).targets
    assert [(t.indicator, t.subject, t.deadline) for t in targets] == [
        ("规上企业", "全市", "2026-12-31"),
        ("新增平台", "各县市区", "2025-12-31"),
        ("引进人才", "各县市区", "2025-12-31"),
        ("推介会", "各产业链", "2025-12-31"),
    ]
    assert "期限取自本节前文" in targets[0].doubts
    assert "期限承前文" in targets[3].doubts


def test_a_chain_by_name_is_a_subject_and_each_township_another():
    targets = read(
        "示例县产业链链长制行动方案（2025-2027年）",
        "脐橙产业链方面，招引水果综合利用等项目，2025年签约投资额2亿元；2027年末签约投资额6.6亿元。",
        "到2026年底，每个乡镇（街道）至少有1家示范性养老机构。",
    ).targets
    assert [(t.indicator, t.subject, t.comparator, t.value, t.deadline) for t in targets] == [
        ("签约投资额", "脐橙产业链", "≥", 2, "2025-12-31"),
        ("签约投资额", "脐橙产业链", "≥", 6.6, "2027-12-31"),
        ("示范性养老机构", "各乡镇", "≥", 1, "2026-12-31"),
    ]


def test_what_a_year_gone_by_brought_is_no_target_up_to_the_next_aim():
    text = "2020年，全市收入1万亿元，转化率达到70%。共培育1600多个专业村镇。到2025年，转化率达到80%。"
    assert said(text) == [("转化率", "≥", 80, "%", "2025-12-31")]


def test_doubts_name_what_a_person_should_look_at():
    (target,) = read("到2026年，企业数实现倍增。（责任单位：市科技局、市双招双引力）").targets
    assert target.owners == ["市科技局", "市双招双引力"]
    assert target.doubts == [
        "没有写基期年",
        "没有写基期值",
        "责任单位“市双招双引力”不像部门名称，可能有错字",
        "对象没有写明，按全市",
    ]
    assert target.confidence < 0.8
    (about,) = read("到2026年，全市规上企业达到100家左右。").targets
    assert about.doubts == ["约数（约、近、左右），按不低于计"]


def test_a_text_cut_into_numbered_pieces_is_whole_again():
    whole = "到2026年，各县（市、区）研发活动覆盖率达到80%以上，每年新增高新技术企业不少于10家。这一句只是为了让文字再长一些。"
    pieces = [f"{i + 1}、{whole[i * 14 : i * 14 + 14]}" for i in range(len(whole) // 14 + 1)]
    assert said(*pieces) == said(whole)
    assert len(said(whole)) == 2


def test_lines_broken_by_a_page_go_on_and_its_number_is_dropped():
    lines = [
        "到2026年，全市规上工业企业研发活动覆盖率达到80%以上，累计培育高新技术企业1",
        "- 3 -",
        "20家，新增平台5个。",
    ]
    assert [(n, v) for n, _, v, _, _ in said(*lines)] == [
        ("规上工业企业研发活动覆盖率", 80),
        ("高新技术企业", 120),
        ("新增平台", 5),
    ]


def test_a_list_of_its_own_keeps_its_numbers_and_its_items_are_tasks():
    plan = read("1.抓好培育。新增企业3家以上。", "2.抓好平台。建成平台1家。", "3.抓好人才。引进人才5名。")
    assert [(t.code, t.name) for t in plan.tasks] == [("1", "抓好培育"), ("2", "抓好平台"), ("3", "抓好人才")]
    assert [t.task for t in plan.targets] == ["抓好培育", "抓好平台", "抓好人才"]


def test_a_table_of_indicators_sets_a_target_for_each_year_and_keeps_its_owners():
    rows = [
        ("指标", "单位", "2023年", "2025年目标", "2026年目标", "责任单位"),
        ("规上企业", "家", "80", "100", "≥120", "市经信局、市统计局"),
    ]
    lines = [
        TextLine("示例市三年行动计划（2024-2026年）", "第1段"),
        *(TextLine("", f"表1第{i}行", r) for i, r in enumerate(rows, 1)),
    ]
    targets = read_plan(lines).targets
    assert [(t.comparator, t.value, t.unit, t.deadline) for t in targets] == [
        ("≥", 100, "家", "2025-12-31"),
        ("≥", 120, "家", "2026-12-31"),
    ]
    assert targets[0].owners == ["市经信局", "市统计局"]
    assert targets[0].where == "表1第2行"


def test_a_department_that_differs_by_one_character_from_a_known_one_is_doubted():
    line = TextLine("到2026年，全市规上企业达到100家。（责任单位：市双招双引力、市科技局、市财政局）", "第1段")
    (target,) = read_plan([line], {"市双招双引办", "市科技局", "市民政局"}).targets
    assert target.doubts == ["责任单位“市双招双引力”与“市双招双引办”只差一个字，可能有错字"]


def test_a_text_that_is_no_plan_is_read_in_a_moment_and_sets_nothing():
    for junk in ("甲，" * 5_000, "（一）" * 2_000, "到2026年" * 1_000, "1" * 20_000, "（" * 20_000, ""):
        assert said(junk) == []
