"""記載 — who becomes a resident: 転入, 出生, 職権記載, 法30条の46 and 47. 住民基本台帳法5条, 22条, 30条の46, 30条の47; 標準1.1.6, 4.1.1, 4.2.1."""

from __future__ import annotations

from daicho.residents.rules.filing import Member
from tests.law.diary import Items, Person
from tests.law.ruling import CITY, GIVEN, NEW, Ruling, Said, day_of

BY_FILING = frozenset({"domestic_move_in", "move_in_from_abroad"})
FOREIGNERS_FILE = frozenset({"entry_30_46", "entry_30_47"})
ENTRIES = BY_FILING | FOREIGNERS_FILE | {"birth", "register_founding", "ex_officio_entry", "address_setting"}

BLANK: Items = dict.fromkeys((
    "name_kanji", "name_kana", "sex_code", "birth_date", "former_surname", "former_surname_kana", "foreign_alias", "foreign_alias_kana", "registered_domicile",
    "family_register_head_name", "relationship", "household_no", "resident_kind", "became_resident_date", "foreign_resident_since_date", "address",
    "address_building", "address_changed_date", "previous_address", "foreign_name_alphabet", "nationality_code", "article_30_45_class_code",
    "residence_card_no", "residence_period", "residence_status_code", "residence_expiry_date", "special_permanent_cert_issued_date", "residence_notified_date",
    "individual_number", "de_facto_householder_name", "remarks", "juminhyo_code", "opened_on", "closed_on", "removal_reason_code",
    "planned_move_out_date", "planned_move_out_address", "confirmed_move_out_date", "confirmed_move_out_address", "nhi_qualified_flag", "nhi_acquired_date",
    "nhi_lost_date", "nhi_not_applicable_flag",
))  # fmt: skip
"""What the model keeps of a sheet, all 空欄."""

FROM_FORM = (
    "name_kanji", "name_kana", "sex_code", "former_surname", "former_surname_kana", "foreign_alias", "foreign_alias_kana", "registered_domicile",
    "family_register_head_name", "relationship", "resident_kind", "foreign_name_alphabet", "nationality_code", "article_30_45_class_code",
    "residence_card_no", "residence_period", "remarks", "juminhyo_code",
)  # fmt: skip
OF_JAPANESE = ("registered_domicile", "family_register_head_name", "former_surname")
OF_FOREIGNERS = (
    "foreign_name_alphabet", "foreign_alias", "nationality_code", "article_30_45_class_code", "residence_card_no", "residence_period",
    "residence_status_code", "residence_expiry_date",
)  # fmt: skip
OF_IMMIGRATION_LAW = ("special_permanent_cert_issued_date", "residence_notified_date")


def enter(ruling: Ruling) -> None:
    filing, code = ruling.filing, ruling.filing.code
    ruling.refuse("異動者がいない（標準4.0.1）", not filing.members)
    home, address, building = _home(ruling)
    ruling.refuse("転入前が本市（法22条、23条）", filing.text("previous_municipality_code") == "012033")
    for index, member in enumerate(filing.members):
        person = ruling.city.people.get(member.atena_no or "")
        born = ruling.as_written if code == "birth" else day_of(member.values.get("birth_date"))
        must_be_whole(ruling, {**member.values, "birth_date": born}, needs_code=code == "domestic_move_in" and former_code(person) is None)
        ruling.refuse("出生する者が前から記録されている（標準4.0.1）", code == "birth" and person is not None and person.last() is not None)
        ruling.refuse("30条の46・47は中長期在留者等だけ", code in FOREIGNERS_FILE and member.text("article_30_45_class_code") not in {"1", "2", "3", "4"})
        may_return(ruling, member, person)
        items = {**BLANK, **{name: member.values.get(name) for name in FROM_FORM}, "birth_date": born}
        items |= {"household_no": home, "address": address, "address_building": building, "opened_on": ruling.day, "order": index}
        _since(ruling, member, items)
        if code == "birth" and items["resident_kind"] == "2" and items["article_30_45_class_code"] is None:
            items["article_30_45_class_code"] = "5"
        items["juminhyo_code"] = items["juminhyo_code"] or former_code(person) or GIVEN
        items["individual_number"] = former(person, "individual_number")  # the same for life, but for 番号法7条2項
        ruling.said.append(Said(person, items, ruling.told_on, opens=True, index=index))


