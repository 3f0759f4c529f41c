"""結び付け — a paper leaves only for the request that it was made for, about that person, from that version, with those bytes. A-05, S1-05."""

from __future__ import annotations

from dataclasses import replace

import pytest

from daicho.certificates.binding import Bond, Leaving, OfPerson, mismatches, request_digest

ASKED = request_digest({"login": "suzuki", "terminal": "本庁1", "path": "/person/1/", "chosen": {"purpose": ["年金の請求"]}})
BOND = Bond("copy-1", ASKED, "juminhyo_personal", "20260410 小樽市 本庁1 　 001", (OfPerson("taro", 3), OfPerson("hanako", 2)), "a" * 64, "b" * 64, "c" * 64)
LEAVING = Leaving("copy-1", ASKED, "hanako", "c" * 64, {"a" * 64})


def test_すべて合うときだけ出られる():
    assert mismatches(BOND, BOND.digest, LEAVING) == ()


@pytest.mark.parametrize(
    ("what", "leaving"),
    [
        ("once", replace(LEAVING, once="copy-2")),
        ("request", replace(LEAVING, request=request_digest({"login": "suzuki"}))),
        ("person", replace(LEAVING, person="jiro")),
        ("bytes", replace(LEAVING, delivered="d" * 64)),
        ("stamp", replace(LEAVING, stamps={"e" * 64})),
        ("stamp", replace(LEAVING, stamps=set())),
        ("stamp", replace(LEAVING, stamps={"a" * 64, "e" * 64})),
    ],
)
def test_合わないものが一つでもあれば名指しで止まる(what: str, leaving: Leaving):
    assert mismatches(BOND, BOND.digest, leaving) == (what,)


@pytest.mark.parametrize(
    "changed",
    [
        {"people": (OfPerson("hanako", 2), OfPerson("taro", 3))},  # another order of the paper
        {"people": (OfPerson("taro", 4), OfPerson("hanako", 2))},  # another version
        {"kind": "juminhyo_household"},
        {"certificate_no": "20260410 小樽市 本庁1 　 002"},
        {"unsigned": "f" * 64},
    ],
)
def test_記録があとから変われば結び付けと合わない(changed: dict):
    assert mismatches(replace(BOND, **changed), BOND.digest, LEAVING) == ("binding",)


def test_請求の要約値は書き方によらず一つだけ変われば変わる():
    said = {"login": "suzuki", "chosen": {"people": ["a", "b"], "purpose": ["年金"]}}
    assert request_digest(said) == request_digest({"chosen": {"purpose": ["年金"], "people": ["a", "b"]}, "login": "suzuki"})
    others = [{**said, "login": "satou"}, {**said, "chosen": {"people": ["b", "a"], "purpose": ["年金"]}}, {"login": "suzuki"}]
    assert len({request_digest(said), *map(request_digest, others)}) == 4
