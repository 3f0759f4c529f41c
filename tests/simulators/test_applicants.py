"""戸籍とマイナポータルの代役 — what they are told to say: twice, out of order, late, changed, withdrawn. G-22; domain §9."""

from __future__ import annotations

import pytest

from simulators.config import REPOSITORY_LAYOUTS
from simulators.family_register import FamilyRegister
from simulators.moment import Clock
from simulators.mynaportal import MyNaPortal
from simulators.sending import CannotSend


class City:
    """Takes whatever comes."""

    def __init__(self) -> None:
        self.taken: list[dict] = []

    def send_as_told(self, order: dict) -> dict:
        self.taken.append(order)
        return {"status": "acknowledged", "code": "ok", "reason_ja": "", "answer": None}


def made(kind, tmp_path):
    one = kind(tmp_path, REPOSITORY_LAYOUTS, Clock(None))
    one.sender = City()
    return one


def test_戸籍は同じ届書を同じ番号で二度告げる(tmp_path):
    register = made(FamilyRegister, tmp_path)
    told = register.send({"tell": {"matter": "death"}, "fault": "twice"})
    first, again = (one["body"] for one in register.sender.taken)
    assert (first, first["request_control_no"], len(told["replies"])) == (again, told["control_no"], 2)


@pytest.mark.parametrize(
    ("order", "came"),
    [
        ({"apply": {}}, [("moving_application", 1)]),
        ({"apply": {}, "change": {"visit_on": "2026-05-09"}}, [("moving_application", 1), ("moving_application", 2)]),
        ({"apply": {}, "withdraw": True, "fault": "out_of_order"}, [("moving_withdrawal", None), ("moving_application", 1)]),
        ({"apply": {}, "fault": "twice"}, [("moving_application", 1), ("moving_application", 1)]),
    ],
    ids=["申請", "変更", "取消しが先", "二度"],
)
def test_マイナポータルは言われた順に同じ申請番号で渡す(tmp_path, order, came):
    portal = made(MyNaPortal, tmp_path)
    told = portal.send(order)
    assert [(one["kind"], one["body"].get("revision_no")) for one in portal.sender.taken] == came
    assert {one["body"]["application_no"] for one in portal.sender.taken} == {told["application_no"]}


def test_遅い申請は引越しの日がとうに過ぎている(tmp_path):
    portal = made(MyNaPortal, tmp_path)
    for fault in ("", "late"):
        portal.send({"apply": {}, "fault": fault})
    now, late = (one["body"]["moving_on"] for one in portal.sender.taken)
    assert late < now


@pytest.mark.parametrize("kind", [FamilyRegister, MyNaPortal])
@pytest.mark.parametrize("order", [{"tell": {}, "other": 1}, {"tell": [], "apply": []}, {"apply": {}, "other": 1}, {"tell": {}, "apply": {}, "fault": "x"}])
def test_知らない指示には従わない(tmp_path, kind, order):
    one = made(kind, tmp_path)
    one.sender.send_as_told = lambda order: (_ for _ in ()).throw(CannotSend("not an order"))
    with pytest.raises(CannotSend):
        one.send(order)
