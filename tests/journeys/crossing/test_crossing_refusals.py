"""断られる者 — at the real listeners: wrong key, unknown field, another system's credential are refused and recorded, and nothing is stored.
Issue step 5; F-2-21, F-2-31, G-04, G-05.

What an unknown kind and a changed key meet with stands in tests/outbox/test_two_systems.py; here are the keys that exist in the town.
"""

from dataclasses import replace

import pytest
import requests

from daicho.outbox.layout_line import body_of
from daicho.site.launch.keys import create_party
from tests.contracts.juki_samples import MOVE_IN, UPDATE
from tests.journeys.crossing.strangers import Stranger, envelope, knock, knock_outside, with_unknown_field
from tests.journeys.crossing.town import BEGINS_AT, COUNTERPARTS, SYSTEMS

RESIDENTS = Stranger()
STORED = ("outbox_receipt", "outbox_notice", "outbox_delivery", "juki_net_identityrecord", "juki_net_identityversion", "residents_civilevent")


@pytest.fixture(scope="module", autouse=True)
def _stranger(town):
    """Somebody with good keys of an authority that nobody here knows."""
    create_party(town.folder / "keys" / "stranger", "stranger", BEGINS_AT)


@pytest.fixture
def books(town):
    """Counts every table that a message could reach, and what each system has recorded as refused."""

    def read():
        tables = {system: [table for table in STORED if not table.startswith(tuple(name for name in SYSTEMS if name != system))] for system in SYSTEMS}
        stored = {(system, table): town.rows(system, f"SELECT count(*) FROM {table}")[0][0] for system in SYSTEMS for table in tables[system]}
        outside = {name: len(town.outside(name)["messages"]) for name in COUNTERPARTS}
        return stored, outside

    return read


def refusals(town, system):
    found = town.rows(system, "SELECT code, claimed_sender, authenticated, place FROM outbox_refusedmessage ORDER BY id")
    [(recorded,)] = town.rows(system, "SELECT count(*) FROM audit_entry WHERE outcome = 'refused' AND action = 'outbox:message:receive'")
    assert recorded == len(found)  # each in the trail as well
    return found


PREFECTURE = Stranger("prefecture", "prefecture", "prefecture")

# who knocks, what they alter in the envelope, status, what is recorded
FALSE_CREDENTIALS = {
    "都道府県の鍵で既存住基を名乗る": (Stranger("residents", "prefecture", "prefecture"), {}, 401, ("bad_signature", "residents", False)),
    "市町村CS自身の鍵で既存住基を名乗る": (Stranger("residents", "juki_net", "residents"), {}, 401, ("bad_signature", "residents", False)),
    "都道府県として署名し送信元を既存住基と書く": (PREFECTURE, {}, 401, ("credential", "prefecture", True)),
    "都道府県として本人確認情報を送る": (PREFECTURE, {"sender": "prefecture"}, 422, ("not_allowed", "prefecture", True)),
    "他市町村として本人確認情報を送る": (
        Stranger("other_city", "other_city", "other_city"),
        {"sender": "other_city"},
        422,
        ("not_allowed", "other_city", True),
    ),
    "既存住基が別の系に宛てた物": (RESIDENTS, {"receiver": "prefecture"}, 401, ("credential", "residents", True)),
    "取決めにない者": (Stranger("chukan", "stranger", "residents"), {"sender": "chukan"}, 401, ("bad_signature", "chukan", False)),
}


@pytest.mark.parametrize("case", FALSE_CREDENTIALS)
def test_鍵や名義が違えば断り記録し何も残さない(town, books, case):
    who, changes, status, recorded = FALSE_CREDENTIALS[case]
    stored, before = books(), refusals(town, "juki_net")
    reply = knock(town, envelope(town, MOVE_IN, **changes).to_bytes(), who)
    assert reply.status_code == status, reply.text
    assert [row[:3] for row in refusals(town, "juki_net")[len(before) :]] == [recorded]
    assert books() == stored


def test_知らない項目は断り名を記録し何も残さない(town, books):
    stored, before = books(), refusals(town, "juki_net")
    good = envelope(town, MOVE_IN)
    inside = knock(town, replace(good, body=with_unknown_field(good.body)).to_bytes(), RESIDENTS)
    around = knock(town, with_unknown_field(good.to_bytes()).encode(), RESIDENTS)
    assert (inside.status_code, around.status_code) == (422, 422)
    found = refusals(town, "juki_net")[len(before) :]
    assert [(code, name, proven, "color" in place) for code, name, proven, place in found] == [("contract", "residents", True, True)] * 2
    assert "red" not in str(found)
    assert books() == stored


def test_署名の後で変えた物と署名のない物と古い物は断る(town, books):
    stored, before = books(), refusals(town, "juki_net")
    good = envelope(town, MOVE_IN).to_bytes()
    replies = [
        knock(town, good, RESIDENTS, altered=good.replace(b'"residents"', b'"residentz"')),
        knock(town, good, RESIDENTS, signed=False),
        knock(town, good, RESIDENTS, minutes_old=10),
    ]
    assert [reply.status_code for reply in replies] == [401] * 3
    assert [row[0] for row in refusals(town, "juki_net")[len(before) :]] == ["bad_signature", "bad_signature", "stale"]
    assert books() == stored


@pytest.mark.parametrize(
    ("at", "certificate"),
    [
        ("juki_net", ""),
        ("juki_net", "juki_net"),
        ("juki_net", "stranger"),
        ("residents", "prefecture"),
        ("residents", "other_city"),
        ("residents", "residents"),
    ],
)
def test_認証局が違えば話すこともできない(town, books, at, certificate):
    """F-2-31, G: who is no peer cannot even open a connection; there is nothing to record, for nothing was said."""
    stored = books()
    with pytest.raises(requests.exceptions.ConnectionError):
        knock(town, envelope(town, MOVE_IN).to_bytes(), replace(RESIDENTS, certificate=certificate), at=at)
    assert books() == stored


def test_市町村CSから既存住基へ本人確認情報は送れない(town, books):
    """本人確認情報 goes from residents to juki_net, never back."""
    stored, before = books(), refusals(town, "residents")
    juki_net = Stranger("juki_net", "juki_net", "juki_net")
    reply = knock(town, envelope(town, MOVE_IN, sender="juki_net", receiver="residents").to_bytes(), juki_net, at="residents")
    assert reply.status_code == 422
    assert [row[:3] for row in refusals(town, "residents")[len(before) :]] == [("not_allowed", "juki_net", True)]
    assert books() == stored


def test_既存住基から都道府県へ直接は送れない(town, books):
    stored = books()
    with pytest.raises(requests.exceptions.ConnectionError):
        knock_outside(town, "prefecture", "/v1/identity-updates", body_of("juki_update", UPDATE), RESIDENTS)
    reply = knock_outside(town, "prefecture", "/v1/identity-updates", body_of("juki_update", UPDATE), replace(RESIDENTS, certificate="juki_net"))
    assert (reply.status_code, reply.json()["code"]) == (401, "U01")
    assert books() == stored
