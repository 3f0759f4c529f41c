"""証明書の決まりごと — with what the issuing screen opens, and the city's part of a certificate at this counter. std 5.1; N-5.1-05."""

from __future__ import annotations

from datetime import date

from daicho import city
from daicho.certificates.definitions import CertificateDefinition
from daicho.certificates.record import ResidentKind
from daicho.certificates.request import CertificateRequest, Omissible, Requester
from daicho.city import certificate_terms
from daicho.city.certificate_terms import CityTerms, NoCertifier
from daicho.residents.errors import CannotDo


def opening_choice(definition: CertificateDefinition, kinds: frozenset[ResidentKind], requester: Requester, on: date) -> frozenset[Omissible]:
    """With what the city opens the issuing screen (N-5.1-05), as far as this requester may ask for it. At most one query."""
    if not definition.shown_setting:
        return frozenset()
    listed = city.setting(definition.shown_setting, on)
    shown = definition.shown_by_default(kinds, {each.value: each.value in listed for each in Omissible})
    return frozenset(c.omissible for c in definition.choices_for(kinds) if c.omissible in shown and requester in c.who_may_ask)


def city_terms(definition: CertificateDefinition, request: CertificateRequest) -> CityTerms:
    """As they are on the day of issue. Two queries. Raises CannotDo when nobody certifies that day."""
    try:
        return certificate_terms.city_terms(definition, request)
    except NoCertifier as missing:
        raise CannotDo(str(missing)) from None
