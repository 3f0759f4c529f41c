"""特例転入を利用した転出 — leaving by 個人番号カード, without a 転出証明書. 住民基本台帳法第24条の2; std 4.1.3.0.4; S2-03, G-11."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from daicho import clock, outbox
from daicho.contracts.move_out_certificate_info_v1 import MoveOutCertificateInfoV1, MoveOutCertificateWithdrawnV1
from daicho.outbox.commands import NotResendableError, resend
from daicho.outbox.models import Delivery, Notice
from daicho.outbox.permissions import OutboxPermission
from daicho.residents.commands import filings
from daicho.residents.commands.typed import TypedForm
from daicho.residents.models import CivilEvent, SheetCurrent
from daicho.residents.queries.proof import prove
from daicho.residents.rules.definitions import NoticeKind
from daicho.residents.rules.events import ALL_EVENTS, event_on
from daicho.residents.rules.fold import is_open
from tests.cast import CLERK, FAMILY, HANAKO, NGUYEN, SATO, TARO
from tests.residents.cancelling import cancel, event_of
from tests.residents.counter import city_decides, move_in_form, move_out_form, notice_form, problems, register, told, turn_to, visit

pytestmark = pytest.mark.django_db
CODE = "special_move_out"
DAY = date(2026, 5, 1)
NGUYEN_AS_GUEST = replace(NGUYEN, relationship="同居人")


def family_of(*roles, **texts: str) -> list[UUID]:
    return [w.person.public_id for w in register("domestic_move_in", move_in_form(roles or FAMILY, **texts))]


def special(people, *, holders: int = 1, **texts: str) -> TypedForm:
    """The 転出 of these, of whom the first ones hold a card."""
    plain = move_out_form(people, **texts)
    return TypedForm(plain.filing, tuple(replace(m, texts={"holds_card": "yes"} if at < holders else {}) for at, m in enumerate(plain.members)))


def sheet(person: UUID) -> SheetCurrent:
    return SheetCurrent.objects.get(person__public_id=person)


def messages(sent: list[outbox.Outgoing], kind: type) -> list:
    return [one.message for one in sent if isinstance(one.message, kind)]


@pytest.fixture
def sent(monkeypatch) -> list[outbox.Outgoing]:
    return told(monkeypatch)


class Test届出:
    def test_通常の転出と区別して登録される(self):
        """N-4.1.3.0.4-01: the event and what was planned tell it apart; 異動事由 and 消除の事由 are 国内転出."""
        taro, hanako = family_of(TARO, HANAKO)
        register(CODE, special([taro]))
        register("move_out", move_out_form([hanako]))
        events = list(CivilEvent.objects.exclude(code="domestic_move_in").order_by("id").values_list("code", "standard_code", "basis"))
        assert events == [(CODE, "国内転出", "届出"), ("move_out", "国内転出", "届出")]
        assert [(sheet(p).planned_move_out_reason_code, sheet(p).removal_reason_code) for p in (taro, hanako)] == [(CODE, "move_out"), ("move_out", "move_out")]
        assert (sheet(taro).planned_move_out_address, sheet(taro).closed_on) == ("北海道旭川市七条通九丁目48番地", DAY)
        assert prove().proven

    def test_転出証明書を出す異動ではない(self):
        """N-4.1.3.0.4-02: no paper belongs to it by itself."""
        assert event_on(CODE, DAY).certificates == ()

    def test_カードを持つ人がいなければ使えない(self):
        """法24条の2; the register itself knows of a card by the serial number of its certificate."""
        family = family_of()
        assert ("T001", "members", True) in problems(CODE, special(family, holders=0))
        assert problems(CODE, special(family, holders=1)) == []

    def test_証明書のシリアル番号がある人はカードを持つ人である(self):
        taro = family_of(replace(TARO, texts={"user_certificate_serial": "1234567890"}))[0]
        assert not [p for p in problems(CODE, special([taro], holders=0)) if p[0].startswith("T")]

    def test_同行できるのは同じ世帯の人だけである(self):
        """法24条の2: カードを持つ人と、同じ世帯の人でともに転出する人."""
        taro, hanako = family_of(TARO, HANAKO)
        stranger = family_of(SATO, address="色内1丁目3番5号")[0]
        found = filings.judge(filings.definition_of(CODE), special([taro, hanako, stranger]), visit()).problems
        assert [(p.code, p.member) for p in found if p.code.startswith("T")] == [("T002", 2)]

    def test_転出から十四日を過ぎれば使えない(self):
        """N-4.1.3.0.1-02, N-4.1.3.0.3-02: recorded ex officio it is no 届出 any more."""
        taro = family_of(TARO)[0]
        with clock.at(date(2026, 5, 20)):
            late = {"on": "令和8年5月5日", "filed_on": "令和8年5月20日"}
            assert ("T003", "filed_on", True) in problems(CODE, special([taro], **late))
            assert ("T003", "filed_on", True) not in problems(CODE, special([taro], on="令和8年5月6日", filed_on="令和8年5月20日"))

    def test_転出と同じ検査を受ける(self):
        """domain §11."""
        taro = family_of(TARO)[0]
        assert ("E302", "planned_municipality_code", True) in problems(CODE, special([taro], planned_municipality_code="小樽市", planned_address=""))
        register(CODE, special([taro]))
        assert ("E305", "person", True) in problems(CODE, special([taro]))
        assert ("E305", "person", True) in problems("move_out", move_out_form([taro]))

    def test_通常の転出の途中から切り替えられない(self):
        """N-4.1.3.0.4-07: the form of a 転出 asks for no card and knows no other event; a filing keeps its event for good."""
        taro = family_of(TARO)[0]
        plain = event_on("move_out", DAY)
        assert not [f for f in (*plain.fields, *plain.member_fields) if "card" in f.name or "特例" in f.label]
        row = filings.start(CLERK, visit(), "move_out", move_out_form([taro]))
        with pytest.raises(ValueError, match="holds_card"):
            filings.enter(CLERK, row.public_id, special([taro]), {})


class Test転出証明書情報:
    def test_本登録すると操作なしに一件届く(self, sent):
        """N-4.1.3.0.4-03: of all who leave, in the order of the household, with what is certified of them; the 転出予定 itself is told on its day."""
        people = family_of(TARO, HANAKO, NGUYEN_AS_GUEST)
        sent.clear()
        register(CODE, special([people[2], people[0], people[1]]))
        [info] = messages(sent, MoveOutCertificateInfoV1)
        assert [one.message for one in sent] == [info]
        assert [len(one.subjects) for one in sent] == [3]
        certificate = info.certificate
        assert (certificate.former_municipality_code, certificate.former_address, certificate.former_address_building) == (
            "012033", "北海道小樽市花園2丁目12番1号", None
        )  # fmt: skip
        assert (certificate.planned_move_out_date, certificate.planned_address) == (DAY, "北海道旭川市七条通九丁目48番地")
        assert info.certificate_id == str(CivilEvent.objects.get(code=CODE).request_key)
        told_of = [(p.juminhyo_code, p.individual_number, p.name_kanji, p.birth_date, p.relationship, p.is_foreign) for p in certificate.people]
        assert told_of == [
            (TARO.juminhyo_code, TARO.individual_number, TARO.name, "昭和55年3月9日", "世帯主", False),
            (HANAKO.juminhyo_code, HANAKO.individual_number, HANAKO.name, "昭和57年7月1日", "妻", False),
            (NGUYEN.juminhyo_code, NGUYEN.individual_number, None, "1985年3月9日", "同居人", True),
        ]
        guest = certificate.people[2]
        assert (guest.foreign_name_alphabet, guest.residence_card_no, guest.residence_expiry_date) == ("NGUYEN VAN AN", "AB12345678CD", date(2028, 4, 30))
        assert (guest.nationality, guest.residence_status) == ("VNM", "技術・人文知識・国際業務"), "a code that the city's table lacks goes as it is"

    def test_期限は転出予定日から市の定める日数まで(self, sent):
        """法24条の2, city setting card_move_in_days_from_move_out."""
        taro, hanako = family_of(TARO, HANAKO)
        register(CODE, special([taro]))
        city_decides("card_move_in_days_from_move_out", 20)
        register(CODE, special([hanako]))
        assert [one.answer_until for one in messages(sent, MoveOutCertificateInfoV1)] == [date(2026, 5, 31), date(2026, 5, 21)]

    def test_通常の転出と予定日の到来では送らない(self, sent):
        taro, hanako = family_of(TARO, HANAKO)
        register("move_out", move_out_form([hanako]))
        assert messages(sent, MoveOutCertificateInfoV1) == []
        register(CODE, special([taro]))
        turn_to(DAY)
        assert len(messages(sent, MoveOutCertificateInfoV1)) == 1
        with clock.at(DAY):
            assert [is_open(sheet(one).to_entries(), DAY) for one in (taro, hanako)] == [False, False]

    def test_転出を取り消すと取消しが届き転出し直せばまた届く(self, sent):
        """domain §4.1 転出の取消し: CS取消."""
        family = family_of(TARO, HANAKO)
        register(CODE, special(family))
        first = CivilEvent.objects.get(code=CODE)
        cancel(event_of(CODE), family[1:])
        assert messages(sent, MoveOutCertificateWithdrawnV1) == [MoveOutCertificateWithdrawnV1(str(first.request_key), (HANAKO.juminhyo_code,))]
        cancel(event_of(CODE), family[:1])
        assert messages(sent, MoveOutCertificateWithdrawnV1)[1].juminhyo_codes == (TARO.juminhyo_code,)
        register(CODE, special(family))
        assert len(messages(sent, MoveOutCertificateInfoV1)) == 2
        assert prove().proven

    def test_通常の転出の取消しには取消しの通知がない(self, sent):
        family = family_of(TARO)
        register("move_out", move_out_form(family))
        cancel(event_of("move_out"), family)
        assert messages(sent, MoveOutCertificateWithdrawnV1) == []

    def test_届いたものは送り直せない(self):
        """N-4.1.3.0.4-06: nor does any other event send it; what was refused is put right and sent as any notice."""
        register(CODE, special(family_of(TARO)))
        notice = Notice.objects.get(kind="move_out_certificate_info")
        Delivery.objects.filter(notice=notice).update(state=Delivery.State.ACKNOWLEDGED, settled_at=clock.now())
        with pytest.raises(NotResendableError):
            resend(notice.notice_id, CLERK.with_right(OutboxPermission.RESEND), "もう一度")
        assert [e.code for e in ALL_EVENTS if NoticeKind.MOVE_OUT_CERTIFICATE in {n.kind for n in e.notices}] == [CODE]


def test_転入通知を受理できる(sent):
    """N-4.1.3.1.1-01: as of any 国内転出."""
    taro = family_of(TARO)[0]
    register(CODE, special([taro]))
    with clock.at(date(2026, 4, 25)):
        register("move_in_notice_received", notice_form(taro))
    assert (sheet(taro).closed_on, sheet(taro).confirmed_move_out_date, sheet(taro).planned_move_out_date) == (date(2026, 4, 20), date(2026, 4, 20), DAY)
