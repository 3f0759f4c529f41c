"""窓口のことば：職権・請求 — events that say something of residents already known, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from daicho.residents.commands.filings import definition_of
from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.models import SheetCurrent
from tests.cast import FAMILY, Role
from tests.residents.counter import move_in_form, register

_TEXTS = {
    "effective_on": "令和8年4月8日", "filed_on": "令和8年4月9日", "ground": "family_register", "reason": "戸籍謄本により確認", "papers_seen": "yes", "filer": "self",
}  # fmt: skip


def recorded_form(code: str, said: Mapping[UUID, Mapping[str, str]], **texts: str) -> TypedForm:
    """The form of an event about these people: of its own fields those that it has."""
    own = definition_of(code).all_fields()
    return TypedForm({name: text for name, text in {**_TEXTS, **texts}.items() if name in own}, tuple(TypedPerson(str(p), dict(v)) for p, v in said.items()))


def family_of(*roles: Role, **texts: str) -> list[UUID]:
    return [w.person.public_id for w in register("domestic_move_in", move_in_form(roles or FAMILY, **texts))]


def newest(person: UUID) -> SheetCurrent:
    """The newest sheet of a person."""
    return SheetCurrent.objects.filter(person__public_id=person).latest("history_no")
