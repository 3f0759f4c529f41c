"""庁内各課の取出し — the departments' systems ask page by page, and say what they were answered. 標準7.2.3."""

import pytest

from simulators.departments_pulling import pull
from simulators.sending import CannotSend


class City:
    """Answers as transfers does: five people, two at a time."""

    def __init__(self, result: str = "given") -> None:
        self.asked: list[object] = []
        self.result = result
        self.clock = self

    def now(self) -> float:
        return 1_775_000_000.0

    def send_as_told(self, order: dict) -> dict:
        body = order["body"]
        self.asked.append(body["after"])
        first = int(body["after"] or 0)
        if self.result == "refused":
            return {"answer": {"result": "refused", "reasons": ["許可がありません。"], "people": [], "next_after": None, "more": False}}
        people = [{"atena_no": str(no)} for no in range(first, min(first + 2, 5))]
        return {"answer": {"result": "given", "reasons": [], "people": people, "next_after": str(first + 2), "more": first + 2 < 5}}


ORDER = {"department_code": "1301", "purpose_code": "005"}


def test_終わりまで取り出し次の位置を告げる():
    city = City()
    found = pull(city, ORDER)
    assert ([person["atena_no"] for person in found["people"]], found["next_after"], city.asked) == (["0", "1", "2", "3", "4"], "6", [None, "2", "4"])


def test_拒否されれば理由だけがある():
    assert pull(City("refused"), ORDER) == {"result": "refused", "reasons": ["許可がありません。"], "people": [], "next_after": None}


@pytest.mark.parametrize("order", [{}, {"department_code": "1301"}, {**ORDER, "other": 1}, "x"])
def test_足りない指示や知らない指示には従わない(order):
    with pytest.raises(CannotSend):
        pull(City(), order)
