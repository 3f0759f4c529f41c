"""この部屋の定例 — the scheduled work of 中間サーバー. 標準9.1; S3-10."""

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
