"""行 — what is written and read by hand is what Django would have written and read. 設計8章, 決定0007."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from daicho import rows
from daicho.outbox.models import Delivery, Epoch, Notice
from daicho.residents.models import CivilEvent, Filing, Household, Visit
from daicho.values.dates import JapaneseDate

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 0, 30, 15, 123456, UTC)


def code() -> str:
    return settings.INSTALLATION.municipality_code


def visit() -> Visit:
    return Visit(
        municipality_code=code(), visit_no=1, visitor_name="花園　太郎\\", standing="self", identity_check="one_document",
        identity_documents=["my_number_card", "旅券"], purpose='"改行\n\tと引用符"', office_code="01", terminal="T01", opened_by="佐々木", opened_by_id_no=7,
        opened_at=NOW,
    )  # fmt: skip


def filing(of: Visit) -> Filing:
    return Filing(
        municipality_code=code(), filing_no=1, code="domestic_move_in", visit=of, typed={"filing": {"address": "花園"}, "members": [{"person": None}]},
        entered_by="佐々木", entered_by_id_no=7, office_code="01", terminal="T01", started_at=NOW, note="葛󠄂城",
    )  # fmt: skip


def event() -> CivilEvent:
    return CivilEvent(
        municipality_code=code(), code="import", standard_code="移行", definition="import:x", basis="移行", effect="記載",
        effective_on=JapaneseDate.of(date(1989, 1, 7)), filed_on=date(2026, 4, 1), recorded_at=NOW, office_code="", terminal="", entered_by="x",
        examined_by="", source="test", request_key=uuid4(),
    )  # fmt: skip


def household(number: str) -> Household:
    return Household(municipality_code=code(), household_no=number, founded_at=NOW)


def values(instance: Model) -> dict[str, object]:
    return {field.attname: getattr(instance, field.attname) for field in instance._meta.concrete_fields}


def as_django_reads(instance: Model) -> Model:
    return type(instance)._default_manager.get(pk=instance.pk)


@pytest.mark.parametrize("make", [visit, event, lambda: household("000000018")])
def test_書き込んだ行はDjangoが読んでも同じ(make: Callable[[], Model]) -> None:
    """JSON, UUID, 日時, 和暦で書かれた日, 改行や引用符のある文字列."""
    made = make()
    rows.insert([made])
    assert made.pk is not None
    assert values(as_django_reads(made)) == values(made)


def test_文を手で書いて読んだ行はDjangoの読む行と同じ() -> None:
    came = visit()
    rows.insert([came])
    entered = filing(came)
    rows.insert([entered])
    columns, of_visit = rows.Columns(Filing, "f"), rows.Columns(Visit, "v")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns.sql}, {of_visit.sql} FROM residents_filing f JOIN residents_visit v ON v.id = f.visit_id WHERE f.id = %s", [entered.pk]
        )
        row = cursor.fetchone()
    assert values(columns.instance(row)) == values(as_django_reads(entered))
    assert values(of_visit.instance(row, len(columns.names))) == values(as_django_reads(came))


def test_配列のある行も欠けずに書き込まれる() -> None:
    epoch = Epoch(number=1, began_at=NOW, reason="x")
    rows.insert([epoch])
    order_no = next(rows.draw_ids({Notice: 1})[Notice])
    notice = Notice(
        order_no=order_no, epoch=epoch, kind="k", version=1, destination="juki_net", subjects=["a", "b"], payload_ref=1, digest="0" * 64, posted_at=NOW
    )
    rows.insert([notice])
    rows.insert([Delivery(notice=notice, destination="juki_net", subjects=[], next_at=NOW)])
    read = Notice.objects.select_related("delivery").get(pk=order_no)
    assert (read.subjects, read.delivery.subjects, read.delivery.state, read.posted_xid is not None) == (["a", "b"], [], "pending", True)


def test_一つの文で何行でも書き込み順に番号が付く(django_assert_num_queries) -> None:
    many = [household(f"{n:09}") for n in range(100)]
    with django_assert_num_queries(1):
        rows.insert(many)
    assert [one.pk for one in many] == sorted({one.pk for one in many})
    assert values(as_django_reads(many[42])) == values(many[42])


def test_更新は名指した項目だけを書く() -> None:
    came = visit()
    rows.insert([came])
    came.purpose, came.identity_documents, came.visitor_name = "用件", [], "書かれない"
    rows.update(came, "purpose", "identity_documents")
    read = Visit.objects.get(pk=came.pk)
    assert (read.purpose, read.identity_documents, read.visitor_name) == ("用件", [], "花園　太郎\\")


def test_引いた番号は種類ごとで重ならず後の行の番号にもならない(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        ids = rows.draw_ids({Household: 3, CivilEvent: 2, Visit: 0})
    drawn = list(ids[Household])
    assert (len(set(drawn)), len(set(ids[CivilEvent])), list(ids[Visit])) == (3, 2, [])
    later = household("000000018")
    rows.insert([later])
    assert later.pk not in drawn


def test_まとめて送った文の一つが誤りならどれも残らない() -> None:
    """One transaction per command: all or nothing, also when the answers come late."""

    @transaction.atomic
    def command() -> None:
        ids = rows.draw_ids({CivilEvent: 1, Household: 2})
        happened, twice = event(), [household("000000018"), household("000000018")]
        for one in (happened, *twice):
            one.pk = next(ids[type(one)])
        with rows.together():
            rows.insert([happened])
            rows.insert(twice)

    with pytest.raises(IntegrityError):
        command()
    assert not Household.objects.exists()
    assert not CivilEvent.objects.exists()
