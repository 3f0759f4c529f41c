"""副本の中継と符号取得の依頼 — what goes on to chukan, in which order, and that nothing of it stays here. G-18; S4-05, S1-10; F-1-07."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from daicho import audit, clock, vault
from daicho.atena.commands.upkeep import erase_relayed_replicas
from daicho.atena.jobs import relayed_replicas_job, search_keys_job
from daicho.atena.models import IntegratedPerson
from daicho.contracts.code_request_v1 import CodeRequestV1
from daicho.contracts.replica_v1 import ReplicaV1
from daicho.outbox import subject_handles
from daicho.outbox.erasing import erase_settled
from daicho.outbox.models import Delivery, Notice
from tests.atena.departments import answer_to, kept_of, numbering
from tests.atena.sending import deliver, to_chukan
from tests.contracts.atena_samples import HANAKO, JIRO, RECORDED_AT, told

pytestmark = pytest.mark.django_db
LATER = RECORDED_AT + timedelta(hours=1)
HANAKO_NO = "000000000000019"


def acknowledge(kind: str, at=None) -> None:
    """As the relay leaves it when chukan took it."""
    Delivery.objects.filter(notice__kind=kind).update(state="acknowledged", settled_at=at or clock.now())


def test_副本は来たとおりの項目で統合宛名番号を付けて渡る():
    """G-18; S1-10, S4-05: what the register said, under the number; the moment is that of the register."""
    deliver(told(HANAKO))
    [request, replica] = to_chukan()
    assert replica == ReplicaV1(
        municipality_code="012033", integrated_atena_no=HANAKO_NO, register_key=HANAKO.juminhyo.register_key, as_of=RECORDED_AT, state="current",
        removed_on=None, withheld_from=None, withheld_until=None, name_kana=HANAKO.name_furigana, name_kanji=HANAKO.name, birth_date=HANAKO.birth_date,
        sex_code="2", relationship="世帯主", householder_name=HANAKO.name, became_resident_date="R8-04-01", became_resident_notified_date=date(2026, 4, 3),
        became_resident_reason_code="domestic_move_in", juminhyo_created_date=date(2026, 4, 3), former_surname=None, address=HANAKO.address,
        address_changed_date="R8-04-01", address_notified_date=date(2026, 4, 3), address_reason_code="domestic_move_in",
    )  # fmt: skip
    assert request == CodeRequestV1(municipality_code="012033", integrated_atena_no=HANAKO_NO, requested_at=clock.now())


def test_符号取得の依頼は新しい番号に一度だけ副本より先に出る():
    """S4-05."""
    deliver(told(HANAKO))
    deliver(told(replace(HANAKO, address="色内一丁目"), JIRO, at=LATER))
    assert [(type(message).__name__, message.integrated_atena_no) for message in to_chukan()] == [
        ("CodeRequestV1", HANAKO_NO),
        ("ReplicaV1", HANAKO_NO),
        ("CodeRequestV1", "000000000000027"),
        ("ReplicaV1", HANAKO_NO),
        ("ReplicaV1", "000000000000027"),
    ]


def test_世帯主の変更は世帯員全員の副本になる():
    """N-7.1.2.3-02: 法7条4号, of those who only stay too."""
    deliver(told(HANAKO, JIRO))
    changed = [replace(who, juminhyo=replace(who.juminhyo, householder_name=JIRO.name, relationship=word)) for who, word in ((HANAKO, "母"), (JIRO, "世帯主"))]
    deliver(told(*changed, at=LATER))
    assert [(message.name_kanji, message.relationship, message.householder_name) for message in to_chukan()[-2:]] == [
        (HANAKO.name, "母", JIRO.name),
        (JIRO.name, "世帯主", JIRO.name),
    ]


def test_消除は消除日とともに伝わり先の消除日はまだ現存として伝わる():
    deliver(told(replace(HANAKO, removed_on=date(2026, 4, 20))))
    deliver(told(replace(HANAKO, removed_on=date(2026, 4, 3)), at=LATER))
    assert [(message.state, message.removed_on) for message in to_chukan()[1:]] == [("current", None), ("removed", date(2026, 4, 3))]


def test_遅れて届いた古い通知は副本にならない():
    deliver(told(replace(HANAKO, address="色内一丁目"), at=LATER))
    deliver(told(HANAKO, at=RECORDED_AT))
    assert [message.address for message in to_chukan() if isinstance(message, ReplicaV1)] == ["色内一丁目"]


def test_氏名のまだない人の副本は氏名が決まってから渡る():
    """std 1.1.6: 出生 without a name; chukan's layout has none without 氏名."""
    deliver(told(replace(HANAKO, name=None, name_furigana=None)))
    assert [type(message) for message in to_chukan()] == [CodeRequestV1]
    deliver(told(HANAKO, at=LATER))
    assert [message.name_kanji for message in to_chukan()[1:]] == [HANAKO.name]


