"""届出の受理まで — a filing from the first keystroke to 仮登録, and back. design §3; std 4.0.8, 4.0.9; F-1-01, F-1-02.

Nothing leaves the room before 本登録 (commands/registering.py).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from daicho import audit, clock, numbering, rows, vault
from daicho.audit.actor import Actor
from daicho.residents.commands.claims import claim, release, wanted
from daicho.residents.commands.printable import unprintable
from daicho.residents.commands.typed import TypedForm, keep_numbers, numbers_of, seal, to_typed
from daicho.residents.errors import CannotDo, HasProblems
from daicho.residents.models import Filing as FilingRow
from daicho.residents.models import Visit
from daicho.residents.models.counter import FilingState
from daicho.residents.permissions import Permission
from daicho.residents.queries.blocks import blocks_on
from daicho.residents.queries.exclusive import entered_by_others
from daicho.residents.queries.situations import gather
from daicho.residents.queries.unions import given_up
from daicho.residents.queries.waiting import find_filing
from daicho.residents.rules.basis import chosen_basis
from daicho.residents.rules.building_name import check_building_name
from daicho.residents.rules.check_blocks import check_blocks
from daicho.residents.rules.definitions import Basis, Effect, EventDefinition
from daicho.residents.rules.events import event_on
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.reading import UnknownField, read_filing
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.visits import is_identified

EDITABLE = (FilingState.DRAFT, FilingState.RETURNED, FilingState.ENTERED)


@dataclass(frozen=True)
class Judged:
    """A form as read and checked: the filing with its numbers in the vault, what it was judged against, what was found."""

    filing: Filing
    situation: Situation
    problems: tuple[Problem, ...]

    def standing(self, overrides: Mapping[str, str]) -> tuple[Problem, ...]:
        """What still stands in the way: errors, and alerts nobody has answered with a reason."""
        return tuple(p for p in self.problems if p.blocks or not overrides.get(p.key, "").strip())


def judge(definition: EventDefinition, form: TypedForm, visit: Visit, *, first: bool = False, lock: bool = False, cancels: int | None = None) -> Judged:
    """Read and check a form, for the `first` time or again. Asks the database a fixed number of times; with `lock` the rows stay locked.

    `cancels`: the event that a 取消し is about.
    """
    filing, problems = read_filing(definition, to_typed(form))
    filing = keep_numbers(definition, filing, are_new=first)
    situation = gather(definition, filing, lock=lock, cancels=cancels)
    if definition.needs_identity and chosen_basis(filing) is Basis.FILING and not is_identified(visit.identity_check):
        problems += (problem("V001", "visit"),)
    blocks = blocks_on([m.atena_no for m in filing.members if m.atena_no], situation.households)
    found = definition.check(situation, filing) + check_building_name(situation, filing) + check_blocks(situation, filing, blocks, clock.now())
    return Judged(filing, situation, problems + found)


def definition_of(code: str) -> EventDefinition:
    """The event under today's law, for a new filing. CannotDo for what nobody files."""
    definition = _in_force(code, clock.today())
    if definition.by_system:
        raise CannotDo("この異動は届け出られません。異動の届出の画面から選び直してください。")
    return definition


def law_of(row: FilingRow) -> EventDefinition:
    """The event of a filing, under the law of the day it was begun on."""
    return _in_force(row.code, row.begun_on)


def _in_force(code: str, day: date) -> EventDefinition:
    try:
        return event_on(code, day)
    except KeyError:
        raise CannotDo("この異動は、その日の法の下では届け出られません。異動の届出の画面から選び直してください。") from None


@transaction.atomic
def start(actor: Actor, visit: Visit, code: str, form: TypedForm, *, cancels: int | None = None) -> FilingRow:
    """A new filing of this visit, in the state 入力中. `cancels`: the event that a 取消し is about, for good."""
    definition = definition_of(code)
    audit.require(actor, definition.permission)
    if definition.of_event != (cancels is not None):
        raise CannotDo("取り消す異動は、異動履歴の画面から選んでください。")
    row = FilingRow(
        municipality_code=settings.INSTALLATION.municipality_code, filing_no=numbering.take("filing_no")[0], code=code, visit=visit,
        typed=seal(definition, form), entered_by=actor.name, entered_by_id_no=actor.account_id, office_code=actor.office_code,
        terminal=actor.terminal, started_at=clock.now(), cancels_id_no=cancels,
    )  # fmt: skip
    rows.insert([row])
    audit.record(actor, definition.permission, _known(form), detail={"filing_no": row.filing_no, "step": "start"})
    return row


