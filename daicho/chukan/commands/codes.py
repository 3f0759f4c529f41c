"""符号の取得 — asks the network core for a person's 符号, and keeps what it gives, here alone. 番号法第21条の2; G-14, S3-01, F-1-56.

The request bears a control number and nobody's name; by it the answer finds its person. The 符号 goes into the vault and is found by
its keyed hash. No screen shows it, no file holds it, no message carries it on.
"""

from __future__ import annotations

import re
from uuid import uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef

from daicho import audit, clock, outbox, vault
from daicho.chukan.commands.persons import hold
from daicho.chukan.commands.refusal import refuse_if
from daicho.chukan.models import LinkageCode, Person
from daicho.chukan.models.columns import municipality_code
from daicho.chukan.permissions import ChukanPermission
from daicho.chukan.rules.form import request_problems
from daicho.chukan.rules.problems import Problem
from daicho.contracts.code_acquisition_v1 import CodeAcquisitionV1
from daicho.contracts.code_request_v1 import CodeRequestV1
from daicho.contracts.linkage_code_v1 import LinkageCodeV1
from daicho.outbox.settings import freshness

NETWORK_CORE = "network_core"
AT_ONCE = 500


def new_control_no() -> str:
    """A 依頼管理番号: the municipality's code and 64 random bits, so that it tells nothing of volume or order."""
    return municipality_code() + uuid4().hex[:16]


def request_code(request: CodeRequestV1, actor: audit.Actor) -> LinkageCode:
    """Ask the core for the 符号 of the number named, unless it is asked for or there already; returns the row.

    Inside the caller's transaction. Raises outbox Refused with every reason in Japanese, audit.Refused when `actor` is not the intake.
    """
    audit.require(actor, ChukanPermission.CODE_ACQUIRE)
    refuse_if(request_problems(request, municipality_code(), clock.now() + freshness()))
    person = hold(request.integrated_atena_no)
    code = LinkageCode.objects.filter(municipality_code=municipality_code(), person=person).order_by("-requested_at").first()
    known = code is not None
    if code is None:
        code = LinkageCode.objects.create(person=person, request_control_no=new_control_no(), requested_at=clock.now())
        message = CodeAcquisitionV1(code.request_control_no, municipality_code(), clock.today())
        outbox.post(message, to=NETWORK_CORE, subjects=outbox.subject_handles(NETWORK_CORE, [person.pk]))
    audit.record(actor, ChukanPermission.CODE_ACQUIRE, subjects=[person.pk], detail={"step": "requested", "known": known})
    return code


def request_missing(actor: audit.Actor, limit: int) -> int:
    """Ask for the 符号 of up to `limit` people for whom nobody asked, oldest first: those of a first load. Returns how many.

    Some at a time, a transaction each: it may be cut off and run again. Raises audit.Refused.
    """
    audit.require(actor, ChukanPermission.CODE_ACQUIRE)
    done = 0
    while done < limit:
        with transaction.atomic():
            people = list(_without_request()[: min(AT_ONCE, limit - done)])
            if not people:
                break
            codes = [LinkageCode(person=person, request_control_no=new_control_no(), requested_at=clock.now()) for person in people]
            LinkageCode.objects.bulk_create(codes)
            handles = outbox.subject_handles(NETWORK_CORE, [person.pk for person in people])
            outbox.post_many(
                outbox.Outgoing(CodeAcquisitionV1(code.request_control_no, municipality_code(), clock.today()), NETWORK_CORE, [handle])
                for code, handle in zip(codes, handles, strict=True)
            )
            audit.record(actor, ChukanPermission.CODE_ACQUIRE, subjects=[person.pk for person in people], detail={"step": "requested", "known": False})
        done += len(people)
    return done


def keep_code(told: LinkageCodeV1, actor: audit.Actor) -> LinkageCode:
    """Keep the 符号 that the core gave for one of our requests. The same one again changes nothing.

    Inside the caller's transaction. Raises outbox Refused: no such request, another 符号 for it, or another person's; audit.Refused.
    """
    audit.require(actor, ChukanPermission.CODE_ACQUIRE)
    code = LinkageCode.objects.select_for_update().filter(municipality_code=municipality_code(), request_control_no=told.request_control_no).first()
    if told.municipality_code != municipality_code() or code is None:
        refuse_if([Problem("unknown_request", "request_control_no", "この依頼管理番号の取得要求はしていません。依頼管理番号を確認してください。")])
    assert code is not None
    refuse_if(_shape_problems(told))
    ref = vault.keep(vault.NumberKind.LINKAGE_CODE, told.linkage_code)
    if code.code_ref is not None and code.code_ref != ref:
        refuse_if([Problem("already_given", "linkage_code", "この取得要求には別の符号を受け取っています。取得要求をやり直してください。")])
    if _is_somebody_elses(ref, code.person):
        refuse_if([Problem("taken", "linkage_code", "同じ符号が別の人に付いています。発行元に確認してください（番号法第21条の2）。")])
    if code.code_ref is None:
        code.code_ref, code.acquired_at = ref, clock.now()
        code.save(update_fields=["code_ref", "acquired_at"])
    audit.record(actor, ChukanPermission.CODE_ACQUIRE, subjects=[code.person_id], detail={"step": "acquired"})
    return code


def person_of(linkage_code: str) -> Person | None:
    """Whose 符号 it is, None when it is nobody's here. Two queries."""
    ref = vault.find(vault.NumberKind.LINKAGE_CODE, linkage_code)
    if ref is None:
        return None
    return Person.objects.filter(municipality_code=municipality_code(), codes__code_ref=ref).first()


def _without_request():  # type: ignore[no-untyped-def]  # Django's queryset
    """Locked, those whom another is about to ask for left out."""
    asked = LinkageCode.objects.filter(municipality_code=municipality_code(), person=OuterRef("pk"))
    people = Person.objects.filter(~Exists(asked), municipality_code=municipality_code(), erased_at=None)
    return people.order_by("first_told_at", "pk").select_for_update(skip_locked=True)


def _shape_problems(told: LinkageCodeV1) -> list[Problem]:
    if re.fullmatch("[0-9a-f]{32}", told.linkage_code):
        return []
    return [Problem("ill_formed", "linkage_code", "符号の形式が違います。発行元の値を確認してください。")]


def _is_somebody_elses(ref: int, person: Person) -> bool:
    return LinkageCode.objects.filter(municipality_code=municipality_code(), code_ref=ref).exclude(person=person).exists()
