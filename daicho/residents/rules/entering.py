"""職権による記載 — who is entered without a 届出: 就籍, 脱漏, 住所設定. 住民基本台帳法第8条; 令第12条; std 4.2.1.1.

Everything of a 転入 but 届出日: 届出の年月日 of the sheet is the day of the entry (法7条8号), and a code comes from the stock where nobody knows one.
"""

from __future__ import annotations

from dataclasses import replace

from daicho.residents.rules.arrival import arrival, arriving_sheets, check_entered, check_sheets
from daicho.residents.rules.changes import NEW_CODE, Changes
from daicho.residents.rules.check import check_days
from daicho.residents.rules.code_stock import check_stock
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, NoticeKind, Notify, Scope
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, FORMER_CODES, HOUSEHOLD_TO_COME_TO, NEW_ADDRESS, WHY
from daicho.residents.rules.person_fields import PERSON_FIELDS
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.unfiled import UNFILED_FIELDS, check_unfiled, former_entries, has_addressee
from daicho.residents.rules.vocabulary import BY_OFFICE

FORMER = (
    Field("previous_municipality_code", "転入前の市区町村", FieldKind.MUNICIPALITY, hint="わかるときだけ。転入通知の送り先になります", group="前の住所"),
    Field("previous_address", "転入前の住所", FieldKind.ADDRESS_ELSEWHERE, hint="わからないときは「不明」。前の住所がない人は空欄", group="前の住所"),
    Field("previous_address_building", "転入前の方書", FieldKind.TEXT, group="前の住所"),
    *(replace(field, group="前の住所") for field in FORMER_CODES),
    *UNFILED_FIELDS,
)


def _has_addressee(situation: Situation, filing: Filing) -> bool:
    return has_addressee(filing, situation.municipality_code)


def entry_ex_officio(*, code: str, ja: str, article: str, detail: str, first: tuple[Field, ...] = (), group: str = "") -> EventDefinition:
    """The definition of such an event. `first`: its own fields after 異動日; `detail` of 本人確認情報."""

    def sheets_of(situation: Situation, filing: Filing) -> list[SheetEntries]:
        dated = replace(filing, filed_on=situation.today)
        return arriving_sheets(situation, dated, code, former_entries(filing), new_code=NEW_CODE)

    def check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
        found = [*check_days(definition, situation, filing)]
        found += check_entered(situation, filing)
        if filing.text("previous_address") is None:
            found.append(problem("X302", "previous_address"))
        found += check_unfiled(filing)
        if filing.effective_on is None:
            return tuple(found)
        sheets = sheets_of(situation, filing)
        return (*found, *check_sheets(situation, filing, sheets, "N104"), *check_stock(situation, sheets))

    def apply(situation: Situation, filing: Filing) -> Changes:
        return arrival(filing, sheets_of(situation, filing))

    definition = EventDefinition(
        code=code,
        standard_code="職権記載",
        ja=ja,
        article=article,
        basis=Basis.EX_OFFICIO,
        filed_by=frozenset(),
        days_to_file=None,
        fields=(EFFECTIVE_ON, *first, WHY, *NEW_ADDRESS, *HOUSEHOLD_TO_COME_TO, *FORMER),
        member_fields=PERSON_FIELDS,
        scope=Scope.CHOSEN,
        effect=Effect.ENTRY,
        notices=(Notify(NoticeKind.IDENTITY_INFO), Notify(NoticeKind.MOVE_IN_NOTICE, when=_has_addressee), *IN_HOUSE),
        permission="residents:filing:enter",
        check=check,
        apply=apply,
        identity_reason=("entry_ex_officio" if detail != "unregistered" else "move_in", detail),
        certificates=("juminhyo_personal",),
        newcomers=True,
        returning=True,
        gives_code=True,
        asks_number=BY_OFFICE,
        group=group,
    )
    return definition
