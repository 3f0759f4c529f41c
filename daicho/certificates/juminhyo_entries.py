"""住民票の記載事項 — the entries that a 住民票の写し bears, in whichever form, and the words of each. 住民基本台帳法第7条, 第30条の45; 標準仕様 5.1–5.4.

The furigana of the name stands in a box of its own because it is a legal entry since 2025-05-26 (法7条1号); where the standard's 5.3 says otherwise
the law goes before it (domain §13). An entry without value says 【空欄】, an omitted one 【省略】: no box is left white.

世帯主 and 続柄 are two choices here, one of the law's (法7条4号) and the standard's (N-5.1-04): on a household's sheet the head's name stands
once for all and 続柄 with each of them, and whoever wants the one need not tell the other.
"""

from __future__ import annotations

from collections.abc import Iterable

from daicho.certificates.city_texts import CityTexts, Wording
from daicho.certificates.definitions import BOTH, FOREIGN, JAPANESE, Item, OmissibleItem
from daicho.certificates.record import CertificateRecord, ResidentKind
from daicho.certificates.request import EVERYONE, OWN, Omissible
from daicho.values.dates import JapaneseDate, seireki, wareki
from daicho.values.names import Furigana

_O = Omissible

ITEMS = (
    Item("furigana", "氏名の振り仮名", "法7条1号", kinds=JAPANESE),
    Item("name", "氏名", "法7条1号"),
    Item("sex", "性別", "法7条3号"),
    Item("birth_date", "生年月日", "法7条2号"),
    Item("former_surname", "旧氏", "令30条の13", kinds=JAPANESE),
    Item("alias", "通称", "令30条の16", kinds=FOREIGN),
    Item("head_name", "世帯主", "法7条4号", _O.HEAD_NAME),
    Item("relationship", "続柄", "法7条4号", _O.RELATIONSHIP),
    Item("address", "住所", "法7条7号"),
    Item("became_resident_on", "住民となった年月日", "法7条6号", kinds=JAPANESE),
    Item("became_foreign_resident_on", "外国人住民となった年月日", "法30条の45", kinds=FOREIGN),
    Item("address_fixed_on", "住所を定めた年月日", "法7条7号"),
    Item("filed_on", "届出の年月日", "法7条8号"),
    Item("juminhyo_code", "住民票コード", "法7条13号", _O.JUMINHYO_CODE),
    Item("individual_number", "個人番号", "法7条8号の2", _O.INDIVIDUAL_NUMBER),
    Item("previous_address", "転入前住所", "法7条8号"),
    Item("registered_domicile", "本籍", "法7条5号", _O.REGISTERED_DOMICILE, JAPANESE),
    Item("family_register_head_name", "筆頭者の氏名", "法7条5号", _O.REGISTERED_DOMICILE, JAPANESE),
    Item("nationality", "国籍・地域", "法30条の45", _O.NATIONALITY, FOREIGN),
    Item("residence_class", "法第30条の45に規定する区分", "法30条の45", _O.RESIDENCE_CLASS, FOREIGN),
    Item("residence_status", "在留資格", "法30条の45", _O.RESIDENCE_STATUS, FOREIGN),
    Item("residence_period", "在留期間等", "法30条の45", _O.RESIDENCE_PERIOD, FOREIGN),
    Item("residence_expiry", "在留期間の満了の日", "法30条の45", _O.RESIDENCE_EXPIRY, FOREIGN),
    Item("card_no", "在留カード等の番号", "法30条の45", _O.CARD_NO, FOREIGN),
)

