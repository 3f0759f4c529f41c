"""既存住基からの更新 — what enters file (2), what is refused and why, and what then goes out. F-2-01, F-2-22; G-04, G-05, G-10."""

from dataclasses import fields, replace
from datetime import date

import pytest

from daicho import vault
from daicho.audit.models import AuditEntry
from daicho.contracts import base
from daicho.juki_net.models import IdentityRecord, IdentityVersion
from daicho.outbox.envelope import Envelope
from daicho.outbox.models import Notice, Receipt, RefusedMessage
from daicho.vault import NumberKind
from tests.contracts.juki_samples import (
    CODE,
    MOVE_IN,
    NEW_CODE,
    NOTICE,
    NUMBER,
    OTHER_CODE,
    OTHER_NUMBER,
    UPDATE,
    relocation,
    removal,
    someone_else,
)
from tests.juki_net.sending import deliver, envelope_of

pytestmark = pytest.mark.django_db


def record_of(code: str) -> IdentityRecord:
    return IdentityRecord.objects.get(juminhyo_code_ref=vault.find(NumberKind.JUMINHYO_CODE, code))


def posted() -> list[object]:
    refs = Notice.objects.order_by("order_no").values_list("payload_ref", flat=True)
    return [base.read(Envelope, vault.open_payload(ref)).message() for ref in refs]


def refused_with(reply) -> str:
    assert reply.status == "refused"
    assert RefusedMessage.objects.filter(code=reply.code).exists()
    return reply.reason_ja


class Test受け付ける:
    def test_転入は四十項目になり履歴と県への通知が一緒に残る(self):
        """S2-01."""
        assert deliver(MOVE_IN).status == "acknowledged"
        record = record_of(CODE)
        assert (record.name_kanji, record.birth_date.as_written, record.update_sequence_no) == (MOVE_IN.name_kanji, "昭和60年 月日不詳", 1)
        assert (record.name_kana_normalised, record.gaiji_flag, record.record_status_flag) == ("カツラキハナコ", True, "1")
        assert (record.event_reason_code, record.event_reason_detail_code, record.operator_id) == ("11", "01", "examiner1")
        assert vault.reveal(record.individual_number_ref, because="試験") == NUMBER
        [version] = IdentityVersion.objects.all()
        assert version.to_value() == record.to_value()
        [update] = posted()
        assert update == replace(UPDATE, request_control_no=record.request_control_no)
        assert Receipt.objects.count() == 1

    def test_受け付けた人と順番号が操作履歴に残る(self):
        deliver(MOVE_IN)
        entry = AuditEntry.objects.get(action="juki_net:identity:update")
        assert entry.subjects == [record_of(CODE).public_id]
        assert entry.detail["update_sequence_no"] == 1

    def test_転居は住所だけを改め履歴を重ねる(self):
        deliver(MOVE_IN)
        assert deliver(relocation()).status == "acknowledged"
        record = record_of(CODE)
        assert (record.address, record.update_sequence_no, record.became_resident_date.encode()) == ("色内一丁目1番1号", 2, "R8-04-01")
        addresses = IdentityVersion.objects.order_by("update_sequence_no").values_list("address", flat=True)
        assert list(addresses) == [MOVE_IN.address, "色内一丁目1番1号"]
        assert [update.update_sequence_no for update in posted()] == [1, 2]

    def test_死亡で消除になり再び転入できる(self):
        """A removed person's record stays; 再転入 goes on in the same order."""
        deliver(MOVE_IN)
        deliver(removal())
        assert record_of(CODE).record_status_flag == "2"
        assert deliver(replace(MOVE_IN, update_sequence_no=3)).status == "acknowledged"
        assert (record_of(CODE).record_status_flag, IdentityRecord.objects.count()) == ("1", 1)

    def test_国外転出は国内転出と別の詳細で消除になり県に知らされる(self):
        """法30条の6; 国外転出 (domain §2.1): the reason is 転出, its detail the one to abroad."""
        deliver(MOVE_IN)
        assert deliver(replace(removal(), event_reason="move_out", event_reason_detail="abroad")).status == "acknowledged"
        record = record_of(CODE)
        assert (record.record_status_flag, record.event_reason_code, record.event_reason_detail_code) == ("2", "21", "12")
        assert (posted()[-1].event_reason_code, posted()[-1].event_reason_detail_code) == ("21", "12")

    def test_住民票コードの変更で旧コードと使用年月日が残る(self):
        """法30条の4; items 24, 25."""
        deliver(MOVE_IN)
        change = replace(
            MOVE_IN, update_sequence_no=2, event_reason="juminhyo_code_change", event_reason_detail=None, juminhyo_code=NEW_CODE, old_juminhyo_code=CODE,
            juminhyo_code_valid_date=date(2026, 7, 1),
        )  # fmt: skip
        assert deliver(change).status == "acknowledged"
        record = record_of(NEW_CODE)
        assert (vault.reveal(record.old_juminhyo_code_ref, because="試験"), record.juminhyo_code_valid_date, IdentityRecord.objects.count()) == (
            CODE,
            date(2026, 7, 1),
            1,
        )
        assert (posted()[-1].juminhyo_code, posted()[-1].old_juminhyo_code) == (NEW_CODE, CODE)
        deliver(relocation(update_sequence_no=3, juminhyo_code=NEW_CODE))
        assert (posted()[-1].old_juminhyo_code, vault.reveal(record_of(NEW_CODE).old_juminhyo_code_ref, because="試験")) == (None, CODE)

    def test_外字のある旧氏を改めるたびに連番が進む(self):
        """Item 40."""
        deliver(MOVE_IN)
        seen = []
        for no, (surname, count) in enumerate([("葛\U000e0104原", 1), ("葛\U000e0104原", 1), ("佐藤", 0), ("葛\U000e0104城", 1)], start=2):
            former = {"former_surname_kanji": surname, "former_surname_gaiji_count": count, "former_surname_furigana": "カ"}
            deliver(replace(MOVE_IN, update_sequence_no=no, event_reason="correction_ex_officio", event_reason_detail="former_surname", **former))
            seen.append(record_of(CODE).former_surname_gaiji_change_seq)
        assert seen == [1, 1, 1, 2]

    def test_同じ通知が二度届いても一度だけ効く(self):
        envelope = envelope_of(MOVE_IN)
        assert [deliver(MOVE_IN, envelope).status for _ in range(2)] == ["acknowledged", "duplicate"]
        assert (IdentityVersion.objects.count(), Notice.objects.count()) == (1, 1)

    def test_問合せの数は登録件数によらない(self, django_assert_num_queries):
        deliver(MOVE_IN)
        with django_assert_num_queries(22):
            deliver(relocation())

    def test_コードの変わった再転入者は続きの更新順番号で始まる(self):
        """F-2-22; N-4.1.1.2-06: nobody of this code is known, and the count is the person's."""
        assert deliver(replace(MOVE_IN, update_sequence_no=4)).status == "acknowledged"
        assert record_of(CODE).update_sequence_no == 4


