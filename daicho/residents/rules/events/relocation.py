"""転居 — moving house inside the city. 住民基本台帳法第23条; std 4.1.2.

The whole household, some of it, or into another household; also retroactive. 転入前住所 does not change.
"""

from __future__ import annotations

from daicho.residents.rules.basis import WHO_FILES, chosen_basis, is_dated, notified_on
from daicho.residents.rules.changes import NEW_HOUSEHOLD, Changes, Revision
from daicho.residents.rules.check import check_days, check_filer, check_living_here, check_open, check_overtaken
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, Filer, NoticeKind, Notify, Scope
from daicho.residents.rules.destination import check_destination, next_order, order_in_new_household
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, NEW_ADDRESS
from daicho.residents.rules.kinship_proof import check_proof
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import PersonState, Situation
from daicho.residents.rules.succession import check_successions, successions
from daicho.residents.rules.vocabulary import EXISTING, RELOCATED, RELOCATION_HOUSEHOLD_CHOICES, SAME

FIELDS = (
    EFFECTIVE_ON,
    *WHO_FILES,
    *NEW_ADDRESS,
    Field("household_choice", "世帯", FieldKind.CHOICE, required=True, choices=RELOCATION_HOUSEHOLD_CHOICES, group="世帯", default=SAME),
    Field("household_no", "入る世帯の世帯番号", FieldKind.HOUSEHOLD, hint="「すでにある世帯に入る」のときだけ", group="世帯"),
)
MEMBER_FIELDS = (Field("relationship", "新しい世帯での続柄", FieldKind.RELATIONSHIP, hint="世帯がそのままなら空欄", group="続柄"),)


def _moving(situation: Situation, filing: Filing) -> list[tuple[Member, PersonState]]:
    return [(m, situation.person(m.atena_no)) for m in filing.members if m.atena_no is not None]


def _asserts(situation: Situation, filing: Filing) -> list[dict[str, object]]:
    """What the event says of each person who moves, in the order of the filing."""
    moving = _moving(situation, filing)
    said = [_address(situation, filing) for _ in moving]
    if filing.text("household_choice") == SAME:
        return said
    into = filing.text("household_no") if filing.text("household_choice") == EXISTING else NEW_HOUSEHOLD
    if into == NEW_HOUSEHOLD:
        orders = order_in_new_household([(p.atena_no, p.entries.but(relationship=m.text("relationship"))) for m, p in moving])
    else:
        first = next_order([p for p in situation.members_of(into or "") if p.atena_no not in {q.atena_no for _, q in moving}])
        orders = [first + i for i in range(len(moving))]
    for values, (member, _), order in zip(said, moving, orders, strict=True):
        values.update(household_no=into, order_in_household=order, relationship=member.text("relationship"))
    return said


def _address(situation: Situation, filing: Filing) -> dict[str, object]:
    return {
        "address": f"{situation.city_prefix}{filing.text('address')}",
        "address_building": filing.text("address_building"),
        "address_postal_code": filing.text("address_postal_code"),
        "address_town_code": filing.text("address_town_code"),
        "address_changed_date": filing.effective_on,
        "address_notified_date": notified_on(situation, filing),
        "address_reason_code": RELOCATED,
        "moved_within_city": True,
    }


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = [*check_days(RELOCATION, situation, filing), *check_filer(filing)]
    found += [*check_open(situation, filing), *check_living_here(situation, filing)]
    if not filing.members:
        found.append(problem("R001", "members"))
    if filing.effective_on is None or not is_dated(filing) or any(p.blocks for p in found):
        return tuple(found)
    said, moving = _asserts(situation, filing), _moving(situation, filing)
    for index, (values, (_, person)) in enumerate(zip(said, moving, strict=True)):
        found += check_overtaken(situation, person, filing.effective_on, values, index)
        if values["address"] == person.entries.address and values["address_building"] == person.entries.address_building:
            found.append(problem("R101", "address", index))
    found += _check_households(situation, filing, said)
    return tuple(found)


def _check_households(situation: Situation, filing: Filing, said: list[dict[str, object]]) -> list[Problem]:
    """The household they come to, and the one they leave (std 4.0.4)."""
    moving = _moving(situation, filing)
    sources = {p.entries.household_no for _, p in moving}
    movers = {p.atena_no for _, p in moving}
    after = [(i, p.entries.but(**values)) for i, (values, (_, p)) in enumerate(zip(said, moving, strict=True))]
    staying = [s for no in sources if no for s in situation.members_of(no) if s.atena_no not in movers]
    choice = filing.text("household_choice")
    if choice == SAME:
        if staying or len(sources) != 1:
            return [problem("R002", "household_choice")]
        return check_destination(situation, filing, next(iter(sources)) or NEW_HOUSEHOLD, after)
    into = filing.text("household_no") or NEW_HOUSEHOLD if choice == EXISTING else NEW_HOUSEHOLD
    if into in sources:
        return [problem("R003", "household_no")]
    found = check_destination(situation, filing, into, after)
    for i, (member, person) in enumerate(moving):
        found += check_proof(member, person.entries, after[i][1], i)
    found += [problem("B102", "relationship", i, label="新しい世帯での続柄") for i, e in after if e.relationship is None]
    return found + check_successions(situation, movers)


def _apply(situation: Situation, filing: Filing) -> Changes:
    assert filing.effective_on is not None
    said, moving = _asserts(situation, filing), _moving(situation, filing)
    moved = tuple(Revision(i, p.atena_no, v) for i, ((_, p), v) in enumerate(zip(moving, said, strict=True)))
    leaving = {p.atena_no for _, p in moving} if filing.text("household_choice") != SAME else set()
    return Changes(revisions=moved + successions(situation, leaving, filing.effective_on))


RELOCATION = EventDefinition(
    code=RELOCATED,
    standard_code="転居",
    ja="転居",
    article="住民基本台帳法第23条",
    basis=Basis.FILING,
    days_to_file=14,
    filed_by=frozenset({Filer.SELF, Filer.HEAD, Filer.AGENT}),
    fields=FIELDS,
    member_fields=MEMBER_FIELDS,
    scope=Scope.CHOSEN,
    effect=Effect.CORRECTION,
    notices=(Notify(NoticeKind.IDENTITY_INFO), *IN_HOUSE),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    identity_reason=("relocation", None),
    certificates=("juminhyo_personal",),
    basis_of=chosen_basis,
)
