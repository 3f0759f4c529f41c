"""引越しワンストップ — one item for one application, filled into the 異動, answered; twice, late, changed, withdrawn, in any order. 法22条–24条; domain §9."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from daicho import clock
from daicho.audit.models import AuditEntry
from daicho.outbox import Outgoing, intake
from daicho.residents.commands import filings, receiving, receiving_moving
from daicho.residents.errors import CannotDo
from daicho.residents.models import CivilEvent, Filing, ReceivedNotice, SheetCurrent, Visit
from daicho.residents.models.received import ReceivedState
from daicho.residents.queries.proof import prove
from daicho.residents.queries.received import get_received, list_received
from daicho.residents.rules.received.moving import within_city
from tests.cast import CLERK, FAMILY, HANAKO, SATO, TARO
from tests.outbox.parties import envelope_of
from tests.residents.cancelling import cancel, event_of
from tests.residents.counter import move_in_form, move_out_form, register, told
from tests.residents.inbox import answers, application, apply, begin, through, typed, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def family() -> list[UUID]:
    return [w.person.public_id for w in register("domestic_move_in", move_in_form(FAMILY))]


@pytest.fixture
def sent(monkeypatch) -> list[Outgoing]:
    return told(monkeypatch, "mynaportal")


def sheet(person: UUID) -> SheetCurrent:
    return SheetCurrent.objects.get(person__public_id=person)


class Test転出届:
    def test_来庁者なしで記入済みの転出が始まり本登録で処理完了を知らせる(self, family, sent):
        """Nothing is copied by hand; the signature says who applied (法27条2項)."""
        row = apply(application([TARO, HANAKO]))
        assert (row.kind, row.why, row.person.public_id, row.told_on) == ("moving", "", family[0], date(2026, 4, 9))
        filing = begin(row, *family[:2], in_hand=False)
        form, members = typed(filing)
        assert (filing.code, members) == ("special_move_out", [{"holds_card": "yes"}, {}])
        assert (form["effective_on"], form["filed_on"], form["planned_municipality_code"]) == ("令和8年4月20日", "令和8年4月9日", "012041")
        assert (form["planned_address"], form["planned_address_building"]) == ("北海道旭川市七条通九丁目48番地", "旭荘2号")
        assert (filing.visit.identity_check, filing.visit.visitor_name, filing.visit.closed_at is not None) == ("signature", TARO.name, True)
        assert sent == []
        through(filing)
        row.refresh_from_db()
        assert (row.state, answers(sent)) == ("accepted", [("MP-1", "1")])
        assert [sheet(one).planned_move_out_date for one in family[:3]] == [date(2026, 4, 20), date(2026, 4, 20), None]
        assert prove().proven

    @pytest.mark.parametrize(("moving_on", "code"), [(date(2026, 3, 26), "special_move_out"), (date(2026, 3, 25), "move_out")])
    def test_署名したカードが転出証明書に代わり十四日を過ぎれば代わらない(self, family, moving_on, code):
        """法24条の2: signed on 4/9 with the certificate of the applicant's card."""
        assert begin(apply(application([TARO], moving_on=moving_on)), family[0]).code == code

    def test_受付中の来庁者の届出にはならない(self, family):
        """The visitor at the counter is somebody else."""
        in_hand = begin(apply(application([TARO])), family[0]).visit
        assert in_hand.purpose == "引越しワンストップ（転出届）" and Visit.objects.filter(closed_at__isnull=True).count() == 1

    def test_転出先が本市なら申請者に連絡させる(self, family):
        row = apply(application([TARO], new_municipality_code="012033", new_address="北海道小樽市色内1丁目3番5号"))
        assert "市内の引越しは転居の届出が要ります" in row.why


