"""束の手渡し — papers that leave together, or one that leaves once more, through the same door as every paper. A-05; decisions 0045, 0052.

Each of them is on record already with a bond of its own. What leaves is bound by a row of its own: the request, the copies in their order, the bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.conf import settings
from django.db import connection

from daicho import clock, rows
from daicho.audit.actor import Actor
from daicho.certificates.binding import Bond, OfPerson, digest_of
from daicho.paper.bundle import NotBound, Part, bundle, papers_in
from daicho.paper.stamp import stamp_of
from daicho.residents.commands.handing_over import Click, Crossed, stop_issuing
from daicho.residents.models import Bundle, CertificateIssue
from daicho.residents.queries.bonds import open_stops


def whole_of(issues: Sequence[CertificateIssue], pdfs: Sequence[bytes]) -> bytes:
    """The bytes that leave: one paper as it is, several as one file in which each is named by its 発行番号."""
    return pdfs[0] if len(pdfs) == 1 else bundle([Part(pdf, issue.certificate_no) for issue, pdf in zip(issues, pdfs, strict=True)])


def bind(actor: Actor, click: Click, kind: str, issues: Sequence[CertificateIssue], whole: bytes) -> bytes:
    """These copies leave as these bytes, for this request: on record in the caller's transaction. IntegrityError when sent twice."""
    row = Bundle(
        municipality_code=settings.INSTALLATION.municipality_code, public_id=click.once, kind=kind, request_digest=click.request,
        copies=[str(issue.public_id) for issue in issues], delivered_digest=digest_of(whole), made_at=clock.now(), made_by=actor.name, terminal=actor.terminal,
    )  # fmt: skip
    rows.insert([row])
    return whole


def release_bundle(actor: Actor, click: Click, delivered: bytes) -> None:
    """The last hop of a bundle: may these bytes leave for this request? Raises Crossed, and then nothing leaves any more. Three statements."""
    found = _mismatches(click, delivered)
    if not found and not open_stops():
        return
    if found:
        stop_issuing(actor, click.once, found)
    raise Crossed(f"the bundle {click.once} did not leave ({', '.join(found) or 'issuing stands still'})")


def _mismatches(click: Click, delivered: bytes) -> tuple[str, ...]:
    row = Bundle.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, public_id=click.once).first()
    if row is None:
        return ("record",)
    recorded = _recorded(row.copies)
    held = {
        "request": row.request_digest == click.request,
        "bytes": row.delivered_digest == digest_of(delivered),
        "record": len(recorded) == len(row.copies),
        "binding": all(bond.digest == binding for bond, binding, _ in recorded),
        "stamp": _told(delivered, len(row.copies)) == [(bond.stamp, pages) for bond, _, pages in recorded],
    }
    return tuple(name for name, fits in held.items() if not fits)


def _told(delivered: bytes, copies: int) -> list[tuple[str, int | None]]:
    """(stamp, pages) of the papers in the bytes, in their order; of one paper as it is the pages are its own affair."""
    if copies == 1:
        return [(stamp_of(delivered) or "", None)]
    try:
        return [(one.stamp, one.pages) for one in papers_in(delivered)]
    except NotBound:
        return []


_RECORDED = """
    SELECT i.public_id, i.request_digest, i.kind, i.certificate_no, i.stamp, i.document_digest, i.delivered_digest, i.binding, i.pages,
           (SELECT json_agg(json_build_array(p.public_id, s.history_no) ORDER BY s.place)
              FROM residents_certificatesubject s JOIN residents_person p ON p.id = s.person_id WHERE s.certificate_id = i.id)
      FROM unnest(%s::uuid[]) WITH ORDINALITY AS asked (public_id, place) JOIN residents_certificateissue i USING (public_id)
     WHERE i.municipality_code = %s ORDER BY asked.place
"""


def _recorded(copies: Sequence[str]) -> list[tuple[Bond, str, int | None]]:
    """(bond, its digest as recorded, pages) of these copies, in their order. One statement."""
    found: list[tuple[Bond, str, int | None]] = []
    with connection.cursor() as cursor:
        cursor.execute(_RECORDED, [list(copies), settings.INSTALLATION.municipality_code])
        for public_id, request, kind, certificate_no, stamp, unsigned, delivered, binding, pages, subjects in cursor.fetchall():
            told = json.loads(subjects) if isinstance(subjects, str) else subjects or []
            people = tuple(OfPerson(person, history_no) for person, history_no in told)
            bond = Bond(str(public_id), request, kind, certificate_no, people, stamp, unsigned, delivered)
            found.append((bond, binding, pages if len(copies) > 1 else None))
    return found
