"""続柄の案 — by a table written by hand: who was what to the old 世帯主, and is what to the new one. domain §3.2; N-4.1.4.2-01.

？ = the words do not tell: nothing is proposed, and the clerk asks. Each family is told in full, so that each line can be
checked with pencil and paper.
"""

from __future__ import annotations

from datetime import date

import pytest

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.relationship_proposal import kin, proposals
from daicho.values.dates import JapaneseDate
from daicho.values.relationship import Relationship

ASKED = "？"

# Each family: (続柄 to the old head, sex, year of birth) by letter; then, by the letter of the new head, what each becomes in that order.
COUPLE = {"夫": ("世帯主", "男", 1980), "妻": ("妻", "女", 1982), "子": ("子", "男", 2010), "連れ子": ("妻の子", "女", 2005)}
THREE_GENERATIONS = {
    "祖父": ("世帯主", "男", 1950), "祖母": ("妻", "女", 1952), "長男": ("子", "男", 1975), "嫁": ("子の妻", "女", 1977), "孫": ("子の子", "男", 2005),
    "長女": ("子", "女", 1980),
}  # fmt: skip
WITH_PARENTS = {
    "本人": ("世帯主", "男", 1975), "妻": ("妻", "女", 1977), "子": ("子", "女", 2005), "父": ("父", "男", 1950), "母": ("母", "女", 1952),
    "父の父": ("父の父", "男", 1925), "母の母": ("母の母", "女", 1930), "弟": ("弟", "男", 1979), "義父": ("妻の父", "男", 1948), "義母": ("妻の母", "女", 1951),
    "義兄": ("妻の兄", "男", 1974), "友": ("同居人", "男", 1976), "縁": ("縁故者", "女", 1960),
}  # fmt: skip
BROTHERS = {
    "本人": ("世帯主", "女", 1980), "夫": ("夫", "男", 1979), "子": ("子", "男", 2008), "兄": ("兄", "男", 1975), "兄の妻": ("兄の妻", "女", 1976),
    "兄の子": ("兄の子", "女", 2003), "妹": ("妹", "女", 1985), "母": ("母", "女", 1950),
}  # fmt: skip
UNREGISTERED = {
    "夫": ("世帯主", "男", 1980),
    "妻": ("妻（未届）", "女", 1982),
    "連れ子": ("妻（未届）の子", "男", 2008),
    "子": ("子", "女", 2012),
    "母": ("母", "女", 1950),
}
HEAD_GONE = {"妻": ("妻", "女", 1952), "長男": ("子", "男", 1975), "次男": ("子", "男", 1978), "長男の妻": ("子の妻", "女", 1976), "孫": ("子の子", "女", 2005)}
DEEP = {"本人": ("世帯主", "男", 1950), "子": ("子", "女", 1975), "子の夫": ("子の夫", "男", 1973), "孫": ("子の子", "男", 2000), "孫の妻": ("子の子の妻", "女", 2001),
        "曽孫": ("子の子の子", "女", 2022), "妻の母の母": ("妻の母の母", "女", 1905)}  # fmt: skip
ADOPTED = {"本人": ("世帯主", "男", 1950), "妻": ("妻", "女", 1952), "娘": ("子", "女", 1975), "婿": ("子（子の夫）", "男", 1973), "孫": ("子の子", "男", 2000)}

