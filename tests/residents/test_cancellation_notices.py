"""取消しの通知 — 市町村CS is told of each 取消し by the 更新事由 of what it does, so that it can take every update in turn; of nothing else. 法30条の6; F-2-22."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest

from daicho import clock, vault
from daicho.contracts import base
from daicho.contracts.identity_info_v1 import IdentityInfoV1
from daicho.juki_net.rules.checks import update_problems
from daicho.juki_net.rules.derive import NumberRefs, next_items
from daicho.juki_net.rules.form import form_problems
from daicho.outbox.envelope import Envelope
from daicho.outbox.models import Notice
from daicho.residents.models import SheetCurrent
from daicho.residents.queries.proof import prove
from tests.cast import ICHIRO, TARO
from tests.residents.cancelling import cancel, current, event_of, of_person, problems_of_cancel
from tests.residents.counter import birth_form, death_form, household_form, move_in_form, move_out_form, notice_form, register, relocation_form, stock, turn_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    return [w.person.public_id for w in register("domestic_move_in", move_in_form())]


def told() -> dict[str, list[IdentityInfoV1]]:
    """By 住民票コード every update that was posted, in order."""
    refs = Notice.objects.filter(kind="identity_info").order_by("order_no").values_list("payload_ref", flat=True)
    found = defaultdict(list)
    for ref in refs:
        info = base.read(Envelope, vault.open_payload(ref)).message()
        found[info.juminhyo_code].append(info)
    return found


@pytest.fixture(autouse=True)
def accepted():
    """After every test: 市町村CS, asked in turn, refuses none of them."""
    yield
    for infos in told().values():
        items = None
        for info in infos:
            assert not list(form_problems(info))
            after = next_items(items, info, NumberRefs(1, 2, None), "1", clock.now())
            assert update_problems(items, after, info.municipality_code) == (), info.event_reason
            items = after


def reasons(code: str) -> list[tuple[str, str | None]]:
    return [(info.event_reason, info.event_reason_detail) for info in told()[code]]


def test_転居の取消しは職権修正の取消しとして元の住所を知らせる(family):
    register("relocation", relocation_form(family, effective_on="令和8年4月8日", filed_on="令和8年4月10日"))
    cancel(event_of("relocation"))
    infos = told()[TARO.juminhyo_code]
    assert [(i.event_reason, i.event_reason_detail) for i in infos] == [
        ("move_in", "from_municipality"),
        ("relocation", None),
        ("correction_ex_officio", "cancelled"),
    ]
    assert infos[0].address == infos[2].address and [i.update_sequence_no for i in infos] == [1, 2, 3]


def test_死亡の取消しは職権記載の取消しとしてその人だけを知らせる(family):
    """The one who became 世帯主 by it is corrected, and nothing of theirs is identity information."""
    register("death", death_form(family[0]))
    posted = Notice.objects.filter(kind="identity_info").count()
    cancel(event_of("death"))
    assert reasons(TARO.juminhyo_code)[-1] == ("entry_ex_officio", "cancelled")
    assert Notice.objects.filter(kind="identity_info").count() == posted + 1


def test_転入の取消しは職権消除の取消しとして知らせもう一度の転入も届く(family):
    cancel(event_of("domestic_move_in"))
    assert reasons(TARO.juminhyo_code)[-1] == ("removal_ex_officio", "cancelled")
    register("domestic_move_in", of_person(move_in_form([TARO], effective_on="令和8年3月30日"), family[0]))
    assert reasons(TARO.juminhyo_code)[-1] == ("move_in", "from_municipality")


def test_出生の取消しともう一度の出生は同じ住民票コードで届く(family):
    """std 1.1.13: the same child, the same 宛名番号, the same code."""
    [code] = stock(1)
    child = {"resident_kind": "1", "name_kanji": "花園　三郎", "name_kana": "ハナゾノ　サブロウ", "sex_code": "1", "relationship": "子"}
    texts = {"registered_domicile": "北海道小樽市花園一丁目1番地", "family_register_head_name": TARO.name}
    form = birth_form(current(family[0]).household_no or "", [child | texts])
    [born] = register("birth", form)
    cancel(event_of("birth"))
    register("birth", of_person(form, born.person.public_id))
    assert reasons(code) == [("birth", None), ("removal_ex_officio", "cancelled"), ("birth", None)]
    assert born.person.sheets_current.count() == 2


def test_世帯の届出の取消しは知らせない(family):
    """domain §2.1: 続柄 and 世帯主 are no identity information."""
    posted = Notice.objects.filter(kind="identity_info").count()
    register("head_change", household_form(family, ["夫", "世帯主", "子", "子"]))
    cancel(event_of("head_change"))
    assert Notice.objects.filter(kind="identity_info").count() == posted


def test_予定日前の転出の取消しは何も知らせず予定日後なら現存に戻すと知らせる(family):
    """N-4.6.0.1-15: neither raises an alert of its own; a removal that lay ahead was never told."""
    register("move_out", move_out_form(family[2:3], "令和8年4月20日"))
    posted = Notice.objects.filter(kind="identity_info").count()
    assert problems_of_cancel(event_of("move_out")) == []
    cancel(event_of("move_out"))
    assert (Notice.objects.filter(kind="identity_info").count(), event_of("cancellation").standard_code) == (posted, "異動の取消し（修正）")
    assert current(family[2]).planned_move_out_date is None
    register("move_out", move_out_form(family[2:3], "令和8年4月9日"))
    with clock.at(date(2026, 4, 12)):
        assert problems_of_cancel(event_of("move_out")) == []
        cancel(event_of("move_out"))
    assert reasons(ICHIRO.juminhyo_code)[-2:] == [("move_out", "to_municipality"), ("entry_ex_officio", "cancelled")]
    assert event_of("cancellation").standard_code == "異動の取消し（増）" and current(family[2]).closed_on is None


def test_転入通知を送った転入の取消しは前住所地への連絡を促す(family):
    """法9条1項: nothing recalls the notice; an alert, answered with its reason."""
    found = problems_of_cancel(event_of("domestic_move_in"))
    assert [(code, blocks) for code, _, blocks in found] == [("Z101", False)] * 4 and "前住所地の市区町村に取消しを知らせて" in found[0][1]


RECEIVED = "move_in_notice_received"


def test_消除を早めた転入通知の受理の取消しは予定日までの現存に戻す(family):
    """N-4.6.0.1-15: no alert for that reason; 法30条の6: a resident again."""
    register("move_out", move_out_form(family[2:3], "令和8年5月1日"))
    with clock.at(date(2026, 4, 25)):
        register(RECEIVED, notice_form(family[2]))
        assert problems_of_cancel(event_of(RECEIVED)) == []
        cancel(event_of(RECEIVED))
    row = current(family[2])
    assert (row.closed_on, row.confirmed_move_out_date, row.planned_move_out_date) == (date(2026, 5, 1), None, date(2026, 5, 1))
    assert reasons(ICHIRO.juminhyo_code)[-2:] == [("move_out", "to_municipality"), ("entry_ex_officio", "cancelled")]
    assert event_of("cancellation").standard_code == "異動の取消し（増）"
    with clock.at(date(2026, 5, 1)):
        turn_to(date(2026, 5, 1))
    assert reasons(ICHIRO.juminhyo_code)[-1] == ("move_out", "to_municipality")


def test_予定日の後に受理した転入通知の取消しは除票だけを直し知らせない(family):
    """N-4.6.0.1-15; fold.md 14: what a 除票 says as such may be cancelled; 市町村CS knows nothing of it."""
    register("move_out", move_out_form(family[2:3], "令和8年5月1日"))
    with clock.at(date(2026, 5, 10)):
        turn_to(date(2026, 5, 1))
        register(RECEIVED, notice_form(family[2], "令和8年5月3日", filed_on="令和8年5月8日"))
        posted = Notice.objects.filter(kind="identity_info").count()
        assert problems_of_cancel(event_of(RECEIVED)) == []
        cancel(event_of(RECEIVED))
    row = current(family[2])
    assert (row.closed_on, row.confirmed_move_out_date) == (date(2026, 5, 1), None)
    assert (Notice.objects.filter(kind="identity_info").count(), event_of("cancellation").standard_code) == (posted, "異動の取消し（修正）")


def test_古い除票の転入通知の受理を取り消しても新しい住民票が最新のまま(family):
    """fold.md 15: an unchanged row on the newest sheet; std 1.2.1-17."""
    register("move_out", move_out_form(family[2:3], "令和8年5月1日"))
    with clock.at(date(2026, 5, 1)):
        turn_to(date(2026, 5, 1))
    with clock.at(date(2026, 6, 1)):
        back = of_person(move_in_form([replace(ICHIRO, relationship="世帯主")], effective_on="令和8年5月20日", filed_on="令和8年5月20日"), family[2])
        register("domestic_move_in", back)
        register(RECEIVED, notice_form(family[2], "令和8年4月28日", filed_on="令和8年5月10日"))
        cancel(event_of(RECEIVED))
        assert prove().findings == []
    old, new = SheetCurrent.objects.filter(person__public_id=family[2]).order_by("pk")
    assert (old.closed_on, old.confirmed_move_out_date, new.closed_on) == (date(2026, 5, 1), None, None)
    assert new.history_no > old.history_no
