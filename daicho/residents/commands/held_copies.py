"""印刷し直すための写しの保持と消去 — a copy's own bytes lie sealed until its print is known to be good, at most until the city's hour. design §7; decision 0052.

A spoiled print is made good by the very same bytes, never by composing anew: what the register says meanwhile is another copy's affair.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction

from daicho import clock, rows, vault
from daicho.audit.actor import Actor
from daicho.certificates.binding import digest_of
from daicho.residents.errors import CannotDo
from daicho.residents.models import CertificateIssue, HeldCopy

_GOOD, _OVER = "正しく印刷されたことを確認した", "印刷し直せる期間が過ぎた"
_OTHER = "保持している写しが、交付履歴の写しと違います。印刷せずに、運用担当者に連絡してください。"


def end_of_today() -> datetime:
    """Until when a copy of the counter can be printed again: it bears today's date."""
    return datetime.combine(clock.today() + timedelta(days=1), time.min, clock.JST)


def hold(issue: CertificateIssue, pdf: bytes, until: datetime | None = None) -> None:
    """Keep the bytes that are about to be printed, in the caller's transaction. Three statements."""
    row = HeldCopy(
        municipality_code=issue.municipality_code, certificate=issue, payload_ref=vault.seal_payload(pdf), held_until=until or end_of_today()
    )  # fmt: skip
    rows.insert([row])


def open_held(issues: Sequence[CertificateIssue]) -> list[bytes]:
    """The bytes of these copies, in their order, each looked at against 交付履歴. CannotDo when one is gone or another's. Two statements."""
    found = {row.certificate_id: row.payload_ref for row in still_held(issues)}
    if missing := [issue.certificate_no for issue in issues if issue.pk not in found]:
        raise CannotDo(f"発行番号「{missing[0]}」の写しは、印刷し直せる期間が過ぎました。")
    opened = vault.open_payloads(found.values())
    pdfs = [opened[found[issue.pk]] for issue in issues]
    if any(digest_of(pdf) != issue.delivered_digest for issue, pdf in zip(issues, pdfs, strict=True)):
        raise CannotDo(_OTHER)
    return pdfs


def still_held(issues: Iterable[CertificateIssue]) -> list[HeldCopy]:
    """Of which of these the bytes are there. One statement."""
    ours = HeldCopy.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, erased_at__isnull=True, held_until__gt=clock.now())
    return list(ours.filter(certificate__in=[issue.pk for issue in issues]))


def let_go(actor: Actor, issues: Iterable[CertificateIssue]) -> None:
    """Their prints are good: the bytes are erased, in the caller's transaction."""
    _erase(actor, HeldCopy.objects.filter(certificate__in=[issue.pk for issue in issues], erased_at__isnull=True), _GOOD)


@transaction.atomic
def erase_due(actor: Actor) -> int:
    """What nobody can print again any more, every night. Returns how many."""
    due = HeldCopy.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, erased_at__isnull=True, held_until__lte=clock.now())
    return _erase(actor, due, _OVER)


def _erase(actor: Actor, held: Iterable[HeldCopy], reason: str) -> int:
    found = list(held)
    if found:
        vault.erase_payloads([row.payload_ref for row in found], reason=reason, actor=actor)
        HeldCopy.objects.filter(pk__in=[row.pk for row in found]).update(erased_at=clock.now())
    return len(found)
