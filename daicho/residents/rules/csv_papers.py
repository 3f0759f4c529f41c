"""CSVで来る書類 — which headings each paper has, and to what fields of a form its entries go. 標準仕様10.8 (N-10.8-01…-04).

Headings are those of the paper: of a 転出証明書 as `certificates/move_out_entries.py` prints them (令23条2項), of a 住民異動届 as the form itself and
`forms_of_filings.py` call its fields, of a 個人番号カード its 券面事項. A heading of a paper that no form asks for is known, and not taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from daicho.residents.rules.csv_reading import UnreadableFile, heading_key
from daicho.residents.rules.definitions import EventDefinition, Field
from daicho.residents.rules.vocabulary import FOREIGN, JAPANESE, MOVED_IN
from daicho.values.address import Address
from daicho.values.municipalities import municipality_of

MOVE_OUT_CERTIFICATE, FILING_FORM, CARD, REQUEST = "move_out_certificate", "filing_form", "card", "request"
NAME, BIRTH, SEX = "氏名", "生年月日", "性別"
NOW = "いまの"
"""Before what the register says of somebody, where the form asks for what it shall say."""
KIND_OF_FILING = "届出の種類"
REQUEST_COLUMNS = ("証明書の種類", "世帯全員", "記載する事項", "使用目的", "渡し方", "通数")
_KANA = re.compile(r"(.*?)[ 　]*[（(]([ァ-ヿ 　]+)[）)]")
_BOTH_NAMES = re.compile(r"([\x20-\x7eＡ-Ｚａ-ｚ，．]+?)[ 　]+([^\x20-\x7eＡ-Ｚａ-ｚ，．].*)")
_OF_FOREIGNERS = ("通称", "国籍・地域", "法第30条の45に規定する区分", "在留資格", "在留期間等", "在留期間の満了の日", "在留カード等の番号")


@dataclass(frozen=True)
class Whose:
    """What bears on how a cell is read: whether it is a foreign resident's, and the 都道府県市区町村 of ours."""

    is_foreign: bool
    city: str


Reads = Callable[[str, Whose], Mapping[str, str]]
"""A cell's text → texts by the names of the form's fields. ValueError with a sentence for the clerk."""


@dataclass(frozen=True)
class Paper:
    """`reads`: by the key of each heading; None where no form has a field. `marks`: of these it has one at least, and other papers seldom."""

    code: str
    ja: str
    reads: Mapping[str, Reads | None]
    marks: frozenset[str]


def papers_of(definition: EventDefinition) -> tuple[Paper, ...]:
    """The papers that fill the form of this event, by CSV."""
    if definition.of_event:
        return ()
    found = [_filing_form(definition)]
    if definition.code == MOVED_IN:
        found.insert(0, _move_out_certificate())
    if definition.newcomers and "individual_number" in definition.all_member_fields():
        found.append(_card(definition))
    return tuple(found)


REQUEST_PAPER = Paper(REQUEST, "交付申請書", {heading_key(each): None for each in REQUEST_COLUMNS}, frozenset(map(heading_key, REQUEST_COLUMNS)))


def must_be(paper: Paper, headings: Iterable[str], others: Iterable[Paper]) -> None:
    """UnreadableFile for a file of another paper, which is named, or of none that is known. `headings`: their keys."""
    keys = set(headings)
    must_not_be_of(paper, keys, others)
    if not paper.marks & keys:
        some = "、".join(f"「{each}」" for each in sorted(paper.marks)[:4])
        raise UnreadableFile(f"「{paper.ja}」のCSVではありません。1行目に{some}などの項目名のあるCSVを選んでください。")


def must_not_be_of(paper: Paper, keys: Set[str], others: Iterable[Paper]) -> None:
    """UnreadableFile where the headings are rather those of another paper."""
    rivals = [each for each in others if each.code != paper.code and each.marks & keys]
    rival = max(rivals, key=lambda each: len(keys & each.reads.keys()), default=None)
    if rival is not None and (not paper.marks & keys or len(keys & rival.reads.keys()) > len(keys & paper.reads.keys())):
        raise UnreadableFile(f"選んだ書式は「{paper.ja}」ですが、これは「{rival.ja}」のCSVです。書式かファイルを選び直してください。")


