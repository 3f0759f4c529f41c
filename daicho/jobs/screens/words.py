"""処理の言葉 — how a time of starting, a run and a parameter are told. 標準9.1."""

from __future__ import annotations

from collections.abc import Mapping

from daicho import clock
from daicho.jobs.models import Reservation, Run
from daicho.jobs.registry import Job
from daicho.jobs.schedule import Schedule
from daicho.ui.dates import WEEKDAYS, wareki_text

BADGES: Mapping[str, str] = {"running": "info", "done": "success", "failed": "error", "interrupted": "error"}


def schedule_ja(schedule: Schedule | None) -> str:
    """「毎日 02時30分」「毎月末 18時00分（閉庁日は翌開庁日）」; "" for a job that is only reserved."""
    if schedule is None:
        return ""
    return f"{_days_ja(schedule)}　{schedule.at:%H時%M分}" + ("（閉庁日は翌開庁日）" if schedule.open_days_only else "")


def _days_ja(schedule: Schedule) -> str:
    if schedule.only_on is not None:
        return wareki_text(schedule.only_on)
    if schedule.day_of_year is not None:
        month, day = schedule.day_of_year(clock.today())
        return f"毎年{month}月{day}日"
    if schedule.days_of_month or schedule.month_end:
        days = [f"{day}日" for day in sorted(schedule.days_of_month)] + (["末日"] if schedule.month_end else [])
        return "毎月" + "・".join(days)
    if len(schedule.weekdays) < 7:
        return "毎週" + "・".join(f"{WEEKDAYS[day]}曜日" for day in sorted(schedule.weekdays))
    return "毎日"


def reservation_ja(row: Reservation) -> str:
    """As `schedule_ja`; of one that starts at once, that it does."""
    return "すぐに" if row.when == Reservation.When.NOW else schedule_ja(row.schedule())


def parameters_ja(job: Job | None, values: Mapping[str, object]) -> str:
    """「上限 10、対象 全員」 by their Japanese names."""
    names = {one.name: one.ja for one in job.parameters} if job else {}
    return "、".join(f"{names.get(name, name)} {value}" for name, value in values.items())


def counts_ja(counts: Mapping[str, int]) -> str:
    return "、".join(f"{label} {count:,}" for label, count in counts.items())


def outcome_ja(outcome: str) -> tuple[str, str]:
    """Badge and word."""
    return BADGES[outcome], str(Run.Outcome(outcome).label)