_SAVE_FIELD = """
    UPDATE residents_filing SET typed = jsonb_set(typed, %s::text[], %s::jsonb)
     WHERE public_id = %s AND municipality_code = %s AND entered_by_id_no = %s AND state IN ('draft', 'returned')
       AND jsonb_array_length(typed -> 'members') = coalesce(%s, jsonb_array_length(typed -> 'members'))
"""


@transaction.atomic
def save_field(actor: Actor, row: FilingRow, member: int | None, name: str, text: str, people: int | None = None) -> None:
    """Keep one field as typed (on leaving it, and at most 2 s after the last key). One statement, three for a number.

    `people`: how many the form had that sent it; CannotDo when the filing has others by now, so that nothing lands on the wrong person.
    """
    definition = law_of(row)
    audit.require(actor, definition.permission)
    declared = definition.all_fields() if member is None else definition.all_member_fields()
    if name not in declared:
        raise UnknownField(name)
    value: object = text
    if member is not None and name in numbers_of(definition) and text:
        value = {"sealed": vault.seal_payload(text.encode())}
    path = ["filing", name] if member is None else ["members", str(member), "fields", name]
    with connection.cursor() as cursor:
        cursor.execute(
            _SAVE_FIELD, [path, json.dumps(value, ensure_ascii=False), row.public_id, settings.INSTALLATION.municipality_code, actor.account_id, people]
        )
        if cursor.rowcount != 1:
            raise CannotDo("この届出は、いま入力できません。一覧から開き直してください。")


@transaction.atomic
def save_form(actor: Actor, filing: UUID, form: TypedForm) -> FilingRow:
    """Keep the whole form as typed, e.g. when a person is added to it. CannotDo once it is 仮登録: what was judged and claimed stays as it was."""
    row = own(actor, filing, FilingState.DRAFT, FilingState.RETURNED)
    audit.require(actor, law_of(row).permission)
    row.typed = seal(law_of(row), form)
    rows.update(row, "typed")
    return row


@transaction.atomic
def enter(actor: Actor, filing: UUID, form: TypedForm, overrides: Mapping[str, str]) -> Judged:
    """仮登録. What was typed is kept in any case; the caller looks at `standing(overrides)` whether it was entered.

    Raises HeldByAnother when another filing holds someone, CannotDo when the filing is no longer the clerk's to enter.
    """
    row = own(actor, filing)
    definition = law_of(row)
    audit.require(actor, definition.permission)
    row.typed = seal(definition, form)
    judged = judge(definition, form, row.visit, first=True, cancels=row.cancels_id_no)
    if others := entered_by_others(row, _known(form)):
        judged = replace(judged, problems=(*others, *judged.problems))
    judged = replace(judged, problems=judged.problems + unprintable(definition, form))
    if judged.standing(overrides):
        rows.update(row, "typed")
        return judged
    _must_not_lead_on(definition, judged.filing)
    claim(row, wanted(judged.filing, judged.situation))
    row.state, row.entered_at = FilingState.ENTERED, clock.now()
    row.overrides = {p.key: {"reason": overrides[p.key].strip(), "message": p.message, "by": actor.name} for p in judged.problems}
    row.examined_by = row.examined_by_id_no = row.examined_at = None
    rows.update(row, "typed", "state", "entered_at", "overrides", "examined_by", "examined_by_id_no", "examined_at")
    audit.record(actor, definition.permission, _known(form), detail={"filing_no": row.filing_no, "step": "enter", "overridden": sorted(row.overrides)})
    return judged


def _must_not_lead_on(definition: EventDefinition, filing: Filing) -> None:
    """Nobody comes back under a number that leads to another (decision 0038). One statement, none for events by which nobody comes back."""
    if (definition.returning or definition.effect is Effect.RESTORATION) and given_up(m.atena_no for m in filing.members if m.atena_no):
        raise CannotDo("届出の人の宛名番号は、ほかの宛名番号に統合されています。検索し直して、統合先の人を選んでください。")


@transaction.atomic
def reopen(actor: Actor, filing: UUID) -> FilingRow:
    """仮登録 back to 入力中, by the clerk who entered it, to mend it (N-4.0.8-03, N-4.0.9-02). The claims stay; nobody can register it meanwhile."""
    row = own(actor, filing)
    audit.require(actor, law_of(row).permission)
    if row.state == FilingState.ENTERED:
        row.state = FilingState.DRAFT
        rows.update(row, "state")
        audit.record(actor, law_of(row).permission, detail={"filing_no": row.filing_no, "step": "reopen"})
    return row


