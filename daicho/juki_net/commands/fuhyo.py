"""戸籍附票記載事項通知の中継 — passes it on as it is to the municipality of the 本籍; nothing enters file (2). 住民基本台帳法第19条第1項; G-23."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from daicho import audit, outbox
from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.juki_net.commands.move_in import OTHER_CITY, find_record
from daicho.juki_net.commands.refusal import refuse_if
from daicho.juki_net.models import IdentityRecord, municipality_code
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.rules.form import fuhyo_problems
from daicho.juki_net.rules.problems import Problem


def pass_on_fuhyo(notice: FuhyoNoticeV1, actor: audit.Actor) -> UUID:
    """Check `notice` and post it to the municipality it names; returns the id of the new notice.

    Inside the caller's transaction, which holds the receipt. Raises outbox Refused (the person must be in file (2), also as 消除: by that record
    their notices keep their order), audit.Refused when `actor` is not the intake.
    """
    audit.require(actor, JukiNetPermission.IDENTITY_UPDATE)
    refuse_if(fuhyo_problems(notice))
    record = find_record(notice.juminhyo_code)
    refuse_if([*_problems(notice, record)])
    assert record is not None
    posted = outbox.post(notice, to=OTHER_CITY, subjects=outbox.subject_handles(OTHER_CITY, [record.public_id]))
    audit.record(actor, JukiNetPermission.IDENTITY_UPDATE, subjects=[record.public_id], detail={"request_control_no": notice.request_control_no})
    return posted


def _problems(notice: FuhyoNoticeV1, record: IdentityRecord | None) -> Iterator[Problem]:
    if notice.municipality_code != municipality_code():
        yield Problem("other_city", "municipality_code", "住所地の市町村コードが当市のものではありません。送信元の値を確認してください。")
    if notice.addressee_municipality_code == municipality_code():
        yield Problem(
            "to_ourselves", "addressee_municipality_code", "附票通知の宛先が当市になっています。本籍地の市町村コードを確認してください（法第19条第1項）。"
        )
    if record is None:
        yield Problem("unknown", "juminhyo_code", "この人の本人確認情報がありません。本人確認情報の更新を先に送ってください。")
