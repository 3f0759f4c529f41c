"""再転入者 — who comes back keeps every number and gets a new sheet. N-4.1.1.2-01…-07; std 1.1.13."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daicho import clock, outbox, vault
from daicho.contracts.identity_info_v1 import IdentityInfoV1
from daicho.contracts.move_in_notice_v1 import MoveInNoticeV1
from daicho.residents.commands import filings
from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.models import Sheet, SheetCurrent
from daicho.residents.queries.history import person_as_of
from tests.cast import CLERK, TARO, TRAN, Role
from tests.residents.counter import MOVE_IN_TEXTS, death_form, move_in_form, problems, register, removed, visit

pytestmark = pytest.mark.django_db
AT_COUNTER = replace(CLERK, visit_no="1")
OTHER = Role(50, "", "", "", "", "")
"""Numbers that nobody of these tests has."""


@pytest.fixture
def former():
    """太郎 lived here from 4/1 and left on 4/5."""
    return left(TARO)


def problems_of(form: TypedForm) -> list[tuple[str, str, bool]]:
    row = filings.start(CLERK, visit(), "domestic_move_in", form)
    return [(p.code, p.field, p.blocks) for p in filings.judge(filings.definition_of(row.code), form, row.visit).problems]


def move_in_of(person: Role, known=None, **texts: str) -> TypedForm:
    """転入 on 4/9 of this person, as someone whom the register knows when `known`."""
    days = {"effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日"}
    return TypedForm({**MOVE_IN_TEXTS, **days}, (TypedPerson(str(known.public_id) if known else None, person.typed(**texts)),))


def left(role: Role):
    """This person lived here from 4/1 and left on 4/5."""
    person = register("domestic_move_in", move_in_form([role]))[0].person
    removed(person.public_id, date(2026, 4, 5))
    return person


@pytest.mark.parametrize("number", ["juminhyo_code", "individual_number", "residence_card_no"])
def test_番号の一致する除票があれば新規には登録できず再転入者としてなら登録できる(number):
    """N-4.1.1.2-01, -02: one agreeing number is enough, whatever else differs."""
    person = left(TRAN)
    stranger = replace(OTHER, birth="2001年5月6日", sex="2", relationship="世帯主", texts={**TRAN.texts, "foreign_name_alphabet": "LI XIA"})
    typed = {"residence_card_no": "ZZ98765432ZZ", number: TRAN.typed()[number]}
    assert [found for found in problems_of(move_in_of(stranger, **typed)) if found[0].startswith("N")] == [("N002", number, True)]
    blank = dict.fromkeys(("juminhyo_code", "individual_number"), "")
    assert register("domestic_move_in", move_in_of(stranger, person, **{**blank, **typed}))[0].person == person


ALPHABET = {"foreign_name_alphabet": "WANG WEI"}
KANJI = {"foreign_name_alphabet": "", "foreign_name_kanji": "王　偉"}
SAME = [
    pytest.param(TARO, {}, "name_kanji", id="日本人"),
    pytest.param(TRAN, {}, "foreign_name_alphabet", id="アルファベットだけ"),
    pytest.param(TRAN, {"foreign_name_alphabet": "Tran  Van Minh"}, "foreign_name_alphabet", id="大小文字と空白の違い"),
    pytest.param(TRAN, {"birth_date": "平成2年1月2日"}, "foreign_name_alphabet", id="同じ日の和暦"),
    pytest.param(replace(TRAN, texts={**TRAN.texts, **KANJI}), {}, "foreign_name_kanji", id="漢字氏名だけ"),
    pytest.param(replace(TRAN, texts={**TRAN.texts, **KANJI, **ALPHABET}), ALPHABET | {"foreign_name_kanji": ""}, "foreign_name_alphabet", id="併記の一方"),
    pytest.param(replace(TRAN, texts={**TRAN.texts, **KANJI}), {"foreign_name_kanji": "", "name_kanji": "王　偉"}, "name_kanji", id="漢字氏名と氏名の欄"),
]


def a_stranger_like(role: Role) -> Role:
    """The same three facts, but no number in common."""
    return replace(role, index=OTHER.index, texts={**role.texts, **({"residence_card_no": "ZZ98765432ZZ"} if role.texts.get("residence_card_no") else {})})


@pytest.mark.parametrize(("role", "texts", "field"), SAME)
def test_三情報が一致する除票があれば知らせる(role: Role, texts: dict[str, str], field: str):
    """N-4.1.1.2-03: an alert, also of foreign residents, by every kind of name that 氏名 may be."""
    left(role)
    assert [found for found in problems_of(move_in_of(a_stranger_like(role), **texts)) if found[0].startswith("N")] == [("N102", field, False)]


@pytest.mark.parametrize("role", [TARO, TRAN], ids=["日本人", "外国人"])
@pytest.mark.parametrize("fact", ["氏名", "性別", "生年月日"])
def test_三情報の一つでも違えば知らせない(role: Role, fact: str):
    """N-4.1.1.2-03."""
    left(role)
    name = "foreign_name_alphabet" if role is TRAN else "name_kanji"
    different = {"氏名": {name: "TRAN VAN MINA" if role is TRAN else "花園　次郎"}, "性別": {"sex_code": "2"}, "生年月日": {"birth_date": "昭和55年3月10日"}}
    stranger = a_stranger_like(role)
    assert "N102" in [code for code, _, _ in problems_of(move_in_of(stranger))]
    assert "N102" not in [code for code, _, _ in problems_of(move_in_of(stranger, **different[fact]))]


@pytest.mark.parametrize("role", [TARO, TRAN], ids=["日本人", "外国人"])
def test_三情報が一致した者を再転入者として選べば同じ人の新しい票になる(role: Role):
    """N-4.1.1.2-04: after the alert."""
    person = left(role)
    assert "N102" in [code for code, _, _ in problems_of(move_in_of(a_stranger_like(role)))]
    chosen = register("domestic_move_in", move_in_of(a_stranger_like(role), person, juminhyo_code="", individual_number=""))[0]
    assert (chosen.person, chosen.version.history_no) == (person, 3)


@pytest.mark.parametrize("role", [TARO, TRAN], ids=["日本人", "外国人"])
def test_三情報が一致した者を選ばなければ新規として続けられる(role: Role):
    """N-4.1.1.2-04: the alert is answered with a reason; another 宛名番号."""
    person = left(role)
    form = move_in_of(a_stranger_like(role))
    assert ("N102", False) in [(code, blocks) for code, _, blocks in problems_of(form)]
    new = register("domestic_move_in", form)[0]
    assert (new.person.atena_no != person.atena_no, new.version.history_no) == (True, 1)


def test_再転入者は番号をそのまま使い新しい票ができる(former):
    """N-4.1.1.2-07: the old sheet stays as it was."""
    old = SheetCurrent.objects.get(person=former)
    form = TypedForm(
        {**MOVE_IN_TEXTS, "effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日"},
        (TypedPerson(str(former.public_id), TARO.typed(juminhyo_code="", individual_number="", registered_domicile="北海道小樽市花園二丁目1番地")),),
    )
    written = register("domestic_move_in", form)[0]
    assert written.person == former
    assert (written.entries.juminhyo_code, written.entries.individual_number) == (old.juminhyo_code, old.individual_number)
    assert (written.version.history_no, written.entries.household_no != old.household_no) == (3, True)
    assert Sheet.objects.filter(spell__person=former).count() == 2
    old.refresh_from_db()
    assert old.closed_on == date(2026, 4, 5)
    assert old.registered_domicile != written.entries.registered_domicile
    with clock.at(date(2026, 4, 20)):
        days = [person_as_of(AT_COUNTER, former.public_id, date(2026, 4, d)).entries is not None for d in (1, 4, 5, 8, 9, 20)]
    assert days == [True, True, False, False, True, True]


def returning(former, **texts: str) -> TypedForm:
    person = TypedPerson(str(former.public_id), TARO.typed(**{"juminhyo_code": "", "individual_number": "", **texts}))
    return TypedForm({**MOVE_IN_TEXTS, "effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日"}, (person,))


@pytest.mark.parametrize("number", ["juminhyo_code", "individual_number"])
def test_ほかの市区町村で変わった番号は理由を付けて入力できる(former, number):
    """N-4.1.1.2-06: an alert and no error, of the number that was changed alone."""
    form = returning(former, **{number: getattr(OTHER, number)})
    assert [found for found in problems_of(form) if found[0].startswith("N")] == [("N103", number, False)]
    assert "N103" not in [code for code, _, _ in problems_of(returning(former, **{number: getattr(TARO, number)}))]


def test_変わった番号は新しい票と通知にだけ載り除票は変わらない(former, monkeypatch):
    """N-4.1.1.2-06, -07: both numbers were changed elsewhere; 宛名番号 stays."""
    old = SheetCurrent.objects.get(person=former)
    sent: list[outbox.Outgoing] = []
    post_many = outbox.post_many
    monkeypatch.setattr(outbox, "post_many", lambda outgoing: (sent.extend(outgoing), post_many(outgoing)))
    written = register("domestic_move_in", returning(former, juminhyo_code=OTHER.juminhyo_code, individual_number=OTHER.individual_number))[0]
    new, kept = SheetCurrent.objects.get(pk=written.sheet_id), SheetCurrent.objects.get(pk=old.pk)
    assert new.person == kept.person == former
    assert clear(new) == (OTHER.juminhyo_code, OTHER.individual_number)
    assert clear(kept) == (TARO.juminhyo_code, TARO.individual_number)
    assert (kept.closed_on, kept.history_no) == (old.closed_on, old.history_no)
    info, notice = (one.message for one in sent if one.to == "juki_net" and isinstance(one.message, IdentityInfoV1 | MoveInNoticeV1))
    assert (info.juminhyo_code, info.individual_number, notice.juminhyo_code) == (*clear(new), OTHER.juminhyo_code)


def clear(row: SheetCurrent) -> tuple[str, str]:
    found = vault.reveal_many([row.juminhyo_code, row.individual_number], because="試験")
    return found[row.juminhyo_code], found[row.individual_number]


def test_前回の消除の日より前には戻れない(former):
    form = TypedForm({**MOVE_IN_TEXTS, "effective_on": "令和8年4月4日", "filed_on": "令和8年4月10日"}, (TypedPerson(str(former.public_id), TARO.typed()),))
    assert ("N005", "effective_on", True) in problems_of(form)


def test_現に住民である者は転入できない():
    """F-2-22; N003."""
    person = register("domestic_move_in", move_in_form([TARO]))[0].person
    form = TypedForm(MOVE_IN_TEXTS, (TypedPerson(str(person.public_id), TARO.typed()),))
    assert ("N003", "person", True) in problems_of(form)
    assert ("N001", "juminhyo_code", True) in problems_of(move_in_form([TARO]))


def test_死亡した人は再転入にできない():
    """令12条3項: the 死亡 is a mistake, or somebody else has come; found by the second model of the law."""
    [taro] = [w.person.public_id for w in register("domestic_move_in", move_in_form([TARO]))]
    register("death", death_form(taro))
    form = move_in_form([TARO], effective_on="令和8年4月9日", filed_on="令和8年4月10日")
    back = replace(form, members=tuple(replace(m, person=str(taro)) for m in form.members))
    assert ("N006", "person", True) in problems("domestic_move_in", back)
