"""エラー・アラートの画面 — each with its code, 項目, 理由 and 対応方法, where it is typed, where it is examined, and on the list of all. std 11.1 (N-11.1-04, -06, -07)."""

from __future__ import annotations

import re
from datetime import date

import pytest

from daicho.residents.models import Filing
from daicho.residents.rules.problems import CATALOGUE
from tests.cast import HANAKO, TARO
from tests.residents import counter
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import begin_move_in, enter, entered_move_in, form_of, move_in_data, open_visit

pytestmark = pytest.mark.django_db
LATE = {"effective_on": "令和8年3月1日"}


def code_links(answer: object) -> list[str]:
    """The codes that lead to their entries in a window of their own."""
    return re.findall(r'href="/problems/#([A-Z]\d{3})" target="_blank" rel="noopener"', answer.content.decode())  # type: ignore[attr-defined]


def test_エラーもアラートも一度に符号と項目と理由と対応方法で知らせる(clerk):
    """N-11.1-07; domain §11: beside the field and in the summary, everything typed still there."""
    open_visit()
    filing = begin_move_in(clerk, 2)
    data = move_in_data([TARO, HANAKO], **LATE, filer="agent") | {"m1-sex_code": ""}
    answer = clerk.post(f"/filings/{filing}/enter/", data)
    assert answer.status_code == 422
    assert code_links(answer) == ["A001", "D102", "B102"]
    page = visible(answer)
    for item, reason, action, article in (
        ("届出人の氏名", "届出人が代理人ですが、届出人の氏名が入力されていません。", "代理人の氏名を入力してください", "法第27条第3項"),
        ("届出日・申出日", "届出が異動日から14日を過ぎています。", "理由を確かめ、届出期間経過通知の要否を確認してください", "法第52条第2項"),
        ("2人目　性別", "性別が空欄です。", "届書を確かめて入力してください。空欄のまま進めることもできます", "法第7条"),
    ):
        assert page.count(f"{reason}{action}（{article}）。") == 2  # in the summary and beside the field
        assert re.search(rf"{item} ?： ?{reason}", page), item
    assert re.search(r"（法第7条）。　 ?B102", page)
    assert form_of(answer)["f-effective_on"] == "令和8年3月1日"


def test_欄のない問題もだれの何のことかを示す(clerk):
    """N-11.1-07: 項目 also where no field bears its name."""
    taro, hanako = [w.person.public_id for w in counter.register("domestic_move_in", counter.move_in_form([TARO, HANAKO]))]
    open_visit()
    filing = clerk.post(f"/filings/new/relocation/{taro}/", {"everybody": "yes"}).url.strip("/").split("/")[1]
    counter.removed(hanako, date(2026, 4, 5))
    data = {"f-effective_on": "令和8年4月9日", "f-filed_on": "令和8年4月10日", "f-filer": "self", "f-address": "色内1丁目3番5号", "f-household_choice": "same"}
    answer = clerk.post(f"/filings/{filing}/enter/", {**data, "people": "2"})
    assert code_links(answer) == ["P001"]
    assert re.search("2人目　対象者 ?： ?この者は消除されています。", visible(answer))


def test_ほかの届出が持つ世帯の届出は符号とともに断られる(clerk):
    """N-4.0.8-04; domain §11 E: 仮登録中の者への別異動."""
    counter.enter("domestic_move_in", counter.move_in_form([TARO]))
    open_visit()
    filing = begin_move_in(clerk)
    data = move_in_data([TARO], address="色内1丁目3番5号")
    answer = clerk.post(f"/filings/{filing}/enter/", data)
    assert (answer.status_code, code_links(answer)) == (409, ["C001"])
    assert "この届出は、いま仮登録できません。" in visible(answer) and "に仮登録した異動" in visible(answer)
    assert form_of(answer)["f-address"] == "色内1丁目3番5号"


def test_照合する職員は確かめたアラートを符号と文言と理由で見る(clerk, examiner):
    """design §3; N-11.1-06."""
    open_visit()
    row = entered_move_in(clerk, [TARO], **LATE)
    assert list(Filing.objects.get(pk=row.pk).overrides) == ["D102::filed_on"]
    answer = examiner.get(f"/filings/{row.public_id}/examination/")
    assert code_links(answer) == ["D102"]
    page = visible(answer)
    assert "届出が異動日から14日を過ぎています。" in page and "届出人に確かめた（小林　窓子）" in page


def test_照合する職員は仮登録の後に生じたエラーを項目とともに見る(clerk, examiner):
    """N-11.1-03, -07."""
    [taro] = [w.person.public_id for w in counter.register("domestic_move_in", counter.move_in_form([TARO]))]
    open_visit()
    filing = clerk.post(f"/filings/new/relocation/{taro}/", {"everybody": "yes"}).url.strip("/").split("/")[1]
    data = {"f-effective_on": "令和8年4月9日", "f-filed_on": "令和8年4月10日", "f-filer": "self", "f-address": "色内1丁目3番5号", "f-household_choice": "same"}
    enter(clerk, filing, {**data, "people": "1"})
    counter.removed(taro, date(2026, 4, 10))
    answer = examiner.get(f"/filings/{filing}/examination/")
    assert "P001" in code_links(answer)
    assert re.search("1人目　対象者 ?： ?この者は消除されています。", visible(answer))
    assert 'name="do" value="register"' not in answer.content.decode()


def test_一覧は権利のない職員にも開きどの符号の説明もある(stranger, clerk):
    """N-11.1-07: for everybody at work, from the main menu."""
    for one in (stranger, clerk):
        answer = one.get("/problems/")
        assert re.findall(r'<tr id="([A-Z]\d{3})"', answer.content.decode()) == list(CATALOGUE)
        assert "{" not in visible(answer).replace("{}", "")
        assert 'href="/problems/"' in one.get("/").content.decode()
    assert "届出が異動日から〔日数〕日を過ぎています。" in visible(answer)


@pytest.mark.parametrize(
    ("words", "found"),
    [("D102", ["D102"]), ("ｄ１０２", ["D102"]), ("除票　アラート", None), ("そのような言葉はない", []), ("", list(CATALOGUE))],
)
def test_一覧は符号や言葉で絞り込める(clerk, words: str, found: list[str] | None):
    answer = clerk.post("/problems/", {"words": words})
    shown = re.findall(r'<tr id="([A-Z]\d{3})"', answer.content.decode())
    assert shown == found if found is not None else {"N102", "N103"} <= set(shown) < {e.code for e in CATALOGUE.values() if not e.blocks}
    assert ("当てはまるものがありません" in visible(answer)) is (found == [])


def test_一覧は文を三つしか送らない(clerk, django_assert_num_queries):
    """Whatever the length of the list: the officer's session and rights, and the visitor in hand."""
    clerk.get("/problems/")
    with django_assert_num_queries(3):
        clerk.get("/problems/")
