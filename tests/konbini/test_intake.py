"""受付口 — what the register tells is taken in once, together, newest first; nothing else is kept, and from nobody else. S5-01; G-21, N-3.1-18."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho import audit, clock, vault
from daicho.contracts import base
from daicho.contracts.certificate_data_v1 import CertificateDataV1, CertifiedEntries
from daicho.konbini.commands.taking import take_certificate_data
from daicho.konbini.models import CertifiedPerson, Hold, LifeSign
from daicho.konbini.rules.record import certificate_record
from daicho.outbox import intake
from daicho.outbox.models import Receipt
from tests.contracts.convenience_samples import FAMILY, HANAKO, MINH, TARO
from tests.konbini.sending import beat, hold, send, tell

pytestmark = pytest.mark.django_db


def entries_of(atena_no: str) -> CertifiedEntries:
    row = CertifiedPerson.objects.get(atena_no=atena_no)
    return base.read(CertifiedEntries, vault.open_payload(row.entries_ref))


def test_一つの異動の人たちを一緒に反映する():
    tell(*FAMILY)
    rows = CertifiedPerson.objects.order_by("atena_no").values_list("atena_no", "history_no", "household_no", "order_in_household")
    assert list(rows) == [(one.atena_no, 1, one.household_no, one.order_in_household) for one in FAMILY]
    assert entries_of(TARO.atena_no) == TARO.entries


def test_同じ通知が二度届いても変わらない():
    from tests.konbini.sending import envelope_of

    envelope = envelope_of(CertificateDataV1((TARO,)), "residents")
    replies = [intake.receive("residents", envelope.to_bytes(), "127.0.0.1").status for _ in range(2)]
    assert (replies, CertifiedPerson.objects.count()) == (["acknowledged", "duplicate"], 1)


def test_新しい記録が来れば前の記載は封を破って消す():
    """番号法20条 and data minimisation: this room keeps nobody's past."""
    tell(TARO)
    before = CertifiedPerson.objects.get().entries_ref
    tell(replace(TARO, history_no=2, entries=replace(TARO.entries, address="北海道小樽市色内1丁目3番5号")))
    with pytest.raises(vault.ErasedError):
        vault.open_payload(before)
    assert entries_of(TARO.atena_no).address == "北海道小樽市色内1丁目3番5号"


def test_消除された人の記載は残らずカードと消除日だけが残る():
    tell(TARO)
    before = CertifiedPerson.objects.get().entries_ref
    tell(replace(TARO, history_no=2, closes_on=date(2026, 4, 10), entries=None))
    row = CertifiedPerson.objects.get()
    assert (row.entries_ref, row.closes_on, row.card_ref is None) == (None, date(2026, 4, 10), False)
    with pytest.raises(vault.ErasedError):
        vault.open_payload(before)


def test_記載は表のどこにも平文で残らない():
    """F-1-61: names and addresses lie sealed; what stands in the open is what a request is judged by."""
    tell(*FAMILY, MINH)
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ~ %s', ["花園　太郎|見本荘|TRAN VAN MINH|昭和55年|S55-03-09"])
            assert cursor.fetchone() == (0,), table


def test_別の人のカードを告げられたら受け付けず理由を返す():
    """A card has one holder: rather none gets a paper than somebody else's."""
    tell(TARO)
    refused = send(CertificateDataV1((replace(HANAKO, user_certificate_serial=TARO.user_certificate_serial),)))
    assert (refused.status, refused.code) == ("refused", "card_of_another")
    assert HANAKO.atena_no in refused.reason_ja
    assert str(TARO.user_certificate_serial) not in refused.reason_ja
    twice = send(CertificateDataV1((replace(TARO, history_no=2), replace(HANAKO, user_certificate_serial=TARO.user_certificate_serial))))
    assert (twice.code, CertifiedPerson.objects.count()) == ("card_of_another", 1)


