"""特例転入 — what the former city certified as texts of the 転入 form; nothing typed is written over unasked. 法24条の2; N-4.1.1.3-01, -02."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from daicho.juki_net.rules.move_out import certificate_problems, question_problems
from daicho.residents.rules.card_move_in import Deadlines, merge, read_question, why_too_late
from daicho.residents.rules.events import event_on
from daicho.residents.rules.filling import DraftPerson
from tests.contracts.move_out_samples import CERTIFICATE, CODE, NUMBER, OTHER_CODE, QUESTION, SAPPORO, TARO, YULIN

MOVE_IN = event_on("domestic_move_in", date(2026, 7, 1))
FRESH = {field.name: field.default for field in MOVE_IN.member_fields if field.default}
CITY = "北海道小樽市"
TYPED = {**FRESH, "name_kanji": TARO.name_kanji or "", "birth_date": "S58.7.14", "relationship": "夫", "juminhyo_code": "999 0000 0000"}


def merged(*members, filing=None, overwrite=False):
    return merge(MOVE_IN, filing or {}, [DraftPerson(None, texts) for texts in members], CERTIFICATE, CITY, overwrite=overwrite)


def test_空の転入の入力に全員と前住所と番号が入る():
    """N-4.1.1.3-01: what was received stands in the form; the second person is added."""
    done = merged(FRESH)
    assert (len(done.members), done.differences) == (2, ())
    assert (done.filing["previous_municipality_code"], done.filing["address"]) == (SAPPORO, "花園2丁目12番1号")
    taro, yulin = (member.texts for member in done.members)
    assert (taro["name_kanji"], taro["juminhyo_code"], taro["individual_number"], taro["birth_date"]) == (TARO.name_kanji, CODE, NUMBER, "昭和58年7月14日")
    assert (yulin["resident_kind"], yulin["foreign_name_kanji"], yulin["foreign_name_alphabet"]) == ("2", "張　玉蓮", "ZHANG YULIN")
    assert (yulin["residence_expiry_date"], "name_kanji" in yulin) == ("2028-04-30", False)


def test_入力したものは断りなく書き換えず違いを名指しする():
    """N-4.1.1.3-02; of a number the digits are not told."""
    done = merged(TYPED)
    assert (done.members[0].texts["relationship"], done.members[0].texts["juminhyo_code"]) == ("夫", "999 0000 0000")
    assert [(one.member, one.label, one.typed, one.received) for one in done.differences] == [(0, "続柄", "夫", "世帯主"), (0, "住民票コード", "", "")]


def test_同じ日や同じ市区町村は書き方が違っても違いではない():
    done = merged(TYPED, filing={"previous_municipality_code": "札幌市中央区"})
    assert not {"生年月日", "転入前の市区町村"} & {one.label for one in done.differences}
    assert done.members[0].texts["birth_date"] == "S58.7.14"


def test_求められれば違う項目も受信した内容になる():
    done = merged(TYPED, overwrite=True)
    assert (done.differences, done.members[0].texts["relationship"], done.members[0].texts["juminhyo_code"]) == ((), "世帯主", CODE)


def test_二度反映しても人は増えない():
    once = merged(FRESH)
    again = merge(MOVE_IN, once.filing, once.members, CERTIFICATE, CITY, overwrite=False)
    assert (again.filled, again.differences, len(again.members)) == ((), (), 2)


def test_再転入者の氏名は前の住民票のままである():
    """N-4.1.1.2-08, -09: the certificate comes before the 除票, but for 氏名."""
    back = DraftPerson("someone", {**FRESH, "name_kanji": "葛城　太朗", "registered_domicile": "北海道小樽市花園1番地", "juminhyo_code": CODE})
    done = merge(MOVE_IN, {}, [back], CERTIFICATE, CITY, overwrite=True)
    assert done.members[0].texts["registered_domicile"] == TARO.registered_domicile
    assert done.members[0].texts["name_kanji"] == "葛城　太朗"
    assert [one.label for one in done.differences] == ["氏名"]


def test_氏名の変わった再転入者も生年月日と性別で見つかる():
    """Nobody stands twice in the form."""
    back = DraftPerson("someone", {**FRESH, "name_kanji": "別姓　太郎", "birth_date": "S58.7.14", "sex_code": "1"})
    done = merge(MOVE_IN, {}, [DraftPerson(None, FRESH), back], CERTIFICATE, CITY, overwrite=False)
    assert [(member.person, member.texts.get("juminhyo_code")) for member in done.members] == [(None, OTHER_CODE), ("someone", CODE)]


def test_市外の転出先は新しい住所に入らない():
    elsewhere = replace(CERTIFICATE, planned_address="北海道余市町朝日町1番地")
    assert "address" not in merge(MOVE_IN, {}, [DraftPerson(None, FRESH)], elsewhere, CITY, overwrite=False).filing


@pytest.mark.parametrize(
    ("moved_in_on", "last"),
    [(None, date(2026, 7, 28)), (date(2026, 7, 20), date(2026, 7, 28)), (date(2026, 7, 1), date(2026, 7, 15))],
)
def test_転入日から十四日か転出予定日から三十日の早い方を過ぎれば特例にあたらない(moved_in_on, last):
    """法24条の2; spec/domain.md §4.1: the planned day is 6月28日."""
    assert why_too_late(CERTIFICATE, moved_in_on, last, Deadlines(14, 30)) == ""
    told = why_too_late(CERTIFICATE, moved_in_on, last + timedelta(days=1), Deadlines(14, 30))
    assert f"令和8年7月{last.day}日" in told and "転出証明書を提出してもらい" in told and "第24条の2" in told


@pytest.mark.parametrize(
    ("number", "municipality", "fields"),
    [
        (CODE, "札幌市中央区", []),
        (NUMBER, SAPPORO, []),
        ("1", "札幌市中央区", ["number"]),
        (CODE, "", ["municipality"]),
        (CODE, "小樽市", ["municipality"]),
        (CODE, "どこでもない町", ["municipality"]),
    ],
)
def test_照会にはカードの番号と前の市区町村が要る(number, municipality, fields):
    question, problems = read_question(number, municipality, "012033")
    assert ([field for field, _ in problems], question is None) == (fields, bool(fields))


def test_照会も回答も照会した市と人のものだけが通る():
    """F-2-22: what another city answers is judged before it reaches the counter."""
    assert (question_problems(QUESTION, "012033"), certificate_problems(CERTIFICATE, QUESTION)) == ((), ())
    wrong = replace(CERTIFICATE, former_municipality_code="011029", people=(replace(YULIN, birth_date="x"),))
    assert [problem.code for problem in certificate_problems(wrong, QUESTION)] == ["another_city", "another_person", "ill_formed"]
    twice = replace(CERTIFICATE, people=(TARO, TARO))
    assert [problem.code for problem in certificate_problems(twice, QUESTION)] == ["repeated"]
    both = replace(QUESTION, individual_number=NUMBER)
    assert [problem.code for problem in question_problems(both, "012033")] == ["ill_formed"]
