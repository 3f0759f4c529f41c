"""転出 — moving to another city: told beforehand, the sheet closes on the day planned (leaving.py). 住民基本台帳法第24条; std 4.1.3.0.2, 1.1.5.

A 転入通知 of that city may close it earlier and never touches what was planned (events/move_in_notice.py).
"""

from __future__ import annotations

from daicho.certificates.move_out import IN_ITS_STEAD, IN_TIME
from daicho.residents.rules.changes import Changes
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, Filer, NoticeKind, Notify, Scope
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.leaving import COMMON, Destination, apply_leaving, basis_of_leaving, check_leaving, is_due
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import MOVED_OUT
from daicho.values.municipalities import municipality_name

_PLANNED = "転出先（予定）"
FIELDS = (
    *COMMON,
    Field("planned_municipality_code", "転出先の市区町村", FieldKind.MUNICIPALITY, hint="名前か6桁のコード。例　札幌市中央区", group=_PLANNED),
    Field("planned_address", "転出先の住所", FieldKind.ADDRESS_ELSEWHERE, hint="都道府県から。市区町村までしか決まっていないときは空欄", group=_PLANNED),
    Field("planned_address_building", "転出先の方書", FieldKind.TEXT, group=_PLANNED),
    Field("planned_postal_code", "転出先の郵便番号", FieldKind.POSTAL_CODE, group=_PLANNED),
    Field("planned_address_code", "転出先の住所コード", FieldKind.ADDRESS_CODE, hint="11桁。わかるときだけ", group=_PLANNED),
)


def planned_destination(filing: Filing) -> Destination:
    """転出先住所（予定）; to the municipality alone is enough (N-4.1.3.0.2-02)."""
    code = filing.text("planned_municipality_code")
    return {
        "planned_move_out_address": filing.text("planned_address") or (municipality_name(code) if code else None),
        "planned_move_out_building": filing.text("planned_address_building"),
        "planned_move_out_postal_code": filing.text("planned_postal_code"),
        "planned_move_out_address_code": filing.text("planned_address_code"),
    }


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    return check_leaving(MOVE_OUT, situation, filing, planned_destination(filing), check_planned(situation, filing))


def check_planned(situation: Situation, filing: Filing) -> list[Problem]:
    """Not within this city (domain §11); the municipality and the address agree; 空欄 only when somebody says why (N-1.1.5-04)."""
    code, address = filing.text("planned_municipality_code"), filing.text("planned_address")
    if code == situation.municipality_code or (address or "").startswith(situation.city_prefix):
        field = "planned_municipality_code" if code == situation.municipality_code else "planned_address"
        return [problem("E302", field)]
    if code is None and address is None:
        return [problem("E303", "planned_municipality_code")]
    if code is not None and address is not None and not address.startswith(municipality_name(code)):
        return [problem("E304", "planned_address")]
    return []


def _apply(situation: Situation, filing: Filing) -> Changes:
    return apply_leaving(MOVE_OUT, situation, filing, planned_destination(filing))


MOVE_OUT = EventDefinition(
    code=MOVED_OUT,
    standard_code="国内転出",
    ja="転出",
    article="住民基本台帳法第24条",
    basis=Basis.FILING,
    filed_by=frozenset({Filer.SELF, Filer.HEAD, Filer.AGENT}),
    days_to_file=None,
    fields=FIELDS,
    member_fields=(),
    scope=Scope.CHOSEN,
    effect=Effect.REMOVAL,
    notices=(Notify(NoticeKind.IDENTITY_INFO, when=is_due), *IN_HOUSE),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    identity_reason=("move_out", "to_municipality"),
    certificates=(IN_TIME, IN_ITS_STEAD),
    future_day=True,
    basis_of=basis_of_leaving,
)
