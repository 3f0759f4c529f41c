"""世帯と住所の通知 — a household without 世帯主, a place that gets another name, and somebody who does not seem to live there. 住民基本台帳法第14条, 第25条, 第34条; 標準4.0.5, 9.7."""

from __future__ import annotations

from scenarios.day import outside
from scenarios.day.letters.people import fill, happens, household, lives_here, open_card, paper_of_event
from scenarios.day.officer import link_in
from scenarios.day.papers import today, wareki
from scenarios.day.world import DIED, Told, World

MINOR_CORRECTION = "33"  # layouts/codes.csv, update_reason
LEFT_ALONE, RENAMED, SURVEYED = 3, 4, 5  # places of people


def asked_for_a_head(world: World) -> None:
    """The 世帯主 dies, the city appoints nobody: the household is asked to file, and stands on the list of those asked."""
    words = household(world, LEFT_ALONE)
    happens(world, words, paper_of_event("death", words), DIED)
    clerk = world.clerk
    clerk.go("/filings/new/")
    clerk.go(clerk.page.link("世帯主のいない世帯"))
    row = next(each for each in clerk.page.table("まだ選んでいない世帯") if words["二人目"] in each["宛先（元の住民票で最上位の人）"].text)
    clerk.go(link_in(row["処理"]))
    clerk.page = clerk.browser.press(clerk.page.form("定めない"), "定めない")
    world.take(clerk, clerk.page.form("対象者リストを出力"), "対象者リストを出力", "世帯主変更依頼通知書対象者リスト")
    world.take(clerk, clerk.page.form("出力"), "出力", "世帯主変更依頼通知書")


def place_renamed(world: World) -> None:
    """The household is told before 本処理 and after it."""
    words = lives_here(world, RENAMED)
    clerk, examiner = world.clerk, world.examiner
    clerk.page = clerk.browser.get("/")
    clerk.go(clerk.page.link("住所の一括変更"))
    clerk.go(clerk.page.link("新しい一括変更"))
    form = clerk.page.form("抽出して仮処理する")
    new = f"新稲穂町{words['番']}番"
    told: dict[str, str | list[str]] = {
        "件名": "稲穂4丁目の町名変更", "変更の種類": "町・字の変更、その名称の変更", "実施日": wareki(today()), "根拠": "告示第12号", "変更前": f"稲穂4丁目{words['番']}番", "変更後": new,
    }  # fmt: skip
    clerk.page = clerk.browser.press(fill(form, told), "抽出して仮処理する")
    case = clerk.page.address
    world.take(clerk, clerk.page.form("お知らせを出力する"), "お知らせを出力する", "住所等の変更のお知らせ（事前）")
    examiner.go(case)
    examiner.page = examiner.browser.press(examiner.page.form("照合して本処理へ進める"), "照合して本処理へ進める")
    page = outside.until(lambda: clerk.go(case), lambda seen: "実施後のお知らせ" in seen.text)
    world.report.says("一括変更：本処理された", "実施後のお知らせ", page.text)
    world.take(clerk, clerk.page.form("お知らせを出力する"), "お知らせを出力する", "住所等の変更のお知らせ（事後）")
    open_card(clerk, words)
    world.report.says("一括変更：住所の表示が変わる", new, clerk.page.fact("住所"))
    world.told.append(Told(words["住民票コード"], MINOR_CORRECTION, clerk.page.fact("住所"), ""))


def demanded_to_file(world: World) -> None:
    """郵便物 came back: visited, demanded, and found to live there after all."""
    words = lives_here(world, SURVEYED)
    clerk = world.clerk
    open_card(clerk, words)
    clerk.go(clerk.page.link("実態調査を始める"))
    form = clerk.page.form("調査を始める")
    form.fill({"調査を始める理由": "郵便物の返戻"})
    clerk.page = clerk.browser.press(form, "調査を始める")
    _step(world, "現地調査", "不在")
    _step(world, "催告（届出の催告書の送付）", "届出を促す")
    world.take(clerk, clerk.page.form("催告書を出力する"), "催告書を出力する", "届出の催告書")
    _step(world, "居住を確認して終了", "本人に会い、住んでいることを確かめた")
    world.report.says("実態調査：終わる", "終了", clerk.page.text)


def _step(world: World, kind: str, note: str) -> None:
    clerk = world.clerk
    form = fill(clerk.page.form("記録する"), {"処理": kind, "結果・内容": note})
    clerk.page = clerk.browser.press(form, "記録する")
