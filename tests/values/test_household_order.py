"""世帯員の並び順 — each rule by the standard's own example. std 5.2 (N-5.2-*)."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from daicho.values.household_order import HouseholdOrder, Member, household_order
from daicho.values.relationship import WORDS, Relationship, Sex

MALE, FEMALE = Sex.MALE, Sex.FEMALE
Drawn = tuple[str | None, date | None, Sex | None, bool, str | None]


def one(relationship: str, born: int, no: int, sex: Sex | None = None, *, register_head: bool = False, family_of: int | None = None, day: int = 1) -> Member:
    return Member(Relationship.parse(relationship), str(no), date(born, 1, day), sex, register_head, str(family_of) if family_of else None)


def ordered(*members: Member) -> list[int]:
    """The 宛名番号 in the order of the certificate."""
    return [int(members[place].atena_no) for place in household_order(members).order]


def test_標準の例の世帯() -> None:
    """N-5.2-01: head, wife, single daughter, married son with wife and child, father, wife's mother, 縁故者, 同居人."""
    members = [
        one("同居人", 1950, 10), one("縁故者", 1960, 9), one("妻の母", 1948, 8), one("父", 1945, 7), one("子の子", 2012, 6), one("子の妻", 1986, 5, FEMALE),
        one("子", 1985, 4, MALE), one("子", 1990, 3, FEMALE), one("妻", 1958, 2), one("世帯主", 1960, 1),
    ]  # fmt: skip
    assert ordered(*members) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert household_order(members).unsure == (4,)  # 子の子 could be the single daughter's: the couple is only likelier


def test_世帯主と配偶者は年齢で逆転しない() -> None:
    """N-5.2-06."""
    assert ordered(one("子", 2001, 4), one("妻", 1950, 2), one("子", 2000, 3), one("世帯主", 1960, 1)) == [1, 2, 3, 4]


def test_子は生年月日の順で同日なら宛名番号の順() -> None:
    """N-5.2-07. 宛名番号 compare as numbers."""
    assert ordered(one("子", 2000, 100), one("子", 2000, 99), one("子", 1999, 101), one("世帯主", 1970, 1)) == [1, 101, 99, 100]


def test_家族を持つ子は第2順位に下がる() -> None:
    """N-5.2-08: the elder son with a wife（未届） after the younger single son."""
    assert ordered(one("世帯主", 1960, 1), one("子", 1985, 2, MALE), one("子の妻（未届）", 1986, 3), one("子", 1990, 4, MALE, family_of=None)) in (
        [1, 4, 2, 3],
    )


def test_二つの子の家族は混ざらない() -> None:
    """N-5.2-09: the second son's child is the elder of the cousins."""
    members = [
        one("世帯主", 1950, 1), one("子", 1975, 2, MALE), one("子の妻", 1976, 3, family_of=2), one("子の子", 2010, 4, family_of=2),
        one("子", 1977, 5, MALE), one("子の妻", 1970, 6, family_of=5), one("子の子", 2005, 7, family_of=5),
    ]  # fmt: skip
    assert ordered(*reversed(members)) == [1, 2, 3, 4, 5, 6, 7]
    assert household_order(members).unsure == ()


def test_誰の家族か分からないときは推して職員に知らせる() -> None:
    """N-5.2-09 where the data do not say whose child it is."""
    members = [one("世帯主", 1950, 1), one("子", 1975, 2, MALE), one("子の妻", 1976, 3), one("子の子", 2010, 4), one("子", 1977, 5, MALE)]
    found = household_order(members)
    assert [int(members[place].atena_no) for place in found.order] == [1, 5, 2, 3, 4]
    assert found.unsure == (2, 3)


def test_子の家族の中は子と配偶者と子の子の順() -> None:
    """N-5.2-10, N-5.2-11: the wife is older than the son; twins by 宛名番号."""
    members = [one("世帯主", 1950, 1), one("子の子", 2010, 6), one("子の子", 2010, 5), one("子の子", 2008, 4), one("子の妻", 1970, 3), one("子", 1975, 2, MALE)]
    assert ordered(*members) == [1, 2, 3, 4, 5, 6]


def test_子の夫は娘の家族に入り息子の家族に入らない() -> None:
    """N-5.2-10; spec/domain.md 3.1: 子（子の夫） is the spouse of a child."""
    members = [one("世帯主", 1950, 1), one("子", 1980, 2, MALE), one("子", 1982, 3, FEMALE), one("子（子の夫）", 1979, 4, MALE)]
    assert ordered(*members) == [1, 2, 3, 4]
    assert household_order(members).unsure == ()


def test_第3順位は父母と兄弟姉妹と祖父母の順() -> None:
    """N-5.2-12: father, brother, 父の母."""
    assert ordered(one("父の母", 1920, 4), one("弟", 1975, 3), one("父", 1945, 2), one("世帯主", 1970, 1)) == [1, 2, 3, 4]


