"""仮登録中の知らせ — konbini is told whom a filing holds, and when it no longer does; never what was filed. std 4.0.8; F-1-02 (decision 0016)."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import connection

from daicho import outbox
from daicho.contracts.certificate_hold_v1 import CertificateHoldV1

KONBINI = "konbini"

_KNOWN = "SELECT atena_no, public_id FROM residents_person WHERE municipality_code = %s AND atena_no = ANY(%s) ORDER BY atena_no"


def tell_of_holds(held: Iterable[str], released: Iterable[str]) -> None:
    """Post who is held from now on and who no longer is, by 宛名番号, in the caller's transaction. A fixed number of statements, none for nobody."""
    told = dict.fromkeys(released, False) | dict.fromkeys(held, True)
    if not told or KONBINI not in settings.DAICHO.peers:  # a room that is not deployed is told nothing
        return
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [settings.INSTALLATION.municipality_code, sorted(told)])
        known = cursor.fetchall()
    handles = dict(zip([atena_no for atena_no, _ in known], outbox.subject_handles(KONBINI, [public_id for _, public_id in known]), strict=True))
    posted = []
    for is_held in (False, True):
        people = tuple(atena_no for atena_no in handles if told[atena_no] is is_held)
        if people:
            posted.append(outbox.Outgoing(CertificateHoldV1(people, is_held), KONBINI, [handles[atena_no] for atena_no in people]))
    outbox.post_many(posted)
