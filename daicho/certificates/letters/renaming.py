"""住所の表示の変更のお知らせ — before or after 住居表示, 区画整理 or a new name of a place, one to each household. 標準仕様9.7 (N-9.7-04)."""

from __future__ import annotations

from datetime import date

from daicho.certificates.letters.letter import Column, Fact, LetterDefinition, Table

_SINCE = (date(2025, 5, 26), None)
_FACTS = (
    Fact("title", "件名"),
    Fact("ground", "根拠"),
    Fact("effective_on", "実施日"),
    Fact("before", "変更前"),
    Fact("after", "変更後"),
)
_PEOPLE = Table((Column("氏名", 2.0), Column("生年月日", 1.2)), "対象となる人", numbered=True)

RENAMING_AHEAD = LetterDefinition(
    code="renaming_ahead",
    ja="住所等の変更のお知らせ（事前）",
    title="住所等の表示の変更について（お知らせ）",
    article="標準仕様9.7",
    in_force=_SINCE,
    text_key="letter_renaming_ahead",
    body="次のとおり、住所等の表示が変わります。市の住民票等は、実施日に市が書き改めますので、住所変更の届出は必要ありません。",
    note_key="letter_renaming_note",
    note="※運転免許証、預貯金、保険、契約などの住所の変更は、それぞれの窓口で手続をしてください。",
    addressee_ja="対象となる世帯",
    facts=_FACTS,
    table=_PEOPLE,
)

RENAMING_DONE = LetterDefinition(
    code="renaming_done",
    ja="住所等の変更のお知らせ（事後）",
    title="住所等の表示を変更しました（お知らせ）",
    article="標準仕様9.7",
    in_force=_SINCE,
    text_key="letter_renaming_done",
    body="次のとおり、住所等の表示が変わり、市の住民票等を書き改めましたのでお知らせします。住所変更の届出は必要ありません。",
    note_key="letter_renaming_note",
    note="※運転免許証、預貯金、保険、契約などの住所の変更は、それぞれの窓口で手続をしてください。",
    addressee_ja="対象となる世帯",
    facts=_FACTS,
    table=_PEOPLE,
)
