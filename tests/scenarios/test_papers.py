"""届書の書類 — every paper of the stories can be read, and its people are made up."""

import json
from datetime import timedelta

import pytest

from daicho.values import made_up
from daicho.values.dates import JapaneseDate
from scenarios.day import papers
from scenarios.decade.family import families

FILES = sorted(file for file in papers.STORIES.rglob("*.json") if "9_every_event" not in file.parts)
"""All but those of story 9, which are more than papers: test_every_event.py."""
FAMILIES = families()
CARD = "利用者証明用電子証明書シリアル番号"
EVENTS = {
    "転入", "転居", "再転入", "世帯主変更", "世帯分離", "異動の取消し", "転入（国外から）", "出生", "死亡", "世帯変更", "世帯合併", "転出",
}  # fmt: skip


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_書類が読めて番号は架空(file):
    paper = papers.read(file.parent.name, file.stem, FAMILIES["一度目"])
    assert paper.event in EVENTS
    assert any(label.endswith(("異動日", "（異動日）")) and day for label, day in paper.filing.items())
    for person in paper.people:
        numbers = [person[label] for label in ("住民票コード", "個人番号", "在留カード等の番号", CARD) if label in person]
        assert all(made_up.is_made_up(number) for number in numbers)
        assert len({made_up.made_up_index(number) for number in numbers}) <= 1


def test_同じ番号の人は二人いない():
    told = [papers.read(file.parent.name, file.stem, FAMILIES["一度目"]) for file in FILES]
    codes = [person["住民票コード"] for paper in told for person in paper.people if "住民票コード" in person]
    codes += [word for name, word in FAMILIES["二度目"].items() if name.endswith("の住民票コード")]
    assert len(codes) > 10
    assert len(set(codes)) == len(codes)


def test_二つの家族は同じ言葉を持ち違う人である():
    """The second life is lived on the same papers."""
    first, again = FAMILIES["一度目"], FAMILIES["二度目"]
    assert set(first) == set(again)
    for role in ("父", "母", "子", "祖母"):
        assert first[role] != again[role]
        numbers = [again[f"{role}の{label}"] for label in ("住民票コード", "個人番号", "カード")]
        assert {made_up.made_up_index(number) for number in numbers} != {None}
        assert len({made_up.made_up_index(number) for number in numbers}) == 1
    for file in sorted((papers.STORIES / "8_decade").glob("*.json")):
        assert papers.read("8_decade", file.stem, again).event


def test_家族の言葉にない語は読まない():
    with pytest.raises(KeyError, match="家"):
        papers.read("8_decade", "01_from_abroad")


def test_日は今日から数える():
    assert papers.day("今日") == papers.today()
    assert papers.day("10日前") == papers.today() - timedelta(days=10)
    assert papers.day("3日後") == papers.today() + timedelta(days=3)
    with pytest.raises(ValueError, match="昨日"):
        papers.day("昨日")


def test_街の時計が回れば書類の今日も移る(monkeypatch):
    later = papers.today() + timedelta(days=366)
    monkeypatch.setattr(papers.CALENDAR, "today", later)
    assert papers.day("10日前") == later - timedelta(days=10)
    assert papers.read("2_moves_house", "1_whole").filing["異動日"] == papers.wareki(later - timedelta(days=6))


def test_和暦の書き方は窓口の読み方と同じ():
    assert JapaneseDate.parse(papers.wareki(papers.today())).first == papers.today()


def test_知らない見出しの書類は読まない(tmp_path, monkeypatch):
    monkeypatch.setattr(papers, "STORIES", tmp_path)
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "1.json").write_text(json.dumps({"異動": "転入", "とどけで": {}}, ensure_ascii=False), "utf-8")
    with pytest.raises(ValueError, match="とどけで"):
        papers.read("s", "1")


def test_一か所だけ変えた書類はほかを変えない():
    right = papers.read("5_wrong_input", "1_right")
    wrong = right.but(1, {"続柄": "孫"}).but_filed({"異動日": "3日後"})
    assert (wrong.people[0], right.people[1]["続柄"], wrong.people[1]["続柄"]) == (right.people[0], "妻", "孫")
    assert wrong.filing["異動日"] == papers.wareki(papers.day("3日後"))
    assert wrong.people[1]["氏名"] == right.people[1]["氏名"]
