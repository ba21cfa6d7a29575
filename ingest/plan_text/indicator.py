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
_POINT = re.compile(
    r"^(?:\d{1,2}[.．、](?!\d)|（\d{1,2}）|[①-⑳]|[一二三四五六七八九十]{1,2}是要?|(?:今后|未来)?[一二三四五六\d]年(?:内|间)?)"
)
_EMPHASIS = re.compile(f"^重点(?={any_of(words()['verbs'])})")
_CLAUSE_ENDS = "，。；：！？"


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
    tails = words()["nouns"].get(lead)
    return bool(tails and rest.startswith(tuple(tails)))


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
    if text.rfind("（") > text.rfind("）"):  # within a bracket that is still open
        text = text[text.rfind("（") + 1 :]
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
