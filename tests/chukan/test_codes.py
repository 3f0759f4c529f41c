"""符号 — asked of the network core, kept here alone, sealed, and never said again. 番号法21条の2; G-14, S3-01, S3-07, F-1-56."""

import uuid
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho import audit, clock, vault
from daicho.audit.models import AuditEntry
from daicho.chukan.commands.codes import person_of, request_missing
from daicho.chukan.models import LinkageCode, Person
from daicho.chukan.permissions import ChukanPermission
from daicho.contracts import base
from daicho.contracts.code_request_v1 import CodeRequestV1
from daicho.contracts.linkage_code_v1 import LinkageCodeV1
from daicho.outbox import courier, intake
from daicho.outbox.envelope import Envelope
from daicho.outbox.models import Notice
from tests.chukan.sending import CODE, OTHER_CODE, OTHER_NO, deliver, obtain_code, replica
from tests.contracts.chukan_samples import CITY, INTEGRATED_NO

pytestmark = pytest.mark.django_db


def request(number: str = INTEGRATED_NO):
    return deliver(CodeRequestV1(CITY, number, clock.now()))


def given(code: str = CODE, **changes):
    """The core's message for the one request that is open."""
    row = LinkageCode.objects.order_by("-requested_at").first()
    return replace(LinkageCodeV1(row.request_control_no, CITY, code, clock.now()), **changes)


def posted() -> list[object]:
    refs = Notice.objects.order_by("order_no").values_list("payload_ref", flat=True)
    return [base.read(Envelope, vault.open_payload(ref)).message() for ref in refs]


def test_依頼を受けると核へ誰とも言わずに取得を求める():
    """G-14, S4-05: what goes out names neither the person nor any number of theirs."""
    assert request().status == "acknowledged"
    [row] = LinkageCode.objects.all()
    [message] = posted()
    assert (message.request_control_no, message.municipality_code, row.acquired_at) == (row.request_control_no, CITY, None)
    assert INTEGRATED_NO not in base.encode(message).decode()


def test_二度の依頼で取得を二度求めない():
    request()
    request()
    assert (LinkageCode.objects.count(), Notice.objects.count()) == (1, 1)
    obtain = given()
    assert deliver(obtain, "network_core").status == "acknowledged"
    request()
    assert Notice.objects.count() == 1


def test_初期移行の人の分は処理が一度だけ求め問合せの数は人数によらない(django_assert_num_queries):
    """S3-01: asked for in the order in which they were told of, those for whom somebody asked already left out, no more at once than named."""
    people = [Person.objects.create(integrated_atena_no=f"{no:015}", first_told_at=clock.now()) for no in range(1, 6)]
    request()
    system = audit.Actor.system("test", ChukanPermission.CODE_ACQUIRE)
    assert request_missing(system, 2) == 2
    assert set(LinkageCode.objects.values_list("person", flat=True)) == {people[0].pk, people[1].pk, Person.objects.get(integrated_atena_no=INTEGRATED_NO).pk}
    with CaptureQueriesContext(connection) as three:
        assert request_missing(system, 100) == 3
    for no in range(6, 46):
        Person.objects.create(integrated_atena_no=f"{no:015}", first_told_at=clock.now())
    with django_assert_num_queries(len(three)):
        assert request_missing(system, 100) == 40
    assert request_missing(system, 100) == 0
    assert len({message.request_control_no for message in posted()}) == Notice.objects.count() == LinkageCode.objects.count() == 46


def test_初期移行の分を頼めるのは部屋の処理だけである(nobody):
    with pytest.raises(audit.Refused):
        request_missing(nobody, 1)


def test_符号は金庫に封じられ表のどこにも現れない():
    """F-1-56, F-1-61: found by its keyed hash, stored sealed."""
    obtain_code()
    [row] = LinkageCode.objects.all()
    assert vault.reveal(row.code_ref, because="試験") == CODE
    assert row.acquired_at is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT LIKE 'audit_entry_%'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{CODE}%"])
            assert cursor.fetchone() == (0,), table


def test_符号から人が見つかり人に一つである():
    """S3-01."""
    obtain_code()
    obtain_code(OTHER_NO, OTHER_CODE)
    assert [person_of(code).integrated_atena_no for code in (CODE, OTHER_CODE)] == [INTEGRATED_NO, OTHER_NO]
    assert person_of("0" * 32) is None


def test_取得の依頼と受領が操作履歴に残る():
    obtain_code()
    entries = AuditEntry.objects.filter(action="chukan:code:acquire").order_by("id")
    assert [(entry.subjects, entry.detail.get("step")) for entry in entries] == [
        ([Person.objects.get().pk], "requested"),
        ([Person.objects.get().pk], "acquired"),
    ]
    assert not any(CODE in str(entry.detail) for entry in entries)


def test_同じ符号が二度届いても変わらない():
    obtain_code()
    assert deliver(given(), "network_core").status == "acknowledged"
    assert LinkageCode.objects.count() == 1


class Test受け取らない符号:
    def test_求めていない符号(self):
        reply = deliver(LinkageCodeV1("012033" + "0" * 16, CITY, CODE, clock.now()), "network_core")
        assert (reply.code, LinkageCode.objects.count()) == ("unknown_request", 0)

    def test_他団体あての符号(self):
        request()
        assert deliver(given(municipality_code="011002"), "network_core").code == "unknown_request"

    def test_同じ求めに別の符号(self):
        obtain_code()
        assert deliver(given(OTHER_CODE), "network_core").code == "already_given"

    def test_別の人に付いている符号(self):
        obtain_code()
        request(OTHER_NO)
        reply = deliver(given(), "network_core")
        assert (reply.code, "別の人" in reply.reason_ja) == ("taken", True)
        assert LinkageCode.objects.filter(acquired_at=None).count() == 1

    def test_形の違う符号(self):
        request()
        reply = deliver(given("XYZ"), "network_core")
        assert (reply.code, "XYZ" in reply.reason_ja) == ("ill_formed", False)

    @pytest.mark.parametrize("sender", ["atena", "residents"])
    def test_核のほかからの符号(self, sender):
        request()
        assert deliver(given(), sender).code == "not_allowed"


def test_住民記録にも統合宛名にも符号を返す電文はない():
    """F-1-56: no contract but the core's own carries a 符号, and only chukan receives it."""
    carrying = {d.kind for d in base.definitions() if any("linkage_code" in name for name in base._fields_of(d.message_class))}
    assert carrying == {"linkage_code", "provision_question"}
    assert {sender for sender, kind in intake.registered() if kind in carrying} == {"network_core"}
    assert not any(carrying & route.kinds for route in courier._routes.values())


def test_副本より先に符号が届いてもよい():
    obtain_code()
    assert deliver(replica()).status == "acknowledged"
    assert Person.objects.count() == 1


def test_依頼管理番号は並びも件数も語らない():
    request()
    request(OTHER_NO)
    numbers = LinkageCode.objects.values_list("request_control_no", flat=True)
    assert all(number.startswith(CITY) and len(number) == 22 for number in numbers)
    assert len(set(numbers)) == 2
    assert uuid.UUID(int=0) not in set(LinkageCode.objects.values_list("pk", flat=True))
