"""異動の費用 — 本登録 asks the database a fixed number of times for each event, for a household of two as for one of six. design §4; 速さ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho import clock
from daicho.residents.commands import filings, registering
from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.models import CivilEvent, SheetCurrent
from daicho.residents.queries.proof import prove
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.events import ALL_EVENTS
from daicho.residents.rules.fold import is_open
from daicho.values.made_up import made_up_individual_number, made_up_juminhyo_code
from tests import copies, harness
from tests.cast import EXAMINER, NGUYEN, SATO, TARO, TRAN, Role
from tests.residents.cancelling import cancel
from tests.residents.counter import (
    birth_form,
    change_form,
    code_change_form,
    correction_form,
    death_form,
    enter,
    move_in_form,
    move_out_form,
    notice_form,
    register,
    relocation_form,
    stock,
)
from tests.residents.fuhyo import at_home
from tests.residents.recording import newest, recorded_form

pytestmark = pytest.mark.django_db
SIZES = (2, 6)
"""What is asked for each person anew is asked four times more in the second."""
MOST = 70
"""What no 本登録 may take, whatever it does."""
ENTERED = {"address": "色内1丁目3番5号", "household_choice": "new", "filer": "self", "previous_country": "アメリカ合衆国", "previous_address": "不明"}
People = Sequence[UUID]
Homes = dict[tuple[int, bool], list[UUID]]
"""Who lives together, by how many they are and whether they are foreign residents."""


@pytest.fixture(scope="module")
def begun(django_db_setup: None, django_db_blocker: object) -> Iterator[Homes]:
    """A database in which the city has begun: the first notice ever makes its epoch and key, the first to 附票 and 入管庁 the key of that pair."""
    homes: Homes = {}

    def begin() -> None:
        with django_db_blocker.unblock(), clock.at(date(2026, 4, 10)):  # type: ignore[attr-defined]
            for first in (SATO, at_home(TARO), TRAN):
                register("domestic_move_in", move_in_form([first], address=f"銭函{first.index}丁目1番1号"))
            for size in SIZES:
                homes[size, False] = lives(size, 100 * size, address=f"花園{size}丁目12番1号")
                homes[size, True] = lives(size, 100 * size + 50, foreign=True, address=f"奥沢{size}丁目12番1号")

    with copies.furnished(settings.DAICHO.name, begin) as name, harness.clone(settings.DAICHO.name, name) as clone, copies.turned_to(clone):
        yield homes


@pytest.fixture(autouse=True)
def homes(begun: Homes) -> Homes:
    """Each test works in a transaction on it, which is rolled back."""
    return begun


def roles(count: int, first: int, *, foreign: bool = False) -> list[Role]:
    """A head and lodgers, of whom nobody agrees with another in number or in the three facts."""
    base = NGUYEN if foreign else TARO
    return [
        replace(
            base, index=first + at, name="" if foreign else f"家族　{first + at}", relationship="世帯主" if at == 0 else "同居人",
            birth=f"{1980 + at}年1月{at + 1}日" if foreign else f"平成{at + 1}年1月{at + 1}日",
            texts={**base.texts, "foreign_name_alphabet": f"NAME {first + at}", "residence_card_no": f"AB{first + at:08}CD"} if foreign else {},
        )
        for at in range(count)
    ]  # fmt: skip


def lives(count: int, first: int, *, foreign: bool = False, address: str) -> list[UUID]:
    return [w.person.public_id for w in register("domestic_move_in", move_in_form(roles(count, first, foreign=foreign), address=address))]


def each(code: str, said: Callable[[int], dict[str, str]] = lambda at: {}, **texts: str) -> Callable[[People], TypedForm]:
    return lambda people: recorded_form(code, {person: said(at) for at, person in enumerate(people)}, **texts)


def newcomers(code: str, *, foreign: bool = False) -> Callable[[People], TypedForm]:
    """So many people as live already elsewhere, entered anew."""

    def form(people: People) -> TypedForm:
        stock(*range(1000 + 50 * len(people), 1000 + 50 * len(people) + len(people)))
        own = recorded_form(code, {}, **ENTERED).filing
        return TypedForm(
            own,
            tuple(TypedPerson(None, r.typed(juminhyo_code="", individual_number="")) for r in roles(len(people), 5000 + 100 * len(people), foreign=foreign)),
        )

    return form


def one(make: Callable[[UUID], TypedForm]) -> Callable[[People], TypedForm]:
    """About one of them, who is not the 世帯主: whether somebody follows as 世帯主 hangs on how many stay (令25条)."""
    return lambda people: make(people[-1])


def household(people: People) -> str:
    return str(newest(people[0]).household_no)


def heads(people: People) -> dict[UUID, dict[str, str]]:
    """The second becomes 世帯主."""
    return {person: {"relationship": "世帯主" if at == 1 else "同居人"} for at, person in enumerate(people)}


def second(people: People) -> str:
    """Another household at the same address."""
    address = str(newest(people[0]).address).removeprefix("北海道小樽市")
    return household(lives(1, 7000 + 20 * len(people), address=address))


SPECIAL_PERMANENT = {"article_30_45_class_code": "2", "residence_card_no": "EF12345678GH"}
NAME = {"name_kanji": "色内　花", "name_kana": "イロナイ　ハナ", "kana_notarised": "both"}
DOMICILE = {"registered_domicile": "北海道小樽市色内1丁目1番地", "family_register_head_name": "色内　三郎"}
TOLD_BY_REGISTER = (
    "marriage", "divorce", "adoption", "adoption_dissolved", "special_adoption", "recognition", "register_entry", "surname_change", "given_name_change",
    "register_correction", "sex_change",
)  # fmt: skip
CASES: dict[str, Callable[[People], TypedForm]] = {
    **{code: each(code, lambda at: NAME) for code in TOLD_BY_REGISTER},
    **{code: each(code, lambda at: DOMICILE) for code in ("register_branch", "register_transfer")},
    "furigana": each("furigana", lambda at: {"name_kana": "ヨミ　カタ", "kana_notarised": "both"}),
    "domestic_move_in": lambda people: move_in_form(roles(len(people), 5000 + 100 * len(people)), address="稲穂3丁目9番1号"),
    **{code: newcomers(code) for code in ("move_in_from_abroad", "ex_officio_entry", "register_founding", "address_setting")},
    **{code: newcomers(code, foreign=True) for code in ("entry_30_46", "entry_30_47")},
    "relocation": lambda people: relocation_form(people, effective_on="令和8年4月9日", filed_on="令和8年4月10日"),
    "move_out": lambda people: move_out_form(people, on="令和8年4月9日"),
    "special_move_out": lambda people: TypedForm(
        move_out_form(people, on="令和8年4月9日").filing, tuple(TypedPerson(str(person), {"holds_card": "yes"}) for person in people)
    ),
    "move_out_abroad": each("move_out_abroad", planned_country="アメリカ合衆国", card="none"),
    "head_change": lambda people: recorded_form("head_change", heads(people)),
    "head_ex_officio": lambda people: recorded_form("head_ex_officio", heads(people)),
    "household_split": lambda people: recorded_form("household_split", {people[-1]: {"relationship": "世帯主"}}),
    "household_merge": lambda people: recorded_form("household_merge", {p: {"relationship": "同居人"} for p in people}, household_no=second(people)),
    "household_change": lambda people: recorded_form("household_change", {people[-1]: {"relationship": "同居人"}}, household_no=second(people)),
    "birth": lambda people: (
        stock(len(people)) and birth_form(household(people), [{"resident_kind": "1", "relationship": "子", "name_kanji": "子　一", **DOMICILE}])
    ),
    "death": one(death_form),
    "disappearance": one(lambda person: recorded_form("disappearance", {person: {}})),
    "naturalisation": each("naturalisation", lambda at: {**NAME, **DOMICILE}),
    "nationality_acquisition": each("nationality_acquisition", lambda at: {**NAME, **DOMICILE}),
    "nationality_loss": each("nationality_loss", lambda at: {"foreign_name_alphabet": f"LOST {at}", "nationality_code": "USA"}),
    "relationship_30_48": lambda people: recorded_form("relationship_30_48", {p: {"relationship": "縁故者"} for p in people[1:]}),
    "alias_entry": each("alias_entry", lambda at: {"foreign_alias": "花園安", "foreign_alias_kana": "ハナゾノアン"}),
    "alias_deletion": each("alias_deletion"),
    "residence_status_changed": one(lambda person: recorded_form("residence_status_changed", {person: SPECIAL_PERMANENT})),
    "residence_ended": one(lambda person: recorded_form("residence_ended", {person: {}}, ending="cancelled")),
    "residence_notification": one(lambda person: recorded_form("residence_notification", {person: {}})),
    "special_permanent_certificate": one(lambda person: recorded_form("special_permanent_certificate", {person: {"residence_card_no": "GH87654321EF"}})),
    "former_surname_entry": each("former_surname_entry", lambda at: {"former_surname": "小樽", "former_surname_kana": "オタル"}),
    "former_surname_change": each("former_surname_change", lambda at: {"former_surname": "稲穂", "former_surname_kana": "イナホ"}),
    "former_surname_deletion": each("former_surname_deletion"),
    "ex_officio_removal": each("ex_officio_removal", ground="absent"),
    "ex_officio_correction": each("ex_officio_correction", lambda at: {"address": "北海道小樽市花園2丁目13番1号"}),
    "minor_correction": each("minor_correction", lambda at: {"address": "北海道小樽市花園2丁目13番1号"}, ground="lot_number"),
    "managed_items": each("managed_items", lambda at: {"adult_ward": "yes"}),
    "removed_sheet_correction": each("removed_sheet_correction", lambda at: {"removal_notified_date": "令和8年4月9日"}),
    "mend": each("mend", lambda at: {"wrong_history_no": "1", "remarks": "転記の誤り"}),
    "caution_entry": each("caution_entry", lambda at: {"on_history_no": "1", "way": "add", "caution": "確認済み"}),
    "removed_sheet_error": each(
        "removed_sheet_error",
        lambda at: {
            "found_on": "令和8年4月10日",
            "place": "birth_date",
            "reason_code": "checked",
            "correct_text": "昭和55年3月19日",
        },
    ),
    "restoration": each("restoration", household_choice="new"),
    "sheet_renewal": each("sheet_renewal"),
    "sheet_remaking": each("sheet_remaking"),
    "de_facto_head": each("de_facto_head", who="facility", name="園　長"),
    "member_order": each("member_order", way="by_rule"),
    "juminhyo_code_change": lambda people: stock(1500 + len(people)) and code_change_form(people[-1]),
    "juminhyo_code_correction": lambda people: correction_form(people[-1], "juminhyo_code", str(made_up_juminhyo_code(8000 + len(people)))),
    "individual_number_change": one(change_form),
    "individual_number_change_ex_officio": one(lambda person: recorded_form("individual_number_change_ex_officio", {person: {}})),
    "individual_number_correction": lambda people: correction_form(people[-1], "individual_number", str(made_up_individual_number(8000 + len(people)))),
    "move_in_notice_received": one(lambda person: notice_form(person, "令和8年4月9日", filed_on="令和8年4月10日")),
}
BEFORE: dict[str, str] = {
    "alias_deletion": "alias_entry", "former_surname_change": "former_surname_entry", "former_surname_deletion": "former_surname_entry",
    "restoration": "ex_officio_removal", "removed_sheet_correction": "ex_officio_removal", "move_in_notice_received": "move_out", "special_permanent_certificate": "residence_status_changed",
    "removed_sheet_error": "ex_officio_removal",
}  # fmt: skip
"""What must have happened to these people first."""
OF_FOREIGNERS = frozenset(
    {
        "naturalisation", "nationality_acquisition", "relationship_30_48", "alias_entry", "alias_deletion", "residence_status_changed", "residence_ended",
        "residence_notification", "special_permanent_certificate",
    }
)  # fmt: skip


def test_どの異動も数えられている():
    """No event of the menu can be forgotten."""
    assert CASES.keys() == {event.code for event in ALL_EVENTS if event.is_offered}


@pytest.mark.parametrize("code", sorted(CASES))
def test_本登録の文の数は世帯の人数によらない(code: str, homes: Homes):
    """Two and six cost the same number of statements."""
    counts = []
    for people in [homes[size, code in OF_FOREIGNERS] for size in SIZES]:
        if first := BEFORE.get(code):
            register(first, CASES[first](people))
        filing = enter(code, CASES[code](people))
        filings.examine(EXAMINER, filing)
        with CaptureQueriesContext(connection) as captured:
            registering.register(EXAMINER, filing)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= MOST, counts
    assert prove().proven


RECORDED_LATER = frozenset({"individual_number_change", "individual_number_change_ex_officio"})
"""本登録 asks 機構; the event is recorded, and can be cancelled, when the number has come (test_individual_number_change.py)."""

SAYS_NO_ENTRY = frozenset({"caution_entry"})
"""It is taken away by another of its kind (test_integrated_column.py); with the event that it is tied to it falls by itself."""


def everybody() -> dict[UUID, tuple[SheetEntries, bool]]:
    """Of each person what the newest sheet says, and whether it is open."""
    rows = SheetCurrent.objects.select_related("person").order_by("history_no")
    return {row.person.public_id: (row.to_entries(), is_open(row.to_entries(), clock.today())) for row in rows}


@pytest.mark.parametrize("code", sorted(CASES.keys() - RECORDED_LATER - SAYS_NO_ENTRY))
def test_どの異動も取り消せて元の記載に戻る(code: str, homes: Homes):
    """N-4.6.0.1-01: of 4.1 to 4.5, each; who came by it is nowhere found (取消し（減）)."""
    people = homes[2, code in OF_FOREIGNERS]
    if first := BEFORE.get(code):
        register(first, CASES[first](people))
    form = CASES[code](people)
    before = everybody()
    register(code, form)
    cancel(CivilEvent.objects.latest("pk"))
    after = everybody()
    assert {person: after[person] for person in before} == before
    assert not any(is_resident for person, (_, is_resident) in after.items() if person not in before)
    assert prove().proven
