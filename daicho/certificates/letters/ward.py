"""成年被後見人に関する通知 — the city to which an adult ward moves is told of it. 標準仕様9.4 (N-9.4-02).

There is no list of adult wards (N-9.4-03): the letter is made of one person, when they leave.
"""

from __future__ import annotations

from datetime import date

from daicho.certificates.letters.letter import Fact, LetterDefinition

ADULT_WARD_NOTICE = LetterDefinition(
    code="adult_ward_notice",
    ja="成年被後見人の転出に関する通知書",
    title="成年被後見人の転出について（通知）",
    article="標準仕様9.4",
    in_force=(date(2025, 5, 26), None),
    text_key="letter_adult_ward_notice",
    body="次の者は、本市において成年被後見人として登録されていましたが、貴市区町村に転出しましたので通知します。印鑑の登録等の事務にあたって参考としてください。",
    addressee_ja="転入地の市区町村",
    facts=(
        Fact("name", "氏名"),
        Fact("birth_date", "生年月日"),
        Fact("sex", "男女の別"),
        Fact("address", "転出前の住所"),
        Fact("moves_to", "転出先"),
        Fact("moves_on", "転出（予定）年月日"),
        Fact("handling", "取扱い"),
    ),
)