class Test来庁予約:
    def test_転居は来庁のときに記入済みで始まる(self, family, sent):
        new = {"new_address": "小樽市 色内１丁目３－５ ハイツ色内101", "new_address_building": None}
        row = apply(application(FAMILY, "relocation_visit", moving_on=date(2026, 4, 9), **new))
        assert (row.visit_on, row.matter) == (date(2026, 4, 21), "relocation_visit")
        with pytest.raises(CannotDo, match="先に受付をしてください"):
            begin(row, *family, in_hand=False)
        filing = begin(row, *family)
        form, _ = typed(filing)
        assert (form["address"], form["address_building"], form["filed_on"]) == ("色内１丁目３－５", "ハイツ色内101", "令和8年4月10日")
        assert filing.visit.identity_check == "one_document"
        through(filing)
        row.refresh_from_db()
        assert (row.state, answers(sent), sheet(family[0]).address_changed_date.certain()) == ("accepted", [("MP-1", "1")], date(2026, 4, 9))

    @pytest.mark.parametrize(("count", "choice"), [(4, "same"), (2, "new")])
    def test_世帯の全部か一部かは移る人から判る(self, family, count, choice):
        """N-4.0.1-04."""
        row = apply(application(FAMILY[:count], "relocation_visit", moving_on=date(2026, 4, 9), new_address="色内1丁目3番5号"))
        assert typed(begin(row, *family[:count]))[0]["household_choice"] == choice

    def test_転入ははじめての人が記入済みで始まる(self, sent):
        people = (TARO, HANAKO)
        former = {"former_address": "北海道札幌市中央区南一条西一丁目1番地", "new_address": "花園2丁目12番1号", "new_address_building": None}
        row = apply(application(people, "move_in_visit", moving_on=date(2026, 4, 8), **former))
        assert (row.person_id, "一致する人が" in row.why) == (None, False)
        form, members = typed(begin(row))
        assert (form["address"], form["previous_address"], form["household_choice"]) == ("花園2丁目12番1号", former["former_address"], "new")
        assert [(one["name_kanji"], one["birth_date"], one["relationship"]) for one in members] == [(p.name, p.birth, p.relationship) for p in people]

    def test_前に住んでいた人は選べば前の住民票から補われる(self, family):
        """N-4.1.1.2-05: the former sheet fills what the application does not say; what it says counts."""
        register("move_out", move_out_form(family[:1], "令和8年4月10日"))
        with clock.at(date(2026, 4, 25)):
            row = apply(application([TARO], "move_in_visit", moving_on=date(2026, 4, 24), new_address="花園2丁目12番1号"))
            found = get_received(CLERK, row.public_id).people[0]
            assert (found.surely, [one.public_id for one in found.people]) == (None, [str(family[0])])  # by three facts alone a clerk chooses
            [member] = typed(begin(row, family[0]))[1]
            assert (member["name_kanji"], member["registered_domicile"]) == (TARO.name, sheet(family[0]).registered_domicile)

    @pytest.mark.parametrize(
        ("address", "why"),
        [
            ("北海道小樽市 花園２丁目１２－１", ""),
            ("花園二丁目12-1", ""),
            ("花圓町12-1", "住所辞書にありません"),
            ("札幌市中央区南1条西1丁目", "新しい住所が本市ではありません"),
        ],
        ids=["全角と空白", "漢数字で市名なし", "辞書にない町名", "よその市"],
    )
    def test_手で書いた住所は町名を確かめ書いたまま残す(self, family, made_up_towns, address, why):
        row = apply(application([TARO], "relocation_visit", moving_on=date(2026, 4, 9), new_address=address))
        assert (row.why == "") if not why else (why in row.why)
        assert get_received(CLERK, row.public_id).message.new_address == address

    def test_辞書の郵便番号が入る(self, family, made_up_towns):
        row = apply(application([TARO], "relocation_visit", moving_on=date(2026, 4, 9), new_address="花園二丁目12-1"))
        assert typed(begin(row, family[0]))[0]["address_postal_code"] == "0470024"


@pytest.fixture
def made_up_towns(db):
    from daicho.city import demo

    demo.fill()


def test_住所の一行は市名を除き方書を分ける():
    city = "北海道小樽市"
    assert [within_city(one, city) for one in ("北海道　小樽市　色内 1丁目 3-5　ハイツ 101", "色内1丁目3-5", "東京都港区芝1-1", "旭川市六条通")] == [
        ("色内1丁目3-5", "ハイツ 101"), ("色内1丁目3-5", ""), ("", ""), ("", ""),
    ]  # fmt: skip


