"""広域交付 — this city's residents are told of at another counter, and another city's residents get their copy at ours. 法12条の4; N-4.0.8-19, N-7.1.1.1-05; domain §4.5."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from daicho import clock
from daicho.audit.models import AuditEntry
from daicho.contracts import base
from daicho.contracts.wide_area_v1 import WideAreaAnswerV1
from daicho.outbox import intake
from daicho.outbox.envelope import Envelope
from daicho.outbox.errors import Unavailable
from daicho.residents.commands import filings, registering, wide_area
from daicho.residents.models import CertificateIssue
from daicho.residents.rules.blocks import Process, Strength, Term
from daicho.residents.rules.wide_area import REFUSED
from tests.cast import EXAMINER, HANAKO, NGUYEN, SATO, TARO
from tests.contracts.wide_area_samples import ANSWER, CODE, COPY, QUESTION
from tests.paper.tools import text_of
from tests.residents.counter import enter, relocation_form, removed
from tests.residents.screens import desks
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family, open_visit
from tests.residents.test_blocks import block

pytestmark = pytest.mark.django_db


def asked(role=TARO, **changes) -> WideAreaAnswerV1:
    """市町村CS asks for another city's counter, through the post room."""
    told = {
        "addressee_municipality_code": "012033",
        "municipality_code": "012041",
        "juminhyo_code": role.juminhyo_code,
        "deadline": clock.now() + timedelta(seconds=5),
    }
    question = replace(QUESTION, **{"question_id": str(uuid4()), **told, **changes})
    envelope = Envelope(
        "juki_net", "residents", str(uuid4()), question.question_id, "wide_area_question", 1, (), clock.now(), "0" * 32, base.encode(question).decode()
    )
    reply = intake.receive("juki_net", envelope.to_bytes(), "127.0.0.1")
    assert reply.status == "acknowledged", reply
    return base.decode("wide_area_answer", 1, reply.answer.encode())


@pytest.fixture
def people() -> list[UUID]:
    desks.city()
    return family(TARO, HANAKO, replace(NGUYEN, relationship="同居人"))


