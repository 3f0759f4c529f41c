"""記載の修正 — what every 修正 of entries has in common: only what was typed is said, 「空欄」 empties an entry. 令第12条; std 4.2.3.1.

The fields of such a form begin empty and a field left empty changes nothing, so that what nobody thought of stays as it is, and an
event of the past hides nothing that was said since of other entries.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from daicho.residents.rules.birth import birth_as_kept
from daicho.residents.rules.blanks import check_blanks
from daicho.residents.rules.changes import Changes, Revision
from daicho.residents.rules.check import check_days, check_open, check_overtaken
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, NoticeKind, Notify, Scope
from daicho.residents.rules.entries import ENTRIES, SheetEntries
from daicho.residents.rules.filing import CLEARED, Filing, Member
from daicho.residents.rules.filing_fields import FORMER_CODES
from daicho.residents.rules.household_law import Household, doubtful, lawless
from daicho.residents.rules.kinship_proof import check_proof
from daicho.residents.rules.person_fields import PERSON_FIELDS, notarised_entries
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import going, left_behind
from daicho.residents.rules.situation import PersonState, Situation
from daicho.residents.rules.vocabulary import BECAME, ENTRIES_OF_RESIDENTS, RELOCATED, THERE
from daicho.values.dates import BadDate, JapaneseDate

NAMES = ("name_kanji", "name_kana", "kana_notarised")
REGISTER = ("registered_domicile", "family_register_head_name")
_TYPED = {field.name: field for field in PERSON_FIELDS}
_HINT = "変わるときだけ入力。空欄にするときは「空欄」と入力"


def as_correction(field: Field, label: str = "") -> Field:
    """A field as a 修正 asks it: empty at first, and 「空欄」 can be said."""
    return replace(field, label=f"{label}{field.label}", required=False, hint=_HINT, default="", clearable=True)


def correctable(*names: str, label: str = "") -> tuple[Field, ...]:
    """Fields of entries that a 修正 may change. `label` stands before each: 新しい氏名."""
    return tuple(as_correction(_TYPED[name], label) for name in names)


ADDRESS = (
    Field("address", "住所", FieldKind.ADDRESS, hint="都道府県から。変わるときだけ入力", group="住所", clearable=True),
    Field("address_building", "方書", FieldKind.BUILDING, hint=_HINT, group="住所", clearable=True),
    Field("address_postal_code", "郵便番号", FieldKind.POSTAL_CODE, hint=_HINT, group="住所", clearable=True),
    Field("address_town_code", "住所コード", FieldKind.ADDRESS_CODE, hint=_HINT, group="住所", clearable=True),
)


def _days(*named: tuple[str, str], kind: FieldKind = FieldKind.DATE) -> tuple[Field, ...]:
    return tuple(Field(name, label, kind, hint=_HINT, group="年月日", clearable=True) for name, label in named)


_DAYS = (
    *_days(
        ("became_resident_date", "住民となった年月日"), ("foreign_resident_since_date", "外国人住民となった年月日"),
        ("address_changed_date", "住所を定めた年月日"), kind=FieldKind.UNCERTAIN_DATE,
    ),
    *_days(
        ("became_resident_notified_date", "住民となった届出日"), ("foreign_resident_notified_date", "外国人住民となった届出日"),
        ("address_notified_date", "届出の年月日"), ("residence_notified_date", "住居地の届出日"), ("special_permanent_cert_issued_date", "特別永住者証明書の交付日"),
    ),
)  # fmt: skip
_REASONS = tuple(
    Field(name, label, FieldKind.CHOICE, hint=_HINT, choices=tuple((code, BECAME[code]) for code in codes), group="事由", clearable=True)
    for name, label, codes in (
        ("became_resident_reason_code", "住民となった事由", ENTRIES_OF_RESIDENTS),
        ("foreign_resident_reason_code", "外国人住民となった事由", ENTRIES_OF_RESIDENTS),
        ("address_reason_code", "住所事由", (*ENTRIES_OF_RESIDENTS, RELOCATED)),
    )
)
"""Items 10, 18 and 111."""
_MOVED = Field("moved_within_city", "市内転居の有無", FieldKind.YES_NO, hint=_HINT, choices=THERE, group="住所", clearable=True)
_FORMER = (
    Field("previous_address", "転入前の住所", FieldKind.ADDRESS_ELSEWHERE, hint=_HINT, group="転入前の住所", clearable=True),
    Field("previous_address_building", "転入前の方書", FieldKind.TEXT, hint=_HINT, group="転入前の住所", clearable=True),
    *(replace(field, hint=_HINT, clearable=True) for field in FORMER_CODES),
    Field("previous_municipality_code", "転入前の市区町村", FieldKind.MUNICIPALITY, hint=_HINT, group="転入前の住所", clearable=True),
    Field("last_registered_address", "最終登録住所地", FieldKind.TEXT, hint=_HINT, group="転入前の住所", clearable=True),
)
_ALIAS = tuple(
    Field(name, label, kind, hint=_HINT, group="通称の記載・削除", clearable=True)
    for name, label, kind in (
        ("alias_history_order", "通称の記載順序", FieldKind.COUNT),
        ("alias_history_entered_municipality", "通称の記載市町村名", FieldKind.TEXT),
        ("alias_history_entered_municipality_code", "通称の記載市町村コード", FieldKind.MUNICIPALITY),
        ("alias_history_entered_date", "通称の記載年月日", FieldKind.DATE),
        ("alias_history_deleted_municipality", "通称の削除市町村名", FieldKind.TEXT),
        ("alias_history_deleted_municipality_code", "通称の削除市町村コード", FieldKind.MUNICIPALITY),
        ("alias_history_deleted_date", "通称の削除年月日", FieldKind.DATE),
    )
)
"""通称の記載及び削除に関する事項 (令30条の17)."""
CORRECTABLE = (
    *correctable(*NAMES, "former_surname_kana", "birth_date", "sex_code", "relationship", "kinship_proof", *REGISTER),
    *ADDRESS,
    _MOVED,
    *_DAYS,
    *_REASONS,
    *_FORMER,
    *correctable("foreign_name_alphabet", "foreign_name_kanji", "foreign_name_katakana", "foreign_alias_kana", "nationality_code"),
    *_ALIAS,
    *correctable("remarks"),
)
"""What an officer may put right ex officio. 旧氏 and 通称 are the resident's to ask for, numbers and 在留資格 have events of their own."""
MISTAKEN = (*CORRECTABLE, *correctable("former_surname", "foreign_alias"))
"""What may have been written wrongly: also 旧氏 and 通称."""


