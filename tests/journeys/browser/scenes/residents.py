"""住民記録の場面 — every screen of residents, each with what it needs to show. Issue step 7."""

from __future__ import annotations

import time

from tests.journeys.browser import papers
from tests.journeys.browser.family import FRIEND, NEIGHBOURS, move_in
from tests.journeys.browser.officer import Officer
from tests.journeys.browser.scenes import notes, sheets
from tests.journeys.browser.scenes.asking import a_request
from tests.journeys.browser.scenes.event_letters import its_letters
from tests.journeys.browser.scenes.history import histories, one_person_twice
from tests.journeys.browser.scenes.immigration import a_foreign_resident
from tests.journeys.browser.scenes.principal_notice import a_principal_notice
from tests.journeys.browser.scenes.protection import a_protection
from tests.journeys.browser.scenes.renaming import a_renaming
from tests.journeys.browser.scenes.search import other_ways_to_search
from tests.journeys.browser.scenes.surveys import a_survey
from tests.journeys.browser.scenes.taking_in import by_card, by_csv
from tests.journeys.browser.scenes.walk import Walk, characters, find_way, first_way, frames, oversight
from tests.journeys.browser.town import days_ago, told_by_another_city, told_by_the_register_and_the_portal, told_outside

ARRIVAL = 20  # seconds in which what the outside world sent is on a screen


def residents(walk: Walk) -> None:
    clerk = walk.officer("m.sasaki")
    _at_the_door(walk, clerk)
    _without_a_visit(walk, clerk)
    filing = _a_filing(walk, clerk)
    _its_examination(walk, filing)
    person = _a_person(walk, clerk)
    _a_certificate(walk, clerk)
    _more_filings(walk, clerk, person)
    by_csv(walk, clerk)
    _household_certificate(walk, clerk, person)
    _what_was_told(walk, clerk)
    _a_cancelling(walk, clerk, person)
    _a_number(walk, clerk, person)
    _what_the_register_says(walk, clerk, person)
    a_survey(walk, clerk, person)
    a_protection(walk, clerk, walk.officers[2], person)
    a_principal_notice(walk, clerk, person)
    sheets.what_was_handed_out(walk, clerk, person)
    one_person_twice(walk, clerk, person)
    _without_head(walk, clerk, person)
    a_renaming(walk, clerk, walk.officers[2])
    a_foreign_resident(walk, clerk, _enter)
    a_request(walk, clerk, walk.officers[2], person)
    _the_manager(walk, person)
    oversight(walk)
    frames(walk, clerk)
    stranger = walk.officer("r.miura")
    stranger.sign_in()
    walk.see("90-権限がない", stranger, "/waiting/")


def _at_the_door(walk: Walk, clerk: Officer) -> None:
    walk.see("01-利用開始", clerk, "/sign-in/")
    clerk.fill({"login": "m.sasaki", "password": "wrong"})
    with clerk.page.expect_navigation():
        clerk.press("Enter")
    walk.see("01-利用開始-誤り", clerk)
    walk.see("01-端末", clerk, "/staff/terminal/")
    clerk.sign_in()
    other = walk.officer("m.sasaki")
    other.page.goto("/sign-in/")
    other.press("Shift+Tab", "ArrowDown")  # at another terminal: at the same one the use left behind would end
    other.fill({"login": "m.sasaki", "password": walk.town.password("residents", "m.sasaki")})
    with other.page.expect_navigation():
        other.press("Enter")
    walk.see("01-利用開始-利用中", other)


def _without_a_visit(walk: Walk, clerk: Officer) -> None:
    clerk.page.goto("/visit/")
    if "受付中の来庁者" in clerk.text:  # of a walk before this one
        clerk.press_to("F12", "**/visit/")
    walk.see("02-窓口-受付前", clerk, "/")
    clerk.press_to("F2", "**/visit/")
    walk.see("03-受付", clerk)
    with clerk.page.expect_navigation():
        clerk.press("F9")
    walk.see("03-受付-誤り", clerk)
    clerk.page.goto("/")
    clerk.open_visit(NEIGHBOURS[0].name, "self", "転入の届出、住民票の写しの請求（年金の手続）")


