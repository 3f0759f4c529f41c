"""個人番号が届くまで — from 本登録 of a birth through both systems to 機構 and back into both, with every real process. 番号法第7条, 第8条; G-12; std 7.1.2.1."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.journeys.crossing.town import Town

DAY = "令和8年5月8日"


def given(town: Town, child: str) -> tuple[str, bool]:
    """How the request for the child stands, and whether its sheet has a number."""
    query = """
        SELECT r.state, c.individual_number IS NOT NULL FROM residents_numberrequest r JOIN residents_person p ON p.id = r.person_id
          JOIN residents_sheetcurrent c ON c.person_id = p.id WHERE p.public_id = %s
    """
    [(state, has_number)] = town.rows("residents", query, child)
    return state, has_number


def wait_for(town: Town, child: str, seconds: float = 60) -> tuple[str, bool]:
    """機構 answers by a message of its own, which no book of ours foretells."""
    until = time.monotonic() + seconds
    while (seen := given(town, child)) != ("written", True) and time.monotonic() < until:
        town.run_until_idle()
        time.sleep(0.1)
    town.run_until_idle()
    return seen


def written(town: Town) -> int:
    """How many 個人番号の記載 市町村CS has."""
    [(count,)] = town.rows("juki_net", "SELECT count(*) FROM juki_net_identityversion WHERE event_reason_code = '43'")
    return int(count)


def test_出生者の番号は誰も触れずに届き市町村CSと都道府県にも伝わる(town, household):
    """S2-09, N-4.4-01, N-7.1.2.1-01, -02: asked, given, written, and told on as one more update of the child."""
    before, versions = town.outside("jlis_national"), written(town)
    child = town.ask_counter("born", household, DAY)
    assert wait_for(town, child) == ("written", True)
    national = town.outside("jlis_national")
    [request], [number] = national["messages"][len(before["messages"]) :], national["numbers"][len(before["numbers"]) :]
    assert (request["items"]["reason_code"], number["juminhyo_code"]) == ("01", request["items"]["juminhyo_code"])
    updates = [m["items"] for m in town.outside("prefecture")["messages"] if m["items"]["juminhyo_code"] == number["juminhyo_code"]]
    told = [(u["update_sequence_no"], u["event_reason_code"], u["individual_number"]) for u in updates]
    assert told == [(1, "12", None), (2, "43", number["individual_number"])]
    assert national["refusals"] == before["refusals"]
    assert written(town) == versions + 1