def said_of(member: Member, person: PersonState) -> dict[str, object]:
    """What was typed of a person, as entries. 生年月日 in the calendar of the sheet."""
    said = {name: None if value is CLEARED else value for name, value in member.values.items() if name in ENTRIES}
    if said.get("foreign_alias") is not None and person.entries.alias_history_alias is not None:
        said["alias_history_alias"] = said["foreign_alias"]  # the same 通称 written otherwise (item 115)
    if (notarised := member.text("kana_notarised")) is not None:
        said |= notarised_entries(notarised)
    if isinstance(born := said.get("birth_date"), JapaneseDate) and person.entries.resident_kind:
        said["birth_date"] = birth_as_kept(born, person.entries.resident_kind)
    return said


Said = Callable[[Situation, Filing], list[dict[str, object]]]
"""What the event says of each person filed for, in their order."""


def said_of_each(situation: Situation, filing: Filing) -> list[dict[str, object]]:
    return [said_of(member, person) for member, person in going(situation, filing)]


def check_correction(definition: EventDefinition, situation: Situation, filing: Filing, said_by: Said = said_of_each) -> list[Problem]:
    """Duties of every 修正: its days, somebody who lives here, something that changes, nothing overtaken, entries and households that may stand."""
    found = [*check_days(definition, situation, filing), *check_open(situation, filing)]
    if not filing.members:
        found.append(problem("X001", "members", event=definition.ja, article=definition.article))
    if filing.effective_on is None or any(p.blocks for p in found):
        return found
    try:
        said = said_by(situation, filing)
    except BadDate as bad:
        return [*found, problem("F002", "birth_date", 0, label="生年月日", fault=bad, article=definition.article)]
    after = []
    for index, ((member, person), values) in enumerate(zip(going(situation, filing), said, strict=True)):
        if "kinship_proof" in definition.all_member_fields():  # what the 戸籍 tells is its own proof
            found += check_proof(member, person.entries, person.entries.but(**values), index)
        if not values:
            found.append(problem("X002", "members", index))
        found += check_overtaken(situation, person, filing.effective_on, values, index)
        after.append(person.entries.but(**values))
        found += check_entries(after[-1], values, index)
    return found + check_homes(situation, filing, said, after)


