"""二重登録の候補 — by which rules two 宛名番号 may be one person's, what agrees between them and what differs. 住民基本台帳法第8条; std 1.1.13; decision 0038."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from daicho.residents.rules.entries import SheetEntries, to_json
from daicho.residents.rules.terms import TermKind, term_key, terms_of

TWO, SAME, GONE = "two", "same", "gone"
DECISIONS = ((TWO, "別人"), (SAME, "同じ人（統合）"), (GONE, "一致しなくなった"))


class Ground(StrEnum):
    """A rule. Each is enough for an officer to look; none unites anybody by itself."""

    INDIVIDUAL_NUMBER = "individual_number"
    JUMINHYO_CODE = "juminhyo_code"
    RESIDENCE_CARD_NO = "residence_card_no"
    FOUR_FACTS = "four_facts"
    THREE_FACTS = "three_facts"
    NAME_AND_BIRTH = "name_and_birth"
    OFFICER = "officer"


GROUNDS_JA = {
    Ground.INDIVIDUAL_NUMBER: "同じ個人番号",
    Ground.JUMINHYO_CODE: "同じ住民票コード",
    Ground.RESIDENCE_CARD_NO: "同じ在留カード等の番号",
    Ground.FOUR_FACTS: "4情報（氏名・生年月日・性別・住所）が一致",
    Ground.THREE_FACTS: "3情報（氏名・生年月日・性別）が一致",
    Ground.NAME_AND_BIRTH: "生年月日と、読み・旧氏・通称・過去の氏名のどれかが一致",
    Ground.OFFICER: "職員の指定",
}
NUMBERS = ("individual_number", "juminhyo_code", "residence_card_no")


class Agreement(StrEnum):
    """How two records stand to one another in one fact."""

    AGREES = "一致"
    ALIKE = "似ている"
    DIFFERS = "違う"
    MISSING = "どちらかが空欄"


@dataclass(frozen=True)
class Fact:
    """One fact of both: `entries` say of which entry each text is drawn (a former address beside an address)."""

    label: str
    entry: str
    agreement: Agreement


_NAMES = frozenset({TermKind.NAME_KANJI, TermKind.ALPHABET, TermKind.ALIAS})
_READINGS = frozenset({TermKind.NAME_KANA, TermKind.ALIAS_KANA})
_ADDRESSES = ("address", "previous_address", "confirmed_move_out_address", "planned_move_out_address")


def facts_of(one: SheetEntries, other: SheetEntries) -> tuple[Fact, ...]:
    """What an officer looks at, in the order of weight. Numbers are compared, never told."""
    return (
        *(_exact(name, label, one, other) for name, label in (("individual_number", "個人番号"), ("juminhyo_code", "住民票コード"), ("residence_card_no", "在留カード等の番号"))),
        Fact("氏名", "name", _names(one, other)),
        Fact("振り仮名", "name_kana", _keys(one, other, _READINGS)),
        Fact("旧氏・通称", "former_surname", _keys(one, other, frozenset({TermKind.FORMER_SURNAME, TermKind.ALIAS}))),
        _exact("birth_date", "生年月日", one, other),
        _exact("sex_code", "性別", one, other),
        Fact("住所", "address", _addresses(one, other)),
        _exact("registered_domicile", "本籍", one, other),
        _exact("family_register_head_name", "筆頭者", one, other),
        _exact("nationality_code", "国籍・地域", one, other),
    )  # fmt: skip


def grounds_of(one: SheetEntries, other: SheetEntries) -> frozenset[Ground]:
    """The rules under which these two fall, by what the two sheets say alone."""
    found = {Ground(name) for name in NUMBERS if getattr(one, name) is not None and getattr(one, name) == getattr(other, name)}
    birth = one.birth_date is not None and other.birth_date is not None and one.birth_date.is_calendar and one.birth_date.same_bounds(other.birth_date)
    if birth and _names(one, other) is Agreement.AGREES and one.sex_code == other.sex_code:
        found.add(Ground.FOUR_FACTS if _addresses(one, other) is Agreement.AGREES else Ground.THREE_FACTS)
    elif birth and (_whole_names(one) & _whole_names(other)):
        found.add(Ground.NAME_AND_BIRTH)
    return frozenset(found)


def facts_digest(both: Iterable[SheetEntries]) -> str:
    """Of all that is compared: a decision holds until it changes."""
    said = [{name: to_json(name, getattr(entries, name)) for name in _COMPARED} for entries in both]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


_COMPARED = (
    *NUMBERS, "name_kanji", "name_kana", "search_kana", "former_surname", "foreign_alias", "foreign_name_alphabet", "foreign_name_kanji", "birth_date",
    "sex_code", *_ADDRESSES, "registered_domicile", "family_register_head_name", "nationality_code", "closed_on",
)  # fmt: skip


@dataclass(frozen=True)
class Party:
    """One of the two as the 統合 sees it. `is_open`: a resident today, or about to leave."""

    atena_no: str
    is_open: bool
    pending: bool  # a filing holds it


def refusal(stays: Party, given_up: Party) -> str:
    """Why the number of the one cannot be given up for that of the other; "" when it can."""
    if stays.atena_no == given_up.atena_no:
        return "同じ宛名番号です。二つの宛名番号を確かめてください。"
    if given_up.is_open and not stays.is_open:
        return "残す宛名番号の住民票は消除されています。いまの住民票がある方の宛名番号を残してください。"
    if stays.pending or given_up.pending:
        return "どちらかの人に仮登録中の届出があります。本登録又は取下げの後に、もう一度提案してください。"
    return ""


def _exact(name: str, label: str, one: SheetEntries, other: SheetEntries) -> Fact:
    a, b = getattr(one, name), getattr(other, name)
    if a is None or b is None:
        return Fact(label, name, Agreement.MISSING)
    agrees = a.same_bounds(b) if name == "birth_date" else a == b
    return Fact(label, name, Agreement.AGREES if agrees else Agreement.DIFFERS)


def _terms(entries: SheetEntries, kinds: frozenset[TermKind]) -> set[tuple[TermKind, str]]:
    return {(kind, key) for kind, key in terms_of(entries) if kind in kinds}


def _whole(entries: SheetEntries, kinds: frozenset[TermKind]) -> set[tuple[TermKind, str]]:
    """The whole names alone: 名 by itself is shared by many."""
    return {term for term, standing in terms_of(entries).items() if term[0] in kinds and (standing.surname_length or term[0] not in _HALVED)}


_HALVED = frozenset({TermKind.NAME_KANJI, TermKind.NAME_KANA})


def _whole_names(entries: SheetEntries) -> set[tuple[TermKind, str]]:
    return _whole(entries, _NAMES | _READINGS)


def _names(one: SheetEntries, other: SheetEntries) -> Agreement:
    """By the key that folds variants of characters; alike where only the reading or a part agrees."""
    a, b = _whole(one, _NAMES), _whole(other, _NAMES)
    if not a or not b:
        return Agreement.MISSING
    if a & b:
        return Agreement.AGREES
    return Agreement.ALIKE if _terms(one, _NAMES) & _terms(other, _NAMES) or _whole(one, _READINGS) & _whole(other, _READINGS) else Agreement.DIFFERS


def _keys(one: SheetEntries, other: SheetEntries, kinds: frozenset[TermKind]) -> Agreement:
    a, b = _whole(one, kinds), _whole(other, kinds)
    return Agreement.MISSING if not a or not b else Agreement.AGREES if a & b else Agreement.DIFFERS


def _addresses(one: SheetEntries, other: SheetEntries) -> Agreement:
    """The same address; alike where one lived, or went, where the other is."""
    if not one.address or not other.address:
        return Agreement.MISSING
    a, b = (term_key(TermKind.ADDRESS, entries.address or "") for entries in (one, other))
    if a == b:
        return Agreement.AGREES
    every = [{term_key(TermKind.ADDRESS, text) for name in _ADDRESSES if (text := getattr(entries, name))} for entries in (one, other)]
    return Agreement.ALIKE if every[0] & every[1] else Agreement.DIFFERS
