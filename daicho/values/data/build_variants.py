"""異体字表の作成 — writes variants.csv, the table by which a search forgets variant forms of a character. 標準2.1.2 (N-2.1.2-14).

Run `python daicho/values/data/build_variants.py` after an update of jntajis; then raise SEARCH_KEY_VERSION if the table changed.
Each character is folded to at most one other, so that a form with several possible readings (边 for simplified Chinese)
never joins characters that are different. In order, the first that answers:

1. Unicode: compatibility ideographs and radicals to the unified ideograph (NFKC, one character to one).
2. MJ縮退マップ, JIS包摂規準・UCS統合規則.
3. MJ縮退マップ, 法務省戸籍法関連通達・通知.
4. MJ縮退マップ, 読み・字形による類推 — only characters outside JIS X 0208.
5. MJ縮退マップ, 法務省告示582号別表第四 — only characters outside JIS X 0208 with a single answer.
6. 国税庁JIS縮退マップ — only characters outside JIS X 0208.
Then the groups which the standard and spec/domain.md 6 name are laid over it.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from jntajis import MJShrinkSchemeCombo, jnta_shrink_translit, mj_shrink_candidates

OUT = Path(__file__).with_name("variants.csv")
RANGES = ((0x2E80, 0x2FE0), (0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x33480))

# Groups that a clerk expects to be one, named by their sources. The first character stands for the group.
GROUPS = (
    ("N-2.1.2-14", "辺邊边邉𨘢"),
    ("N-2.1.2-14", "浜濱濵滨"),  # 頻 of the standard's example is doubted there as a slip of the pen
    ("N-2.1.2-14", "藤䕨籘籐"),
    ("spec/domain.md 6", "斎齋齊斉"),
    ("spec/domain.md 6", "高髙"),
    ("spec/domain.md 6", "吉𠮷"),
    ("spec/domain.md 6", "崎﨑"),
)

# One rare glyph of the left character looks like the right one; in names they are different characters.
NOT_THE_SAME = (
    "玉王", "功切", "師帥", "書昼", "書晝", "着著", "舛升", "娼倡", "汎汍", "宍肉", "匝帀", "槁橋", "槁𣘺", "傅伝",
    "傅傳", "皈帰", "皈歸", "昜易", "昜陽", "尓示", "亢兀", "做作", "豫予", "吊弔", "陦㠀", "閧巷", "攵文", "娚嫐",
)  # fmt: skip


def in_jis_x_0208(character: str) -> bool:
    try:
        encoded = character.encode("euc_jp")
    except UnicodeEncodeError:
        return False
    return len(encoded) == 2


def by_unicode(character: str) -> str | None:
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 and folded != character else None


def by_mj(character: str, scheme: MJShrinkSchemeCombo, *, rare_only: bool = False, single_only: bool = False) -> str | None:
    if rare_only and in_jis_x_0208(character):
        return None
    found = [c for c in mj_shrink_candidates(character, scheme) if len(c) == 1 and c != character and by_unicode(c) != character]
    found = [c for c in found if character + c not in NOT_THE_SAME]
    if not found or (single_only and len(found) > 1):
        return None
    return min(found, key=lambda c: not in_jis_x_0208(c))  # stable: the map's own order among equals


def by_tax_agency(character: str) -> str | None:
    if in_jis_x_0208(character):
        return None
    folded = jnta_shrink_translit(character, passthrough=True)
    return folded if len(folded) == 1 and folded != character else None


SOURCES = (
    ("Unicode NFKC", by_unicode),
    ("MJ縮退マップ JIS包摂規準・UCS統合規則", partial(by_mj, scheme=MJShrinkSchemeCombo.JIS_INCORPORATION_UCS_UNIFICATION_RULE)),
    ("MJ縮退マップ 法務省戸籍法関連通達・通知", partial(by_mj, scheme=MJShrinkSchemeCombo.MOJ_FAMILY_REGISTER_ACT_RELATED_NOTICE)),
    ("MJ縮退マップ 読み・字形による類推", partial(by_mj, scheme=MJShrinkSchemeCombo.INFERENCE_BY_READING_AND_GLYPH, rare_only=True)),
    ("MJ縮退マップ 法務省告示582号別表第四", partial(by_mj, scheme=MJShrinkSchemeCombo.MOJ_NOTICE_582, rare_only=True, single_only=True)),
    ("国税庁JIS縮退マップ", by_tax_agency),
)


def first_steps() -> Iterator[tuple[str, str, str]]:
    """(character, the character it folds to in one step, source)."""
    for code in chain.from_iterable(range(*bounds) for bounds in RANGES):
        character = chr(code)
        for source, fold in SOURCES:
            if folded := fold(character):
                yield character, folded, source
                break


def representatives(step: dict[str, str]) -> dict[str, str]:
    """Each character with the end of its chain; in a ring (A to B to A) the JIS X 0208 one, then the lowest."""
    ends: dict[str, str] = {}
    for start in step:
        path = [start]
        while (following := step.get(path[-1])) and following not in path:
            path.append(following)
        ring = path[path.index(following) :] if following else path[-1:]
        ends[start] = min(ring, key=lambda c: (not in_jis_x_0208(c), ord(c)))
    return ends


def table() -> dict[tuple[str, str], list[str]]:
    """{(representative, source): variants}."""
    steps = list(first_steps())
    source_of = {character: source for character, _, source in steps}
    ends = representatives({character: folded for character, folded, _ in steps})
    for source, group in GROUPS:
        ends_of_group = {ends.get(c, c) for c in group} - {group[0]}
        for character, end in list(ends.items()):
            if end in ends_of_group:
                ends[character] = group[0]
        for character in sorted(set(group[1:]) | ends_of_group):
            ends[character] = group[0]
            source_of[character] = source
        ends.pop(group[0], None)
    rows = defaultdict(list)
    for character, end in ends.items():
        if character != end:
            rows[end, source_of[character]].append(character)
    return rows


def main() -> None:
    rows = sorted(table().items())
    with OUT.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("folds_to", "variants", "source"))
        writer.writerows((end, "".join(sorted(variants)), source) for (end, source), variants in rows)


if __name__ == "__main__":
    main()