def check_entries(after: SheetEntries, said: dict[str, object], index: int) -> list[Problem]:
    """空欄不可 and what belongs to whom (std 1.1.6), of what the event says; 振り仮名 and 氏名 change together, or somebody says why not."""
    found = [p for p in check_blanks(after, index) if p.field in said]
    if "name_kanji" in said and "name_kana" not in said and after.name_kana is not None:
        found.append(problem("X101", "name_kana", index))
    return found


def check_homes(situation: Situation, filing: Filing, said: Sequence[dict[str, object]], after: Sequence[SheetEntries]) -> list[Problem]:
    """The households as they would be, where 続柄, 住所 or what 続柄 hangs on is said anew."""
    if not any(values.keys() & _OF_HOUSEHOLD for values in said):
        return []
    found: list[Problem] = []
    for number, staying in left_behind(situation, filing).items():
        changed = [(index, entries) for index, entries in enumerate(after) if entries.household_no == number]
        home = Household((*changed, *((None, p.entries) for p in staying)))
        found += [*lawless(home), *doubtful(home, situation.today)]
    return found


_OF_HOUSEHOLD = frozenset({"relationship", "address", "sex_code", "birth_date"})


def apply_correction(situation: Situation, filing: Filing, said_by: Said = said_of_each) -> Changes:
    people = zip(going(situation, filing), said_by(situation, filing), strict=True)
    return Changes(revisions=tuple(Revision(index, person.atena_no, values) for index, ((_, person), values) in enumerate(people)))


@dataclass(frozen=True)
class Kind:
    """What tells one 修正 from another: its names in the law and in the standard, and what its form asks."""

    code: str
    ja: str
    article: str
    fields: tuple[Field, ...]
    member_fields: tuple[Field, ...]
    standard_code: str = "職権修正"
    basis: Basis = Basis.EX_OFFICIO
    scope: Scope = Scope.CHOSEN
    identity_reason: tuple[str, str | None] = ("correction_ex_officio", None)
    shows_in_history: bool = True
    group: str = ""
    offered_to: Callable[[SheetEntries], bool] | None = None
    check_more: Callable[[Situation, Filing], list[Problem]] | None = None
    said_by: Said = said_of_each
    upon_commissioner_notice: bool = False


def correction(kind: Kind) -> EventDefinition:
    """The definition of such an event."""

    def check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
        found = check_correction(definition, situation, filing, kind.said_by)
        if kind.check_more is not None:
            found += kind.check_more(situation, filing)
        return tuple(found)

    definition = EventDefinition(
        code=kind.code,
        standard_code=kind.standard_code,
        ja=kind.ja,
        article=kind.article,
        basis=kind.basis,
        filed_by=frozenset(),
        days_to_file=None,
        fields=kind.fields,
        member_fields=kind.member_fields,
        scope=kind.scope,
        effect=Effect.CORRECTION,
        notices=(Notify(NoticeKind.IDENTITY_INFO), *IN_HOUSE),
        permission="residents:filing:enter",
        check=check,
        apply=lambda situation, filing: apply_correction(situation, filing, kind.said_by),
        identity_reason=kind.identity_reason,
        certificates=("juminhyo_personal",),
        shows_in_history=kind.shows_in_history,
        group=kind.group,
        offered_to=kind.offered_to,
        upon_commissioner_notice=kind.upon_commissioner_notice,
    )
    return definition
