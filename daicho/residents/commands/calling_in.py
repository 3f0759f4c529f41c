"""転出証明書の回収 — when a 転出 is cancelled, the papers that were handed over of it are marked as to be called in. std 4.6.0.1, 1.3.8 (N-1.3.8-11)."""

from __future__ import annotations

from collections.abc import Sequence

from daicho import audit, clock, rows
from daicho.audit.actor import Actor
from daicho.residents.commands.writing import Written
from daicho.residents.models import CivilEvent, IssueDisposal
from daicho.residents.models import Filing as FilingRow
from daicho.residents.permissions import Permission
from daicho.residents.queries.move_out_paper import case_named, copies_of
from daicho.residents.rules.disposals import RECOVERED


def call_in(actor: Actor, row: FilingRow, written: Sequence[Written]) -> None:
    """In the transaction of the 取消し. Of whom it is not, nothing is called in. Three statements for a 取消し, none for any other filing."""
    if row.cancels_id_no is None:
        return
    case = case_named(CivilEvent.objects.values_list("request_key", flat=True).get(pk=row.cancels_id_no))
    people = {one.person.pk for one in written}
    for copy in copies_of([case]):
        if any(one.kind in RECOVERED for one in copy.disposals.all()) or not any(subject.person_id in people for subject in copy.subjects.all()):
            continue
        mark = IssueDisposal(
            municipality_code=copy.municipality_code, certificate=copy, convenience=None, kind="to_call_in", reason=f"異動の取消し（届出番号{row.filing_no}）",
            recorded_by=actor.name, recorded_at=clock.now(), office_code=actor.office_code, terminal=actor.terminal,
        )  # fmt: skip
        rows.insert([mark])
        detail = {"certificate_no": copy.certificate_no, "disposal": "to_call_in", "filing_no": row.filing_no}
        audit.record(actor, Permission.FILING_REGISTER, [one.person.public_id for one in written], detail=detail)
