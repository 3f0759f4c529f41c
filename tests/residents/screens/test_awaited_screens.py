"""付番待ちと番号の異動の画面 — from the card to 機構 and back to the card; no number is on a page unasked. 番号法第7条; 法第30条の4; std 4.3, 4.4."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from daicho.residents.models import CertificateIssue, NumberRequest, SheetCurrent
from daicho.values.made_up import made_up_individual_number, made_up_juminhyo_code
from tests.cast import HANAKO, TARO
from tests.residents import counter
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import enter, form_of, open_visit, register
from tests.residents.screens.reading_steps import queries
from tests.residents.screens.test_removal_screens import begin
from tests.residents.test_birth import CHILD

pytestmark = pytest.mark.django_db
NEW = str(made_up_individual_number(9_900_001))


@pytest.fixture
def taro(clerk) -> UUID:
    counter.stock(*range(100))
    return counter.register("domestic_move_in", counter.move_in_form([TARO, HANAKO]))[0].person.public_id


def child_of(taro: UUID, **changes: str) -> UUID:
    home = SheetCurrent.objects.get(person__public_id=taro).household_no
    return counter.register("birth", counter.birth_form(home, [{**CHILD, **changes}]))[0].person.public_id


def passed(clerk, examiner, filing: UUID, **texts: str) -> None:
    enter(clerk, filing, form_of(clerk.get(f"/filings/{filing}/")) | texts)
    register(examiner, filing)


def test_付番待ちが個人票に出て一覧から求め直し取り下げられる(clerk, taro):
    """domain §1.1.14."""
    child = child_of(taro)
    open_visit()
    card = visible(clerk.get(f"/person/{child}/"))
    assert "付番待ち" in card and "個人番号入りの証明書は交付できません" in card and "出生の個人番号を機構に求めました" in card
    page = visible(clerk.get("/awaited/"))
    assert "花園　三郎" in page and "出生" in page and "0日" in page
    request = NumberRequest.objects.get().public_id
    assert "もう一度求めました" in visible(clerk.post(f"/awaited/{request}/again/", follow=True)) and "再要求" in visible(clerk.get("/awaited/"))
    assert "取下げの理由を入力してください" in visible(clerk.post(f"/awaited/{request}/withdraw/", {"reason": ""}, follow=True))
    page = visible(clerk.post(f"/awaited/{request}/withdraw/", {"reason": "誤って求めた"}, follow=True))
    assert "付番を待つ人はいません" in page
    assert "もう処理されています" in visible(clerk.post(f"/awaited/{request}/again/", follow=True))


def test_断られた要求は理由とともに示される(clerk, taro):
    child = child_of(taro)
    counter.answer(NumberRequest.objects.get(), None)
    open_visit()
    for address in ("/awaited/", f"/person/{child}/"):
        page = visible(clerk.get(address))
        assert "要確認" in page and "該当する住民票コードがありません。" in page


def test_番号が届けば個人票から付番待ちが消える(clerk, taro):
    child = child_of(taro)
    counter.answer(NumberRequest.objects.get(), NEW)
    open_visit()
    assert "付番待ち：" not in visible(clerk.get(f"/person/{child}/"))
    assert NEW not in clerk.get(f"/person/{child}/").content.decode()


def test_個人番号の変更は本登録で機構に求め付番待ちに載る(clerk, examiner, taro):
    """N-4.4-02: from the card, through two officers, to the list; then the result has its event."""
    open_visit()
    filing = begin(clerk, "individual_number_change", taro, person=[str(taro)])
    passed(clerk, examiner, filing, **{"f-filer": "self", "f-reason": "通知書類を盗まれた"})
    page = visible(examiner.get(f"/filings/{filing}/result/"))
    assert "個人番号の変更を本登録しました" in page and "機構に新しい個人番号を求めました" in page
    assert "請求による変更" in visible(clerk.get("/awaited/"))
    assert "付番待ち" in visible(clerk.get(f"/person/{taro}/"))
    counter.answer(NumberRequest.objects.get(), NEW)
    assert "個人番号の変更を本登録しました" in visible(examiner.get(f"/filings/{filing}/result/"))


def test_住民票コードの変更は新しい番号が本登録で付くことを示す(clerk, examiner, taro):
    """N-4.3.1-04."""
    open_visit()
    filing = begin(clerk, "juminhyo_code_change", taro, person=[str(taro)])
    enter(clerk, filing, form_of(clerk.get(f"/filings/{filing}/")) | {"f-filer": "self"})
    assert "新しい番号（本登録のときに空き番から付きます）" in visible(examiner.get(f"/filings/{filing}/examination/")).replace(" ", "")
    register(examiner, filing)
    assert "住民票コードの変更を本登録しました" in visible(examiner.get(f"/filings/{filing}/result/"))


@pytest.mark.parametrize(
    ("code", "name", "number"),
    [
        ("juminhyo_code_correction", "juminhyo_code", str(made_up_juminhyo_code(777))),
        ("individual_number_correction", "individual_number", NEW),
    ],
)
def test_修正する番号は審査の画面でも隠れている(clerk, examiner, taro, code, name, number):
    """design §6: typed, sealed, shown to the examiner by right alone."""
    open_visit(identity_check="not_needed")
    filing = begin(clerk, code, taro, person=[str(taro)])
    enter(clerk, filing, form_of(clerk.get(f"/filings/{filing}/")) | {f"m0-{name}": number, "f-reason": "写し間違い"})
    assert number not in examiner.get(f"/filings/{filing}/examination/").content.decode()
    assert number in examiner.post(f"/filings/{filing}/numbers/").content.decode().replace(" ", "")
    register(examiner, filing)
    assert number not in examiner.get(f"/filings/{filing}/result/").content.decode()


def test_請求には本人確認が要り職権の修正には要らない(clerk, taro):
    """法30条の4第2項; 番号法施行令3条."""
    open_visit(identity_check="not_needed")
    for code, asks in (("juminhyo_code_change", True), ("individual_number_change", True), ("individual_number_change_ex_officio", False)):
        answer = clerk.post(f"/filings/new/{code}/{taro}/", {"person": [str(taro)]})
        assert answer.url.startswith("/visit/" if asks else "/filings/")


def test_一覧は待つ人が増えても問い合わせが増えない(clerk, taro):
    """style 14."""
    child_of(taro)
    one = queries(clerk, "get", "/awaited/")
    child_of(taro, name_kanji="花園　四郎", name_kana="ハナゾノ　シロウ")
    assert queries(clerk, "get", "/awaited/") == one


def test_権限がなければ一覧も操作も拒まれる(stranger, taro):
    child_of(taro)
    request = NumberRequest.objects.get().public_id
    assert stranger.get("/awaited/").status_code == 403
    assert stranger.post(f"/awaited/{request}/again/").status_code == 403
    assert stranger.post(f"/awaited/{request}/withdraw/", {"reason": "x"}).status_code == 403


def test_付番待ちの人の個人番号入りの写しは交付できない(clerk, taro):
    """domain §1.1.14; of a household sheet: tests/residents/test_certificate_household.py."""
    child = child_of(taro)
    open_visit()
    first = clerk.get(f"/person/{child}/certificate/").content.decode()
    once = re.search(r'name="once" value="([^"]+)"', first)[1]
    asked = {"certificate": "juminhyo_personal", "purpose": "年金の手続", "shown": ["individual_number"], "people": [str(child)], "once": once}
    answer = clerk.post(f"/person/{child}/certificate/issue/", asked)
    assert "個人番号がまだ記録されていません" in visible(answer) and not CertificateIssue.objects.exists()
