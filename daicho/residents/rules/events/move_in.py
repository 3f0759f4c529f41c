"""転入 — moving in from another city. 住民基本台帳法第22条; std 4.1.1.1, 4.1.1.2.

One person or a whole family, into a new household or an existing one, Japanese and foreign residents. Someone who
comes back keeps 宛名番号 and gets a new sheet, with 住民票コード and 個人番号 as they were unless others are typed (N-4.1.1.2-06, -07). A child
whose 出生届 comes with it is among them (newborn.py).
"""

from __future__ import annotations

from daicho.residents.rules.arrival import arrival, arriving_sheets, check_became, check_returning, check_sheets
from daicho.residents.rules.basis import WHO_FILES, chosen_basis, is_dated
from daicho.residents.rules.changes import Changes
from daicho.residents.rules.check import check_days, check_filer
from daicho.residents.rules.code_stock import check_stock
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, Filer, NoticeKind, Notify, Scope
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, FORMER_CODES, HOUSEHOLD_TO_COME_TO, NEW_ADDRESS
from daicho.residents.rules.newborn import NEWBORN, check_newborns
from daicho.residents.rules.person_fields import PERSON_FIELDS
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.unfiled import UNFILED_FIELDS, check_unfiled, former_entries, has_addressee
from daicho.residents.rules.vocabulary import MOVED_IN

FIELDS = (
    EFFECTIVE_ON,
    *WHO_FILES,
    *NEW_ADDRESS,
    *HOUSEHOLD_TO_COME_TO,
    Field(
        "previous_municipality_code",
        "転入前の市区町村",
        FieldKind.MUNICIPALITY,
        hint="名前か6桁のコード。例　札幌市中央区",
        group="転入前の住所",
    ),
    Field(
        "previous_address", "転入前の住所", FieldKind.ADDRESS_ELSEWHERE, hint="都道府県から。転出証明書のとおり。わからないときは「不明」", group="転入前の住所"
    ),
    Field("previous_address_building", "転入前の方書", FieldKind.TEXT, group="転入前の住所"),
    *FORMER_CODES,
    *UNFILED_FIELDS,
)


def _sheets(situation: Situation, filing: Filing) -> list[SheetEntries]:
    return arriving_sheets(situation, filing, MOVED_IN, former_entries(filing))


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = [*check_days(MOVE_IN, situation, filing), *check_filer(filing)]
    if not filing.members:
        found.append(problem("M001", "members"))
    found += check_returning(situation, filing)
    found += [*_check_previous(situation, filing), *check_unfiled(filing)]
    found += [*check_became(situation, filing), *check_newborns(filing)]
    if not is_dated(filing):
        return tuple(found)
    sheets = _sheets(situation, filing)
    return (*found, *check_sheets(situation, filing, sheets), *check_stock(situation, sheets))


def _check_previous(situation: Situation, filing: Filing) -> list[Problem]:
    """転入前住所 may be 空欄 (N-1.1.6-19): it does not hold up a 届出, but without a municipality nobody can be told (法9条1項)."""
    if filing.text("previous_municipality_code") == situation.municipality_code:
        return [problem("M002", "previous_municipality_code")]
    found: list[Problem] = []
    if not _has_addressee(situation, filing):
        found.append(problem("M101", "previous_municipality_code"))
    if filing.text("previous_address") is None:
        found.append(problem("M102", "previous_address"))
    return found


def _has_addressee(situation: Situation, filing: Filing) -> bool:
    return has_addressee(filing, situation.municipality_code)


def _apply(situation: Situation, filing: Filing) -> Changes:
    return arrival(filing, _sheets(situation, filing))


MOVE_IN = EventDefinition(
    code=MOVED_IN,
    standard_code="国内転入",
    ja="転入",
    article="住民基本台帳法第22条",
    basis=Basis.FILING,
    days_to_file=14,
    filed_by=frozenset({Filer.SELF, Filer.HEAD, Filer.AGENT}),
    fields=FIELDS,
    member_fields=(*PERSON_FIELDS, NEWBORN),
    scope=Scope.CHOSEN,
    effect=Effect.ENTRY,
    notices=(Notify(NoticeKind.IDENTITY_INFO), Notify(NoticeKind.MOVE_IN_NOTICE, when=_has_addressee), *IN_HOUSE),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    identity_reason=("move_in", "from_municipality"),
    certificates=("juminhyo_personal",),
    newcomers=True,
    returning=True,
    gives_code=True,
    basis_of=chosen_basis,
)
