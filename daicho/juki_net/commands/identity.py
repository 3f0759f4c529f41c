"""本人確認情報の更新 — takes one update into file (2) and passes it on to the prefecture, in one transaction. 住民基本台帳法第30条の6; G-04, G-05."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from uuid import uuid4

from daicho import audit, clock, outbox, vault
from daicho.contracts.identity_info_v1 import IdentityInfoV1
from daicho.juki_net.commands.blocking import follow_new_code
from daicho.juki_net.commands.refusal import refuse_if
from daicho.juki_net.commands.terms import write_terms
from daicho.juki_net.models import IdentityRecord, IdentityVersion, municipality_code
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.rules.checks import update_problems
from daicho.juki_net.rules.derive import NumberRefs, next_items
from daicho.juki_net.rules.form import form_problems
from daicho.juki_net.rules.items import CURRENT, IdentityItems
from daicho.juki_net.rules.outward import Numbers, update_to_prefecture
from daicho.juki_net.rules.problems import Problem
from daicho.outbox.envelope import Envelope
from daicho.outbox.epochs import sender_was_restored_since

PREFECTURE = "prefecture"


def accept_identity_info(info: IdentityInfoV1, envelope: Envelope, actor: audit.Actor) -> IdentityRecord:
    """Check `info`, which came in `envelope`, write the person's next row and its history, post the update to the prefecture; returns the row.

    The row's 更新順番号 is the last of the file plus one. A sender that was restored tells numbers a second time: its own is kept as item 30.

    Inside the caller's transaction, which holds the receipt. Raises outbox Refused with every reason in Japanese (F-2-22),
    audit.Refused when `actor` is not the intake (F-2-01). The queries do not depend on how much file (2) holds.
    """
    audit.require(actor, JukiNetPermission.IDENTITY_UPDATE)
    refuse_if(form_problems(info))
    refs = _keep_numbers(info)
    record = _lock(refs)
    before = record.to_value() if record else None
    after = next_items(before, info, refs, new_control_no(), _later_than(before))
    problems = update_problems(before, after, municipality_code(), sender_was_restored=_comes_again_after_a_restore(before, after, envelope))
    refuse_if((*problems, *_taken_numbers(record, after)))
    version = _write(record, after)
    record = version.record
    write_terms([(record, after)])
    numbers = Numbers(info.juminhyo_code, info.individual_number, info.old_juminhyo_code)
    subjects = outbox.subject_handles(PREFECTURE, [record.public_id])
    outbox.post(update_to_prefecture(after, numbers), to=PREFECTURE, subjects=subjects, because=version.pk)
    audit.record(
        actor,
        JukiNetPermission.IDENTITY_UPDATE,
        subjects=[record.public_id],
        detail={"update_sequence_no": after.update_sequence_no, "request_control_no": after.request_control_no},
    )
    return record


def new_control_no() -> str:
    """A 依頼管理番号 (item 26): the city's code and 64 random bits, so that it tells nothing of volume or order."""
    return municipality_code() + uuid4().hex[:16]


def _keep_numbers(info: IdentityInfoV1) -> NumberRefs:
    """References of the numbers; when the update is refused, they go with the transaction."""
    code = vault.NumberKind.JUMINHYO_CODE
    return NumberRefs(
        juminhyo_code=vault.keep(code, info.juminhyo_code),
        individual_number=vault.keep(vault.NumberKind.INDIVIDUAL_NUMBER, info.individual_number) if info.individual_number else None,
        old_juminhyo_code=vault.keep(code, info.old_juminhyo_code) if info.old_juminhyo_code else None,
    )


def _lock(refs: NumberRefs) -> IdentityRecord | None:
    """The person's row, locked; by the old code when the update changes it."""
    mine = IdentityRecord.objects.select_for_update().filter(municipality_code=municipality_code())
    return mine.filter(juminhyo_code_ref=refs.old_juminhyo_code or refs.juminhyo_code).first()


def _later_than(before: IdentityItems | None) -> datetime:
    now = clock.now()
    return max(now, before.recorded_at) if before else now


def _comes_again_after_a_restore(before: IdentityItems | None, after: IdentityItems, envelope: Envelope) -> bool:
    """Asked only where a number comes again. By the row and not by the person's handle: whom residents lost comes back as somebody new."""
    if before is None or after.told_sequence_no > before.told_sequence_no:
        return False
    return sender_was_restored_since(before.recorded_at, envelope)


def _taken_numbers(record: IdentityRecord | None, after: IdentityItems) -> list[Problem]:
    """Numbers that already belong to another person of file (2) (spec/domain.md §11)."""
    others = IdentityRecord.objects.filter(municipality_code=municipality_code()).exclude(pk=record.pk if record else None)
    problems = []
    if after.individual_number_ref and others.filter(individual_number_ref=after.individual_number_ref, record_status_flag=CURRENT).exists():
        problems.append(Problem("number_taken", "individual_number", "同じ個人番号の人が現存しています。個人番号を確認してください。"))
    if record is not None and record.juminhyo_code_ref != after.juminhyo_code_ref and others.filter(juminhyo_code_ref=after.juminhyo_code_ref).exists():
        problems.append(Problem("number_taken", "juminhyo_code", "変更後の住民票コードは別の人のものです。住民票コードを確認してください。"))
    return problems


def _write(record: IdentityRecord | None, after: IdentityItems) -> IdentityVersion:
    if record is None:
        record = IdentityRecord.objects.create(**_columns(after))
    else:
        if record.juminhyo_code_ref != after.juminhyo_code_ref:
            follow_new_code(record.juminhyo_code_ref, after.juminhyo_code_ref)
        for name, value in _columns(after).items():
            setattr(record, name, value)
        record.save(force_update=True)
    return IdentityVersion.objects.create(record=record, **_columns(after))


def _columns(items: IdentityItems) -> dict[str, object]:
    return {field.name: getattr(items, field.name) for field in fields(items)}
