"""庁内連携の画面をブラウザで — every screen with people in it: nothing for axe, nothing sideways, also at 200 %. issue step 7."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def town(committed_db, settings, monkeypatch) -> Iterator[str]:
    """One department with its grants, told of somebody; a write-back and a refused one; a proposal that waits; two officers."""
    settings.ROOT_URLCONF = "tests.transfers.urls"
    from daicho.transfers.commands import grants
    from tests.contracts.transfer_samples import ENTRY, MOVE_IN
    from tests.transfers.city_hall import PROPOSER, granted, may_write, proposal
    from tests.transfers.officers import signed_in
    from tests.transfers.sending import deliver, pull, told
    from tests.ui.browser import served

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs a loop in this thread; the server has its own
    granted()
    granted("001", method="within_ten_minutes")
    may_write()
    grants.propose(PROPOSER, proposal("021"))
    told(MOVE_IN)
    deliver(ENTRY, sender="departments")
    deliver(replace(ENTRY, entry_no="E-0002", sequence_no=9), sender="departments")
    pull("0402", "003")
    for login in ("n.ogawa", "t.honma"):
        signed_in(login)
    with served() as address:
        yield address


def enter(opened, address: str, login: str):
    """A page of an officer who has signed in (taking over the sign-in of the set-up)."""
    from tests.transfers.officers import PASSWORD, TERMINALS
    from tests.ui.browser import COUNTER

    page = opened.new_context(**COUNTER).new_page()
    page.goto(f"{address}/sign-in/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    if page.locator("select[name=terminal]").count():
        page.select_option("select[name=terminal]", TERMINALS[login])
    with page.expect_navigation():
        page.keyboard.press("Enter")
    if page.locator("[name=take_over]").count():
        page.check("[name=take_over]")
        page.fill("[name=password]", PASSWORD)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    return page


def look(page, name: str) -> list[str]:
    """What is wrong with the page as it stands, at the counter's size and at 200 %."""
    from tests.ui.browser import wrong_with

    return wrong_with(page, name)


def test_どの画面にも指摘がなく横に動かない(town):
    from daicho.transfers.models import Person, TransferGrant, WriteBack
    from tests.contracts.transfer_samples import ATENA
    from tests.ui.browser import browser

    person, write_back = Person.objects.get(), WriteBack.objects.first()
    waiting = TransferGrant.objects.get(approved_at=None)
    with browser() as opened:
        page = enter(opened, town, "t.honma")
        wrong: list[str] = []
        for path in (
            "/grants/", "/grants/new/?offered=0", "/grants/new/write-back/", f"/grants/{waiting.pk}/", "/feeds/", "/write-backs/",
            f"/write-backs/{write_back.public_id}/", "/records/", "/persons/", f"/persons/{person.public_id}/", "/blocks/", "/departments/", "/notices/",
        ):  # fmt: skip
            answer = page.goto(town + path)
            assert answer.status == 200, path
            wrong += look(page, path)
        page.goto(f"{town}/records/")
        page.keyboard.press("F9")
        page.wait_for_selector("table")
        wrong += look(page, "records found")
        page.goto(f"{town}/persons/")
        page.fill("[name=atena_no]", ATENA)
        page.keyboard.press("F9")
        page.wait_for_selector("dl.facts")
        wrong += look(page, "person found")
        page.goto(f"{town}/grants/new/")
        page.keyboard.press("F9")
        page.wait_for_selector("#problems")
        wrong += look(page, "proposal with errors")
    assert wrong == []


def test_申請と承認を二人が鍵盤だけで行う(town):
    """F-1-41; 評価書III(1)5: what a department asks for is filled in as the assessment offers it, proposed by one officer and approved by another."""
    from daicho.transfers.models import TransferGrant
    from tests.ui.browser import browser

    with browser() as opened:
        proposer, approver = enter(opened, town, "n.ogawa"), enter(opened, town, "t.honma")
        proposer.goto(f"{town}/grants/new/?offered=2")
        proposer.focus("[name=request_reference]")
        proposer.keyboard.insert_text("資税第3号")
        proposer.keyboard.press("F9")
        proposer.wait_for_url(re.compile(r"/grants/\d+/$"))
        row = TransferGrant.objects.order_by("-pk")[0]
        assert (row.purpose_code, row.request_reference, row.approved_at) == ("003", "資税第3号", None)
        proposer.keyboard.press("F9")  # who proposed it has nothing to press here
        approver.goto(f"{town}/grants/{row.pk}/")
        approver.keyboard.press("F9")
        approver.wait_for_selector("text=移転許可を承認しました")
    row.refresh_from_db()
    assert (row.proposed_by, row.approved_by) == ("小川　直樹", "本間　隆")
