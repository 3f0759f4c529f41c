"""閲覧の画面をブラウザで — a visitor served from 受付 to the printed certificate with the keyboard; nothing for axe, nothing that scrolls sideways. issue step 7."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def town(committed_db, settings, monkeypatch) -> Iterator[tuple[str, list]]:
    """A family that moved in and of which two moved on, one who left, and one refused notice; an officer with every right."""
    settings.ROOT_URLCONF = "tests.residents.screens.urls"
    from daicho import clock
    from daicho.outbox.models import Delivery
    from daicho.residents.models import Visit
    from tests.cast import FAMILY, SATO, Role
    from tests.residents import counter
    from tests.residents.screens import desks
    from tests.ui.browser import served

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs a loop in this thread; the server has its own
    desks.city()
    desks.register("m.mado", desks.ALL)
    family = [w.person.public_id for w in counter.register("domestic_move_in", counter.move_in_form(FAMILY))]
    [sato] = [w.person.public_id for w in counter.register("domestic_move_in", counter.move_in_form([SATO]))]
    with counter.before_the_font():
        counter.register("domestic_move_in", counter.move_in_form([Role(12, "花園　葛󠄀子", "ハナゾノ　カツコ", "平成元年1月8日", "2", "世帯主")]))
    with clock.at(date(2026, 5, 3)):
        counter.register("relocation", counter.relocation_form(family))
        counter.removed(sato, date(2026, 5, 1))
        stuck = Delivery.objects.order_by("notice__order_no").first()
        Delivery.objects.filter(pk=stuck.pk).update(
            state="refused", attempts=3, reply_code="L01", reply_reason_ja="更新順番号に欠番があります。", replied_at=clock.now()
        )
        Visit.objects.update(closed_at=clock.now())  # the visitors of the past; made-up officers share numbers with accounts
        with served() as address:
            yield address, family


def test_受付から住民票の写しの交付まで(town):
    """N-2.1.*, N-2.2.*, F-1-01, F-1-13: the whole of it without the mouse."""
    from tests.residents.screens.test_filing_browser import Officer
    from tests.ui.browser import browser

    address, family = town
    wrong: list[str] = []
    with browser() as opened:
        clerk = Officer(opened, address, "m.mado", "H01")
        page = clerk.page
        keys = page.keyboard
        clerk.go("/search/")
        page.wait_for_url("**/visit/")
        wrong += clerk.look("visit-first")
        keys.press("F9")
        page.wait_for_selector("#problems")
        wrong += clerk.look("visit-errors")
        page.fill("[name=visitor_name]", "花園　太郎")
        page.check("[name=standing][value=self]")
        page.check("[name=identity_check][value=one_document]")
        page.check("[name=identity_documents][value=my_number_card]")
        page.fill("[name=purpose]", "住民票の写しの請求（勤務先へ提出）")
        keys.press("F9")
        page.wait_for_url("**/search/")
        wrong += clerk.look("search")
        keys.press("F9")
        page.wait_for_selector("#problems")
        wrong += clerk.look("search-errors")
        page.fill("[name=name]", "はなぞの")
        with page.expect_navigation():
            keys.press("Enter")
        wrong += clerk.look("results")
        keys.press("ArrowDown")
        keys.press("Enter")
        page.wait_for_url("**/person/**")
        wrong += clerk.look("person")
        page.locator("form:has([value=individual_number]) button").press("Enter")
        page.wait_for_selector(".number-shown")
        wrong += clerk.look("person-number")
        keys.press("F3")
        page.wait_for_url("**/search/found/")
        keys.press("F2")
        page.wait_for_url("**/search/")
        page.fill("[name=name]", "")
        page.fill("[name=birth]", "H22")
        page.fill("[name=address]", "花園2丁目")
        keys.press("Enter")
        page.wait_for_url("**/search/found/")
        wrong += clerk.look("results-past")
        page.go_back()
        clerk.go(f"/person/{family[0]}/")
        keys.press("F7")
        page.wait_for_url("**/history/")
        wrong += clerk.look("history")
        keys.press("F8")
        page.wait_for_url("**/compare/**")
        wrong += clerk.look("compare")
        page.go_back()
        page.fill("[name=day]", "令和8年4月20日")
        keys.press("Enter")
        page.wait_for_url("**/as-of/")
        wrong += clerk.look("as-of")
        clerk.go(f"/person/{family[0]}/")
        keys.press("F8")
        page.wait_for_url("**/certificate/")
        wrong += clerk.look("certificate")
        page.check("[name=shown][value=head_name]")
        with page.expect_response(re.compile("/look/")):
            page.check("[name=shown][value=individual_number]")
        with page.expect_response(re.compile("/look/")):
            page.check("[name=shown][value=juminhyo_code]")
        page.wait_for_selector("#preview .summary--error")
        wrong += clerk.look("certificate-refused")
        with page.expect_response(re.compile("/look/")):
            page.uncheck("[name=shown][value=juminhyo_code]")
        page.wait_for_selector("#preview .sheet-of-paper")
        wrong += clerk.look("certificate-ready")
        with page.context.expect_event("response", lambda answer: answer.url.endswith("/issue/")) as issued:
            keys.press("F9")
        assert issued.value.headers["content-type"] == "application/pdf", issued.value.status
        clerk.go(f"/person/{family[0]}/certificate/")
        page.wait_for_selector("caption#issued:has-text('1件')")
        wrong += clerk.look("certificate-issued")
        clerk.go(f"/person/{family[0]}/")
        keys.press("F10")
        page.wait_for_url("**/trail/")
        wrong += clerk.look("trail")
        clerk.go("/notices/")
        wrong += clerk.look("notices")
        page.click("table a >> nth=-1")
        page.wait_for_url(re.compile("/notices/.+"))
        wrong += clerk.look("notice")
        clerk.go("/visit/")
        wrong += clerk.look("visit-in-hand")
        keys.press("F12")
        page.wait_for_selector("[name=visitor_name]")
        wrong += clerk.look("visit-next")
    assert wrong == [], "\n".join(wrong)
