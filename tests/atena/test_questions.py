"""庁内各課と中間サーバーの照会 — who may ask, what is answered, what is refused, and that all of it is on record. G-30; S4-01, S4-03, S4-04, S4-06, S4-07; F-1-06, F-1-43."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest

from daicho import clock
from daicho.atena.commands import UseForm, approve_use, enter_use
from daicho.atena.models import AffairAtena, HeldNumber, IntegratedPerson, NumberDouble
from daicho.atena.permissions import AtenaPermission
from daicho.contracts import decode
from daicho.contracts.atena_by_integrated_question_v1 import AtenaByIntegratedQuestionV1
from daicho.outbox.models import Receipt, RefusedMessage
from tests.atena.departments import FIRST, SECOND, answer_to, ask, kept_of, load, numbering, question, use, without_values
from tests.atena.sending import deliver
from tests.contracts.atena_samples import BASICS, BY_INTEGRATED, HANAKO, JIRO, NEW_NUMBER, NUMBER, OTHER_NUMBER, RECORDED_AT, told

ASK = AtenaPermission.PERSON_ASK
HANAKO_NO, JIRO_NO = "000000000000019", "000000000000027"
LATER = RECORDED_AT + timedelta(hours=1)


@pytest.mark.django_db
class Test照会:
    @pytest.fixture(autouse=True)
    def city(self, allowed):
        deliver(told(HANAKO, JIRO))

    def test_個人番号で基本の項目と統合宛名番号を答える(self):
        """S4-03."""
        answer = answer_to(question(individual_number=NUMBER))
        assert (answer.result, answer.integrated_atena_no, answer.state, answer.removed_on) == ("found", HANAKO_NO, "current", None)
        assert answer.basics == BASICS

    def test_事務の宛名番号で同じ人を答える(self):
        answer_to(numbering("77", individual_number=NUMBER))
        answer = answer_to(question(individual_number=None, atena_no="77"))
        assert (answer.result, answer.integrated_atena_no) == ("found", HANAKO_NO)

    def test_他の事務の宛名番号では見つからない(self):
        """S4-02: each affair has numbers of its own; that of the register is not another affair's to ask by."""
        answer_to(numbering("77", individual_number=NUMBER))
        other = {"department_code": "01", "affair_code": "0101", "individual_number": None}
        assert answer_to(question(atena_no="77", **other)).result == "not_found"
        assert answer_to(question(individual_number=None, atena_no=HANAKO.atena_no)).result == "not_found"

    def test_いない人は該当なしと答え何も作らない(self):
        answer = answer_to(question(individual_number=NEW_NUMBER))
        assert (answer.result, answer.basics, answer.integrated_atena_no) == ("not_found", None, None)
        assert IntegratedPerson.objects.count() == 2

    def test_消除された人は消除として答える(self):
        deliver(told(replace(HANAKO, removed_on=date(2026, 4, 2)), at=LATER))
        answer = answer_to(question(individual_number=NUMBER))
        assert (answer.state, answer.removed_on) == ("removed", date(2026, 4, 2))

    def test_変更前の個人番号では誰かを答えない(self):
        """番号法7条2項."""
        deliver(told(replace(HANAKO, individual_number=NEW_NUMBER), at=LATER))
        answer = answer_to(question(individual_number=NUMBER))
        assert (answer.result, answer.basics) == ("number_differs", None)
        assert answer_to(question(individual_number=NEW_NUMBER)).integrated_atena_no == HANAKO_NO

    def test_照会は部署と事務と目的と対象者とともに記録される(self):
        """S4-07, F-1-43: 日時, 誰が, 何のために, 誰を; never the number that was asked by."""
        asked = question(individual_number=NUMBER)
        answer_to(asked)
        [entry] = kept_of(ASK)
        [row] = IntegratedPerson.objects.filter(integrated_atena_no=HANAKO_NO)
        assert (entry["login"], entry["unit_code"], entry["unit_name"]) == ("system:wire.departments", "04", "福祉保険部 保険年金課")
        assert (entry["outcome"], entry["purpose"], entry["subjects"]) == ("done", "国民健康保険の資格の確認", [row.public_id])
        told_of = {name: entry["detail"][name] for name in ("question_id", "affair_code", "by", "result")}
        assert told_of == {"question_id": asked.question_id, "affair_code": "0401", "by": "individual_number", "result": "found"}
        assert not any(value in without_values(entry) for value in (NUMBER, HANAKO.name, HANAKO.atena_no))

    def test_該当なしも記録される(self):
        answer_to(question(individual_number=NEW_NUMBER))
        assert [(entry["subjects"], entry["detail"]["result"]) for entry in kept_of(ASK)] == [([], "not_found")]

    def test_回答済みの照会は二度と答えない(self):
        asked = question(individual_number=NUMBER)
        answer_to(asked)
        assert ask(asked).code == "replayed"


