"""個人番号の指定 — asked of 機構 when somebody is entered without one, written when it comes, waited for meanwhile. 番号法第7条第1項, 第8条; std 4.4, 7.1.2.1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from daicho import clock, outbox, vault
from daicho.audit.models import AuditEntry
from daicho.outbox.errors import Refused
from daicho.outbox.models import Notice
from daicho.residents.commands import filings, number_requests, registering
from daicho.residents.errors import CannotDo
from daicho.residents.models import CivilEvent, NumberRequest, SheetCurrent, SheetVersion
from daicho.residents.queries.awaited import list_awaited
from daicho.residents.queries.proof import prove
from daicho.values.made_up import made_up_individual_number
from tests.cast import CLERK, EXAMINER, FAMILY, HANAKO, NGUYEN, STRANGER, TARO
from tests.residents.cancelling import cancel, event_of
from tests.residents.counter import (
    answer,
    birth_form,
    code_change_form,
    correction_form,
    death_form,
    enter,
    move_in_form,
    problems,
    register,
    removed,
    stock,
    told,
)
from tests.residents.test_birth import CHILD
from tests.residents.test_move_in_from_abroad import form as from_abroad_form

pytestmark = pytest.mark.django_db
NUMBER, ANOTHER = str(made_up_individual_number(9_900_001)), str(made_up_individual_number(9_900_002))


@pytest.fixture
def home() -> str:
    stock(*range(100))
    return register("domestic_move_in", move_in_form(FAMILY))[0].entries.household_no


@pytest.fixture
def child(home) -> UUID:
    return register("birth", birth_form(home, [CHILD]))[0].person.public_id


def sheet(person: UUID) -> SheetCurrent:
    return SheetCurrent.objects.filter(person__public_id=person).latest("history_no")


def number_of(person: UUID) -> str | None:
    ref = sheet(person).individual_number
    return None if ref is None else vault.reveal(ref, because="試験")


def request_of(person: UUID) -> NumberRequest:
    return NumberRequest.objects.filter(person__public_id=person).latest("pk")


def requests(sent: Sequence[outbox.Outgoing]) -> list[object]:
    return [one.message for one in sent if type(one.message).__name__ == "NumberRequestV1"]


class Test要求:
    def test_出生者は本登録のときに自動で機構に求める(self, home, monkeypatch):
        """N-4.4-01, N-7.1.2.1-01: no officer sends anything, and nothing leaves before 本登録."""
        sent = told(monkeypatch)
        filing = enter("birth", birth_form(home, [CHILD]))
        filings.examine(EXAMINER, filing)
        assert sent == [] and not NumberRequest.objects.exists()
        [child] = registering.register(EXAMINER, filing)
        [request] = requests(sent)
        code = vault.reveal(child.entries.juminhyo_code, because="試験")
        assert (request.reason, request.juminhyo_code, request.old_individual_number, request.municipality_code) == ("birth", code, None, "012033")
        assert [type(one.message).__name__ for one in sent] == ["IdentityInfoV1", "NumberRequestV1"]  # 市町村CS knows the person before it asks
        assert request_of(child.person.public_id).state == "waiting"

    def test_国外から初めて転入した人も求める(self, monkeypatch):
        """N-4.4-01: also a foreign resident."""
        stock(*range(60))
        sent = told(monkeypatch)
        register("move_in_from_abroad", from_abroad_form([NGUYEN]))
        assert [one.reason for one in requests(sent)] == ["move_in_from_abroad"]

    def test_番号のある人と国内からの転入者は求めない(self, monkeypatch):
        stock(*range(60))
        sent = told(monkeypatch)
        register("move_in_from_abroad", from_abroad_form([TARO], numbers=True))
        register("domestic_move_in", move_in_form([replace(HANAKO, texts={"individual_number": "", "relationship": "世帯主"})]))
        assert requests(sent) == [] and not NumberRequest.objects.exists()

    def test_双子はそれぞれに求める(self, home, monkeypatch):
        sent = told(monkeypatch)
        register("birth", birth_form(home, [CHILD, {**CHILD, "name_kanji": "花園　四郎", "name_kana": "ハナゾノ　シロウ"}]))
        assert len({one.juminhyo_code for one in requests(sent)}) == len({one.request_control_no for one in requests(sent)}) == 2

    def test_取り消した出生をもう一度入力しても二度は求めない(self, home, child):
        cancel(event_of("birth"))
        form = birth_form(home, [CHILD])
        register("birth", replace(form, members=tuple(replace(m, person=str(child)) for m in form.members)))
        assert NumberRequest.objects.count() == 1


class Test回答:
    def test_届いた番号は職員の操作なしに記載される(self, child, monkeypatch):
        """N-7.1.2.1-02, N-1.2.2-11; S2-09: 職権記載, and every room that may know the number is told."""
        sent = told(monkeypatch)
        before = Notice.objects.filter(destination="atena").count()
        with clock.at(date(2026, 4, 15)):
            row = answer(request_of(child), NUMBER)
        assert (number_of(child), row.state) == (NUMBER, "written")
        event = CivilEvent.objects.get(code="individual_number_assigned")
        assert (event.standard_code, event.basis, event.effect, event.effective_on.encode(), event.source) == (
            "個人番号の職権記載", "職権", "修正", "R8-04-15", "juki_net",
        )  # fmt: skip
        [notice] = [one.message for one in sent]
        assert (notice.event_reason, notice.individual_number, notice.update_sequence_no) == ("individual_number_entry", NUMBER, 2)
        assert Notice.objects.filter(destination="atena").count() == before + 1
        assert prove().proven

    def test_ほかの人には設定されない(self, home, child):
        """N-7.1.2.1-02."""
        others = SheetCurrent.objects.exclude(person__public_id=child).order_by("pk")
        before = list(others.values_list("individual_number", flat=True))
        answer(request_of(child), NUMBER)
        assert list(others.values_list("individual_number", flat=True)) == before

    def test_番号は金庫の外に数字で残らない(self, child):
        """F-0-18."""
        answer(request_of(child), NUMBER)
        for model in (NumberRequest, SheetVersion, SheetCurrent, AuditEntry, Notice):
            assert NUMBER not in str(list(model.objects.values()))

    def test_同じ回答が二度届いても一度だけ書かれる(self, child):
        answer(request_of(child), NUMBER)
        before = SheetVersion.objects.count()
        assert answer(request_of(child), NUMBER).state == "written"
        assert SheetVersion.objects.count() == before

    def test_同じ要求に別の番号が届けば断る(self, child):
        answer(request_of(child), NUMBER)
        with pytest.raises(Refused) as refused:
            answer(request_of(child), ANOTHER)
        assert (refused.value.code, number_of(child)) == ("already_given", NUMBER)

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"request_control_no": "0120330000000000000000"}, "unknown_request"),
            ({"municipality_code": "011002"}, "unknown_request"),
            ({"juminhyo_code": HANAKO.juminhyo_code}, "another_person"),
            ({"juminhyo_code": "12345678901"}, "another_person"),
        ],
        ids=["要求していない", "別の市", "別の人", "番号でない"],
    )
    def test_求めていない番号や別の人の番号は断り何も残さない(self, child, changes, code):
        """F-1-03, F-1-05: matched by 住民票コード to an open request."""
        row = request_of(child)
        with pytest.raises(Refused) as refused:
            answer(row, NUMBER, **changes)
        row.refresh_from_db()
        assert (refused.value.code, row.state, number_of(child)) == (code, "waiting", None)

    def test_検査用数字の合わない番号は取り込まない(self, child):
        """F-1-05."""
        row = answer(request_of(child), NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10))
        assert (row.state, "検査用数字" in row.why, number_of(child)) == ("doubtful", True, None)

    def test_付けられないという回答は理由とともに職員に渡る(self, child):
        row = answer(request_of(child), None)
        assert (row.state, "該当する住民票コードがありません。" in row.why, number_of(child)) == ("doubtful", True, None)
        assert [one.row.pk for one in list_awaited(CLERK)] == [row.pk]

    def test_別の人の番号が届けば記載せず職員が確かめる(self, child):
        """番号法8条: nobody else has it. The 除票 of someone who left counts too."""
        row = answer(request_of(child), HANAKO.individual_number)
        assert (row.state, "別の人の個人番号" in row.why, number_of(child)) == ("doubtful", True, None)

    def test_待つ間に消除された人の除票は最終の値のままである(self, child):
        """domain §1.1.14; 法15条の2: late for the person. The clerk is told and takes the request off the list."""
        register("death", death_form(child, "令和8年4月9日"))
        before = SheetVersion.objects.count()
        row = answer(request_of(child), NUMBER)
        assert (row.state, "消除されています" in row.why, number_of(child), SheetVersion.objects.count()) == ("doubtful", True, None, before)
        number_requests.withdraw(CLERK, row.public_id, "死亡のため")
        assert list_awaited(CLERK) == []

    def test_仮登録で留保された人にも届いた日に記載され仮登録はそのまま本登録できる(self, home, child):
        filing = enter("death", death_form(child, "令和8年4月9日"))
        answer(request_of(child), NUMBER)
        assert number_of(child) == NUMBER
        filings.examine(EXAMINER, filing)
        registering.register(EXAMINER, filing)
        assert (number_of(child), sheet(child).closed_on) == (NUMBER, date(2026, 4, 9))

    def test_転出の予定がある人にはまだ記載できる(self, child):
        removed(child, date(2026, 5, 1))
        assert answer(request_of(child), NUMBER).state == "written"
        assert number_of(child) == NUMBER

    def test_待つ間に住民票コードが変わっても本人に届く(self, child):
        """The answer names the code that was asked with."""
        row = request_of(child)
        register("juminhyo_code_change", code_change_form(child))
        assert answer(row, NUMBER).state == "written"
        assert number_of(child) == NUMBER

    def test_記載した番号も取り消せる(self, child):
        answer(request_of(child), NUMBER)
        cancel(event_of("individual_number_assigned"))
        assert number_of(child) is None
        assert prove().proven


class Test付番待ち:
    def test_長く待つ順に何日待つかを示す(self, home, child):
        """domain §1.1.14: who, since when, what for; each reading is on record."""
        with clock.at(date(2026, 4, 20)):
            second = register("birth", birth_form(home, [{**CHILD, "name_kanji": "花園　四郎", "name_kana": "ハナゾノ　シロウ"}]))[0].person.public_id
            listed = list_awaited(CLERK)
        assert [(one.row.person.public_id, one.days, one.entries.name_kanji) for one in listed] == [(child, 10, "花園　三郎"), (second, 0, "花園　四郎")]
        assert set(AuditEntry.objects.filter(purpose="付番待ちの確認").latest("pk").subjects) == {child, second}

    def test_権限がなければ見られない(self, child):
        with pytest.raises(Exception, match="residents:filing:enter"):
            list_awaited(STRANGER)

    def test_もう一度求めれば同じ要求がもう一度送られる(self, child, monkeypatch):
        """To the letter, so that 機構 knows it and gives no second number."""
        sent = told(monkeypatch)
        row = request_of(child)
        number_requests.ask_again(CLERK, row.public_id)
        [request] = requests(sent)
        assert (request.request_control_no, NumberRequest.objects.count()) == (row.request_control_no, 1)
        assert request_of(child).asked_again_at is not None
        answer(request_of(child), NUMBER)
        assert number_of(child) == NUMBER

    def test_付けられないと言われた後は新しい要求で求め直す(self, child, monkeypatch):
        refused = answer(request_of(child), None)
        sent = told(monkeypatch)
        number_requests.ask_again(CLERK, refused.public_id)
        assert requests(sent)[0].request_control_no != refused.request_control_no
        assert [one.state for one in NumberRequest.objects.order_by("pk")] == ["withdrawn", "waiting"]
        assert answer(request_of(child), NUMBER).state == "written"

    def test_求め直した後に前の回答が届いても番号は一つである(self, child):
        first = request_of(child)
        number_requests.ask_again(CLERK, answer(first, None).public_id)
        assert answer(first, NUMBER).state == "written"
        again = answer(request_of(child), NUMBER)
        assert (again.state, again.event_id, SheetVersion.objects.filter(event__code="individual_number_assigned").count()) == ("written", None, 1)

    def test_取下げには理由が要り後から届いた番号は記載する(self, child):
        """What 機構 gave is the person's number, whether anybody waits or not."""
        row = request_of(child)
        with pytest.raises(CannotDo, match="理由"):
            number_requests.withdraw(CLERK, row.public_id, " ")
        number_requests.withdraw(CLERK, row.public_id, "誤って求めた")
        assert list_awaited(CLERK) == []
        with pytest.raises(CannotDo, match="もう処理されています"):
            number_requests.ask_again(CLERK, row.public_id)
        answer(row, NUMBER)
        assert number_of(child) == NUMBER

    def test_消除された人は求め直せない(self, child):
        removed(child, date(2026, 4, 9))
        with pytest.raises(CannotDo, match="消除"):
            number_requests.ask_again(CLERK, request_of(child).public_id)

    def test_待つ間は番号を修正で入力できない(self, child):
        """Two numbers are never on their way for one person."""
        found = problems("individual_number_correction", correction_form(child, "individual_number", NUMBER))
        assert ("S004", "members", True) in found
        number_requests.withdraw(CLERK, request_of(child).public_id, "紙の通知で届いた")
        assert problems("individual_number_correction", correction_form(child, "individual_number", NUMBER)) == []