TABLE = [
    # 夫婦と子 ------------------------------------------------------------------------------------------------------------
    (COUPLE, "妻", {"夫": "夫", "妻": "世帯主", "子": ASKED, "連れ子": "子"}),  # 子 may be his alone: 子 or 夫の子
    (COUPLE, "子", {"夫": "父", "妻": ASKED, "子": "世帯主", "連れ子": ASKED}),  # 妻: 母 or 父の妻
    (COUPLE, "連れ子", {"夫": "母の夫", "妻": "母", "子": ASKED, "連れ子": "世帯主"}),
    (COUPLE, "夫", {"夫": "世帯主", "妻": "妻", "子": "子", "連れ子": "妻の子"}),
    # 三世代 --------------------------------------------------------------------------------------------------------------
    (THREE_GENERATIONS, "祖母", {"祖父": "夫", "祖母": "世帯主", "長男": ASKED, "嫁": ASKED, "孫": ASKED, "長女": ASKED}),
    (THREE_GENERATIONS, "長男", {"祖父": "父", "祖母": ASKED, "長男": "世帯主", "嫁": "妻", "孫": ASKED, "長女": "妹"}),  # 孫: his, or the daughter's?
    (THREE_GENERATIONS, "長女", {"祖父": "父", "祖母": ASKED, "長男": "兄", "嫁": "兄の妻", "孫": ASKED, "長女": "世帯主"}),
    (THREE_GENERATIONS, "嫁", {"祖父": "夫の父", "祖母": ASKED, "長男": "夫", "嫁": "世帯主", "孫": ASKED, "長女": "夫の妹"}),
    (THREE_GENERATIONS, "孫", {"祖父": ASKED, "祖母": ASKED, "長男": ASKED, "嫁": ASKED, "孫": "世帯主", "長女": ASKED}),
    # 親と同居 ------------------------------------------------------------------------------------------------------------
    (WITH_PARENTS, "妻", {"本人": "夫", "妻": "世帯主", "子": ASKED, "父": "夫の父", "母": "夫の母", "父の父": "夫の父の父", "母の母": "夫の母の母", "弟": "夫の弟",
                          "義父": "父", "義母": "母", "義兄": "兄", "友": ASKED, "縁": ASKED}),
    (WITH_PARENTS, "子", {"本人": "父", "妻": ASKED, "子": "世帯主", "父": "父の父", "母": "父の母", "父の父": "父の父の父", "母の母": "父の母の母", "弟": "父の弟",
                          "義父": ASKED, "義母": ASKED, "義兄": ASKED, "友": ASKED, "縁": ASKED}),
    (WITH_PARENTS, "父", {"本人": "子", "妻": "子の妻", "子": "子の子", "父": "世帯主", "母": "妻", "父の父": "父", "母の母": "妻の母", "弟": ASKED,
                          "義父": "子の妻の父", "義母": "子の妻の母", "義兄": "子の妻の兄", "友": ASKED, "縁": ASKED}),
    (WITH_PARENTS, "母", {"本人": "子", "妻": "子の妻", "子": "子の子", "父": "夫", "母": "世帯主", "父の父": "夫の父", "母の母": "母", "弟": ASKED,
                          "義父": "子の妻の父", "義母": "子の妻の母", "義兄": "子の妻の兄", "友": ASKED, "縁": ASKED}),
    (WITH_PARENTS, "義父", {"本人": "子の夫", "妻": "子", "子": ASKED, "父": "子の夫の父", "母": "子の夫の母", "父の父": "子の夫の父の父", "母の母": "子の夫の母の母",
                            "弟": "子の夫の弟", "義父": "世帯主", "義母": "妻", "義兄": ASKED, "友": ASKED, "縁": ASKED}),
    (WITH_PARENTS, "弟", {"本人": "兄", "妻": "兄の妻", "子": "兄の子", "父": ASKED, "母": ASKED, "父の父": ASKED, "母の母": ASKED, "弟": "世帯主",
                          "義父": "兄の妻の父", "義母": "兄の妻の母", "義兄": "兄の妻の兄", "友": ASKED, "縁": ASKED}),
    (WITH_PARENTS, "友", {"本人": ASKED, "妻": ASKED, "子": ASKED, "父": ASKED, "母": ASKED, "父の父": ASKED, "母の母": ASKED, "弟": ASKED, "義父": ASKED,
                          "義母": ASKED, "義兄": ASKED, "友": "世帯主", "縁": ASKED}),
    # 兄弟姉妹 ------------------------------------------------------------------------------------------------------------
    (BROTHERS, "兄", {"本人": "妹", "夫": "妹の夫", "子": "妹の子", "兄": "世帯主", "兄の妻": "妻", "兄の子": "子", "妹": ASKED, "母": ASKED}),
    (BROTHERS, "妹", {"本人": "姉", "夫": "姉の夫", "子": "姉の子", "兄": ASKED, "兄の妻": ASKED, "兄の子": ASKED, "妹": "世帯主", "母": ASKED}),
    (BROTHERS, "兄の子", {"本人": "父の妹", "夫": "父の妹の夫", "子": "父の妹の子", "兄": "父", "兄の妻": ASKED, "兄の子": "世帯主", "妹": ASKED, "母": ASKED}),
    (BROTHERS, "夫", {"本人": "妻", "夫": "世帯主", "子": ASKED, "兄": "妻の兄", "兄の妻": "妻の兄の妻", "兄の子": "妻の兄の子", "妹": "妻の妹", "母": "妻の母"}),
    # 未届 ----------------------------------------------------------------------------------------------------------------
    (UNREGISTERED, "妻", {"夫": "夫（未届）", "妻": "世帯主", "連れ子": "子", "子": ASKED, "母": "夫（未届）の母"}),
    (UNREGISTERED, "連れ子", {"夫": "母の夫（未届）", "妻": "母", "連れ子": "世帯主", "子": ASKED, "母": "母の夫（未届）の母"}),
    (UNREGISTERED, "母", {"夫": "子", "妻": "子の妻（未届）", "連れ子": "子の妻（未届）の子", "子": "子の子", "母": "世帯主"}),
    # 世帯主が死亡・転出した後 ------------------------------------------------------------------------------------------------
    (HEAD_GONE, "妻", {"妻": "世帯主", "長男": ASKED, "次男": ASKED, "長男の妻": ASKED, "孫": ASKED}),
    (HEAD_GONE, "長男", {"妻": ASKED, "長男": "世帯主", "次男": "弟", "長男の妻": ASKED, "孫": ASKED}),  # two sons: whose wife is she?
    (HEAD_GONE, "長男の妻", {"妻": ASKED, "長男": ASKED, "次男": ASKED, "長男の妻": "世帯主", "孫": ASKED}),
    # 四世代と縁故者 --------------------------------------------------------------------------------------------------------
    (DEEP, "子", {"本人": "父", "子": "世帯主", "子の夫": "夫", "孫": "子", "孫の妻": "子の妻", "曽孫": "子の子", "妻の母の母": ASKED}),
    (DEEP, "孫", {"本人": "母の父", "子": "母", "子の夫": ASKED, "孫": "世帯主", "孫の妻": "妻", "曽孫": "子", "妻の母の母": ASKED}),
    (DEEP, "孫の妻", {"本人": "夫の母の父", "子": "夫の母", "子の夫": ASKED, "孫": "夫", "孫の妻": "世帯主", "曽孫": ASKED, "妻の母の母": ASKED}),
    (DEEP, "曽孫", {"本人": "父の母の父", "子": "父の母", "子の夫": ASKED, "孫": "父", "孫の妻": ASKED, "曽孫": "世帯主", "妻の母の母": ASKED}),
    (DEEP, "妻の母の母", {"本人": "子の子の夫", "子": ASKED, "子の夫": ASKED, "孫": ASKED, "孫の妻": ASKED, "曽孫": ASKED, "妻の母の母": "世帯主"}),
    # 婿養子 ---------------------------------------------------------------------------------------------------------------
    (ADOPTED, "娘", {"本人": "父", "妻": ASKED, "娘": "世帯主", "婿": ASKED, "孫": "子"}),
    (ADOPTED, "婿", {"本人": "父", "妻": ASKED, "娘": ASKED, "婿": "世帯主", "孫": ASKED}),
]  # fmt: skip
_SEX = {"男": "1", "女": "2"}