class Test論理チェックで拒む:
    """F-2-22: refused with the reason in Japanese, and nothing is stored."""

    @pytest.fixture(autouse=True)
    def resident(self):
        deliver(MOVE_IN)

    def unchanged(self):
        return IdentityVersion.objects.count() == 1 and Notice.objects.count() == 1 and Receipt.objects.count() == 1

    @pytest.mark.parametrize("reason", ["move_in", "birth", "entry_ex_officio"])
    def test_現存する人への記載(self, reason):
        """F-2-22."""
        reply = deliver(replace(MOVE_IN, update_sequence_no=2, event_reason=reason))
        assert "現存する人に" in refused_with(reply)
        assert reply.code == "already_current"
        assert self.unchanged()

    @pytest.mark.parametrize(
        ("changes", "item"),
        [
            ({"name_kanji": "葛城\u3000花子", "name_gaiji_count": 0}, "漢字氏名"),
            ({"name_furigana": "カツラギ\u3000ハナ"}, "ふりがな氏名"),
            ({"birth_date": "S60-01-01", "birth_date_juki": "19850101"}, "生年月日"),
            ({"sex_code": "1"}, "性別"),
            ({"individual_number": OTHER_NUMBER}, "個人番号"),
            ({"became_resident_date": "R8-06-01", "became_resident_date_juki": "20260601"}, "住民となった日"),
            ({"previous_address": "別の市"}, "転入前住所"),
        ],
    )
    def test_転居で住所以外の項目が変わる(self, changes, item):
        reply = deliver(relocation(**changes))
        assert f"「転居」の更新で{item}が変わっています" in refused_with(reply)
        assert reply.code == "other_item_changed"
        assert self.unchanged()

    @pytest.mark.parametrize(("number", "code"), [(1, "sequence_repeat"), (3, "sequence_gap")])
    def test_更新順番号の重複と欠番(self, number, code):
        assert deliver(relocation(update_sequence_no=number)).code == code
        assert self.unchanged()

    def test_消除された人の転居と二度目の消除(self):
        deliver(removal())
        for again in (relocation(update_sequence_no=3), removal(update_sequence_no=3)):
            assert "消除された人に" in refused_with(deliver(again))

    @pytest.mark.parametrize(
        ("changes", "item"),
        [
            ({"name_kanji": "葛城\u3000花子", "name_gaiji_count": 0}, "漢字氏名"),
            ({"address": "色内一丁目1番1号"}, "住所"),
            ({"birth_date": "S60-01-01", "birth_date_juki": "19850101"}, "生年月日"),
            ({"individual_number": OTHER_NUMBER}, "個人番号"),
        ],
    )
    def test_消除で本人確認情報が変わる(self, changes, item):
        reply = deliver(removal(**changes))
        assert (reply.code, f"「死亡」の更新で{item}が変わっています" in refused_with(reply)) == ("other_item_changed", True)
        assert self.unchanged()

    def test_住民となる前の消除と予定のままの消除(self):
        before = deliver(removal(event_date="R8-03-31", event_date_juki="20260331"))
        assert (before.code, "住民となった日より前" in refused_with(before)) == ("removed_before", True)
        planned = deliver(removal(planned_person_flag=True))
        assert (planned.code, "その日が来てから" in refused_with(planned)) == ("planned_removal", True)
        assert self.unchanged()

    def test_記録のない人の転居(self):
        reply = deliver(relocation(update_sequence_no=1, juminhyo_code=OTHER_CODE, individual_number=OTHER_NUMBER))
        assert "本人確認情報のない人に" in refused_with(reply)

    def test_個人番号が現存する別の人のもの(self):
        reply = deliver(replace(someone_else(), individual_number=NUMBER))
        assert "同じ個人番号の人が現存しています" in refused_with(reply)
        assert vault.find(NumberKind.JUMINHYO_CODE, OTHER_CODE) is None  # what was kept for the check went with the transaction

    def test_変更後の住民票コードが別の人のもの(self):
        deliver(someone_else())
        change = replace(
            MOVE_IN, update_sequence_no=2, event_reason="juminhyo_code_change", juminhyo_code=OTHER_CODE, old_juminhyo_code=CODE,
            juminhyo_code_valid_date=date(2026, 7, 1),
        )  # fmt: skip
        assert "変更後の住民票コードは別の人のものです" in refused_with(deliver(change))

    def test_更新禁止の人(self):
        IdentityRecord.objects.update(update_prohibited_flag=True)
        assert "更新禁止" in refused_with(deliver(relocation()))

    def test_理由は全て一度に返る(self):
        reason = refused_with(deliver(relocation(update_sequence_no=5, sex_code="1", municipality_code="011002")))
        assert len(reason.splitlines()) == 4

    def test_拒否の理由と記録に番号を書かない(self):
        reply = deliver(relocation(individual_number=OTHER_NUMBER, update_sequence_no=9))
        assert not any(number in reply.reason_ja for number in (CODE, NUMBER, OTHER_NUMBER))


