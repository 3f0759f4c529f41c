"""世帯員の並び順 — the order in which an event puts people into a household it founds. std 5.2 (N-5.2-*); domain §3.3.

Pure: the events' own `apply`, on people of whom the register or the form says only what it says at the counter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.events.move_in import MOVE_IN
from daicho.residents.rules.events.relocation import RELOCATION
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.situation import PersonState, Situation
from daicho.values.dates import JapaneseDate

TODAY = date(2026, 4, 10)
HEAD = "花園　太郎"


@dataclass(frozen=True)
class Who:
    """One of a household: 続柄, birth, sex, and 筆頭者 of their 戸籍."""

    name: str
    relationship: str
    birth: str
    sex: str = "1"
    register: str = HEAD
    atena_no: str | None = None

    def values(self) -> dict[str, object]:
        return {
            "resident_kind": "1", "name_kanji": self.name, "relationship": self.relationship, "birth_date": JapaneseDate.parse(self.birth),
            "sex_code": self.sex, "family_register_head_name": self.register, "registered_domicile": "北海道小樽市花園二丁目1番地",
        }  # fmt: skip


TARO = Who(HEAD, "世帯主", "昭和55年3月9日")


def filing(code: str, members: list[Member]) -> Filing:
    return Filing(code, JapaneseDate.parse("令和8年4月1日"), date(2026, 4, 3), {"address": "花園2丁目12番1号", "household_choice": "new"}, tuple(members))


def moved_in(*people: Who) -> list[str]:
    """転入 of these into a new household → their names in its order. Those with a 宛名番号 return."""
    known = {p.atena_no: PersonState(p.atena_no, SheetEntries(), False, 1, 1) for p in people if p.atena_no}
    changes = MOVE_IN.apply(Situation(TODAY, "012033", "北海道小樽市", persons=known), filing(MOVE_IN.code, [Member(p.atena_no, p.values()) for p in people]))
    return [people[o.member].name for o in sorted(changes.openings, key=lambda o: o.entries.order_in_household or 0)]


def moved_house(*people: Who) -> list[str]:
    """転居 of these, residents all, into a new household → their names in its order."""
    persons = {p.atena_no: PersonState(p.atena_no, SheetEntries(**{**p.values(), "relationship": None}), True, 1, 1) for p in people if p.atena_no}
    assert len(persons) == len(people)
    members = [Member(p.atena_no, {"relationship": p.relationship}) for p in people]
    changes = RELOCATION.apply(Situation(TODAY, "012033", "北海道小樽市", persons=persons), filing(RELOCATION.code, members))
    return [people[r.member].name for r in sorted(changes.revisions, key=lambda r: r.asserts["order_in_household"])]


def numbered(*people: Who) -> list[Who]:
    """The same people, 宛名番号 given in the reverse of this order."""
    return [Who(p.name, p.relationship, p.birth, p.sex, p.register, f"{900 - 10 * at}") for at, p in enumerate(people)]


TWINS = {
    "子（N-5.2-07）": [TARO, Who("乙", "子", "平成22年4月2日"), Who("甲", "子", "平成22年4月2日", "2")],
    "子の子（N-5.2-11）": [
        TARO, Who("長男", "子", "平成2年1月1日", register="長男"), Who("乙", "子の子", "平成30年4月2日", register="長男"),
        Who("甲", "子の子", "平成30年4月2日", "2", "長男"),
    ],
    "兄弟姉妹（N-5.2-14）": [TARO, Who("乙", "弟", "昭和60年4月2日"), Who("甲", "妹", "昭和60年4月2日", "2")],
    "縁故者（N-5.2-18）": [TARO, Who("乙", "縁故者", "昭和60年4月2日", register="丙"), Who("甲", "縁故者", "昭和60年4月2日", "2", "丁")],
    "同居人（N-5.2-19）": [TARO, Who("乙", "同居人", "昭和60年4月2日", register="丙"), Who("甲", "同居人", "昭和60年4月2日", "2", "丁")],
    "配偶者の兄と姉（N-5.2-22）": [TARO, Who("乙", "妻の兄", "昭和50年4月2日", register="丙"), Who("甲", "妻の姉", "昭和50年4月2日", "2", "丙")],
}  # fmt: skip


@pytest.mark.parametrize("people", TWINS.values(), ids=TWINS)
def test_生年月日が同じ住民は宛名番号の順に並ぶ(people: list[Who]):
    """N-5.2-07, -11, -14, -18, -19, -22: not by the place on the form, and numbers compare as numbers."""
    backwards = numbered(*people)
    others = [p.name for p in people[:-2]]
    assert moved_house(*backwards) == [*others, "甲", "乙"]
    given_in_order = [Who(p.name, p.relationship, p.birth, p.sex, p.register, str(90 + 10 * at)) for at, p in enumerate(people)]  # 90, 100, …
    assert moved_house(*given_in_order) == [*others, "乙", "甲"]
    assert moved_house(*given_in_order[:-2], given_in_order[-1], given_in_order[-2]) == [*others, "乙", "甲"]


@pytest.mark.parametrize("people", TWINS.values(), ids=TWINS)
def test_生年月日が同じ転入者は届書の順に並び前からの宛名番号を持つ者が先(people: list[Who]):
    """The same rows: newcomers get their numbers in the order of the form; who returns has an older one."""
    others = [p.name for p in people[:-2]]
    assert moved_in(*people) == [*others, "乙", "甲"]
    assert moved_in(*people[:-2], people[-1], people[-2]) == [*others, "甲", "乙"]
    assert moved_in(*people[:-1], numbered(people[-1])[0]) == [*others, "甲", "乙"]


FATHER = Who("花園　茂", "父", "昭和25年1月1日", register="花園　きぬ")
MOTHER = Who("花園　きぬ", "母", "昭和28年1月1日", "2", "花園　きぬ")
GRANDFATHER = Who("花園　勇", "父の父", "大正14年1月1日", register="花園　とめ")
GRANDMOTHER = Who("花園　とめ", "父の母", "昭和2年1月1日", "2", "花園　とめ")


@pytest.mark.parametrize("move", [moved_in, moved_house], ids=["転入", "転居"])
@pytest.mark.parametrize(("him", "her"), [(FATHER, MOTHER), (GRANDFATHER, GRANDMOTHER)], ids=["父母（N-5.2-13）", "祖父母（N-5.2-15）"])
def test_筆頭者である母と祖母は年下でも先に並ぶ(move, him: Who, her: Who):
    """N-5.2-13, -15; where neither is 筆頭者, by birth."""
    assert move(*numbered(TARO, him, her)) == [HEAD, her.name, him.name]
    neither = [Who(p.name, p.relationship, p.birth, p.sex, "別の　筆頭者") for p in (her, him)]
    assert move(*numbered(TARO, *neither)) == [HEAD, him.name, her.name]


@pytest.mark.parametrize("move", [moved_in, moved_house], ids=["転入", "転居"])
def test_配偶者側は第3順位に倣い筆頭者の母が先(move):
    """N-5.2-20."""
    people = [
        TARO,
        Who("妻の祖母", "妻の父の母", "大正15年1月1日", "2", "妻の祖父"),
        Who("妻の妹", "妻の妹", "昭和63年1月1日", "2", "妻の母"),
        Who("妻の父", "妻の父", "昭和20年1月1日", "1", "妻の母"),
        Who("妻の母", "妻の母", "昭和24年1月1日", "2", "妻の母"),
        Who("弟", "弟", "平成元年2月1日"),
    ]
    assert move(*numbered(*people)) == [HEAD, "弟", "妻の母", "妻の父", "妻の妹", "妻の祖母"]


@pytest.mark.parametrize("move", [moved_in, moved_house], ids=["転入", "転居"])
def test_二つの子の家族は戸籍で分かれ混ざらない(move):
    """N-5.2-09: the younger son's child is the elder; without the 戸籍 it would be taken for the elder son's."""
    people = [
        TARO,
        Who("次男の子", "子の子", "令和元年6月1日", "2", "次男"),
        Who("長男の子", "子の子", "令和3年1月1日", "1", "長男"),
        Who("次男の妻", "子の妻", "平成10年1月1日", "2", "次男"),
        Who("長男の妻", "子の妻", "平成12年1月1日", "2", "長男"),
        Who("次男", "子", "平成12年5月1日", "1", "次男"),
        Who("長男", "子", "平成10年5月1日", "1", "長男"),
    ]
    assert move(*numbered(*people)) == [HEAD, "長男", "長男の妻", "長男の子", "次男", "次男の妻", "次男の子"]


@pytest.mark.parametrize("move", [moved_in, moved_house], ids=["転入", "転居"])
def test_縁故者の家族は戸籍で一団になる(move):
    """N-5.2-23: all are 縁故者, and the wife is the eldest; another 縁故者 is not drawn in between."""
    people = [
        TARO,
        Who("妻", "縁故者", "昭和40年1月1日", "2", "山田　健"),
        Who("子", "縁故者", "平成20年1月1日", "1", "山田　健"),
        Who("別の縁故者", "縁故者", "平成5年1月1日", "1", "川口　実"),
        Who("山田　健", "縁故者", "昭和45年1月1日", "1", "山田　健"),
    ]
    assert move(*numbered(*people)) == [HEAD, "山田　健", "妻", "子", "別の縁故者"]
