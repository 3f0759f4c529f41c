"""同時の請求 — many terminals at once, while the register tells news: nobody gets another's paper, one request never two. S5-02."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connections

from tests.contracts.convenience_samples import FAMILY, HANAKO, TARO
from tests.konbini.sending import ask, beat, paper_of, tell


@pytest.fixture
def served(committed_db):
    from daicho.city import demo

    demo.fill()
    tell(*FAMILY)
    beat()


def together(works):
    def one(work):
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=6) as pool:
        return list(pool.map(one, works))


def test_同時に請求しても紙は請求した人のものである(served):
    def request(at: int):
        who, other = (TARO, HANAKO) if at % 2 else (HANAKO, TARO)
        return lambda: (who, other, ask(user_certificate_serial=who.user_certificate_serial))

    def news(at: int):
        return lambda: tell(replace(TARO, history_no=2 + at, entries=replace(TARO.entries, address=f"北海道小樽市色内{at + 1}丁目1番1号")))

    works = [news(at // 4) if at % 4 == 3 else request(at) for at in range(16)]
    answers = [done for done in together(works) if isinstance(done, tuple)]
    numbers = set()
    for who, other, answer in answers:
        paper = paper_of(answer)
        assert "".join(who.entries.name_kana.split()) in paper
        assert "".join(other.entries.name_kana.split()) not in paper
        numbers.add(answer.certificate_no)
    assert len(numbers) == len(answers) == 12


def test_同じ請求番号が同時に届いても紙は一つである(served):
    answers = together([lambda: ask(request_no="r1") for _ in range(6)])
    assert {answer.code for answer in answers} == {"A00"}
    assert len({answer.document for answer in answers}) == 1
    assert len({answer.certificate_no for answer in answers}) == 1
