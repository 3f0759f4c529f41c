"""旅の途中で倒れる — real processes of both systems get SIGKILL before and after every commit and every send on the way from the counter to
the prefecture and the other city; afterwards `daicho books` shows sender and receiver equal. Issue step 5; F-2-20, G-04, G-05, G-10.

Each test: a household moves in and moves house at once, while one process is killed at one point. What ended is started again.
"""

import pytest

from tests.journeys.crossing.counter_process import household_member
from tests.journeys.crossing.fuses import Order
from tests.journeys.crossing.ledgers import received_of, repeats, require_equal
from tests.journeys.crossing.town import COUNTERPARTS
from tests.outbox.crashpoints import SIDES, STARTING_POINTS
from tests.tiers import THOROUGH

# role → point → at which passings, of which `make test` goes through the first. Two people who move in and move house are ten messages to juki_net, four to the prefecture and six to
# the other city. A worker's commits go in pairs: what it claims (odd), what became of it (even).
PASSINGS = {
    "residents worker": {"commit": (1, 2, 4), "courier.wire": (1, 3), "http.post": (1, 3)},
    "juki_net wire": {"commit": (1, 3), "intake.receive": (1, 3)},
    "juki_net worker": {
        "commit": (1, 2, 4),
        "courier.prefecture": (1, 3),
        "prefecture.send_update": (1, 3),
        "courier.municipality": (1, 2),
        "municipality.send_move_in": (1, 2),
        "http.post": (1, 4),
    },
}
CASES = [
    (role, point, side, hit)
    for role, points in PASSINGS.items()
    for point, hits in points.items()
    for side in SIDES
    for hit in (hits if THOROUGH else hits[:1])
]


def line_of(role, point):
    """Where what is sent there goes to: each line has a thread of its own in its worker, and the others may be under way as well."""
    if role == "juki_net worker":
        return "other_city" if "municipality" in point else "prefecture"
    return "juki_net"


def repeated(role, point, side, hit):
    """Whether the killed process left something sent and not settled, so that it goes out again and is known as a duplicate.

    None where both are right: at later passings, messages of the same claim may have gone before.
    """
    if role.endswith("worker") and point == "commit":
        return {1: False, 2: side == "before"}.get(hit)
    return True if side == "after" else False if hit == 1 else None


def test_倒れる所を残らず通る():
    """A crash point that no journey passes fails. Those of chukan lie on another way than this town's."""
    here = {point for point in STARTING_POINTS if not point.startswith("chukan.")}
    assert {f"{point}:{side}" for _, point, side, _ in CASES} == here


@pytest.mark.parametrize(("role", "point", "side", "hit"), CASES, ids=[f"{role.replace(' ', '-')}-{point}-{side}-{hit}" for role, point, side, hit in CASES])
def test_倒れても一度ずつ順に届き帳簿は合う(town, household, role, point, side, hit):
    """N-7.1.1.1-01, G-04, G-05, G-10."""
    before = repeats(town)
    town.kill_at(role, Order(f"{point}:{side}", hit, thread=f"relay {line_of(role, point)}" if role.endswith("worker") else ""))
    people = town.ask_counter("move_in", household, 2, "令和8年4月1日")
    assert town.ask_counter("relocate", people, f"色内1丁目{household}番5号", "令和8年5月1日") == people
    town.wait_burnt(role)
    town.run_until_idle()

    require_equal(town)
    for no in range(2):
        assert received_of(town, household_member(household, no).juminhyo_code) == ([1, 2], 1)
    after = repeats(town)
    known = {line: after.by_line[line] - before.by_line[line] for line in ("juki_net", *COUNTERPARTS)}
    assert sum(known[counterpart] for counterpart in COUNTERPARTS) == after.outside - before.outside
    expected = repeated(role, point, side, hit)
    assert expected is None or (known[line_of(role, point)] > 0) == expected, known


def test_何度倒れても登録と操作履歴は証明できる(town):
    """F-1-13: what the killed processes left behind is whole."""
    assert town.ask_daicho("prove")[0] == 0
    assert town.ask_daicho("audit", "verify", "--system", "residents")[0] == 0
    assert town.run("audit", "verify", "--system", "juki_net", system="juki_net").returncode == 0
