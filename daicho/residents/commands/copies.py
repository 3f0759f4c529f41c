"""複数部数の交付 — several copies in one act: each with a 発行番号 and a bond of its own, all of them or none. std 5.5, 10.7 (N-5.5-05, N-10.7-02)."""

from __future__ import annotations

from uuid import UUID, uuid5

from daicho.audit.actor import Actor
from daicho.certificates.request import CertificateRequest
from daicho.residents.commands.bundles import bind, whole_of
from daicho.residents.commands.certificates import Printing, issue
from daicho.residents.commands.handing_over import Click, issued_once
from daicho.residents.models import CertificateIssue, Visit
from daicho.residents.queries.certificates import Wanted


def issue_copies(
    actor: Actor, visit: Visit, wanted: Wanted, request: CertificateRequest, purpose: str, click: Click, copies: int, confirmed: str, printing: Printing
) -> bytes:
    """So many copies as one file, in the order of their numbers. Raises what `certificates.issue` raises; then nothing is issued.

    The first bears the click's own name, so that a second click is known; the others' follow from it.
    """
    with issued_once(click.once):
        made = [
            issue(actor, visit, wanted, request, purpose, Click(_name(click.once, no), click.request), confirmed, printing) for no in range(copies)
        ]  # fmt: skip
        rows = {row.public_id: row for row in CertificateIssue.objects.filter(public_id__in=[each.once for each in made])}
        issues = [rows[each.once] for each in made]
        return bind(actor, click, "copies", issues, whole_of(issues, [each.pdf for each in made]))


def _name(once: UUID, no: int) -> UUID:
    return once if no == 0 else uuid5(once, str(no))
