"""庁内連携からの取出し — a department asks for everybody of its grant, or for what changed since, page by page: POST /_pull. 標準7.2.3 全件・異動差分.

    {"department_code": "1301", "purpose_code": "005"}                              everybody
    {"department_code": "1301", "purpose_code": "005", "after": "since.…"}          what changed since the `next_after` answered last

Answered with {"result", "reasons", "people", "next_after"}: of a refusal nobody and the reasons.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any  # JSON

from simulators.sending import CannotSend, Sender

PAGE = 200


def pull(sender: Sender, order: object) -> Mapping[str, Any]:
    """Ask until there is no more. Raises CannotSend."""
    if not isinstance(order, Mapping) or not {"department_code", "purpose_code"} <= set(order) <= {"department_code", "purpose_code", "after"}:
        raise CannotSend("an order to pull names department_code, purpose_code, and perhaps after")
    people: list[Any] = []
    after = order.get("after")
    while True:
        reply = sender.send_as_told({"to": "transfers", "kind": "department_pull_question", "version": 1, "body": _question(sender, order, after)})
        answer = reply.get("answer")
        if answer is None:
            raise CannotSend(f"transfers gave no answer: {reply.get('status')} {reply.get('code')}")
        people += answer["people"]
        after = answer["next_after"]
        if not answer["more"]:
            return {"result": answer["result"], "reasons": answer["reasons"], "people": people, "next_after": after}


def _question(sender: Sender, order: Mapping[str, Any], after: object) -> dict[str, Any]:
    deadline = datetime.fromtimestamp(sender.clock.now(), UTC) + timedelta(minutes=1)
    return {
        "question_id": str(uuid.uuid4()), "purpose": "庁内連携の取出し", "deadline": deadline.isoformat(timespec="microseconds"),
        "department_code": order["department_code"], "purpose_code": order["purpose_code"], "after": after, "limit": PAGE,
    }  # fmt: skip