def test_二人のカードが入れ替わる訂正は一緒に届けば受け付ける():
    tell(TARO, HANAKO)
    tell(
        replace(TARO, history_no=2, user_certificate_serial=HANAKO.user_certificate_serial),
        replace(HANAKO, history_no=2, user_certificate_serial=TARO.user_certificate_serial),
    )
    refs = vault.find_many(vault.NumberKind.USER_CERTIFICATE_SERIAL, [TARO.user_certificate_serial, HANAKO.user_certificate_serial])
    held = dict(CertifiedPerson.objects.values_list("atena_no", "card_ref"))
    assert held == {TARO.atena_no: refs[HANAKO.user_certificate_serial], HANAKO.atena_no: refs[TARO.user_certificate_serial]}


def test_古い仮登録の印は新しい印を戻さない():
    now = clock.now()
    hold(TARO.atena_no, posted_at=now)
    hold(TARO.atena_no, is_held=False, posted_at=now - timedelta(seconds=1))
    assert Hold.objects.get().is_held
    hold(TARO.atena_no, is_held=False, posted_at=now + timedelta(seconds=1))
    assert not Hold.objects.get().is_held


def test_知らない人の仮登録の印も受け取っておく():
    """It may come before the person's data do, after a first load that lacked them."""
    assert hold("1000000999").status == "acknowledged"


def test_生存信号は最後のものだけが残り受信簿にも操作履歴にも残らない():
    """Every five seconds for ever: 6 million receipts a year, and nothing rests on any of them (decision 0016)."""
    with connection.cursor() as cursor:
        count = "SELECT count(*) FROM audit_entry"
        before = cursor.execute(count).fetchone()
        for _ in range(3):
            assert beat().status == "acknowledged"
        assert (LifeSign.objects.count(), Receipt.objects.count()) == (1, 0)
        assert cursor.execute(count).fetchone() == before


def test_反映は対象者とともに操作履歴に残る():
    """F-1-13."""
    tell(*FAMILY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT login, subjects FROM audit_entry WHERE action = 'konbini:data:take'")
        [(login, subjects)] = cursor.fetchall()
    assert login == "system:konbini.intake"
    assert set(subjects) == set(CertifiedPerson.objects.values_list("public_id", flat=True))


def test_住民記録のほかからは受け取らずセンターのほかには答えない():
    """G-21."""
    assert intake.registered() == [
        ("certificate_centre", "convenience_question"),
        ("residents", "certificate_data"),
        ("residents", "certificate_heartbeat"),
        ("residents", "certificate_hold"),
        ("residents", "city_places"),  # G-29
        ("residents", "city_setting"),
        ("residents", "issue_block"),
        ("residents", "lost_atena_nos"),
        ("residents", "receipts_question"),
        ("residents", "resynced_question"),
        ("residents", "staff_account"),
    ]
    assert send(CertificateDataV1((TARO,)), "certificate_centre").code == "not_allowed"


def test_受付口の権限のない者は書き込めない():
    with pytest.raises(audit.Refused):
        take_certificate_data((TARO,), clock.now(), audit.Actor.system("somebody"))


def test_受付口の権限は職員に与えられない():
    from daicho.staff.permissions import is_registered

    assert is_registered("konbini:person:read")
    assert not is_registered("konbini:data:take")
    assert not is_registered("konbini:answer:give")


@pytest.mark.parametrize("told", [TARO, HANAKO, MINH], ids=["世帯主", "妻", "外国人"])
def test_届いた記載は証明書の記録になる(told):
    record = certificate_record(told.entries, None, is_prohibited=False)
    assert record.address.one_line().startswith("北海道小樽市花園2丁目12番1号")
    assert (record.juminhyo_code, record.individual_number, record.individual_entries) == (None, None, ())
    assert record.name.legal == (told.entries.foreign_name_alphabet or told.entries.name_kanji)


def test_問合せの数は人数によらない():
    """Style 14: the same for one newcomer and for three, and for one known and for three."""

    def counted(*people) -> int:
        with CaptureQueriesContext(connection) as queries:
            tell(*people)
        return len(queries)

    tell(MINH)  # the vault writes down its key in use with the first of all
    assert counted(TARO) == counted(HANAKO, FAMILY[2])
    assert counted(replace(TARO, history_no=2)) == counted(*(replace(one, history_no=3) for one in FAMILY))
