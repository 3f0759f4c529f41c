"""電文 — what goes to the departments as their layouts have it. layouts/department_feed.csv, department_batch.csv, department_entry_outcome.csv."""

from __future__ import annotations

from collections.abc import Mapping

from daicho.contracts.base import canonical
from daicho.contracts.department_batch_v1 import DepartmentBatchV1
from daicho.contracts.department_entry_v1 import DepartmentEntryOutcomeV1
from daicho.contracts.department_feed_v1 import DepartmentFeedV1, FeedPerson
from daicho.transfers.rules.layouts import BATCH, FEED, OUTCOME, code_list


def feed_body(feed: DepartmentFeedV1) -> bytes:
    """An item that is not granted is not there at all; one that is granted and empty is null."""
    header = {
        "request_control_no": feed.request_control_no, "department_code": feed.department_code, "purpose_code": feed.purpose_code,
        "grant_no": feed.grant_no,
    }  # fmt: skip
    return _body(FEED, {**header, **person_values(feed.person)})


def batch_body(batch: DepartmentBatchV1) -> bytes:
    return _body(
        BATCH,
        {
            "request_control_no": batch.request_control_no, "department_code": batch.department_code, "purpose_code": batch.purpose_code,
            "grant_no": batch.grant_no, "people": [person_values(person) for person in batch.people],
        },
    )  # fmt: skip


def outcome_body(outcome: DepartmentEntryOutcomeV1) -> bytes:
    return _body(
        OUTCOME,
        {
            "request_control_no": outcome.request_control_no, "department_code": outcome.department_code, "purpose_code": outcome.purpose_code,
            "entry_no": outcome.entry_no, "result_code": code_list("write_back_result")[outcome.result].code, "reasons": "\n".join(outcome.reasons) or None,
        },
    )  # fmt: skip


def person_values(person: FeedPerson) -> dict[str, object]:
    kind = code_list("feed_kind")[person.feed_kind].code
    return {"feed_kind_code": kind, "atena_no": person.atena_no, "history_no": person.history_no, **{item.item: item.value for item in person.items}}


def _body(layout_name: str, items: Mapping[str, object]) -> bytes:
    return canonical({"layout": layout_name, "version": 1, "items": items})
