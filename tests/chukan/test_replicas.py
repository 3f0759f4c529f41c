"""副本の受付 — what atena relays is checked, sealed and kept version by version; what is wrong is refused by name. G-18, S3-04, S3-06; F-1-58."""

import json
import uuid
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from django.db import connection

from daicho import audit, clock, vault
from daicho.audit.models import AuditEntry
from daicho.chukan import commands
from daicho.chukan.commands.replicas import opened
from daicho.chukan.models import Person, Replica
from daicho.contracts.code_request_v1 import CodeRequestV1
from daicho.contracts.receipts_v1 import ReceiptsQuestionV1
from daicho.contracts.replica_v1 import ReplicaV1
from daicho.outbox import books
from daicho.outbox.models import Receipt, RefusedMessage
from tests.chukan.sending import deliver, envelope_of, other, replica
from tests.contracts.chukan_samples import INTEGRATED_NO, REPLICA

pytestmark = pytest.mark.django_db


def versions() -> list[int]:
    return list(Replica.objects.order_by("version_no").values_list("version_no", flat=True))


class Test受け付ける:
    def test_副本は封じて置かれ表には氏名も住所もない(self):
        """S3-06, F-1-61: what was told lies sealed, and can be read back as it came."""
        told = replica()
        assert deliver(told).status == "acknowledged"
        [kept] = Replica.objects.all()
        assert opened(kept) == told
        with connection.cursor() as cursor:
            for table in ("chukan_replica", "chukan_person", "vault_payload", "outbox_receipt"):
                cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE ANY(%s)", [["%花子%", "%ハナコ%", "%花園%", "%S60%"]])
                assert cursor.fetchone() == (0,), table

    def test_次の副本は次の版になり前の版も残る(self):
        deliver(replica())
        deliver(replica(address="色内1丁目1番1号"))
        assert versions() == [1, 2]
        assert [opened(kept).address for kept in Replica.objects.order_by("version_no")] == [REPLICA.address, "色内1丁目1番1号"]

    def test_人は団体内統合宛名番号ごとに一人(self):
        deliver(replica())
        deliver(other())
        deliver(replica(relationship="妻", householder_name="葛\U000e0104城\u3000太郎"))
        assert sorted(Person.objects.values_list("integrated_atena_no", flat=True)) == [INTEGRATED_NO, "000000000009025"]
        assert Replica.objects.filter(person__integrated_atena_no=INTEGRATED_NO).count() == 2

    def test_受け付けた人と版が操作履歴に残る(self):
        deliver(replica())
        entry = AuditEntry.objects.get(action="chukan:replica:accept")
        assert (entry.subjects, entry.detail) == ([Person.objects.get().pk], {"version_no": 1, "taken": True})

    def test_同じ電文が二度届いても一度だけ効く(self):
        told = replica()
        envelope = envelope_of(told, "atena")
        assert [deliver(told, envelope=envelope).status for _ in range(2)] == ["acknowledged", "duplicate"]
        assert versions() == [1]

    def test_送り直しの同じ副本は版を増やさない(self):
        """`daicho resync` sends everything again under new numbers."""
        told = replica()
        assert [deliver(told).status for _ in range(2)] == ["acknowledged", "acknowledged"]
        assert (versions(), Receipt.objects.count()) == ([1], 2)
        assert [entry.detail["taken"] for entry in AuditEntry.objects.filter(action="chukan:replica:accept").order_by("id")] == [True, False]

    def test_後から届いた古い副本は新しい副本を覆さない(self):
        deliver(replica())
        late = replace(replica(address="古い住所"), as_of=REPLICA.as_of - timedelta(days=1))
        assert deliver(late).status == "acknowledged"
        assert (versions(), opened(Replica.objects.get()).address) == ([1], REPLICA.address)

    def test_問合せの数は人数によらない(self, django_assert_num_queries):
        deliver(replica())
        deliver(other())
        with django_assert_num_queries(11):
            deliver(replica(address="色内1丁目1番1号"))

    def test_消除された人の副本も残る(self):
        """E-04: also those removed."""
        deliver(replica())
        deliver(replica(state="removed", removed_on=date(2026, 4, 20)))
        assert list(Replica.objects.order_by("version_no").values_list("state", "removed_on")) == [("current", None), ("removed", date(2026, 4, 20))]


