"""支援措置の通知 — decided, put right, ending, extended, forwarded, ended; and refused: each as its step is recorded. 住民基本台帳事務処理要領第5の10; 標準3.4."""

from __future__ import annotations

from datetime import timedelta

from scenarios.day.forms import Form
from scenarios.day.letters.people import Words, fill, lives_here, open_card
from scenarios.day.officer import NotAsExpected, errors
from scenarios.day.papers import today, wareki
from scenarios.day.world import World

PROTECTED, TURNED_DOWN = 7, 8  # places of people
LETTER = "住民基本台帳事務における支援措置の"


def of_each_step(world: World) -> None:
    """One application from the 申出 to its end: the period ends in three weeks, so that everything falls on one day."""
    clerk = world.clerk
    case = _applied(world, lives_here(world, PROTECTED))
    nearly_a_year = {"期間の開始年月日": wareki(today() - timedelta(days=340)), "期間の終了年月日": wareki(today() + timedelta(days=20))}
    _step(world, "支援措置の決定", "警察の意見により必要と認める", nearly_a_year)
    _letter(world, f"{LETTER}決定通知書")
    _step(world, "期間の修正", "申出書の期間に合わせた", nearly_a_year | {"期間の終了年月日": wareki(today() + timedelta(days=21))})
    _letter(world, f"{LETTER}変更通知書")
    clerk.page = clerk.browser.get("/")
    clerk.go(clerk.page.link("支援措置"))
    button = "期間終了通知書をまとめて出力する"
    world.take(clerk, clerk.page.form(button), button, f"{LETTER.removesuffix('の')}期間終了通知書")
    clerk.go(case)
    _step(world, "支援措置の延長", "本人から延長の申出")
    _letter(world, f"{LETTER}延長通知書")
    form = fill(clerk.page.form("転送を記録する"), {"転送先": "旭川市", "転送年月日": wareki(today())})
    clerk.page = clerk.browser.press(form, "転送を記録する")
    world.take(clerk, clerk.page.form("転送書を出力する"), "転送書を出力する", "支援措置申出書の転送書")
    _end(world, "支援対象者から終了の申出があった", "本人が窓口で申し出た")
    _letter(world, f"{LETTER}終了通知書")


def turned_down(world: World) -> None:
    """No need was found: ended before any decision."""
    _applied(world, lives_here(world, TURNED_DOWN))
    _end(world, "市区町村長が支援の必要がなくなったと認めた", "相談機関の意見により、必要と認められない")
    _letter(world, f"{LETTER}却下通知書")


def _applied(world: World, words: Words) -> str:
    """The address of the case."""
    clerk = world.clerk
    clerk.receive(words["氏名"], "支援措置の申出")
    open_card(clerk, words)
    clerk.go(clerk.page.link("支援措置の申出"))
    form = fill(clerk.page.form("申出を受け付ける"), {"相談機関": "見本警察署", "相手方の氏名": "見本　次郎", "相手方の住所": "札幌市北区"})
    _press(world, form, "申出を受け付ける")
    return clerk.page.address


def _step(world: World, kind: str, note: str, period: dict[str, str] | None = None) -> None:
    form = fill(world.clerk.page.form("記録する", "期間の開始年月日"), {"処理": kind, "内容": note, **(period or {})})
    _press(world, form, "記録する")


def _end(world: World, ground: str, note: str) -> None:
    form = fill(world.clerk.page.form("終了する"), {"終了の理由": ground, "終了を認めた経緯": note})
    _press(world, form, "終了する")


def _press(world: World, form: Form, button: str) -> None:
    clerk = world.clerk
    clerk.page = clerk.browser.press(form, button)
    if clerk.page.status != 200:
        raise NotAsExpected("／".join(errors(clerk.page)) or clerk.page.text[:300])


def _letter(world: World, kind: str) -> None:
    button = f"{kind}を出力する"
    world.take(world.clerk, world.clerk.page.form(button), button, kind)
