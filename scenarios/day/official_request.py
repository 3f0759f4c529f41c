"""公用請求 — a public office asks by letter: taken in, looked up under the request, examined by another officer, issued exactly as approved. 住民基本台帳法第12条の2."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from scenarios.day.browser import Page
from scenarios.day.officer import NotAsExpected, Officer, errors
from scenarios.day.world import World

OFFICE = {
    "機関の名称": "小樽税務署", "機関の所在地": "北海道小樽市富岡1丁目99番1号", "請求の任に当たっている者の職名": "国税徴収官", "その氏名": "徴収　一郎",
    "届いた・示された本人確認書類": ["職員証・公印のある文書"], "根拠となる法令の名称と条項": "国税徴収法第146条の2", "請求事由": "相続人の調査のため",
    "返送先の住所と宛名": "北海道小樽市富岡1丁目99番1号　小樽税務署", "返送先は": "請求者の住民票の住所", "返信用の封筒と切手がある": ["返信用の封筒と切手がある"],
}  # fmt: skip


def official_request(world: World, whom: Mapping[str, str], kinds: Sequence[str], issue: Callable[[], None]) -> None:
    """One of each of these certificates of one person; `issue` does it from the page 証明書の交付 of that person, which the clerk has open."""
    clerk, report = world.clerk, world.report
    request = taken_in(world, whom, kinds)
    report.check("公用請求：足りないものはない", [], errors(clerk.page))
    for button in ("処理を始める", "氏名で探す", "この人が対象者"):
        clerk.page = clerk.browser.press(clerk.page.form(button), button)
    page = decided(world, request, "交付を認める", "法令の根拠と請求事由を確かめた")
    report.says("公用請求：別の職員が認める", "交付を認めました", page.text)
    clerk.go(request)
    clerk.go(clerk.page.link("証明書の交付"))
    issue()
    clerk.go(request)
    form = clerk.page.form("経過を記録する")
    form.fill({"処理": "証明書を発送した・渡した", "内容": "普通郵便で発送"}, within="経過")
    clerk.page = clerk.browser.press(form, "経過を記録する")
    report.says("公用請求：交付済", "交付済", clerk.page.text)


def taken_in(world: World, whom: Mapping[str, str], kinds: Sequence[str]) -> str:
    """The letter written down, open before the clerk; its address."""
    clerk = world.clerk
    _leave(clerk)
    clerk.go("/applications/")
    form = clerk.page.form("新しい請求を受け付ける")
    form.fill({"根拠": "公用請求（法第12条の2）", "方法": "郵送"})
    clerk.page = clerk.browser.press(form, "新しい請求を受け付ける")
    form = clerk.page.form("受け付ける")
    form.fill(dict(OFFICE))
    form.fill({"1人目の氏名": whom["氏名"], "1人目の生年月日": whom["生年月日"], "1人目の住所": whom["住所"]})
    for place, kind in enumerate(kinds, 1):
        form.fill({f"証明書（{place}）": kind, f"通数（{place}）": "1"})
    clerk.page = clerk.browser.press(form, "受け付ける")
    if not clerk.page.has_button("処理を始める"):
        raise NotAsExpected("／".join(errors(clerk.page)) or clerk.page.text[:300])
    return clerk.page.address


def decided(world: World, request: str, result: str, reason: str) -> Page:
    """審査 by another officer, who sees what this page says."""
    examiner = world.examiner
    examiner.go(request)
    form = examiner.page.form("審査の結果を決定する")
    form.fill({"審査の結果": result, "審査の理由": reason}, within="審査")
    examiner.page = examiner.browser.press(form, "審査の結果を決定する")
    return examiner.page


def _leave(clerk: Officer) -> None:
    """The visitor in hand goes: what follows is done for a letter."""
    clerk.go("/visit/")
    if clerk.page.has_button("受付を終えて"):
        clerk.page = clerk.browser.press(clerk.page.form("受付を終えて"), "受付を終えて")
