"""新しい世帯主 — who becomes 世帯主 in a form, and the 続柄 proposed for the others, which the clerk sees and may change. std 4.1.4.2; domain §3.2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.queries.people import FilingPeople
from daicho.residents.queries.sheet_view import SheetView
from daicho.residents.rules.household_law import HEAD
from daicho.residents.rules.relationship_proposal import kin, proposals

Proposed = Mapping[str, str]
"""Of each member (public id) the proposed 続柄; "" where it must be asked."""


def proposed_in(household: Sequence[SheetView], head: str) -> Proposed:
    """From what each member of a household is now. Those who stay count too: a 子の子 may be a child of theirs."""
    at = next((i for i, member in enumerate(household) if member.public_id == head), None)
    if at is None:
        return {}
    found = proposals([kin(member.entries) for member in household], at)
    return {member.public_id: str(word or "") for member, word in zip(household, found, strict=True)}


def head_of(form: TypedForm) -> str | None:
    """The one person of a form for whom 世帯主 is typed; None for nobody, and for two."""
    heads = [m.person for m in form.members if m.texts.get("relationship", "").strip() == HEAD]
    return heads[0] if len(heads) == 1 else None


def proposed_for(form: TypedForm, people: FilingPeople) -> Proposed:
    """As `proposed_in`, for the head that the form names."""
    head = head_of(form)
    return proposed_in(people.household_of(head), head) if head else {}


def with_proposals(form: TypedForm, proposed: Proposed) -> TypedForm:
    """The form with every proposal in its place; 続柄 that must be asked are empty, since what stood there was said of another head."""
    members = tuple(TypedPerson(m.person, {**m.texts, "relationship": proposed.get(m.person or "", "")}) for m in form.members)
    return TypedForm(form.filing, members)
