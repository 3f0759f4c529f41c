"""異動の取消しの更新 — 市町村CS takes the update that a cancelled 異動 brings, and the same 異動 entered again. F-2-22; layouts/codes.csv; std 4.6."""

from __future__ import annotations

from dataclasses import replace

import pytest

from daicho import vault
from daicho.juki_net.models import IdentityRecord
from daicho.vault import NumberKind
from tests.contracts.juki_samples import CODE, MOVE_IN, relocation, removal
from tests.juki_net.sending import deliver

pytestmark = pytest.mark.django_db


def cancelled(reason: str, number: int, **items: object):
    """The whole of the person's items as they are without the 異動."""
    return replace(MOVE_IN, update_sequence_no=number, event_reason=reason, event_reason_detail="cancelled", **items)


def record() -> IdentityRecord:
    return IdentityRecord.objects.get(juminhyo_code_ref=vault.find(NumberKind.JUMINHYO_CODE, CODE))


def test_転居の取消しは職権修正として元の住所に戻す():
    deliver(MOVE_IN)
    deliver(relocation())
    assert deliver(cancelled("correction_ex_officio", 3)).status == "acknowledged"
    assert (record().address, record().event_reason_code, record().event_reason_detail_code) == (MOVE_IN.address, "32", "09")


def test_死亡の取消しは職権記載として現存に戻す():
    deliver(MOVE_IN)
    deliver(removal())
    assert deliver(cancelled("entry_ex_officio", 3)).status == "acknowledged"
    assert (record().record_status_flag, record().event_reason_code) == ("1", "13")


def test_転入の取消しは職権消除として消し同じ転入をもう一度受ける():
    deliver(MOVE_IN)
    assert deliver(cancelled("removal_ex_officio", 2)).status == "acknowledged"
    assert record().record_status_flag == "2"
    assert deliver(replace(MOVE_IN, update_sequence_no=3)).status == "acknowledged"
    assert record().record_status_flag == "1"


def test_取り消した出生はもう一度受け死亡した人の出生は断る():
    """「以前に記録のある人」 is one whose record was due."""
    birth = replace(
        MOVE_IN, event_reason="birth", event_reason_detail=None, previous_municipality_code=None, previous_address=None, previous_address_gaiji_count=None
    )
    deliver(birth)
    deliver(replace(birth, update_sequence_no=2, event_reason="removal_ex_officio", event_reason_detail="cancelled"))
    assert deliver(replace(birth, update_sequence_no=3)).status == "acknowledged"
    deliver(replace(birth, update_sequence_no=4, event_reason="death"))
    assert deliver(replace(birth, update_sequence_no=5)).code == "known_before"


@pytest.mark.parametrize(("reason", "code"), [("entry_ex_officio", "already_current"), ("correction_ex_officio", "ok"), ("removal_ex_officio", "ok")])
def test_取消しも現存と消除の別に合わなければ断る(reason, code):
    """F-2-22: the logical checks hold for a 取消し too."""
    deliver(MOVE_IN)
    assert deliver(cancelled(reason, 2)).code == code


@pytest.mark.parametrize(("detail", "code"), [("naturalised", "ok"), ("nationality_lost", "ok"), ("omission", "already_current")])
def test_帰化や国籍喪失は現存する人の職権記載等として受け同じ人の記録が続く(detail: str, code: str):
    """令12条2項: one person on two sheets, of which one gives way; 脱漏 of a resident is a mistake."""
    deliver(MOVE_IN)
    anew = replace(MOVE_IN, update_sequence_no=2, event_reason="entry_ex_officio", event_reason_detail=detail, name_kanji="花園　安", name_gaiji_count=0)
    assert deliver(anew).code == code
    assert record().record_status_flag == "1"
    assert record().name_kanji == ("花園　安" if code == "ok" else MOVE_IN.name_kanji)
