"""札の付いた検索 — the labelled queries are what their maker makes, and judged by what was meant. Issue 5."""

from __future__ import annotations

from itertools import islice

from bench.queries import EACH, WAYS, Query, made, read
from bench.search import _as_typed, _is_among


def test_問いは千を超え作り直しても同じである():
    """The first two kinds are made again: the file is never mended by hand."""
    kept = read()
    assert len(kept) >= 1000 and list(dict.fromkeys(query.kind for query in kept)) == list(WAYS)
    assert list(islice(made(), EACH + 5)) == kept[: EACH + 5]


def _query(**said: str) -> Query:
    return Query(**{name: said.get(name, "") for name in Query.__dataclass_fields__})


def test_同じと言えるのは意味したとおりの人だけ():
    kana = _query(meant_name="サトウ　ハナコ", equal="sounding")
    assert _is_among(kana, {"サドウ　ハナコ"}) and not _is_among(kana, {"サトウ　ハナ"})
    kanji = _query(meant_name="齋藤", equal="written")
    assert _is_among(kanji, {"齋藤　花子"}) and not _is_among(kanji, {"斉藤　花子"})
    assert _as_typed(_query(kind="打ち違い", name="さとう　はな", birth="S55")).meant_birth == "1980"
