"""住所・本籍の表示の変更 — a place got another name or number, and nobody moved: 軽微な修正 in bulk. 住民基本台帳法第8条; std 4.2.3.2, 9.7; decision 0024.

It says nothing of 住定日 or of a move: whoever lives there has lived there since the day they came. Of an address it says what changed of
it and nothing else, so that what is not renamed is never overtaken by it.
"""

from __future__ import annotations

from daicho.residents.rules.changes import Changes, Revision
from daicho.residents.rules.check import check_days, check_open, check_overtaken
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, NoticeKind, Notify, Scope
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.household_law import lawless
from daicho.residents.rules.outcome import households_after, outcomes
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import PersonState, Situation

MEMBER_FIELDS = (
    Field("address", "変更後の住所", FieldKind.ADDRESS),
    Field("address_building", "変更後の方書", FieldKind.BUILDING),
    Field("address_postal_code", "変更後の郵便番号", FieldKind.POSTAL_CODE),
    Field("address_town_code", "変更後の町字", FieldKind.TEXT),
    Field("registered_domicile", "変更後の本籍", FieldKind.TEXT),
)
RENAMED_ENTRIES = frozenset(field.name for field in MEMBER_FIELDS)
"""All that a rename may say."""


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = [*check_days(ADDRESS_RENAMED, situation, filing), *check_open(situation, filing)]
    if filing.effective_on is None or any(p.blocks for p in found):
        return tuple(found)
    for index, member in enumerate(filing.members):
        found += _check_person(situation, filing, member, situation.person(member.atena_no or ""), index)
    return (*found, *_check_households(situation, filing))


def _check_person(situation: Situation, filing: Filing, member: Member, person: PersonState, index: int) -> list[Problem]:
    day, opened = filing.effective_on, person.entries.opened_on
    assert day is not None
    if not _changes(person, member):
        return [problem("Q001", "address", index)]
    if opened is not None and day.last < opened:
        return [problem("Q002", "effective_on", index)]
    # that something else was recorded since then is no doubt here: the place was renamed all the same
    return [found for found in check_overtaken(situation, person, day, member.values, index) if found.blocks]


def _changes(person: PersonState, member: Member) -> bool:
    return any(getattr(person.entries, name) != value for name, value in member.values.items())


def _check_households(situation: Situation, filing: Filing) -> list[Problem]:
    """A household is renamed whole (H004). What was wrong with it before does not hinder it."""
    before = {p.code for p in _lawless(situation, Changes())}
    return [found for found in _lawless(situation, _apply(situation, filing)) if found.code not in before]


def _lawless(situation: Situation, changes: Changes) -> list[Problem]:
    said = outcomes(situation, changes)
    return [found for household in households_after(situation, said).values() for found in lawless(household)]


def _apply(situation: Situation, filing: Filing) -> Changes:
    return Changes(revisions=tuple(Revision(index, m.atena_no or "", dict(m.values)) for index, m in enumerate(filing.members)))


ADDRESS_RENAMED = EventDefinition(
    code="address_renamed",
    standard_code="軽微な修正",
    ja="住所・本籍の表示の変更（一括）",
    article="住民基本台帳法第8条、令第12条、住居表示に関する法律第3条・第4条、標準仕様4.2.3.2、9.7",
    basis=Basis.EX_OFFICIO,
    filed_by=frozenset(),
    days_to_file=None,
    fields=(),
    member_fields=MEMBER_FIELDS,
    scope=Scope.HOUSEHOLD,
    effect=Effect.CORRECTION,
    notices=(Notify(NoticeKind.IDENTITY_INFO), *IN_HOUSE),
    permission="residents:renaming:manage",
    check=_check,
    apply=_apply,
    identity_reason=("minor_correction", None),
    by_system=True,
)
