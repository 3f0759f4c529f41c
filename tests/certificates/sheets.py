"""閉じた住民票と証明書の材料 — made-up 除票 and 改製原 for the certificates' tests, and one certificate composed with all that may be asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from daicho.certificates.catalogue import ALL_CERTIFICATES, certificate
from daicho.certificates.city_texts import CityTexts
from daicho.certificates.definitions import CertificateDefinition
from daicho.certificates.document import Document
from daicho.certificates.record import (
    CertificateRecord,
    Change,
    ConfirmedDestination,
    Note,
    NoteKind,
    RemovalCause,
    RemovedEntries,
    SheetState,
    Subjects,
)
from daicho.certificates.removed_rules import withheld
from daicho.certificates.request import BroughtForm, CertificateRequest, Omissible, Requester
from daicho.values.dates import JapaneseDate
from tests.certificates.people import CITY, HANAKO, ISSUED_ON, NUMBER

PLANNED, LOT = "北海道旭川市七条通九丁目48番地　旭荘2号", "北海道旭川市七条通九丁目48番地"
_CONFIRMED = ConfirmedDestination("北海道旭川市七条通九丁目48番地　旭荘3号", date(2026, 3, 30), date(2026, 4, 2))
LEFT = replace(
    HANAKO, closes_on=date(2026, 4, 1),
    removed=RemovedEntries("国内転出", JapaneseDate.parse("令和8年4月1日"), "転出予定年月日", PLANNED, LOT, RemovalCause.LEFT, _CONFIRMED),
)  # fmt: skip
DEAD = replace(
    HANAKO, closes_on=date(2026, 4, 1), removed=RemovedEntries("死亡", JapaneseDate.parse("令和8年3月31日"), "事由の生じた年月日", cause=RemovalCause.DIED)
)
MOVES = tuple(
    Note(
        NoteKind.HISTORY, f"令和7年{1 + n % 12}月1日　転居（その{n}）", changes=(Change("住所", f"北海道小樽市稲穂{n}番1号", f"北海道小樽市花園{n}番1号"),)
    )
    for n in range(1, 201)
)  # fmt: skip
"""200 異動."""
RENEWED = replace(
    HANAKO, closes_on=date(2026, 2, 1), notes=MOVES,
    removed=RemovedEntries("改製", JapaneseDate.parse("令和8年2月1日"), "事由の生じた年月日", cause=RemovalCause.RENEWED),
)  # fmt: skip
OF = {SheetState.OPEN: HANAKO, SheetState.REMOVED: LEFT, SheetState.RENEWED: RENEWED}


OF_A_SHEET = tuple(definition for definition in ALL_CERTIFICATES if definition.sheets)
"""The certificates that are made of a sheet as it is."""


def sheet_for(definition: CertificateDefinition) -> CertificateRecord:
    """A sheet of which it can be made."""
    return OF[sorted(definition.sheets)[0]]


FORM = BroughtForm("扶養親族等申告書", 2)


def asked(code: str, *people: CertificateRecord, shown: frozenset[Omissible] | None = None, **how: object) -> CertificateRequest:
    """A request of that certificate for everything that its asker may have, or for `shown`."""
    definition, who = certificate(code, ISSUED_ON), how.pop("who", Requester.SELF)
    if shown is None:
        shown = frozenset(each.omissible for each in definition.choices_for({person.kind for person in people}) if who in each.who_may_ask)
        shown -= {each for person in people for each in withheld(person, ISSUED_ON)}
    brought = how.pop("brought", FORM if definition.attests else None)
    return CertificateRequest(ISSUED_ON, who, shown, use_confirmed=True, brought=brought, **how)  # type: ignore[arg-type]


def made(code: str, *people: CertificateRecord, texts: CityTexts = CITY, shown: frozenset[Omissible] | None = None, **how: object) -> Document:
    """That certificate of these people."""
    return certificate(code, ISSUED_ON).compose(Subjects(people), asked(code, *people, shown=shown, **how), texts, NUMBER)


def refused(code: str, *people: CertificateRecord, shown: frozenset[Omissible] | None = None, **how: object) -> dict[str, str]:
    """By entry the message of each objection."""
    found = certificate(code, ISSUED_ON).check(Subjects(people), asked(code, *people, shown=shown, **how), CITY)
    return {each.key: each.message for each in found}
