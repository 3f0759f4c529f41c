"""即時連携 — each department gets its granted items of the persons in its range, and nobody else anything. D-R1, D-R2, D-R4; N-7.2.3-05; G-25."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho import clock
from daicho.contracts.lost_atena_nos_v1 import LostAtenaNosV1
from daicho.outbox.models import Notice
from daicho.transfers.commands import grants
from daicho.transfers.jobs import turn_of_day_job
from daicho.transfers.models import Person, TransferRecord
from daicho.transfers.rules.scope import Scope
from daicho.values.numbers import AtenaNo
from tests.contracts.transfer_samples import ATENA, DIED, LEAVING, MOVE_IN, OTHER_ATENA, PERSON, RELOCATED
from tests.transfers.city_hall import APPROVER, granted
from tests.transfers.sending import posted, told

pytestmark = pytest.mark.django_db
LEAVES = replace(MOVE_IN, history_no=2, person=LEAVING)


def records(**which: object) -> list[tuple[str, str, str, str]]:
    rows = TransferRecord.objects.filter(**which).order_by("pk")
    return [(row.department_code, row.purpose_code, row.way, row.outcome) for row in rows]


def test_許可された項目だけが届く():
    """D-R2: 「等」 is no licence for more; an item beside the grant is not there at all."""
    row = granted(items=("name_kanji", "address", "birth_date"))
    told(MOVE_IN)
    [feed] = posted()
    assert (feed.department_code, feed.purpose_code, feed.grant_no) == ("1301", "005", row.pk)
    assert (feed.person.atena_no, feed.person.history_no, feed.person.feed_kind) == (ATENA, 1, "person")
    assert [(item.item, item.value) for item in feed.person.items] == [
        ("name_kanji", PERSON.name_kanji),
        ("birth_date", "19850000"),
        ("address", PERSON.address),
    ]


@pytest.mark.parametrize(("birth_date", "sent"), [("year_only:S60", "19850000"), ("unknown:", "00000000")])
def test_不詳の生年月日は実在の日に置き換えない(birth_date, sent):
    """N-1.1.8-14: 00 where it is not known."""
    granted(items=("birth_date", "event_date"))
    told(replace(MOVE_IN, person=replace(MOVE_IN.person, birth_date=birth_date)))
    assert [item.value for item in posted()[0].person.items] == [sent, "20260401"]


def test_全項目は様式の値で届く():
    granted()
    told(MOVE_IN)
    values = {item.item: item.value for item in posted()[0].person.items}
    assert values == {
        "name_kanji": PERSON.name_kanji, "name_kana": PERSON.name_kana, "birth_date": "19850000", "sex_code": "2", "address_postal_code": "0470024",
        "address": PERSON.address, "address_building": "運河荘101", "household_no": "2000000018", "relationship": "世帯主",
        "householder_name": PERSON.householder_name, "event_reason_code": "01", "event_date": "20260401", "resident_state_code": "1", "removed_on": None,
    }  # fmt: skip


def test_文字情報基盤の異体字がそのまま届く():
    """N-7.2.3-02."""
    granted(items=("name_kanji",))
    told(MOVE_IN)
    assert posted()[0].person.items[0].value == "葛\U000e0104城\u3000花子"


def test_許可のある事務ごとに一度ずつ届く():
    granted("001")
    granted("005")
    granted("W01", direction="write")
    told(MOVE_IN)
    assert [(feed.department_code, feed.purpose_code) for feed in posted()] == [("0401", "001"), ("1301", "005")]


def test_有効な許可のない課には何も届かない():
    """D-R1: revoked, not begun, ended."""
    revoked, later, ended = granted("001"), granted("002", valid_from=date(2026, 4, 11)), granted("003", valid_to=date(2026, 4, 10))
    grants.revoke(APPROVER, revoked.pk, "誤り")
    told(MOVE_IN)
    assert [feed.grant_no for feed in posted()] == [ended.pk]
    with clock.at(date(2026, 4, 11)):
        told(replace(MOVE_IN, history_no=2, person=RELOCATED))
    assert [feed.grant_no for feed in posted()] == [ended.pk, later.pk]


def test_転出予定者は予定日まで住民として届き当日に転出者として届く():
    """domain §2 (4): 転出予定 and 消除 are told apart; nothing comes from the register on the day itself."""
    granted(items=("resident_state_code", "removed_on"))
    told(MOVE_IN, LEAVES)
    with clock.at(date(2026, 4, 20)):
        assert turn_of_day_job().run(date(2026, 4, 20), {}) == {"対象者": 1}
        assert turn_of_day_job().run(date(2026, 4, 21), {}) == {"対象者": 0}
    assert [[item.value for item in feed.person.items] for feed in posted()] == [["1", None], ["1", "20260420"], ["2", "20260420"]]


def test_死亡した者は理由を告げずに対象外とだけ知らせる():
    """評価書II(1)2③: who died is no subject; the department learns that nothing more will come, and not why."""
    granted()
    told(MOVE_IN, DIED)
    last = posted()[-1].person
    assert (last.feed_kind, last.items) == ("out_of_scope", ())
    assert records()[-1][3] == "out_of_scope"


def test_復元で失われた宛名番号の者は何も保持せず知らせた課に対象外と告げる():
    """Decision 0019: who was entered after the backup comes again under another number; nobody has this one."""
    granted()
    told(MOVE_IN, replace(MOVE_IN, atena_no=OTHER_ATENA))
    told(LostAtenaNosV1(OTHER_ATENA, str(AtenaNo.from_serial(100_100_000, 10))))
    assert [(feed.person.atena_no, feed.person.feed_kind) for feed in posted()][2:] == [(OTHER_ATENA, "out_of_scope")]
    assert [(row.atena_no, row.is_subject, row.to_value()) for row in Person.objects.order_by("pk")] == [(ATENA, True, PERSON), (OTHER_ATENA, False, None)]
    told(LostAtenaNosV1(OTHER_ATENA, OTHER_ATENA))
    assert len(posted()) == 3


def test_対象外は前に知らせた課だけに一度知らせる():
    granted("005")
    told(MOVE_IN)
    granted("001")
    told(DIED, replace(DIED, history_no=4))
    assert [(feed.purpose_code, feed.person.feed_kind) for feed in posted()] == [("005", "person"), ("005", "out_of_scope")]


def test_住民だけを範囲とする課には転出の日に対象外が届く():
    granted("005", scope=Scope.RESIDENTS)
    granted("001")
    told(MOVE_IN, LEAVES)
    with clock.at(date(2026, 4, 20)):
        turn_of_day_job().run(date(2026, 4, 20), {})
    assert [(feed.purpose_code, feed.person.feed_kind) for feed in posted()][-2:] == [("005", "out_of_scope"), ("001", "person")]


def test_移転は人と課と許可ごとに記録され値は残らない():
    """D-R4, F-1-43: when, what person, which item set (the grant's), to whom, by which grant; kept seven years."""
    row = granted()
    told(MOVE_IN)
    record = TransferRecord.objects.get()
    assert (record.grant_id, record.person, record.history_no, record.outcome) == (row.pk, Person.objects.get(), 1, "given")
    assert (record.at, record.keep_until, record.operator) == (clock.now(), date(2033, 4, 10), "system:transfers.intake")
    assert record.notice_id == Notice.objects.get().notice_id
    with connection.cursor() as cursor:
        cursor.execute("SELECT r::text FROM transfers_transferrecord r")
        text = cursor.fetchone()[0]
    assert not any(value in text for value in (PERSON.name_kanji, PERSON.address, ATENA))


def test_ある人のある課への通知だけが互いを待つ():
    """Order is kept for each person and department; what one department refuses holds no other, and no other person."""
    granted("001")
    granted("005")
    told(MOVE_IN, replace(MOVE_IN, history_no=2, person=RELOCATED), replace(MOVE_IN, atena_no=OTHER_ATENA))
    subjects = [tuple(notice.subjects) for notice in Notice.objects.order_by("order_no")]
    assert [len(one) for one in subjects] == [1] * 6
    assert subjects[0] == subjects[2] and subjects[1] == subjects[3]
    assert len(set(subjects)) == 4


def test_問合せの数は許可の数によらない():
    """House style 14."""
    granted("005")
    told(MOVE_IN)
    counts = []
    for number, purposes in ((2, ()), (3, ("001", "002", "003", "004"))):
        for purpose in purposes:
            granted(purpose)
        with CaptureQueriesContext(connection) as queries:
            told(replace(MOVE_IN, history_no=number, person=RELOCATED))
        counts.append(len(queries))
    assert counts[0] == counts[1], counts
    assert len(posted()) == 7
