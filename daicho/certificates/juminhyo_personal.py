"""住民票の写し（個人票） — the copy of one person's 住民票. 住民基本台帳法第12条; 標準仕様 5.1–5.8, 20.1; domain §4.

The furigana of the name stands in a box of its own because it is a legal entry since 2025-05-26 (法7条1号); where the standard's 5.3 says otherwise
the law goes before it (domain §13). An entry without value says 【空欄】, an omitted one 【省略】: no box is left white.
"""

from __future__ import annotations

from datetime import date

from daicho.certificates.city_texts import CityTexts, IssueNumber, Wording
from daicho.certificates.definitions import BOTH, FOREIGN, JAPANESE, CertificateDefinition, Item, NotIssuable, Objection, OmissibleItem
from daicho.certificates.document import Document
from daicho.certificates.integrated_column import paragraphs
from daicho.certificates.issue_rules import objections
from daicho.certificates.layout import flow_below, rows_of
from daicho.certificates.record import CertificateRecord, ResidentKind
from daicho.certificates.request import EVERYONE, OWN, CertificateRequest, Omissible
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
    Item("head_name", "世帯主", "法7条4号", _O.HEAD_AND_RELATIONSHIP),
    Item("relationship", "続柄", "法7条4号", _O.HEAD_AND_RELATIONSHIP),
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
    OmissibleItem(_O.HEAD_AND_RELATIONSHIP, "世帯主・続柄", _DEFAULT_LAW, EVERYONE),
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
    OmissibleItem(_O.HISTORY, "異動履歴", "標準仕様5.1", EVERYONE, BOTH),
    OmissibleItem(_O.SPECIAL_HISTORY, "特別な事由の履歴", "標準仕様1.1.4", EVERYONE, BOTH),
)

# The grid, row by row from the top: height in mm, then the keys of the boxes from left to right.
JAPANESE_GRID = (
    (8.0, ("furigana", "sex")),
    (15.0, ("name", "birth_date")),
    (9.0, ("former_surname",)),
    (10.0, ("head_name", "relationship")),
    (14.0, ("address",)),
    (10.0, ("became_resident_on", "address_fixed_on")),
    (10.0, ("filed_on", "juminhyo_code")),
    (12.0, ("previous_address",)),
    (10.0, ("registered_domicile",)),
    (10.0, ("family_register_head_name", "individual_number")),
)
FOREIGN_GRID = (
    (16.0, ("name", "sex")),
    (11.0, ("alias", "birth_date")),
    (10.0, ("head_name", "relationship")),
    (14.0, ("address",)),
    (10.0, ("became_foreign_resident_on", "address_fixed_on")),
    (10.0, ("filed_on", "juminhyo_code")),
    (10.0, ("nationality", "individual_number")),
    (10.0, ("residence_class", "residence_status")),
    (10.0, ("residence_period", "residence_expiry")),
    (10.0, ("card_no",)),
    (12.0, ("previous_address",)),
)


def _check(definition: CertificateDefinition, record: CertificateRecord, request: CertificateRequest, texts: CityTexts) -> tuple[Objection, ...]:
    return objections(definition, record, request, texts)


def _compose(definition: CertificateDefinition, record: CertificateRecord, request: CertificateRequest, texts: CityTexts, number: IssueNumber) -> Document:
    found = _check(definition, record, request, texts)
    if found:
        raise NotIssuable(found)
    grid = JAPANESE_GRID if record.kind is ResidentKind.JAPANESE else FOREIGN_GRID
    said = _common(record) | _of_a_japanese(record, texts.wording) | _of_a_foreigner(record, texts)
    printed = {
        item.key: texts.wording.omitted if item.omissible and item.omissible not in request.shown else said[item.key] or texts.wording.blank
        for item in definition.items_for(record.kind)
    }
    labels = {item.key: item.ja for item in definition.items_for(record.kind)}
    outside = _outside_the_grid(definition, request, texts)
    return Document(
        code=definition.code,
        definition_digest=definition.digest,
        template=definition.template,
        dated=request.issued_on,
        rows=rows_of(grid, labels, printed),
        flow=flow_below(grid, paragraphs(record, request, texts.wording.blank), texts.wording.below_is_blank),
        page_mark=number.page_mark,
        plain=tuple((_OUTSIDE_JA[key], text) for key, text in outside.items() if text),
        furniture={**outside, "seal": texts.certifier.seal_svg, "seal_mm": texts.certifier.seal_mm, "ground": texts.ground_svg},
    )


_OUTSIDE_JA = {
    "title": "標題",
    "document_title": "文書名",
    "municipality": "市区町村名",
    "official": "公用表示",
    "certification": "認証文",
    "issued_on": "交付年月日",
    "certifier_title": "認証者の職名",
    "certifier_name": "認証者の氏名",
    "note": "固定文言",
}


def _outside_the_grid(definition: CertificateDefinition, request: CertificateRequest, texts: CityTexts) -> dict[str, str]:
    return {
        "title": "住民票",
        "document_title": definition.ja,
        "municipality": f"{texts.prefecture_name}{texts.municipality_name}",
        "official": texts.wording.official_use if request.for_official_use else "",
        "certification": texts.certifications[definition.code],
        "issued_on": wareki(request.issued_on),
        "certifier_title": texts.certifier.title,
        "certifier_name": texts.certifier.name,
        "note": texts.wording.fixed_note,
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


JUMINHYO_PERSONAL = CertificateDefinition(
    code="juminhyo_personal",
    ja="住民票の写し（個人票）",
    article="住民基本台帳法第12条",
    template="juminhyo_personal.typ",
    fee_key="fee_juminhyo_yen",
    in_force=(date(2025, 5, 26), None),
    items=ITEMS,
    omissible=OMISSIBLE,
    may_be_asked_by=EVERYONE,
    check_rule=_check,
    compose_rule=_compose,
)