def sheet(word: str, sex: str, year: int) -> SheetEntries:
    return SheetEntries(relationship=word, sex_code=_SEX[sex], birth_date=JapaneseDate.of(date(year, 4, 1)))


@pytest.mark.parametrize(("family", "new_head", "become"), TABLE, ids=[f"{at}-{row[1]}" for at, row in enumerate(TABLE, 1)])
def test_新しい世帯主からみた続柄の案(family, new_head, become):
    """domain §3.2: 「一意なら候補、曖昧なら空欄＋要確認」."""
    found = proposals([kin(sheet(*person)) for person in family.values()], list(family).index(new_head))
    assert dict(zip(family, [word or ASKED for word in found], strict=True)) == become


def test_四世代を超えると縁故者になる():
    """N-1.1.11: 父の父の父 of the husband's is 夫の父の父の父; one more word is 縁故者."""
    people = [("世帯主", "男", 1980), ("妻", "女", 1982), ("父の父の父", "男", 1890), ("父の兄の子の子", "男", 1990)]
    assert proposals([kin(sheet(*p)) for p in people], 1) == ("夫", "世帯主", "夫の父の父の父", "縁故者")


@pytest.mark.parametrize(
    "other",
    [
        SheetEntries(relationship="子", sex_code="1", birth_date=JapaneseDate.of(date(2010, 4, 1))),
        SheetEntries(relationship="子", sex_code=None, birth_date=JapaneseDate.of(date(2008, 4, 1))),
        SheetEntries(relationship="子", sex_code="1", birth_date=JapaneseDate.parse("平成22年 月日不詳")),
        SheetEntries(relationship="子", sex_code="1"),
    ],
    ids=["双子", "性別の空欄", "生年月日の不詳", "生年月日の空欄"],
)
def test_兄か弟かがわからなければ案を出さない(other):
    child = kin(sheet("子", "女", 2010))
    assert proposals([kin(sheet("世帯主", "男", 1980)), child, kin(other)], 1) == ("父", "世帯主", None)


