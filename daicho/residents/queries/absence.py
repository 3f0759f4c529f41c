"""不在住の調べ — whether a name is at an address in any 住民票 or 除票 that is kept, whoever may know of them. domain §4.7, §5.8, §7.

The answer is yes or no, and nothing of whom: also somebody hidden makes it yes. Who was found stands in the trail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.certificates.catalogue import certificate
from daicho.certificates.definitions import CertificateDefinition
from daicho.certificates.record import Searched, Subjects
from daicho.certificates.request import CertificateRequest, Requester
from daicho.city.certificate_terms import CityTerms
from daicho.city.queries import lot_key
from daicho.residents.models import Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.certificate_terms import city_terms
from daicho.residents.rules.absence import is_elsewhere, is_same_birth, is_same_place, other_city_ja
from daicho.residents.rules.terms import TermKind, term_key
from daicho.residents.rules.visits import check_asking
from daicho.values.dates import JapaneseDate

_NAMES = (TermKind.NAME_KANJI, TermKind.NAME_KANA, TermKind.ALIAS, TermKind.ALIAS_KANA, TermKind.ALPHABET)
_BEARERS = """
    SELECT DISTINCT p.public_id, c.address, c.birth_date
      FROM residents_searchterm t JOIN residents_sheetcurrent c ON c.sheet_id = t.sheet_id JOIN residents_person p ON p.id = c.person_id
     WHERE t.municipality_code = %s AND t.kind = %s AND t.key = %s
"""


def find_bearers(searched: Searched) -> tuple[UUID, ...]:
    """Everybody of this name, also of before, at this address, born so, on any sheet. However it is written: in doubt somebody is found.

    One statement for each kind of name; the caller records the reading.
    """
    wanted, found = lot_key(searched.address), set()
    for kind in _NAMES:
        if not (key := term_key(kind, searched.name)):
            continue
        with connection.cursor() as cursor:
            cursor.execute(_BEARERS, [settings.INSTALLATION.municipality_code, kind.value, key])
            for person, address, birth in cursor.fetchall():
                born = JapaneseDate.decode(birth) if birth else None
                if is_same_place(lot_key(address or ""), wanted) and is_same_birth(born, searched.birth_date):
                    found.add(person)
    return tuple(sorted(found))


@dataclass(frozen=True)
class Looked:
    """What came of it. `reasons` forbid the certificate; `bearers` are for the trail alone."""

    definition: CertificateDefinition
    searched: Searched
    request: CertificateRequest
    terms: CityTerms
    reasons: tuple[tuple[str, str], ...]
    bearers: Sequence[UUID]

    @property
    def subjects(self) -> Subjects:
        return Subjects((), searched=self.searched)


def look_for(visit: Visit, code: str, searched: Searched, purpose: str, on: date) -> Looked:
    """Search, and judge the certificate. Seven statements and the city's terms; the caller records the reading, with whoever was found."""
    definition, request = certificate(code, on), CertificateRequest(on, Requester(visit.standing))
    terms = city_terms(definition, request)
    bearers = find_bearers(searched) if searched.name.strip() and searched.address.strip() else ()
    searched = replace(searched, found=bool(bearers))
    against = definition.check(Subjects((), searched=searched), request, terms.texts)
    ours = settings.INSTALLATION
    elsewhere = is_elsewhere(searched.address, ours.prefecture_name, ours.municipality_name)
    reasons = (
        *check_asking(visit.identity_check, purpose),
        *((("address", other_city_ja(ours.municipality_name)),) if elsewhere else ()),
        *((one.key, one.message) for one in against),
    )
    return Looked(definition, searched, request, terms, reasons, bearers)


def preview_absence(actor: Actor, visit: Visit, code: str, searched: Searched, purpose: str) -> Looked:
    """For the officer who asks whether it can be issued. Whoever was found is recorded, and is not among those whom the page shows: the warnings of
    somebody hidden would tell of them."""
    with audit.reading(actor, Permission.CERTIFICATE_ISSUE) as seen:
        seen.note(kind=code, step="search")
        looked = look_for(visit, code, searched, purpose, clock.today())
        if looked.bearers:
            audit.record(actor, Permission.CERTIFICATE_ISSUE, looked.bearers, outcome="refused", detail={"kind": code, "step": "found"})
    return looked
