"""国籍の得喪 — the same person goes on on a sheet of the other kind: 帰化, 国籍取得, 国籍喪失. 住民基本台帳法第8条; std 4.5.3–4.5.5; domain §2.1, toy-errors 2.

Two sheets and one 除票, in one spell: 住所, 方書, 性別, 続柄, 住所を定めた年月日, 住民票コード, 個人番号, 転入前住所 and 宛名番号 go on as they
are, because the event says nothing of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from daicho.residents.rules.birth import birth_as_kept
from daicho.residents.rules.blanks import check_blanks
from daicho.residents.rules.changes import Changes, Renewal
from daicho.residents.rules.check import check_days, check_open, check_overtaken
from daicho.residents.rules.closing import check_closing, closing, closing_day
from daicho.residents.rules.correcting import check_homes
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, NoticeKind, Notify, Scope
from daicho.residents.rules.entries import ENTRIES, SheetEntries
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, GROUND, NOTIFIED_ON
from daicho.residents.rules.person_fields import PERSON_FIELDS, notarised_entries
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import going
from daicho.residents.rules.situation import PersonState, Situation
from daicho.residents.rules.vocabulary import FAMILY_REGISTER, FOREIGN, JAPANESE, LOST_NATIONALITY
from daicho.values.dates import BadDate, JapaneseDate

OF_FOREIGNERS = tuple(
    name
    for name in ENTRIES
    if name.startswith(("foreign_", "alias_history_", "residence_"))
    or name
    in (
        "nationality_code",
        "article_30_45_class_code",
        "special_permanent_cert_issued_date",
        "landing_permit_move_in",
        "alien_registration_date",
        "name_priority_code",
        "mailing_name_code",
    )
)
"""Entries that only the sheet of a foreign resident has (法30条の45)."""

OF_JAPANESE = (
    "name_kanji", "name_kana", "surname_kana_notarised", "given_kana_notarised", "former_surname", "former_surname_kana", "name_kana_confirmed",
    "former_surname_kana_confirmed", "registered_domicile",
    "family_register_head_name", "became_resident_date", "became_resident_notified_date", "became_resident_reason_code",
)  # fmt: skip
"""And those of a Japanese."""

_FIELDS = {field.name: field for field in PERSON_FIELDS}


def _asked(*names: str, required: tuple[str, ...] = ()) -> tuple[Field, ...]:
    return tuple(replace(_FIELDS[name], required=name in required) for name in names)


ENTERED_AS_JAPANESE = _asked(
    "name_kanji", "name_kana", "kana_notarised", "registered_domicile", "family_register_head_name", "relationship",
    required=("name_kanji", "registered_domicile", "family_register_head_name"),
)  # fmt: skip
ENTERED_AS_FOREIGN = _asked(
    "foreign_name_alphabet", "foreign_name_kanji", "foreign_name_katakana", "nationality_code", "relationship", required=("nationality_code",)
)

Said = Callable[[Situation, Filing, Member, PersonState], dict[str, object]]


def said_as_japanese(reason: str) -> Said:
    """帰化・国籍取得: 住民となった年月日 is the 外国人住民となった年月日 so far (N-4.5.3-03, N-4.5.4-03)."""

    def said(situation: Situation, filing: Filing, member: Member, person: PersonState) -> dict[str, object]:
        entries = person.entries
        typed = {name: member.values.get(name) for name in ("name_kanji", "name_kana", "registered_domicile", "family_register_head_name")}
        return {
            **dict.fromkeys(OF_FOREIGNERS),
            **typed,
            **(notarised_entries(member.text("kana_notarised") or "none") if typed["name_kana"] else {}),
            **_relationship(member),
            **_birth(entries, JAPANESE),
            "resident_kind": JAPANESE,
            "became_resident_date": entries.foreign_resident_since_date,
            "became_resident_notified_date": situation.today,
            "became_resident_reason_code": reason,
            "juminhyo_created_date": situation.today,
        }

    return said


def said_as_foreign(reason: str) -> Said:
    """国籍喪失: 外国人住民となった年月日 is the later of the day it was lost and 住民となった年月日 (N-4.5.5-03); 経過滞在者 for 60 days."""

    def said(situation: Situation, filing: Filing, member: Member, person: PersonState) -> dict[str, object]:
        entries, lost_on = person.entries, filing.effective_on
        assert lost_on is not None
        names = ("foreign_name_alphabet", "foreign_name_kanji", "foreign_name_katakana", "nationality_code")
        return {
            **dict.fromkeys(OF_JAPANESE),
            **{name: member.values.get(name) for name in names},
            **_relationship(member),
            **_birth(entries, FOREIGN),
            "resident_kind": FOREIGN,
            "article_30_45_class_code": LOST_NATIONALITY,
            "foreign_resident_since_date": _later(lost_on, entries.became_resident_date),
            "foreign_resident_notified_date": situation.today,
            "foreign_resident_reason_code": reason,
            "juminhyo_created_date": situation.today,
        }

    return said


def _later(lost_on: JapaneseDate, became: JapaneseDate | None) -> JapaneseDate:
    return became if became is not None and became.last > lost_on.last else lost_on


def _relationship(member: Member) -> dict[str, object]:
    """続柄 goes on, unless another is typed."""
    return {"relationship": word} if (word := member.text("relationship")) else {}


def _birth(entries: SheetEntries, kind: str) -> dict[str, object]:
    """The same days in the calendar of the new sheet (std 1.1.9)."""
    return {"birth_date": birth_as_kept(entries.birth_date, kind)} if entries.birth_date else {}


def nationality_event(*, code: str, ja: str, article: str, standard_code: str, detail: str, becomes: str) -> EventDefinition:
    """The definition of such an event. `becomes`: the kind of the new sheet; `detail` of 本人確認情報."""
    said_of = said_as_japanese(code) if becomes == JAPANESE else said_as_foreign(code)

    def check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
        found = [*check_days(definition, situation, filing), *check_open(situation, filing)]
        if not filing.members:
            found.append(problem("X001", "members", event=ja, article=article))
        for index, (_, person) in enumerate(going(situation, filing)):
            if person.entries.resident_kind == becomes:
                found.append(problem("X201", "person", index, whose="日本人住民" if becomes == JAPANESE else "外国人住民"))
        if filing.effective_on is None or any(p.blocks for p in found):
            return tuple(found)
        return (*found, *_check_sheets(situation, filing, said_of))

    def apply(situation: Situation, filing: Filing) -> Changes:
        assert filing.effective_on is not None
        closed = closing(code, filing.effective_on, closing_day(filing.effective_on, situation.today), filing.filed_on)
        people = enumerate(going(situation, filing))
        return Changes(renewals=tuple(Renewal(i, p.atena_no, said_of(situation, filing, m, p), closed) for i, (m, p) in people))

    definition = EventDefinition(
        code=code,
        standard_code=standard_code,
        ja=ja,
        article=article,
        basis=Basis.EX_OFFICIO,
        filed_by=frozenset(),
        days_to_file=None,
        fields=(replace(EFFECTIVE_ON, label=f"{ja}の日（異動日）"), NOTIFIED_ON, GROUND),
        member_fields=ENTERED_AS_JAPANESE if becomes == JAPANESE else ENTERED_AS_FOREIGN,
        scope=Scope.CHOSEN,
        effect=Effect.ENTRY,
        notices=(Notify(NoticeKind.IDENTITY_INFO), *IN_HOUSE),
        permission="residents:filing:enter",
        check=check,
        apply=apply,
        identity_reason=("entry_ex_officio", detail),
        certificates=("juminhyo_personal",),
        group=FAMILY_REGISTER,
        offered_to=lambda entries: entries.resident_kind != becomes,
    )
    return definition


def _check_sheets(situation: Situation, filing: Filing, said_of: Said) -> list[Problem]:
    assert filing.effective_on is not None
    found: list[Problem] = []
    every, after = [], []
    for index, (member, person) in enumerate(going(situation, filing)):
        try:
            said = said_of(situation, filing, member, person)
        except BadDate:
            return [problem("X202", "person", index)]
        found += check_overtaken(situation, person, filing.effective_on, said, index)
        found += check_closing(person, closing_day(filing.effective_on, situation.today), index)
        every.append(said)
        after.append(person.entries.but(**said))
        found += check_blanks(after[-1], index)
    return found + check_homes(situation, filing, every, after)
