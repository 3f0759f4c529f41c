"""転入通知の受理 — another city tells that somebody moved in there: 転出先（確定） on the 除票, and the removal no later than that. 法第9条第1項; std 1.1.5, 4.1.3.1.

What was planned stays beside it, untouched (N-4.1.3.1.1-03). The sheet closes on the earlier of the planned day and the day of moving
in (N-1.1.5-03). It may come before the planned day or after, to the 除票 of a stay that is long over, and twice: what is said last
counts. Without a 転出 there is nothing to complete: then that is entered first, and the notice waits (commands/receiving.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from daicho.residents.rules.changes import Changes, Revision
from daicho.residents.rules.check import check_days
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, NoticeKind, Notify, Scope
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, FILED_ON
from daicho.residents.rules.fold import fold, key_of, live, spells_of
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import PersonState, Situation
from daicho.residents.rules.succession import successions
from daicho.residents.rules.vocabulary import DIED, LEFT, MOVED_OUT, MOVED_OUT_ABROAD
from daicho.values.dates import JapaneseDate

FIELDS = (
    replace(EFFECTIVE_ON, label="転入をした日（転出年月日の確定）", hint="転入通知に書かれた転入年月日", group="転入通知"),
    replace(FILED_ON, label="転入通知の日", hint="通知書の日付。受信した通知は送られた日", group="転入通知"),
    Field("confirmed_address", "転出先の住所（確定）", FieldKind.ADDRESS_ELSEWHERE, required=True, hint="都道府県から", group="転入通知"),
    Field("confirmed_address_building", "転出先の方書（確定）", FieldKind.TEXT, group="転入通知"),
    Field("confirmed_postal_code", "転出先の郵便番号（確定）", FieldKind.POSTAL_CODE, group="転入通知"),
    Field("confirmed_address_code", "転出先の住所コード（確定）", FieldKind.ADDRESS_CODE, hint="11桁。わかるときだけ", group="転入通知"),
)


@dataclass(frozen=True)
class _Stay:
    """The stay in this city that the notice is about: the spell, what its sheet says, and where the last word on it stands."""

    person: PersonState
    spell_no: int
    entries: SheetEntries
    last_key: date

    @property
    def is_newest(self) -> bool:
        return self.spell_no == self.person.spell_no


def _stay(person: PersonState, moved_on: JapaneseDate) -> _Stay | None:
    """The last stay that had begun by the day of moving in there; None when there was none."""
    found = []
    for spell_no, versions in spells_of(person.versions).items():
        whole = fold(versions)
        if whole is not None and whole.opened_on is not None and whole.opened_on <= moved_on.last:
            said = [v.key for v in live(versions) if v.is_opening or not _SAID.isdisjoint(v.asserted())]
            found.append((whole.opened_on, _Stay(person, spell_no, person.entries_of(spell_no), max(said))))
    return max(found, key=lambda one: one[0])[1] if found else None


def _stays(situation: Situation, filing: Filing) -> list[_Stay | None]:
    assert filing.effective_on is not None
    return [_stay(situation.person(m.atena_no), filing.effective_on) for m in filing.members if m.atena_no]


def _asserts(stay: _Stay, filing: Filing) -> dict[str, object]:
    assert filing.effective_on is not None
    moved_on = filing.effective_on.last
    said: dict[str, object] = {
        "confirmed_move_out_address": filing.text("confirmed_address"),
        "confirmed_move_out_building": filing.text("confirmed_address_building"),
        "confirmed_move_out_postal_code": filing.text("confirmed_postal_code"),
        "confirmed_move_out_address_code": filing.text("confirmed_address_code"),
        "confirmed_move_out_date": moved_on,
        "confirmed_move_out_notified_date": filing.filed_on,
        "confirmed_move_out_reason_code": MOVED_OUT,
    }
    planned = stay.entries.planned_move_out_date or stay.entries.closed_on
    if stay.entries.removal_reason_code in LEFT and planned is not None:
        said["closed_on"] = min(planned, moved_on)
    return said


_SAID = frozenset(
    ["closed_on", "confirmed_move_out_address", "confirmed_move_out_building", "confirmed_move_out_postal_code", "confirmed_move_out_address_code", "confirmed_move_out_date",
     "confirmed_move_out_notified_date", "confirmed_move_out_reason_code"]
)  # fmt: skip


def _revision(situation: Situation, filing: Filing, member: int, stay: _Stay) -> Revision:
    """Never below what was said before, so that the last word counts though its day be earlier (fold.md 16)."""
    assert filing.effective_on is not None
    key = max(key_of(filing.effective_on, situation.today), stay.last_key)
    return Revision(member, stay.person.atena_no, _asserts(stay, filing), spell_no=stay.spell_no, key=key)


def _leaves_now(stay: _Stay | None) -> bool:
    """Whether the removal is hastened: a resident until now, of whom a 転出 is planned."""
    return stay is not None and stay.is_newest and stay.person.is_open and stay.entries.closed_on is not None


def _closes_someone(situation: Situation, filing: Filing) -> bool:
    return any(_leaves_now(stay) for stay in _stays(situation, filing))


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = check_days(MOVE_IN_NOTICE_RECEIVED, situation, filing)
    if not filing.members or any(m.atena_no is None for m in filing.members):
        found.append(problem("E401", "members"))
    if filing.effective_on is None or any(p.blocks for p in found):
        return tuple(found)
    for index, stay in enumerate(_stays(situation, filing)):
        found += _check_stay(stay, filing, index)
    return tuple(found)


def _check_stay(stay: _Stay | None, filing: Filing, index: int) -> list[Problem]:
    if stay is None:
        return [problem("E402", "effective_on", index)]
    if stay.entries.closed_on is None:
        return [problem("E403", "person", index)]
    if stay.entries.removal_reason_code == DIED:
        return [problem("E404", "person", index)]
    if stay.entries.removal_reason_code == MOVED_OUT_ABROAD:
        return [problem("E406", "person", index)]
    if _says_otherwise(stay.entries, filing):
        return [problem("E405", "confirmed_address", index)]
    return []


def _says_otherwise(entries: SheetEntries, filing: Filing) -> bool:
    """Whether another notice was taken in already, and says something else."""
    return entries.confirmed_move_out_date is not None and not says_the_same(entries, filing)


def says_the_same(entries: SheetEntries, filing: Filing) -> bool:
    """Whether the sheet says already what the notice says: the same one came again."""
    assert filing.effective_on is not None
    return (entries.confirmed_move_out_date, entries.confirmed_move_out_address, entries.confirmed_move_out_building) == (
        filing.effective_on.last,
        filing.text("confirmed_address"),
        filing.text("confirmed_address_building"),
    )


def was_taken_in(situation: Situation, filing: Filing) -> bool:
    """Whether every stay it is about says the same already."""
    return all(stay is not None and says_the_same(stay.entries, filing) for stay in _stays(situation, filing))


def _apply(situation: Situation, filing: Filing) -> Changes:
    assert filing.effective_on is not None
    stays = [stay for stay in _stays(situation, filing) if stay is not None]
    told = tuple(_revision(situation, filing, index, stay) for index, stay in enumerate(stays))
    leaving = {stay.person.atena_no for stay in stays if _leaves_now(stay)}
    return Changes(revisions=told + successions(situation, leaving, filing.effective_on))


MOVE_IN_NOTICE_RECEIVED = EventDefinition(
    code="move_in_notice_received",
    standard_code="職権修正",
    ja="転入通知の受理",
    article="住民基本台帳法第9条第1項",
    basis=Basis.NOTICE,
    filed_by=frozenset(),
    days_to_file=None,
    fields=FIELDS,
    member_fields=(),
    scope=Scope.CHOSEN,
    effect=Effect.CORRECTION,
    notices=(Notify(NoticeKind.IDENTITY_INFO, when=_closes_someone), *IN_HOUSE),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    identity_reason=("move_out", "to_municipality"),
    of_removed=True,
)
