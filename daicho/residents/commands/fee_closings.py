"""手数料の締め — a window's money counted against 交付履歴, and confirmed by another officer where the city does so. 地方自治法第227条; 市の財務規則."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from daicho import audit, city, clock
from daicho.audit.actor import Actor
from daicho.residents.errors import CannotDo
from daicho.residents.models import FeeClosing
from daicho.residents.permissions import Permission
from daicho.residents.queries.fees import report_of
from daicho.residents.rules.fee_report import check_count


@dataclass(frozen=True)
class Count:
    """What was counted at one window on one day. `note`: why it differs."""

    day: date
    office: str
    terminal: str
    counted_yen: int | None
    note: str = ""


class NotClosed(CannotDo):
    """All reasons as (field, message)."""

    def __init__(self, reasons: tuple[tuple[str, str], ...]) -> None:
        super().__init__("この内容では締められません。")
        self.reasons = reasons


@transaction.atomic
def close_day(actor: Actor, count: Count) -> FeeClosing:
    """Record a count. NotClosed with every reason: a day to come, no amount, a difference without its reason."""
    audit.require(actor, Permission.FEES_CLOSE)
    if count.day > clock.today():
        raise NotClosed((("counted", "まだ来ていない日は締められません。"),))
    found = report_of(count.day, count.office)
    if (count.office, count.terminal) not in found.windows:
        raise NotClosed((("counted", "この窓口には、その日に交付した証明書がありません。窓口を選び直してください。"),))
    due = found.due_at(count.office, count.terminal)
    if reasons := check_count(count.counted_yen, due, count.note):
        raise NotClosed(reasons)
    return _row(actor, count, due, None)


@transaction.atomic
def confirm(actor: Actor, counted: int) -> FeeClosing:
    """Another officer counted the same. CannotDo for the one who counted, and when copies were issued or taken back since."""
    audit.require(actor, Permission.FEES_CLOSE)
    row = FeeClosing.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, pk=counted, confirms__isnull=True).first()
    if row is None or row.confirmed_by.exists():
        raise CannotDo("確認する締めの記録がないか、もう確認済みです。")
    if city.setting("fee_closing_two_officers", row.day) and row.recorded_by_id_no == actor.account_id:
        raise CannotDo("手数料の締めは、数えた職員と別の職員が確認してください。")
    due = report_of(row.day, row.office_code).due_at(row.office_code, row.terminal)
    if due != row.due_yen:
        raise CannotDo("数えた後に交付や処分がありました。もう一度数えてから確認してください。")
    return _row(actor, Count(row.day, row.office_code, row.terminal, row.counted_yen, row.note), due, row)


def _row(actor: Actor, count: Count, due: int, confirms: FeeClosing | None) -> FeeClosing:
    row = FeeClosing.objects.create(
        municipality_code=settings.INSTALLATION.municipality_code, day=count.day, office_code=count.office, terminal=count.terminal, confirms=confirms,
        due_yen=due, counted_yen=count.counted_yen or 0, note=count.note.strip(), recorded_by=actor.name, recorded_by_id_no=actor.account_id or 0,
        recorded_at=clock.now(),
    )  # fmt: skip
    audit.record(actor, Permission.FEES_CLOSE, detail={"day": count.day.isoformat(), "terminal": count.terminal, "step": "confirm" if confirms else "count"})
    return row
