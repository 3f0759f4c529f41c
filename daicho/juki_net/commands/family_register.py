"""戸籍の通知の中継 — passes what another municipality's 戸籍 tells on to residents, as it came; nothing of it enters file (2). 住民基本台帳法第9条第2項, 第19条第2項."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from daicho import audit, outbox
from daicho.contracts.family_register_notice_v1 import FamilyRegisterNoticeV1
from daicho.juki_net.commands.move_in import RESIDENTS, find_record
from daicho.juki_net.commands.refusal import refuse_if
from daicho.juki_net.models import municipality_code
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.rules.problems import Problem


def hand_in_family_register(notice: FamilyRegisterNoticeV1, actor: audit.Actor) -> UUID:
    """Post it to residents; returns the id of the new notice. Inside the caller's transaction, which holds the receipt.

    Refused only what is not for this city: whatever else is wrong with it is for residents' clerks. The notices of one person keep their order.
    """
    audit.require(actor, JukiNetPermission.FAMILY_REGISTER_RECEIVE)
    refuse_if([*_not_for_us(notice)])
    known = [record.public_id for person in notice.people if person.juminhyo_code and (record := find_record(person.juminhyo_code))]
    posted = outbox.post(notice, to=RESIDENTS, subjects=outbox.subject_handles(RESIDENTS, known) if known else ())
    audit.record(actor, JukiNetPermission.FAMILY_REGISTER_RECEIVE, subjects=known, detail={"request_control_no": notice.request_control_no[:22]})
    return posted


def _not_for_us(notice: FamilyRegisterNoticeV1) -> Iterator[Problem]:
    if notice.addressee_municipality_code != municipality_code():
        yield Problem("not_for_us", "addressee_municipality_code", "通知の宛先が当市ではありません。宛先の市町村コードを確認してください（法第9条第2項）。")
    if notice.municipality_code == municipality_code():
        yield Problem("from_ourselves", "municipality_code", "送った市区町村が当市になっています。送信元の市町村コードを確認してください。")