def _a_filing(walk: Walk, clerk: Officer) -> str:
    """A 転入 of four from the menu to 仮登録; the way to its examination."""
    walk.see("10-届出の種類", clerk, "/filings/new/")
    clerk.press_to("F6", "**/domestic_move_in/")
    walk.see("11-転入-始め", clerk)
    clerk.fill({"count": "4"})
    clerk.press_to("F9", "**/filings/*/")
    walk.see("12-転入-入力前", clerk)
    address = clerk.page.url
    characters(walk, clerk, address)
    clerk.page.goto(address)
    by_card(walk, clerk)
    clerk.press_to("F9", "**/enter/")
    walk.see("12-転入-誤り", clerk)
    clerk.page.goto(address)
    clerk.fill({"f-address": move_in()["f-address"]})
    clerk.page.focus('[name="f-address_building"]')
    clerk.page.wait_for_selector("#id-f-address_building-list [role=option]")
    walk.see("12-転入-方書の候補", clerk)
    clerk.press("Escape")
    clerk.fill({**move_in(NEIGHBOURS), "f-effective_on": days_ago(20)})
    clerk.press("Tab")
    clerk.wait_until_kept()
    walk.see("12-転入-入力後", clerk)
    walk.see("02-窓口-入力中の届出", clerk, "/")
    walk.ask(clerk, "/visit-filings/")
    walk.see("03-受付中", clerk, "/visit/")
    clerk.page.goto(address)
    clerk.press_to("F9", "**/enter/")
    walk.see("12-転入-アラート", clerk)
    _enter(clerk)
    walk.see("13-仮登録した人の画面", clerk)
    return clerk.page.url


def _enter(clerk: Officer) -> None:
    """仮登録, with a reason for every alert."""
    with clerk.page.expect_navigation():
        clerk.press("F9")
    names = clerk.page.eval_on_selector_all("[name^=override-]", "all => all.map(each => each.name)")
    if names:
        clerk.fill(dict.fromkeys(names, "入院していたため。本人に確かめた。"))
        clerk.press_to("F9", "**/examination/")
    assert clerk.page.url.endswith("/examination/"), clerk.text


def _its_examination(walk: Walk, filing: str) -> None:
    examiner = walk.officer("y.abe")
    examiner.sign_in()
    walk.see("02-窓口-審査者", examiner)
    examiner.press_to("F7", "**/waiting/")
    walk.see("14-仮登録の一覧", examiner)
    walk.ask(examiner, "/waiting/rows/")
    examiner.page.goto(filing)
    walk.see("15-照合・審査", examiner)
    examiner.press("F4")
    examiner.page.wait_for_selector(".facts--numbers")
    walk.see("15-照合・審査-番号", examiner)
    examiner.press_to("F9", "**/result/")
    walk.see("16-本登録の結果", examiner)


def _a_person(walk: Walk, clerk: Officer) -> str:
    """Search, card, history; the way to a person."""
    walk.see("20-検索", clerk, "/search/?clear")
    clerk.press_to("F9", "**/found/")
    walk.see("20-検索-誤り", clerk)
    for name, words in (("なし", "ヌルヌル"), ("多数", "サトウ"), ("一人", NEIGHBOURS[0].name)):
        clerk.page.goto("/search/?clear")
        clerk.fill({"name": words})
        clerk.press_to("F9", "**/found/")
        walk.see(f"21-検索結果-{name}", clerk)
    other_ways_to_search(walk, clerk)
    clerk.press_to("Enter", "**/person/*/")
    person = clerk.page.url.removesuffix("/").rsplit("/", 1)[1]
    walk.see("22-個人票", clerk)
    clerk.tab_to(text="表示：")
    clerk.press("Enter")
    clerk.page.wait_for_selector(".number-shown")
    walk.see("22-個人票-番号", clerk)
    return person


def _a_certificate(walk: Walk, clerk: Officer) -> None:
    clerk.press_to("F8", "**/certificate/")
    walk.see("30-証明書", clerk)
    walk.papers["住民票の写し-省略"] = papers.issue(clerk)
    walk.see("30-証明書-交付後", clerk)
    boxes = clerk.page.eval_on_selector_all("[name=shown]", "all => all.map(each => each.value)")
    clerk.fill({"shown": boxes, "use_confirmed": ["yes"]})
    clerk.page.wait_for_load_state("networkidle")
    with clerk.page.expect_navigation():
        clerk.press("F8")
    walk.see("30-証明書-すべて記載", clerk)
    walk.papers["住民票の写し-すべて記載"] = papers.issue(clerk)