def every_paper() -> tuple[Paper, ...]:
    """Those whose headings are the same for whatever form, to name a file that was taken for another."""
    return (_move_out_certificate(), Paper(CARD, _CARD_JA, dict.fromkeys(_CARD_KEYS), _CARD_MARKS), REQUEST_PAPER)


def is_foreign(cells: Mapping[str, str]) -> bool:
    """By what a foreign resident alone has, or a name in Latin letters alone."""
    name = unicodedata.normalize("NFKC", cells.get(NAME, ""))
    return any(cells.get(heading_key(each)) for each in _OF_FOREIGNERS) or (bool(name) and name.isascii())


def _to(name: str) -> Reads:
    return lambda text, _: {name: text}


def _name(text: str, whose: Whose) -> dict[str, str]:
    """氏名 as printed: a foreign resident's in Latin letters and 漢字 side by side, with カタカナ in brackets (N-5.3-03, -05)."""
    if not whose.is_foreign:
        return {"resident_kind": JAPANESE, "name_kanji": text}
    legal, kana = _KANA.fullmatch(text).groups() if _KANA.fullmatch(text) else (text, "")  # type: ignore[union-attr]
    both = _BOTH_NAMES.fullmatch(legal)
    found = {"resident_kind": FOREIGN, "foreign_name_katakana": kana}
    if both:
        return found | {"foreign_name_alphabet": both[1], "foreign_name_kanji": both[2]}
    return found | {"foreign_name_alphabet" if unicodedata.normalize("NFKC", legal).isascii() else "foreign_name_kanji": legal}


def _with_kana(name: str, kana: str) -> Reads:
    """旧氏 and 通称, with their kana in brackets behind (N-5.3-02)."""

    def read(text: str, _: Whose) -> dict[str, str]:
        found = _KANA.fullmatch(text)
        return {name: found[1], kana: found[2]} if found else {name: text}

    return read


def _furigana(text: str, _: Whose) -> dict[str, str]:
    """What was not 公証 is printed as asterisks: nothing was told."""
    return {} if not text.strip("*＊ 　") else {"name_kana": text}


def _former_address(text: str, _: Whose) -> dict[str, str]:
    address = Address.parse(text)
    return {
        "previous_municipality_code": municipality_of(text) or "",
        "previous_address": address.without_building(),
        "previous_address_building": address.building,
    }


def _planned_address(text: str, whose: Whose) -> dict[str, str]:
    """転出先, as the form asks for it: from the 町 on."""
    address = Address.parse(text)
    if not address.city or not whose.city.endswith(address.prefecture + address.city):
        raise ValueError("本市の住所ではありません。新しい住所は、届書のとおり入力してください。")
    return {"address": address.town + address.lot, "address_building": address.building}


_TO_BE_READ_AS_ON_PAPER: Mapping[str, Reads] = {
    NAME: _name,
    BIRTH: _to("birth_date"),
    SEX: _to("sex_code"),
    "旧氏": _with_kana("former_surname", "former_surname_kana"),
    "通称": _with_kana("foreign_alias", "foreign_alias_kana"),
    "個人番号": _to("individual_number"),
}


