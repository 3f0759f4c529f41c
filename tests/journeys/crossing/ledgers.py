"""帳簿の突合せ — what must hold in both systems and outside whenever nothing is on its way any more. Issue step 5; G-04, G-05, G-10."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tests.journeys.crossing.town import COUNTERPARTS, SYSTEMS, Town

MOVE_IN = "move_in_notice"  # the layout; 戸籍附票記載事項通知 goes to the other city too


@dataclass(frozen=True)
class Repeats:
    """How often something came twice and was known: by the senders' own records, line by line, and by the counterparts'."""

    by_line: Mapping[str, int]
    outside: int


def repeats(town: Town) -> Repeats:
    counted = "SELECT destination, count(*) FROM outbox_delivery WHERE reply_code = 'duplicate' GROUP BY destination"
    by_line = Counter({destination: count for system in SYSTEMS for destination, count in town.rows(system, counted)})
    return Repeats(by_line, sum(refusal["code"] == "D01" for name in COUNTERPARTS for refusal in town.outside(name)["refusals"]))


def require_equal(town: Town) -> None:
    """Sender equals receiver on every stretch of the way; in order for each person, once each."""
    code, said, errors = town.ask_daicho("books", "residents", "juki_net")
    assert (code, said.splitlines()[-1:], errors) == (0, ["equal"], "")
    for system in SYSTEMS:
        states = dict(town.rows(system, "SELECT state, count(*) FROM outbox_delivery GROUP BY state"))
        assert set(states) <= {"acknowledged"}, (system, states)
        assert town.rows(system, "SELECT count(*) FROM outbox_line WHERE stopped_at IS NOT NULL") == [(0,)]
    _require_told(town)
    updates, notices = (town.outside(name)["messages"] for name in COUNTERPARTS)
    _require_in_order(updates)
    _require_same_as_file_2(town, updates)
    sent = town.rows("juki_net", "SELECT destination, count(*) FROM outbox_notice WHERE destination = ANY(%s) GROUP BY destination", list(COUNTERPARTS))
    assert dict(sent) == {"prefecture": len(updates), "other_city": len(notices)}
    assert set(Counter(notice["items"]["juminhyo_code"] for notice in notices if notice["layout"] == MOVE_IN).values()) == {1}
    assert {refusal["code"] for name in COUNTERPARTS for refusal in town.outside(name)["refusals"] if refusal["sender"] == "juki_net"} <= {"D01"}


def _require_told(town: Town) -> None:
    """File (2) has as many versions as residents has told, and the effects of each receipt once."""
    [(told,)] = town.rows("residents", "SELECT count(*) FROM residents_toldidentity")
    [(kept,)] = town.rows("juki_net", "SELECT count(*) FROM juki_net_identityversion")
    received = dict(town.rows("juki_net", "SELECT kind, count(*) FROM outbox_receipt WHERE sender = 'residents' GROUP BY kind"))
    passed_on = dict(town.rows("juki_net", "SELECT kind, count(*) FROM outbox_notice GROUP BY kind"))
    assert (kept, received["identity_info"], passed_on["juki_update"]) == (told, told, told)
    assert received["move_in_notice"] == passed_on["move_in_outward"]
    assert received["fuhyo_notice"] == passed_on["fuhyo_notice"]


def _require_in_order(updates: list[dict]) -> None:
    """The prefecture received each person's updates in the order of 更新順番号, from 1, without gap or repeat."""
    by_person: dict[str, list[int]] = {}
    for update in updates:
        by_person.setdefault(update["items"]["juminhyo_code"], []).append(update["items"]["update_sequence_no"])
    for numbers in by_person.values():
        assert numbers == list(range(1, len(numbers) + 1))


def _require_same_as_file_2(town: Town, updates: list[dict]) -> None:
    rows = town.rows("juki_net", "SELECT record_id, update_sequence_no, request_control_no FROM juki_net_identityversion ORDER BY id")
    by_record: dict[int, list[int]] = {}
    for record, number, _ in rows:
        by_record.setdefault(record, []).append(number)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_record.values())
    assert sorted(control_no for _, _, control_no in rows) == sorted(update["control_no"] for update in updates)


def received_of(town: Town, juminhyo_code: str) -> tuple[list[int], int]:
    """What the outside has of one person: the prefecture's 更新順番号 in order of receipt, and the number of 転入通知."""
    updates, notices = ([m for m in town.outside(name)["messages"] if m["items"]["juminhyo_code"] == juminhyo_code] for name in COUNTERPARTS)
    return [m["items"]["update_sequence_no"] for m in updates], sum(m["layout"] == MOVE_IN for m in notices)
