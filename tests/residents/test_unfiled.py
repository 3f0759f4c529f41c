"""未届転入と最終登録住所地 — where somebody lived without a 住民票. 住民基本台帳法第9条第1項; std 4.1.1.4, 1.1.14; N-7.1.1.1-17."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daicho.certificates.record import NoteKind
from daicho.certificates.request import CertificateRequest, Requester
from daicho.city.models import Certifier
from daicho.residents.commands import certificates
from daicho.residents.models import SheetCurrent, SheetVersion
from daicho.residents.queries.certificates import choose, read_people
from daicho.residents.queries.history import history
from daicho.residents.rules.cautions import RemarkedVersion, caution_notes
from tests.cast import CLERK, HANAKO, TARO
from tests.paper.tools import text_of
from tests.residents.counter import move_in_form, problems, register, relocation_form, told, visit

pytestmark = pytest.mark.django_db
AT_COUNTER = replace(CLERK, visit_no="1")
LATEST = "北海道札幌市中央区南一条西一丁目1番地"
UNFILED = {
    "unfiled": "yes",
    "previous_municipality_code": "札幌市中央区",
    "previous_address": LATEST,
    "earlier_unfiled_municipality_code": "旭川市",
    "earlier_unfiled_address": "北海道旭川市七条通九丁目48番地",
    "last_registered_municipality_code": "函館市",
    "last_registered_address": "北海道函館市東雲町4番13号",
}


def unfiled(*roles, **texts: str):
    return move_in_form(roles or (TARO,), **{**UNFILED, **texts})


def moved_in(*roles, **texts: str):
    return [w.person.public_id for w in register("domestic_move_in", unfiled(*roles, **texts))]


def test_転入前住所は直近の未届の住所で末尾が未届になる():
    """N-4.1.1.4-01, -02: 函館（登録）→旭川（未届）→札幌（未届）→小樽."""
    moved_in()
    row = SheetCurrent.objects.get()
    assert (row.previous_address, row.previous_municipality_code) == (f"{LATEST}（未届）", "011011")


@pytest.mark.parametrize(
    ("texts", "address", "building"),
    [
        ({"previous_address_building": "南荘1号"}, LATEST, "南荘1号（未届）"),
        ({"previous_address": f"{LATEST}（未届）"}, f"{LATEST}（未届）", None),
        ({"previous_address": "", "earlier_unfiled_address": ""}, None, None),
        ({"previous_address": "不明"}, "不明（未届）", None),
        ({"unfiled": ""}, LATEST, None),
    ],
    ids=["方書がある", "もう書いてある", "わからない", "不明", "未届でない"],
)
def test_未届は住所全体の末尾に一度だけ付く(texts, address, building):
    """N-4.1.1.4-02."""
    moved_in(**texts)
    row = SheetCurrent.objects.get()
    assert (row.previous_address, row.previous_address_building) == (address, building)


def test_最終登録住所地はデータに残り写しには現れない(tmp_path):
    """N-4.1.1.4-02, -03, -04: the paper says 転入前住所（未届） in its box and in the 留意事項, and nothing of 函館."""
    Certifier.objects.create(municipality_code="012033", kind="mayor", title="北海道小樽市長", name="台帳　守", valid_from=date(2025, 1, 1))
    taro = moved_in()[0]
    assert SheetCurrent.objects.get().last_registered_address == "北海道函館市東雲町4番13号"
    asked = CertificateRequest(date(2026, 4, 10), Requester.SELF, frozenset(), use_confirmed=True)
    issued = certificates.issue(CLERK, visit(), certificates.Wanted("juminhyo_personal", taro, frozenset({taro})), asked, "本人の申請")
    paper = "".join(text_of(issued.pdf, tmp_path).split())
    assert paper.count(f"{LATEST}（未届）") == 2
    assert f"【留意事項】未届転入転入前住所{LATEST}（未届）" in paper
    assert "函館" not in paper and "旭川" not in paper


def test_留意事項は異動履歴に付き転居しても証明に残る():
    """N-4.1.1.4-03, N-1.1.14-02: it belongs to the 転入, whose entries still stand."""
    taro = moved_in()[0]
    register("relocation", relocation_form([taro], effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    said = f"未届転入　転入前住所　{LATEST}（未届）"
    assert [line.remark for line in history(AT_COUNTER, taro).lines] == ["", said]
    assert list(SheetVersion.objects.order_by("history_no").values_list("remark", flat=True)) == [said, None]
    [record] = read_people(choose(taro, None, date(2026, 4, 10)), frozenset(), open_numbers=False).subjects.people
    assert [(note.kind, note.text, note.of_present) for note in record.notes] == [(NoteKind.CAUTION, said, True)]


def test_届けた転入には留意事項も未届の文字もない():
    taro = register("domestic_move_in", move_in_form([TARO]))[0].person.public_id
    assert SheetVersion.objects.get().remark is None
    assert "未届" not in (SheetCurrent.objects.get().previous_address or "")
    [record] = read_people(choose(taro, None, date(2026, 4, 10)), frozenset(), open_numbers=False).subjects.people
    assert record.notes == ()


def test_留意事項はその異動の記載が一つでも残る間だけいまのものである():
    """N-1.1.14-04: tied to the entries that its event said."""
    opening = RemarkedVersion((False, date(2026, 4, 1), 1, 1), None, "転入")
    corrected = RemarkedVersion((True, date(2026, 4, 2), 2, 2), frozenset({"address", "address_building"}), "修正")
    half = RemarkedVersion((True, date(2026, 4, 3), 3, 3), frozenset({"address"}), "")
    whole = RemarkedVersion((True, date(2026, 4, 4), 4, 4), frozenset({"address_building"}), "")
    assert [note.of_present for note in caution_notes([half, opening, corrected])] == [True, True]
    assert [(note.text, note.of_present) for note in caution_notes([whole, half, corrected, opening])] == [("転入", True), ("修正", False)]


@pytest.mark.parametrize(
    ("texts", "sent"),
    [
        (
            {},
            [
                ("012025", "last_registered", "北海道函館市東雲町4番13号"),
                ("011011", "unregistered_address", LATEST),
                ("012041", "unregistered_address", "北海道旭川市七条通九丁目48番地"),
            ],
        ),
        (
            {"earlier_unfiled_municipality_code": "", "last_registered_municipality_code": "札幌市中央区", "last_registered_address": ""},
            [("011011", "last_registered", "北海道札幌市中央区")],
        ),
        ({"last_registered_municipality_code": "小樽市", "earlier_unfiled_municipality_code": ""}, [("011011", "unregistered_address", LATEST)]),
        ({"previous_municipality_code": "", "earlier_unfiled_municipality_code": ""}, [("012025", "last_registered", "北海道函館市東雲町4番13号")]),
        ({"unfiled": "", "earlier_unfiled_municipality_code": "", "last_registered_municipality_code": ""}, [("011011", "former_address", LATEST)]),
    ],
    ids=["三つとも", "同じ市には一通", "本市には送らない", "転入前の市区町村がわからない", "未届でない"],
)
def test_転入通知はわかる市区町村のすべてに一通ずつ行く(monkeypatch, texts, sent):
    """法9条1項, N-7.1.1.1-17, domain §2.1 B."""
    posted = told(monkeypatch)
    moved_in(**texts)
    notices = [one.message for one in posted if type(one.message).__name__ == "MoveInNoticeV1"]
    assert [(one.addressee_municipality_code, one.notice_basis, one.former_address) for one in notices] == sent


def test_家族の一人ずつに送る(monkeypatch):
    posted = told(monkeypatch)
    moved_in(TARO, HANAKO)
    notices = [one.message for one in posted if type(one.message).__name__ == "MoveInNoticeV1"]
    assert [(one.name_kanji, one.notice_basis) for one in notices] == [
        (role.name, basis) for role in (TARO, HANAKO) for basis in ("last_registered", "unregistered_address", "unregistered_address")
    ]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ({}, []),
        ({"previous_address": ""}, [("T101", "previous_address")]),
        ({"last_registered_address": "", "last_registered_municipality_code": ""}, [("T102", "last_registered_address")]),
        ({"unfiled": ""}, [("T103", "unfiled")]),
        ({"last_registered_municipality_code": ""}, [("T104", "last_registered_municipality_code")]),
        ({"earlier_unfiled_municipality_code": ""}, [("T104", "earlier_unfiled_municipality_code")]),
    ],
)
def test_食い違う記入は知らせるだけで受理を妨げない(texts, found):
    """法52条2項; domain §11."""
    assert [(code, field) for code, field, blocks in problems("domestic_move_in", unfiled(**texts)) if code.startswith("T")] == found
    assert not [code for code, _, blocks in problems("domestic_move_in", unfiled(**texts)) if blocks]
