"""値の書き方 — lines that COPY reads back as they were, and the digest that is always the same. design §6; F-1-14."""

from __future__ import annotations

import hashlib
import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from daicho.residents.rules.digests import digest_of
from daicho.residents.rules.entries import ENTRIES, SheetEntries, to_json
from daicho.residents.rules.writings import escaped, line
from daicho.values.dates import JapaneseDate

_TEXT = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=12)


@given(_TEXT, st.dates(date(1873, 1, 1)), st.booleans(), st.integers(0, 2**60))
def test_要約値は記載事項を名前の順に並べたJSONの要約である(text, day, flag, ref):
    """Whatever a text holds: the digest of a row taken in is the one that the nightly proof makes of it."""
    entries = SheetEntries(
        name_kanji=text, remarks=f'"{text}\\\n', birth_date=JapaneseDate.of(day), opened_on=day, moved_within_city=flag, juminhyo_code=ref, order_in_household=1
    )
    filled = {name: to_json(name, value) for name, value in entries.__dict__.items() if value is not None}
    whole = json.dumps(filled, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert digest_of(entries) == hashlib.sha256(whole.encode()).digest()


def test_行の区切りになる文字は区切りにならない():
    assert line("a\tb\\c\nd\re", None, True, 7, date(2026, 4, 1)) == "a\\tb\\\\c\\nd\\re\t\\N\tt\t7\t2026-04-01"
    assert escaped("花園　太郎") == "花園　太郎"


def test_記載事項はどう作っても同じ順に同じだけある():
    """The columns of a line follow the order of the fields."""
    some = {"sex_code": "1", "name_kanji": "花園　太郎"}
    assert SheetEntries.of(dict(some)) == SheetEntries(**some)
    assert list(SheetEntries.of(dict(some)).__dict__) == list(ENTRIES)