@pytest.mark.parametrize(
    ("changes", "item"),
    [
        ({"juminhyo_code": CODE[:-1] + str((int(CODE[-1]) + 1) % 10)}, "住民票コード"),
        ({"individual_number": "12345678901a"}, "個人番号"),
        ({"birth_date_juki": "19850101"}, "生年月日"),
        ({"birth_date": "nonsense"}, "生年月日"),
        ({"address_fixed_date": None}, "住所を定めた日"),
        ({"event_reason": "moved"}, "異動事由"),
        ({"event_reason_detail": "x"}, "異動事由詳細"),
        ({"sex_code": "7"}, "性別"),
        ({"name_furigana": "葛城"}, "ふりがな氏名"),
        ({"name_furigana": "カ" * 201}, "ふりがな氏名"),
        ({"name_gaiji_count": 9}, "外字数(氏名)"),
        ({"previous_address_gaiji_count": None}, "外字数(転入前住所)"),
        ({"postal_code": "047-0024"}, "郵便番号"),
        ({"address": "花" * 301}, "住所"),
        ({"name_kanji": " "}, "漢字氏名"),
        ({"old_juminhyo_code": NEW_CODE}, "旧住民票コード"),
        ({"old_juminhyo_code": NEW_CODE, "juminhyo_code_valid_date": date(2026, 7, 1)}, "旧住民票コード"),
        ({"juminhyo_code_valid_date": date(2026, 7, 1)}, "旧住民票コード"),
        ({"event_reason": "juminhyo_code_change", "event_reason_detail": None}, "旧住民票コード"),
        ({"update_sequence_no": 0}, "更新順番号"),
    ],
)
def test_形式の合わない更新は項目を挙げて拒む(changes, item):
    assert item in refused_with(deliver(replace(MOVE_IN, **changes)))
    assert not IdentityRecord.objects.exists()


