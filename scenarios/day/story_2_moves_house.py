"""転居 — the whole family, then one child into another household, one move told late; any past day can be asked. 住民基本台帳法第23条."""

from __future__ import annotations

from scenarios.day import papers
from scenarios.day.officer import Officer, errors
from scenarios.day.papers import Paper, read
from scenarios.day.story_1_family_moves_in import family, open_head
from scenarios.day.world import World, codes_of

TITLE = "2 転居（全部・一部・遡及）"
STORY = "2_moves_house"


def play(world: World) -> None:
    _whole(world)
    friend = _retroactive(world)
    _part(world, friend)
    _overtaken(world)


def _whole(world: World) -> None:
    report, clerk, paper, old = world.report, world.clerk, read(STORY, "1_whole"), family()
    clerk.receive(old.people[0]["氏名"], "転居の届出")
    open_head(clerk)
    clerk.begin(paper)
    done = world.enter_and_register(clerk, paper, codes_of(old), "全員の転居")
    report.check("4人の住所が変わる", 4, sum(paper.address in row["住所"].text for row in done.table("住民票")))
    open_head(clerk)
    report.says("いまの住所", paper.address, clerk.page.text)
    report.says("転入前の住所は変わらない", old.filing["転入前の住所"], clerk.page.text)
    report.check("前の日の住所", old.address, as_of(clerk, "7日前"))
    report.check("異動日の住所", paper.address, as_of(clerk, "6日前"))
    report.check("転入の前の日", "この日は住民ではありません", as_of(clerk, "11日前"))
    report.check("昨日までの記録では", "この日は住民ではありません", as_of(clerk, "今日", known_on="1日前"))


def _retroactive(world: World) -> Paper:
    """The friend moved 40 days ago and tells it today. Returns the paper that says where he lives now."""
    report, clerk, came, paper = world.report, world.colleague, read(STORY, "5_friend"), read(STORY, "3_retroactive")
    friend = came.people[0]
    clerk.receive(friend["氏名"], "転入の届出と、遅れた転居の届出")
    clerk.begin(came)
    world.enter_and_register(clerk, came, codes_of(came), "知人の転入")
    clerk.open(friend["氏名"], friend["振り仮名"], friend["生年月日"])
    clerk.begin(paper)
    clerk.page = clerk.browser.press(clerk.fill(paper), "仮登録")
    report.says("14日を過ぎた届出は確認を求める", "14日を過ぎています", clerk.page.text)
    report.check("打った住所は残る", paper.filing["新しい住所"], clerk.page.form("仮登録").value("新しい住所"))
    world.enter_and_register(clerk, paper, codes_of(came), "理由を添えた遡及の転居")
    clerk.open(friend["氏名"], friend["振り仮名"], friend["生年月日"])
    report.check("遡及：前の日の住所", came.address, as_of(clerk, "41日前"))
    report.check("遡及：異動日の住所", paper.address, as_of(clerk, "40日前"))
    return paper


def _part(world: World, friend_lives: Paper) -> None:
    report, clerk, paper = world.report, world.clerk, read(STORY, "2_joins_another")
    friend, child = read(STORY, "5_friend").people[0], family().people[2]
    clerk.receive(child["氏名"], "転居の届出")
    clerk.open(friend["氏名"], friend["振り仮名"], friend["生年月日"])
    household_no = clerk.page.fact("世帯番号")
    clerk.open(child["氏名"], child["振り仮名"], child["生年月日"])
    paper = paper.but_filed({"入る世帯の世帯番号": household_no, "新しい住所": friend_lives.filing["新しい住所"]})
    clerk.begin(paper)
    done = world.enter_and_register(clerk, paper, [child["住民票コード"]], "長男が別の世帯へ")
    moved = [row for row in done.table("住民票") if child["氏名"] in row["氏名"].text]
    report.check("長男は知人の世帯にいる", [household_no], [row["世帯番号"].text for row in moved])
    open_head(clerk)
    report.check("元の世帯は3人", 3, sum("現存" in row["状態"].text for row in clerk.page.table("世帯")))
    clerk.open(child["氏名"], child["振り仮名"], child["生年月日"])
    report.check("3日前は家族の家", read(STORY, "1_whole").address, as_of(clerk, "3日前"))
    report.check("今日は知人の家", friend_lives.address, as_of(clerk, "今日"))


def _overtaken(world: World) -> None:
    report, clerk, paper = world.report, world.clerk, read(STORY, "4_overtaken")
    open_head(clerk)
    clerk.begin(paper)
    clerk.page = clerk.browser.press(clerk.fill(paper), "仮登録")
    report.says("追い越された転居は断る", "先にその異動を取り消してから", "／".join(errors(clerk.page)))
    clerk.withdraw("")


def as_of(officer: Officer, words: str, known_on: str = "") -> str:
    """The address on a day, asked on the person's card; or that they were no resident. The card stays open."""
    card = officer.page
    officer.go(card.link("異動履歴"))
    form = officer.page.form("この日の内容を表示")
    form.fill({"照会する日": papers.wareki(papers.day(words)), "記録された時点": papers.wareki(papers.day(known_on)) if known_on else ""})
    told = officer.browser.press(form, "この日の内容を表示")
    officer.page = card
    return told.fact("住所") or next((said for said in ("この日は住民ではありません",) if said in told.text), told.text[:200])
