"""出生 — a child is entered ex officio, on a 出生届 (戸籍法第49条) or a notice of 法9条2項. 住民基本台帳法第8条; 令第12条第2項; std 4.2.1.2.

The child joins the household it is born into, at its address, and gets 住民票コード from the stock. 個人番号 is still to come, and the
name may be: 氏名 may be 空欄 (std 1.1.6). Filed together with a 転入届, it is a 転入 (N-4.1.0.1-05).
"""

from __future__ import annotations

from dataclasses import replace

from daicho.residents.rules.birth import birth_as_kept
from daicho.residents.rules.blanks import check_blanks
from daicho.residents.rules.changes import NEW_CODE, NEW_HOUSEHOLD, Changes, Opening
from daicho.residents.rules.check import check_days
from daicho.residents.rules.closing import closing_day
from daicho.residents.rules.code_stock import check_stock
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, NoticeKind, Notify, Scope
from daicho.residents.rules.destination import check_destination, next_order, order_in_new_household
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, GROUND, NEW_ADDRESS, NOTIFIED_ON
from daicho.residents.rules.fold import lives
from daicho.residents.rules.person_fields import BIRTH_FIELDS, person_entries
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import PersonState, Situation
from daicho.residents.rules.vocabulary import BORN, BORN_HERE, EXISTING, FAMILY_REGISTER, FOREIGN, HOUSEHOLD_CHOICES
from daicho.values.dates import BadDate, JapaneseDate

FIELDS = (
    replace(EFFECTIVE_ON, label="出生の日（異動日）", hint="生年月日になります。例　令和8年4月1日"),
    NOTIFIED_ON,
    GROUND,
    Field("household_choice", "世帯", FieldKind.CHOICE, required=True, choices=HOUSEHOLD_CHOICES, group="世帯", default=EXISTING),
    Field("household_no", "入る世帯の世帯番号", FieldKind.HOUSEHOLD, hint="父母の世帯など。住所はこの世帯のものになります", group="世帯"),
    *(replace(field, required=False, hint="新しい世帯をつくるときだけ", group="住所（新しい世帯をつくるとき）") for field in NEW_ADDRESS),
)
_AT_THE_HOME = (
    "address", "address_building", "address_postal_code", "address_town_code", "address_jurisdiction_code", "elementary_school_district_code",
    "junior_high_school_district_code", "polling_district_code",
)  # fmt: skip


def _joins(filing: Filing) -> bool:
    return filing.text("household_choice") == EXISTING


def _household_no(filing: Filing) -> str:
    return (filing.text("household_no") if _joins(filing) else None) or NEW_HOUSEHOLD


def _home(situation: Situation, filing: Filing) -> tuple[PersonState, ...]:
    """Those who live in the household that the child joins."""
    return situation.members_of(_household_no(filing)) if _joins(filing) else ()


def _address(situation: Situation, filing: Filing) -> dict[str, object]:
    if home := _home(situation, filing):
        return {name: getattr(home[0].entries, name) for name in _AT_THE_HOME}
    address = filing.text("address")
    return {
        "address": f"{situation.city_prefix}{address}" if address else None,
        "address_building": filing.text("address_building"),
        "address_postal_code": filing.text("address_postal_code"),
        "address_town_code": filing.text("address_town_code"),
    }


def _sheet(situation: Situation, filing: Filing, member: Member, born: JapaneseDate, order: int) -> SheetEntries:
    """The whole sheet of a child. 届出の年月日 of an entry ex officio is the day of the entry (法7条8号)."""
    is_foreign = member.text("resident_kind") == FOREIGN
    person = person_entries(member)
    if is_foreign and person["article_30_45_class_code"] is None:
        person["article_30_45_class_code"] = BORN_HERE
    return SheetEntries.of(
        person
        | _address(situation, filing)
        | {
            "birth_date": birth_as_kept(born, member.text("resident_kind")),
            "juminhyo_code": _code_before(situation, member) or NEW_CODE,
            "household_no": _household_no(filing),
            "order_in_household": order,
            "became_resident_date": None if is_foreign else born,
            "became_resident_notified_date": None if is_foreign else situation.today,
            "became_resident_reason_code": None if is_foreign else BORN,
            "foreign_resident_since_date": born if is_foreign else None,
            "foreign_resident_notified_date": situation.today if is_foreign else None,
            "foreign_resident_reason_code": BORN if is_foreign else None,
            "juminhyo_created_date": situation.today,
            "address_changed_date": born,
            "address_notified_date": situation.today,
            "address_reason_code": BORN,
            "moved_within_city": False,
            "opened_on": closing_day(born, situation.today),
        }
    )


