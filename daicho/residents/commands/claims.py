"""仮登録の留保 — what a filing holds until 本登録: two filings on one household cannot pass each other. design §3; N-4.0.8-04."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NoReturn

from django.conf import settings
from django.db import connection

from daicho import clock
from daicho.residents.commands.holding import tell_of_holds
from daicho.residents.errors import HeldByAnother
from daicho.residents.models import Claim
from daicho.residents.models import Filing as FilingRow
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.situation import Situation
from daicho.values.dates import wareki


def wanted(filing: Filing, situation: Situation) -> set[tuple[str, str]]:
    """Everything a filing claims: its persons, the households they leave and come to, the numbers of newcomers."""
    claims = {("person", m.atena_no) for m in filing.members if m.atena_no}
    claims |= {("household", no) for no in situation.households}
    claims |= {("number", str(code)) for m in filing.members if (code := m.number("juminhyo_code")) is not None}
    return claims


_CLAIM = """
    INSERT INTO residents_claim (municipality_code, filing_id, kind, number) SELECT %s, %s, kind, number FROM unnest(%s::text[], %s::text[]) AS c (kind, number)
     ON CONFLICT (municipality_code, kind, number) DO NOTHING
"""
_RELEASE = "DELETE FROM residents_claim WHERE filing_id = %s RETURNING kind, number"


def claim(row: FilingRow, claims: set[tuple[str, str]]) -> None:
    """Hold all of them, or raise HeldByAnother naming who holds one. Releases what this filing held before.

    Who is claiming the same at the same moment is waited for. konbini is told of the persons (decision 0016).
    """
    before = _let_go(row)
    ordered = sorted(claims)
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [settings.INSTALLATION.municipality_code, row.pk, [kind for kind, _ in ordered], [number for _, number in ordered]])
        held = cursor.rowcount == len(ordered)
    if not held:
        _name_the_holder(row, claims)
    now = _persons(claims)
    tell_of_holds(held=now - before, released=before - now)


def release(row: FilingRow) -> None:
    """Hold nobody any more, after 本登録 or 取下げ."""
    tell_of_holds(held=(), released=_let_go(row))


def _let_go(row: FilingRow) -> set[str]:
    """Whom the filing held, by 宛名番号."""
    with connection.cursor() as cursor:
        cursor.execute(_RELEASE, [row.pk])
        return _persons(cursor.fetchall())


def _persons(claims: Iterable[tuple[str, str]]) -> set[str]:
    return {number for kind, number in claims if kind == "person"}


def _name_the_holder(row: FilingRow, claims: set[tuple[str, str]]) -> NoReturn:
    numbers = [number for _, number in claims]
    held = Claim.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, number__in=numbers).exclude(filing=row).select_related("filing")
    for other in held:
        if (other.kind, other.number) in claims:
            what = {"person": "この人", "household": "この世帯"}.get(other.kind, "同じ住民票コードの人")
            since = _since(other.filing.entered_at or other.filing.started_at)
            raise HeldByAnother(
                f"{what}は、{other.filing.entered_by}が{since}に仮登録した異動（届出番号{other.filing.filing_no}）が本登録待ちのため、ほかの異動を入力できません。"
                "その異動の本登録か取下げの後に、もう一度入力してください。"
            )
    raise HeldByAnother("ほかの職員の仮登録と重なりました。その異動は、いま終わったところです。もう一度仮登録してください。")


def _since(instant: datetime) -> str:
    """The time of a filing of today; of an older one its day too: a 仮登録 may wait for days."""
    local = clock.jst(instant)
    return f"{local:%H:%M}" if local.date() == clock.today() else f"{wareki(local.date())}{local:%H:%M}"
