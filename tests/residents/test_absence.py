"""不在住証明・廃棄済証明の調べと交付 — in doubt somebody is found, hidden or not, and the paper tells nothing of anybody. domain §4.7, §5.8, §7."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from daicho import vault
from daicho.audit.models import AuditEntry
from daicho.certificates.absence import FOUND
from daicho.residents.models import CertificateIssue
from daicho.residents.permissions import Permission
from daicho.residents.rules.blocks import Process, Strength, Term
from tests.cast import HANAKO, NGUYEN, TARO
from tests.residents import counter
from tests.residents.screens import desks
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family
from tests.residents.test_blocks import block

pytestmark = pytest.mark.django_db
ASKED = {"kind": "absence", "name": "花園　次郎左衛門", "address": "北海道小樽市花園2丁目12番1号", "birth_date": "", "removed_on": "", "purpose": "登記のため"}


@pytest.fixture
def taro() -> UUID:
    desks.city()
    return family(TARO, replace(NGUYEN, relationship="同居人"))[0]


def look(clerk, **changed: str):
    return clerk.post("/absence/look/", {**ASKED, **changed})


def once(answer) -> str:
    return answer.content.decode().split('name="once" value="', 1)[1].split('"', 1)[0]


def test_当たる記載が無ければ調べた条件のとおりに出て_条件は封じて残る(taro):
    """The conditions lie sealed beside 交付履歴; nobody is on it, and yet it leaves by the one door."""
    clerk = desk()
    page = look(clerk)
    assert "当たる記載はありません" in visible(page) and "手数料 300円" in visible(page)
    paper = clerk.post("/absence/issue/", {**ASKED, "once": once(page)})
    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")
    row = CertificateIssue.objects.get()
    assert (row.kind, row.fee_yen, row.subjects.count(), row.purpose) == ("absence", 300, 0, "登記のため")
    ref = int(row.case.removeprefix("searched:"))
    assert json.loads(vault.open_payload(ref)) == {"name": ASKED["name"], "address": ASKED["address"], "birth_date": None, "removed_on": None}
    assert clerk.post("/absence/issue/", {**ASKED, "once": str(row.public_id)}).status_code == 409


WRITTEN_OTHERWISE = {
    "そのまま": {"name": TARO.name},
    "番地の書き方": {"name": "花園 太郎", "address": "小樽市花園二丁目１２番地１"},
    "略した住所": {"name": "花園太郎", "address": "花園2-12-1"},
    "方書つき": {"name": TARO.name, "address": "北海道小樽市花園2丁目12番1号　見本荘101"},
    "生年月日も同じ": {"name": TARO.name, "birth_date": TARO.birth},
    "生年だけ": {"name": TARO.name, "birth_date": "昭和55年 月日不詳"},
    "読み": {"name": TARO.kana},
    "ローマ字の小文字": {"name": NGUYEN.texts["foreign_name_alphabet"].lower()},
}
SOMEBODY_ELSE = {
    "違う番地": {"name": TARO.name, "address": "北海道小樽市花園2丁目1番2号"},
    "いない人": {"name": HANAKO.name},
    "違う生年月日": {"name": TARO.name, "birth_date": "昭和54年3月9日"},
    "氏だけ": {"name": "花園"},
}


def test_書き方が違っても同じ人と場所なら見つかり_誰かは示さない(taro):
    clerk = desk()
    for how, written in WRITTEN_OTHERWISE.items():
        page = look(clerk, **written)
        assert (page.status_code, FOUND in visible(page)) == (422, True), how
        assert "/person/" not in page.content.decode()
    refused = clerk.post("/absence/issue/", {**ASKED, "name": TARO.name, "once": "3d1b0f63-4f0e-4f57-9b9d-0a4c8be1c021"})
    assert (refused.status_code, CertificateIssue.objects.count()) == (422, 0)
    known = AuditEntry.objects.filter(action="residents:certificate:issue", detail__step="found")  # the trail knows whom
    assert known.count() == len(WRITTEN_OTHERWISE) + 1 and all(len(one.subjects) == 1 for one in known)


def test_別の人や別の場所は見つからない(taro):
    clerk = desk()
    for how, written in SOMEBODY_ELSE.items():
        assert "当たる記載はありません" in visible(look(clerk, **written)), how


def test_除票にある人も見つかる(taro):
    counter.removed(taro, date(2026, 4, 10), "死亡")
    assert FOUND in visible(look(desk(), name=TARO.name))


def test_照会が抑止されている人も_同じ一文で断り_警告も出さない(taro):
    """domain §7: hidden or not, one sentence and nothing beside it."""
    clerk = desk()
    plain = visible(look(clerk, name=TARO.name))
    block(taro, Term(Process.INQUIRY, Strength.ERROR, date(2026, 4, 1)))
    assert visible(look(clerk, name=TARO.name)) == plain


def test_廃棄済証明は消除された日により_保存している時期のものには出さない(taro):
    """令34条, domain §4.7."""
    clerk = desk()
    assert "当たる記載はありません" in visible(look(clerk, kind="discarded", removed_on="平成20年3月31日"))
    assert "除票の写しとして請求を受けてください" in visible(look(clerk, kind="discarded", removed_on="平成26年6月20日"))
    assert "「消除された日」を入力してください" in visible(look(clerk, kind="discarded"))


def test_権限の無い職員には開かない(taro):
    assert look(desk(Permission.VISIT_OPEN, Permission.PERSON_SEARCH)).status_code == 403


def test_よその住所と読めない日付と様式に無い項目は受け付けない(taro):
    clerk = desk()
    assert "小樽市の外の住所です" in visible(look(clerk, address="北海道札幌市中央区北一条西二丁目1番"))
    assert look(clerk, birth_date="きのう").status_code == 422
    assert look(clerk, unknown="x").status_code == 400
