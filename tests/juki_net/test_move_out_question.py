"""転出証明書情報の照会 — residents' question through intake and wire to the other city and back: recorded, in time, and nobody else's answer. 法24条の2; G-11, S2-11."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from daicho import clock
from daicho.audit.models import AuditEntry
from daicho.contracts import base
from daicho.juki_net.models import IdentityRecord
from daicho.outbox import intake
from daicho.outbox.models import Notice, Receipt, RefusedMessage
from daicho.values.made_up import made_up_individual_number
from tests.contracts.move_out_samples import CERTIFICATE, CODE, NUMBER, OTHER_CODE, QUESTION
from tests.juki_net.sending import deliver, envelope_of, known

pytestmark = pytest.mark.django_db
ACTION = "juki_net:move_out:ask"


@pytest.fixture
def city(wired):
    """The other city has certified the couple of the samples."""
    assert wired["other_city"].post("/_known", known(CERTIFICATE)).status_code == 200
    return wired["other_city"]


def question(seconds=5.0, **changes):
    return replace(QUESTION, deadline=clock.now() + timedelta(seconds=seconds), **changes)


def ask(asked=None):
    """(the answer, the seconds it took)."""
    began, reply = time.monotonic(), deliver(asked or question())
    assert reply.status == "acknowledged", reply
    return base.decode("move_out_certificate_answer", 1, reply.answer.encode()), time.monotonic() - began


def test_前住所地の転出証明書情報がそのまま返る(city):
    """G-11: to the other city go one number, two codes, purpose and deadline."""
    answer, _ = ask()
    assert (answer.question_id, answer.outcome, answer.certificate) == (QUESTION.question_id, "found", CERTIFICATE)
    [asked] = city.get("/_received")["asked"]
    assert (asked["sender"], asked["addressee_municipality_code"], asked["purpose"]) == ("juki_net", "011011", "転入届の審査（届出番号1）")


def test_誰が何のために尋ねて何が返ったかが番号も名前もなく残る(city):
    """design §5: audited at both ends; F-2-09. Nothing of the answer stays in this system."""
    ask()
    trail = AuditEntry.objects.filter(action=ACTION).order_by("id")
    assert [(entry.purpose, entry.detail["asked_by"], entry.detail["stage"]) for entry in trail] == [
        ("転入届の審査（届出番号1）", "m.mado", "asked"),
        ("転入届の審査（届出番号1）", "m.mado", "found"),
    ]
    kept = str([(entry.detail, entry.purpose, entry.subjects) for entry in AuditEntry.objects.all()])
    assert not any(secret in kept for secret in (CODE, NUMBER, "太郎"))
    assert (IdentityRecord.objects.count(), Notice.objects.count(), Receipt.objects.count()) == (0, 0, 1)


def test_知らない人は該当なしと返る(city):
    answer, _ = ask(question(juminhyo_code=None, individual_number=str(made_up_individual_number(913))))
    assert (answer.outcome, answer.certificate) == ("not_found", None)


@pytest.mark.parametrize(
    ("fault", "outcome", "said"),
    [
        ({"kind": "down"}, "unavailable", "期限までに回答がありませんでした"),
        ({"kind": "silent"}, "unavailable", "期限までに回答がありませんでした"),
        ({"kind": "corrupt"}, "unavailable", "期限までに回答がありませんでした"),
        ({"kind": "duplicate"}, "unavailable", "期限までに回答がありませんでした"),
        ({"kind": "refuse", "code": "F05"}, "refused", "コード表にない値です"),
        ({"kind": "refuse", "code": "U02"}, "unavailable", "信頼できない"),
        ({"kind": "ill_formed"}, "refused", "電文仕様と異なる"),
        ({"kind": "wrong_question"}, "refused", "別の照会への回答"),
        ({"kind": "wrong_person"}, "refused", "別の人の転出証明書情報"),
    ],
    ids=lambda each: each if isinstance(each, str) else each["kind"],
)
def test_何が返っても窓口への答えになる(city, fault, outcome, said):
    """Each is told to the clerk; none of them carries anybody's data."""
    city.play(fault)
    answer, _ = ask()
    assert (answer.outcome, answer.certificate) == (outcome, None) and said in answer.reason_ja
    assert AuditEntry.objects.filter(action=ACTION, outcome="failed", detail__stage=outcome).count() == 1


@pytest.mark.parametrize(("kind", "code"), [("ill_formed", "answer_ill_formed"), ("wrong_question", "another_question"), ("wrong_person", "another_person")])
def test_使えない答えは受信拒否に数える(city, kind, code):
    """F-2-20: beside what is turned away at the door, without its content."""
    city.play({"kind": kind})
    ask()
    [refused] = RefusedMessage.objects.all()
    assert (refused.claimed_sender, refused.code, refused.kind, str(refused.notice_id)) == ("other_city", code, "move_out_certificate", QUESTION.question_id)
    assert len(refused.digest) == 64


def test_相手が黙っていても期限の前に答える(city):
    """The counter never waits on a hung neighbour."""
    city.play({"kind": "late", "ms": 10_000})
    answer, took = ask(question(seconds=2))
    assert answer.outcome == "unavailable" and took < 2


def test_期限を過ぎた照会は相手に届けない(city):
    answer, _ = ask(question(seconds=0.5))
    assert answer.outcome == "unavailable"
    assert city.get("/_received")["asked"] == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"municipality_code": "011029"}, "other_city"),
        ({"addressee_municipality_code": "012033"}, "to_ourselves"),
        ({"juminhyo_code": None}, "ill_formed"),
        ({"individual_number": NUMBER}, "ill_formed"),
        ({"juminhyo_code": CODE[:-1] + str((int(CODE[-1]) + 1) % 10)}, "ill_formed"),
    ],
)
def test_照会そのものの誤りは外に出さずに拒む(city, wrong, code):
    """F-2-22."""
    reply = deliver(question(**wrong))
    assert (reply.status, reply.code) == ("refused", code) and reply.reason_ja
    assert city.get("/_received")["asked"] == []


def test_記録された照会を送り直しても答えない(city):
    envelope = envelope_of(question())
    assert [deliver(None, envelope).status for _ in range(2)] == ["acknowledged", "refused"]
    assert len(city.get("/_received")["asked"]) == 1


def test_照会は既存住基だけができる(city):
    """F-2-05: no other system of the city reaches the network."""
    assert deliver(question(), envelope_of(question(), sender="atena"), peer="atena").status == "refused"


def test_待つ照会が多ければすぐに断りほかの受信を止めない(city, monkeypatch):
    """A hung neighbour takes no more than its share of the wire's threads."""
    import threading

    monkeypatch.setattr(intake, "_places", threading.BoundedSemaphore(1))
    assert intake._places.acquire(blocking=False)
    assert deliver(question()).status == "unavailable"
    intake._places.release()
    assert ask()[0].outcome == "found"


def test_同行する人の番号で尋ねても同じ世帯の答えになる(city):
    answer, _ = ask(question(juminhyo_code=OTHER_CODE))
    assert answer.certificate == CERTIFICATE
