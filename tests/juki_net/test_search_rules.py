"""検索条件の決まり — the table of F-2-03 as it is written, and how what is typed is read. F-2-03, F-3-03."""

import itertools

import pytest

from daicho.juki_net.rules.case import read_case
from daicho.juki_net.rules.search import Key, SearchForm, SearchLaw, given_keys, read_search, refusal
from daicho.values.made_up import made_up_individual_number, made_up_juminhyo_code
from daicho.values.search_key import SearchKind

USUAL, WIDER = SearchLaw(address_and_birth=False), SearchLaw(address_and_birth=True)
CODE, NUMBER = str(made_up_juminhyo_code(901)), str(made_up_individual_number(901))
NAME, ADDRESS, BIRTH, SEX = {"name": "葛城　花子"}, {"address": "花園三丁目1番2号"}, {"birth": "昭和60年4月1日"}, {"sex": "2"}


def judged(law=USUAL, **typed) -> str:
    """accepted, refused (by what it is made by), or wrong (written so)."""
    _, problems = read_search(SearchForm(**typed), law)
    return "accepted" if not problems else "refused" if any(problem.refuses for problem in problems) else "wrong"


@pytest.mark.parametrize(
    ("typed", "judgement"),
    [
        # as F-2-03 has it, row by row
        (NAME, "refused"),
        (NAME | SEX, "refused"),
        (ADDRESS | SEX, "refused"),
        (ADDRESS, "refused"),
        ({"name": "＊＊"} | BIRTH, "refused"),
        ({"name": "%%%"} | BIRTH, "refused"),
        ({"name": "__"} | BIRTH, "refused"),
        ({"name": "？？？"} | ADDRESS, "refused"),
        (NAME | ADDRESS, "accepted"),
        (NAME | BIRTH, "accepted"),
        ({"juminhyo_code": CODE}, "accepted"),
        ({"individual_number": NUMBER}, "accepted"),
        ({"name": ""} | BIRTH, "refused"),
        ({"name": "　 "} | BIRTH, "refused"),
        ({"name": "花"} | BIRTH, "refused"),
        ({"name": "ア"} | ADDRESS, "refused"),
        (ADDRESS | BIRTH, "refused"),
        # and what it leaves to us
        (BIRTH, "refused"),
        (SEX, "refused"),
        (BIRTH | SEX, "refused"),
        ({}, "refused"),
        ({"name": "花＊"} | BIRTH, "refused"),
        ({"name": "ーー"} | BIRTH, "refused"),
        ({"name": "・・・"} | BIRTH, "refused"),
        (NAME | {"address": "花"}, "refused"),
        (NAME | {"address": "＊＊＊"}, "refused"),
        (NAME | ADDRESS | BIRTH | SEX, "accepted"),
        (NAME | BIRTH | SEX, "accepted"),
        ({"juminhyo_code": CODE, "individual_number": NUMBER}, "refused"),
        ({"juminhyo_code": CODE} | NAME, "refused"),
        ({"individual_number": NUMBER} | SEX, "refused"),
        # lawful, but written wrongly: nothing to do with the rule
        ({"name": "佐藤＊"} | BIRTH, "wrong"),
        (NAME | {"birth": "昭和99年13月"}, "wrong"),
        ({"juminhyo_code": "12345"}, "wrong"),
        ({"individual_number": "123456789012"}, "wrong"),
        (NAME | BIRTH | {"sex": "7"}, "wrong"),
        ({"name": "（株）小樽"} | BIRTH, "wrong"),
    ],
)
def test_検索条件の表(typed, judgement):
    """F-2-03."""
    assert judged(**typed) == judgement


def test_住所と生年月日は市の設定だけが許す():
    """The assessment names only two pairs in brackets: a setting, refused at first."""
    assert (judged(USUAL, **ADDRESS, **BIRTH), judged(WIDER, **ADDRESS, **BIRTH)) == ("refused", "accepted")
    assert {judged(WIDER, **typed) for typed in (NAME, ADDRESS, BIRTH, ADDRESS | SEX, BIRTH | SEX, NAME | SEX)} == {"refused"}


@pytest.mark.parametrize("law", [USUAL, WIDER])
def test_性別はどの組合せも助けず番号のない一情報はどれも足りない(law):
    """性別 alone or added never counts: over every subset of the items, with and without it."""
    items = (Key.NAME, Key.ADDRESS, Key.BIRTH)
    for size in range(4):
        for chosen in map(frozenset, itertools.combinations(items, size)):
            assert bool(refusal(chosen, law)) == bool(refusal(chosen | {Key.SEX}, law))
            if size < 2:
                assert refusal(chosen, law)


def test_断りは何が足りないかと何をすればよいかを言う():
    _, [problem] = read_search(SearchForm(name="葛城　花子"), USUAL)
    assert "氏名（2文字以上）に、住所（2文字以上）か生年月日を加えてください" in problem.message
    _, [problem] = read_search(SearchForm(juminhyo_code=CODE, individual_number=NUMBER), USUAL)
    assert "一つだけ" in problem.message
    assert CODE not in problem.message


def test_一文字の氏名は条件に数えない():
    assert given_keys(SearchForm(name="花", address="花園", birth="S60.4.1")) == {Key.ADDRESS, Key.BIRTH}


def test_かなは振り仮名とかなの氏名でローマ字は語の順によらず探す():
    keys, _ = read_search(SearchForm(name="かつらぎ", birth="S60.4.1"), USUAL)
    assert {(kind, key) for kind, key in keys.name} == {(SearchKind.KANA, "カツラキ"), (SearchKind.NAME, "カツラキ")} | {
        (kind, key) for kind, key in keys.name if key != "カツラキ"
    }
    keys, _ = read_search(SearchForm(name="Zhang Yulin", birth="1990-01-02"), USUAL)
    assert (SearchKind.ROMAN, "YULIN ZHANG") in keys.name
    keys, _ = read_search(SearchForm(name="髙橋", birth="S60.4.1"), USUAL)
    assert keys.name == ((SearchKind.NAME, "高橋"),)


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        (("move_in", "R8-0001", ""), []),
        (("card", "", "本人の相談"), []),
        (("card", " ", ""), ["case_no"]),
        (("fishing", "1", ""), ["purpose"]),
        (("", "", ""), ["purpose", "case_no"]),
        (("card", "長" * 101, ""), ["case_no"]),
    ],
)
def test_用務と番号がなければ検索は始まらない(typed, fields):
    """F-2-10: a case number, or the reason why there is none."""
    case, problems = read_case(*typed)
    assert ([field for field, _ in problems], case is None) == (fields, bool(fields))


def test_用務は履歴に残る文になる():
    assert read_case("move_in", "R8-0001", "")[0].text == "転入届の審査（特例転入を含む）（番号R8-0001）"
    assert read_case("other", "", "電話の照会")[0].text == "そのほかの法定の事務（番号なし：電話の照会）"