def _move_out_certificate() -> Paper:
    reads: dict[str, Reads | None] = {
        **_TO_BE_READ_AS_ON_PAPER,
        "住所": _former_address,
        "転出先（予定）": _planned_address,
        "転出先": _planned_address,
        "氏名の振り仮名": _furigana,
        "続柄": _to("relationship"),
        "本籍": _to("registered_domicile"),
        "筆頭者の氏名": _to("family_register_head_name"),
        "国籍・地域": _to("nationality_code"),
        "法第30条の45に規定する区分": _to("article_30_45_class_code"),
        "在留資格": _to("residence_status_code"),
        "在留期間等": _to("residence_period"),
        "在留期間の満了の日": _to("residence_expiry_date"),
        "在留カード等の番号": _to("residence_card_no"),
        "住民票コード": _to("juminhyo_code"),
        **dict.fromkeys((*_LEAVING, "世帯主", "備考", "転入の届出", *_QUALIFICATIONS)),
    }
    marks = (*_LEAVING, "転出先（予定）", "転出先", "世帯主", "住民票コード")
    return Paper(MOVE_OUT_CERTIFICATE, "転出証明書", _keyed(reads), frozenset(map(heading_key, marks)))


_LEAVING = ("転出予定年月日", "転出年月日", "転出の届出の年月日")
_QUALIFICATIONS = ("国民健康保険", "後期高齢者医療", "介護保険", "国民年金", "基礎年金番号", "児童手当")

_CARD_JA = "個人番号カードの券面事項"
_CARD_KEYS = tuple(map(heading_key, ("住所", *_TO_BE_READ_AS_ON_PAPER)))
_CARD_MARKS = frozenset({"個人番号"})


def _card(definition: EventDefinition) -> Paper:
    """住所 is where its holder lived: 転入前の住所, on a form that asks in which municipality that was."""
    former = _former_address if "previous_municipality_code" in definition.all_fields() else None
    return Paper(CARD, _CARD_JA, _keyed({**_TO_BE_READ_AS_ON_PAPER, "住所": former}), _CARD_MARKS)


_AS_CITIES_WRITE = {
    "effective_on": ("異動日", "異動年月日"),
    "filed_on": ("届出日", "届出年月日", "届出の年月日", "申出日", "請求日"),
    "filer_name": ("届出人氏名",),
    "address": ("新住所",),
    "previous_address": ("旧住所", "前住所"),
    "name_kana": ("氏名の振り仮名", "フリガナ", "ふりがな"),
    "family_register_head_name": ("筆頭者の氏名", "筆頭者氏名"),
    "article_30_45_class_code": ("法第30条の45に規定する区分",),
    "residence_expiry_date": ("在留期間の満了の日",),
}
"""Headings of a 住民異動届 beside the labels of our own form."""
_BESIDE_THE_FIELDS = ("届出番号", "受付番号", "本人確認", "入力者", "照合者", "署名", "電話番号", "いまの住所", "いまの世帯主", "いまの続柄")
_WHO = (NAME, BIRTH, SEX, NOW + NAME, NOW + BIRTH)


def _filing_form(definition: EventDefinition) -> Paper:
    """Every field by its label. Who of the register a row is about stands under 氏名 and 生年月日, or いまの氏名, where those shall be changed."""
    reads: dict[str, Reads | None] = dict.fromkeys((*_BESIDE_THE_FIELDS, KIND_OF_FILING))
    if not definition.newcomers:
        reads |= dict.fromkeys(_WHO)
    every = (*definition.member_fields, *definition.fields)
    bare = Counter(map(_without_brackets, every))
    for written in (_as_cities_write, lambda field: [each for each in [_without_brackets(field)] if bare[each] == 1], lambda field: [field.label]):
        reads |= {heading: _to(field.name) for field in every for heading in written(field)}  # a label goes before what is only written so
    own = {field.name for field in definition.fields}
    marks = (heading for field in every if field.name in own for heading in (*_as_cities_write(field), _without_brackets(field), field.label))
    return Paper(FILING_FORM, "住民異動届", _keyed(reads), frozenset(map(heading_key, (KIND_OF_FILING, *marks))))


def _as_cities_write(field: Field) -> Sequence[str]:
    return _AS_CITIES_WRITE.get(field.name, ())


def _without_brackets(field: Field) -> str:
    return re.sub("（.*）$", "", field.label)


def _keyed(reads: Mapping[str, Reads | None]) -> dict[str, Reads | None]:
    return {heading_key(heading): read for heading, read in reads.items()}
