"""一括変更の通知 — every room is told of each resident by itself; 市町村CS by 軽微な修正, and takes it. 住基法30条の6; N-9.7-03, -10, -11; N-4.2.3.1-05."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from daicho import contracts
from daicho.outbox.models import Notice
from daicho.residents.models import SheetCurrent
from daicho.residents.rules.definitions import NoticeKind
from daicho.residents.rules.events.address_renamed import ADDRESS_RENAMED
from daicho.values.made_up import made_up_user_certificate_serial
from tests.cast import SATO, TARO
from tests.residents import counter
from tests.residents.counter import move_in_form, register
from tests.residents.renaming import cancelled, prepared, prepared_by_file, worked
from tests.residents.test_cancellation_notices import accepted, reasons, told  # noqa: F401, what 市町村CS says of every update

pytestmark = pytest.mark.django_db
LAYOUTS = Path(__file__).resolve().parents[2] / "layouts"


@pytest.fixture
def family():
    return [w.person.public_id for w in register("domestic_move_in", move_in_form())]


def test_市町村CSには一人ずつ軽微な修正として新しい住所だけを知らせる(family):
    """N-9.7-10, -11: with or without a card; 更新事由 is 軽微な修正 and no 転居; 住定日 is as it was."""
    with_card = replace(SATO, texts={**SATO.texts, "user_certificate_serial": str(made_up_user_certificate_serial(1))})
    register("domestic_move_in", move_in_form([with_card], address="花園2丁目9番1号"))
    worked(prepared())
    for code, infos in told().items():
        before, after = infos
        assert reasons(code)[-1] == ("minor_correction", None)
        assert after.address.startswith("北海道小樽市新花園2丁目")
        assert (after.address_fixed_date, after.previous_address, after.notified_date) == (before.address_fixed_date, before.previous_address, None)
    assert len(told()) == 5


@pytest.mark.parametrize(("room", "people"), [("atena", 4), ("konbini", 4), ("transfers", 4)])
def test_庁内の部屋も一人ずつ知らされる(family, monkeypatch, room, people):
    """N-9.7-03."""
    row = prepared()
    posted = counter.told(monkeypatch, room)
    worked(row)
    assert sum(len(one.subjects) for one in posted) == people
    assert all("新花園" in contracts.encode(one.message).decode() for one in posted)


def test_本籍だけの変更は本人確認情報ではない(family):
    """domain §2.1: 本籍 is none of the five; the certificate data change."""
    person = SheetCurrent.objects.select_related("person").get(person__public_id=family[0])
    count = len(told()[TARO.juminhyo_code])
    before = Notice.objects.filter(kind="certificate_data").count()
    text = f"宛名番号,変更前本籍,変更後本籍\n{person.person.atena_no},{person.registered_domicile},北海道札幌市中央区北一条西1番地\n"
    worked(prepared_by_file(text, kind="domicile"))
    assert len(told()[TARO.juminhyo_code]) == count
    assert Notice.objects.filter(kind="certificate_data").count() == before + 1


def test_取消しも一人ずつ元の住所を知らせる(family):
    row = prepared()
    worked(row)
    cancelled(row)
    assert reasons(TARO.juminhyo_code)[-1] == ("correction_ex_officio", "cancelled")
    assert told()[TARO.juminhyo_code][-1].address == "北海道小樽市花園2丁目12番1号"


def test_附票通知の詳細事項欄に入れる機能も他機関へのデータ提供もない():
    """N-4.2.3.1-05, N-9.7-14, -15 (must_not): a rename tells 市町村CS and the rooms of the house; no message and no layout has such a column."""
    assert {notify.kind for notify in ADDRESS_RENAMED.notices} == {
        NoticeKind.IDENTITY_INFO, NoticeKind.ATENA, NoticeKind.CERTIFICATE_DATA, NoticeKind.TRANSFER_INFO,
    }  # fmt: skip
    assert not [f.name for one in contracts.definitions() if "fuhyo" in one.kind for f in fields(one.message_class) if "detail" in f.name]
    assert not [file.name for file in LAYOUTS.glob("*.csv") if "詳細事項" in file.read_text("utf-8")]
