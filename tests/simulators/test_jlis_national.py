"""全国サーバ（機構）の代役 — gives each 住民票コード its number, another for a 変更, and answers late, again or not at all when told to. 番号法第8条; G-12."""

import json

import pytest

from daicho.values.made_up import made_up_index, made_up_individual_number, made_up_juminhyo_code
from daicho.values.numbers import IndividualNumber
from simulators.config import REPOSITORY_LAYOUTS
from simulators.jlis_national import FIRST_CODE_OF_POOL, FIRST_OF_POOL, JlisNational, made_up_code, made_up_number
from simulators.moment import Clock
from simulators.sending import CannotSend

CODE, OTHER = "99900000000", "99911111111"


class Sent:
    """What it would have sent, in order."""

    def __init__(self):
        self.answers = []

    def envelope(self, to, kind, version, body):
        return {"kind": kind, "body": dict(body)}

    def hand_over(self, to, envelope):
        self.answers.append(envelope["body"])


@pytest.fixture
def jlis(tmp_path, monkeypatch):
    monkeypatch.setattr("simulators.jlis_national.threading.Thread", lambda target, args, daemon: type("Now", (), {"start": lambda self: target(*args)})())
    made = JlisNational(tmp_path, REPOSITORY_LAYOUTS, Clock(None))
    made.sender = Sent()
    return made


def ask(jlis, control_no, code=CODE, reason="01", old=None):
    items = {"request_control_no": control_no, "municipality_code": "012033", "reason_code": reason, "juminhyo_code": code, "old_individual_number": old}
    return jlis.receive("juki_net", json.dumps({"layout": "number_request", "version": 1, "items": items}).encode(), "/v1/number-requests").code


def given(jlis):
    return [answer["individual_number"] for answer in jlis.sender.answers]


def test_番号は検査用数字の合う架空の番号で架空の市の人とは重ならない(jlis):
    assert [ask(jlis, "a"), ask(jlis, "b", OTHER)] == ["A00", "A00"]
    assert len(set(given(jlis))) == 2 and all(IndividualNumber.is_valid(number) for number in given(jlis))
    assert [made_up_index(number) for number in given(jlis)] == [FIRST_OF_POOL, FIRST_OF_POOL + 1]
    assert made_up_number(7) == str(made_up_individual_number(7))


def test_同じ要求には同じ答えをもう一度返す(jlis):
    assert [ask(jlis, "a"), ask(jlis, "a")] == ["A00", "D01"]
    assert len(given(jlis)) == 2 and len(set(given(jlis))) == 1


def test_同じ人の指定は別の要求でも同じ番号で変更は次の番号になる(jlis):
    ask(jlis, "a"), ask(jlis, "b")
    first = given(jlis)[0]
    assert given(jlis) == [first, first]
    assert ask(jlis, "c", reason="11", old=first) == "A00"
    assert given(jlis)[2] != first
    assert ask(jlis, "d", reason="11", old=first) == "L14"


def test_答えを待たせ断らせることができる(jlis):
    jlis.answer_as_told({"mode": "hold"})
    ask(jlis, "a")
    assert given(jlis) == []
    assert jlis.answer_as_told({"mode": "give"}) == {"answered": 1}
    jlis.answer_as_told({"mode": "refuse", "reason_ja": "確認中です。"})
    ask(jlis, "b", OTHER)
    assert (given(jlis)[1], jlis.sender.answers[1]["reason_ja"]) == (None, "確認中です。")


def test_新規付番用のコードは求めた件数だけ架空で同じ要求には同じものを返す(jlis):
    items = {"request_control_no": "s", "municipality_code": "012033", "count": 3}
    body = json.dumps({"layout": "code_stock_request", "version": 1, "items": items}).encode()
    assert [jlis.receive("juki_net", body, "/v1/code-stock-requests").code for _ in range(2)] == ["A00", "D01"]
    first, again = (answer["juminhyo_codes"] for answer in jlis.sender.answers)
    assert first == again and len(set(first)) == 3
    assert [made_up_index(code) for code in first] == [FIRST_CODE_OF_POOL, FIRST_CODE_OF_POOL + 1, FIRST_CODE_OF_POOL + 2]
    assert made_up_code(7) == str(made_up_juminhyo_code(7))


def test_知らない言いつけは断る(jlis):
    with pytest.raises(CannotSend):
        jlis.answer_as_told({"mode": "sing"})
