"""続柄 — the relationship to the head of household: a closed vocabulary. 住基法7条4号, 標準1.1.11 (N-1.1.11-*), 5.2 (rank).

世帯主; thirteen words, alone or joined by の to at most four; 縁故者; 同居人. Nothing else can be made. No code of another
system lies here: the tables of counterparts translate the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, Self

from daicho.values.dates import JapaneseDate

HEAD: Final = "世帯主"
KIN_IN_FACT: Final = "縁故者"
LODGER: Final = "同居人"
WORDS: Final = ("夫", "妻", "夫（未届）", "妻（未届）", "子", "子（子の夫）", "子（子の妻）", "父", "母", "兄", "姉", "弟", "妹")
"""The thirteen of N-1.1.11-02."""
MAX_GENERATIONS: Final = 4
SPOUSES: Final = frozenset(("夫", "妻", "夫（未届）", "妻（未届）"))
CHILDREN: Final = frozenset(("子", "子（子の夫）", "子（子の妻）"))
SIBLINGS: Final = frozenset(("兄", "姉", "弟", "妹"))
PARENTS: Final = frozenset(("父", "母"))

_TOKEN = re.compile("の?(" + "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True)) + ")(?=の|$)")

_INSTEAD: Final = {
    "祖父": ("父の父", "母の父"), "祖母": ("父の母", "母の母"), "曾祖父": ("父の父の父",), "曽祖父": ("父の父の父",),
    "曾祖母": ("父の父の母",), "曽祖母": ("父の父の母",), "伯父": ("父の兄", "母の兄"), "叔父": ("父の弟", "母の弟"),
    "おじ": ("父の兄", "父の弟", "母の兄", "母の弟"), "伯母": ("父の姉", "母の姉"), "叔母": ("父の妹", "母の妹"),
    "おば": ("父の姉", "父の妹", "母の姉", "母の妹"), "いとこ": ("父の兄の子", "母の姉の子"), "従兄弟": ("父の兄の子", "母の姉の子"),
    "従姉妹": ("父の兄の子", "母の姉の子"), "甥": ("兄の子", "姉の子", "弟の子", "妹の子"), "おい": ("兄の子", "姉の子", "弟の子", "妹の子"),
    "姪": ("兄の子", "姉の子", "弟の子", "妹の子"), "めい": ("兄の子", "姉の子", "弟の子", "妹の子"), "孫": ("子の子",),
    "ひ孫": ("子の子の子",), "曾孫": ("子の子の子",), "曽孫": ("子の子の子",), "玄孫": ("子の子の子の子",),
    "養子": ("子",), "養女": ("子",), "実子": ("子",), "長男": ("子",), "長女": ("子",), "二男": ("子",), "次男": ("子",), "二女": ("子",),
    "次女": ("子",), "三男": ("子",), "三女": ("子",), "男": ("子",), "女": ("子",), "養父": ("父",), "養母": ("母",), "婿": ("子の夫",),
    "嫁": ("子の妻",), "義父": ("夫の父", "妻の父"), "義母": ("夫の母", "妻の母"), "義兄": ("夫の兄", "妻の兄", "姉の夫"),
    "義弟": ("夫の弟", "妻の弟", "妹の夫"), "義姉": ("夫の姉", "妻の姉", "兄の妻"), "義妹": ("夫の妹", "妻の妹", "弟の妻"),
    "配偶者": ("夫", "妻"), "内縁の夫": ("夫（未届）",), "内縁の妻": ("妻（未届）",), "内夫": ("夫（未届）",), "内妻": ("妻（未届）",),
    "事実婚の夫": ("夫（未届）",), "事実婚の妻": ("妻（未届）",), "家事使用人": (LODGER,), "使用人": (LODGER,), "準世帯主": (LODGER, KIN_IN_FACT),
    "知人": (LODGER,), "友人": (LODGER,), "下宿人": (LODGER,), "寄宿人": (LODGER,), "雇人": (LODGER,), "親族": (KIN_IN_FACT,), "親類": (KIN_IN_FACT,),
    "兄弟": ("兄", "弟"), "姉妹": ("姉", "妹"), "父母": ("父", "母"), "本人": (HEAD,), "戸主": (HEAD,), "世帯員": (),
}  # fmt: skip
"""What the standard says to write for words that must not be kept (N-1.1.11-11)."""

_INSTEAD_AFTER_NO: Final = {"嫁": ("妻",), "婿": ("夫",)}
"""長男の嫁 is 子の妻, 嫁 alone too."""


class Sex(StrEnum):
    """男女の別, with the codes of item 5 (1 男, 2 女). Unknown is None here."""

    MALE = "1"
    FEMALE = "2"

    @property
    def ja(self) -> str:
        return "男" if self is Sex.MALE else "女"


_SEX_OF_WORD: Final = {
    **dict.fromkeys(("夫", "夫（未届）", "子（子の夫）", "父", "兄", "弟"), Sex.MALE),
    **dict.fromkeys(("妻", "妻（未届）", "子（子の妻）", "母", "姉", "妹"), Sex.FEMALE),
}


class BadRelationship(ValueError):
    """A text that is no 続柄 of the register; `str()` is the Japanese message, `instead` what may be meant."""

    def __init__(self, message: str, instead: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.instead = instead


class Relationship(str):
    """続柄 in canonical form (full-width parentheses). Make it by `parse`."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The 続柄 as written; half-width parentheses, surrounding spaces and ノ for の are tolerated. Raises BadRelationship."""
        canonical = re.sub("[ \u3000]", "", text).replace("(", "（").replace(")", "）").replace("ノ", "の")
        if canonical in (HEAD, KIN_IN_FACT, LODGER):
            return cls(canonical)
        words = _split(canonical)
        if words and len(words) <= MAX_GENERATIONS:
            return cls(canonical)
        raise _refusal(text, canonical, words)

    @classmethod
    def chain(cls, *parts: str) -> Self:
        """妻, 父 → 妻の父. Raises BadRelationship."""
        return cls.parse("の".join(parts))

    @property
    def parts(self) -> tuple[str, ...]:
        """妻の父 → (妻, 父); 世帯主, 縁故者 and 同居人 are themselves."""
        return _split(self) or (str(self),)

    @property
    def generations(self) -> int:
        """世代数: the number of words joined by の, counted mechanically (N-1.1.11-04). 0 for 世帯主, 縁故者 and 同居人."""
        return len(_split(self))

    @property
    def is_head(self) -> bool:
        return self == HEAD

    @property
    def is_spouse(self) -> bool:
        """The head's own spouse, 未届 too."""
        return self in SPOUSES

    @property
    def is_unregistered_spouse(self) -> bool:
        return self in ("夫（未届）", "妻（未届）")

    @property
    def is_child(self) -> bool:
        return self in CHILDREN

    @property
    def is_kin(self) -> bool:
        """親族 of the head by what is written (not 世帯主, 縁故者, 同居人)."""
        return self.generations > 0

    @property
    def implied_sex(self) -> Sex | None:
        """What the last word says of the person: 夫, 父, 兄, 弟 male; 妻, 母, 姉, 妹 female; 子 nothing."""
        return _SEX_OF_WORD.get(self.parts[-1])

    @property
    def implied_sex_of_head(self) -> Sex | None:
        """妻 and 妻の父 say that the head is male, 夫 and 夫の母 that the head is female."""
        first = self.parts[0]
        return (Sex.FEMALE if _SEX_OF_WORD[first] is Sex.MALE else Sex.MALE) if first in SPOUSES else None

    @property
    def order_key(self) -> tuple[int, int, int]:
        """(順位, place within it, generations) of std 5.2 from the word alone; families need `household_order`."""
        rank, place = _rank(self.parts)
        return rank, place, self.generations


