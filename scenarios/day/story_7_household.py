"""世帯と取消し — 世帯主 changes, a household parts, a move is read wrongly; each is cancelled, the newest first, and the move is entered again. 住民基本台帳法第25条; 標準4.6."""

from __future__ import annotations

from scenarios.day.dom import Element
from scenarios.day.officer import Officer, link_in
from scenarios.day.papers import Paper, read
from scenarios.day.world import CORRECTED, Told, World, codes_of

TITLE = "7 世帯の届出と異動の取消し"
STORY = "7_household"


def play(world: World) -> None:
    came = read(STORY, "1_move_in")
    world.clerk.receive(came.people[0]["氏名"], "転入の届出")
    world.clerk.begin(came)
    world.enter_and_register(world.clerk, came, codes_of(came), "三世代の転入")
    _head_change(world, came)
    _split(world, came)
    _wrong_move(world, came)
    _back_to_one(world, came)


def _open(officer: Officer, came: Paper, place: int) -> None:
    person = came.people[place]
    officer.open(person["氏名"], person["振り仮名"], person["生年月日"])


def _household(world: World, came: Paper) -> list[str]:
    """続柄 and names of those who live with the wife, as her card shows them."""
    _open(world.clerk, came, 1)
    return [f"{row['続柄'].text} {row['氏名'].text}" for row in world.clerk.page.table("世帯") if "現存" in row["状態"].text]


def _head_change(world: World, came: Paper) -> None:
    report, clerk, paper = world.report, world.clerk, read(STORY, "2_head_change")
    wife = came.people[1]["氏名"]
    clerk.receive(wife, "世帯主変更の届出")
    _open(clerk, came, 1)
    clerk.begin(paper)
    form = clerk.page.form("仮登録")
    proposed = [form.value("新しい世帯主からみた続柄", f"{place}人目") for place in range(1, 5)]
    report.check("続柄の案（子は尋ねる）", "夫／世帯主／／夫の母", "／".join(proposed))
    report.says("尋ねる人には印がつく", "続柄の案は一つに決まりません", clerk.page.text)
    world.enter_and_register(clerk, paper, [], "妻が世帯主に")
    names = [person["氏名"] for person in came.people]
    report.check("新しい続柄と並び", f"世帯主 {names[1]}／夫 {names[0]}／子 {names[2]}／夫の母 {names[3]}", "／".join(_household(world, came)))


def _split(world: World, came: Paper) -> None:
    report, clerk, paper = world.report, world.clerk, read(STORY, "3_split")
    clerk.receive(came.people[3]["氏名"], "世帯分離の届出")
    _open(clerk, came, 3)
    address = clerk.page.fact("住所")
    clerk.begin(paper)
    world.enter_and_register(clerk, paper, [], "母が世帯を分ける")
    report.check("元の世帯は3人", 3, len(_household(world, came)))
    _open(clerk, came, 3)
    report.check("母は同じ住所の世帯主", [address, "世帯主"], [clerk.page.fact("住所"), clerk.page.fact("続柄")])


def _wrong_move(world: World, came: Paper) -> None:
    """The move is cancelled, the record is as before, and the same paper is entered again with the right number."""
    report, clerk, paper, cancel = world.report, world.clerk, read(STORY, "4_relocation"), read(STORY, "5_cancel")
    movers = codes_of(came)[:3]
    clerk.receive(came.people[1]["氏名"], "転居の届出")
    _open(clerk, came, 1)
    clerk.begin(paper)
    world.enter_and_register(clerk, paper, movers, "読み違えた転居")
    _open(clerk, came, 1)
    _history(clerk)
    clerk.go(_action(clerk, "転居"))
    report.check("取り消す異動の対象者", 3, len(clerk.page.table("この異動の対象者")))
    clerk.page = clerk.browser.press(clerk.page.form("取消しの入力を始める"), "取消しの入力を始める")
    done = world.enter_and_register(clerk, cancel, [], "転居の取消し")
    report.says("異動の取消し（修正）として残る", "異動の取消し（修正）", done.text)
    world.told += [Told(code, CORRECTED, came.address_outside, "") for code in movers]
    _open(clerk, came, 1)
    report.check("住所は元のとおり", came.address, clerk.page.fact("住所"))
    _history(clerk)
    report.says("取り消した異動も取消しも履歴に残る", "取消し済み", clerk.page.text)
    clerk.page = clerk.browser.press(clerk.page.form("もう一度入力"), "もう一度入力")
    form = clerk.page.form("仮登録")
    report.check("届書の内容が入っている", paper.filing["新しい住所"], form.value("新しい住所"))
    right = paper.but_filed({"新しい住所": "稲穂2丁目97番1号"})
    world.enter_and_register(clerk, right, movers, "番地を直した転居")
    _open(clerk, came, 1)
    report.check("住所は直した番地", right.address, clerk.page.fact("住所"))


def _back_to_one(world: World, came: Paper) -> None:
    """What rests on 世帯主変更 is named: the mother's 世帯分離 is cancelled first; the wife's move said nothing of 続柄."""
    report, clerk, cancel = world.report, world.clerk, read(STORY, "6_cancel_on_petition")
    clerk.receive(came.people[0]["氏名"], "世帯主変更と世帯分離の取消しの申出")
    _open(clerk, came, 0)
    _history(clerk)
    clerk.go(_action(clerk, "世帯主変更"))
    [mother] = [row for row in clerk.page.table("この異動の対象者") if came.people[3]["氏名"] in row["氏名"].text]
    report.says("先に取り消す異動が名指しされる", "世帯分離", mother["先に取り消す異動"].text)
    clerk.go(link_in(mother["先に取り消す異動"]))
    clerk.page = clerk.browser.press(clerk.page.form("取消しの入力を始める"), "取消しの入力を始める")
    page = clerk.enter(cancel)
    report.says("元の世帯は引っ越した：住所が違えば別の世帯として戻す", "仮登録しました", page.text)
    world.register(cancel, clerk.filing_no(), [], "世帯分離の取消し")
    _open(clerk, came, 3)
    report.check("母は元の住所で世帯主", [came.address, "世帯主"], [clerk.page.fact("住所"), clerk.page.fact("続柄")])
    _open(clerk, came, 0)
    _history(clerk)
    clerk.go(_action(clerk, "世帯主変更"))
    clerk.page = clerk.browser.press(clerk.page.form("取消しの入力を始める"), "取消しの入力を始める")
    world.enter_and_register(clerk, cancel, [], "世帯主変更の取消し")
    names = [person["氏名"] for person in came.people]
    report.check("夫が世帯主に戻る", f"世帯主 {names[0]}／妻 {names[1]}／子 {names[2]}", "／".join(_household(world, came)))


def _history(officer: Officer) -> None:
    officer.go(officer.page.link("異動履歴"))


def _rows(officer: Officer) -> list[dict[str, Element]]:
    return officer.page.table("異動履歴")


def _action(officer: Officer, event: str) -> str:
    """Where 「取り消す」 of the newest row of this 異動 leads."""
    ways = (link_in(row["処理"], "取り消す") for row in _rows(officer) if row["異動"].text.startswith(event))
    return next(filter(None, ways))
