"""What a chain is called where its county is said with it."""

from __future__ import annotations

from graph.naming.divisions import bare, region_at


def chain_title(county: str, chain: str) -> str:
    """County and chain in one name, the place said once.

    Chains are often named after their county already, shortly or in full.

    >>> chain_title("缙云县", "缙云机械装备产业链"), chain_title("缙云县", "缙云县机械装备产业链")
    ('缙云县机械装备产业链', '缙云县机械装备产业链')
    >>> chain_title("龙泉市", "汽车零部件产业链"), chain_title("景宁畲族自治县", "景宁竹木加工产业链")
    ('龙泉市汽车零部件产业链', '景宁畲族自治县竹木加工产业链')
    """
    if chain.startswith(county):
        return chain
    written, above = region_at(chain), region_at(county)
    named = {bare(county), above and above[0]}
    rest = chain[written[1] :] if written and written[0] in named else chain.removeprefix(bare(county))
    return f"{county}{rest}" if rest else chain
