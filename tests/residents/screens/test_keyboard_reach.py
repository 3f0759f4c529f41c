"""キー操作の届く先 — keys reach what the page offers this officer, and nothing else. std 2.3.2; F-1-10."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps

from tests.cast import TARO
from tests.residents import counter
from tests.residents.screens.desks import officer
from tests.residents.screens.reading_steps import desk, family

pytestmark = pytest.mark.django_db
LIMITED = ("residents:visit:open", "residents:person:search", "residents:person:read")
BEYOND = ("/waiting/", "/filings/new/", "/received/", "/renamings/", "/awaited/", "/notices/", "/city/", "/staff/accounts/")
SCRIPTS = [script for app in apps.get_app_configs() if app.name.startswith("daicho.") for script in Path(app.path).glob("static/**/*.js")]


def keyed(html: str) -> set[str]:
    """Where the keys of a page lead: addresses of what carries a key of its own."""
    return {href for tag in re.findall(r"<a [^>]*(?:data-key|accesskey)=[^>]*>", html) for href in re.findall(r'href="(/[^"#]*)', tag)}


def test_キーが届くのはその人に許された画面だけ():
    """N-2.3.2-02: Given an officer with few rights, When every key of their pages is pressed, Then nothing opens that they may not open; nor by the address."""
    [taro] = family(TARO)
    clerk = desk(*LIMITED)
    pages = ("/", "/search/", f"/person/{taro}/")
    reached = {href for page in pages for href in keyed(clerk.get(page).content.decode())}
    assert len(reached) > 3
    assert {href: clerk.get(href).status_code for href in reached if clerk.get(href).status_code >= 400} == {}
    assert {url: status for url in BEYOND if (status := clerk.get(url).status_code) not in (403, 404)} == {}


def test_ほかの職員の入力中の画面や履歴はキーでも番地でも開けない():
    """N-2.3.2-02: another's screen."""
    [taro] = family(TARO)
    filing = counter.enter("relocation", counter.relocation_form([taro], effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    desk()
    other = officer("s.shinsa", LIMITED, "H02")
    assert other.get(f"/filings/{filing}/").status_code == 403
    assert str(filing) not in other.get("/").content.decode()


def test_キー操作の仕組みは頁の外に触れない():
    """N-2.3.2-02: a key presses what stands visibly on the page and carries it; no script opens a window or the machine."""
    outside = re.compile(r"window\.open|ActiveX|javascript:|file:|requestFullscreen|navigator\.(?:keyboard|usb|hid|serial)")
    assert len(SCRIPTS) > 5 and {script.name: found for script in SCRIPTS if (found := outside.findall(script.read_text("utf-8")))} == {}
    [keyboard] = [script for script in SCRIPTS if script.name == "keyboard.js"]
    assert "offsetParent !== null && !each.disabled" in keyboard.read_text("utf-8") and "location" not in keyboard.read_text("utf-8")
