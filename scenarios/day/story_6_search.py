"""検索 — by kana and birth date, by kanji, by a past address (marked), and never without enough keys. std 2.1."""

from __future__ import annotations

from scenarios.day.officer import errors
from scenarios.day.papers import read
from scenarios.day.story_1_family_moves_in import family
from scenarios.day.world import World

TITLE = "6 検索"


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

    for what, keys in (("性別だけ", {"性別": "女"}), ("住所だけ", {"住所・方書": "花園"}), ("漢字1文字", {"氏名・フリガナ": "葛"})):
        clerk.search(keys)
        report.check(f"{what}では断られる", 422, clerk.page.status)
        report.says(f"{what}：わけ", "条件が足りません" if what != "漢字1文字" else "2文字", "／".join(errors(clerk.page)))
    report.silent("検索の言葉は住所欄に出ない", "%E", clerk.page.address)