@pytest.mark.django_db
class Test付番依頼:
    @pytest.fixture(autouse=True)
    def list_of_uses(self, allowed):
        pass

    def test_新しい人に付番し次からは見つかる(self):
        """S4-01: new person from any affair."""
        answer = answer_to(numbering("77", individual_number=NUMBER))
        assert (answer.result, answer.integrated_atena_no, answer.state) == ("numbered", HANAKO_NO, "unregistered")
        assert answer_to(question(individual_number=NUMBER)).integrated_atena_no == HANAKO_NO
        assert answer_to(numbering("77", individual_number=NUMBER)).result == "found"
        assert IntegratedPerson.objects.count() == 1

    def test_二つの事務が同じ個人番号を名のれば同じ番号になる(self):
        """S4-01."""
        deliver(told(HANAKO))
        first = answer_to(numbering("77", individual_number=NUMBER))
        second = answer_to(numbering("88", individual_number=NUMBER, department_code="01", affair_code="0101"))
        assert {first.integrated_atena_no, second.integrated_atena_no} == {HANAKO_NO}
        assert sorted(AffairAtena.objects.values_list("affair_code", "atena_no")) == [("0000", HANAKO.atena_no), ("0101", "88"), ("0401", "77")]

    def test_住民記録が後から同じ個人番号を伝えれば同じ番号で住民になる(self):
        answer_to(numbering("77", individual_number=NUMBER, basics=replace(BASICS, address="札幌市")))
        deliver(told(HANAKO))
        [row] = IntegratedPerson.objects.all()
        assert (row.integrated_atena_no, row.address, row.as_of) == (HANAKO_NO, HANAKO.address, RECORDED_AT)

    def test_課の言うことは住民記録の項目も個人番号も変えない(self):
        """The register's word stands: an affair tells of its own people only."""
        deliver(told(HANAKO))
        answer_to(numbering("77", individual_number=NUMBER, basics=replace(BASICS, name="別名", address="別の住所")))
        answer = answer_to(numbering("77", individual_number=NEW_NUMBER))
        assert (answer.result, answer.basics) == ("number_differs", None)
        [row] = IntegratedPerson.objects.all()
        assert (row.name, row.address, HeldNumber.objects.count()) == (HANAKO.name, HANAKO.address, 1)

    def test_変更前の個人番号による付番依頼には付番しない(self):
        deliver(told(HANAKO))
        deliver(told(replace(HANAKO, individual_number=NEW_NUMBER), at=LATER))
        assert answer_to(numbering("77", individual_number=NUMBER)).result == "number_differs"
        assert IntegratedPerson.objects.count() == 1

    def test_番号のない人も付番され後から番号が付く(self):
        assert answer_to(numbering("77")).result == "numbered"
        assert HeldNumber.objects.count() == 0
        assert answer_to(numbering("77", individual_number=NUMBER)).result == "found"
        assert answer_to(question(individual_number=NUMBER)).integrated_atena_no == HANAKO_NO

    def test_別の人の個人番号を名のれば確認中と答え職員の一覧に載る(self):
        """Never a silent merge."""
        deliver(told(HANAKO))
        answer_to(numbering("77"))
        answer = answer_to(numbering("77", individual_number=NUMBER))
        assert (answer.result, answer.basics, answer.integrated_atena_no) == ("in_doubt", None, None)
        double = NumberDouble.objects.get()
        assert (double.holder.integrated_atena_no, double.claimant.integrated_atena_no, double.affair_code) == (HANAKO_NO, JIRO_NO, "0401")
        assert answer_to(question(individual_number=NUMBER)).result == "in_doubt"
        answer_to(numbering("77", individual_number=NUMBER))
        assert NumberDouble.objects.count() == 1  # said again, it waits already


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"individual_number": NUMBER, "atena_no": "77"},
        {"individual_number": None, "atena_no": None},
        {"individual_number": "123456789012"},
        {"individual_number": NUMBER, "basics": BASICS},
        {"individual_number": NUMBER, "atena_no": "77", "basics": replace(BASICS, sex_code="x")},
        {"purpose": " "},
        {"purpose": "あ" * 201},
        {"purpose": "\x00"},
        {"department_code": "<b>"},
        {"affair_code": ""},
    ],
)
def test_形式の違う照会は拒む(allowed, changes):
    reply = ask(question(**changes))
    assert (reply.status, reply.answer) == ("refused", None)
    assert reply.code in ("ill_formed", "unknown_code", "purpose")
    assert RefusedMessage.objects.get().kind == "atena_question"


