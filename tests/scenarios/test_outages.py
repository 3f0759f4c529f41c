"""相手方の故障 — the second life leaves out no counterpart, and no way in which one can fail."""

from scenarios.decade import asking, card, departments, shop
from scenarios.decade.life import YEARS
from scenarios.decade.outages import NAMES, OUTAGES
from simulators import asking as network
from simulators.certificate_centre import FAULTS as CENTRE
from simulators.departments_asking import FAULTS as DEPARTMENTS
from simulators.outside import COUNTERPARTS
from simulators.scenario import KINDS

PLAYED = [(outage.counterpart, kind) for outages in OUTAGES.values() for outage in outages for kind in outage.kinds]


def test_受け取る相手方はすべて故障する():
    """The centre is never sent anything: it fails by what it asks (shop.FAULTS). 入管庁 is told nothing in a life of Japanese alone, nor マイナポータル where nobody applies there."""
    assert set(NAMES) == {counterpart for counterpart, _ in PLAYED} == set(COUNTERPARTS) - {"certificate_centre", "immigration", "mynaportal"}
    assert set(OUTAGES) <= set(range(1, len(YEARS) + 1))


def test_演じられる故障はすべて起きる():
    assert {kind for _, kind in PLAYED} | set(card.FAULTS) == KINDS | {"stop"}
    for counterpart in NAMES:
        assert {(counterpart, "down"), (counterpart, "silent")} <= set(PLAYED)


def test_尋ねる相手方の誤りもすべて起きる():
    assert set(asking.FAULTS) == set(network.FAULTS)
    assert set(shop.FAULTS) == set(CENTRE)
    assert set(departments.FAULTS) == set(DEPARTMENTS)
