"""転入 — moving in from another city. 住民基本台帳法第22条; std 4.1.1.1, 4.1.1.2.

One person or a whole family, into a new household or an existing one, Japanese and foreign residents. Someone who
comes back keeps 宛名番号 and gets a new sheet, with 住民票コード and 個人番号 as they were unless others are typed (N-4.1.1.2-06, -07).
"""

from __future__ import annotations

from daicho.residents.rules.alias import check_alias
from daicho.residents.rules.blanks import check_blanks
from daicho.residents.rules.changes import NEW_HOUSEHOLD, Changes, Opening
from daicho.residents.rules.check import check_days, check_filer
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, Filer, NoticeKind, Notify, Scope
from daicho.residents.rules.destination import check_destination, next_order, order_in_new_household
from daicho.residents.rules.entries import ENTRIES, SheetEntries
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, FILED_ON, FILER, FILER_NAME, NEW_ADDRESS
from daicho.residents.rules.fold import lives
from daicho.residents.rules.person_fields import PERSON_FIELDS, person_entries
from daicho.residents.rules.problems import Problem, alert, error
from daicho.residents.rules.returning import LEGAL_NAMES
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import EXISTING, FOREIGN, HOUSEHOLD_CHOICES, MOVED_IN, NEW

FIELDS = (
    EFFECTIVE_ON,
    FILED_ON,
    FILER,
    FILER_NAME,
    *NEW_ADDRESS,
    Field("household_choice", "世帯", FieldKind.CHOICE, required=True, choices=HOUSEHOLD_CHOICES, group="世帯", default=NEW),
    Field("household_no", "入る世帯の世帯番号", FieldKind.HOUSEHOLD, hint="「すでにある世帯に入る」のときだけ", group="世帯"),
    Field(
        "previous_municipality_code",
        "転入前の市区町村",
        FieldKind.MUNICIPALITY,
        hint="名前か6桁のコード。例　札幌市中央区",
        group="転入前の住所",
    ),
    Field("previous_address", "転入前の住所", FieldKind.TEXT, hint="都道府県から。転出証明書のとおり。わからないときは「不明」", group="転入前の住所"),
    Field("previous_address_building", "転入前の方書", FieldKind.TEXT, group="転入前の住所"),
)


def _household_no(filing: Filing) -> str:
    if filing.text("household_choice") == EXISTING:
        return filing.text("household_no") or NEW_HOUSEHOLD
    return NEW_HOUSEHOLD


def _sheet(situation: Situation, filing: Filing, member: Member, order: int) -> SheetEntries:
    """The whole sheet that a newcomer gets."""
    assert filing.effective_on is not None and filing.filed_on is not None
    became = member.day("became_resident_date") or filing.effective_on
    resident_kind = member.text("resident_kind")
    is_foreign = resident_kind == FOREIGN
    known = situation.person(member.atena_no).entries if member.atena_no else SheetEntries()
    return SheetEntries(
        **person_entries(member),
        juminhyo_code=member.number("juminhyo_code") or known.juminhyo_code,
        individual_number=member.number("individual_number") or known.individual_number,
        user_certificate_serial=member.number("user_certificate_serial"),
        household_no=_household_no(filing),
        order_in_household=order,
        became_resident_date=None if is_foreign else became,
        became_resident_notified_date=None if is_foreign else filing.filed_on,
        became_resident_reason_code=None if is_foreign else MOVED_IN,
        foreign_resident_since_date=became if is_foreign else None,
        foreign_resident_notified_date=filing.filed_on if is_foreign else None,
        foreign_resident_reason_code=MOVED_IN if is_foreign else None,
        residence_notified_date=filing.filed_on if is_foreign else None,
        juminhyo_created_date=situation.today,
        address=f"{situation.city_prefix}{filing.text('address')}",
        address_building=filing.text("address_building"),
        address_postal_code=filing.text("address_postal_code"),
        address_changed_date=became,  # never empty, also without a move inside the city (N-4.1.1.1-03)
        address_notified_date=filing.filed_on,
        address_reason_code=MOVED_IN,
        moved_within_city=False,
        previous_address=filing.text("previous_address"),
        previous_address_building=filing.text("previous_address_building"),
        previous_municipality_code=filing.text("previous_municipality_code"),
        opened_on=min(filing.effective_on.last, situation.today),
    )


def _sheets(situation: Situation, filing: Filing) -> list[SheetEntries]:
    household_no = _household_no(filing)
    if household_no == NEW_HOUSEHOLD:
        orders = order_in_new_household([(m.atena_no, SheetEntries.of(person_entries(m))) for m in filing.members])
    else:
        first = next_order(situation.members_of(household_no))
        orders = [first + i for i in range(len(filing.members))]
    return [_sheet(situation, filing, member, order) for member, order in zip(filing.members, orders, strict=True)]


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = [*check_days(MOVE_IN, situation, filing), *check_filer(filing)]
    if not filing.members:
        found.append(error("M001", "members", "転入する人が入力されていません。1人以上入力してください。"))
    found += _check_returning(situation, filing)
    found += _check_previous(situation, filing)
    found += _check_became(situation, filing)
    if filing.effective_on is None or filing.filed_on is None:
        return tuple(found)
    sheets = _sheets(situation, filing)
    for index, sheet in enumerate(sheets):
        found += check_blanks(sheet, index)
        found += check_alias(sheet, situation.today, index)
        if sheet.individual_number is None:
            found.append(
                alert("N101", "individual_number", "個人番号がありません。転出証明書を確かめてください。付番待ちの間、番号入りの写しは交付できません。", index)
            )
    found += check_destination(situation, filing, _household_no(filing), list(enumerate(sheets)))
    return tuple(found)