WRONG = [
    ("municipality_code", "011002", "市町村コードがこの団体のものではありません"),
    ("municipality_code", "01203", "市町村コードは6文字です"),
    ("integrated_atena_no", "12345", "団体内統合宛名番号は15文字です"),
    ("integrated_atena_no", "00000000000901X", "団体内統合宛名番号に数字以外の文字があります"),
    ("register_key", "Z" * 32, "原本照合の鍵の形式が違います"),
    ("as_of", "tomorrow", "基準日時が受付の時刻より後です"),
    ("state", "past", "状態は現存又は消除です"),
    ("state", "x", "状態がコード表にない値です"),
    ("state", "removed", "消除日は、状態が消除のときに必ず"),
    ("removed_on", date(2026, 4, 1), "消除日は、状態が消除のときに必ず"),
    ("withheld_until", date(2026, 4, 1), "不開示終了日は、不開示開始日と一緒に"),
    ("name_kana", "葛城", "カナ氏名に片仮名でない文字があります"),
    ("name_kanji", "", "漢字氏名は1文字以上200文字以内です"),
    ("name_kanji", "\u3000", "漢字氏名が空白だけか"),
    ("birth_date", "1985-13-40", "生年月日が年月日として読み取れません"),
    ("sex_code", "7", "性別がコード表にない値です"),
    ("relationship", "妻\n", "続柄が空白だけか、制御文字を含んでいます"),
    ("householder_name", "長" * 201, "世帯主氏名は1文字以上200文字以内です"),
    ("became_resident_date", "きのう", "住民となった年月日が年月日として読み取れません"),
    ("became_resident_reason_code", "転入", "住民となった事由の形式が違います"),
    ("former_surname", "", "旧氏は1文字以上100文字以内です"),
    ("address", "住" * 301, "住所は1文字以上300文字以内です"),
    ("address_changed_date", "R8-04-31-x", "住所異動日が年月日として読み取れません"),
    ("address_reason_code", "A", "住所事由の形式が違います"),
]


class Test形式の違う副本を拒む:
    """S3-06, F-1-58: every item; the refusal says which and why, and nothing is kept."""

    @pytest.mark.parametrize(("item", "value", "reason"), WRONG)
    def test_項目を名指しして拒む(self, item, value, reason):
        """F-1-58."""
        wrong = replace(REPLICA, **{item: clock.now() + timedelta(days=1) if value == "tomorrow" else value})
        reply = deliver(wrong)
        assert (reply.status, reason in reply.reason_ja) == ("refused", True), reply.reason_ja
        assert (Person.objects.count(), Replica.objects.count(), Receipt.objects.count(), RefusedMessage.objects.count()) == (0, 0, 0, 1)

    def test_判定する項目に漏れがない(self):
        """Every text item of a replica is wrong once above; days cannot be wrong beyond what their pairs say."""
        texts = {field.name for field in fields(ReplicaV1) if "str" in str(field.type) or field.name == "as_of"}
        assert texts == {item for item, *_ in WRONG} - {"removed_on", "withheld_until"}

    def test_理由を全て挙げ値は言わない(self):
        reply = deliver(replace(REPLICA, sex_code="7", birth_date="1985-13-40", name_kana="葛城"))
        assert [line.split("が")[0].split("に")[0] for line in reply.reason_ja.splitlines()] == ["カナ氏名", "生年月日", "性別"]
        assert not any(value in reply.reason_ja for value in ("1985", "葛城", "7"))

    def test_必須の項目の欠けた依頼も拒む(self):
        reply = deliver(CodeRequestV1("011002", "1", clock.now()))
        assert [part for part in ("団体内統合宛名番号は15文字", "この団体のものではありません") if part in reply.reason_ja] == [
            "団体内統合宛名番号は15文字", "この団体のものではありません",
        ]  # fmt: skip
        assert Person.objects.count() == 0


@pytest.mark.parametrize("sender", ["residents", "network_core"])
def test_統合宛名のほかからは副本を受け取らない(sender):
    """G-18."""
    assert deliver(replica(), sender).code == "not_allowed"
    assert Replica.objects.count() == 0


def test_登録は受付口の権限でしかできない(officer):
    """Whatever an officer may do, replicas come by the wire alone."""
    with pytest.raises(audit.Refused):
        commands.accept_replica(replica(), officer)


def test_封じた副本は鍵を壊せば読めなくなる():
    deliver(replica())
    [kept] = Replica.objects.all()
    vault.erase_payloads([kept.payload_ref], reason="試験", actor=audit.Actor.system("test"))
    with pytest.raises(vault.ErasedError):
        opened(kept)


def test_帳簿の照合に受け取ったとおり答える():
    """`daicho books atena chukan`: what we hold from atena, with the same digests as atena's book has."""

    told = [envelope_of(message, "atena") for message in (replica(), other())]
    for envelope in told:
        assert deliver(envelope.message(), envelope=envelope).status == "acknowledged"
    asked = deliver(ReceiptsQuestionV1(str(uuid.uuid4()), "帳簿の照合", clock.now() + timedelta(minutes=1), 0, 100))
    received = [books.ReceiptLine(**line) for line in json.loads(asked.answer)["receipts"]]
    sent = [books.SentLine(envelope.epoch, envelope.notice_id, envelope.digest, "acknowledged") for envelope in told]
    assert books.compare(sent, received).equal
