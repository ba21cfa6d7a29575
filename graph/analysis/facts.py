"""What the analysis reads: one immutable picture of a city, free of any engine.

Every fact carries `records`, the sequence numbers of the ledger rows that state it, so that each
value computed from it can be followed back to those rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

Records = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RegionFact:
    """A county, district, county-level city, development zone or city (县市区)."""

    id: str
    name: str
    parent: str | None = None  # id of the region it is PART_OF (上级)
    level: str | None = None  # 级别 as written
    records: Records = ()


@dataclass(frozen=True, slots=True)
class ChainFact:
    """One characteristic chain (产业链) that a county develops."""

    id: str
    name: str
    county: str  # region id
    records: Records = ()


@dataclass(frozen=True, slots=True)
class SegmentFact:
    """A link (环节) of a chain, in a tree."""

    id: str
    name: str
    chain: str  # chain id
    stage: str | None = None  # 上游 中游 下游 配套 应用
    parent: str | None = None  # segment id (上级环节)
    surveyed: str = "否"  # 已调查: 是 仅本地 否
    stated: int | None = None  # 在产企业数, as a report states it
    controlled: bool | None = None  # 管制清单
    import_dependence: float | None = None  # 进口依存度, in [0, 1]
    products: frozenset[str] = frozenset()  # ids of the products it includes
    product_names: frozenset[str] = frozenset()  # what these are called
    records: Records = ()


@dataclass(frozen=True, slots=True)
class FeedFact:
    """`source` feeds `target` (环节供给)."""

    source: str  # segment id, upstream
    target: str  # segment id, downstream
    essentiality: int | None = None  # 必需 2, 一般 1, 可忽略 0; None = not stated, counts as 2
    what: str | None = None
    records: Records = ()


@dataclass(frozen=True, slots=True)
class FirmFact:
    """An enterprise (企业), local or outside."""

    id: str
    name: str
    region: str | None = None  # id of the region its 县市区 resolved to
    region_stated: bool = False  # 县市区 has a value, resolved or not
    location: str | None = None  # 所在地 as written
    external: bool = False  # its 状态 is 外部
    honours: tuple[str, ...] = ()  # 资质 names as written
    records: Records = ()


@dataclass(frozen=True, slots=True)
class StandFact:
    """A firm stands on a segment. `state` is None when no row says any state."""

    firm: str
    segment: str
    state: str | None = None  # 在产 停产 在建 签约 外部
    state_dated: bool = False  # the row whose state counts has a 年份 or a 数据日期
    records: Records = ()
    landed: bool = False  # a lead brings it here, wherever the firm itself is


@dataclass(frozen=True, slots=True)
class OutputFact:
    """A firm's output on one segment in one year (万元)."""

    firm: str
    segment: str
    year: int | None
    output: float
    records: Records = ()


@dataclass(frozen=True, slots=True)
class ExternalSourceFact:
    """Someone outside who supplies a segment (外部供给)."""

    segment: str
    name: str
    share: float | None = None  # 占比, in [0, 1]
    records: Records = ()


@dataclass(frozen=True, slots=True)
class PlatformFact:
    """A platform (平台) that stands on a segment."""

    name: str
    segment: str
    records: Records = ()


@dataclass(frozen=True, slots=True)
class AchievementFact:
    """An achievement (科技成果) held by a firm."""

    name: str
    firm: str
    records: Records = ()


@dataclass(frozen=True, slots=True)
class ProjectFact:
    """A project (项目) on a segment."""

    name: str
    segment: str
    state: str | None = None  # 谋划 在建 完成 终止
    records: Records = ()


@dataclass(frozen=True, slots=True)
class RecordInfo:
    """What the analysis needs to know of a ledger row."""

    dated: date | None  # 数据日期 (a month = its last day), else the last day of the row's 年份
    grade: str = "B"  # 可信度


@dataclass(frozen=True, slots=True)
class Facts:
    """The whole picture. Tuples are sorted by id, so equal cities give equal facts."""

    regions: tuple[RegionFact, ...] = ()
    chains: tuple[ChainFact, ...] = ()
    segments: tuple[SegmentFact, ...] = ()
    feeds: tuple[FeedFact, ...] = ()
    firms: tuple[FirmFact, ...] = ()
    stands: tuple[StandFact, ...] = ()
    outputs: tuple[OutputFact, ...] = ()
    sources: tuple[ExternalSourceFact, ...] = ()
    platforms: tuple[PlatformFact, ...] = ()
    achievements: tuple[AchievementFact, ...] = ()
    projects: tuple[ProjectFact, ...] = ()
    info: dict[int, RecordInfo] = field(default_factory=dict)  # by ledger sequence number
