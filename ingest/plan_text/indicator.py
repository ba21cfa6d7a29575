"""What a number counts: the name in front of it or behind it, without the words that are no part of a name."""

from __future__ import annotations

import re
from functools import cache

from ingest.plan_text.vocabulary import any_of, words

_BRACKETS = re.compile(r"（[^（）]*）|（[^（）]*$|^[^（）]*）")
_EDGES = '、，。；：的-—·" 　'
_LEVELS = frozenset(
    [
        "国家",
        "省",
        "市",
        "县",
        "区",
        "国家级",
        "省级",
        "市级",
        "县级",
        "区级",
        "省部级",
        "国际",
        "国内",
        "行业",
        "部",
        "厅",
        "校",
        "企业",
        "高校",
        "院所",
        "引进",
        "培育",
        "新建",
        "改造",
        "一",
        "二",
        "三",
        "种",
        "养",
        "大",
        "中",
        "小",
        "省市",
        "各类",
        "基础",
        "关键",
    ]
)
_AND = re.compile(r"、|以及|和(?!谐|美|平)|与(?!会)|及(?!时|以上)")
_POINT = re.compile(r"^(?:[一二三四五六七八九十]{1,2}是要?|(?:今后|未来)?[一二三四五六\d]年(?:内|间)?)")
_EMPHASIS = re.compile(f"^重点(?={any_of(words()['verbs'])})")
_CLAUSE_ENDS = "，。；：！？"
CHAIN_WORDS = re.compile(
    r"(?:特色|重点|主导|优势|每条|各条|各)?(?:特色|重点)?产业链(?!条|项目|图谱|技术|招商|链主|企业数)"
)


@cache
def _leading() -> re.Pattern[str]:
    vocabulary = words()
    return re.compile(f"(?:{any_of((*vocabulary['adverbs'], *vocabulary['verbs']))})")


@cache
def _kept() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(words()['kept'])})")


@cache
def _trailing_verbs() -> re.Pattern[str]:
    vocabulary = words()
    return re.compile(f"(?:{any_of((*vocabulary['verbs'], *vocabulary['kept'], *vocabulary['adverbs']))})$")


def without_lead(text: str) -> str:
    """A phrase without the adverbs and verbs in front of its name.

    >>> without_lead("确保全面建成产业创新服务综合体"), without_lead("新增高新技术企业"), without_lead("其中，研发投入强度")
    ('产业创新服务综合体', '新增高新技术企业', '研发投入强度')
    """
    text = _POINT.sub("", text.strip(_EDGES))
    while True:
        text = _EMPHASIS.sub("", text)
        kept, lead = _kept().match(text), _leading().match(text)
        if kept and (not lead or kept.end() >= lead.end()):
            return text
        if not lead or _is_of_a_name(text, lead.end()):
            return text
        text = text[lead.end() :].strip(_EDGES)


def only_kept(text: str) -> bool:
    """Whether a name is nothing but a verb that is kept: 竣工."""
    return bool(_kept().fullmatch(text))


def without_kept(text: str) -> str:
    """A name without such a verb in front."""
    match = _kept().match(text)
    return text[match.end() :] if match else text