def best(candidates: Iterable[Relationship]) -> Relationship:
    """Of several true relationships the one highest in the order of 5.2 (N-1.1.11-07: 父の兄の子 and 妻 → 妻)."""
    return min(candidates, key=lambda relationship: (relationship.order_key, str(relationship)))


def read_relationship(text: str) -> Relationship:
    """As typed: one 続柄, or several that are all true, divided by ／ or 、, of which the highest is taken. Raises BadRelationship."""
    ways = [way for way in re.split("[／/、,，]", text) if way.strip(" \u3000")]
    return best([Relationship.parse(way) for way in ways]) if len(ways) > 1 else Relationship.parse(text)


def order_key(relationship: str | None, birth: JapaneseDate | None) -> tuple[object, ...]:
    """To sort newcomers by 続柄 and birth (std 5.2) when their families are not known. Blank or unlawful words stand last.

    Within one 続柄 of one 順位 by birth; `household_order` knows families, 筆頭者 and 宛名番号.
    """
    try:
        place = Relationship.parse(relationship or "").order_key
    except BadRelationship:
        place = (5, 0, 0)
    return *place, birth is None, birth.sort_key if birth else ()


def _split(canonical: str) -> tuple[str, ...]:
    """The words of a chain, or () when it is none. The の inside 子（子の夫） does not divide."""
    words: list[str] = []
    place = 0
    while place < len(canonical):
        token = _TOKEN.match(canonical, place)
        if not token or token.group().startswith("の") != bool(words):
            return ()
        words.append(token.group(1))
        place = token.end()
    return tuple(words)


