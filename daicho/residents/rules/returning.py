"""再転入者 — whether a newcomer is someone who lived here before, and the fields of 転入 filled from their last sheet. N-4.1.1.2-03, -05, -06.

Of the fields, numbers stay empty: the register keeps them, and takes its own when none is typed (N-4.1.1.2-07). All can be changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from daicho.residents.rules.alias import ENTERED
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.person_fields import PERSON_FIELDS, notarised_code
from daicho.residents.rules.terms import SOURCES, TermKind, term_key
from daicho.residents.rules.vocabulary import MOVED_IN_FROM_ABROAD, MOVED_OUT_ABROAD, NO, YES
from daicho.values.dates import JapaneseDate
from daicho.values.municipalities import municipality_of

LEGAL_NAMES = ("name_kanji", "foreign_name_kanji", "foreign_name_alphabet")
"""Where 氏名 (法7条1号) stands on a sheet. 通称 and カタカナ are none of the three facts."""

_NOT_TAKEN = frozenset(
    {"became_resident_date", "remarks", "juminhyo_code", "individual_number", "residence_card_no", "user_certificate_serial", "sign_certificate_serial"}
)
_BESIDE_THE_NAME = frozenset(
    ["former_surname", "former_surname_kana", "former_surname_kana_confirmed", "foreign_alias", "foreign_alias_kana", "foreign_alias_kana_confirmed", *ENTERED,
     "alias_history_entered_municipality_code"]
)  # fmt: skip
"""旧氏 and 通称, which end with the sheet: who comes from another city brings that city's, on its 転出証明書."""
_NO_PLACE = frozenset({"", "なし", "不明"})
"""What stands for a 本籍 and names no place."""


def same_three_facts(typed: Mapping[str, object], known: Mapping[str, object]) -> bool:
    """Whether 氏名・性別・生年月日 all agree (N-4.1.1.2-03); `known` holds 生年月日 as it lies in its column.

    Of 氏名 one agreeing writing is enough: some papers of a foreign resident bear only the alphabet, others 漢字 too.
    """
    birth, known_birth = typed.get("birth_date"), known["birth_date"]
    if not isinstance(birth, JapaneseDate) or not isinstance(known_birth, str) or typed.get("sex_code") != known["sex_code"]:
        return False
    return birth.same_bounds(JapaneseDate.decode(known_birth)) and bool(name_keys(typed) & name_keys(known))


def name_keys(values: Mapping[str, object]) -> set[tuple[TermKind, str]]:
    """Every writing of 氏名 under its kind, as the search folds it: 漢字 is compared with 漢字, the alphabet with the alphabet."""
    texts = [(kind, values.get(name)) for kind, name in SOURCES if name in LEGAL_NAMES]
    return {(kind, key) for kind, text in texts if isinstance(text, str) and (key := term_key(kind, text))}


def inherits(entries: SheetEntries) -> bool:
    """Whether 旧氏 and 通称 of the last sheet may be taken over by a 転入 from abroad: the next city after it is this one (N-1.1.7-06, -07).

    A 転入通知 on the sheet says that another city came between.
    """
    return entries.removal_reason_code == MOVED_OUT_ABROAD and entries.confirmed_move_out_date is None


def texts_of_returning(entries: SheetEntries, event: str) -> dict[str, str]:
    """Field name → text, as a clerk would have typed it into the form of that event; entries that are empty are left out."""
    left_out = _NOT_TAKEN if event == MOVED_IN_FROM_ABROAD and inherits(entries) else _NOT_TAKEN | _BESIDE_THE_NAME
    texts = {}
    for field in PERSON_FIELDS:
        value = getattr(entries, field.name, None)
        if field.name not in left_out and value is not None:
            texts[field.name] = _text(value)
    if _is_no_more(texts.get("registered_domicile", "")):
        del texts["registered_domicile"]
    if entries.name_kana and (notarised := notarised_code(entries)):
        texts["kana_notarised"] = notarised
    return texts


def _is_no_more(domicile: str) -> bool:
    """Whether a 本籍 lies in a municipality that was abolished meanwhile: it is not offered, and the clerk writes it as it is called today (N-4.0.6-05)."""
    return domicile not in _NO_PLACE and municipality_of(domicile) is None


def _text(value: object) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, JapaneseDate):
        return value.as_written
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
