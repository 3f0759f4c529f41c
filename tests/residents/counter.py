"""窓口のことば — the counter's steps, for tests: open a visit, type a form, pass it through two officers to 本登録."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import override_settings

from daicho import clock, outbox, vault
from daicho.audit.actor import Actor
from daicho.city.permissions import CityPermission
from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.contracts.move_in_received_v1 import MoveInReceivedV1
from daicho.contracts.number_answer_v1 import NumberAnswerV1
from daicho.residents.commands import filings, registering, visits
from daicho.residents.commands.code_stock import stock_codes
from daicho.residents.commands.due_removals import settle_all
from daicho.residents.commands.number_answers import receive_number
from daicho.residents.commands.receiving_move_in import receive_move_in
from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.commands.writing import Recording, Written, moment_after, write_changes
from daicho.residents.models import CivilEvent, NumberRequest, ReceivedNotice, SheetCurrent, Visit
from daicho.residents.permissions import Permission
from daicho.residents.rules.changes import Changes, Revision
from daicho.residents.rules.situation import PersonState, Situation
from daicho.residents.rules.visits import VisitForm
from daicho.values.dates import JapaneseDate, juki_date_code
from daicho.values.made_up import made_up_juminhyo_code
from tests.cast import CLERK, EXAMINER, FAMILY, Role, officer
from tests.city.deciding import decide_setting

ALL_OF_CITY = frozenset(p.value for p in CityPermission)

MOVE_IN_TEXTS = {
    "effective_on": "令和8年4月1日",
    "filed_on": "令和8年4月3日",
    "filer": "self",
    "address": "花園2丁目12番1号",
    "household_choice": "new",
    "previous_municipality_code": "札幌市中央区",
    "previous_address": "北海道札幌市中央区南一条西一丁目1番地",
}


def visit(actor: Actor = CLERK) -> Visit:
    """The next visitor: whoever was being served has left."""
    Visit.objects.filter(opened_by_id_no=actor.account_id, closed_at__isnull=True).update(closed_at=clock.now())
    opened = visits.open_visit(actor, VisitForm("花園　太郎", "self", "one_document", ("my_number_card",), "転入"))
    assert opened.visit is not None
    return opened.visit


def move_in_form(people: Sequence[Role] = FAMILY, **texts: str) -> TypedForm:
    return TypedForm({**MOVE_IN_TEXTS, **texts}, tuple(TypedPerson(None, p.typed()) for p in people))


def relocation_form(people: Sequence[UUID], relationships: Sequence[str] | None = None, **texts: str) -> TypedForm:
    base = {"effective_on": "令和8年5月1日", "filed_on": "令和8年5月2日", "filer": "self", "address": "色内1丁目3番5号", "household_choice": "same"}
    words = relationships or [""] * len(people)
    return TypedForm({**base, **texts}, tuple(TypedPerson(str(p), {"relationship": w}) for p, w in zip(people, words, strict=True)))


def household_form(people: Sequence[UUID], relationships: Sequence[str], **texts: str) -> TypedForm:
    """世帯主変更, 世帯分離, 世帯合併, 世帯変更 (法25条)."""
    base = {"effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日", "filer": "self"}
    return TypedForm({**base, **texts}, tuple(TypedPerson(str(p), {"relationship": w}) for p, w in zip(people, relationships, strict=True)))


def enter(code: str, form: TypedForm, *, reason: str = "確認した") -> UUID:
    """仮登録 with every alert answered."""
    row = filings.start(CLERK, visit(), code, form)
    judged = filings.judge(filings.definition_of(code), form, row.visit)
    overrides = {p.key: reason for p in judged.problems if not p.blocks}
    judged = filings.enter(CLERK, row.public_id, form, overrides)
    assert not judged.standing(overrides), [p.message for p in judged.standing(overrides)]
    return row.public_id


def register(code: str, form: TypedForm) -> list[Written]:
    """From the form to 本登録, through two officers."""
    filing = enter(code, form)
    filings.examine(EXAMINER, filing)
    return registering.register(EXAMINER, filing)


@contextmanager
def before_the_font() -> Iterator[None]:
    """As somebody was entered where no font was set up, or was taken over: a name may hold what the certificate's font lacks (design §7)."""
    with override_settings(FONTS_DIR=Path("/nonexistent")):
        yield


def city_decides(key: str, value: object, on: date | None = None) -> None:
    """A setting of the city from that day (today), entered by one officer and approved by another."""
    enterer, approver = officer(91, "設定　入力", ALL_OF_CITY), officer(92, "設定　承認", ALL_OF_CITY)
    decide_setting(enterer, approver, key, value, on or clock.today())


def removed(person: UUID, day: date, reason: str = "国内転出", **entries: object) -> None:
    """消除: the person left, or will leave, on that day. 転出 is not an event yet, so its version is written as migration would."""
    row = SheetCurrent.objects.get(person__public_id=person, closed_on__isnull=True)
    recorded_at = moment_after(row.recorded_at)
    event = CivilEvent(
        municipality_code=row.municipality_code, code="import", standard_code=reason, definition="import", basis="届出", effect="消除",
        effective_on=JapaneseDate.of(day), recorded_at=recorded_at, source="test", request_key=uuid4(),
    )  # fmt: skip
    state = PersonState(row.person.atena_no, row.to_entries(), True, row.spell_id, row.history_no, public_id=str(person))
    situation = Situation(day, row.municipality_code, "", persons={state.atena_no: state})
    changes = Changes(revisions=(Revision(0, state.atena_no, {"closed_on": day, "removal_reason_code": reason, **entries}),))
    with transaction.atomic():
        write_changes(Recording(event, recorded_at, JapaneseDate.of(min(day, clock.today()))), situation, changes)


