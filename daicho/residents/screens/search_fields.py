"""検索の入力項目 — the fields of the search, and conditions as a list says them. std 2.1.1, 2.1.3."""

from __future__ import annotations

from collections.abc import Mapping

from daicho.audit.actor import Actor
from daicho.residents.permissions import Permission
from daicho.residents.rules.search_birth import BirthAsked
from daicho.residents.rules.search_history import NUMBER
from daicho.residents.rules.search_keys import HEADS, STANDINGS, SearchKeys
from daicho.residents.rules.search_marks import REMOVALS, UNFILLED_WORDS
from daicho.residents.rules.vocabulary import RESIDENT_KINDS, SEXES
from daicho.ui.forms import Choice, FieldSpec, Kind, Width
from daicho.values.dates import wareki
from daicho.values.relationship import HEAD, WORDS

ANY = "any"


def _one_of(choices: tuple[tuple[str, str], ...]) -> tuple[Choice, ...]:
    return (Choice(ANY, "指定しない"), *(Choice(code, ja) for code, ja in choices))


KEYS = (
    FieldSpec("name", "氏名・フリガナ", Kind.NAME, width=Width.FULL, max_length=100, hint="漢字・かな・ローマ字のどれでも。旧氏・通称、過去の氏名も探します。"),
    FieldSpec(
        "match",
        "氏名の一致",
        Kind.RADIO,
        choices=(Choice(ANY, "一部でも"), Choice("exact", "完全一致")),
        hint="完全一致では、氏・名・氏名のどれかがそのとおりの人だけを探します。",
    ),
    FieldSpec("address", "住所・方書", Kind.NAME, max_length=200, hint="例：花園2丁目、青空荘。過去の住所も探します。"),
    FieldSpec(
        "birth",
        "生年月日",
        width=Width.MEDIUM,
        max_length=60,
        hint="例：S60.4.1、1985-04-01。「S60」「1985年4月」のように年や年月でも、「S60～S62」のように期間でも、「不詳」でも。",
    ),
    FieldSpec("atena_no", "宛名番号", letters="digits", width=Width.MEDIUM, max_length=20),
    FieldSpec("sex", "性別", Kind.RADIO, choices=_one_of(SEXES)),
    FieldSpec("household_no", "世帯番号", letters="digits", width=Width.MEDIUM, max_length=20),
    FieldSpec("standing", "状態", Kind.RADIO, choices=(Choice(ANY, "すべて"), *(Choice(code, ja) for code, ja in STANDINGS))),
)
MORE = (
    FieldSpec(
        "relationship",
        "続柄",
        Kind.RELATIONSHIP,
        max_length=40,
        choices=tuple(Choice(word, word) for word in (HEAD, *WORDS)),
        hint="そのとおりの続柄だけを探します。「妻」で「妻（未届）」の人は出ません。",
    ),
    FieldSpec("is_head", "世帯主か", Kind.RADIO, choices=_one_of(HEADS)),
    FieldSpec("town_code", "住所コード", letters="digits", width=Width.MEDIUM, max_length=16, hint="11桁。例：01203001002"),
    FieldSpec("resident_kind", "住民種別", Kind.RADIO, choices=_one_of(RESIDENT_KINDS)),
    FieldSpec("nationality", "国籍・地域", width=Width.MEDIUM, max_length=40, hint="例：ベトナム、VNM"),
    FieldSpec(
        "removal_reason",
        "消除した事由",
        Kind.SELECT,
        width=Width.MEDIUM,
        choices=tuple(Choice(code, ja) for code, ja, _ in REMOVALS),
        hint="除票だけを探します。",
    ),
    FieldSpec("unfilled", "未入力の項目", Kind.SELECT, width=Width.MEDIUM, choices=tuple(Choice(code, f"{ja}が未入力") for code, ja in UNFILLED_WORDS)),
)
NUMBERS = (
    FieldSpec("individual_number", "個人番号", Kind.NUMBER, width=Width.MEDIUM, max_length=20),
    FieldSpec("juminhyo_code", "住民票コード", Kind.NUMBER, width=Width.MEDIUM, max_length=20),
    FieldSpec("residence_card_no", "在留カード・特別永住者証明書の番号", Kind.NUMBER, width=Width.MEDIUM, max_length=20, letters="latin"),
)
UNTOUCHED = {spec.name: ANY for spec in (*KEYS, *MORE) if spec.kind is Kind.RADIO}
"""What an empty form says."""
_ALL = {spec.name: spec for spec in (*KEYS, *MORE, *NUMBERS)}


def specs(actor: Actor) -> tuple[FieldSpec, ...]:
    return (*KEYS, *MORE, *(NUMBERS if actor.may(Permission.NUMBER_SEARCH) else ()))


def said(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """The conditions as the clerk typed them, in the order of the form; numbers only by their name."""
    return [(spec.label, _said(spec, words[name])) for name, spec in _ALL.items() if words.get(name)]


def _said(spec: FieldSpec, text: str) -> str:
    if spec.kind is Kind.NUMBER:
        return NUMBER
    return next((choice.label.strip() for choice in spec.choices if choice.value == text), text)


def asked(words: Mapping[str, str], keys: SearchKeys) -> list[tuple[str, str]]:
    """The conditions of a search that was made: as typed, and the birth date as it was read."""
    return [(label, birth_asked(keys.birth) if label == _ALL["birth"].label and keys.birth else text) for label, text in said(words)]


def birth_asked(birth: BirthAsked) -> str:
    """In 和暦, without the words for what was not asked; a Western year of two eras by its ends (N-1.1.9-06)."""
    if birth.is_uncertain:
        return "日まで分からない人（不詳）"
    begin, end = birth.begin, birth.end
    if begin is not None and end is None and begin.last == birth.last:
        return begin.wareki().split(" ")[0] if begin.in_era.same_bounds(begin) else f"{wareki(birth.first)}から{wareki(birth.last)}まで"
    return f"{f'{wareki(birth.first)}から' if begin else ''}{f'{wareki(birth.last)}まで' if end else '後'}"
