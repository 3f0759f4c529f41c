"""検索 — by kana and birth date, by kanji, by a past address (marked), by one key alone, never by none; and who looked. std 2.1."""

from __future__ import annotations

from scenarios.day.officer import errors
from scenarios.day.papers import read
from scenarios.day.story_1_family_moves_in import family
from scenarios.day.world import World

TITLE = "6 検索と操作履歴"


def play(world: World) -> None:
    report, clerk = world.report, world.clerk
    paper, moved = family(), read("2_moves_house", "1_whole")
    head, wife = paper.people[0], paper.people[1]
    clerk.receive(head["氏名"], "住所の確認")

    def found(keys: dict[str, str]) -> list[str]:
        clerk.search(keys)
        return [row["氏名"].text for row in clerk.hits()]

    report.check("フリガナと生年月日", True, any(head["氏名"] in each for each in found({"氏名・フリガナ": "クズミモト　タロウ", "生年月日": "S60.3.9"})))
    report.check("小さい「ャ」や濁点の違い", True, any(head["氏名"] in each for each in found({"氏名・フリガナ": "くすみもと たろう"})))
    report.check("漢字", 4, len(found({"氏名・フリガナ": "葛󠄂見本"})))
    report.check("異体字のない漢字でも", 4, len(found({"氏名・フリガナ": "葛見本"})))
    report.check("西暦の生年月日と漢字", 1, len(found({"氏名・フリガナ": "葛見本　花子", "生年月日": "1987-07-01"})))

    names = found({"住所・方書": paper.filing["新しい住所"], "生年月日": wife["生年月日"]})
    report.check("前の住所でも見つかる", True, any(wife["氏名"] in each for each in names))
    marked = [row["状態"].text for row in clerk.hits() if wife["氏名"] in row["氏名"].text]
    report.check("過去の住所と印がつく", True, any("過去の住所" in each for each in marked))
    names = found({"住所・方書": moved.filing["新しい住所"], "生年月日": wife["生年月日"]})
    marked = [row["状態"].text for row in clerk.hits() if wife["氏名"] in row["氏名"].text]
    report.check("いまの住所に印はない", [True], ["過去" not in each for each in marked])

    names = found({"氏名・フリガナ": "葛"})
    report.check("漢字1文字だけでも", True, all(any(each["氏名"] in name for name in names) for each in paper.people))
    report.check("性別だけでも", True, len(found({"性別": "女"})) > 1)
    report.check("住所だけでも", True, len(found({"住所・方書": "花園"})) > 1)
    clerk.search({"状態": "現存"})
    report.check("状態だけでは断られる", 422, clerk.page.status)
    report.says("状態だけ：わけ", "条件を一つ以上", "／".join(errors(clerk.page)))
    report.silent("検索の言葉は住所欄に出ない", "%E", clerk.page.address)
    _trail(world, head)


def _trail(world: World, head: dict[str, str]) -> None:
    """Who read and wrote about this person is on record, with the 受付, and this question too. 住民基本台帳法第36条の2; F-1-13, F-1-16."""
    report, manager = world.report, world.manager
    manager.receive(head["氏名"], "自分の情報をだれが見たかの確認")
    manager.open(head["氏名"], head["振り仮名"], head["生年月日"])
    rows = manager.go(manager.page.link("操作履歴")).table("操作履歴")
    by = {row["操作した人"].text for row in rows}
    for who in (world.clerk, world.examiner, manager):
        report.check(f"{who.account.duty}の操作が残る", True, any(who.name in each for each in by))
    report.check("窓口職員の操作に受付番号がある", True, all("受付" in row["受付・目的"].text for row in rows if world.clerk.name in row["操作した人"].text))
    report.check("窓口職員は操作履歴を見られない", False, world.clerk.open(head["氏名"], head["振り仮名"], head["生年月日"]).has_link("操作履歴"))