class Test届く順序:
    def test_同じ申請が二度届いても一件(self, family, sent):
        first, again = apply(application([TARO])), apply(application([TARO]))
        assert (first.pk, ReceivedNotice.objects.count()) == (again.pk, 1)
        through(begin(first, family[0], in_hand=False))
        assert apply(application([TARO])).state == "accepted"
        assert (Filing.objects.filter(code="special_move_out").count(), len(answers(sent))) == (1, 1)

    def test_別の番号の同じ申請には注意が付く(self, family):
        apply(application([TARO]))
        assert "二重の申請でないか" in apply(application([TARO], application_no="MP-2")).why

    def test_期間の外の申請には注意が付く(self, family):
        """domain §9: 30 days before to 10 days after."""
        assert "10日を過ぎて届いた" in apply(application([TARO], moving_on=date(2026, 3, 1))).why
        assert "30日より前" in apply(application([TARO], application_no="MP-2", moving_on=date(2026, 6, 1))).why

    def test_来庁日の変更は同じ件に入り古い版は後から届いても戻さない(self, family):
        message = application([TARO], "relocation_visit", moving_on=date(2026, 4, 9), new_address="色内1丁目3番5号")
        row = apply(message)
        receiving.put_aside(CLERK, row.public_id, ReceivedState.HELD, "来庁を待つ")
        changed = apply(replace(message, revision_no=3, visit_on=date(2026, 4, 28)))
        assert (changed.pk, changed.visit_on, changed.state, "内容を変更しました" in changed.why) == (row.pk, date(2026, 4, 28), "waiting", True)
        late = apply(replace(message, revision_no=2, visit_on=date(2026, 4, 25)))
        assert (late.pk, late.visit_on, late.revision_no) == (row.pk, date(2026, 4, 28), 3)
        assert get_received(CLERK, row.public_id).message.visit_on == date(2026, 4, 28)

    def test_入力を始めた後の変更は届書を直させる(self, family):
        row = apply(application([TARO]))
        begin(row, family[0], in_hand=False)
        assert "届書の内容を、変更後の申請に合わせて直してください" in apply(application([TARO], revision_no=2, moving_on=date(2026, 4, 25))).why

    def test_本登録の後の変更は職員がもう一度見る(self, family, sent):
        row = apply(application([TARO]))
        through(begin(row, family[0], in_hand=False))
        again = apply(application([TARO], revision_no=2, moving_on=date(2026, 4, 25)))
        assert (again.pk, again.state, "本登録の後に" in again.why) == (row.pk, "waiting", True)
        receiving.put_aside(CLERK, row.public_id, ReceivedState.SET_ASIDE, "変更は窓口で行うと連絡した")
        assert answers(sent) == [("MP-1", "1")]  # it was completed: nobody is told that nothing was done


