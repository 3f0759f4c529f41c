"""この部屋の定例 — relayed replicas are not kept, and search keys follow the folding of today. F-1-07, S4-05; 標準9.1."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any  # JSON values

from daicho import jobs


def relayed_replicas_job() -> jobs.Job:
    """中継した副本の消去: what chukan has acknowledged lies here no longer."""
    return jobs.Job("relayed_replicas", "中継した副本の控えの消去", jobs.daily("03:30", each_missed_day=False), _erase)


def search_keys_job() -> jobs.Job:
    """検索キーの作り直し: after a release that folds names otherwise."""
    return jobs.Job("search_keys", "検索キーの作り直し", jobs.daily("04:00", each_missed_day=False), _renew)


def _erase(for_date: date, parameters: Mapping[str, Any]) -> Mapping[str, int]:
    from daicho.atena.commands.upkeep import erase_relayed_replicas

    return {"副本": erase_relayed_replicas()}


def _renew(for_date: date, parameters: Mapping[str, Any]) -> Mapping[str, int]:
    from daicho.atena.commands.upkeep import renew_search_keys

    return {"人": renew_search_keys()}