def _code_before(situation: Situation, member: Member) -> int | None:
    """住民票コード of a child whose 出生 was cancelled and is entered again: the same child keeps it."""
    return situation.person(member.atena_no).entries.juminhyo_code if member.atena_no else None


def _sheets(situation: Situation, filing: Filing, born: JapaneseDate) -> list[SheetEntries]:
    """Of each child. BadDate for a day that no 和暦 says (birth.py)."""
    if _joins(filing):
        first = next_order(_home(situation, filing))
        orders = [first + i for i in range(len(filing.members))]
    else:
        orders = order_in_new_household([(m.atena_no, SheetEntries.of(person_entries(m))) for m in filing.members])
    return [_sheet(situation, filing, member, born, order) for member, order in zip(filing.members, orders, strict=True)]


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = [*check_days(BIRTH, situation, filing), *_check_address(filing)]
    if not filing.members:
        found.append(problem("E201", "members"))
    for index, member in enumerate(filing.members):
        if member.atena_no and lives(situation.person(member.atena_no).versions):
            found.append(problem("E204", "person", index))
    if filing.effective_on is None:
        return tuple(found)
    try:
        sheets = _sheets(situation, filing, filing.effective_on)
    except BadDate as bad:
        return (*found, problem("F002", "effective_on", label="異動日", fault=bad, article=BIRTH.article))
    found += check_destination(situation, filing, _household_no(filing), list(enumerate(sheets)))
    if _joins(filing) and not _home(situation, filing):
        return tuple(found)
    for index, sheet in enumerate(sheets):
        found += check_blanks(sheet, index)
    return (*found, *check_stock(situation, sheets), *_check_home(situation, filing, filing.effective_on))


def _check_address(filing: Filing) -> list[Problem]:
    if _joins(filing) and filing.text("address") is not None:
        return [problem("E202", "address")]
    if not _joins(filing) and filing.text("address") is None:
        return [problem("E205", "address")]
    return []


def _check_home(situation: Situation, filing: Filing, born: JapaneseDate) -> list[Problem]:
    """Born before the household came to live there: at another address, or with a 転入届 (N-4.1.0.1-05)."""
    since = [home.entries.address_changed_date for home in _home(situation, filing)]
    if not since or not all(day is not None and day.surely_after(born) for day in since):
        return []
    return [problem("E203", "effective_on")]


def _apply(situation: Situation, filing: Filing) -> Changes:
    assert filing.effective_on is not None
    sheets = _sheets(situation, filing, filing.effective_on)
    return Changes(openings=tuple(Opening(i, m.atena_no, sheet) for i, (m, sheet) in enumerate(zip(filing.members, sheets, strict=True))))


BIRTH = EventDefinition(
    code=BORN,
    standard_code="出生",
    ja="出生",
    article="住民基本台帳法第8条、令第12条第2項",
    basis=Basis.EX_OFFICIO,
    filed_by=frozenset(),
    days_to_file=None,
    fields=FIELDS,
    member_fields=BIRTH_FIELDS,
    scope=Scope.CHOSEN,
    effect=Effect.ENTRY,
    notices=(Notify(NoticeKind.IDENTITY_INFO), *IN_HOUSE),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    identity_reason=("birth", None),
    certificates=("juminhyo_personal",),
    group=FAMILY_REGISTER,
    newcomers=True,
    into_household=True,
    gives_code=True,
    asks_number=BORN,
    uncertain_day=True,
)
