"""CSVの取込み — a form that is being typed, filled with what a paper's CSV says. Nothing is registered, and the file is not kept. 標準仕様10.8 (N-10.8-01, -02, -04)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daicho import audit
from daicho.audit.actor import Actor
from daicho.residents.commands.filings import law_of, save_form
from daicho.residents.commands.typed import TypedForm, TypedPerson, defaults_of
from daicho.residents.queries.people import filing_people
from daicho.residents.rules.csv_filing import Form, Taken, take
from daicho.residents.rules.csv_reading import UnreadableFile
from daicho.residents.rules.filling import DraftPerson, Merged, fill


@dataclass(frozen=True)
class TakenIn:
    """What was read and what became of the form; or, of a file that was refused, `problems` alone."""

    taken: Taken | None
    merged: Merged | None
    problems: tuple[str, ...]


def take_in(actor: Actor, filing: UUID, typed: TypedForm, content: bytes | None, paper: str, *, overwrite: bool, most: int) -> TakenIn:
    """Keep the form as it stands in the browser, then fill it. A refused file leaves it so. CannotDo where it is not this clerk's to enter.

    Those of the form whom the register knows are read on record, to see whose line is whose; on record is how much was filled, never what.
    """
    row = save_form(actor, filing, typed)
    definition = law_of(row)
    known = [member.person for member in typed.members if member.person]
    sheets = {person: view.entries for person, view in filing_people(actor, known, ()).persons.items()} if known else {}
    members = [DraftPerson(member.person, member.texts) for member in typed.members]
    city = settings.INSTALLATION.prefecture_name + settings.INSTALLATION.municipality_name
    try:
        taken = take(content, paper, Form(definition, members, sheets, city, most))
    except UnreadableFile as refused:
        return TakenIn(None, None, refused.problems)
    merged = fill(definition, typed.filing, members, taken.told, taken.at, overwrite=overwrite, began_with=defaults_of(definition.fields))
    with transaction.atomic():
        save_form(actor, filing, TypedForm(merged.filing, tuple(TypedPerson(each.person, each.texts) for each in merged.members)))
        detail = {"filing_no": row.filing_no, "step": "take_in", "of": paper, "filled": len(merged.filled), "differing": len(merged.differences)}
        audit.record(actor, definition.permission, [UUID(person) for person in known], detail=detail)
    return TakenIn(taken, merged, taken.problems)