def _since(ruling: Ruling, member: Member, items: Items) -> None:
    """住民となった日; 住所を定めた日 is the same for who has not moved within the city (標準4.1.1.1; domain 2.1)."""
    filing, day = ruling.filing, ruling.day
    since = day_of(member.values.get("became_resident_date")) or ruling.as_written
    ruling.refuse("住民となった日が処理日より後", since > ruling.today and day <= ruling.today and filing.code != "birth")
    items["foreign_resident_since_date" if items["resident_kind"] == "2" else "became_resident_date"] = since
    items["address_changed_date"] = day_of(filing.values.get("address_fixed_on")) or since
    items["previous_address"] = filing.text("previous_address")
    if items["resident_kind"] == "2" and filing.code != "birth":  # a 転入 is the 住居地届出, too (入管法19条の9)
        items["residence_notified_date"] = filing.filed_on or ruling.today
    if filing.code == "move_in_from_abroad":
        country, below = filing.text("previous_country") or "", filing.text("previous_address") or ""
        items["previous_address"] = country + below


def _home(ruling: Ruling) -> tuple[object, object, object]:
    """The household, its address and 方書: founded by the filing, or one in which somebody lives."""
    filing, city = ruling.filing, ruling.city
    address = CITY + (filing.text("address") or "")
    if filing.text("household_choice") == "new":
        ruling.refuse("住所は空欄にできない（標準1.1.6）", filing.text("address") is None)
        ruling.founds = True
        return NEW, address, filing.text("address_building")
    home = filing.text("household_no")
    there = city.members(home)
    if ruling.refuse("世帯がない、又は住民がいない（標準4.0.2）", not city.exists(home) or not there):
        return home, address, None
    if filing.code == "birth":
        ruling.refuse("出生は世帯の住所による", filing.text("address") is not None)
        of = ruling.now(there[0])
        return home, of["address"], of["address_building"]
    return home, address, filing.text("address_building")


def must_be_whole(ruling: Ruling, said: dict[str, object], *, needs_code: bool = False) -> None:
    """空欄にできない事項 and what only Japanese or only foreigners have (標準1.1.1, 1.1.2, 1.1.6, 1.1.12; domain 11)."""
    foreign = said.get("resident_kind") == "2"
    ruling.refuse("住民種別がない", said.get("resident_kind") is None)
    ruling.refuse("生年月日は空欄にできない（標準1.1.6）", said.get("birth_date") is None)
    ruling.refuse("住民票コードは空欄にできない（標準1.1.6）", needs_code and said.get("juminhyo_code") is None)
    for name in OF_JAPANESE if foreign else OF_FOREIGNERS:
        ruling.refuse("日本人に在留項目、外国人に本籍・旧氏（domain 11）", said.get(name) is not None)
    if not foreign:
        ruling.refuse(
            "戸籍の表示は空欄にできない（標準1.1.6、1.1.12）", said.get("registered_domicile") is None or said.get("family_register_head_name") is None
        )
        return
    kind = said.get("article_30_45_class_code")
    ruling.refuse("30条の45の区分は空欄にできない（標準1.1.6）", kind is None and ruling.filing.code != "birth")
    ruling.refuse("上陸期間・仮滞在期間は空欄にできない（標準1.1.6）", kind in {"3", "4"} and said.get("residence_period") is None)
    ruling.refuse("在留カード等の番号は空欄にできない（標準1.1.6）", kind in {"1", "2"} and said.get("residence_card_no") is None)


def may_return(ruling: Ruling, member: Member, person: Person | None) -> None:
    """再転入者 (標準4.1.1.2): who is a resident does not come; who left comes after they left; numbers name the person."""
    code = member.values.get("juminhyo_code")
    for other in ruling.city.people.values() if code is not None else ():
        last = other.last()
        if last and last[1]["juminhyo_code"] == code and other is not person:
            ruling.refuse("番号が同じ者がいる（標準4.1.1.2）")
    if person is None or (last := person.last()) is None:
        return
    ruling.refuse("いま住民である者の転入（domain 11）", person.now(ruling.today) is not None)
    ruling.refuse("死亡した者は転入しない", last[1]["removal_reason_code"] == "death")
    until = last[1]["closed_on"]
    ruling.refuse("前の消除の日より前の転入", until is not None and ruling.day < until)


def former_code(person: Person | None) -> object:
    """再転入・帰国では同じ番号 (domain 2.1 toy 3), also of a 記載 that was cancelled."""
    return former(person, "juminhyo_code")


def former(person: Person | None, name: str) -> object:
    """What the last sheet says; where each 記載 was cancelled, what the last of them said."""
    if person is None or not person.facts:
        return None
    last = person.last()
    return last[1][name] if last else max((fact for fact in person.facts if fact.opens), key=lambda fact: fact.stay).says[name]