def test_元の世帯主の性別がわからなければ父か母かを尋ねる():
    people = [kin(SheetEntries(relationship="世帯主")), kin(sheet("子", "女", 2010))]
    assert proposals(people, 1) == (None, "世帯主")
    assert proposals([*people, kin(sheet("妻", "女", 1985))], 1)[0] == "父"


def test_続柄の空欄は空欄のまま尋ねる():
    assert proposals([kin(sheet("世帯主", "男", 1980)), kin(sheet("妻", "女", 1982)), kin(SheetEntries())], 1) == ("夫", "世帯主", None)


def test_移行した語彙外の続柄は尋ねる():
    """N-1.1.11: 長男 is no 続柄 of the register; officers replace it, a proposal does not guess."""
    assert proposals([kin(sheet("世帯主", "男", 1980)), kin(sheet("妻", "女", 1982)), kin(sheet("長男", "男", 2005))], 1) == ("夫", "世帯主", None)


def test_どの語から始めても案は定められた続柄である():
    """Whoever becomes head of a household that holds every two-word 続柄: one head, no word outside the vocabulary."""
    words = ("夫", "妻", "子", "父", "母", "兄", "姉", "弟", "妹")
    household = [kin(sheet("世帯主", "女", 1960)), *(kin(sheet(w, "男", 1970 + at)) for at, w in enumerate(words))]
    household += [kin(sheet(f"{a}の{b}", "女", 1980 + at)) for at, a in enumerate(words) for b in words if a not in ("夫", "妻") or b not in ("夫", "妻")]
    for new_head in range(len(household)):
        found = proposals(household, new_head)
        assert [word for word in found if word == "世帯主"] == ["世帯主"] and found[new_head] == "世帯主"
        assert all(Relationship.parse(word) == word for word in found if word)
