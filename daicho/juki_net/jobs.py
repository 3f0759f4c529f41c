"""住基ネットの定例 — the scheduled work of this room. 標準9.1."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any  # JSON values

from daicho import jobs
from daicho.juki_net.commands.certifying import erase_certified
from daicho.juki_net.commands.terms import renew_stale_terms


def search_terms_job() -> jobs.Job:
    """検索語の作り直し: after an update of the program whose folding of names is another. Nothing to do on all other nights."""
    return jobs.Job("identity_terms", "本人確認情報の検索語の作り直し", jobs.daily("02:30", each_missed_day=False), _renew)


def erase_move_outs_job() -> jobs.Job:
    """転出証明書情報の消去: every night what no other city may ask for any more (法24条の2); after a standstill once."""
    return jobs.Job("erase_certified_move_outs", "期限を過ぎた転出証明書情報の消去", jobs.daily("03:10", each_missed_day=False), _erase)


def _erase(for_date: date, parameters: Mapping[str, Any]) -> Mapping[str, int]:
    return {"消去": erase_certified(for_date)}


def _renew(for_date: date, parameters: Mapping[str, Any]) -> Mapping[str, int]:
    return {"作り直した人": renew_stale_terms()}
