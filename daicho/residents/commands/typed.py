"""届書の保存形 — what was typed, as it lies in `Filing.typed`: numbers sealed from the first keystroke. design §3, §6; F-1-04.

The stored form: {"filing": {field: text}, "members": [{"person": public id or null, "fields": {field: text or {"sealed": ref}}}]}.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any  # the stored form is JSON

from daicho import clock, vault
from daicho.residents.models import Person
from daicho.residents.rules.definitions import NUMBER_KINDS, EventDefinition, Field, FieldKind
from daicho.residents.rules.filing import CLEARED, Filing, Member
from daicho.residents.rules.reading import Typed
from daicho.values.dates import wareki

_VAULT_KIND = {
    FieldKind.JUMINHYO_CODE: vault.NumberKind.JUMINHYO_CODE,
    FieldKind.INDIVIDUAL_NUMBER: vault.NumberKind.INDIVIDUAL_NUMBER,
    FieldKind.RESIDENCE_CARD_NO: vault.NumberKind.RESIDENCE_CARD_NO,
    FieldKind.BASIC_PENSION_NUMBER: vault.NumberKind.BASIC_PENSION_NUMBER,
    FieldKind.USER_CERTIFICATE_SERIAL: vault.NumberKind.USER_CERTIFICATE_SERIAL,
    FieldKind.SIGN_CERTIFICATE_SERIAL: vault.NumberKind.SIGN_CERTIFICATE_SERIAL,
}


@dataclass(frozen=True)
class TypedPerson:
    """One person's part of a form: who they are (public id, None = newcomer) and the texts of their fields."""

    person: str | None
    texts: Mapping[str, str]


@dataclass(frozen=True)
class TypedForm:
    """A form as it came from the screen."""

    filing: Mapping[str, str]
    members: tuple[TypedPerson, ...]


def defaults_of(fields: Sequence[Field]) -> dict[str, str]:
    """What a form holds before anything is typed: 届出日 is today (N-4.1.0.2-02), 異動日 is empty (N-4.0.3-02)."""
    return {field.name: wareki(clock.today()) if field.default == "today" else field.default for field in fields if field.default}


def numbers_of(definition: EventDefinition) -> frozenset[str]:
    """The names of the fields that hold a number."""
    return frozenset(f.name for f in definition.member_fields if f.kind in NUMBER_KINDS)


def seal(definition: EventDefinition, form: TypedForm) -> dict[str, Any]:
    """A form → its stored form. One batch for all numbers."""
    sealed = numbers_of(definition)
    texts = [m.texts[name].encode() for m in form.members for name in sorted(sealed & m.texts.keys()) if m.texts[name]]
    refs = iter(vault.seal_payloads(texts) if texts else [])
    members = []
    for member in form.members:
        fields: dict[str, Any] = {name: text for name, text in member.texts.items() if name not in sealed}
        fields.update({name: {"sealed": next(refs)} if member.texts[name] else "" for name in sorted(sealed & member.texts.keys())})
        members.append({"person": member.person, "fields": fields})
    return {"filing": dict(form.filing), "members": members}


def unseal(stored: Mapping[str, Any]) -> TypedForm:
    """The stored form → the form. One batch for all numbers."""
    members = stored.get("members", [])
    refs = [value["sealed"] for m in members for value in m["fields"].values() if isinstance(value, dict)]
    opened = vault.open_payloads(refs) if refs else {}
    return TypedForm(
        stored.get("filing", {}),
        tuple(
            TypedPerson(m["person"], {name: opened[value["sealed"]].decode() if isinstance(value, dict) else value for name, value in m["fields"].items()})
            for m in members
        ),
    )


def to_typed(form: TypedForm) -> Typed:
    """A form with persons by 宛名番号, ready to be read. One statement when someone known is in it."""
    ids = [m.person for m in form.members if m.person]
    known = {str(p): a for p, a in Person.objects.filter(public_id__in=ids).values_list("public_id", "atena_no")} if ids else {}
    return Typed(form.filing, tuple((known[m.person] if m.person else None, m.texts) for m in form.members))


def keep_numbers(definition: EventDefinition, filing: Filing, *, are_new: bool = False) -> Filing:
    """The same filing with each number replaced by its reference into the vault. One batch for all kinds.

    Judged again after 仮登録, all are there already: finding them needs neither the vault's lock nor its key in use. `are_new`: most are not.
    """
    kinds = {f.name: _VAULT_KIND[f.kind] for f in definition.member_fields if f.kind in NUMBER_KINDS}
    numbers = sorted(
        {(kinds[name], str(value)) for member in filing.members for name, value in member.values.items() if name in kinds and value is not CLEARED}
    )
    if not numbers:
        return filing
    refs = {} if are_new else vault.find_numbers(numbers)
    refs |= vault.keep_numbers([number for number in numbers if number not in refs])
    members = (
        Member(m.atena_no, {name: refs[kinds[name], str(value)] if name in kinds and value is not CLEARED else value for name, value in m.values.items()})
        for m in filing.members
    )
    return replace(filing, members=tuple(members))
