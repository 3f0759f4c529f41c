"""世帯主のいない世帯の画面 — from the 本登録 by which a 世帯主 was gone to the choice, in one flow. std 4.0.4, 4.0.5."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho.residents.models import HeadLetter, SheetCurrent
from tests.cast import HANAKO, ICHIRO, JIRO, TARO, Role
from tests.residents import counter
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import enter, form_of, open_visit, register
from tests.residents.screens.test_removal_screens import DEATH, begin

pytestmark = pytest.mark.django_db


def family_of(*roles: Role, **texts: str) -> list[UUID]:
    return [w.person.public_id for w in counter.register("domestic_move_in", counter.move_in_form(roles, **texts))]


def test_世帯主の転出の本登録から続けて世帯主を職権で定める(clerk, examiner):
    """N-4.0.4-05, N-4.0.5-01, -02: both choices on one page; the form knows who becomes 世帯主, and asks whose child 一郎 is (N-4.1.4.2-*)."""
    taro, hanako, _ = family_of(TARO, HANAKO, ICHIRO)
    open_visit()
    filing = begin(clerk, "move_out", taro, person=[str(taro)])
    form = {"f-effective_on": "令和8年4月10日", "f-planned_municipality_code": "旭川市", "f-filer": "self"}
    enter(clerk, filing, form_of(clerk.get(f"/filings/{filing}/")) | form)
    register(examiner, filing)
    result = clerk.get(f"/filings/{filing}/result/")
    assert "世帯主のいない世帯になりました" in visible(result) and f'href="/headless/{hanako}/"' in result.content.decode()
    choice = visible(clerk.get(f"/headless/{hanako}/"))
    assert "職権で定める" in choice and "定めない" in choice and "転出（令和8年4月10日）" in choice
    begun = clerk.post(f"/headless/{hanako}/appoint/", {"head": str(hanako)})
    filing = UUID(begun.url.strip("/").split("/")[1])
    form = form_of(clerk.get(f"/filings/{filing}/"))
    assert (form["m0-relationship"], form["m1-relationship"]) == ("世帯主", "")
    enter(clerk, filing, form | {"m1-relationship": "子", "f-effective_on": "令和8年4月10日", "f-reason": "転出の後、届出がない"})
    register(examiner, filing)
    assert f"世帯主変更通知書の宛先： {HANAKO.name}" in visible(examiner.get(f"/filings/{filing}/result/"))
    assert "この世帯には、いま世帯主がいます" in visible(clerk.get(f"/headless/{hanako}/", follow=True))


def test_定めないことを選ぶと対象者リストに載る(clerk, examiner):
    """N-4.0.5-01, -03, -04: without a visitor too."""
    taro, _, ichiro = family_of(TARO, HANAKO, ICHIRO)
    open_visit(identity_check="not_needed")
    filing = begin(clerk, "death", taro, person=[str(taro)])
    enter(clerk, filing, form_of(clerk.get(f"/filings/{filing}/")) | DEATH)
    register(examiner, filing)
    menu = clerk.get("/filings/new/")
    assert "/headless/" in menu.content.decode() and "いま1世帯" in visible(menu)
    page = visible(clerk.get("/headless/"))
    assert "まだ選んでいない世帯 1世帯" in page and "対象者リスト" not in page
    page = visible(clerk.post(f"/headless/{ichiro}/leave/", follow=True))
    assert "世帯主変更依頼通知書の対象者リスト 1世帯" in page and HANAKO.name in page and "まだ選んでいない世帯" not in page
    assert HeadLetter.objects.get().get_kind_display() == "世帯主変更依頼通知書"
    assert "/leave/" not in clerk.get("/headless/").content.decode()


def test_これからの転出ではその日に一覧に載ることを知らせる(clerk, examiner):
    """N-4.0.4-05 of a 転出予定: nobody is without a 世帯主 yet."""
    taro, *_ = family_of(TARO, HANAKO, ICHIRO)
    open_visit()
    filing = begin(clerk, "move_out", taro, person=[str(taro)])
    form = {"f-effective_on": "令和8年5月1日", "f-planned_municipality_code": "旭川市", "f-filer": "self"}
    enter(clerk, filing, form_of(clerk.get(f"/filings/{filing}/")) | form)
    register(examiner, filing)
    page = visible(clerk.get(f"/filings/{filing}/result/"))
    assert "世帯主の転出は予定です" in page and "世帯主のいない世帯になりました" not in page


def test_使わない市では案内も一覧も出ない(clerk, examiner):
    """N-4.0.5-06."""
    counter.city_decides("head_letters", False)
    taro, hanako, _ = family_of(TARO, HANAKO, ICHIRO)
    open_visit(identity_check="not_needed")
    filing = begin(clerk, "death", taro, person=[str(taro)])
    enter(clerk, filing, form_of(clerk.get(f"/filings/{filing}/")) | DEATH)
    register(examiner, filing)
    assert "世帯主のいない世帯" not in visible(clerk.get(f"/filings/{filing}/result/"))
    assert "世帯主のいない世帯" not in visible(clerk.get("/filings/new/"))
    for address in ("/headless/", f"/headless/{hanako}/"):
        assert "市の設定により使っていません" in visible(clerk.get(address, follow=True))


def test_一覧は世帯が増えても問い合わせが増えない(clerk):
    """style 14."""

    def counted() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert clerk.get("/headless/").status_code == 200
        return len(caught)

    taro, *_ = family_of(TARO, HANAKO, ICHIRO)
    counter.register("death", counter.death_form(taro))
    one = counted()
    for index, street in ((20, "色内1丁目1番"), (30, "色内1丁目2番")):
        head, *_ = family_of(
            *(Role(index + i, f"乙{index}　{i}", "オツ", "昭和60年1月1日", "1", word) for i, word in enumerate(["世帯主", "子", "子"])), address=street
        )
        counter.register("death", counter.death_form(head))
    assert SheetCurrent.objects.filter(householder_name=None).count() == 6
    assert counted() == one


def test_世帯員の並べ替えの結果には届出日の欄がない(clerk, examiner):
    """An event without a 届出日 has a result page like any other."""
    family = family_of(TARO, HANAKO, JIRO)
    open_visit(identity_check="not_needed")
    filing = begin(clerk, "member_order", family[0])
    enter(clerk, filing, form_of(clerk.get(f"/filings/{filing}/")) | {"f-effective_on": "令和8年4月10日"})
    register(examiner, filing)
    assert "世帯員の並べ替えを本登録しました" in visible(examiner.get(f"/filings/{filing}/result/"))