@pytest.mark.django_db
class Test中間サーバーの照会:
    @pytest.fixture(autouse=True)
    def city(self):
        deliver(told(HANAKO))

    def asked(self, **changes):
        return replace(BY_INTEGRATED, **{"question_id": str(uuid.uuid4()), "integrated_atena_no": HANAKO_NO, **changes})

    def answer(self, **changes):
        reply = ask(self.asked(**changes), sender="chukan")
        return decode("atena_answer", 1, reply.answer.encode()) if reply.answer else reply

    def test_統合宛名番号から宛名を答え記録する(self):
        """S4-04."""
        answer = self.answer()
        assert (answer.result, answer.integrated_atena_no, answer.basics, answer.state) == ("found", HANAKO_NO, BASICS, "current")
        [entry] = kept_of(ASK)
        assert (entry["login"], entry["purpose"], len(entry["subjects"])) == ("system:wire.chukan", "情報提供の対象者の確認", 1)

    def test_ない番号は該当なしと答える(self):
        assert self.answer(integrated_atena_no=JIRO_NO).result == "not_found"

    @pytest.mark.parametrize("changes", [{"integrated_atena_no": "19"}, {"integrated_atena_no": "００００００００００００００１"}, {"purpose": ""}])
    def test_形式の違うものは拒む(self, changes):
        assert self.answer(**changes).status == "refused"

    def test_期限を過ぎれば答えない(self):
        with clock.at(BY_INTEGRATED.deadline + timedelta(seconds=1)):
            assert self.answer().code == "deadline"

    def test_中間サーバーの照会は他からは受けない(self):
        asked = self.asked()
        assert isinstance(asked, AtenaByIntegratedQuestionV1)
        assert {ask(asked, sender=sender).code for sender in ("departments", "residents")} == {"not_allowed"}


class Test法令上の根拠:
    """F-1-06, S4-06: refusals outlive the question's own transaction, so commits are real here."""

    @pytest.fixture(autouse=True)
    def city(self, committed_db):
        load()
        deliver(told(HANAKO))

    def refusal_of(self, asked):
        reply = ask(asked)
        [entry] = kept_of(ASK)[-1:]
        return reply.status, reply.code, entry["outcome"], entry["detail"].get("reason")

    def test_一覧にない部署や事務には答えず理由とともに記録する(self):
        """403."""
        forbidden = ("refused", "forbidden", "refused", "forbidden")
        for changes in ({"department_code": "99"}, {"affair_code": "0101"}, {"department_code": "01"}, {"affair_code": "0000"}):
            assert self.refusal_of(question(**changes)) == forbidden, changes
        entry = kept_of(ASK)[0]
        assert (entry["unit_code"], entry["purpose"], entry["detail"]["affair_code"], entry["subjects"]) == ("99", "国民健康保険の資格の確認", "0401", [])
        assert (RefusedMessage.objects.count(), Receipt.objects.filter(kind="atena_question").count()) == (4, 0)
        assert not any(value in without_values(kept_of(ASK)) for value in (NUMBER, HANAKO.name))

    def test_根拠のない部署の付番依頼は番号を作らない(self):
        assert self.refusal_of(numbering("77", individual_number=OTHER_NUMBER, department_code="99"))[:2] == ("refused", "forbidden")
        assert IntegratedPerson.objects.count() == 1

    def test_根拠がなくなった日から答えず前日までは答える(self):
        """H-16, H-17: an authorisation can be withdrawn."""
        approve_use(SECOND, enter_use(FIRST, use(allowed=False, valid_from=date(2026, 4, 10), reason="事務の移管")))
        with clock.at(date(2026, 4, 9)):
            assert ask(question()).status == "acknowledged"
        with clock.at(date(2026, 4, 10)):
            assert ask(question()).code == "forbidden"

    def test_承認を待つ登録では答えない(self):
        new = UseForm("07", "こども未来部 子育て支援課", "0701", "保育所入退所", "番号法第9条第1項 別表", date(2026, 4, 3), True, "追加")
        entry = enter_use(FIRST, new)
        asked = {"department_code": "07", "affair_code": "0701"}
        assert ask(question(**asked)).code == "forbidden"
        approve_use(SECOND, entry)
        assert ask(question(**asked)).status == "acknowledged"

    def test_期限を過ぎた照会と形式の違う照会も理由とともに記録する(self):
        late = question(deadline=clock.now() - timedelta(seconds=1))
        assert self.refusal_of(late) == ("refused", "deadline", "refused", "deadline")
        assert self.refusal_of(question(individual_number="123456789012")) == ("refused", "ill_formed", "refused", "ill_formed")
        assert self.refusal_of(question(purpose="\x00")) == ("refused", "purpose", "refused", "purpose")