_DEFAULT_LAW = "法12条5項"
OMISSIBLE = (
    OmissibleItem(_O.HEAD_NAME, "世帯主", _DEFAULT_LAW, EVERYONE),
    OmissibleItem(_O.RELATIONSHIP, "続柄", _DEFAULT_LAW, EVERYONE),
    OmissibleItem(_O.REGISTERED_DOMICILE, "本籍・筆頭者", _DEFAULT_LAW, EVERYONE, JAPANESE),
    OmissibleItem(_O.JUMINHYO_CODE, "住民票コード", _DEFAULT_LAW, OWN),
    OmissibleItem(_O.INDIVIDUAL_NUMBER, "個人番号", _DEFAULT_LAW, OWN),
    OmissibleItem(_O.NATIONALITY, "国籍・地域", _DEFAULT_LAW, EVERYONE, FOREIGN),
    OmissibleItem(_O.RESIDENCE_CLASS, "法第30条の45に規定する区分", _DEFAULT_LAW, EVERYONE, FOREIGN),
    OmissibleItem(_O.RESIDENCE_STATUS, "在留資格", _DEFAULT_LAW, EVERYONE, FOREIGN),
    OmissibleItem(_O.RESIDENCE_PERIOD, "在留期間等", _DEFAULT_LAW, EVERYONE, FOREIGN),
    OmissibleItem(_O.RESIDENCE_EXPIRY, "在留期間の満了の日", _DEFAULT_LAW, EVERYONE, FOREIGN),
    OmissibleItem(_O.CARD_NO, "在留カード等の番号", _DEFAULT_LAW, EVERYONE, FOREIGN),
    OmissibleItem(_O.ALIAS_HISTORY, "通称の記載及び削除に関する事項", "令30条の16", EVERYONE, FOREIGN),
    OmissibleItem(_O.INDIVIDUAL_ENTRIES, "個別記載事項", _DEFAULT_LAW, EVERYONE, BOTH),
)
HISTORY = (
    OmissibleItem(_O.HISTORY, "異動履歴", "標準仕様5.1", EVERYONE, BOTH),
    OmissibleItem(_O.SPECIAL_HISTORY, "特別な事由の履歴", "標準仕様1.1.4", EVERYONE, BOTH),
)
"""履歴: the personal sheet's alone; a household's says what is so today (domain §4.2)."""


def printed(items: Iterable[Item], record: CertificateRecord, shown: frozenset[Omissible], texts: CityTexts) -> dict[str, str]:
    """The text of each item's box, for one person: 【省略】 where it is omitted, 【空欄】 where there is none."""
    said = _common(record) | _of_a_japanese(record, texts.wording) | _of_a_foreigner(record, texts)
    return {
        item.key: texts.wording.omitted if item.omissible and item.omissible not in shown else said[item.key] or texts.wording.blank
        for item in items
        if item.key in said
    }


def _common(record: CertificateRecord) -> dict[str, str]:
    """The printed text of each item; '' = 空欄. All dates in 和暦 (std 1.1.9); a foreigner's birth is written over this."""
    return {
        "name": record.name.legal,
        "sex": record.sex.ja if record.sex else "",
        "birth_date": _wareki(record.birth_date),
        "head_name": record.head_name,
        "relationship": record.relationship or "",
        "address": record.address.one_line(),
        "became_resident_on": _wareki(record.became_resident_on),
        "became_foreign_resident_on": _wareki(record.became_resident_on),
        "address_fixed_on": _wareki(record.address_fixed_on) if record.moved_within_city else "",
        "filed_on": wareki(record.filed_on) if record.filed_on else "",
        "juminhyo_code": record.juminhyo_code or "",
        "individual_number": record.individual_number or "",
        "previous_address": record.previous_address.one_line(),
    }


def _of_a_japanese(record: CertificateRecord, wording: Wording) -> dict[str, str]:
    """振り仮名: only what is 公証; 旧氏 with its own in brackets behind it (N-5.3-02). No search kana is ever printed."""
    if record.kind is not ResidentKind.JAPANESE:
        return {}
    former = record.name.former_surname
    return {
        "furigana": (record.name.furigana or Furigana()).printed(wording.unnotarised),
        "former_surname": _with_kana(former.text, former.kana) if former else "",
        "registered_domicile": record.registered_domicile,
        "family_register_head_name": record.family_register_head_name,
    }


def _of_a_foreigner(record: CertificateRecord, texts: CityTexts) -> dict[str, str]:
    """Birth and the last day of stay in the Western calendar, and those alone (N-1.1.9-03, -04, -06, -07)."""
    foreign = record.foreign
    if record.kind is not ResidentKind.FOREIGN or foreign is None:
        return {}
    alias = record.name.alias
    return {
        "name": _with_kana(record.name.legal, record.name.katakana if texts.foreign_kana else ""),
        "alias": _with_kana(alias.text, alias.kana if texts.foreign_kana else "") if alias else "",
        "birth_date": record.birth_date.seireki() if record.birth_date else "",
        "nationality": foreign.nationality,
        "residence_class": foreign.residence_class,
        "residence_status": foreign.residence_status,
        "residence_period": foreign.period,
        "residence_expiry": seireki(foreign.expires_on) if foreign.expires_on else "",
        "card_no": foreign.card_no or "",
    }


def _with_kana(text: str, kana: str) -> str:
    """住基　（ジュウキ）: kana in brackets behind the text, katakana only (N-5.3-02, -05, -06)."""
    return f"{text}　（{kana}）" if text and kana else text


def _wareki(value: JapaneseDate | None) -> str:
    return value.wareki() if value else ""
