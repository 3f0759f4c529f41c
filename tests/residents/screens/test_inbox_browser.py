"""受信箱をブラウザで — from the desk to the filled-in 異動 with the keyboard alone; nothing for axe, nothing sideways. domain §4.2, §9; WCAG 2.2 AA."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def town(committed_db, settings, monkeypatch) -> Iterator[tuple[str, list[str]]]:
    """A family of whom a 出生, a 死亡 of nobody sure, a 転居予約 and a withdrawal have come; the ways to these, and a clerk."""
    settings.ROOT_URLCONF = "tests.residents.screens.urls"
    from daicho import clock
    from daicho.residents.models import Visit
    from tests.cast import FAMILY, HANAKO, SATO, TARO
    from tests.residents import counter
    from tests.residents.inbox import application, apply, begin, entries, of, register_notice, tell, withdraw
    from tests.residents.screens import desks
    from tests.ui.browser import served

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs a loop in this thread; the server has its own
    desks.city()
    desks.register("m.mado", desks.ENTERS)
    family = [w.person.public_id for w in counter.register("domestic_move_in", counter.move_in_form(FAMILY))]
    child = entries(name_kanji="花園　春", name_kana="ハナゾノ　ハル", sex_code="2", relationship="子")
    came = [
        tell(register_notice("birth", [of(HANAKO)], newborns=(child,))),
        tell(register_notice("death", [of(TARO, code=SATO.juminhyo_code)], request_control_no="0002")),
        apply(application(FAMILY, "relocation_visit", moving_on=date(2026, 4, 9), new_address="小樽市 花圓町１丁目", application_no="MP-2")),
        apply(application([TARO])),
    ]
    begin(came[3], family[0], in_hand=False)
    came.append(withdraw())
    Visit.objects.update(closed_at=clock.now())
    with served() as address:
        yield address, [f"/received/{row.public_id}/" for row in came]


def test_受信箱をキーボードだけで開き異動を始める(town):
    """N-2.3.*: F8 from the desk, Enter on the first, F9 into the form."""
    from tests.residents.screens.test_filing_browser import Officer
    from tests.ui.browser import browser

    address, ways = town
    wrong: list[str] = []
    with browser() as opened:
        clerk = Officer(opened, address, "m.mado", "H01")
        keys = clerk.page.keyboard
        wrong += clerk.look("desk")
        keys.press("F8")
        clerk.page.wait_for_url("**/received/")
        wrong += clerk.look("inbox")
        for place, way in enumerate(ways):
            clerk.go(way)
            wrong += clerk.look(f"inbox-{place}")
            keys.press("Escape")
        clerk.go("/received/?state=set_aside")
        wrong += clerk.look("inbox-empty")
        clerk.go("/received/")
        clerk.page.wait_for_selector("[data-focus-first]:focus")
        keys.press("Enter")
        clerk.page.wait_for_url("**" + ways[0])
        keys.press("F9")
        clerk.page.wait_for_url("**/filings/*/")
        wrong += clerk.look("inbox-begun")
    assert wrong == []
    assert clerk.complaints == []
