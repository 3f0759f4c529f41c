"""住基ネットの定例 — the scheduled work of this room. 標準9.1."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any  # JSON values

from daicho import jobs
from daicho.juki_net.commands.terms import renew_stale_terms


def search_terms_job() -> jobs.Job:
    """検索語の作り直し: after an update of the program whose folding of names is another. Nothing to do on all other nights."""
    return jobs.Job("identity_terms", "本人確認情報の検索語の作り直し", jobs.daily("02:30", each_missed_day=False), _renew)


def _renew(for_date: date, parameters: Mapping[str, Any]) -> Mapping[str, int]:
    return {"作り直した人": renew_stale_terms()}
