"""住民票コードの変更・修正 — another code at a resident's request, the right one ex officio. 住民基本台帳法第30条の4; std 4.3.1, 4.3.2."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from uuid import UUID

import pytest

from daicho import outbox, vault
from daicho.residents import models
from daicho.residents.models import CivilEvent, SheetCurrent, StockedCode
from daicho.residents.models.record import SheetVersion
from daicho.residents.queries.proof import prove
from daicho.residents.rules.definitions import Basis
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.events import ALL_EVENTS
from daicho.values.made_up import made_up_juminhyo_code
from tests.cast import HANAKO, SATO, TARO
from tests.residents.cancelling import cancel, event_of
from tests.residents.counter import city_decides, code_change_form, correction_form, move_in_form, problems, register, removed, stock, told

pytestmark = pytest.mark.django_db
CHANGE, CORRECTION = "juminhyo_code_change", "juminhyo_code_correction"
RIGHT = str(made_up_juminhyo_code(777))


@pytest.fixture
def taro() -> UUID:
    """太郎 and 花子, here since 4/1; a hundred codes are in stock."""
    stock(*range(100))
    return register("domestic_move_in", move_in_form([TARO, HANAKO]))[0].person.public_id


@pytest.fixture
def sent(taro, monkeypatch) -> list[outbox.Outgoing]:
    return told(monkeypatch)


def code_of(person: UUID) -> str:
    return vault.reveal(SheetCurrent.objects.get(person__public_id=person).juminhyo_code, because="試験")


class Test変更:
    def test_請求により空き番の別のコードが本登録のときに付く(self, taro):
        """N-4.3.1-04, N-4.3.2-01; N-1.2.2-12."""
        [written] = register(CHANGE, code_change_form(taro))
        taken = StockedCode.objects.get(taken_at__isnull=False)
        assert written.entries.juminhyo_code == taken.code_ref
        assert code_of(taro) != TARO.juminhyo_code
        event = CivilEvent.objects.get(code=CHANGE)
        assert (event.standard_code, event.basis, event.filed_on, event.effect) == ("住民票コードの変更請求", "請求", date(2026, 4, 10), "修正")
        assert prove().proven

    def test_変わるのは本人の住民票コードだけである(self, taro):
        [written] = register(CHANGE, code_change_form(taro))
        assert {f.name for f in fields(SheetEntries) if getattr(written.before, f.name) != getattr(written.entries, f.name)} == {"juminhyo_code"}

    def test_旧コードは市町村CSへ知らせ住民票には残さない(self, taro, sent):
        """法30条の4; file (2) items 24, 25; A-08. N-4.3.2-03: what changed is in the history alone, in no column, table or entry of its own."""
        register(CHANGE, code_change_form(taro))
        [notice] = [one.message for one in sent]
        assert (notice.event_reason, notice.old_juminhyo_code, notice.juminhyo_code_valid_date) == (CHANGE, TARO.juminhyo_code, date(2026, 4, 10))
        assert notice.juminhyo_code == code_of(taro)
        names = {f.name for f in fields(SheetEntries)} | {f.name for name in models.__all__ for f in getattr(models, name)._meta.get_fields()}
        assert not {name for name in names if "code_changed" in name or "old_juminhyo" in name or "code_valid" in name}

    def test_知らせは次の異動では旧コードを運ばない(self, taro, sent):
        register(CHANGE, code_change_form(taro))
        register("individual_number_correction", correction_form(taro, "individual_number", SATO.individual_number))
        assert sent[-1].message.old_juminhyo_code is None and sent[-1].message.juminhyo_code_valid_date is None

    def test_空き番がなければ受け付けない(self, taro):
        StockedCode.objects.update(taken_at=CivilEvent.objects.get().recorded_at)
        assert ("J001", "members", True) in problems(CHANGE, code_change_form(taro))

    def test_空き番が基準を下回れば知らせる(self, taro):
        """N-4.3.1-06."""
        city_decides("juminhyo_code_low", 100)
        assert problems(CHANGE, code_change_form(taro)) == [("J101", "members", False)]

    def test_請求日より前の日には変わらない(self, taro):
        assert ("S008", "effective_on", True) in problems(CHANGE, code_change_form(taro, effective_on="令和8年4月9日"))

    def test_代理人のときは氏名を記録する(self, taro):
        assert ("A001", "filer_name", True) in problems(CHANGE, code_change_form(taro, filer="agent"))
        assert problems(CHANGE, code_change_form(taro, filer="agent", filer_name="弁護　士郎")) == []

    def test_世帯主としての請求はできない(self, taro):
        """法30条の4第1項: the person's own."""
        assert ("F002", "filer", True) in problems(CHANGE, code_change_form(taro, filer="head"))

    def test_消除された人は変えられない(self, taro):
        removed(taro, date(2026, 4, 9))
        assert ("P001", "person", True) in problems(CHANGE, code_change_form(taro))

    def test_取り消せば前のコードに戻り市町村CSも辿れる(self, taro, sent):
        register(CHANGE, code_change_form(taro))
        new = code_of(taro)
        cancel(event_of(CHANGE))
        assert code_of(taro) == TARO.juminhyo_code
        notice = sent[-1].message
        assert (notice.event_reason, notice.juminhyo_code, notice.old_juminhyo_code) == ("correction_ex_officio", TARO.juminhyo_code, new)
        assert prove().proven


class Test修正:
    def test_誤ったコードを正しいものに直す(self, taro, sent):
        """N-4.3.2-02; N-1.2.2-12."""
        register(CORRECTION, correction_form(taro, "juminhyo_code", RIGHT))
        assert code_of(taro) == RIGHT
        event = CivilEvent.objects.get(code=CORRECTION)
        assert (event.standard_code, event.basis, event.filed_on) == ("住民票コードの職権記載", "職権", None)
        assert (sent[0].message.event_reason, sent[0].message.old_juminhyo_code) == ("juminhyo_code_entry", TARO.juminhyo_code)
        assert not StockedCode.objects.filter(taken_at__isnull=False).exists()
        assert prove().proven

    def test_入力したコードは最初から封じて保存する(self, taro):
        """F-0-18: neither the filing nor the history holds the digits."""
        register(CORRECTION, correction_form(taro, "juminhyo_code", RIGHT))
        for model in (models.Filing, SheetVersion, SheetCurrent):
            assert RIGHT not in str(list(model.objects.values()))

    @pytest.mark.parametrize(
        ("number", "code"),
        [(TARO.juminhyo_code, "S005"), (HANAKO.juminhyo_code, "S006"), (str(made_up_juminhyo_code(9_000_003)), "S007"), ("12345678901", "F002")],
        ids=["同じ", "別の人", "空き番", "検査数字"],
    )
    def test_入れられないコード(self, taro, number, code):
        assert [(c, blocks) for c, _, blocks in problems(CORRECTION, correction_form(taro, "juminhyo_code", number))] == [(code, True)]

    def test_除票の人のコードも別の人のものである(self, taro):
        other = register("domestic_move_in", move_in_form([SATO]))[0].person.public_id
        removed(other, date(2026, 4, 9))
        assert [c for c, _, _ in problems(CORRECTION, correction_form(taro, "juminhyo_code", SATO.juminhyo_code))] == ["S006"]


def test_異動の一覧に請求と職権の別がある():
    assert {e.code: e.basis for e in ALL_EVENTS if e.code in (CHANGE, CORRECTION)} == {CHANGE: Basis.REQUEST, CORRECTION: Basis.EX_OFFICIO}
