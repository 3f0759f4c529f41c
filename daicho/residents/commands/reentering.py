"""もう一度入力 — an event that was cancelled is entered again: a new filing with what was typed for it. std 4.6; fold.md 9; domain §4.6."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.conf import settings
from django.db import transaction

from daicho import audit
from daicho.audit.actor import Actor
from daicho.residents.commands.filings import definition_of, start
from daicho.residents.commands.typed import TypedForm, TypedPerson, unseal
from daicho.residents.errors import CannotDo
from daicho.residents.models import Filing as FilingRow
from daicho.residents.models import SheetVersion, Visit
from daicho.residents.rules.definitions import EventDefinition


@transaction.atomic
def enter_again(actor: Actor, visit: Visit, event_no: int) -> FilingRow:
    """A new draft of this visit. Of those of whom the event is cancelled; who was a newcomer by it is known by now.

    CannotDo when it is not cancelled, when its paper is not kept here (移行, a job), or when today's law does not have it.
    """
    paper = FilingRow.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, event_id_no=event_no).first()
    if paper is None:
        raise CannotDo("この異動の届書の内容が残っていません。異動の届出の画面から入力してください。")
    definition = definition_of(paper.code)
    audit.require(actor, definition.permission)
    cancelled, newcomers = _cancelled(event_no)
    if not cancelled:
        raise CannotDo("この異動は取り消されていません。先に取り消してください。")
    form = _known_by_now(unseal(paper.typed), newcomers)
    return start(actor, visit, paper.code, _under_law(definition, replace(form, members=tuple(m for m in form.members if m.person in cancelled))))


def _cancelled(event_no: int) -> tuple[set[str], Iterator[str]]:
    """Public ids of whom the event is cancelled, and of all whose sheets it opened, in the order of its paper. One statement."""
    rows = SheetVersion.objects.filter(event_id=event_no).select_related("person", "annulment").order_by("pk")
    found = [(str(row.person.public_id), hasattr(row, "annulment"), row.asserts is None) for row in rows]
    return {one for one, is_annulled, _ in found if is_annulled}, iter([one for one, _, opened in found if opened])


def _known_by_now(form: TypedForm, opened: Iterator[str]) -> TypedForm:
    """Newcomers of the paper named: they were entered in its order, so that the sheets opened are theirs, but for those who were known."""
    named = {m.person for m in form.members if m.person}
    new = (one for one in opened if one not in named)
    return replace(form, members=tuple(m if m.person else TypedPerson(next(new, None), m.texts) for m in form.members))


def _under_law(definition: EventDefinition, form: TypedForm) -> TypedForm:
    """What the form of today asks, no more."""
    own, of_member = definition.all_fields(), definition.all_member_fields()
    members = tuple(TypedPerson(m.person, {name: text for name, text in m.texts.items() if name in of_member}) for m in form.members)
    return TypedForm({name: text for name, text in form.filing.items() if name in own}, members)