def test_通知は人ごとの符丁を持ち同じ人の通知は順を守る():
    deliver(told(HANAKO, JIRO))
    handles = subject_handles("chukan", [row.public_id for row in IntegratedPerson.objects.order_by("pk")])
    assert [notice.subjects for notice in Notice.objects.order_by("order_no")] == [[handles[0]], [handles[1]], [handles[0]], [handles[1]]]


def test_課が付番した人にも符号取得を依頼し副本は出さない(allowed):
    """S4-01, S4-05: the register knows nothing of them."""
    answer_to(numbering("77"))
    assert [type(message) for message in to_chukan()] == [CodeRequestV1]


def test_住民票関係情報はどの表にも残らない():
    """F-1-07, S4-05: relayed, not stored; asked of every row, not of the columns' names."""
    mark = "副本だけの続柄"
    deliver(told(replace(HANAKO, juminhyo=replace(HANAKO.juminhyo, relationship=mark, former_surname=mark, householder_name=mark))))
    [row] = IntegratedPerson.objects.values()
    assert mark not in str(row)
    only_replica = {field.name for field in fields(HANAKO.juminhyo)}
    assert not only_replica & set(row)


class Test控えの消去:
    """F-1-07: what chukan has acknowledged lies here no longer; the books stay."""

    @pytest.fixture(autouse=True)
    def relayed(self):
        deliver(told(HANAKO))
        self.request, self.replica = Notice.objects.order_by("order_no")

    def is_erased(self, notice):
        try:
            vault.open_payload(notice.payload_ref)
        except vault.ErasedError:
            return True
        return False

    def test_受領から設定の日数を過ぎた副本の内容は消える(self):
        acknowledge("replica")
        acknowledge("code_request")
        assert erase_relayed_replicas() == 0
        with clock.at(clock.now() + timedelta(days=3, seconds=1)):
            assert (erase_relayed_replicas(), erase_relayed_replicas()) == (1, 0)
        assert (self.is_erased(self.replica), self.is_erased(self.request)) == (True, False)
        assert Notice.objects.get(pk=self.replica.pk).digest == self.replica.digest  # the books still compare
        assert [(entry["login"], entry["detail"]["rows"]) for entry in kept_of("vault:payload:erase")] == [("system:atena.upkeep", 1)]

    def test_まだ届いていない副本は消えない(self):
        Delivery.objects.filter(notice=self.replica).update(state="refused")
        with clock.at(clock.now() + timedelta(days=30)):
            assert erase_relayed_replicas() == 0
        assert not self.is_erased(self.replica)

    def test_理由のない消去はできない(self):
        acknowledge("replica")
        with pytest.raises(ValueError, match="reason"):
            erase_settled(("replica",), clock.now(), audit.Actor.system("tests"), reason="")

    def test_毎日の処理として登録されている(self):
        from daicho.jobs.registry import registered

        assert {relayed_replicas_job(), search_keys_job()} <= set(registered())
        acknowledge("replica", clock.now() - timedelta(days=4))
        assert relayed_replicas_job().run(clock.today(), {}) == {"副本": 1}
