"""この部屋の定例 — the scheduled work of 中間サーバー. 標準9.1; S3-01, S3-10."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any  # JSON values

from daicho import audit, jobs
from daicho.chukan.permissions import ChukanPermission


def expired_job() -> jobs.Job:
    """保管期限切れ情報の削除, every night."""
    return jobs.Job("expired", "保管期限切れ情報の削除", jobs.daily("03:30", each_missed_day=False), _erase)


def _erase(for_date: date, parameters: Mapping[str, Any]) -> Mapping[str, int]:
    from daicho.chukan.commands import erase_expired

    return erase_expired(audit.Actor.system("chukan.expired", ChukanPermission.EXPIRED_ERASE), for_date)


def missing_codes_job() -> jobs.Job:
    """符号の取得の依頼: those whom a first load brought have none; after it, run it at once as often as it takes."""
    limit = jobs.Parameter("limit", "一度に依頼する人数", 10_000)
    return jobs.Job("missing_codes", "符号の取得の依頼（未依頼の人）", jobs.daily("04:30", each_missed_day=False), _request, parameters=(limit,))


def _request(for_date: date, parameters: Mapping[str, Any]) -> Mapping[str, int]:
    from daicho.chukan.commands import request_missing

    return {"依頼": request_missing(audit.Actor.system("chukan.missing_codes", ChukanPermission.CODE_ACQUIRE), int(parameters["limit"]))}