def _more_filings(walk: Walk, clerk: Officer, person: str) -> None:
    """転居, so that there are two versions to compare; and a filing that is sent back."""
    walk.see("17-転居-人を選ぶ前", clerk, "/filings/new/relocation/")
    walk.see("17-転居-始め", clerk, f"/filings/new/relocation/{person}/")
    clerk.press_to("F8", "**/filings/*/")
    walk.see("17-転居-入力前", clerk)
    clerk.fill({"f-effective_on": days_ago(1), "f-filer": "self", "f-address": "色内1丁目3番5号"})
    _enter(clerk)
    walk.see("17-転居-仮登録した人の画面", clerk)
    examination = clerk.page.url
    walk.see("22-個人票-仮登録中", clerk, f"/person/{person}/")
    examiner = walk.officers[2]
    examiner.page.goto(examination)
    walk.see("17-転居-照合・審査", examiner)
    examiner.press_to("F9", "**/result/")
    walk.see("17-転居-結果", examiner)
    its_letters(walk, clerk, examiner, person)
    walk.see("23-異動履歴", clerk, f"/person/{person}/history/")
    histories(walk, clerk, person)
    walk.see("23-異動履歴-見比べ", clerk, f"/person/{person}/history/compare/?a=1&b=2")
    notes.write(walk, clerk, person)
    clerk.page.goto(f"/person/{person}/as-of/")
    clerk.tab_to(name="day")
    clerk.put(days_ago(10))
    clerk.press_to("Control+Enter", "**/as-of/")
    walk.see("24-ある日の住民票", clerk)
    clerk.page.goto("/filings/new/domestic_move_in/")
    clerk.press_to("F9", "**/filings/*/")
    clerk.fill(move_in([FRIEND]))
    _enter(clerk)
    examiner.page.goto(clerk.page.url)
    examiner.press("F7")
    examiner.fill({"reason": "本籍の表記を届書で確かめてください。"})
    walk.see("18-差戻し", examiner)
    with examiner.page.expect_navigation():
        examiner.tab_to(text="差し戻す")
        examiner.press("Enter")
    walk.see("18-差戻し後の一覧", examiner)
    clerk.page.goto("/")
    clerk.tab_to(text="の続きを入力する")
    clerk.press_to("Enter", "**/filings/*/")
    walk.see("18-差し戻された届出", clerk)


def _household_certificate(walk: Walk, clerk: Officer, person: str) -> None:
    clerk.page.goto(f"/person/{person}/certificate/")
    clerk.tab_to(name="certificate")
    clerk.fill({"certificate": "juminhyo_household"})
    clerk.page.wait_for_load_state("networkidle")
    walk.see("31-世帯連記式", clerk)
    for code, name in (("entries_certificate", "記載事項証明書"), ("attested_form", "持参様式の奥書")):
        clerk.fill({"certificate": code})
        clerk.page.wait_for_selector(f"[name=drawn_for][value={code}]", state="attached")
        walk.see(f"31-{name}", clerk)


def _what_was_told(walk: Walk, clerk: Officer) -> None:
    """What other municipalities, the 戸籍 and マイナポータル told, and who left and was heard of no more."""
    told_by_another_city(walk.town)
    told_by_the_register_and_the_portal(walk.town, NEIGHBOURS[0])
    for kind, name in (("move_in", "転入通知"), ("family_register", "戸籍の届出"), ("moving", "引越しの申請"), ("moving_withdrawal", "申請の取消し")):
        walk.see(f"26-受信箱-{name}", clerk, _arrived(clerk, kind))
    walk.see("26-受信箱", clerk, "/received/?state=all")
    walk.see("26-転入通知が届かない人", clerk, "/received/missing/")


def _arrived(clerk: Officer, kind: str) -> str:
    """The way to the first one of a kind, once it has come."""
    until = time.monotonic() + ARRIVAL
    while time.monotonic() < until:
        clerk.page.goto(f"/received/?kind={kind}&state=all")
        if one := find_way(clerk, r"/received/[0-9a-f-]{36}/"):
            return one
    raise AssertionError(f"what was told ({kind}) has not arrived")


def _a_cancelling(walk: Walk, clerk: Officer, person: str) -> None:
    """The 転居 of before, chosen from the history."""
    walk.see("27-取消し-始め", clerk, f"/person/{person}/history/2/cancel/")


