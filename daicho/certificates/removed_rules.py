"""除票の可否 — which sheet which certificate can be made of, who may ask for a 除票, and how long it is kept. 住民基本台帳法第15条の2–第15条の4; 令第34条; domain §4.7.

A sheet removed before 2014-06-20 had passed its five years when the law of 2019-06-20 made them 150: it was thrown away, and of it a
廃棄済証明 alone can be given. What the register still holds of such a person (migration) is not the 除票.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from daicho.certificates.definitions import CertificateDefinition, Objection
from daicho.certificates.record import CertificateRecord, SheetState
from daicho.certificates.request import CertificateRequest, Omissible, Requester

KEPT_SINCE = date(2014, 6, 20)
"""Whose five years were not over when 令34条 was changed on 2019-06-20 is kept 150 years from removal."""
YEARS_KEPT = 150
_BY_RIGHT_OF_THEIR_OWN = frozenset({Requester.SELF, Requester.LEGAL_REPRESENTATIVE, Requester.AGENT})
NUMBERS = frozenset({Omissible.INDIVIDUAL_NUMBER, Omissible.JUMINHYO_CODE})
_OF_THE_DEAD_JA = "亡くなった人の除票には、個人番号と住民票コードを記載できません。省略してください。"


def why_not_kept(closed_on: date, on: date) -> str:
    """Why the 除票 of a sheet closed on that day is not there to be certified; "" where it is."""
    if closed_on < KEPT_SINCE:
        return "平成26年6月20日より前に消除された住民票の除票は、保存期間（5年）を過ぎて廃棄済みです。写しや証明書は交付できません。廃棄済証明を交付してください（令第34条）。"
    if on >= _kept_until(closed_on):
        return "消除から150年の保存期間を過ぎた除票です。写しや証明書は交付できません。廃棄済証明を交付してください（令第34条）。"
    return ""


def _kept_until(closed_on: date) -> date:
    """The first day on which it need not be kept; the 29th of February ends with February."""
    day = 28 if (closed_on.month, closed_on.day) == (2, 29) else closed_on.day
    return date(closed_on.year + YEARS_KEPT, closed_on.month, day)


def of_the_state(definition: CertificateDefinition, record: CertificateRecord, on: date) -> Iterator[Objection]:
    """The certificate must be one of such a sheet (法12条, 15条の4)."""
    state = record.state(on)
    if state not in definition.sheets:
        if state is SheetState.OPEN:
            yield Objection("sheet", f"この住民票は消除されていません。「{definition.ja}」ではなく、住民票の写し等を交付してください（法第12条）。")
        elif state is SheetState.RENEWED and SheetState.REMOVED in definition.sheets:
            yield Objection("sheet", "この住民票は改製前のものです。除票の写しではなく、改製原住民票の写しを交付してください（法第15条の2）。")
        else:
            yield Objection("sheet", "この住民票は消除されています。住民票の写しではなく、除票の写しを交付してください（法第15条の4）。")
    elif record.closes_on is not None and state is not SheetState.OPEN and (why := why_not_kept(record.closes_on, on)):
        yield Objection("sheet", why)


def of_the_dead(record: CertificateRecord, request: CertificateRequest) -> Iterator[Objection]:
    """Nobody asks as the dead or for them, and their numbers are told to nobody (domain §4.3)."""
    if not record.is_of_dead(request.issued_on):
        return
    if request.requester in _BY_RIGHT_OF_THEIR_OWN:
        yield Objection(
            "",
            "亡くなった人の除票です。本人やその代理人としての請求はできません。受付の資格を「第三者」とし、請求する理由を確かめてください（法第15条の4第3項）。",
        )
    for number in sorted(NUMBERS & request.shown):
        yield Objection(number.value, _OF_THE_DEAD_JA)


def of_the_destination(record: CertificateRecord, request: CertificateRequest) -> Iterator[Objection]:
    """転出先（確定） is there of a 転出 alone, and would tell what 特別養子縁組 left out of the sheet (N-1.1.5-04)."""
    if Omissible.CONFIRMED_DESTINATION in request.shown and (why := _no_destination(record, request.issued_on)):
        yield Objection(Omissible.CONFIRMED_DESTINATION.value, f"{why}です。転出先（確定）は記載できません。省略してください（標準仕様1.1.5）。")


def _no_destination(record: CertificateRecord, on: date) -> str:
    if not record.is_removed(on):
        return ""
    planned = record.removed.planned_address if record.removed is not None else None
    if planned is None:
        return "転出によらない除票"
    return "転出先を空欄とした除票" if planned == "" else ""


def withheld(record: CertificateRecord, on: date) -> dict[Omissible, str]:
    """What of the choices this sheet never tells, whoever asks, and why, in a few words for the screen."""
    found = dict.fromkeys(sorted(NUMBERS), "亡くなった人の除票") if record.is_of_dead(on) else {}
    if why := _no_destination(record, on):
        found[Omissible.CONFIRMED_DESTINATION] = why
    return found
