"""この部屋の定例 — the scheduled work of the residents' room. 標準9.1; design §4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any  # JSON values

from daicho import jobs


def prove_job() -> jobs.Job:
    """夜間の自己検査: the current tables against the history, every night; after a standstill once, for it proves what is there now."""
    return jobs.Job("prove", "現在の記録の自己検査", jobs.daily("02:30", each_missed_day=False), _prove)


def due_removals_job() -> jobs.Job:
    """転出予定日の到来: at the turn of the day the removals that were planned for it; after a standstill day by day (標準9.1; design §4)."""
    return jobs.Job("due_removals", "転出予定日の到来による消除", jobs.daily("00:05"), _settle_due_removals)


def _settle_due_removals(for_date: date, parameters: Mapping[str, Any]) -> Mapping[str, int]:
    from daicho.audit.actor import Actor
    from daicho.residents.commands.due_removals import settle_all
    from daicho.residents.permissions import Permission

    actor = replace(Actor.system("job.due_removals", Permission.FILING_REGISTER), name="転出予定日の到来（自動）", terminal="BATCH")
    return settle_all(actor, for_date)


def renamings_job() -> jobs.Job:
    """住所一括変更の本処理・取消し: at the beginning of the day of each case, and whenever one is examined. A run that was cut off goes on at once (標準9.7)."""
    return jobs.Job("renamings", "住所の一括変更の本処理・取消し", jobs.daily("00:15", each_missed_day=False), _work_renamings, retry_minutes=1)


def _work_renamings(for_date: date, parameters: Mapping[str, Any]) -> Mapping[str, int]:
    from daicho.audit.actor import Actor
    from daicho.residents.commands.renaming_work import work_all
    from daicho.residents.permissions import Permission

    actor = replace(Actor.system("job.renamings", Permission.RENAMING_MANAGE), name="住所の一括変更（自動）", terminal="BATCH")
    return work_all(actor, for_date)


def erase_move_outs_job() -> jobs.Job:
    """受信した転出証明書情報の消去, every night, used or not, when the dated days are over (city setting move_out_kept_days)."""
    return jobs.Job("erase_move_outs", "受信した転出証明書情報の消去", jobs.daily("03:10", each_missed_day=False), _erase_move_outs)


def _erase_move_outs(for_date: date, parameters: Mapping[str, Any]) -> Mapping[str, int]:
    from daicho.residents.commands.card_move_in import erase_old

    return {"消去": erase_old()}


def residence_terms_job() -> jobs.Job:
    """在留期間の満了の予告: every night those whose 在留期間 ends within the city's days are listed. Nobody is removed by it (法30条の50)."""
    return jobs.Job("residence_terms", "在留期間の満了の予告の一覧", jobs.daily("03:20", each_missed_day=False), _list_residence_terms)


def _list_residence_terms(for_date: date, parameters: Mapping[str, Any]) -> Mapping[str, int]:
    from daicho.audit.actor import Actor
    from daicho.residents.commands.residence_terms import list_ending
    from daicho.residents.permissions import Permission

    return {"予告": list_ending(Actor.system("job.residence_terms", Permission.PERSON_READ))}


def doubles_job() -> jobs.Job:
    """二重登録の候補: every night pairs of 宛名番号 that may be one person's, for an officer to judge (decision 0038)."""
    return jobs.Job("doubles", "二重登録の候補の一覧", jobs.daily("03:40", each_missed_day=False), _gather_doubles)


def _gather_doubles(for_date: date, parameters: Mapping[str, Any]) -> Mapping[str, int]:
    from daicho.audit.actor import Actor
    from daicho.residents.commands.doubles import gather_doubles
    from daicho.residents.permissions import Permission

    counts = gather_doubles(Actor.system("job.doubles", Permission.DOUBLE_DECIDE))
    return {"新しい候補": counts["new"], "もう一度": counts["again"], "一致しなくなった": counts["gone"]}


def _prove(for_date: date, parameters: Mapping[str, Any]) -> Mapping[str, int]:
    from daicho.residents.queries.proof import prove

    proof = prove()
    if not proof.proven:
        raise RuntimeError(f"{len(proof.findings)} findings; run `daicho prove` to see them")
    return {"人": proof.persons, "履歴": proof.versions, "世帯": proof.households}


def code_stock_job() -> jobs.Job:
    """空き番の取得: 機構 is asked for 住民票コード when fewer are left than the city's number; also run at once by an officer (N-4.3.1-01)."""
    return jobs.Job("code_stock", "住民票コードの空き番の取得", jobs.daily("05:30", each_missed_day=False), _ask_for_codes)


def _ask_for_codes(for_date: date, parameters: Mapping[str, Any]) -> Mapping[str, int]:
    from daicho.audit.actor import Actor
    from daicho.residents.commands.code_stock import ask_for_codes
    from daicho.residents.permissions import Permission

    return {"要求": ask_for_codes(Actor.system("job.code_stock", Permission.REGISTER_IMPORT))}


def archive_removed_job() -> jobs.Job:
    """除票用データベースへの移行: once a year, on the day that the city set outside of its busy season (標準9.3). After a standstill it is made up for."""
    return jobs.Job("archive_removed", "5年を経過した除票の除票用データベースへの移行", jobs.yearly(archive_day, "22:30"), _archive_removed)


def archive_day(day: date) -> tuple[int, int]:
    """Month and day as the city's dated settings say."""
    from daicho import city

    return int(city.setting("removed_archive_month", day)), int(city.setting("removed_archive_day", day))


def _archive_removed(for_date: date, parameters: Mapping[str, Any]) -> Mapping[str, int]:
    from daicho.audit.actor import Actor
    from daicho.residents.commands.archiving import archive_removed
    from daicho.residents.permissions import JobPermission

    return {"移行": archive_removed(Actor.system("job.archive_removed", JobPermission.REMOVED_ARCHIVE), for_date)}


def held_copies_job() -> jobs.Job:
    """印刷し直すための写しとまとめて交付のファイルの消去: what is over, at the turn of the day; after a standstill once (decision 0052)."""
    return jobs.Job("held_copies", "印刷し直すための写しと、まとめて交付のファイルの消去", jobs.daily("00:10", each_missed_day=False), _erase_held_copies)


def _erase_held_copies(for_date: date, parameters: Mapping[str, Any]) -> Mapping[str, int]:
    from daicho.audit.actor import Actor
    from daicho.residents.commands.bulk_work import erase_expired
    from daicho.residents.commands.held_copies import erase_due

    actor = Actor.system("job.held_copies")
    return {"写しの消去": erase_due(actor), "まとめて交付の消去": erase_expired(actor)}


def bulk_issue_job() -> jobs.Job:
    """まとめて交付の作成, whenever one is ordered or approved. A run that was cut off goes on at once (decision 0052)."""
    return jobs.Job("bulk_issue", "まとめて交付の作成", jobs.daily("06:30", each_missed_day=False), _make_bulk, retry_minutes=1)


def _make_bulk(for_date: date, parameters: Mapping[str, Any]) -> Mapping[str, int]:
    from daicho.audit.actor import Actor
    from daicho.residents.commands.bulk_work import work_all
    from daicho.residents.permissions import Permission

    actor = Actor.system("job.bulk_issue", Permission.CERTIFICATE_ISSUE, Permission.BULK_ISSUE)
    return work_all(replace(actor, name="まとめて交付（自動）", terminal="BATCH"))
