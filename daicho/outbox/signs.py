"""生存信号 — a sign of life to another system: same pairs, same signed wire, and nothing kept of it at either end. design §5; decision 0016.

It is neither posted nor repeated nor recorded: the next one says it anew, and nothing rests on one that is past.
"""

from __future__ import annotations

from daicho.contracts import base
from daicho.outbox import courier, lines
from daicho.outbox.questions import envelope_of


def send(sign: object, *, to: str) -> None:
    """Send one sign. Not inside a transaction, because it waits for the network.

    A line that answers is one that works: notices that wait after failures of it need not wait longer. Raises NotAllowed, ContractError,
    Unavailable, Refused, Unauthorized.
    """
    definition = base.definition_of(sign)
    if definition.category != "sign":
        raise base.ContractError("", f"{definition.kind} is no sign")
    courier.require_route(to, definition.kind)
    courier.courier_to(to).deliver(envelope_of(sign, to))
    lines.worked(to)
