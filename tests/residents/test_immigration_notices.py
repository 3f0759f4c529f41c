"""市町村通知・市町村伝達 — noted in the event's transaction, sent in the order of the events, answered, sent again. 入管法61条の8の2; std 4.5.7; G-24."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho import audit, clock
from daicho.audit.models import AuditEntry
from daicho.contracts.immigration_result_v1 import ImmigrationResultV1
from daicho.outbox import commands as post_room
from daicho.outbox import courier, relay
from daicho.outbox.errors import Refused
from daicho.outbox.layout_line import body_of
from daicho.outbox.models import Delivery, Notice
from daicho.residents.adapters.couriers import ImmigrationCourier
from daicho.residents.adapters.memory import MemoryImmigration
from daicho.residents.commands import immigration
from daicho.residents.errors import CannotDo
from daicho.residents.models import ExportedFile, ImmigrationNotice
from daicho.residents.permissions import Permission
from daicho.residents.queries.immigration import FAILED, SENT, WAITING, get_immigration_notice, list_immigration_notices
from tests.cast import CLERK, NGUYEN, STRANGER, TARO
from tests.outbox.horizon import wait_until_visible
from tests.residents.cancelling import cancel, event_of
from tests.residents.counter import (
    city_decides,
    death_form,
    household_form,
    move_in_form,
    move_out_form,
    notice_form,
    register,
    relocation_form,
    stock,
    turn_to,
)
from tests.residents.foreigners import LEE, OFFICE, bring, certificate_form, ended_form, kinds, moved_in, residence_form, sheet, status_form, told
from tests.residents.recording import recorded_form
from tests.residents.test_entries_otherwise import entry_form
from tests.residents.test_nationality import JAPANESE


@pytest.fixture
def office(monkeypatch) -> MemoryImmigration:
    """入管庁 in memory, reached by the relay."""
    port = MemoryImmigration()
    monkeypatch.setitem(courier._couriers, "immigration", ImmigrationCourier(port))
    monkeypatch.setattr(courier, "destinations", lambda: ["immigration"])
    return port


def relay_all() -> None:
    wait_until_visible()
    relay.run_until_idle()


@pytest.mark.django_db
class Test対象:
    def test_転入と転居は届出として両方の法で知らせる(self):
        """N-4.5.7-01, -02; domain §2.1 E."""
        person = moved_in()
        register("relocation", relocation_form([person], effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
        assert kinds(person) == [("1", "1", "国内転入"), ("1", "3", "転居")]
        first, second = told(person)
        assert (first.card_no, first.name_alphabet, first.birth_date, first.nationality) == ("AB12345678CD", "NGUYEN VAN AN", "19850309", "VNM")
        assert (second.former_address, second.address) == ("北海道小樽市花園2丁目12番1号", "北海道小樽市色内1丁目3番5号")
        assert (second.event_date, second.filed_on, second.residence_notified_on) == ("20260409", date(2026, 4, 10), date(2026, 4, 10))

    def test_三区分の異動にそれぞれの区分が付く(self):
        """N-4.5.7-01, -03, -08: 転入 (both), 住居地の届出 and 証明書の交付 (入管法), 死亡 (住基法)."""
        person = moved_in(LEE)
        register("residence_notification", residence_form(person))
        register("special_permanent_certificate", certificate_form(person))
        register("death", death_form(person, "令和8年4月10日"))
        assert [(law, effect) for law, effect, _ in kinds(person)] == [("1", "1"), ("2", "4"), ("2", "4"), ("3", "2")]
        notified, issued = told(person)[1:3]
        assert notified.residence_notified_on == date(2026, 4, 10)
        assert (issued.card_no, issued.certificate_issued_on) == ("GH87654321EF", date(2026, 4, 10))

    def test_日本人の異動では何も知らせず何も問い合わせない(self):
        with CaptureQueriesContext(connection) as seen:
            register("domestic_move_in", move_in_form([TARO]))
        assert told() == [] and not any("immigrationnotice" in query["sql"] for query in seen)

    def test_世帯変更では知らせない(self):
        """domain §2.1 E: 世帯・続柄."""
        head, wife = (w.person.public_id for w in register("domestic_move_in", move_in_form([NGUYEN, replace(LEE, relationship="妻")])))
        before = len(told())
        register("head_change", household_form([head, wife], ["夫", "世帯主"]))
        assert len(told()) == before == 2

    def test_長官通知に基づく処理では知らせず取り消しても知らせない(self):
        """domain §2.1: D3 → E なし, also when it says another name, and when it is cancelled."""
        person = moved_in()
        register("residence_status_changed", status_form(person, foreign_name_alphabet="NGUYEN VAN ANH"))
        register("residence_ended", ended_form(person, "令和8年4月9日"))
        cancel(event_of("residence_ended"))
        assert kinds(person) == [("1", "1", "国内転入")]
        assert sheet(person).closed_on is None

    def test_取消しは元の異動に応じて知らせる(self):
        """std 4.6: what was told because of the event is told back."""
        person = moved_in()
        register("relocation", relocation_form([person], effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
        cancel(event_of("relocation"))
        cancel(event_of("domestic_move_in"))
        assert [(law, effect) for law, effect, _ in kinds(person)] == [("1", "1"), ("1", "3"), ("3", "3"), ("3", "2")]
        assert told(person)[2].former_address == "北海道小樽市色内1丁目3番5号"

    def test_転出予定者は予定日になってから知らせる(self):
        """N-4.5.7-07: planned for 4/20; nothing on 4/19, the 消除 on 4/20."""
        person = moved_in()
        register("move_out", move_out_form([person], "令和8年4月20日"))
        with clock.at(date(2026, 4, 19)):
            turn_to(date(2026, 4, 19))
            assert kinds(person) == [("1", "1", "国内転入")]
        with clock.at(date(2026, 4, 20)):
            turn_to(date(2026, 4, 20))
            turn_to(date(2026, 4, 20))
        assert kinds(person) == [("1", "1", "国内転入"), ("3", "2", "国内転出")]
        last = told(person)[-1]
        assert (last.event_date, last.moved_to) == ("20260420", "北海道旭川市七条通九丁目48番地　旭荘2号")

    def test_転入通知で早まった消除も一度だけ知らせる(self):
        person = moved_in()
        register("move_out", move_out_form([person], "令和8年5月1日"))
        with clock.at(date(2026, 4, 25)):
            register("move_in_notice_received", notice_form(person))
            assert kinds(person)[1:] == [("3", "2", kinds(person)[1][2])]
        with clock.at(date(2026, 5, 1)):
            turn_to(date(2026, 5, 1))
        assert len(kinds(person)) == 2

    def test_入管庁と話さない構成では知らせない(self, settings):
        """A deployment without that peer."""
        peers = {name: peer for name, peer in settings.DAICHO.peers.items() if name != "immigration"}
        settings.DAICHO = replace(settings.DAICHO, peers=peers)
        moved_in()
        assert not ImmigrationNotice.objects.exists()

    def test_問合せの数は人数によらない(self):
        def count(people):
            with CaptureQueriesContext(connection) as seen:
                register("domestic_move_in", move_in_form(people))
            return sum("immigration" in query["sql"] or "outbox_" in query["sql"] for query in seen)

        moved_in()  # the first notice ever makes the keys of the pair
        several = [replace(LEE, index=40 + n, relationship="子", texts={**LEE.texts, "residence_card_no": f"KL1234567{n}GH"}) for n in range(3)]
        assert count([LEE]) == count([replace(LEE, index=32, texts={**LEE.texts, "residence_card_no": "MN12345678GH"}), *several])


def test_異動の時系列順に送り一件目が失敗すれば二件目は追い越さない(committed_db, office):
    """N-4.5.7-06: 転居, then 氏名の修正; the first is refused; once it is sent again, the others follow."""
    with clock.at(date(2026, 4, 10)):
        person = moved_in()
        register("relocation", relocation_form([person], effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
        register("ex_officio_correction", recorded_form("ex_officio_correction", {person: {"foreign_name_alphabet": "NGUYEN VAN ANH"}}))
        office.fault = Refused("F05", "コード表にない値です。")
        relay_all()
        states = list(Delivery.objects.filter(destination="immigration").order_by("notice_id").values_list("state", flat=True))
        assert (states, office.received) == (["refused", "pending", "pending"], [])
        office.fault = None
        stuck = Notice.objects.get(destination="immigration", delivery__state="refused")
        post_room.resend(stuck.notice_id, CLERK, "直った", right=Permission.NOTICE_RESEND)
        relay_all()
    assert [one.event_reason for one in office.received] == ["国内転入", "転居", "職権修正"]


def test_送信した内容と日時と処理結果が読めエラーは再送信できる(committed_db, office):
    """N-4.5.7-02, -03, -09, -10, -11, -12."""
    with clock.at(date(2026, 4, 10)):
        person = moved_in(LEE)
        register("residence_notification", residence_form(person))
        relay_all()
        [second, first], more = list_immigration_notices(CLERK, SENT)
        assert (first.row.law_code, second.row.law_code, more) == ("1", "2", False)
        assert first.sent.arrived and first.sent.at is not None
        for control_no, ok in ((first.row.control_no, True), (second.row.control_no, False)):
            done = ImmigrationResultV1(
                control_no, ok, "A00" if ok else "E21", "正常" if ok else "在留カード番号が一致しません。", datetime(2026, 4, 10, 3, tzinfo=UTC)
            )
            assert bring(done).status == "acknowledged"
        [failed], _ = list_immigration_notices(CLERK, FAILED)
        assert (failed.row.control_no, failed.row.result_text) == (second.row.control_no, "在留カード番号が一致しません。")
        assert get_immigration_notice(CLERK, first.row.public_id).listed.row.get_result_display() == "正常"
        again = immigration.resend(CLERK, failed.row.public_id, "番号を確かめた")
        relay_all()
    assert [one.event_reason for one in office.received] == ["国内転入", "職権修正", "職権修正"]
    assert (office.received[2].resend_of, office.received[2].request_control_no) == (second.row.control_no, again.control_no)
    assert replace(office.received[2], request_control_no="", resend_of=None) == replace(office.received[1], request_control_no="")
    assert (again.resends_id, again.resent_by, again.resent_because) == (second.row.pk, CLERK.name, "番号を確かめた")
    assert [one.control_no for one in get_immigration_notice(CLERK, second.row.public_id).resent_as] == [again.control_no]


def test_媒体でもオンラインと同じ内容が順に渡り一度だけ渡る(committed_db, office):
    """N-4.5.7-05: one file, the same messages as over the wire; afterwards nothing waits."""
    with clock.at(date(2026, 4, 10)):
        city_decides("immigration_by_medium", True)
        person = moved_in()
        register("relocation", relocation_form([person], effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
        relay_all()
        assert office.received == [] and [one.sent.state for one in list_immigration_notices(CLERK, WAITING)[0]] == ["", ""]
        file = immigration.write_medium(CLERK)
        content = immigration.medium_content(CLERK, file.public_id)
        assert content.splitlines() == [body_of("immigration_notice", one) for one in told(person)]
        assert (file.rows, file.holds_numbers, file.owner, file.expires_on) == (2, True, CLERK.name, date(2026, 5, 10))
        assert list_immigration_notices(CLERK, WAITING)[0] == [] and len(list_immigration_notices(CLERK, SENT)[0]) == 2
        with pytest.raises(CannotDo, match="書き出す"):
            immigration.write_medium(CLERK)
        register("death", death_form(person, "令和8年4月10日"))
        assert immigration.send_waiting(CLERK) == 1
        relay_all()
    assert [one.event_reason for one in office.received] == ["死亡"]
    with clock.at(date(2026, 5, 11)), pytest.raises(CannotDo, match="この媒体のファイルはありません"):
        immigration.medium_content(CLERK, file.public_id)
    assert ExportedFile.objects.get().digest == hashlib.sha256(content).hexdigest()


def test_オンラインで送信中の人の分は媒体が追い越さない(committed_db, office):
    """N-4.5.7-06: the 転入 is still on its way when the city turns to the medium."""
    with clock.at(date(2026, 4, 10)):
        person, other = moved_in(), moved_in(LEE, address="色内1丁目3番5号")
        city_decides("immigration_by_medium", True)
        register("death", death_form(person, "令和8年4月10日"))
        with pytest.raises(CannotDo):
            immigration.write_medium(CLERK)
        relay_all()
        assert immigration.write_medium(CLERK).rows == 1
    assert {one.event_reason for one in office.received} == {"国内転入"} and other


@pytest.mark.django_db
class Test定義に書かなくても:
    """The duty hangs on the sheets alone: events that know nothing of 入管庁 are told all the same. 入管法61条の8の2."""

    @pytest.mark.parametrize("code", ["naturalisation", "nationality_acquisition"])
    def test_帰化と国籍取得は外国人の票の消除として一度だけ知らせる(self, code):
        person = moved_in()
        register(code, recorded_form(code, {person: JAPANESE}))
        assert [(law, effect) for law, effect, _ in kinds(person)] == [("1", "1"), ("3", "2")]
        assert (told(person)[1].name_alphabet, told(person)[1].card_no, told(person)[1].moved_to) == ("NGUYEN VAN AN", "AB12345678CD", None)
        cancel(event_of(code))
        assert [(law, effect) for law, effect, _ in kinds(person)][2:] == [("3", "1")]

    def test_国籍喪失は外国人の票の記載として一度だけ知らせる(self):
        person = register("domestic_move_in", move_in_form([TARO]))[0].person.public_id
        register("nationality_loss", recorded_form("nationality_loss", {person: {"foreign_name_alphabet": "HANAZONO TARO", "nationality_code": "USA"}}))
        [only] = told(person)
        assert (only.law_code, only.effect_code, only.class_code, only.card_no, only.nationality) == ("3", "1", "6", None, "USA")

    @pytest.mark.parametrize("code", ["sheet_renewal", "sheet_remaking"])
    def test_改製と再製では知らせない(self, code):
        person = moved_in()
        register(code, recorded_form(code, {person: {}}, effective_on="令和8年4月9日"))
        assert kinds(person) == [("1", "1", "国内転入")]

    @pytest.mark.parametrize("code", ["entry_30_46", "entry_30_47"])
    def test_三十条の46と47の届出は両方の法の記載である(self, code):
        stock(1)
        person = register(code, entry_form(code, NGUYEN))[0].person.public_id
        assert kinds(person) == [("1", "1", "国外転入等")]
        assert told(person)[0].residence_notified_on == date(2026, 4, 9)

    def test_職権修正は知らせる項目のときだけ住基法で知らせる(self):
        person = moved_in()
        correct = lambda **fields: register("ex_officio_correction", recorded_form("ex_officio_correction", {person: fields}))  # noqa: E731 — three times
        correct(remarks="旅券を確認")
        correct(nationality_code="KOR")
        assert [(law, effect) for law, effect, _ in kinds(person)] == [("1", "1"), ("3", "3")]
        assert (told(person)[1].nationality, told(person)[1].former_nationality) == ("KOR", "VNM")

    def test_通称の記載では知らせない(self):
        person = moved_in()
        register("alias_entry", recorded_form("alias_entry", {person: {"foreign_alias": "安　一"}}))
        assert kinds(person) == [("1", "1", "国内転入")]

    def test_職権消除と回復を知らせる(self):
        person = moved_in()
        register("ex_officio_removal", recorded_form("ex_officio_removal", {person: {}}, ground="absent"))
        register("restoration", recorded_form("restoration", {person: {"relationship": "世帯主"}}, household_choice="new", effective_on="令和8年4月9日"))
        assert [(law, effect) for law, effect, _ in kinds(person)] == [("1", "1"), ("3", "2"), ("3", "1")]


@pytest.mark.django_db
class Test処理結果と再送信:
    def test_媒体の処理結果も取り込める(self, tmp_path):
        """N-4.5.7-10: a file of the terminal, a line each; one bad line and nothing is taken."""
        moved_in()
        row = ImmigrationNotice.objects.get()
        good = {"request_control_no": row.control_no, "succeeded": True, "code": "A00", "text_ja": "正常", "processed_at": "2026-04-10T03:00:00.000000+00:00"}
        file = tmp_path / "results.jsonl"
        file.write_text(json.dumps(good) + "\n" + json.dumps(good | {"request_control_no": "x"}) + "\n", "utf-8")
        with pytest.raises(ValueError, match="x: この依頼管理番号"):
            immigration.import_results(OFFICE, file)
        row.refresh_from_db()
        assert row.result == ""
        file.write_text(json.dumps(good) + "\n", "utf-8")
        assert immigration.import_results(OFFICE, file) == 1
        row.refresh_from_db()
        assert (row.result, row.result_text) == ("succeeded", "正常")

    def test_知らない番号の結果は断り履歴に残す(self):
        done = ImmigrationResultV1("0120339999999999999999", True, "A00", "正常", datetime(2026, 4, 10, tzinfo=UTC))
        reply = bring(done)
        assert (reply.status, reply.code) == ("refused", "unknown_control_no")

    def test_渡っていないものと理由のないものは再送信できない(self):
        moved_in()
        row = ImmigrationNotice.objects.get()
        with pytest.raises(CannotDo, match="まだ相手に渡っていません"):
            immigration.resend(CLERK, row.public_id, "もう一度")
        with pytest.raises(CannotDo, match="理由"):
            immigration.resend(CLERK, row.public_id, " ")

    def test_権限のない者は見ることも送ることもできない(self):
        """F-1-12."""
        moved_in()
        row = ImmigrationNotice.objects.get()
        for act in (
            lambda: list_immigration_notices(STRANGER), lambda: get_immigration_notice(STRANGER, row.public_id), lambda: immigration.write_medium(STRANGER),
            lambda: immigration.resend(STRANGER, row.public_id, "x"), lambda: immigration.send_waiting(STRANGER),
        ):  # fmt: skip
            with pytest.raises(audit.Refused):
                act()

    def test_照会は見た人とともに残る(self):
        """design §6."""
        person = moved_in()
        list_immigration_notices(CLERK)
        assert AuditEntry.objects.filter(purpose="市町村通知・市町村伝達の確認", subjects=[person]).exists()


@pytest.mark.django_db
def test_整合性確認と裏書の一覧の機能はない():
    """N-4.5.7-13, -14: neither a job, a route nor a command of that kind; in a city with a foreign resident whose card bears no address yet."""
    from django.urls import get_resolver

    from daicho.jobs import registry

    moved_in()
    names = [job.ja for job in registry.registered()] + [str(name) for name in get_resolver().reverse_dict if isinstance(name, str)]
    commands = [name for name in dir(immigration) if not name.startswith("_")]
    assert not [name for name in (*names, *commands) if "裏書" in name or "整合" in name or "endors" in name or "compar" in name or "reconcil" in name]
