"""転出証明書情報の保持と回答 — keeps what residents certifies of those who leave by 特例, and gives it to the city that asks. 住民基本台帳法第24条の2; G-11.

As 転出地. Nobody sends it anew (N-4.1.3.0.4-06): it lies here until its last day, and whoever asks before gets it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction

from daicho import audit, clock, vault
from daicho.contracts.base import decode, encode
from daicho.contracts.move_out_certificate_info_v1 import MoveOutCertificateInfoV1, MoveOutCertificateWithdrawnV1
from daicho.contracts.move_out_certificate_v1 import MoveOutCertificateAnswerV1, MoveOutCertificateQuestionV1
from daicho.juki_net.commands.refusal import refuse_if
from daicho.juki_net.models import IdentityRecord, MoveOutInfo, MoveOutSubject, municipality_code
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.rules.move_out import info_problems, outside_question_problems
from daicho.juki_net.rules.problems import Problem
from daicho.vault import NumberKind

FOUND, NOT_FOUND = "found", "not_found"
_KIND = "move_out_certificate_info"


def keep_certified(info: MoveOutCertificateInfoV1, actor: audit.Actor) -> None:
    """Keep what is certified, sealed. Inside the caller's transaction, which holds the receipt.

    Raises outbox Refused: everybody on it must be in file (2), for by it they are found; audit.Refused when `actor` is not the intake.
    """
    audit.require(actor, JukiNetPermission.MOVE_OUT_KEEP)
    refuse_if(info_problems(info, municipality_code()))
    records = _by_code([person.juminhyo_code for person in info.certificate.people])
    refuse_if([_UNKNOWN] if len(records) < len(info.certificate.people) else [])
    row = MoveOutInfo.objects.create(
        certificate_id=UUID(info.certificate_id), payload_ref=vault.seal_payload(encode(info)), answer_until=info.answer_until, received_at=clock.now()
    )
    MoveOutSubject.objects.bulk_create(MoveOutSubject(info=row, record=record) for record in records)
    _record(actor, JukiNetPermission.MOVE_OUT_KEEP, records, {"step": "keep", "certificate_id": info.certificate_id})


_UNKNOWN = Problem("unknown_person", "juminhyo_code", "転出する人の本人確認情報がありません。本人確認情報の更新を先に送ってください。")


def withdraw_certified(message: MoveOutCertificateWithdrawnV1, actor: audit.Actor) -> None:
    """The 転出 of these was cancelled: they are certified no more; when nobody is left, all of it is erased. Nothing happens once it was erased."""
    audit.require(actor, JukiNetPermission.MOVE_OUT_KEEP)
    row = MoveOutInfo.objects.select_for_update().filter(municipality_code=municipality_code(), certificate_id=message.certificate_id).first()
    if row is None:
        return
    records = _by_code(message.juminhyo_codes)
    MoveOutSubject.objects.filter(info=row, record__in=records).delete()
    if row.subjects.exists():
        _seal_without(row, frozenset(message.juminhyo_codes), actor)
    else:
        _erase([row], actor, "転出の取消し")
    _record(actor, JukiNetPermission.MOVE_OUT_KEEP, records, {"step": "withdraw", "certificate_id": message.certificate_id})


def _seal_without(row: MoveOutInfo, codes: frozenset[str], actor: audit.Actor) -> None:
    info = _opened(row)
    people = tuple(person for person in info.certificate.people if person.juminhyo_code not in codes)
    before = row.payload_ref
    row.payload_ref = vault.seal_payload(encode(replace(info, certificate=replace(info.certificate, people=people))))
    row.save(update_fields=["payload_ref"])
    vault.erase_payloads([before], reason="転出の取消し", actor=actor)


def answer_other_city(question: MoveOutCertificateQuestionV1, actor: audit.Actor) -> MoveOutCertificateAnswerV1:
    """What is certified of the person asked for, with all who left by the same 届出; not_found when nothing is, or its last day is over.

    Inside the caller's transaction. Raises outbox Refused for a question that is wrong in itself. Recorded with who asked and for what.
    """
    audit.require(actor, JukiNetPermission.MOVE_OUT_ANSWER)
    refuse_if(outside_question_problems(question, municipality_code()))
    row = _newest(question, clock.today())
    subjects = [each.record for each in row.subjects.select_related("record").order_by("id")] if row else []
    detail = {"question_id": question.question_id, "asked_by": question.municipality_code, "stage": FOUND if row else NOT_FOUND}
    _record(actor, JukiNetPermission.MOVE_OUT_ANSWER, subjects, detail, question.purpose)
    if row is None:
        return MoveOutCertificateAnswerV1(question.question_id, NOT_FOUND, "", None)
    return MoveOutCertificateAnswerV1(question.question_id, FOUND, "", _opened(row).certificate)


def _newest(question: MoveOutCertificateQuestionV1, today: date) -> MoveOutInfo | None:
    """The last that was certified of whom a number names, while it may be given out."""
    by_code = question.juminhyo_code is not None
    kind, number = (NumberKind.JUMINHYO_CODE, question.juminhyo_code) if by_code else (NumberKind.INDIVIDUAL_NUMBER, question.individual_number)
    ref = vault.find(kind, number or "")
    if ref is None:
        return None
    whose = {"subjects__record__juminhyo_code_ref" if by_code else "subjects__record__individual_number_ref": ref}
    return MoveOutInfo.objects.filter(municipality_code=municipality_code(), answer_until__gte=today, **whose).order_by("-received_at").first()


@transaction.atomic
def erase_certified(before: date) -> int:
    """Erase whatever could be asked for until a day before this one; returns how many."""
    actor = audit.Actor.system("juki_net.move_out", JukiNetPermission.MOVE_OUT_KEEP)
    old = list(MoveOutInfo.objects.select_for_update().filter(municipality_code=municipality_code(), answer_until__lt=before))
    MoveOutSubject.objects.filter(info__in=old).delete()
    if old:
        _erase(old, actor, "回答の期限の経過")
    return len(old)


def _erase(rows: Sequence[MoveOutInfo], actor: audit.Actor, reason: str) -> None:
    vault.erase_payloads([row.payload_ref for row in rows], reason=f"転出証明書情報：{reason}", actor=actor)
    MoveOutInfo.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _opened(row: MoveOutInfo) -> MoveOutCertificateInfoV1:
    info = decode(_KIND, 1, vault.open_payload(row.payload_ref))
    assert isinstance(info, MoveOutCertificateInfoV1)  # it was encoded from one
    return info


def _by_code(codes: Sequence[str]) -> list[IdentityRecord]:
    """Those of file (2) who have these 住民票コード. Two statements."""
    refs = vault.find_many(NumberKind.JUMINHYO_CODE, list(codes))
    return list(IdentityRecord.objects.filter(municipality_code=municipality_code(), juminhyo_code_ref__in=refs.values()).order_by("pk"))


def _record(actor: audit.Actor, act: JukiNetPermission, records: Sequence[IdentityRecord], detail: dict[str, str], purpose: str = "") -> None:
    """Without a number and without a name: the person's opaque id says who it is about."""
    audit.record(actor, act, subjects=[record.public_id for record in records], purpose=purpose, detail=detail)