def _check_previous(situation: Situation, filing: Filing) -> list[Problem]:
    """転入前住所 may be 空欄 (N-1.1.6-19): it does not hold up a 届出, but without a municipality nobody can be told (法9条1項)."""
    if filing.text("previous_municipality_code") == situation.municipality_code:
        return [error("M002", "previous_municipality_code", "転入前の市区町村が本市です。市内の引越しは転居で届け出てもらってください（法第23条）。")]
    found: list[Problem] = []
    if not _has_addressee(situation, filing):
        message = "転入前の市区町村が空欄です。転出証明書を確かめてください。空欄のまま進めると、送り先がないため転入通知は送られません（法第9条第1項）。"
        found.append(alert("M101", "previous_municipality_code", message))
    if filing.text("previous_address") is None:
        message = "転入前の住所が空欄です。転出証明書を確かめてください。わからないときは「不明」と入力してください。"
        found.append(alert("M102", "previous_address", message))
    return found


def _has_addressee(_situation: Situation, filing: Filing) -> bool:
    """Whether 転入通知 has a city to go to."""
    return filing.text("previous_municipality_code") is not None


def _check_became(situation: Situation, filing: Filing) -> list[Problem]:
    """住民となった年月日 is 異動日 (domain §2.1). Another is for what the papers say otherwise, and is never still to come; 住所を定めた年月日 follows it."""
    found: list[Problem] = []
    for index, member in enumerate(filing.members):
        became = member.day("became_resident_date")
        ja = "外国人住民となった年月日" if member.text("resident_kind") == FOREIGN else "住民となった年月日"
        if became is None:
            continue
        if became.surely_after(situation.today):
            found.append(error("M003", "became_resident_date", f"{ja}が処理日（本日）より後です。本日までの日を入力してください。", index))
        elif filing.effective_on is not None and not became.same_bounds(filing.effective_on):
            found.append(alert("M103", "became_resident_date", _BECAME.format(ja), index))
    return found


_BECAME = (
    "{0}が異動日と違います。転出証明書と届書を確かめてください。同じ日でよいときは空欄にしてください。違う日のまま進めると、"
    "住所を定めた年月日もその日になります。"
)

# Both can change lawfully while someone lives elsewhere (法30条の4; 番号法7条2項): the city they come from knows, this one does not.
_CHANGED = (
    "入力した{0}が、本市の除票の番号と違います。転出証明書と本人を確かめ、ほかの市区町村で変わったときは、確かめたことを理由に入力して進めてください。"
    "新しい住民票には入力した番号を記載し、除票はそのまま残ります。"
)


def _check_returning(situation: Situation, filing: Filing) -> list[Problem]:
    """再転入者: an agreeing number stops a new entry, three agreeing facts warn (N-4.1.1.2-01…-04)."""
    found: list[Problem] = []
    for candidate in situation.candidates:
        member = filing.members[candidate.member]
        if member.atena_no == candidate.atena_no:
            continue
        if candidate.is_open and candidate.by_number:
            found.append(error("N001", candidate.by[0], "同じ番号の者が本市の住民として登録されています。番号を確認してください。", candidate.member))
        elif candidate.by_number:
            found.append(error("N002", candidate.by[0], "同じ番号の除票があります。再転入者として選んでください。新規には登録できません。", candidate.member))
        elif not candidate.is_open:
            named = next((name for name in LEGAL_NAMES if member.text(name)), "name_kanji")
            found.append(alert("N102", named, "氏名・性別・生年月日が同じ除票があります。再転入者でないか確かめてください。", candidate.member))
    for index, chosen in enumerate(filing.members):
        if chosen.atena_no is None:
            continue
        person = situation.person(chosen.atena_no)
        if person.is_open:
            found.append(
                error(
                    "N003",
                    "person",
                    "この者は現に本市の住民なので、転入にできません。この届書から外し、市内の引越しなら転居で届け出てもらってください。",
                    index,
                )
            )
        for name in ("juminhyo_code", "individual_number"):
            typed, kept = chosen.number(name), getattr(person.entries, name)
            if typed is not None and kept is not None and typed != kept:
                found.append(alert("N103", name, _CHANGED.format(ENTRIES[name].ja), index))
        left = [life.closed_on for life in lives(person.versions) if life.closed_on]
        if filing.effective_on and left and filing.effective_on.last < max(left):
            found.append(error("N005", "effective_on", "異動日が、前回の消除の日より前です。異動日を確認してください。", index))
    return found


def _apply(situation: Situation, filing: Filing) -> Changes:
    sheets = _sheets(situation, filing)
    return Changes(openings=tuple(Opening(i, m.atena_no, s) for i, (m, s) in enumerate(zip(filing.members, sheets, strict=True))))


MOVE_IN = EventDefinition(
    code=MOVED_IN,
    standard_code="国内転入",
    ja="転入",
    article="住民基本台帳法第22条",
    basis=Basis.FILING,
    days_to_file=14,
    filed_by=frozenset({Filer.SELF, Filer.HEAD, Filer.AGENT}),
    fields=FIELDS,
    member_fields=PERSON_FIELDS,
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
)
