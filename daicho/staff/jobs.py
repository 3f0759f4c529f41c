"""この部屋の定例 — the scheduled work of the staff room. 標準9.1; 設計6章."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any  # JSON values

from daicho import jobs


def expired_sessions_job() -> jobs.Job:
    """期限切れの控えの削除: who closes the browser leaves the words of the last search, or an unanswered question, behind; nothing is kept of them."""
    return jobs.Job("expired_sessions", "期限切れの利用の控えの削除", jobs.daily("03:00", each_missed_day=False), _delete_expired)


def _delete_expired(for_date: date, parameters: Mapping[str, Any]) -> Mapping[str, int]:
    from daicho.staff import sessions
    from daicho.staff.commands import challenges

    return {"控え": sessions.delete_expired(), "認証の問い": challenges.delete_expired()}
