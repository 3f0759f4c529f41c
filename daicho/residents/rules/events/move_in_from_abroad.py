"""国外からの転入 — moving in from abroad. 住民基本台帳法第22条; 第30条の46 of a foreign resident; std 4.1.1.1, 1.2.2 (国外転入等).

There is no 転出証明書 and no city to tell: 戸籍 and 附票, or passport and 在留カード, say who comes and from where. Who lived in Japan before
keeps 住民票コード and 個人番号, from this city's 除票 or as the papers say; others get a code of the stock and await a 個人番号.
"""

from __future__ import annotations

from daicho.residents.rules.arrival import arrival, arriving_sheets, check_became, check_returning, check_sheets
from daicho.residents.rules.basis import WHO_FILES, chosen_basis, is_dated
from daicho.residents.rules.changes import NEW_CODE, Changes
from daicho.residents.rules.check import check_days, check_filer
from daicho.residents.rules.code_stock import check_stock
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, Filer, NoticeKind, Notify, Scope
from daicho.residents.rules.entries import ENTRIES, SheetEntries
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, HOUSEHOLD_TO_COME_TO, NEW_ADDRESS
from daicho.residents.rules.newborn import NEWBORN, check_newborns, is_newborn
from daicho.residents.rules.person_fields import PERSON_FIELDS
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.returning import inherits
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import MOVED_IN_FROM_ABROAD

_FORMER = "転入前の住所（国外）"
FIELDS = (
    EFFECTIVE_ON,
    *WHO_FILES,
    *NEW_ADDRESS,
    *HOUSEHOLD_TO_COME_TO,
    Field("previous_country", "転入前の国", FieldKind.COUNTRY, required=True, hint="国の名前。例　アメリカ合衆国。わからないときは「不明」", group=_FORMER),
    Field("previous_address", "国外の住所", FieldKind.TEXT, hint="国より下。わかるところまで", group=_FORMER),
    Field("last_registered_address", "最終登録住所地", FieldKind.TEXT, hint="国外へ出る前に日本で最後に登録されていた住所。附票のとおり", group=_FORMER),
    Field("papers_seen", "戸籍と附票、又は旅券・在留カード等を確かめた", FieldKind.FLAG, group=_FORMER),
)


def _sheets(situation: Situation, filing: Filing) -> list[SheetEntries]:
    where = [text for name in ("previous_country", "previous_address") if (text := filing.text(name))]
    former = {"previous_address": "　".join(where) or None, "last_registered_address": filing.text("last_registered_address")}
    return arriving_sheets(situation, filing, MOVED_IN_FROM_ABROAD, former, new_code=NEW_CODE)


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = [*check_days(MOVE_IN_FROM_ABROAD, situation, filing), *check_filer(filing)]
    if not filing.members:
        found.append(problem("M001", "members"))
    found += check_returning(situation, filing)
    found += [*check_became(situation, filing), *check_newborns(filing)]
    if not filing.values.get("papers_seen"):
        found.append(problem("M201", "papers_seen"))
    if not is_dated(filing):
        return tuple(found)
    sheets = _sheets(situation, filing)
    found += check_sheets(situation, filing, sheets, no_number="N104")
    found += [
        problem("M202", "juminhyo_code", index)
        for index, (member, sheet) in enumerate(zip(filing.members, sheets, strict=True))
        if sheet.juminhyo_code == NEW_CODE and not is_newborn(member)
    ]
    return (*found, *_check_inherited(situation, filing), *check_stock(situation, sheets))


def _check_inherited(situation: Situation, filing: Filing) -> list[Problem]:
    """旧氏 and 通称 of the last sheet here are only taken over when no other city came between (N-1.1.7-06, -07)."""
    last = filing.text("last_registered_address")
    found: list[Problem] = []
    for index, member in enumerate(filing.members):
        known = situation.person(member.atena_no).entries if member.atena_no else None
        if known is None or (inherits(known) and (last is None or last.startswith(situation.city_prefix))):
            continue
        taken = [name for name in ("former_surname", "foreign_alias") if (text := member.text(name)) and text == getattr(known, name)]
        found += [problem("M204", name, index, label=ENTRIES[name].ja.removesuffix("(外国人)")) for name in taken]
    return found


def _apply(situation: Situation, filing: Filing) -> Changes:
    return arrival(filing, _sheets(situation, filing))


MOVE_IN_FROM_ABROAD = EventDefinition(
    code=MOVED_IN_FROM_ABROAD,
    standard_code="国外転入等",
    ja="転入（国外から）",
    article="住民基本台帳法第22条、第30条の46",
    basis=Basis.FILING,
    days_to_file=14,
    filed_by=frozenset({Filer.SELF, Filer.HEAD, Filer.AGENT}),
    fields=FIELDS,
    member_fields=(*PERSON_FIELDS, NEWBORN),
    scope=Scope.CHOSEN,
    effect=Effect.ENTRY,
    notices=(Notify(NoticeKind.IDENTITY_INFO), *IN_HOUSE),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    identity_reason=("move_in", "from_abroad"),
    certificates=("juminhyo_personal",),
    newcomers=True,
    returning=True,
    basis_of=chosen_basis,
    gives_code=True,
    asks_number=MOVED_IN_FROM_ABROAD,
)
