"""広域交付の取次ぎ — residents' counter asks the other city; another city's counter is answered for ours, after this room's own file was asked. 法12条の4; N-7.1.1.1-05."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from daicho import clock
from daicho.audit.models import AuditEntry
from daicho.contracts import base
from daicho.contracts.wide_area_v1 import WideAreaAnswerV1
from daicho.juki_net import commands
from daicho.juki_net.models import IssueBlock
from daicho.outbox.models import Notice, RefusedMessage
from daicho.vault import NumberKind, find
from tests.contracts.juki_samples import CODE, MOVE_IN, NUMBER
from tests.contracts.wide_area_samples import COPY, QUESTION, SAPPORO
from tests.contracts.wide_area_samples import NUMBER as TARO_NUMBER
from tests.juki_net.port_suite import COPY as WHOLE
from tests.juki_net.port_suite import TARO, WIDE_CODE, as_asked
from tests.juki_net.sending import deliver, envelope_of, living

pytestmark = pytest.mark.django_db
QUESTION_ID = "3d1b0f63-4f0e-4f57-9b9d-0a4c8be1c0{:0>2}"


def question(number: int = 1, **changes):
    due = clock.now() + timedelta(seconds=5)
    return replace(QUESTION, **{"question_id": QUESTION_ID.format(number), "deadline": due, **changes})


def read(reply) -> WideAreaAnswerV1:
    assert reply.status == "acknowledged", reply
    return base.decode("wide_area_answer", 1, reply.answer.encode())


# ---- as 交付地 ----


@pytest.fixture
def city(wired):
    assert wired["other_city"].post("/_residents", living(WHOLE)).status_code == 200
    return wired["other_city"]


def test_住所地の住民票がそのまま返り_請求していない事項は届かない(city):
    """What was not asked for does not even come: it is not cut off here."""
    answer = read(deliver(question(1)))
    assert (answer.outcome, answer.copy) == ("found", replace(WHOLE, people=tuple(as_asked(person) for person in WHOLE.people)))
    alone = read(deliver(question(2, whole_household=False, with_relationship=False, with_individual_number=False, with_residence_items=False)))
    [person] = alone.copy.people
    assert (person.individual_number, person.relationship, alone.copy.head_name, alone.copy.whole_household) == (None, None, None, False)
    [asked, _] = city.get("/_received")["asked"]
    assert (asked["sender"], asked["addressee_municipality_code"], asked["purpose"]) == ("juki_net", SAPPORO, QUESTION.purpose)
    trail = AuditEntry.objects.filter(action="juki_net:wide_area:ask").order_by("id")
    assert [(entry.detail["asked_by"], entry.detail["stage"]) for entry in trail] == [("m.mado", "asked"), ("m.mado", "found")] * 2
    kept = str([(entry.detail, entry.purpose, entry.subjects) for entry in AuditEntry.objects.all()])
    assert not any(secret in kept for secret in (WIDE_CODE, TARO_NUMBER, "太郎"))
    assert not Notice.objects.exists()


def test_断りと該当なしと使えない答えは_だれの情報も載せずに窓口へ返る(city):
    held = {**living(WHOLE)["copies"][0], "held_back": True}
    assert read(deliver(question(1, addressee_municipality_code="011029"))).outcome == "not_found"
    city.play({"kind": "wrong_person"})
    answer = read(deliver(question(2, with_juminhyo_code=True)))
    assert (answer.outcome, answer.copy) == ("refused", None) and "請求した人でない人" in answer.reason_ja
    assert RefusedMessage.objects.filter(code="another_person").count() == 1
    assert city.post("/_residents", {"copies": [held]}).status_code == 200
    answer = read(deliver(question(3)))
    assert (answer.outcome, answer.copy) == ("refused", None) and "交付できません" in answer.reason_ja
    assert TARO.name_kanji not in answer.reason_ja


@pytest.mark.parametrize(
    "wrong", [{"addressee_municipality_code": "012033"}, {"juminhyo_code": None}, {"individual_number": TARO_NUMBER}, {"municipality_code": "011029"}]
)
def test_照会そのものの誤りは外に出さずに拒む(city, wrong):
    assert deliver(question(1, **wrong)).status == "refused"
    assert city.get("/_received")["asked"] == []


# ---- as 住所地 ----


@pytest.fixture
def asked_of_residents(monkeypatch):
    """Residents answers with the copy of the samples; what it was asked."""
    found = []

    def answer(question, actor):
        found.append(question)
        return WideAreaAnswerV1(question.question_id, "found", "", COPY)

    monkeypatch.setattr(commands, "ask_residents", answer)
    return found


def from_outside(number: int = 1, **changes):
    told = {"addressee_municipality_code": "012033", "municipality_code": "012041", "juminhyo_code": CODE, **changes}
    return deliver(None, envelope_of(question(number, **told), sender="other_city", subjects=()), peer="other_city")


def test_他市の窓口からの照会は_現存する人のことだけ住民記録に尋ねる(asked_of_residents):
    """N-7.1.1.1-05: whom file (2) does not have as 現存 is not even asked for."""
    assert read(from_outside(1)).outcome == "not_found"
    assert asked_of_residents == []
    assert deliver(MOVE_IN).status == "acknowledged"
    answer = read(from_outside(2))
    assert (answer.outcome, answer.copy) == ("found", COPY)
    by_number = read(from_outside(3, juminhyo_code=None, individual_number=NUMBER))
    assert by_number.outcome == "found"
    assert [(one.juminhyo_code, one.individual_number) for one in asked_of_residents] == [(CODE, None)] * 2
    assert asked_of_residents[0].deadline < clock.now() + timedelta(seconds=4.5)
    entry = AuditEntry.objects.filter(action="juki_net:wide_area:answer").latest("id")
    assert (entry.detail["asked_by"], entry.detail["stage"], len(entry.subjects)) == ("012041", "found", 1)


def test_発行が抑止されている人は_住民記録に尋ねる前に断る(asked_of_residents):
    """domain §4.5; N-3.1-19: one sentence, whatever the reason."""
    assert deliver(MOVE_IN).status == "acknowledged"
    IssueBlock.objects.create(
        municipality_code="012033", juminhyo_code_ref=find(NumberKind.JUMINHYO_CODE, CODE), prohibited_from=date(2020, 1, 1), told_at=clock.now()
    )
    answer = read(from_outside(1))
    assert (answer.outcome, answer.copy, answer.reason_ja) == ("refused", None, "この人の住民票の写しは交付できません。住所地の市区町村に確認してください。")
    assert asked_of_residents == []


@pytest.mark.parametrize("wrong", [{"addressee_municipality_code": "011011"}, {"municipality_code": "012033"}])
def test_宛先と差出人の違う照会は断る(asked_of_residents, wrong):
    assert from_outside(1, **wrong).status == "refused"