@pytest.mark.parametrize("reason", [("juminhyo_code_entry", None), ("correction_ex_officio", "cancelled")], ids=["職権による修正", "変更の取消し"])
def test_住民票コードは修正や取消しでも代わり旧コードで辿る(reason):
    """法30条の4; std 4.3.2: the same person goes on under the other code, with items 24 and 25."""
    deliver(MOVE_IN)
    changed = {"event_reason": reason[0], "event_reason_detail": reason[1], "juminhyo_code": NEW_CODE, "old_juminhyo_code": CODE}
    assert deliver(replace(MOVE_IN, update_sequence_no=2, juminhyo_code_valid_date=date(2026, 7, 1), **changed)).status == "acknowledged"
    assert (record_of(NEW_CODE).juminhyo_code_valid_date, posted()[-1].old_juminhyo_code) == (date(2026, 7, 1), CODE)
    assert IdentityRecord.objects.count() == 1


def test_知らない項目のある電文は何も残さず拒む():
    """F-2-02: an inbound record with an unlisted field is refused."""
    envelope = envelope_of(MOVE_IN)
    widened = replace(envelope, body=envelope.body.replace('"address":', '"atena_no":"1","address":', 1))
    assert deliver(MOVE_IN, widened).code == "contract"
    assert (IdentityRecord.objects.count(), Receipt.objects.count()) == (0, 0)
    assert "atena_no" in RefusedMessage.objects.get().place


@pytest.mark.parametrize("peer", ["prefecture", "other_city", "atena"])
def test_既存住基の他からは受け付けない(peer):
    """F-2-01, F-2-05."""
    assert deliver(MOVE_IN, envelope_of(MOVE_IN, sender=peer), peer=peer).status == "refused"
    assert not IdentityRecord.objects.exists()


def test_他人の名をかたる封筒は受け付けない():
    assert deliver(MOVE_IN, peer="prefecture").status == "unauthorized"


class Test転入通知:
    """法9条1項; S2-11."""

    def test_本人確認情報のある人の通知を他市町村へ渡す(self):
        deliver(MOVE_IN)
        assert deliver(NOTICE).status == "acknowledged"
        outward = posted()[-1]
        assert (outward.addressee_municipality_code, outward.notice_basis_code, outward.birth_date) == ("011002", "1", "19850000")
        assert Notice.objects.order_by("order_no").values_list("destination", flat=True)[1] == "other_city"
        assert {field.name for field in fields(IdentityRecord.objects.get().to_value())}.isdisjoint({"addressee_municipality_code"})

    def test_通知が届いてもファイルは変わらない(self):
        deliver(MOVE_IN)
        before = record_of(CODE).to_value()
        deliver(NOTICE)
        assert (record_of(CODE).to_value(), IdentityVersion.objects.count()) == (before, 1)

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"addressee_municipality_code": "012033"}, "宛先が当市"),
            ({"municipality_code": "011002"}, "転入地の市町村コード"),
            ({"juminhyo_code": OTHER_CODE}, "現存していません"),
            ({"addressee_municipality_code": "011003"}, "全国地方公共団体コード"),
            ({"notice_basis": "x"}, "通知先の別"),
            ({"former_address": ""}, "転入前住所"),
        ],
    )
    def test_拒む(self, changes, words):
        deliver(MOVE_IN)
        assert words in refused_with(deliver(replace(NOTICE, **changes)))
        assert Notice.objects.count() == 1
