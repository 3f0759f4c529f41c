"""個人番号の変更 — asked of 機構 at 本登録, recorded when the new number comes: at a request, or the mayor's own. 番号法第7条第2項; std 4.4, 7.1.2.1."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from daicho import clock, outbox, vault
from daicho.residents.commands import filings, number_requests, registering
from daicho.residents.commands.reentering import enter_again
from daicho.residents.models import CivilEvent, NumberRequest, SheetCurrent, SheetVersion
from daicho.residents.models import Filing as FilingRow
from daicho.residents.queries.awaited import list_awaited
from daicho.residents.queries.proof import prove
from daicho.residents.rules.events import ALL_EVENTS
from daicho.values.made_up import made_up_individual_number
from tests.cast import CLERK, EXAMINER, HANAKO, SATO, TARO
from tests.residents.cancelling import cancel, event_of
from tests.residents.counter import answer, change_form, correction_form, enter, move_in_form, problems, register, relocation_form, removed, told, visit

pytestmark = pytest.mark.django_db
BY_REQUEST, EX_OFFICIO, CORRECTION = "individual_number_change", "individual_number_change_ex_officio", "individual_number_correction"
NEW = str(made_up_individual_number(9_900_001))


@pytest.fixture
def taro() -> UUID:
    return register("domestic_move_in", move_in_form([TARO, HANAKO]))[0].person.public_id


@pytest.fixture
def sent(taro, monkeypatch) -> list[outbox.Outgoing]:
    return told(monkeypatch)


def number_of(person: UUID) -> str:
    return vault.reveal(SheetCurrent.objects.get(person__public_id=person).individual_number, because="試験")


def ex_officio_form(person: UUID):
    form = change_form(person)
    return replace(form, filing={"reason": "番号カードの写しの流出"})


FORMS = {BY_REQUEST: change_form, EX_OFFICIO: ex_officio_form}


@pytest.mark.parametrize(("code", "reason"), [(BY_REQUEST, "change_by_request"), (EX_OFFICIO, "change_ex_officio")])
class Testどちらの変更も:
    def test_本登録で機構に求め番号が届くまで何も変わらない(self, taro, sent, code, reason):
        """N-4.4-02, -03, N-7.1.2.1-03, -04: the two are told apart. Until then the old number holds and there is no event."""
        before = SheetVersion.objects.count()
        assert register(code, FORMS[code](taro)) == []
        [request] = [one.message for one in sent]
        assert (request.reason, request.old_individual_number, request.juminhyo_code) == (reason, TARO.individual_number, TARO.juminhyo_code)
        assert (number_of(taro), SheetVersion.objects.count()) == (TARO.individual_number, before)
        assert not CivilEvent.objects.filter(code=code).exists()
        assert FilingRow.objects.get(code=code).state == "registered"
        assert [one.row.reason for one in list_awaited(CLERK)] == [reason]

    def test_仮登録の間は求めない(self, taro, sent, code, reason):
        enter(code, FORMS[code](taro))
        assert sent == [] and not NumberRequest.objects.exists()

    def test_待つ間はもう一つの変更も修正も受け付けない(self, taro, code, reason):
        register(code, FORMS[code](taro))
        for other, form in FORMS.items():
            assert ("S004", "members", True) in problems(other, form(taro))
        assert ("S004", "members", True) in problems(CORRECTION, correction_form(taro, "individual_number", NEW))

    def test_二つ仮登録されても二つ目は本登録できない(self, taro, code, reason):
        """The first was withdrawn from the list of claims by 本登録: the second is judged again, under the locks."""
        register(code, FORMS[code](taro))
        row = filings.start(CLERK, visit(), code, FORMS[code](taro))
        judged = filings.enter(CLERK, row.public_id, FORMS[code](taro), {})
        assert [p.code for p in judged.standing({})] == ["S004"]

    def test_届いた番号は前の番号に代わり符号以外の各室に伝わる(self, taro, sent, code, reason):
        """A-08: 市町村CS and 統合宛名."""
        register(code, FORMS[code](taro))
        answer(NumberRequest.objects.get(), NEW)
        assert number_of(taro) == NEW
        assert (sent[-1].message.individual_number, sent[-1].message.old_juminhyo_code) == (NEW, None)
        assert prove().proven

    def test_番号のない人は変えられない(self, taro, code, reason):
        nobody = replace(SATO, texts={"individual_number": "", "family_register_head_name": "佐藤　一"})
        sato = register("domestic_move_in", move_in_form([nobody]))[0].person.public_id
        assert ("S003", "members", True) in problems(code, FORMS[code](sato))

    def test_消除された人は変えられない(self, taro, code, reason):
        removed(taro, date(2026, 4, 9))
        assert ("P001", "person", True) in problems(code, FORMS[code](taro))


class Test請求による変更:
    def test_請求日と扱った職員が届いた日の異動に残る(self, taro, sent):
        """N-4.4-02, N-1.2.2-11: 事由 is 請求による変更; 異動日 the day on which the number was written."""
        register(BY_REQUEST, change_form(taro))
        with clock.at(date(2026, 4, 15)):
            answer(NumberRequest.objects.get(), NEW)
        event, paper = CivilEvent.objects.get(code=BY_REQUEST), FilingRow.objects.get(code=BY_REQUEST)
        assert (event.standard_code, event.basis, event.filed_on, event.effective_on.encode()) == ("個人番号の変更請求", "請求", date(2026, 4, 9), "R8-04-15")
        assert (event.entered_by, event.examined_by, event.filing_no, event.source) == (CLERK.name, EXAMINER.name, paper.filing_no, "juki_net")
        assert (paper.event_id_no, sent[-1].message.event_reason, sent[-1].message.notified_date) == (event.pk, BY_REQUEST, date(2026, 4, 9))

    def test_請求日は処理日より後にならない(self, taro):
        assert ("S002", "filed_on", True) in problems(BY_REQUEST, change_form(taro, filed_on="令和8年4月11日"))

    def test_理由と代理人の氏名が要る(self, taro):
        assert ("F001", "reason", True) in problems(BY_REQUEST, change_form(taro, reason=""))
        assert ("A001", "filer_name", True) in problems(BY_REQUEST, change_form(taro, filer="agent"))

    def test_一人ずつ請求する(self, taro):
        both = change_form(taro)
        other = SheetCurrent.objects.exclude(person__public_id=taro).get().person.public_id
        both = replace(both, members=(*both.members, replace(both.members[0], person=str(other))))
        assert ("S001", "members", True) in problems(BY_REQUEST, both)

    def test_待つ間に転居しても本人の番号になる(self, taro):
        register(BY_REQUEST, change_form(taro))
        with clock.at(date(2026, 5, 2)):
            register("relocation", relocation_form([taro], household_choice="new"))
            answer(NumberRequest.objects.get(), NEW)
        assert number_of(taro) == NEW
        assert prove().proven

    def test_待つ間に転出すれば除票は前の番号のままである(self, taro):
        register(BY_REQUEST, change_form(taro))
        removed(taro, date(2026, 4, 9))
        row = answer(NumberRequest.objects.get(), NEW)
        assert (row.state, "消除されています" in row.why) == ("doubtful", True)
        assert (
            vault.reveal(SheetCurrent.objects.filter(person__public_id=taro).latest("history_no").individual_number, because="試験") == TARO.individual_number
        )

    def test_待つ間に番号が修正されれば職員が確かめる(self, taro):
        register(BY_REQUEST, change_form(taro))
        row = NumberRequest.objects.get()
        number_requests.withdraw(CLERK, row.public_id, "番号の誤りが分かった")
        register(CORRECTION, correction_form(taro, "individual_number", str(made_up_individual_number(9_900_007))))
        assert "変わっています" in answer(row, NEW).why
        assert number_of(taro) != NEW

    def test_機構が断れば職員に渡り取り下げてやり直せる(self, taro):
        register(BY_REQUEST, change_form(taro))
        row = answer(NumberRequest.objects.get(), None)
        number_requests.withdraw(CLERK, row.public_id, "請求者に説明した")
        assert problems(BY_REQUEST, change_form(taro)) == []

    def test_取り消せば前の番号に戻りもう一度入力できる(self, taro):
        register(BY_REQUEST, change_form(taro))
        answer(NumberRequest.objects.get(), NEW)
        cancel(event_of(BY_REQUEST))
        assert number_of(taro) == TARO.individual_number
        assert enter_again(CLERK, visit(), event_of(BY_REQUEST).pk).typed["filing"]["reason"] == "通知書類を盗まれた"
        assert prove().proven


def test_職権による変更は請求による変更と区別して残る(taro, sent):
    """N-4.4-03, N-1.2.2-11: 個人番号の職権修正, no 請求日."""
    register(EX_OFFICIO, ex_officio_form(taro))
    answer(NumberRequest.objects.get(), NEW)
    event = CivilEvent.objects.get(code=EX_OFFICIO)
    assert (event.standard_code, event.basis, event.filed_on) == ("個人番号の職権修正", "職権", None)
    assert sent[-1].message.event_reason == "individual_number_correction"


class Test修正:
    """令12条3項; N-4.4-04: 誤記 and 記載漏れ, apart from a change."""

    def test_誤記を正しい番号に直す(self, taro, sent):
        """N-4.4-04."""
        register(CORRECTION, correction_form(taro, "individual_number", NEW))
        event = CivilEvent.objects.get(code=CORRECTION)
        assert (number_of(taro), event.standard_code, event.basis, event.filed_on) == (NEW, "個人番号の職権修正", "職権", None)
        assert [(one.message.event_reason, one.message.individual_number) for one in sent] == [(CORRECTION, NEW)]
        assert not NumberRequest.objects.exists()
        assert prove().proven

    def test_記載漏れの番号を記載する(self, taro):
        left_out = replace(SATO, texts={"individual_number": "", "family_register_head_name": "佐藤　一"})
        sato = register("domestic_move_in", move_in_form([left_out]))[0].person.public_id
        register(CORRECTION, correction_form(sato, "individual_number", SATO.individual_number))
        assert number_of(sato) == SATO.individual_number

    @pytest.mark.parametrize(
        ("number", "code"),
        [(TARO.individual_number, "S005"), (HANAKO.individual_number, "S006"), ("123456789012", "F002"), ("", "F001")],
        ids=["同じ", "別の人", "検査数字", "空"],
    )
    def test_入れられない番号(self, taro, number, code):
        assert [(c, blocks) for c, _, blocks in problems(CORRECTION, correction_form(taro, "individual_number", number))] == [(code, True)]

    def test_理由が要り入力した番号は数字で残らない(self, taro):
        assert ("F001", "reason", True) in problems(CORRECTION, correction_form(taro, "individual_number", NEW, reason=""))
        register(CORRECTION, correction_form(taro, "individual_number", NEW))
        assert NEW not in str(list(FilingRow.objects.values()))


def test_番号の異動は標準の区分に一つずつ当たる():
    """N-1.2.2-11, -12; N-4.3.2-04, N-4.3.3-05, N-7.1.2.1-05: and none of them brings a paper, 返納案内, 確認票 or 一覧表."""
    mine = {e.code: e for e in ALL_EVENTS if e.standard_code.startswith(("個人番号", "住民票コード"))}
    assert {code: e.standard_code for code, e in mine.items()} == {
        "juminhyo_code_change": "住民票コードの変更請求", "juminhyo_code_correction": "住民票コードの職権記載",
        "individual_number_assigned": "個人番号の職権記載", BY_REQUEST: "個人番号の変更請求", EX_OFFICIO: "個人番号の職権修正", CORRECTION: "個人番号の職権修正",
    }  # fmt: skip
    assert [e.certificates for e in mine.values()] == [()] * 6


def test_同時に求めても一人に一つである(taro):
    """The database keeps it, whatever the program does."""
    register(BY_REQUEST, change_form(taro))
    row = NumberRequest.objects.get()
    row.pk, row.public_id, row.request_control_no = None, TARO_ID, "0120330000000000000001"
    with pytest.raises(Exception, match="number_request_one_undone"):
        row.save(force_insert=True)


TARO_ID = UUID(int=7)


def test_審査なしには求められない(taro):
    filing = enter(BY_REQUEST, change_form(taro))
    with pytest.raises(Exception, match="仮登録"):
        registering.register(EXAMINER, filing)
    assert not NumberRequest.objects.exists()
