"""外の世界の転出証明書情報 — what the other city answers, whom it knows, and how it answers wrongly when told to. 住基法24条の2; G-11."""

from dataclasses import replace
from datetime import date

import pytest

from tests.contracts.move_out_samples import CERTIFICATE, CODE, QUESTION, SAPPORO
from tests.juki_net.port_suite import REQUEST
from tests.juki_net.sending import known
from tests.simulators.messages import answer, message

QUESTIONS = "/v1/move-out-certificates"
MAKOTO = "99991986207"  # of move_outs.json


@pytest.fixture
def city(outside):
    return outside["other_city"]


def request(**changes):
    return message(replace(REQUEST, deadline=QUESTION.deadline.isoformat(timespec="microseconds")), "move_out_request", **changes)


def test_知っている世帯を答え知らない人はいないと答える(city, juki_net):
    found = juki_net.send(city, QUESTIONS, request(juminhyo_code=MAKOTO))
    assert answer(found) == (200, "accepted", "A00", [])
    told = found.json()["answer"]
    assert (told["certificate"]["former_municipality_code"], len(told["people"])) == (SAPPORO, 3)
    assert answer(juki_net.send(city, QUESTIONS, request()))[2] == "L13"
    assert city.messages == []


def test_予定日の定めのない転出は前日の転出になる(city, juki_net):
    """A demo does not grow old."""
    told = juki_net.send(city, QUESTIONS, request(juminhyo_code=MAKOTO)).json()["answer"]
    planned = told["certificate"]["planned_move_out_date"]
    assert 0 <= (date.today() - date.fromisoformat(planned)).days <= 2


def test_教えた人を答え忘れさせれば答えない(city, juki_net):
    assert city.post("/_known", known(CERTIFICATE)).status_code == 200
    assert juki_net.send(city, QUESTIONS, request(juminhyo_code=CODE)).json()["answer"] == known(CERTIFICATE)["certificates"][0]
    assert [asked["purpose"] for asked in city.get("/_received")["asked"]] == [QUESTION.purpose]
    city.post("/_reset", {})
    assert answer(juki_net.send(city, QUESTIONS, request(juminhyo_code=CODE)))[2] == "L13"


@pytest.mark.parametrize("wrong", [{}, {"certificates": [{}]}, {"certificates": [{"certificate": {}, "people": []}]}, []])
def test_電文仕様と違うことは教えられない(city, wrong):
    assert city.post("/_known", wrong).status_code == 400


@pytest.mark.parametrize("missing", ["purpose", "deadline", "addressee_municipality_code"])
def test_目的や期限のない照会を拒む(city, juki_net, missing):
    assert answer(juki_net.send(city, QUESTIONS, request(**{missing: None})))[2:] == ("F02", [missing])


def test_台本どおりに誤った答えを返す(city, juki_net):
    city.play(*({"kind": kind, "times": 1} for kind in ("wrong_person", "ill_formed", "wrong_question")))
    person, form, question = (juki_net.send(city, QUESTIONS, request(juminhyo_code=MAKOTO, request_control_no="q12")).json() for _ in range(3))
    assert MAKOTO not in {each["juminhyo_code"] for each in person["answer"]["people"]}
    assert "people" not in form["answer"]
    assert question["control_no"] == "21q"