class Test住所地として:
    def test_仮登録中の転居は_仮登録前の住所で答え_本登録すれば後の住所で答える(self, people):
        """N-4.0.8-19."""
        filing = enter("relocation", relocation_form(people, effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
        assert [asked().copy.address for _ in range(2)] == ["北海道小樽市花園2丁目12番1号"] * 2
        filings.examine(EXAMINER, filing)
        assert asked().copy.address == "北海道小樽市花園2丁目12番1号"
        registering.register(EXAMINER, filing)
        assert asked().copy.address == "北海道小樽市色内1丁目3番5号"

    def test_本人だけか世帯全員かと_請求された事項だけを答える(self, people):
        """法12条の4第4項: everything that can be asked for, and nothing of it where it was not."""
        whole = asked(with_juminhyo_code=True)
        assert [person.name_kanji or person.foreign_name_alphabet for person in whole.copy.people] == [
            TARO.name,
            HANAKO.name,
            NGUYEN.texts["foreign_name_alphabet"],
        ]
        assert (whole.copy.head_name, whole.copy.people[1].relationship, whole.copy.people[1].individual_number) == (TARO.name, "妻", HANAKO.individual_number)
        assert whole.copy.people[2].residence_card_no and not whole.copy.people[0].residence_card_no
        alone = asked(HANAKO, whole_household=False, with_relationship=False, with_individual_number=False, with_residence_items=False)
        [hanako] = alone.copy.people
        told = (hanako.name_kanji, hanako.birth_date, hanako.relationship, hanako.individual_number, hanako.juminhyo_code, alone.copy.head_name)
        assert told == (HANAKO.name, "昭和57年7月1日", None, None, None, None)

    def test_抑止されている人が載るものは_同じ一文で断る(self, people):
        """domain §4.5, §7: also where only a warning stands, and where it is of somebody else of the household."""
        block(people[1], Term(Process.CERTIFICATE, Strength.ALERT, date(2026, 4, 1)))
        assert [(one.outcome, one.copy, one.reason_ja) for one in (asked(), asked(HANAKO, whole_household=False))] == [("refused", None, REFUSED)] * 2
        assert asked(whole_household=False).outcome == "found"
        entry = AuditEntry.objects.filter(action="residents:wide_area:answer", outcome="refused").first()
        assert (entry.purpose, entry.detail["asked_by"], len(entry.subjects)) == (QUESTION.purpose, "012041", 3)

    def test_住民でない人と除票になった人はいない(self, people):
        assert asked(SATO).outcome == "not_found"
        removed(people[1], date(2026, 4, 10), "死亡")
        assert asked(HANAKO).outcome == "not_found"
        assert [person.name_kanji for person in asked().copy.people][:1] == [TARO.name] and len(asked().copy.people) == 2


class Test交付地として:
    FORM = {
        "number": CODE,
        "municipality": "札幌市中央区",
        "people": "household",
        "shown": ["with_relationship", "with_individual_number", "with_residence_items"],
        "purpose": "年金の手続",
    }

    @pytest.fixture
    def answers(self, monkeypatch) -> list:
        """What 市町村CS is asked; `answers.append` of an answer or an error is told next, else the sample."""
        told: list = []
        self.asked = []

        def ask(question, **to):
            self.asked.append(question)
            answer = told.pop(0) if told else ANSWER
            if isinstance(answer, Exception):
                raise answer
            return replace(answer, question_id=question.question_id)

        monkeypatch.setattr(wide_area, "ask", ask)
        return told

    def issue(self, clerk, **changed):
        return clerk.post("/wide-area/issue/", {**self.FORM, "once": str(uuid4()), **changed})

    def test_他市の人の写しが_その市の情報だけで出て_だれの番号も残らない(self, answers, tmp_path):
        clerk = desk()
        paper = self.issue(clerk)
        assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf"), visible(paper)
        text = "".join(text_of(paper.content, tmp_path, "-raw").split())
        for said in (
            "広域交付",
            "北海道札幌市中央区北一条西二丁目1番地コーポ架空305",
            "ZHANGYULIN張玉蓮",
            COPY.people[0].individual_number,
            "永住者",
            "渡邉\U000e0110",
        ):
            assert said in text, said
        assert not any(word in text for word in ("本籍", "筆頭者", CODE))
        [question] = self.asked
        assert (question.juminhyo_code, question.whole_household, question.with_juminhyo_code, question.addressee_municipality_code) == (
            CODE,
            True,
            False,
            "011011",
        )
        row = CertificateIssue.objects.get()
        assert (row.kind, row.fee_yen, row.subjects.count(), row.case, row.purpose) == ("wide_area_copy", 300, 0, "wide_area:011011", "年金の手続")
        kept = str([(entry.detail, entry.purpose) for entry in AuditEntry.objects.all()])
        assert not any(secret in kept for secret in (CODE, COPY.people[0].individual_number, "太郎"))

    def test_断られた理由が窓口に示され_番号は画面に残らない(self, answers):
        clerk = desk()
        answers += [replace(ANSWER, outcome="refused", reason_ja=REFUSED, copy=None), replace(ANSWER, outcome="not_found", copy=None), Unavailable("deadline")]
        for said in (REFUSED, "住民票がありません", "期限までに回答がありませんでした"):
            page = self.issue(clerk)
            assert (page.status_code, said in visible(page), CODE in page.content.decode()) == (422, True, False)
        assert not CertificateIssue.objects.exists()

    def test_本人と同一世帯の人のほかには_照会もしない(self, answers):
        clerk = desk()
        open_visit(standing="third_party")
        assert "本人と同一世帯の人だけ" in visible(self.issue(clerk))
        open_visit(identity_check="not_needed")
        assert "本人確認をしていない" in visible(self.issue(clerk))
        assert self.asked == []

    def test_番号と市区町村の誤りは_照会せずに示す(self, answers):
        clerk = desk()
        assert "住所地が当市です" in visible(self.issue(clerk, municipality="小樽市"))
        assert "カードから読み取った番号を確認してください" in visible(self.issue(clerk, number="12345"))
        assert self.issue(clerk, shown=["with_domicile"]).status_code == 400
        assert self.asked == []