def test_父母と祖父母は筆頭者が先でいなければ生年月日の順() -> None:
    """N-5.2-13, N-5.2-15."""
    for father, mother in (("父", "母"), ("父の父", "父の母")):
        head = one("世帯主", 1970, 1)
        assert ordered(head, one(father, 1940, 2), one(mother, 1945, 3, register_head=True)) == [1, 3, 2]
        assert ordered(head, one(father, 1940, 2), one(mother, 1945, 3)) == [1, 2, 3]


def test_兄弟姉妹は生年月日の順で続柄や性別によらない() -> None:
    """N-5.2-14: an elder 妹 (by correction of dates) and twin brothers."""
    assert ordered(one("弟", 1980, 30), one("弟", 1980, 20), one("妹", 1979, 40), one("世帯主", 1970, 1)) == [1, 40, 20, 30]


def test_第4順位は親族と縁故者と同居人の順() -> None:
    """N-5.2-16 to -19."""
    assert ordered(one("同居人", 1930, 4), one("縁故者", 1950, 3), one("妻の弟", 1990, 2), one("世帯主", 1970, 1)) == [1, 2, 3, 4]
    for word in ("父の兄の子", "縁故者", "同居人"):
        assert ordered(one(word, 1980, 20), one(word, 1980, 10), one(word, 1979, 30), one("世帯主", 1970, 1)) == [1, 30, 10, 20]


def test_配偶者側は第3順位に倣う() -> None:
    """N-5.2-20: brother, wife's mother (筆頭者), wife's father, wife's sister, wife's grandmother."""
    members = [
        one("妻の父の母", 1920, 6),
        one("妻の妹", 1978, 5),
        one("妻の父", 1940, 4),
        one("妻の母", 1945, 3, register_head=True),
        one("弟", 1975, 2),
        one("世帯主", 1970, 1),
    ]
    assert ordered(*members) == [1, 2, 3, 4, 5, 6]


def test_配偶者の兄姉は生年月日の順で同日なら宛名番号の順() -> None:
    """N-5.2-21, N-5.2-22: both examples of the standard, also with the numbers exchanged."""
    head = one("世帯主", 1970, 1)
    assert ordered(head, one("妻の弟", 1980, 2), one("妻の兄", 1970, 3)) == [1, 3, 2]
    assert ordered(head, one("妻の姉", 1970, 12467), one("妻の兄", 1970, 12345)) == [1, 12345, 12467]
    assert ordered(head, one("妻の兄", 1970, 12467), one("妻の姉", 1970, 12345)) == [1, 12345, 12467]


def test_縁故者の家族は一団で並ぶ() -> None:
    """N-5.2-23: 縁故者, the older partner and the child, who all bear the word 縁故者; another 縁故者 after them."""
    members = [one("世帯主", 1970, 1), one("縁故者", 1960, 2), one("縁故者", 1950, 3, family_of=2), one("縁故者", 2000, 4, family_of=2), one("縁故者", 1970, 5)]
    assert ordered(*reversed(members)) == [1, 2, 3, 4, 5]


def test_親族の家族は世代と生年月日の順に家族単位で並ぶ() -> None:
    """N-5.2-24: the young 妻の兄 and family before the old 父の兄の子 and family."""
    members = [
        one("世帯主", 1970, 1), one("妻の兄", 1985, 2, MALE), one("妻の兄の妻", 1986, 3), one("妻の兄の子", 2015, 4),
        one("父の兄の子", 1955, 5, MALE), one("父の兄の子の妻", 1950, 6), one("父の兄の子の子", 1985, 7),
    ]  # fmt: skip
    assert ordered(*reversed(members)) == [1, 2, 3, 4, 5, 6, 7]


def test_親族は世代や配偶者の側によらず生年月日の順() -> None:
    """N-5.2-17: single relatives; 兄の子 has fewer generations than 父の兄の子, 妻の弟 is of the wife's side."""
    head = one("世帯主", 1970, 1)
    assert ordered(head, one("兄の子", 1995, 2), one("父の兄の子", 1950, 3)) == [1, 3, 2]
    assert ordered(head, one("妻の弟", 1990, 2), one("父の兄", 1940, 3)) == [1, 3, 2]
    assert ordered(head, one("妻の弟", 1940, 3), one("父の兄", 1940, 2)) == [1, 2, 3]


