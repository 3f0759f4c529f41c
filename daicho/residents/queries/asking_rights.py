"""請求できるか — whether this visitor may be given this copy: by age and representation, and by what was approved of a 交付請求. 住民基本台帳法第12条–第12条の3.

Asked before the paper is shown and again in the transaction that issues it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from daicho import city, clock
from daicho.certificates.catalogue import certificate
from daicho.certificates.fees import OFFICIAL, Exemption, check_exemption, exemptions_of
from daicho.certificates.request import CertificateRequest, Delivery, Omissible, Requester
from daicho.residents.models import BulkLine, Visit
from daicho.residents.models.bulk_issue import BulkLineState, BulkState
from daicho.residents.queries.application_rows import ApplicationRows, applications, of_all
from daicho.residents.queries.current import CurrentRow
from daicho.residents.rules.application_allowed import Copy, check_copy
from daicho.residents.rules.applications import BASIC, RESIDENCE, Ground, Way
from daicho.residents.rules.representation import Asker, check_ages
from daicho.values.ages import legal_age_on

Reasons = tuple[tuple[str, str], ...]
NEEDS_APPLICATION = frozenset({Requester.PUBLIC_OFFICE, Requester.THIRD_PARTY})
"""Who is given nothing on a 受付 alone: what they must state stands in a 交付請求 (法12条の2第2項, 12条の3第4項)."""
_WITHOUT = (
    "visit",
    "公用請求、第三者の申出、職務上請求は、交付請求として受け付け、審査の後に交付します。「交付請求」の画面から受け付けてください（法第12条の2、第12条の3）。",
)

_NOT_OFFICIAL = ("official", "「公用」の印字と、公用請求による手数料の免除は、国・地方公共団体の機関の請求だけです（法第12条の2）。")


@dataclass(frozen=True)
class AskingSettings:
    """What the city set of asking, on a day: from which age one asks alone, and on which grounds no fee is taken."""

    youngest: int
    remissions: tuple[Exemption, ...]


def asking_settings(on: date) -> AskingSettings:
    """One query."""
    said = city.settings_on(("age_to_ask_alone", "fee_remissions"), on)
    return AskingSettings(int(said["age_to_ask_alone"]), exemptions_of(said["fee_remissions"]))


def objections_to_asking(
    visit: Visit, kind: str, people: Sequence[CurrentRow], request: CertificateRequest, said: AskingSettings, held: ApplicationRows | None = None
) -> Reasons:
    """Everything that forbids it, as (entry, message). `held`: the request's rows where the caller holds them. No statement, with a 交付請求 eight."""
    ages = check_ages(Asker(request.requester, visit.authority), [_age(row, request.issued_on) for row in people], said.youngest)
    free = check_exemption(request.exemption, said.remissions, for_official_use=request.for_official_use)
    return (*ages, *free, *_official(request), *_by_application(visit, kind, people, request, held))


def objections_to_order(visit: Visit, kind: str, people: Sequence[CurrentRow], request: CertificateRequest, held: ApplicationRows | None) -> Reasons:
    """Everything that forbids one such copy for each of these people together (まとめて交付); each is judged once more when it is made.

    Copies of earlier orders for the same 交付請求 that are not made yet are counted. `held`: its rows, None where there is none. At most one statement.
    """
    if visit.application_id is None:
        return (*_official(request), *_by_application(visit, kind, people, request, None))
    live = BulkLine.objects.filter(bulk__visit__application=visit.application_id, bulk__kind=kind, bulk__state__in=(BulkState.WAITING, BulkState.READY))
    to_come = live.filter(state=BulkLineState.WAITING).count()
    return (*_official(request), *_by_application(visit, kind, people, request, held, copies=len(people), to_come=to_come))


def _official(request: CertificateRequest) -> Reasons:
    return (_NOT_OFFICIAL,) if request.free_by == OFFICIAL and request.requester is not Requester.PUBLIC_OFFICE else ()


def _by_application(
    visit: Visit, kind: str, people: Sequence[CurrentRow], request: CertificateRequest, held: ApplicationRows | None, *, copies: int = 1, to_come: int = 0
) -> Reasons:
    if visit.application_id is None:
        return (_WITHOUT,) if request.requester in NEEDS_APPLICATION else ()
    rows = held or _rows(visit)
    allowed = rows.allowed
    if allowed is None:
        return (("visit", f"請求番号{rows.row.application_no}は、まだ交付が認められていません。審査の後に交付してください。"),)
    definition = certificate(kind, request.issued_on)
    names = {kind: definition.ja, **{each.omissible.value: each.ja for each in definition.omissible}}
    copy = Copy(kind, frozenset(str(row.public_id) for row in people), frozenset(each.value for each in request.shown) - BASIC, names)
    beyond = check_copy(allowed, rows.used, copy, request.issued_on, copies, to_come)
    if request.delivery is Delivery.MAIL_TO_RESIDENCE and rows.stated.return_check != RESIDENCE:
        beyond += (("delivery", "この請求の返送先は、請求者の住民票の住所ではありません。渡し方を「確かめたほかの場所へ郵送する」にしてください。"),)
    return beyond


@dataclass(frozen=True)
class AskedFor:
    """How the issuing screen opens for a 交付請求: as it was approved. `left`: copies that may still be issued, by code, until that day."""

    kind: str
    shown: frozenset[Omissible]
    delivery: Delivery
    for_official_use: bool
    exemption: str
    left: Mapping[str, int]
    until: date


def asked_for(visit: Visit, held: ApplicationRows | None = None) -> AskedFor | None:
    """None where the visit is for none, or nothing is approved. `held`: the request's rows where the caller holds them; else eight statements for them."""
    if visit.application_id is None:
        return None
    rows = held or _rows(visit)
    allowed, stated = rows.allowed, rows.stated
    if allowed is None:
        return None
    left = {kind: max(0, copies - rows.used.get(kind, 0)) for kind, copies in allowed.copies.items()}
    delivery = Delivery.COUNTER
    if rows.row.way == Way.MAIL:
        delivery = Delivery.MAIL_TO_RESIDENCE if stated.return_check == RESIDENCE else Delivery.MAIL_ELSEWHERE
    official = stated.ground == Ground.OFFICIAL
    shown = frozenset(Omissible(code) for code in allowed.shown)
    first = next((kind for kind, copies in left.items() if copies), next(iter(left)))
    return AskedFor(first, shown, delivery, official, "" if official else stated.exemption, left, allowed.until)


def _rows(visit: Visit) -> ApplicationRows:
    return of_all(applications().filter(pk=visit.application_id), clock.today())[0]


def _age(row: CurrentRow, on: date) -> int | None:
    """In years; None where the day of birth is not a day of the calendar."""
    born = row.entries.birth_date
    return legal_age_on(born.certain(), on) if born is not None and born.is_calendar else None
