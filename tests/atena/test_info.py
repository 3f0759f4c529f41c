"""宛名情報の受入れ — everybody is numbered once, keeps the number, and is found by it again. S4-01, S4-02; G-17; 番号法第9条."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho import clock, numbering, vault
from daicho.atena.models import AffairAtena, HeldNumber, IntegratedPerson, NumberDouble
from daicho.atena.permissions import AtenaPermission
from daicho.atena.rules.vocabulary import State, state_of
from daicho.numbering.queries import unexplained
from daicho.outbox.models import Receipt
from daicho.values.numbers import IntegratedAtenaNo
from tests.atena.departments import kept_of, without_values
from tests.atena.sending import deliver, envelope_of
from tests.contracts.atena_samples import ATENA_NO, HANAKO, JIRO, NEW_NUMBER, NUMBER, OTHER_NUMBER, RECORDED_AT, person, told

pytestmark = pytest.mark.django_db
LATER = RECORDED_AT + timedelta(hours=1)


def people() -> list[IntegratedPerson]:
    return list(IntegratedPerson.objects.order_by("pk"))


def numbers_of(row: IntegratedPerson) -> list[str]:
    """個人番号 in use."""
    refs = list(HeldNumber.objects.filter(person=row, until__isnull=True).values_list("individual_number_ref", flat=True))
    return [vault.reveal(ref, because="試験") for ref in refs]


def test_新しい人に15桁の番号を順に付け宛名番号と個人番号を紐付ける():
    """S4-01, S4-02."""
    assert deliver(told(HANAKO, JIRO)).status == "acknowledged"
    first, second = people()
    assert (first.integrated_atena_no, second.integrated_atena_no) == ("000000000000019", "000000000000027")  # 1 and 2 with their check digits
    assert [IntegratedAtenaNo.parse(row.integrated_atena_no).serial for row in people()] == [1, 2]
    assert (first.name, first.name_furigana, first.birth_date, first.sex_code, first.address) == (
        HANAKO.name, HANAKO.name_furigana, HANAKO.birth_date, HANAKO.sex_code, HANAKO.address,
    )  # fmt: skip
    assert list(AffairAtena.objects.order_by("pk").values_list("person_id", "affair_code", "atena_no")) == [
        (first.pk, "0000", HANAKO.atena_no),
        (second.pk, "0000", JIRO.atena_no),
    ]
    assert (numbers_of(first), numbers_of(second)) == ([NUMBER], [OTHER_NUMBER])


def test_次の異動で同じ番号のまま基本の項目が新しくなる():
    """N-4.0.8-22."""
    deliver(told(HANAKO))
    deliver(told(replace(HANAKO, address="色内一丁目3番5号", name="稲穂\u3000花子"), at=LATER))
    [row] = people()
    assert (row.integrated_atena_no, row.address, row.name, row.as_of) == ("000000000000019", "色内一丁目3番5号", "稲穂\u3000花子", LATER)


def test_個人番号がまだない人にも付番し番号が来れば同じ人に付く():
    """S4-01: joined when the number comes."""
    deliver(told(replace(HANAKO, individual_number=None)))
    [row] = people()
    assert numbers_of(row) == []
    deliver(told(HANAKO, at=LATER))
    assert (people(), numbers_of(row)) == ([row], [NUMBER])


def test_個人番号がなくなったと伝わっても登録は残る():
    """空欄 is not a number of another: what is known of the person stays."""
    deliver(told(HANAKO))
    deliver(told(replace(HANAKO, individual_number=None), at=LATER))
    assert numbers_of(people()[0]) == [NUMBER]


def test_個人番号の変更は同じ番号のまま新旧が分かれる():
    """番号法7条2項: the former number leads to the same person and to nobody else."""
    deliver(told(HANAKO))
    deliver(told(replace(HANAKO, individual_number=NEW_NUMBER), at=LATER))
    [row] = people()
    assert numbers_of(row) == [NEW_NUMBER]
    assert HeldNumber.objects.filter(person=row, until__isnull=False).count() == 1


def test_消除された人も番号を保ち戻れば同じ番号で現存になる():
    """S4-01: removed persons stay numbered."""
    deliver(told(HANAKO))
    deliver(told(replace(HANAKO, removed_on=date(2026, 4, 3)), at=LATER))
    [row] = people()
    assert (row.integrated_atena_no, row.removed_on) == ("000000000000019", date(2026, 4, 3))
    deliver(told(HANAKO, at=LATER + timedelta(days=400)))
    [row] = people()
    assert (row.integrated_atena_no, row.removed_on) == ("000000000000019", None)


@pytest.mark.parametrize(
    ("told_by_register", "removed_on", "state"),
    [
        (True, None, State.CURRENT),
        (True, date(2026, 4, 4), State.CURRENT),  # 転出予定
        (True, date(2026, 4, 3), State.REMOVED),
        (False, None, State.UNREGISTERED),
    ],
)
def test_状態は消除日の当日から消除である(told_by_register, removed_on, state):
    assert state_of(told_by_register, removed_on, date(2026, 4, 3)) is state


def test_遅れて届いた古い通知は新しい内容を上書きしない():
    """Out of order: decided by the moment of the event, whichever way it comes."""
    deliver(told(replace(HANAKO, address="色内一丁目3番5号", individual_number=NEW_NUMBER), at=LATER))
    assert deliver(told(HANAKO, at=RECORDED_AT)).status == "acknowledged"
    [row] = people()
    assert (row.address, row.as_of, numbers_of(row)) == ("色内一丁目3番5号", LATER, [NEW_NUMBER])
    assert [entry["detail"]["overtaken"] for entry in kept_of(AtenaPermission.INFO_UPDATE)] == [0, 1]


def test_同じ時点の通知をもう一度受けても変わらない():
    """resync: a new number of the notice, the same event."""
    deliver(told(HANAKO))
    before = people()[0].__dict__
    deliver(told(HANAKO))
    after = people()[0].__dict__
    assert {name: value for name, value in after.items() if name != "_state"} == {name: value for name, value in before.items() if name != "_state"}


def test_同じ電文の二度目は重複として何もしない():
    envelope = envelope_of(told(HANAKO))
    assert [deliver(None, envelope).status for _ in range(2)] == ["acknowledged", "duplicate"]
    assert (len(people()), Receipt.objects.count()) == (1, 1)


def test_拒まれた電文は番号も記録も残さない():
    reply = deliver(told(HANAKO, replace(JIRO, sex_code="7", birth_date="R8-13-40")))
    assert (reply.status, reply.code) == ("refused", "unknown_code")
    assert "性別がコード表にありません" in reply.reason_ja and "生年月日" in reply.reason_ja
    assert JIRO.name not in reply.reason_ja
    assert (people(), HeldNumber.objects.count()) == ([], 0)
    deliver(told(HANAKO))
    assert people()[0].integrated_atena_no == "000000000000019"  # the number was given back


@pytest.mark.parametrize("changes", [{"individual_number": "123456789012"}, {"atena_no": "x1"}, {"name": "\x00"}, {"address": "花" * 301}])
def test_形式の違うものは理由を添えて拒む(changes):
    reply = deliver(told(replace(HANAKO, **changes)))
    assert (reply.status, people()) == ("refused", [])


def test_同じ人が二度ある電文は拒む():
    assert deliver(told(HANAKO, HANAKO)).code == "person_twice"


@pytest.mark.parametrize("peer", ["chukan", "departments"])
def test_宛名情報は住民記録からしか受けない(peer):
    """A forbidden writer: nobody but residents tells of the register."""
    message = told(HANAKO)
    reply = deliver(message, envelope_of(message, sender=peer), peer=peer)
    assert (reply.status, reply.code, people()) == ("refused", "not_allowed", [])


def test_署名した者と送信元が違えば受けない():
    message = told(HANAKO)
    assert deliver(message, envelope_of(message), peer="chukan").status == "unauthorized"
    assert people() == []


def test_欠番は説明され使われた番号は残らず説明できる():
    """S4-01: gaps explained; what a refused message took is given back."""
    for index in range(910, 915):
        deliver(told(person(index)))
    deliver(told(replace(person(920), sex_code="x")))
    numbering.never_below("integrated_atena_no", 9, "旧システムの番号の上から付番")
    deliver(told(person(921)))
    in_use = [IntegratedAtenaNo.parse(row.integrated_atena_no).serial for row in people()]
    assert in_use == [1, 2, 3, 4, 5, 10]
    assert unexplained("integrated_atena_no", in_use) == []


def test_番号は何からも導かれない():
    """S4-01: two cities that are told of the same people in another order give other numbers."""
    deliver(told(JIRO, HANAKO))
    by_name = {row.name: row.integrated_atena_no for row in people()}
    assert by_name == {JIRO.name: "000000000000019", HANAKO.name: "000000000000027"}
    assert not any(part in by_name[HANAKO.name] for part in (NUMBER, ATENA_NO))


def test_同じ異動の二人が同じ個人番号を名のれば職員の判断を待つ():
    deliver(told(HANAKO, replace(JIRO, individual_number=NUMBER)))
    first, second = people()
    assert (numbers_of(first), numbers_of(second)) == ([NUMBER], [])
    double = NumberDouble.objects.get()
    assert (double.holder, double.claimant, double.affair_code, double.decided_at) == (first, second, "0000", None)


def test_受入れは対象者とともに記録され値は残らない():
    deliver(told(HANAKO, JIRO))
    [entry] = kept_of(AtenaPermission.INFO_UPDATE)
    assert (entry["login"], entry["subjects"]) == ("system:atena.intake", [row.public_id for row in people()])
    assert {name: entry["detail"][name] for name in ("numbered", "overtaken", "disputed")} == {"numbered": 2, "overtaken": 0, "disputed": 0}
    assert not any(value in without_values(entry["detail"]) for value in (NUMBER, HANAKO.name, HANAKO.atena_no, HANAKO.address))


def test_問合せの数は人数によらない():
    """Style 14: pinned, for new people and for those known."""
    deliver(told(person(930)))  # the first ever begins series and keys
    counted = []
    for first, count in ((940, 2), (950, 8)):
        crowd = [person(index) for index in range(first, first + count)]
        for at in (RECORDED_AT, LATER):
            with clock.at(LATER), CaptureQueriesContext(connection) as queries:
                deliver(told(*crowd, at=at))
            counted.append(len(queries))
    assert counted[0] == counted[2] and counted[1] == counted[3], counted
    assert max(counted) <= 45, counted
