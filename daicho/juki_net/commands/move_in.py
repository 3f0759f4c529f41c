"""転入通知の中継 — passes 転入通知 on, ours to the former municipality and theirs to residents; nothing enters file (2). 住民基本台帳法第9条第1項; G-10, S2-11."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from daicho import audit, outbox, vault
from daicho.contracts.move_in_notice_v1 import MoveInNoticeV1
from daicho.contracts.move_in_outward_v1 import MoveInOutwardV1
from daicho.juki_net.commands.identity import new_control_no
from daicho.juki_net.commands.refusal import refuse_if
from daicho.juki_net.models import IdentityRecord, municipality_code
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.rules.form import notice_problems
from daicho.juki_net.rules.items import CURRENT
from daicho.juki_net.rules.outward import move_in_to_municipality, move_in_to_residents
from daicho.juki_net.rules.problems import Problem
from daicho.values.numbers import JuminhyoCode

OTHER_CITY = "other_city"
RESIDENTS = "residents"


def pass_on_move_in(notice: MoveInNoticeV1, actor: audit.Actor) -> UUID:
    """Check `notice` and post it to the municipality it names; returns the id of the new notice.

    Inside the caller's transaction, which holds the receipt. Raises outbox Refused (the person must be 現存 in file (2):
    the update comes first), audit.Refused when `actor` is not the intake.
    """
    audit.require(actor, JukiNetPermission.IDENTITY_UPDATE)
    refuse_if(notice_problems(notice))
    record = find_record(notice.juminhyo_code)
    refuse_if([*_problems(notice, record)])
    assert record is not None
    subjects = outbox.subject_handles(OTHER_CITY, [record.public_id])
    outward = move_in_to_municipality(notice, new_control_no())
    posted = outbox.post(outward, to=OTHER_CITY, subjects=subjects)
    audit.record(actor, JukiNetPermission.IDENTITY_UPDATE, subjects=[record.public_id], detail={"request_control_no": outward.request_control_no})
    return posted


def hand_in_move_in(notice: MoveInOutwardV1, sent_on: date, actor: audit.Actor) -> UUID:
    """Post to residents what another municipality sent; returns the id of the new notice. Inside the caller's transaction, which holds the receipt.

    Refused only what is not for this city: whatever else is wrong with it is for residents' clerks (N-4.1.3.1.2-02).
    """
    audit.require(actor, JukiNetPermission.MOVE_IN_RECEIVE)
    refuse_if([*_not_for_us(notice)])
    record = find_record(notice.juminhyo_code)
    subjects = outbox.subject_handles(RESIDENTS, [record.public_id]) if record else ()
    posted = outbox.post(move_in_to_residents(notice, sent_on), to=RESIDENTS, subjects=subjects)
    people = [record.public_id] if record else []
    audit.record(actor, JukiNetPermission.MOVE_IN_RECEIVE, subjects=people, detail={"request_control_no": notice.request_control_no[:22]})
    return posted


def _not_for_us(notice: MoveInOutwardV1) -> Iterator[Problem]:
    if notice.addressee_municipality_code != municipality_code():
        yield Problem("not_for_us", "addressee_municipality_code", "転入通知の宛先が当市ではありません。宛先の市町村コードを確認してください（法第9条第1項）。")
    if notice.municipality_code == municipality_code():
        yield Problem("from_ourselves", "municipality_code", "転入地が当市になっています。送信元の市町村コードを確認してください。")


def find_record(juminhyo_code: str) -> IdentityRecord | None:
    """Who bears the code in file (2); None for nobody, and for what is no code. Two statements."""
    ref = vault.find(vault.NumberKind.JUMINHYO_CODE, juminhyo_code) if JuminhyoCode.is_valid(juminhyo_code) else None
    return IdentityRecord.objects.filter(municipality_code=municipality_code(), juminhyo_code_ref=ref).first() if ref else None


def _problems(notice: MoveInNoticeV1, record: IdentityRecord | None) -> Iterator[Problem]:
    if notice.municipality_code != municipality_code():
        yield Problem("other_city", "municipality_code", "転入地の市町村コードが当市のものではありません。送信元の値を確認してください。")
    if notice.addressee_municipality_code == municipality_code():
        yield Problem(
            "to_ourselves", "addressee_municipality_code", "転入通知の宛先が当市になっています。前住所地の市町村コードを確認してください（法第9条第1項）。"
        )
    if record is None or record.record_status_flag != CURRENT:
        yield Problem("not_current", "juminhyo_code", "この人の本人確認情報が現存していません。本人確認情報の更新を先に送ってください。")
