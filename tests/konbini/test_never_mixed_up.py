"""人を取り違えない — for whatever order of updates and requests, a paper shows the person who asked, as they are now; or there is none. S5-02.

A model keeps, in plain Python, what the register said last; each answer is judged by what an independent reader finds on the paper.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daicho.contracts.certificate_data_v1 import CertifiedPerson
from daicho.values.made_up import made_up_user_certificate_serial
from tests.contracts.convenience_samples import TARO
from tests.konbini.sending import HOUSEHOLD, PERSONAL, ask, beat, hold, paper_of, tell

NAMES = ("赤井　一", "青木　二", "黒田　三", "白石　四")
TOWNS = ("色内1丁目1番1号", "花園2丁目2番2号", "稲穂3丁目3番3号")


def person(at: int) -> CertifiedPerson:
    entries = replace(
        TARO.entries, name_kanji=NAMES[at], name_kana="カナ　メイ", householder_name=NAMES[0], family_register_head_name=None, address_building=None
    )
    return replace(
        TARO, atena_no=f"10000000{at}0", household_no=f"200000000{at % 2}", order_in_household=at + 1, entries=entries,
        user_certificate_serial=str(made_up_user_certificate_serial(10 + at)),
    )  # fmt: skip


@dataclass
class Register:
    """What the register says: each person as told last, and who is held."""

    people: list[CertifiedPerson] = field(default_factory=lambda: [person(at) for at in range(len(NAMES))])
    held: set[int] = field(default_factory=set)

    def household(self, at: int) -> list[int]:
        return [other for other, one in enumerate(self.people) if one.household_no == self.people[at].household_no]

    def may_have(self, at: int, kind: str) -> bool:
        people = self.household(at) if kind == HOUSEHOLD else [at]
        return not any(self.people[one].is_prohibited or one in self.held for one in people)


who = st.integers(0, len(NAMES) - 1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), who, st.sampled_from(TOWNS)),
        st.tuples(st.just("household"), who, st.integers(0, 1)),
        st.tuples(st.just("prohibit"), who, st.booleans()),
        st.tuples(st.just("hold"), who, st.booleans()),
        st.tuples(st.just("exchange_cards"), who, who),
        st.tuples(st.just("late"), who, st.integers(0, 3)),
        st.tuples(st.just("ask"), who, st.sampled_from([PERSONAL, HOUSEHOLD])),
    ),
    min_size=6,
    max_size=14,
)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_どの順で届いても請求した人の最新の記載か断りである(city, steps):
    from django.db import transaction

    each = transaction.atomic()
    each._from_testcase = True  # rolled back as the test's own transaction: the post room's are durable
    with each:
        register = Register()
        tell(*register.people)
        beat()
        for step in [*steps, ("ask", 0, PERSONAL), ("ask", 1, HOUSEHOLD)]:
            play(register, *step)
        transaction.set_rollback(True)


def play(register: Register, what: str, at: int, value: object) -> None:
    people = register.people
    one = people[at]
    if what == "ask":
        judge(register, at, str(value))
    elif what == "late":  # an older telling of somebody comes once more, out of order
        tell(replace(one, history_no=max(1, one.history_no - int(str(value)) - 1), is_prohibited=False, entries=replace(one.entries, address="古い住所")))
        if one.history_no == 1:
            tell(replace(one))
    elif what == "hold":
        hold(one.atena_no, is_held=bool(value))
        register.held = register.held | {at} if value else register.held - {at}
    elif what == "exchange_cards":
        other = people[int(str(value))]
        if other is not one:
            people[at] = replace(one, history_no=one.history_no + 1, user_certificate_serial=other.user_certificate_serial)
            people[int(str(value))] = replace(other, history_no=other.history_no + 1, user_certificate_serial=one.user_certificate_serial)
            tell(people[at], people[int(str(value))])
    else:
        changed = {
            "move": lambda: {"entries": replace(one.entries, address=f"北海道小樽市{value}")},
            "household": lambda: {"household_no": f"200000000{value}"},
            "prohibit": lambda: {"is_prohibited": value},
        }[what]()
        people[at] = replace(one, history_no=one.history_no + 1, **changed)
        tell(people[at])


def judge(register: Register, at: int, kind: str) -> None:
    one = register.people[at]
    answer = ask(user_certificate_serial=one.user_certificate_serial, certificate_kind=kind, shown=("02",))
    if answer.code != "A00":
        # A household whose members live at different addresses has no household paper: that is a refusal too, never another's paper.
        assert not register.may_have(at, kind) or (answer.code == "K06" and kind == HOUSEHOLD) or answer.code == "K13", answer.code
        return
    assert register.may_have(at, kind)
    paper = paper_of(answer)
    shown = register.household(at) if kind == HOUSEHOLD else [at]
    named = [name for name in NAMES if f"氏名{''.join(name.split())}" in paper]
    assert named == [NAMES[other] for other in shown]
    assert "".join(one.entries.address.split()) in paper
    assert "古い住所" not in paper