class Test取消し:
    def test_まだ始めていなければ自動で取り消し知らせる(self, family, sent):
        row = apply(application([TARO]))
        withdrawal = withdraw()
        row.refresh_from_db()
        assert (row.state, withdrawal.state, withdrawal.handled_by) == ("withdrawn", "accepted", "マイナポータル（自動）")
        assert (answers(sent), list_received(CLERK)) == ([("MP-1", "3")], [])
        with pytest.raises(CannotDo, match="もう処理されています"):
            begin(row, family[0], in_hand=False)

    def test_申請より先に届けば待って届いた申請を取り消す(self, family, sent):
        waits = withdraw()
        assert (waits.state, "まだ届いていません" in waits.why) == ("waiting", True)
        row = apply(application([TARO]))
        waits.refresh_from_db()
        assert (row.state, waits.state, waits.why, answers(sent)) == ("withdrawn", "accepted", "", [("MP-1", "3")])
        assert withdraw().pk == waits.pk and len(answers(sent)) == 1

    def test_取り消された申請は後の変更では生き返らない(self, family):
        apply(application([TARO]))
        withdraw()
        assert apply(application([TARO], revision_no=2)).state == "withdrawn"

    def test_入力中なら取り下げてから完了する(self, family, sent):
        row = apply(application([TARO]))
        filing = begin(row, family[0], in_hand=False)
        withdrawal = withdraw()
        assert f"届出番号{filing.filing_no}" in withdrawal.why
        with pytest.raises(CannotDo, match="取り下げてから"):
            receiving_moving.finish_withdrawal(CLERK, withdrawal.public_id)
        filings.withdraw(CLERK, filing.public_id, "申請の取消し")
        receiving_moving.finish_withdrawal(CLERK, withdrawal.public_id)
        row.refresh_from_db()
        assert (row.state, answers(sent)) == ("withdrawn", [("MP-1", "3")])
        assert AuditEntry.objects.filter(detail__step="withdrawn", detail__received=str(withdrawal.public_id)).exists()

    def test_本登録の後なら異動の取消しで終わる(self, family, sent):
        """std 4.6: the register is put back by a 取消し, and then the applicant is told."""
        row = apply(application([TARO, HANAKO]))
        through(begin(row, *family[:2], in_hand=False))
        withdrawal = withdraw()
        assert "異動の取消しを入力してください" in withdrawal.why
        with pytest.raises(CannotDo, match="異動の取消しを入力"):
            receiving_moving.finish_withdrawal(CLERK, withdrawal.public_id)
        person, history_no = get_received(CLERK, withdrawal.public_id).cancels
        assert (person, CivilEvent.objects.get(versions__history_no=history_no, versions__person__public_id=person).code) == (family[0], "special_move_out")
        cancel(event_of("special_move_out"), family[:1])
        withdrawal.refresh_from_db()
        assert withdrawal.state == "waiting"  # 花子 still moves out by it
        cancel(event_of("special_move_out"), family[1:2])
        withdrawal.refresh_from_db()
        row.refresh_from_db()
        assert (withdrawal.state, row.state, answers(sent)) == ("accepted", "withdrawn", [("MP-1", "1"), ("MP-1", "3")])
        assert [sheet(one).closed_on for one in family[:2]] == [None, None]
        assert prove().proven

    def test_取消しより先に異動が取り消されていれば自動で終わる(self, family, sent):
        """The applicant telephoned, and the clerk cancelled the 転出 before the withdrawal came."""
        row = apply(application([TARO]))
        through(begin(row, family[0], in_hand=False))
        cancel(event_of("special_move_out"), family[:1])
        assert (withdraw().state, answers(sent)) == ("accepted", [("MP-1", "1"), ("MP-1", "3")])

    def test_取消しが届いた後に本登録されても取消しは残る(self, family, sent):
        row = apply(application([TARO]))
        filing = begin(row, family[0], in_hand=False)
        withdrawal = withdraw()
        through(filing)
        withdrawal.refresh_from_db()
        assert (withdrawal.state, "本登録されています" in withdrawal.why) == ("waiting", True)


def test_対象なしとすれば理由を申請者に知らせる(family, sent):
    row = apply(application([SATO]))
    assert "一致する人が、本市の住民にも除票にもいません" in row.why
    receiving.put_aside(CLERK, row.public_id, ReceivedState.SET_ASIDE, "本市にお住まいの記録がありません")
    assert [(one.message.result_code, one.message.message_ja) for one in sent] == [("2", "本市にお住まいの記録がありません")]


def test_知らない種類の申請も失われない(family):
    row = apply(application([TARO], "something_new"))
    assert (row.state, "まだこの画面から入力できません" in row.why) == ("waiting", True)
    with pytest.raises(CannotDo, match="まだこの画面から入力できません"):
        begin(row, family[0])


@pytest.mark.parametrize("changes", [{"people": ()}, {"application_no": ""}, {"application_no": "9" * 41}], ids=["人がいない", "番号がない", "番号が長い"])
def test_答えようのない申請は扉で断る(changes):
    """The answer bears the number as layouts/moving_answer.csv has it; F-2-21."""
    message = replace(application([TARO]), **changes)
    reply = intake.receive("mynaportal", envelope_of(message, "mynaportal").to_bytes(), "127.0.0.1")
    assert (reply.status, ReceivedNotice.objects.exists()) == ("refused", False)


def test_マイナポータルのない構成では知らせずに済む(family, settings):
    settings.DAICHO = replace(settings.DAICHO, peers={name: peer for name, peer in settings.DAICHO.peers.items() if name != "mynaportal"})
    through(begin(apply(application([TARO])), family[0], in_hand=False))
    assert ReceivedNotice.objects.get().state == "accepted"
