"""束の手渡し — papers that leave together, or one that leaves once more, through the same door as every paper. A-05; decisions 0045, 0052.

Each of them is on record already with a bond of its own. What leaves is bound by a row of its own: the request, the copies in their order, the bytes.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from daicho import clock, rows
from daicho.audit.actor import Actor
from daicho.certificates.binding import digest_of
from daicho.paper.bundle import NotBound, Part, bundle, papers_in
from daicho.paper.stamp import stamp_of
from daicho.residents.commands.handing_over import Click, Crossed, stop_issuing
from daicho.residents.models import Bundle, CertificateIssue
from daicho.residents.queries.bonds import open_stops, recorded_bonds


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
    recorded = recorded_bonds(row.copies)
    pages = [one.pages if len(row.copies) > 1 else None for one in recorded]  # of one paper as it is the pages are its own affair
    held = {
        "request": row.request_digest == click.request,
        "bytes": row.delivered_digest == digest_of(delivered),
        "record": len(recorded) == len(row.copies),
        "binding": all(one.bond.digest == one.binding for one in recorded),
        "stamp": _told(delivered, len(row.copies)) == [(one.bond.stamp, count) for one, count in zip(recorded, pages, strict=True)],
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
