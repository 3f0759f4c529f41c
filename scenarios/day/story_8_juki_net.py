"""市町村CSの操作者 — a password opens nothing of 市町村CS; the operator's own device does. F-2-08."""

from __future__ import annotations

from scenarios.day.world import World

TITLE = "8 市町村CSに入る"


def play(world: World) -> None:
    report, operator = world.report, world.officer_of("juki_net")
    operator.give_password(0)
    report.says("住基ネットにパスワードだけで入ろうとする", "利用開始", operator.go("/notices/").heading)
    operator.sign_in(0)
    report.check("住基ネットの操作者が認証器を登録し、生体認証で入る", "通知の状況", operator.page.heading)
    operator.sign_off()
    operator.sign_in(0)
    report.check("二度目は生体認証だけで入る", "通知の状況", operator.page.heading)
    report.says("利用を終える", "利用を終了しました", operator.sign_off().text)
