"""相手方の取決めの試験 — what every implementation of this room's ports must do; run in memory and over the wire to the simulators.

A subclass gives `prefecture`, `municipality` and `national` (the ports), `taken` (control numbers each counterpart has kept), `certify(certificate)`, which tells
the other city of people who moved out, `move_there(copy)`, of people who live there, `break_line(destination, kind)`, which makes the next call fail as "away", "dies" (in mid-handshake),
"foreign" (another's certificate) or "unknown", and `spoil_answer(kind)`, which makes the next answer "late" (by a second and more), "ill_formed",
"wrong_question" or "duplicate".
"""

from dataclasses import replace

import pytest

from daicho.contracts.move_out_certificate_v1 import MoveOutCertificate
from daicho.contracts.wide_area_v1 import WideAreaCopy, WideAreaPerson
from daicho.juki_net.ports import MoveOutRequest, MunicipalityPort, NationalPort, PrefecturePort, UnusableAnswer, WideAreaRequest
from daicho.outbox.errors import Duplicate, Refused, Unauthorized, Unavailable
from tests.contracts.juki_samples import CODE_REQUEST, FUHYO, NEW_CODE, NUMBER_OUTWARD, OTHER_CODE, OUTWARD, UPDATE
from tests.contracts.move_out_samples import CERTIFICATE, CODE, QUESTION, SAPPORO, YULIN
from tests.contracts.wide_area_samples import CODE as WIDE_CODE
from tests.contracts.wide_area_samples import COPY as SAMPLE
from tests.contracts.wide_area_samples import OTHER_CODE as WIDE_OTHER_CODE

WITHIN = 5.0  # seconds
REQUEST = MoveOutRequest("q1", SAPPORO, QUESTION.municipality_code, CODE, None, QUESTION.purpose, QUESTION.deadline)

TARO = replace(SAMPLE.people[0], juminhyo_code=WIDE_CODE)
WIFE = replace(SAMPLE.people[1], juminhyo_code=WIDE_OTHER_CODE)
COPY = replace(SAMPLE, people=(TARO, WIFE))  # with every item, as the other city has it
WIDE_AREA = WideAreaRequest("w1", SAPPORO, QUESTION.municipality_code, WIDE_CODE, None, True, True, False, True, True, "広域交付", QUESTION.deadline)


def as_asked(person: WideAreaPerson) -> WideAreaPerson:
    """What WIDE_AREA asks for: everything but the 住民票コード."""
    return replace(person, juminhyo_code=None)


def update(no: int, **changes: object):
    return replace(UPDATE, update_sequence_no=no, request_control_no=f"c{no}", **changes)


