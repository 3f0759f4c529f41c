"""場面 — every screen of every system on a walk of its own: the tests judge them, `make screens` draws them. Issue step 7."""

from collections.abc import Callable

from tests.journeys.browser.scenes.atena import atena
from tests.journeys.browser.scenes.chukan import chukan
from tests.journeys.browser.scenes.juki_net import juki_net
from tests.journeys.browser.scenes.konbini import konbini
from tests.journeys.browser.scenes.residents import residents
from tests.journeys.browser.scenes.transfers import transfers
from tests.journeys.browser.scenes.walk import Walk

# In this order: what the later rooms show was done at the counter.
SYSTEMS: dict[str, Callable[[Walk], None]] = {
    "residents": residents,
    "juki_net": juki_net,
    "atena": atena,
    "chukan": chukan,
    "konbini": konbini,
    "transfers": transfers,
}