def _a_number(walk: Walk, clerk: Officer, person: str) -> None:
    """A 変更 of the 個人番号, for which 機構 lets the city wait."""
    told_outside(walk.town, "jlis_national", {"mode": "hold"}, "/_answers")
    clerk.page.goto(f"/filings/new/individual_number_change/{person}/")
    clerk.press_to("F9", "**/filings/*/")
    clerk.fill({"f-filer": "self", "f-reason": "番号の通知書を盗まれた"})
    walk.see("29-個人番号の変更", clerk)
    _enter(clerk)
    examiner = walk.officers[2]
    examiner.page.goto(clerk.page.url)
    examiner.press_to("F9", "**/result/")
    walk.see("29-個人番号の変更-本登録", examiner)
    walk.see("29-付番待ち", clerk, "/awaited/")
    walk.see("29-付番待ちの個人票", clerk, f"/person/{person}/")
    told_outside(walk.town, "jlis_national", {"mode": "give"}, "/_answers")


def _what_the_register_says(walk: Walk, clerk: Officer, person: str) -> None:
    """婚姻 with what stands there now beside each field, another 異動 by its name, and 誤記修正 from a row of the history."""
    clerk.page.goto("/filings/new/?name=婚姻")
    walk.see("19-婚姻-人を選ぶ前", clerk)
    walk.see("19-異動名の誤り", clerk, "/filings/new/?name=婚")
    clerk.page.goto(f"/filings/new/marriage/{person}/")
    clerk.press_to("F9", "**/filings/*/")
    walk.see("19-婚姻-入力前", clerk)
    clerk.fill({"f-effective_on": days_ago(1), "f-ground": "family_register", "m0-name_kanji": "色内　新一"})
    clerk.press_to("F9", "**/enter/")
    walk.see("19-婚姻-確認", clerk)
    clerk.page.goto(f"/filings/new/managed_items/{person}/")
    clerk.press_to("F9", "**/filings/*/")
    walk.see("19-管理項目の設定-入力前", clerk)
    clerk.page.goto(f"/person/{person}/history/")
    clerk.tab_to(text="誤記修正：履歴番号1")
    clerk.press_to("Enter", "**/filings/*/")
    walk.see("19-誤記修正-入力前", clerk)
    clerk.page.goto(f"/person/{person}/")
    clerk.press("F2")
    walk.see("22-個人票-ほかの異動", clerk)


def _without_head(walk: Walk, clerk: Officer, person: str) -> None:
    """The 世帯主 of the family has died; what becomes of those who stay (std 4.0.5)."""
    clerk.page.goto(f"/filings/new/death/{person}/")
    clerk.press_to("F9", "**/filings/*/")
    clerk.fill({"f-effective_on": days_ago(1), "f-ground": "family_register"})
    _enter(clerk)
    examination = clerk.page.url
    examiner = walk.officers[2]
    examiner.page.goto(examination)
    examiner.press_to("F9", "**/result/")
    walk.see("28-死亡-結果", clerk, examination.replace("/examination/", "/result/"))
    clerk.press_to("F9", "**/headless/*/")
    walk.see("28-世帯主のいない世帯-一つ", clerk)
    walk.see("28-世帯主のいない世帯", clerk, "/headless/")
    clerk.page.goto(f"/filings/new/removed_sheet_correction/{person}/")
    clerk.press_to("F9", "**/filings/*/")
    walk.see("28-除票の記載の修正-入力前", clerk)
    walk.see("28-附票の通知先がない人", clerk, "/fuhyo/")
    walk.see("29-エラー・アラート一覧", clerk, "/problems/")


def _the_manager(walk: Walk, person: str) -> None:
    manager = walk.officer("t.honma")
    manager.sign_in()
    manager.open_visit(NEIGHBOURS[0].name, "self", "自分の記録の閲覧について（開示の相談）")
    walk.see("25-操作履歴", manager, f"/person/{person}/trail/")
    sheets.of_the_store(walk, manager)
    walk.see("40-受け付けなかった電文", manager, "/notices/turned-away/")
    walk.see("41-市町村通知・市町村伝達", manager, "/immigration/")
    walk.see("41-市町村通知・市町村伝達-一件", manager, first_way(manager, r"/immigration/[0-9a-f-]{36}/"))
    walk.see("40-連携の状況", manager, "/notices/")
    walk.see("40-通知の経過", manager, first_way(manager, r"/notices/[0-9a-f-]{36}/"))
