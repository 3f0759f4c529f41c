"""証明書交付センター — what the centre believes: only an answer that is bound to the very request it made. G-21, S5-02.

The city's side is a stand-in here that signs nothing and can lie; the real one is asked in tests/residents/test_konbini_over_the_wire.py.
"""

from __future__ import annotations

import base64
import hashlib
import json

import pytest

from simulators.certificate_centre import CertificateCentre
from simulators.config import REPOSITORY_LAYOUTS
from simulators.moment import Clock
from simulators.sending import CannotSend

PDF = b"%PDF-1.7 made up"


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


class City:
    """Answers each question rightly, then `lies` changes the answer."""

    def __init__(self, lies=lambda answer: answer, paper=PDF) -> None:
        self.lies, self.paper, self.asked = lies, paper, []

    def envelope(self, to, kind, version, body, subjects=()):
        return {"kind": kind, "body": canonical(body).decode()}

    def deliver(self, to, envelope, *, altered=False):
        if altered:
            return {"status": "unauthorized", "code": "bad_signature", "reason_ja": "", "answer": None}
        question = json.loads(envelope["body"])
        self.asked.append(question)
        answer = {
            "question_id": question["question_id"], "request_no": question["request_no"], "request_digest": hashlib.sha256(envelope["body"].encode()).hexdigest(),
            "code": "A00", "message_ja": "交付しました。", "certificate_no": "20260410 小樽市 コンビニ 　 001", "pages": 1, "fee_yen": 300,
            "document": base64.b64encode(self.paper).decode(), "document_digest": hashlib.sha256(self.paper).hexdigest(), "definition_digest": "a" * 64,
            "template_digest": "b" * 64, "font_digest": "c" * 64, "binding": "",
        }  # fmt: skip
        bound = {name: value for name, value in answer.items() if name not in ("question_id", "message_ja", "document", "binding")}
        answer["binding"] = hashlib.sha256(canonical(bound)).hexdigest()
        return {"status": "acknowledged", "code": "ok", "reason_ja": "", "answer": self.lies(answer)}


def centre(tmp_path, city: City) -> CertificateCentre:
    made = CertificateCentre(tmp_path, REPOSITORY_LAYOUTS, Clock(None))
    made.sender = city  # type: ignore[assignment]
    return made


def test_結び付いた回答を受け入れ紙を残す(tmp_path):
    one = centre(tmp_path, City())
    told = one.send({"ask": {"user_certificate_serial": "MADEUP1", "certificate_kind": "12", "shown": ["01"]}})
    assert told["problems"] == []
    assert (tmp_path / "certificate_centre" / "papers" / f"{told['asked']['request_no']}.pdf").read_bytes() == PDF
    [kept] = one.received()["messages"]
    assert (kept["control_no"], kept["items"]["code"]) == (told["asked"]["request_no"], "A00")
    assert "document" not in kept["items"]


@pytest.mark.parametrize(
    "lie",
    [
        {"request_digest": "0" * 64},
        {"request_no": "another"},
        {"question_id": "00000000-0000-0000-0000-000000000000"},
        {"document": base64.b64encode(PDF + b" ").decode()},
        {"document": None},
        {"document_digest": "0" * 64},
        {"pages": 2},
        {"binding": "0" * 64},
        {"code": "K01"},
        {"code": "Z99"},
        {"font_digest": "x"},
    ],
    ids=lambda lie: next(iter(lie)),
)
def test_どこか一つでも違う回答は信じず紙も残さない(tmp_path, lie):
    one = centre(tmp_path, City(lambda answer: {**answer, **lie}))
    assert one.send({"ask": {}})["problems"] != []
    assert list((tmp_path / "certificate_centre" / "papers").iterdir()) == []


def test_同じ請求番号に違う紙が返れば見つける(tmp_path):
    city = City()
    papers = iter([PDF, PDF + b"2"])
    deliver = city.deliver

    def other_paper(to, envelope, *, altered=False):
        city.paper = next(papers)
        return deliver(to, envelope, altered=altered)

    city.deliver = other_paper
    told = centre(tmp_path, city).send({"ask": {}, "fault": "twice"})
    assert told["problems"] == ["the same 請求番号 has two different papers"]
    assert len({question["question_id"] for question in city.asked}) == 2
    assert len({question["request_no"] for question in city.asked}) == 1


def test_台本のとおりに誤る(tmp_path):
    city = City()
    one = centre(tmp_path, city)
    one.send({"ask": {}, "fault": "unknown_kind"})
    one.send({"ask": {}, "fault": "late"})
    assert (city.asked[0]["certificate_kind"], city.asked[1]["deadline"] < one.clock.instant()) == ("99", True)
    [altered] = one.send({"ask": {}, "fault": "altered"})["replies"]
    assert altered["status"] == "unauthorized"


@pytest.mark.parametrize("order", [{"ask": {"memo": "x"}}, {"ask": {}, "fault": "sleepy"}, {"ask": "x"}, {"ask": {}, "to": "konbini"}], ids=str)
def test_できない指図は断る(tmp_path, order):
    with pytest.raises(CannotSend):
        centre(tmp_path, City()).send(order)
