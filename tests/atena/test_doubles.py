"""個人番号の重複 — two integrated numbers for one 個人番号 wait for a clerk; nothing is merged by itself, nothing is lost by a decision. S4-01; 番号法第9条."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from daicho import audit, vault
from daicho.atena.commands import CannotDecide, decide
from daicho.atena.models import AffairAtena, HeldNumber, IntegratedPerson, NumberDouble
from daicho.atena.permissions import AtenaPermission
from daicho.atena.rules.doubles import Decision, Party, surviving
from tests.atena.departments import answer_to, ask, kept_of, numbering, question
from tests.atena.sending import deliver, envelope_of
from tests.contracts.atena_samples import BY_INTEGRATED, HANAKO, JIRO, NEW_NUMBER, NUMBER, RECORDED_AT, THIRD_ATENA_NO, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("allowed")]
CLERK = audit.Actor(7, "a.murata", "村田\u3000葵", "0105", "デジタル推進課", "honcho", "H01", frozenset({AtenaPermission.DOUBLE_DECIDE.value}))
LATER = RECORDED_AT + timedelta(hours=1)
HANAKO_NO, SECOND_NO = "000000000000019", "000000000000027"


def double() -> NumberDouble:
    return NumberDouble.objects.select_related("holder", "claimant").get()


def numbers() -> dict[str, list[str]]:
    """個人番号 in use by integrated number."""
    found: dict[str, list[str]] = {row.integrated_atena_no: [] for row in IntegratedPerson.objects.all()}
    for held in HeldNumber.objects.select_related("person").filter(until__isnull=True):
        found[held.person.integrated_atena_no].append(vault.reveal(held.individual_number_ref, because="試験"))
    return found


@pytest.fixture
def claimed():
    """保険年金課 numbered somebody without a 個人番号; later it names that of 花子, whom the register knows."""
    deliver(told(HANAKO))
    answer_to(numbering("77"))
    answer_to(numbering("77", individual_number=NUMBER))
    return double()


def test_重複は職員が判断するまで何も変えない(claimed):
    assert numbers() == {HANAKO_NO: [NUMBER], SECOND_NO: []}
    assert answer_to(question(individual_number=None, atena_no="77")).integrated_atena_no == SECOND_NO


def test_同じ人なら副本のある番号が残り宛名番号も番号もそこへ移る(claimed):
    decide(CLERK, claimed.public_id, Decision.SAME, "本人確認書類で確認")
    assert numbers() == {HANAKO_NO: [NUMBER], SECOND_NO: []}
    assert answer_to(question(individual_number=None, atena_no="77")).integrated_atena_no == HANAKO_NO
    assert answer_to(question(individual_number=NUMBER)).result == "found"
    given_up = IntegratedPerson.objects.get(integrated_atena_no=SECOND_NO)
    assert given_up.united_with.integrated_atena_no == HANAKO_NO


def test_統合された番号で中間サーバーが照会すれば残った番号を答える(claimed):
    """S4-04."""
    decide(CLERK, claimed.public_id, Decision.SAME, "確認済み")
    asked = replace(BY_INTEGRATED, integrated_atena_no=SECOND_NO)
    reply = deliver(asked, envelope_of(asked, sender="chukan", notice_id=asked.question_id, subjects=()), peer="chukan")
    assert f'"integrated_atena_no":"{HANAKO_NO}"' in reply.answer


def test_統合でなくなった番号は二度と使われない(claimed):
    """S4-01: never reused."""
    decide(CLERK, claimed.public_id, Decision.SAME, "確認済み")
    assert answer_to(numbering("78")).integrated_atena_no == "000000000000035"


def test_後から住民になった人は住民記録の番号が残る():
    """The holder is 住登外, the claimant becomes a resident under a 宛名番号 numbered before the 個人番号 came."""
    answer_to(numbering("77", individual_number=NUMBER))
    deliver(told(replace(HANAKO, individual_number=None)))
    deliver(told(HANAKO, at=LATER))
    found = double()
    assert (found.holder.integrated_atena_no, found.claimant.integrated_atena_no) == (HANAKO_NO, SECOND_NO)
    decide(CLERK, found.public_id, Decision.SAME, "確認済み")
    assert numbers() == {HANAKO_NO: [], SECOND_NO: [NUMBER]}
    assert answer_to(question(individual_number=NUMBER)).integrated_atena_no == SECOND_NO


def test_別の人で番号が後の人のものなら番号だけが移る(claimed):
    decide(CLERK, claimed.public_id, Decision.CLAIMANTS, "通知書で確認")
    assert numbers() == {HANAKO_NO: [], SECOND_NO: [NUMBER]}
    assert IntegratedPerson.objects.filter(united_with__isnull=False).count() == 0


def test_別の人で番号が先の人のものなら何も変わらない(claimed):
    decide(CLERK, claimed.public_id, Decision.HOLDERS, "課の入力誤り")
    assert numbers() == {HANAKO_NO: [NUMBER], SECOND_NO: []}
    assert answer_to(question(individual_number=NUMBER)).result == "found"


def test_住民票が二重なら住民記録で先に正すまで統合しない():
    """法8条: the register itself holds one person twice."""
    deliver(told(HANAKO))
    deliver(told(replace(JIRO, atena_no=THIRD_ATENA_NO, individual_number=NUMBER)))
    with pytest.raises(CannotDecide, match="住民記録で先に"):
        decide(CLERK, double().public_id, Decision.SAME, "確認済み")
    assert double().decided_at is None


def test_ほかにも確認中の重複がある番号は統合しない(claimed):
    deliver(told(replace(JIRO, individual_number=NEW_NUMBER), at=LATER))
    answer_to(numbering("77", individual_number=NEW_NUMBER))
    with pytest.raises(CannotDecide, match="ほかにも確認中"):
        decide(CLERK, claimed.public_id, Decision.SAME, "確認済み")


def test_判断は一度だけで理由が要る(claimed):
    with pytest.raises(CannotDecide, match="理由"):
        decide(CLERK, claimed.public_id, Decision.HOLDERS, " ")
    decide(CLERK, claimed.public_id, Decision.HOLDERS, "課の入力誤り")
    with pytest.raises(CannotDecide, match="すでに判断"):
        decide(CLERK, claimed.public_id, Decision.SAME, "やり直し")


def test_判断は職員と理由と対象者とともに記録される(claimed):
    decide(CLERK, claimed.public_id, Decision.HOLDERS, "課の入力誤り")
    [entry] = kept_of(AtenaPermission.DOUBLE_DECIDE)
    assert (entry["login"], entry["purpose"], set(entry["subjects"])) == ("a.murata", "課の入力誤り", {claimed.holder.public_id, claimed.claimant.public_id})
    assert entry["detail"] == {"double": str(claimed.public_id), "decision": "holders"}
    row = double()
    assert (row.decision, row.reason, row.decided_by) == ("holders", "課の入力誤り", "a.murata")


def test_権限がなければ判断できない(claimed):
    with pytest.raises(audit.Refused):
        decide(replace(CLERK, grants=frozenset()), claimed.public_id, Decision.SAME, "確認済み")
    assert double().decided_at is None


def test_一つの個人番号は同時に二人のものにならない():
    """The database itself: whatever a program does."""
    deliver(told(HANAKO, JIRO))
    other = HeldNumber.objects.get(person__integrated_atena_no=SECOND_NO)
    with pytest.raises(IntegrityError), transaction.atomic():
        HeldNumber.objects.create(person=other.person, individual_number_ref=HeldNumber.objects.first().individual_number_ref, since=RECORDED_AT)


@pytest.mark.parametrize(
    ("holder", "claimant", "stays"),
    [
        (Party(1, True), Party(2, False), 1),
        (Party(1, False), Party(2, True), 2),
        (Party(1, False), Party(2, False), 1),
        (Party(2, False), Party(1, False), 1),
        (Party(1, True), Party(2, True), None),
    ],
)
def test_残る番号は副本のあるほう_なければ古いほう(holder, claimant, stays):
    found = surviving(holder, claimant)
    assert (found.person_id if found else None) == stays


def test_判断の後も同じ課は自分の宛名番号で照会できる(claimed):
    decide(CLERK, claimed.public_id, Decision.SAME, "確認済み")
    assert AffairAtena.objects.filter(person__integrated_atena_no=HANAKO_NO).count() == 2
    assert ask(numbering("77", individual_number=NUMBER)).status == "acknowledged"