def _rank(parts: tuple[str, ...]) -> tuple[int, int]:
    """順位 and place of std 5.2 (N-5.2-06 to -20) for a person whose own family is not considered."""
    if len(parts) == 1:
        alone = {HEAD: (1, 1), KIN_IN_FACT: (4, 2), LODGER: (4, 3)}
        return alone.get(parts[0]) or _rank_of_word(parts[0])
    first, second = parts[0], parts[1]
    if len(parts) == 2 and first in CHILDREN and second in SPOUSES | CHILDREN:
        return (2, 2) if second in SPOUSES else (2, 3)
    if len(parts) == 2 and first in PARENTS and second in PARENTS:
        return 3, 3
    return 4, 1


def _rank_of_word(word: str) -> tuple[int, int]:
    if word in SPOUSES:
        return 1, 2
    if word == "子":
        return 1, 3
    if word in CHILDREN:  # 子（子の夫）: also the spouse of a child, so of that child's family
        return 2, 2
    return (3, 1) if word in PARENTS else (3, 2)


def _refusal(text: str, canonical: str, words: tuple[str, ...]) -> BadRelationship:
    if not canonical:
        return BadRelationship("続柄が入力されていません。空欄のままにする場合は続柄を登録しないでください（標準1.1.6）。")
    if words:
        return BadRelationship(
            f"続柄「{text}」は{len(words)}世代です。「の」で連結できるのは4世代までです。4世代で表せない場合は「縁故者」としてください（標準1.1.11）。",
            (KIN_IN_FACT,),
        )
    for word in (HEAD, KIN_IN_FACT, LODGER):
        if word in re.split("の", canonical):
            message = f"続柄「{text}」は使えません。「{word}」は「の」で連結できません。世帯主からみた続柄を入力してください（標準1.1.11）。"
            return BadRelationship(message, _without(canonical, word))
    instead = _suggestions(canonical)
    if instead:
        shown = "」「".join(instead)
        return BadRelationship(f"続柄「{text}」は使えません。「{shown}」のように、定められた続柄で入力してください（標準1.1.11）。", instead)
    return BadRelationship(
        f"続柄「{text}」は使えません。夫、妻、子、父、母、兄、姉、弟、妹などを「の」で4世代まで連結するか、縁故者又は同居人としてください（標準1.1.11）。"
    )


def _without(canonical: str, word: str) -> tuple[str, ...]:
    rest = canonical.removeprefix(f"{word}の")
    return (rest,) if word == HEAD and rest != canonical and _split(rest) else ()


def _suggestions(canonical: str) -> tuple[str, ...]:
    """Allowed forms for a chain that holds forbidden words: 妻の祖父 → 妻の父の父, 妻の母の父. At most four."""
    if canonical in _INSTEAD:
        return _INSTEAD[canonical]
    choices: list[str] = [""]
    for place, word in enumerate(canonical.split("の")):
        replaced = (word,) if word in WORDS else (place and _INSTEAD_AFTER_NO.get(word)) or _INSTEAD.get(word, ())
        choices = [f"{choice}の{way}" if choice else way for choice in choices for way in replaced]
    return tuple(choice for choice in choices if 0 < len(_split(choice)) <= MAX_GENERATIONS)[:4]
