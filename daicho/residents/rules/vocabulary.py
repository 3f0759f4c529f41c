"""語彙 — codes of the register's closed lists, with the words a clerk sees. spec/domain.md §2.0; std 1.2.2."""

from __future__ import annotations

JAPANESE, FOREIGN = "1", "2"
RESIDENT_KINDS = ((JAPANESE, "日本人"), (FOREIGN, "外国人"))

SEXES = (("1", "男"), ("2", "女"))

NEW, EXISTING, SAME = "new", "existing", "same"
HOUSEHOLD_CHOICES = ((NEW, "新しい世帯をつくる"), (EXISTING, "すでにある世帯に入る"))
RELOCATION_HOUSEHOLD_CHOICES = ((SAME, "世帯はそのまま（全員で移る）"), *HOUSEHOLD_CHOICES)

BY_RULE, AS_WRITTEN = "by_rule", "as_written"

AGENT = "agent"
FILERS = (("self", "本人"), ("head", "世帯主"), (AGENT, "代理人"))

EX_OFFICIO, PETITION = "ex_officio", "petition"
CANCELLING_BASES = ((EX_OFFICIO, "職権"), (PETITION, "申出"))

GROUNDS = (("family_register", "本市が受けた戸籍の届出"), ("article_9_2", "他の市町村からの通知（法第9条第2項）"), ("ex_officio", "そのほかの職権"))
"""What an entry or removal rests on that the 戸籍 tells (令12条2項)."""

DE_FACTO_HEADS = (("outside_the_law", "法の適用を受けない外国人（在外米軍・外交官等）"), ("facility", "児童養護施設の施設長等"), ("other", "そのほか"))
"""Who leads a household without being a resident (std 4.1.4.3)."""

KEEPS_CARD = "keeps"
CARDS_ABROAD = ((KEEPS_CARD, "国外でも使い続ける"), ("returns", "返納する（失効する）"), ("none", "持っていない"))
"""個人番号カード of who moves abroad (番号法17条)."""

NOTARISED_BOTH, NOTARISED_SURNAME, NOTARISED_GIVEN, NOTARISED_NONE = "both", "surname", "given", "none"
NOTARISED = (
    (NOTARISED_BOTH, "氏・名とも公証済み"),
    (NOTARISED_SURNAME, "氏だけ公証済み"),
    (NOTARISED_GIVEN, "名だけ公証済み"),
    (NOTARISED_NONE, "公証されていない"),
)

MID_TO_LONG_TERM, SPECIAL_PERMANENT, BORN_HERE = "1", "2", "5"
ARTICLE_30_45 = (
    (MID_TO_LONG_TERM, "中長期在留者"),
    (SPECIAL_PERMANENT, "特別永住者"),
    ("3", "一時庇護許可者"),
    ("4", "仮滞在許可者"),
    (BORN_HERE, "出生による経過滞在者"),
    ("6", "国籍喪失による経過滞在者"),
)

MOVED_IN, RELOCATED, BORN, MOVED_OUT, DIED = "domestic_move_in", "relocation", "birth", "move_out", "death"
MOVED_IN_FROM_ABROAD, MOVED_OUT_ABROAD = "move_in_from_abroad", "move_out_abroad"
LEFT = frozenset({MOVED_OUT, MOVED_OUT_ABROAD})
BY_REQUEST, BY_MAYOR = "change_by_request", "change_ex_officio"
"""Why another 個人番号 is asked of 機構 (番号法7条2項; list number_reason of layouts/codes.csv); for a first one it is the 事由 of the entry."""
ENTRY_CANCELLED = "entry_cancelled"
REASONS = {
    MOVED_IN: "国内転入",
    MOVED_IN_FROM_ABROAD: "国外転入等",
    RELOCATED: "転居",
    BORN: "出生",
    MOVED_OUT: "国内転出",
    MOVED_OUT_ABROAD: "国外転出",
    DIED: "死亡",
    "ex_officio_removal": "職権消除",
    ENTRY_CANCELLED: "異動の取消し（減）",
    "import": "移行",
}
"""事由 as the sheet keeps them (items 10, 18, 111): our own neutral codes, mapped to any outside code list by a table."""
NUMBER_REASONS = (
    (BORN, "出生"),
    (MOVED_IN_FROM_ABROAD, "国外からの転入等"),
    ("entry_ex_officio", "職権記載等"),
    (BY_REQUEST, "請求による変更"),
    (BY_MAYOR, "職権による変更"),
)
"""Why a 個人番号 is asked of 機構."""


def word(choices: tuple[tuple[str, str], ...], code: str | None) -> str:
    """The word of a code; the code itself when the list does not know it (migrated values)."""
    return dict(choices).get(code or "", code or "")
