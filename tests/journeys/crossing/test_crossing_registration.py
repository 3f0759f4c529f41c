"""本登録の途中で倒れる — the process that registers gets SIGKILL before and after the commit of 本登録: all of it stands, or nothing; and a filing
is registered exactly once. Issue step 5; design §3, §9; F-1-02, F-1-13.
"""

from uuid import UUID

import pytest

from tests.journeys.crossing.counter_process import household_member
from tests.journeys.crossing.fuses import Order
from tests.journeys.crossing.ledgers import received_of, require_equal
from tests.journeys.crossing.town import CounterDied
from tests.outbox.crashpoints import SIDES

NOTHING = {"state": "examined", "events": 0, "versions": 0, "current": 0, "told": 0, "notices": 0, "search_terms": False, "audit": 0, "claims": True}
EVERYTHING = {"state": "registered", "events": 1, "versions": 2, "current": 2, "told": 2, "notices": 6, "search_terms": True, "audit": 1, "claims": False}


def stands(town, filing):
    """What the database holds of one filing of two people, seen from outside."""
    [(filing_id, filing_no, state)] = town.rows("residents", "SELECT id, filing_no, state FROM residents_filing WHERE public_id = %s", UUID(filing))

    def count(query, *arguments):
        return town.rows("residents", f"SELECT count(*) FROM {query}", *arguments)[0][0]

    of_the_event = "IN (SELECT id FROM residents_civilevent WHERE filing_no = %s)"
    of_the_versions = f"IN (SELECT person_id FROM residents_sheetversion WHERE event_id {of_the_event})"
    return {
        "state": state,
        "events": count("residents_civilevent WHERE filing_no = %s", filing_no),
        "versions": count(f"residents_sheetversion WHERE event_id {of_the_event}", filing_no),
        "current": count(f"residents_sheetcurrent WHERE person_id {of_the_versions}", filing_no),
        "told": count(f"residents_toldidentity WHERE person_id {of_the_versions}", filing_no),
        "notices": count(f"outbox_notice WHERE because_event {of_the_event}", filing_no),
        "search_terms": count(f"residents_searchterm WHERE sheet_id IN (SELECT sheet_id FROM residents_sheetversion WHERE event_id {of_the_event})", filing_no)
        > 0,
        "audit": count("audit_entry WHERE action = 'residents:filing:register' AND outcome = 'done' AND detail->>'filing_no' = %s", str(filing_no)),
        "claims": count("residents_claim WHERE filing_id = %s", filing_id) > 0,
    }


def people_of_the_city(town):
    return town.rows("residents", "SELECT count(*) FROM residents_person")[0][0]


@pytest.mark.parametrize(("side", "left"), [("before", NOTHING), ("after", EVERYTHING)])
def test_本登録の確定の前後で倒れても全部か無_そして一度だけ(town, household, side, left):
    filing = town.ask_counter("examined_move_in", household, 2, "令和8年4月1日")
    assert stands(town, filing) == NOTHING
    people = people_of_the_city(town)
    town.kill_at("counter", Order(f"commit:{side}", 1))
    with pytest.raises(CounterDied, match="-9"):
        town.ask_counter("register", filing)
    town.wait_burnt("counter")
    assert stands(town, filing) == left
    assert people_of_the_city(town) == people + left["versions"]

    again, once_more = (town.ask_counter("register", filing) for _ in range(2))  # the process is another one
    assert ("people" in again) == (side == "before")
    assert "本登録" in once_more["refusal"]
    assert stands(town, filing) == EVERYTHING
    assert people_of_the_city(town) == people + 2
    town.run_until_idle()
    require_equal(town)
    assert [received_of(town, household_member(household, no).juminhyo_code) for no in range(2)] == [([1], 1)] * 2


# From the door to the register: 受付, 入力の開始, the numbers into the vault, 仮登録, 照合, 本登録.
COMMITS = 6


def test_窓口の確定はこれで全部(town, household):
    """Another commit on the way would need its own crash."""
    town.kill_at("counter", Order("commit:before", COMMITS + 1))
    town.ask_counter("move_in", household, 2, "令和8年4月1日")
    town.fuses("counter").withdraw()
    town.run_until_idle()


@pytest.mark.parametrize("hit", range(1, COMMITS + 1))
@pytest.mark.parametrize("side", SIDES)
def test_窓口の過程がどの確定で倒れても続きから一度だけ登録される(town, household, side, hit):
    [(last,)] = town.rows("residents", "SELECT coalesce(max(id), 0) FROM residents_filing")
    people = people_of_the_city(town)
    town.kill_at("counter", Order(f"commit:{side}", hit))
    with pytest.raises(CounterDied, match="-9"):
        town.ask_counter("move_in", household, 2, "令和8年4月1日")
    town.wait_burnt("counter")
    town.ask_counter("go_on", last, household, 2, "令和8年4月1日")
    [(filing,)] = town.rows("residents", "SELECT public_id::text FROM residents_filing WHERE id > %s", last)  # one, and no other
    assert stands(town, filing) == EVERYTHING
    assert people_of_the_city(town) == people + 2
    town.run_until_idle()
    require_equal(town)


def test_本登録の前は何も部屋を出ない(town, household):
    """F-1-02: what waits for 本登録 is seen by the counter alone."""
    filing = town.ask_counter("examined_move_in", household, 1, "令和8年4月1日")
    town.run_until_idle()
    assert stands(town, filing)["notices"] == 0
    assert received_of(town, household_member(household, 0).juminhyo_code) == ([], 0)
    assert "people" in town.ask_counter("register", filing)
    town.run_until_idle()
    require_equal(town)
