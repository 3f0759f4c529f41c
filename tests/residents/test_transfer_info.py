"""庁内連携への通知 — everybody of whom a department may know something else by an event is told of, with what may be granted and nothing more. S1-11, G-25, D-R2."""

from __future__ import annotations

import json
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho import clock, vault
from daicho.contracts import base
from daicho.contracts.transfer_info_v1 import TransferInfoV1
from daicho.outbox.models import Notice
from daicho.residents.commands import filings, registering
from daicho.residents.models import SheetCurrent
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.transfer_info import Told, is_subject, transfer_changed, transfer_info
from daicho.residents.rules.vocabulary import REASONS
from daicho.values.dates import JapaneseDate
from tests.cast import EXAMINER, FAMILY, NGUYEN, SATO, TARO
from tests.residents.counter import enter, move_in_form, register, relocation_form

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)
MOVES = {"effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日"}


def told() -> list[TransferInfoV1]:
    """What transfers is told, in order."""
    messages = []
    for notice in Notice.objects.filter(destination="transfers").order_by("order_no"):
        body = json.loads(vault.open_payload(notice.payload_ref))
        messages.append(base.decode(body["kind"], body["version"], body["body"].encode()))
    return messages  # type: ignore[return-value]


def test_転入した全員が許可できる項目だけで知らされる():
    """G-25; S1-11; D-R2."""
    written = register("domestic_move_in", move_in_form())
    found = told()
    assert [(one.atena_no, one.history_no) for one in found] == [(w.person.atena_no, 1) for w in written]
    first = found[0].person
    assert first is not None
    assert (first.name_kanji, first.name_kana, first.birth_date, first.sex_code) == (TARO.name, TARO.kana, "S55-03-09", "1")
    assert (first.address, first.household_no, first.relationship, first.householder_name) == (
        "北海道小樽市花園2丁目12番1号", written[0].entries.household_no, "世帯主", TARO.name,
    )  # fmt: skip
    assert (first.event_reason, first.event_date, first.opened_on, first.removed_on) == ("国内転入", "R8-04-01", date(2026, 4, 1), None)


def test_番号も本籍も前住所も知らされない():
    """Data minimisation: neither in the message nor in the sealed envelope."""
    register("domestic_move_in", move_in_form())
    for notice in Notice.objects.filter(destination="transfers"):
        envelope = vault.open_payload(notice.payload_ref).decode()
        for person in FAMILY:
            assert person.individual_number not in envelope and person.juminhyo_code not in envelope
        assert "札幌" not in envelope


def test_世帯主が替わって氏名の写しだけ変わる人も知らされる():
    """The written sheets include those who only stay; their 世帯主氏名 is a granted item."""
    family = [w.person.public_id for w in register("domestic_move_in", move_in_form())]
    before = len(told())
    register("relocation", relocation_form([family[0]], ["世帯主"], household_choice="new", **MOVES))
    after = told()[before:]
    assert len(after) == 4
    assert {one.person.householder_name for one in after if one.person and one.person.relationship != "世帯主"} == {None}


def test_仮登録では何も知らされない():
    """N-4.0.8-14, N-4.0.8-17, N-4.0.8-06."""
    enter("domestic_move_in", move_in_form())
    assert told() == []


def test_外国人は住民票の氏名で知らされる():
    register("domestic_move_in", move_in_form([NGUYEN]))
    [one] = told()
    assert one.person is not None
    assert (one.person.name_kanji, one.person.name_kana) == ("NGUYEN VAN AN", "グエン　ヴァン　アン")


def test_文の数は人数によらない():
    """The speed of 転入: one statement for the handles, whatever the people."""
    register("domestic_move_in", move_in_form([SATO], address="稲穂1丁目9番1号"))  # the first ever makes the keys of the handles
    counts = []
    for people in (FAMILY[:1], FAMILY[1:]):
        filing = enter("domestic_move_in", move_in_form(people, address=f"色内{len(people)}丁目3番5号"))
        filings.examine(EXAMINER, filing)
        with CaptureQueriesContext(connection) as queries:
            registering.register(EXAMINER, filing)
        counts.append(len(queries))
    assert counts[0] == counts[1], counts


ENTRIES = SheetEntries(
    name_kanji=TARO.name, birth_date=JapaneseDate.parse("昭和55年3月9日"), address="北海道小樽市花園2丁目12番1号", opened_on=date(2020, 4, 1), sex_code="1"
)
WHEN = Told("1000000019", 3, clock.now(), "死亡", JapaneseDate.of(TODAY))


@pytest.mark.parametrize(
    ("closed_on", "reason", "subject"),
    [
        (None, None, True),
        (TODAY - timedelta(1), "move_out", True),
        (TODAY + timedelta(9), "move_out", True),
        (TODAY, "ex_officio_removal", True),
        (TODAY, "death", False),
        (TODAY - timedelta(100), "death", False),
    ],
)
def test_死亡により消除された者だけが対象でない(closed_on: date | None, reason: str | None, subject: bool):
    """評価書II(1)2③: 死亡による削除を除く。"""
    assert is_subject(ENTRIES.but(closed_on=closed_on, removal_reason_code=reason), TODAY) == subject
    assert REASONS["death"] == "死亡"


def test_死亡した者については宛名番号と履歴番号だけを知らせる():
    info = transfer_info(ENTRIES.but(closed_on=TODAY, removal_reason_code="death"), WHEN, TODAY)
    assert (info.atena_no, info.history_no, info.person) == ("1000000019", 3, None)


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ({"address": "北海道小樽市色内1丁目3番5号"}, True),
        ({"relationship": "妻"}, True),
        ({"householder_name": "花園　花子"}, True),
        ({"closed_on": TODAY}, True),
        ({"registered_domicile": "北海道小樽市"}, False),
        ({"nhi_qualified_flag": True, "nhi_acquired_date": TODAY}, False),
        ({"individual_number": 5}, False),
        ({"remarks": "備考"}, False),
    ],
)
def test_課に知らせる項目が変わったときだけ知らせる(change: dict[str, object], changed: bool):
    """What a department wrote (30–49) tells nobody: it does not come back to it."""
    assert transfer_changed(ENTRIES, ENTRIES.but(**change)) == changed


def test_通知は出来事と人の符丁を持つ():
    """design §5: order per person."""
    written = register("domestic_move_in", move_in_form([TARO]))
    [notice] = Notice.objects.filter(destination="transfers")
    [current] = SheetCurrent.objects.all()
    assert notice.because_event == written[0].version.event_id
    assert len(notice.subjects) == 1
    assert UUID(hex=notice.subjects[0]) != current.person.public_id