def seen_mark(row: FilingRow) -> str:
    """A mark of what a filing says, so that an officer examines what was shown and nothing that came after."""
    said = json.dumps([row.typed, row.overrides], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


@transaction.atomic
def examine(actor: Actor, filing: UUID, seen: str | None = None) -> FilingRow:
    """照合・審査: an officer other than the one who entered it has compared the paper and the screen (F-1-02).

    `seen`: the `seen_mark` of what was on the screen; CannotDo when the filing says something else by now.
    """
    row = examined(actor, filing, seen)
    rows.update(row, *EXAMINATION)
    return row


EXAMINATION = ("state", "examined_by", "examined_by_id_no", "examined_at")
"""What an examination writes into the filing."""


def examined(actor: Actor, filing: UUID, seen: str | None) -> FilingRow:
    """The filing, locked and examined, its examination on record and still to be written, in the caller's transaction; as `examine`."""
    audit.require(actor, Permission.FILING_EXAMINE)
    row = locked(filing, FilingState.ENTERED)
    must_be_another(actor, row)
    if seen is not None and seen != seen_mark(row):
        raise CannotDo("画面を開いた後に、この届出の内容が変わりました。いまの内容をもう一度照合してください。")
    row.state, row.examined_by, row.examined_by_id_no, row.examined_at = FilingState.EXAMINED, actor.name, actor.account_id, clock.now()
    audit.record(actor, Permission.FILING_EXAMINE, detail={"filing_no": row.filing_no, "step": "examine"})
    return row


@transaction.atomic
def send_back(actor: Actor, filing: UUID, reason: str) -> None:
    """差戻し: the clerk who entered it mends it. The claims stay."""
    audit.require(actor, Permission.FILING_EXAMINE)
    row = locked(filing, FilingState.ENTERED, FilingState.EXAMINED)
    must_be_another(actor, row)
    if not reason.strip():
        raise CannotDo("差戻しの理由を入力してください。")
    row.state, row.note = FilingState.RETURNED, reason.strip()
    rows.update(row, "state", "note")
    audit.record(actor, Permission.FILING_EXAMINE, detail={"filing_no": row.filing_no, "step": "send_back"})


@transaction.atomic
def withdraw(actor: Actor, filing: UUID, reason: str) -> None:
    """取下げ: a filing that will not be registered; it leaves no history (N-4.0.8-03, -13)."""
    row = locked(filing, FilingState.DRAFT, FilingState.ENTERED, FilingState.EXAMINED, FilingState.RETURNED)
    audit.require(actor, law_of(row).permission)
    if row.state != FilingState.DRAFT and not reason.strip():
        raise CannotDo("取下げの理由を入力してください。")
    row.state, row.note = FilingState.WITHDRAWN, reason.strip()
    rows.update(row, "state", "note")
    release(row)
    audit.record(actor, law_of(row).permission, detail={"filing_no": row.filing_no, "step": "withdraw"})


_LOOK_AT = """
    UPDATE residents_filing SET looked_at_by = %s, looked_at_since = %s
     WHERE municipality_code = %s AND public_id = %s AND state IN ('entered', 'examined') AND entered_by_id_no <> %s
"""


@transaction.atomic
def look_at(actor: Actor, filing: UUID) -> None:
    """The live list says who is examining and since when."""
    audit.require(actor, Permission.FILING_EXAMINE)
    with connection.cursor() as cursor:
        cursor.execute(_LOOK_AT, [actor.name, clock.now(), settings.INSTALLATION.municipality_code, filing, actor.account_id])


def locked(filing: UUID, *states: FilingState) -> FilingRow:
    """The filing, locked, in one of `states`; CannotDo otherwise."""
    row = find_filing(filing, lock=True)
    if row is None:
        raise CannotDo("届出が見つかりません。一覧から開き直してください。")
    if row.state not in states:
        raise CannotDo(f"この届出は「{FilingState(row.state).label}」になっています。一覧を開き直して確認してください。")
    return row


def must_be_another(actor: Actor, row: FilingRow) -> None:
    """Nobody examines what they entered (F-1-02)."""
    if actor.account_id == row.entered_by_id_no:
        raise CannotDo("自分が入力した届出は、照合・審査できません。ほかの職員が行ってください。")


def own(actor: Actor, filing: UUID, *states: FilingState) -> FilingRow:
    """The filing, locked, in one of `states` (default: any that is still to be edited), entered by this clerk; CannotDo otherwise."""
    row = locked(filing, *(states or EDITABLE))
    if row.entered_by_id_no != actor.account_id:
        raise CannotDo(f"この届出は{row.entered_by}が入力しています。見ることだけできます。")
    return row


def _known(form: TypedForm) -> list[UUID]:
    return [UUID(m.person) for m in form.members if m.person]


__all__ = [
    "HasProblems",
    "Judged",
    "definition_of",
    "enter",
    "examine",
    "judge",
    "law_of",
    "locked",
    "look_at",
    "own",
    "save_field",
    "save_form",
    "send_back",
    "start",
    "withdraw",
]
