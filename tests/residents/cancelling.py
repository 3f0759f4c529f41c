"""窓口のことば：取消し — a 取消し's steps, for tests: choose an event of the history, pass it through two officers, or ask what stands in its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from daicho import clock
from daicho.residents.commands import filings, registering
from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.commands.writing import Written
from daicho.residents.models import CivilEvent, SheetCurrent, SheetVersion
from daicho.values.dates import JapaneseDate
from tests.cast import CLERK, EXAMINER
from tests.residents.counter import visit


def cancel_form(people: Sequence[UUID], **texts: str) -> TypedForm:
    base = {"effective_on": today_text(), "basis": "ex_officio", "filed_on": today_text(), "reason": "届書の読み違い"}
    return TypedForm({**base, **texts}, tuple(TypedPerson(str(p), {}) for p in people))


def today_text() -> str:
    return JapaneseDate.of(clock.today()).wareki()


def current(person: UUID) -> SheetCurrent:
    return SheetCurrent.objects.get(person__public_id=person)


def of_person(form: TypedForm, person: UUID) -> TypedForm:
    """The same form, of someone whom the register knows."""
    return replace(form, members=tuple(replace(m, person=str(person)) for m in form.members))


def event_of(code: str) -> CivilEvent:
    """The event of this code that was recorded last."""
    return CivilEvent.objects.filter(code=code).latest("pk")


def told_by(event: CivilEvent) -> list[UUID]:
    """Of whom an event said something."""
    rows = SheetVersion.objects.filter(event=event).exclude(asserts={}).order_by("pk")
    return list(dict.fromkeys(rows.values_list("person__public_id", flat=True)))


def enter_cancel(event: CivilEvent, form: TypedForm, reason: str = "確認した") -> UUID:
    """取消しの仮登録, every alert answered."""
    row = filings.start(CLERK, visit(), "cancellation", form, cancels=event.pk)
    judged = filings.judge(filings.definition_of("cancellation"), form, row.visit, cancels=event.pk)
    overrides = {p.key: reason for p in judged.problems if not p.blocks}
    judged = filings.enter(CLERK, row.public_id, form, overrides)
    assert not judged.standing(overrides), [p.message for p in judged.standing(overrides)]
    return row.public_id


def cancel(event: CivilEvent, people: Sequence[UUID] | None = None, **texts: str) -> list[Written]:
    """取消し of an event, of everybody or of some, through two officers."""
    filing = enter_cancel(event, cancel_form(told_by(event) if people is None else people, **texts))
    filings.examine(EXAMINER, filing)
    return registering.register(EXAMINER, filing)


def problems_of_cancel(event: CivilEvent, people: Sequence[UUID] | None = None, **texts: str) -> list[tuple[str, str, bool]]:
    """(code, message, blocks) of all that a 取消し finds, before anybody answers it."""
    form = cancel_form(told_by(event) if people is None else people, **texts)
    judged = filings.judge(filings.definition_of("cancellation"), form, visit(), cancels=event.pk)
    return [(p.code, p.message, p.blocks) for p in judged.problems]