def _is_of_a_name(text: str, end: int) -> bool:
    """Whether what seems a verb begins a name: 服务业增加值, 培训机构, 发展基金, 研发投入, 转化率."""
    rest = text[end:]
    lead = text[:end]
    if not rest:
        return False
    names = {
        "服务": "业|机构|平台|站|中心|外包|贸易|收入", "研发": "投入|经费|机构|费用|活动|人员|平台|中心|设备|强度|支出|与", "发展": "基金|资金|指数",
        "转化": "率|基地|中心", "推广": "应用率|面积|中心", "实施": "率", "完成": "率|投资", "制定": "率", "组织": "率", "新": "能源|材料|产品|兴|一代|型|质|药|品种|技术|设备|动能|业态|三板|基建|城镇|消费|模式",
        "建设": "用地|项目|资金|率", "培训": "机构|基地|人次", "各": "类|级|项|方", "可": "再生|研|降解|持续", "与": "会", "和": "谐", "都": "市",
        "均": "衡", "共": "性|享|富|建", "转": "化", "以": "上|内", "再": "生|制造", "将": "军", "创建": "率", "突破": "性", "解决": "率", "保持": "率",
        "改造": "率", "攻关": "项目", "取得": "率", "促进": "会|中心", "拥有": "量|率", "引导": "基金", "重点": "产业|企业|项目|实验室|研发|行业|领域|人才|人群|群体|产品|工程|人|用能|高校|园区|新材料|培育",
        "主要": "产品|农产品|污染物|指标", "聚焦": "度", "全部": "工业|规上", "系统": "集成|解决|内", "落实": "率", "备案": "企业", "定期": "存", "集聚": "区|度", "总": "量", "申报": "项目", "包": "括", "应": "用|急|届", "需": "求",
        "要": "素", "计划": "投资", "高水平": "大学|人才|研究院|科|平台|创新|医院|学科|开放", "高质量": "专利|发明", "推介": "会|活动", "解": "决", "每": "万|百|千|亩|亿", "统筹": "区", "协调": "率", "持续": "性", "储备": "项目|库", "组建": "率", "帮助": "率", "深入": "率", "走访": "率",
        "支持": "率", "也": "门", "同时": "期", "即": "时", "或": "有", "及": "时", "还": "款", "已": "有", "盘活": "存量|闲置", "服务企业": "", "目标": "", "设置": "率",
    }  # fmt: skip
    tails = names.get(lead)
    return bool(tails and re.match(tails, rest))


def ends_with_verb(text: str) -> bool:
    """Whether a phrase ends with a verb whose object follows the number: 每年开展 | 不少于1场活动."""
    match = _trailing_verbs().search(text)
    return (
        bool(
            match
            and not re.search(
                r"(?:研发|技改|转化|服务|推广|攻关|培训|入选|认定|立项|授权|登记|投产|开工|竣工|签约)$",
                text[: match.end()],
            )
        )
        or not text
    )


def phrase_before(text: str) -> str:
    """The name that ends where a number's words begin.

    >>> phrase_before("到时，规模以上工业企业"), phrase_before("，各类平台（含市级）总数")
    ('规模以上工业企业', '各类平台总数')
    """
    bare = _BRACKETS.sub("", text).strip(_EDGES)
    cut = max(bare.rfind(c) for c in _CLAUSE_ENDS)
    return bare[cut + 1 :].strip(_EDGES)


def phrase_after(text: str) -> str:
    """The name that begins right behind a number, up to the end of its clause.

    >>> phrase_after("共性技术和关键技术需求，完善导图"), phrase_after("的产业项目落地")
    ('共性技术和关键技术需求', '产业项目')
    """
    text = text.lstrip("的左右以上 ")
    end = next((i for i, c in enumerate(text) if c in "，。；：！？（"), len(text))
    name = text[:end].strip(_EDGES)
    name = (
        re.sub(
            r"(?:等)?(?:通过|获得|落地|开工|建成|投产|投入|上市|挂牌|开展|为|用于|覆盖|参与|参加|达到|实现|转化|由|予以|进行|并).*$",
            "",
            name,
        )
        or name
    )
    return name.strip(_EDGES)


def items_of(name: str) -> list[str]:
    """The things that a name lists side by side, each a name of its own; else the name as one.

    >>> items_of("国家高新技术企业、省科技型中小企业"), items_of("围绕产业链立项国家、省、市、县项目数")
    (['国家高新技术企业', '省科技型中小企业'], ['围绕产业链立项国家、省、市、县项目数'])
    """
    parts, depth, start = list[str](), 0, 0
    marks = {m.start(): m.end() for m in _AND.finditer(name)}
    for index, char in enumerate(name):
        depth += (char in "（“《") - (char in "）”》")
        if depth == 0 and index in marks and index >= start:
            parts.append(name[start:index])
            start = marks[index]
    parts.append(name[start:])
    parts = [re.sub("等$", "", p).strip(_EDGES) for p in parts]
    return parts if len(parts) > 1 and all(len(p) >= 2 and p not in _LEVELS for p in parts) else [name]
