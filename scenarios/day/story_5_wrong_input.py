"""誤りは断られる — wrong input gets the right words and loses nothing; forged, unauthorised and doubled requests do no harm. F-1-02, F-1-04."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from scenarios.day.officer import Officer, alerts, errors
from scenarios.day.papers import Paper, read
from scenarios.day.world import World, codes_of

TITLE = "5 誤りは断られる"
STORY = "5_wrong_input"


def play(world: World) -> None:
    right = read(STORY, "1_right")
    clerk = world.clerk
    clerk.receive(right.people[0]["氏名"], "転入の届出")
    _one_by_one(world, right)
    _forged(world, right)
    filing_no = world.enter(clerk, right, "正しく直した転入")
    _not_by_oneself(world, filing_no)
    _twice(world, right, filing_no)
    _held(world, right)
    _no_right(world)


def _one_by_one(world: World, right: Paper) -> None:
    """Each mistake alone, on the same form: the message, and what was typed."""
    clerk, report = world.clerk, world.report
    number = right.people[0]["個人番号"]
    bad_number = number[:-1] + str((int(number[-1]) + 1) % 10)
    mistakes: tuple[tuple[str, Paper, str, str, str], ...] = (
        ("個人番号の検査数字", right.but(0, {"個人番号": bad_number}), "個人番号", "1人目", "検査"),
        ("未来の異動日", right.but_filed({"異動日": "3日後"}), "異動日", "", "本日までの日を入力してください"),
        ("日本人の本籍がない", right.without(1, "本籍"), "氏名", "2人目", "本籍"),
        ("世帯主が2人", right.but(1, {"続柄": "世帯主"}), "続柄", "2人目", "世帯主が2人以上"),
        ("続柄「孫」", right.but(1, {"続柄": "孫"}), "続柄", "2人目", "子の子"),
    )
    clerk.begin(right)
    for what, paper, label, within, words in mistakes:
        form = clerk.fill(paper)
        typed = form.value(label, within)
        clerk.page = clerk.browser.press(form, "仮登録")
        report.check(f"{what}：断られる", 422, clerk.page.status)
        report.says(f"{what}：わけ", words, "／".join(errors(clerk.page)))
        kept = clerk.page.form("仮登録")
        report.check(f"{what}：打ったものは残る", typed, kept.value(label, within))
        report.check(f"{what}：ほかの人も残る", right.people[0]["氏名"], kept.value("氏名", "1人目"))


def _forged(world: World, right: Paper) -> None:
    """A field that the form does not have, and no proof of coming from the page."""
    clerk, report = world.clerk, world.report
    form = clerk.fill(right)
    address, _ = form.sent_with("仮登録")
    report.check("偽の欄を足すと", 400, clerk.browser.press(form, "仮登録", [("m0-atena_no", "1")]).status)
    report.check("偽の人数にすると", 400, clerk.browser.press(form, "仮登録", [("people", "9")]).status)
    report.check("画面の印がない送信", 403, clerk.browser.post(address, [("people", "2")]).status)


def _not_by_oneself(world: World, filing_no: str) -> None:
    """Who entered it has no button, and a request made by hand is refused."""
    clerk, report = world.clerk, world.report
    page = clerk.page
    report.check("入力者に照合のボタンはない", False, page.has_button("照合"))
    token = next(value for name, value in page.form("修正する").hidden if name == "csrfmiddlewaretoken")
    answer = clerk.browser.post(page.address.replace("/examination/", "/examine/"), [("csrfmiddlewaretoken", token), ("seen", ""), ("do", "register")])
    report.check("入力者が照合を送ると", 403, answer.status)
    waiting = world.examiner.look_at(filing_no)
    report.check("届出は照合待ちのまま", True, waiting.has_button("照合して本登録する"))


def _twice(world: World, right: Paper, filing_no: str) -> None:
    """The button pressed twice at the same moment registers once."""
    report, examiner = world.report, world.examiner
    form = examiner.look_at(filing_no).form("照合して本登録する")
    with ThreadPoolExecutor(2) as hands:
        answers = list(hands.map(lambda _: examiner.browser.press(form, "照合して本登録する"), range(2)))
    report.check("二度押しでも画面は壊れない", [200, 200], [answer.status for answer in answers])
    once_more = examiner.browser.press(form, "照合して本登録する")
    report.check("あとからもう一度送っても", 200, once_more.status)
    world.will_be_told(right, codes_of(right))
    head = right.people[0]
    world.clerk.search({"氏名・フリガナ": head["振り仮名"], "生年月日": head["生年月日"]})
    report.check("登録されたのは一度だけ", 1, len(world.clerk.hits()))
    world.clerk.open(head["氏名"], head["振り仮名"], head["生年月日"])
    history = world.clerk.go(world.clerk.page.link("異動履歴")).table("異動履歴")
    report.check("履歴も一つだけ", 1, len(history))


def _held(world: World, right: Paper) -> None:
    """Two clerks file on one household: the second is told who was first."""
    report, first, second = world.report, world.clerk, world.colleague
    head = right.people[0]
    one, other = read(STORY, "2_first_filing"), read(STORY, "3_second_filing")
    second.receive(head["氏名"], "転居の届出")
    _begin(first, head, one)
    _begin(second, head, other)
    filing_no = world.enter(first, one, "先の転居")
    second.enter(other)
    said = "／".join((*errors(second.page), *alerts(second.page)))
    report.check("2件目の届出", 409, second.page.status)
    report.says("だれが先か案内される", first.name, said)
    report.says("先の届出番号も", filing_no, said)
    report.check("打った住所は残る", other.filing["新しい住所"], second.page.form("仮登録").value("新しい住所"))
    second.withdraw("先の届出があるため")
    world.register(one, filing_no, codes_of(right), "先の転居")


def _begin(officer: Officer, head: dict[str, str], paper: Paper) -> None:
    officer.open(head["氏名"], head["振り仮名"], head["生年月日"])
    officer.begin(paper)


def _no_right(world: World) -> None:
    """Someone of another 課 may look up, and neither enters nor issues nor examines."""
    report, stranger = world.report, world.stranger
    head = read(STORY, "1_right").people[0]
    stranger.receive(head["氏名"], "国民健康保険の手続")
    stranger.open(head["氏名"], head["振り仮名"], head["生年月日"])
    card = stranger.page
    report.check("他課に転居・証明のボタンはない", False, card.has_link("転居") or card.has_link("証明書"))
    for what, path in (("届出", "/filings/new/"), ("仮登録の一覧", "/waiting/")):
        report.check(f"他課が{what}を開くと", 403, stranger.browser.get(path).status)
    report.check("他課が証明書を開くと", 403, stranger.browser.get(card.address + "certificate/").status)
    report.check("他課が異動履歴を開くと", 403, stranger.browser.get(card.address + "history/").status)
    nobody = type(stranger)(stranger.account)
    report.says("利用開始していない人は", "利用開始", nobody.browser.get(card.address).text)