def test_同じ世代の親族の家族は配偶者の側によらず生年月日の順() -> None:
    """N-5.2-24: the old 父の兄 and family before the young 妻の兄 and family, two generations both; then by 宛名番号."""

    def families(born: int, uncle: int, brother: int) -> list[int]:
        return ordered(
            one("世帯主", 1970, 1), one("妻の兄", born, brother, MALE), one("妻の兄の妻", 1986, brother + 1),
            one("父の兄", 1950, uncle, MALE), one("父の兄の妻", 1951, uncle + 1), one("父の兄の子", 1980, uncle + 2),
        )  # fmt: skip

    assert families(1985, uncle=10, brother=2) == [1, 10, 11, 12, 2, 3]
    assert families(1950, uncle=10, brother=2) == [1, 2, 3, 10, 11, 12]
    assert families(1950, uncle=2, brother=10) == [1, 2, 3, 4, 10, 11]


def test_配偶者側は他の親族が間に入っても第3順位の順のまま() -> None:
    """N-5.2-17, -20: others come in by birth, the wife's father stays before her brother and her grandmother whatever their births say."""
    head = one("世帯主", 1970, 1)
    assert ordered(head, one("妻の父の母", 1920, 5), one("妻の妹", 1978, 4), one("父の弟", 1960, 3), one("妻の父", 1945, 2)) == [1, 2, 3, 4, 5]
    assert ordered(head, one("妻の弟", 1950, 4), one("妻の父", 1960, 3), one("父の兄", 1955, 2)) == [1, 2, 3, 4]


def test_一人の親族と親族の家族は生年月日の順に並び混ざらない() -> None:
    """N-5.2-17, -24: the single 父の妹 before two families, of which the younger has fewer generations."""
    members = [
        one("世帯主", 1970, 1), one("弟", 1975, 2, MALE), one("弟の妻", 1976, 3), one("弟の子", 2010, 4), one("父の妹", 1950, 5),
        one("父の兄の子", 1948, 6, MALE), one("父の兄の子の妻", 1949, 7),
    ]  # fmt: skip
    assert ordered(*reversed(members)) == [1, 5, 2, 3, 4, 6, 7]


def test_家族を持つ兄弟姉妹は家族と一団で第4順位に並ぶ() -> None:
    """N-5.2-12, -23: the married brother goes down with wife and child, as a married child does (N-5.2-08); the single sister keeps the third."""
    members = [
        one("世帯主", 1970, 1), one("弟", 1975, 5, MALE), one("弟の妻", 1970, 6), one("弟の子", 2005, 7), one("妹", 1980, 2), one("父の母", 1920, 3),
        one("妻の母", 1945, 4), one("縁故者", 1940, 8),
    ]  # fmt: skip
    assert ordered(*reversed(members)) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_子がいない家の子の子は第2順位に並ぶ() -> None:
    """N-5.2-10: the grandchildren whose parent lives elsewhere, before the head's father."""
    assert ordered(one("世帯主", 1950, 1), one("父", 1925, 4), one("子の子", 2012, 3), one("子の子", 2010, 2)) == [1, 2, 3, 4]


def test_世帯主の家族という指定は並びを変えない() -> None:
    """N-5.2-06: the head leads no family of the second or fourth 順位."""
    assert ordered(one("子", 2000, 3, family_of=1), one("妻", 1972, 2, family_of=1), one("世帯主", 1970, 1)) == [1, 2, 3]


people = st.lists(
    st.builds(
        lambda *drawn: drawn,
        st.one_of(st.none(), st.sampled_from(["世帯主", "縁故者", "同居人"]), st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map("の".join)),
        st.none() | st.dates(date(1920, 1, 1), date(2026, 1, 1)),
        st.none() | st.sampled_from(Sex),
        st.booleans(),
        st.none() | st.integers(0, 9).map(str),
    ),
    max_size=9,
)


@given(people, st.randoms(use_true_random=False))
def test_どの世帯も一通りに並び入力の順によらない(drawn: list[Drawn], random: object) -> None:
    """N-5.2-01: every member exactly once; the order is a matter of the members, not of how they were listed."""
    members = [
        Member(Relationship.parse(words) if words else None, str(no), born, sex, head, family)
        for no, (words, born, sex, head, family) in enumerate(drawn, start=1)
    ]
    found = household_order(members)
    assert sorted(found.order) == list(range(len(members)))
    shuffled = list(members)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = household_order(shuffled)
    assert [shuffled[place] for place in again.order] == [members[place] for place in found.order]


@given(people)
def test_世帯主が先頭で配偶者が続き空欄は最後に並ぶ(drawn: list[Drawn]) -> None:
    """N-5.2-06."""
    members = [Member(Relationship.parse(w) if w else None, str(n), b, s, h, f) for n, (w, b, s, h, f) in enumerate(drawn)]
    found: HouseholdOrder = household_order(members)
    ranks = []
    for place in found.order:
        relationship = members[place].relationship
        ranks.append(9 if relationship is None else 0 if relationship.is_head else 1 if relationship.is_spouse else 2)
    assert ranks == sorted(ranks)