def death_form(person: UUID, on: str = "令和8年4月8日", **texts: str) -> TypedForm:
    base = {"effective_on": on, "filed_on": "令和8年4月10日", "ground": "family_register"}
    return TypedForm({**base, **texts}, (TypedPerson(str(person), {}),))


def problems(code: str, form: TypedForm) -> list[tuple[str, str, bool]]:
    """(code, field, blocks) of all that an event finds, before anybody answers it."""
    return [(p.code, p.field, p.blocks) for p in filings.judge(filings.definition_of(code), form, visit()).problems]


def stock(*indexes: int) -> list[str]:
    """空き番 of the city: made-up 住民票コード that nobody of the cast has; returns them."""
    codes = [str(made_up_juminhyo_code(9_000_000 + index)) for index in indexes]
    stock_codes(CLERK, codes)
    return codes


def birth_form(household_no: str, children: Sequence[dict[str, str]], **texts: str) -> TypedForm:
    base = {"effective_on": "令和8年4月5日", "filed_on": "令和8年4月9日", "ground": "family_register", "household_choice": "existing"}
    return TypedForm({**base, "household_no": household_no, **texts}, tuple(TypedPerson(None, child) for child in children))


def move_out_form(people: Sequence[UUID], on: str = "令和8年5月1日", **texts: str) -> TypedForm:
    base = {"effective_on": on, "filed_on": "令和8年4月10日", "filer": "self", "planned_municipality_code": "旭川市"}
    address = {"planned_address": "北海道旭川市七条通九丁目48番地", "planned_address_building": "旭荘2号"}
    return TypedForm({**base, **address, **texts}, tuple(TypedPerson(str(person), {}) for person in people))


JOB = replace(Actor.system("job.due_removals", Permission.FILING_REGISTER), name="転出予定日の到来（自動）", terminal="BATCH")


def turn_to(day: date) -> dict[str, int]:
    """The job of a day, run at its beginning."""
    return settle_all(JOB, day)


def move_in_received(role: Role, on: date, **changes: object) -> MoveInReceivedV1:
    """転入通知 as 旭川市 sends it about someone who moved in there on that day."""
    born = JapaneseDate.parse(role.birth)
    message = MoveInReceivedV1(
        request_control_no="0120410000000000000001", municipality_code="012041", notice_basis_code="1", notice_date=on + timedelta(days=2),
        juminhyo_code=role.juminhyo_code, name_kanji=role.name or role.texts["foreign_name_alphabet"], name_furigana=role.kana or None,
        birth_date_juki=juki_date_code(born), sex_code=role.sex, former_address="北海道小樽市花園2丁目12番1号",
        new_address="北海道旭川市六条通十丁目1番1号　旭荘3号", move_in_date=on, notified_date=on + timedelta(days=1),
    )  # fmt: skip
    return replace(message, **changes)


@transaction.atomic
def receive(message: MoveInReceivedV1) -> ReceivedNotice:
    """It arrives from 市町村CS."""
    return receive_move_in(message, uuid4())


@transaction.atomic
def answer(request: NumberRequest, number: str | None, **changes: object) -> NumberRequest:
    """機構 answers a request, through 市町村CS."""
    code = vault.reveal(request.code_ref, because="試験")
    message = NumberAnswerV1(request.request_control_no, "012033", code, number, "" if number else "該当する住民票コードがありません。")
    return receive_number(replace(message, **changes))


def change_form(person: UUID, **texts: str) -> TypedForm:
    """個人番号の変更の請求 (番号法7条2項)."""
    base = {"filed_on": "令和8年4月9日", "filer": "self", "reason": "通知書類を盗まれた"}
    return TypedForm({**base, **texts}, (TypedPerson(str(person), {}),))


def code_change_form(person: UUID, **texts: str) -> TypedForm:
    """住民票コードの変更の請求 (法30条の4)."""
    base = {"effective_on": "令和8年4月10日", "filed_on": "令和8年4月10日", "filer": "self"}
    return TypedForm({**base, **texts}, (TypedPerson(str(person), {}),))


def correction_form(person: UUID, name: str, number: str, **texts: str) -> TypedForm:
    """修正 of a 住民票コード or 個人番号, ex officio."""
    base = {"effective_on": "令和8年4月10日", "reason": "転出証明書の写し間違い"}
    return TypedForm({**base, **texts}, (TypedPerson(str(person), {name: number}),))


def notice_form(person: UUID, on: str = "令和8年4月20日", **texts: str) -> TypedForm:
    """転入通知 on paper, typed in by a clerk."""
    base = {"effective_on": on, "filed_on": "令和8年4月22日", "confirmed_address": "北海道旭川市六条通十丁目1番1号"}
    return TypedForm({**base, **texts}, (TypedPerson(str(person), {}),))


def told(monkeypatch: pytest.MonkeyPatch, room: str = "juki_net") -> list[outbox.Outgoing]:
    """What a room is told from now on, in order; but 戸籍附票記載事項通知, which goes along to 市町村CS (test_fuhyo.py)."""
    found: list[outbox.Outgoing] = []
    post_many = outbox.post_many

    def listening(outgoing: Iterable[outbox.Outgoing]) -> object:
        posted = list(outgoing)
        found.extend(one for one in posted if one.to == room and not isinstance(one.message, FuhyoNoticeV1))
        return post_many(posted)

    monkeypatch.setattr(outbox, "post_many", listening)
    return found
