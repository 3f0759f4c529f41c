"""仮登録の留保 — what a filing holds until 本登録: two filings on one household cannot pass each other. design §3; N-4.0.8-04."""

from __future__ import annotations

from django.conf import settings
from django.db import IntegrityError, transaction

from daicho import clock
from daicho.residents.errors import HeldByAnother
from daicho.residents.models import Claim
from daicho.residents.models import Filing as FilingRow
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.situation import Situation


def wanted(filing: Filing, situation: Situation) -> set[tuple[str, str]]:
    """Everything a filing claims: its persons, the households they leave and come to, the numbers of newcomers."""
    claims = {("person", m.atena_no) for m in filing.members if m.atena_no}
    claims |= {("household", no) for no in situation.households}
    claims |= {("number", str(code)) for m in filing.members if (code := m.number("juminhyo_code")) is not None}
    return claims


def claim(row: FilingRow, claims: set[tuple[str, str]]) -> None:
    """Hold all of them, or raise HeldByAnother naming who holds one. Releases what this filing held before."""
    code = settings.INSTALLATION.municipality_code
    Claim.objects.filter(filing=row).delete()
    try:
        with transaction.atomic():
            Claim.objects.bulk_create([Claim(municipality_code=code, filing=row, kind=kind, number=number) for kind, number in sorted(claims)])
    except IntegrityError:
        _name_the_holder(row, claims)
        raise


def release(row: FilingRow) -> None:
    Claim.objects.filter(filing=row).delete()


def _name_the_holder(row: FilingRow, claims: set[tuple[str, str]]) -> None:
    numbers = [number for _, number in claims]
    held = Claim.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, number__in=numbers).exclude(filing=row).select_related("filing")
    for other in held:
        if (other.kind, other.number) in claims:
            what = {"person": "この人", "household": "この世帯"}.get(other.kind, "同じ住民票コードの人")
            since = clock.jst(other.filing.entered_at or other.filing.started_at).strftime("%H:%M")
            raise HeldByAnother(
                f"{what}は、{other.filing.entered_by}が{since}に仮登録した異動（届出番号{other.filing.filing_no}）が本登録待ちのため、ほかの異動を入力できません。"
                "その異動の本登録か取下げの後に、もう一度入力してください。"
            ) from None
