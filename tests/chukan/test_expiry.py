"""保管期限切れ情報の削除 — replicas of those long removed, records whose years are over, and nothing sooner. 番号法20条, 23条; S3-10, F-0-15."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from daicho import audit, clock, jobs, vault
from daicho.chukan.commands import decide_held, erase_expired
from daicho.chukan.commands.replicas import opened
from daicho.chukan.models import HeldDecision, Inquiry, Person, Replica
from daicho.chukan.permissions import ChukanPermission
from daicho.vault.models import PurgeRecord
from tests.chukan.sending import ask, deliver, load_lists, obtain_code, other, put, replica
from tests.staff.people import trail

pytestmark = pytest.mark.django_db
JOB = audit.Actor.system("chukan.expired", ChukanPermission.EXPIRED_ERASE)
LONG_AGO = datetime(2018, 1, 10, 3, 0, tzinfo=UTC)


def erase(today=None):
    return dict(erase_expired(JOB, today or clock.today()))


class Test副本の消去:
    def test_消除から年数が過ぎた人の全ての版を消去し記録を残す(self):
        """The content goes with its data keys; what remains says that it was erased, when and why."""
        deliver(replica())
        deliver(replica(state="removed", removed_on=date(2015, 4, 1)))
        deliver(other())
        assert erase() == {"副本": 1, "情報提供等の記録": 0}
        person = Person.objects.get(erased_at__isnull=False)
        for kept in person.replicas.all():
            with pytest.raises(vault.ErasedError):
                opened(kept)
        assert PurgeRecord.objects.filter(reason="保管期限の経過").count() == 2
        assert [detail["rows"] for *_, detail in trail("vault:payload:erase")] == [2]
        assert opened(Replica.objects.get(person__erased_at=None)).name_kanji.endswith("太郎")

    @pytest.mark.parametrize(("removed_on", "erased"), [(date(2021, 4, 9), 1), (date(2021, 4, 10), 0)])
    def test_期限の日までは残る(self, removed_on, erased):
        """Dated setting replica_years_after_removal (5): what was removed five years ago today is kept today."""
        deliver(replica(state="removed", removed_on=removed_on))
        assert erase(date(2026, 4, 10))["副本"] == erased

    def test_現存する人は消去しない(self):
        deliver(replica())
        assert erase(date(2100, 1, 1))["副本"] == 0

    def test_二度しても同じ(self):
        deliver(replica(state="removed", removed_on=date(2015, 4, 1)))
        assert [erase()["副本"] for _ in range(2)] == [1, 0]

    def test_消去した人の照会には副本がないと答える(self):
        load_lists()
        deliver(replica(state="removed", removed_on=date(2015, 4, 1)))
        obtain_code()
        erase()
        answer = put(ask())
        assert (answer["result"], answer["reasons"]) == ("refused", ["no_replica"])

    def test_消去した人が戻れば新しい副本で始まる(self):
        deliver(replica(state="removed", removed_on=date(2015, 4, 1)))
        erase()
        assert deliver(replica()).status == "acknowledged"
        person = Person.objects.get()
        assert (person.erased_at, opened(person.replicas.order_by("-version_no").first()).state) == (None, "current")


class Test情報提供等の記録:
    """番号法23条; S3-05: seven years, and neither a day less nor for ever."""

    def asked_at(self, moment):
        with clock.at(moment):
            load_lists()
            deliver(replica())
            obtain_code()
            put(ask(affair_code="B2-27", item_no="27", procedure_code="B2-27-01"))
        return Inquiry.objects.get()

    def test_七年の過ぎた記録を削除する(self):
        row = self.asked_at(LONG_AGO)
        assert row.keep_until == date(2025, 1, 10)
        assert erase() == {"副本": 0, "情報提供等の記録": 1}
        assert Inquiry.objects.count() == 0
        assert [detail["records"] for *_, detail in trail(ChukanPermission.EXPIRED_ERASE)] == [1]

    def test_七年の間は誰も削除できない(self):
        """The database itself keeps them: a DELETE by the web role finds no such row, whatever the program asks."""
        row = self.asked_at(clock.now())
        assert erase()["情報提供等の記録"] == 0
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM chukan_inquiry")
            assert cursor.rowcount == 0
        assert Inquiry.objects.get() == row

    def test_時計を進めても早くは消えない(self):
        """A clock that is moved for a demo opens no record: the database goes by its own day."""
        self.asked_at(clock.now())
        assert erase(clock.today() + timedelta(days=3000))["情報提供等の記録"] == 0

    def test_記録は変えられない(self):
        self.asked_at(clock.now())
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT tried")
            with pytest.raises(Exception, match="permission denied"):
                cursor.execute("UPDATE chukan_inquiry SET result = 'refused'")
            cursor.execute("ROLLBACK TO SAVEPOINT tried")

    def test_職員が決めた照会は決めた日から数える(self, officer):
        with clock.at(LONG_AGO):
            load_lists()
            deliver(replica(withheld_from=date(2017, 1, 1)))
            obtain_code()
            put(ask(affair_code="B2-27", item_no="27", procedure_code="B2-27-01"))
        with clock.at(clock.now() - timedelta(days=1)):
            decide_held(officer, Inquiry.objects.get().pk, provide=False, reason="確認")
        assert erase()["情報提供等の記録"] == 0
        assert (Inquiry.objects.count(), HeldDecision.objects.count()) == (1, 1)


def test_毎晩の処理として登録されている():
    """S3-10."""
    job = jobs.registry.get("expired")
    assert (job.ja, job.schedule.at.isoformat()) == ("保管期限切れ情報の削除", "03:30:00")
    deliver(replica(state="removed", removed_on=date(2015, 4, 1)))
    assert job.run(clock.today(), {}) == {"副本": 1, "情報提供等の記録": 0}