class PortSuite:
    prefecture: PrefecturePort
    municipality: MunicipalityPort
    national: NationalPort

    def taken(self, destination: str) -> list[str]:
        raise NotImplementedError

    def break_line(self, destination: str, kind: str) -> None:
        raise NotImplementedError

    def certify(self, certificate: MoveOutCertificate) -> None:
        raise NotImplementedError

    def spoil_answer(self, kind: str) -> None:
        raise NotImplementedError

    def move_there(self, copy: WideAreaCopy) -> None:
        raise NotImplementedError

    def test_更新を順に受け付ける(self):
        accepted = [self.prefecture.send_update(update(no)).code for no in (1, 2, 3)]
        assert (accepted, self.taken("prefecture")) == (["A00"] * 3, ["c1", "c2", "c3"])

    def test_同じ更新は重複と答え一度しか残らない(self):
        self.prefecture.send_update(update(1))
        with pytest.raises(Duplicate):
            self.prefecture.send_update(update(1))
        assert self.taken("prefecture") == ["c1"]

    def test_同じ管理番号で内容が違えば拒む(self):
        self.prefecture.send_update(update(1))
        with pytest.raises(Refused) as refused:
            self.prefecture.send_update(update(1, address="別の住所"))
        assert (refused.value.code, self.taken("prefecture")) == ("L03", ["c1"])

    @pytest.mark.parametrize(("no", "code"), [(4, "L01"), (1, "L02")])
    def test_更新順番号の欠番と逆転を理由とともに拒む(self, no, code):
        """F-2-22."""
        self.prefecture.send_update(update(2))
        with pytest.raises(Refused) as refused:
            self.prefecture.send_update(update(no))
        assert refused.value.code == code
        assert "更新順番号" in refused.value.reason_ja
        self.prefecture.send_update(update(3))

    def test_順番は人ごとに数え住民票コードの変更をまたぐ(self):
        self.prefecture.send_update(update(4))
        self.prefecture.send_update(update(1, juminhyo_code=OTHER_CODE))
        self.prefecture.send_update(update(5, juminhyo_code=NEW_CODE, old_juminhyo_code=UPDATE.juminhyo_code))
        assert self.taken("prefecture") == ["c4", "c1", "c5"]

    def test_コード表にない値を拒む(self):
        with pytest.raises(Refused) as refused:
            self.prefecture.send_update(update(1, sex_code="5"))
        assert (refused.value.code, self.taken("prefecture")) == ("F05", [])

    def test_転入通知を受け付け二度目は重複と答える(self):
        """法9条1項."""
        assert self.municipality.send_move_in(OUTWARD).code == "A00"
        with pytest.raises(Duplicate):
            self.municipality.send_move_in(OUTWARD)
        assert self.taken("other_city") == [OUTWARD.request_control_no]

    def test_差出人の市町村宛ての転入通知を拒む(self):
        with pytest.raises(Refused) as refused:
            self.municipality.send_move_in(replace(OUTWARD, addressee_municipality_code=OUTWARD.municipality_code))
        assert refused.value.code == "L04"

    def test_附票記載事項通知を受け付け二度目は重複と答える(self):
        """法19条1項, G-23."""
        assert self.municipality.send_fuhyo(FUHYO).code == "A00"
        with pytest.raises(Duplicate):
            self.municipality.send_fuhyo(FUHYO)
        with pytest.raises(Refused) as refused:
            self.municipality.send_fuhyo(replace(FUHYO, address="別の住所"))
        assert (refused.value.code, self.taken("other_city")) == ("L03", [FUHYO.request_control_no])

    def test_差出人の市町村宛ての附票記載事項通知を拒む(self):
        with pytest.raises(Refused) as refused:
            self.municipality.send_fuhyo(replace(FUHYO, addressee_municipality_code=FUHYO.municipality_code))
        assert refused.value.code == "L04"

    def test_個人番号の要求を受け付け二度目は重複と答える(self):
        """番号法8条; G-12."""
        assert self.national.request_number(NUMBER_OUTWARD).code == "A00"
        with pytest.raises(Duplicate):
            self.national.request_number(NUMBER_OUTWARD)
        assert self.taken("jlis_national") == [NUMBER_OUTWARD.request_control_no]

    def test_新規付番用の住民票コードの要求を受け付け二度目は重複と答える(self):
        """法30条の2; G-13."""
        assert self.national.request_codes(CODE_REQUEST).code == "A00"
        with pytest.raises(Duplicate):
            self.national.request_codes(CODE_REQUEST)
        assert self.taken("jlis_national") == [CODE_REQUEST.request_control_no]

    def test_コード表にない事由の要求を拒む(self):
        with pytest.raises(Refused) as refused:
            self.national.request_number(replace(NUMBER_OUTWARD, reason_code="99"))
        assert (refused.value.code, self.taken("jlis_national")) == ("F05", [])

    @pytest.mark.parametrize("number", [{}, {"juminhyo_code": None, "individual_number": YULIN.individual_number}])
    def test_転出証明書情報を住民票コードでも個人番号でも答え何度でも答える(self, number):
        """法24条の2, G-11: every item of everybody who moves along, dates as dates; nothing of a question is kept."""
        self.certify(CERTIFICATE)
        asked = replace(REQUEST, **number)
        assert [self.municipality.ask_move_out(asked, WITHIN) for _ in range(2)] == [CERTIFICATE] * 2
        assert self.taken("other_city") == []

    @pytest.mark.parametrize("unknown", [{"juminhyo_code": NEW_CODE}, {"addressee_municipality_code": "011029"}])
    def test_知らない人と別の市区町村の人は答えがない(self, unknown):
        self.certify(CERTIFICATE)
        assert self.municipality.ask_move_out(replace(REQUEST, **unknown), WITHIN) is None

    @pytest.mark.parametrize(
        ("kind", "error"), [("late", Unavailable), ("duplicate", Unavailable), ("ill_formed", UnusableAnswer), ("wrong_question", UnusableAnswer)]
    )
    def test_遅い答えと形の違う答えと別の照会への答えは使わない(self, kind, error):
        """F-2-02, F-2-22: what is refused here says why, without a value of it."""
        self.certify(CERTIFICATE)
        self.spoil_answer(kind)
        with pytest.raises(error) as failed:
            self.municipality.ask_move_out(REQUEST, 0.5 if kind == "late" else WITHIN)
        told = getattr(failed.value, "reason_ja", "")
        assert type(failed.value) is error and (told == "") == (error is Unavailable) and CERTIFICATE.former_address not in told

    @pytest.mark.parametrize(("kind", "error"), [("away", Unavailable), ("dies", Unavailable), ("foreign", Unauthorized), ("unknown", Unauthorized)])
    @pytest.mark.parametrize("destination", ["prefecture", "other_city", "other_city, asked", "other_city, fuhyo", "jlis_national"])
    def test_不在と認証の失敗を区別する(self, destination, kind, error):
        send = {
            "prefecture": lambda: self.prefecture.send_update(update(1)),
            "jlis_national": lambda: self.national.request_number(NUMBER_OUTWARD),
            "other_city": lambda: self.municipality.send_move_in(OUTWARD),
            "other_city, asked": lambda: self.municipality.ask_move_out(REQUEST, WITHIN),
            "other_city, fuhyo": lambda: self.municipality.send_fuhyo(FUHYO),
        }[destination]
        destination = destination.partition(", ")[0]
        self.break_line(destination, kind)
        with pytest.raises(error) as failed:
            send()
        assert getattr(failed.value, "whole_line", True)
        assert self.taken(destination) == []

    def test_広域交付住民票を答え_知らない人は答えがない(self):
        """法12条の4: every item as it was told; nothing of the question is kept."""
        self.move_there(COPY)
        assert [self.municipality.ask_wide_area(WIDE_AREA, WITHIN) for _ in range(2)] == [replace(COPY, people=(as_asked(TARO), as_asked(WIFE)))] * 2
        assert self.municipality.ask_wide_area(replace(WIDE_AREA, juminhyo_code=NEW_CODE), WITHIN) is None
        assert self.municipality.ask_wide_area(replace(WIDE_AREA, addressee_municipality_code="011029"), WITHIN) is None
        assert self.taken("other_city") == []

    @pytest.mark.parametrize(("kind", "error"), [("late", Unavailable), ("ill_formed", UnusableAnswer), ("wrong_question", UnusableAnswer)])
    def test_広域交付住民票の_遅い答えと形の違う答えと別の照会への答えは使わない(self, kind, error):
        self.move_there(COPY)
        self.spoil_answer(kind)
        with pytest.raises(error) as failed:
            self.municipality.ask_wide_area(WIDE_AREA, 0.5 if kind == "late" else WITHIN)
        assert COPY.address not in getattr(failed.value, "reason_ja", "")
