"""What can be wrong with a request."""

from __future__ import annotations

from graph.errors import LianpuError, Stated


class Usage(LianpuError):
    """A command or request that is not written as it must be."""

    code = "usage"


class BadDate(Stated):
    """A day that is no day."""

    text: str
    code = "bad_date"
    says = "“{text}”不是日期"
    do = "写成 2025-05-16"


class BadMoment(Stated):
    """Neither a day nor a batch."""

    text: str
    code = "bad_moment"
    says = "“{text}”不是日期，也不是批次号"
    do = "写成 2025-05-31、2025-05，或批次号（lianpu batches 列出批次）"


class OneName(Stated):
    """A decision between a name and itself."""

    name: str
    code = "one_name"
    says = "两个名称都是“{name}”，没有什么要决定"
    do = "写两个不同的名称，或 企业 和 县/链/环节"
