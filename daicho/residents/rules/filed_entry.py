"""外国人住民の届出による記載 — 法第30条の46 and 第30条の47: a foreigner of the table of 法30条の45 comes to be entered, as from abroad. std 4.5.1, 4.5.2.

転入前住所 may be 空欄; passport and 在留カード are seen.
"""

from __future__ import annotations

from dataclasses import replace

from daicho.residents.rules.arrival import arrival, arriving_sheets, check_entered, check_sheets
from daicho.residents.rules.changes import NEW_CODE, Changes
from daicho.residents.rules.check import check_days, check_filer
from daicho.residents.rules.code_stock import check_stock
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, Filer, NoticeKind, Notify, Scope
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, FILED_ON, FILER, FILER_NAME, HOUSEHOLD_TO_COME_TO, NEW_ADDRESS
from daicho.residents.rules.person_fields import PERSON_FIELDS
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import FILED_FOREIGN_CLASSES, FOREIGN, FOREIGNERS, MOVED_IN_FROM_ABROAD

_PAPERS = Field("papers_seen", "旅券と在留カード等を確かめた", FieldKind.FLAG, group="確認")
FORMER = (Field("previous_address", "転入前の住所", FieldKind.TEXT, hint="国外から来た人など、ないときは空欄", group="前の住所"),)
_MEMBERS = tuple(replace(field, default=FOREIGN) if field.name == "resident_kind" else field for field in PERSON_FIELDS)


def filed_entry(*, code: str, ja: str, article: str, day: str, own: tuple[Field, ...] = ()) -> EventDefinition:
    """The definition of such an event. `day`: what its 異動日 is; `own`: fields beside those of every entry; 住所を定めた年月日 may be one (30条の47)."""

    def sheets_of(situation: Situation, filing: Filing) -> list[SheetEntries]:
        sheets = arriving_sheets(situation, filing, code, {"previous_address": filing.text("previous_address")}, new_code=NEW_CODE)
        fixed = filing.values.get("address_fixed_on")
        return [sheet.but(address_changed_date=fixed) for sheet in sheets] if fixed else sheets

    def check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
        found = [*check_days(definition, situation, filing), *check_filer(filing)]
        found += check_entered(situation, filing)
        found += [
            problem("X303", "article_30_45_class_code", index)
            for index, member in enumerate(filing.members)
            if member.text("resident_kind") != FOREIGN or member.text("article_30_45_class_code") not in FILED_FOREIGN_CLASSES
        ]
        if not filing.values.get("papers_seen"):
            found.append(problem("X304", "papers_seen"))
        if filing.effective_on is None or filing.filed_on is None:
            return tuple(found)
        sheets = sheets_of(situation, filing)
        return (*found, *check_sheets(situation, filing, sheets, "N104"), *check_stock(situation, sheets))

    def apply(situation: Situation, filing: Filing) -> Changes:
        return arrival(filing, sheets_of(situation, filing))

    definition = EventDefinition(
        code=code,
        standard_code="国外転入等",
        ja=ja,
        article=article,
        basis=Basis.FILING,
        filed_by=frozenset({Filer.SELF, Filer.HEAD, Filer.AGENT}),
        days_to_file=14,
        fields=(replace(EFFECTIVE_ON, label=day), FILED_ON, FILER, FILER_NAME, *NEW_ADDRESS, *own, *HOUSEHOLD_TO_COME_TO, *FORMER, _PAPERS),
        member_fields=_MEMBERS,
        scope=Scope.CHOSEN,
        effect=Effect.ENTRY,
        notices=(Notify(NoticeKind.IDENTITY_INFO), *IN_HOUSE),
        permission="residents:filing:enter",
        check=check,
        apply=apply,
        identity_reason=("move_in", "from_abroad"),
        certificates=("juminhyo_personal",),
        newcomers=True,
        returning=True,
        gives_code=True,
        asks_number=MOVED_IN_FROM_ABROAD,
        group=FOREIGNERS,
    )
    return definition
