"""許可された項目 — a person's values as a department's grant names them, in the words of the wire, and not one more. D-R2; N-1.1.8-14."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date

from daicho.contracts.department_feed_v1 import FeedItem, FeedPerson
from daicho.contracts.transfer_info_v1 import TransferPerson
from daicho.transfers.rules.layouts import by_word, code_list, readable_items
from daicho.transfers.rules.scope import OUT_OF_SCOPE, PERSON, resident_state
from daicho.values.dates import JapaneseDate, juki_date_code

_OTHER_REASON = "other"
BLOCKED = "issue_prohibited_from"


def feed_person(atena_no: str, history_no: int, person: TransferPerson, granted: Collection[str], day: date, prohibited_from: date | None = None) -> FeedPerson:
    """The person with the granted items as of that day, in the order of the layout; and, of whom nothing may be handed out, from which day.

    That is no item of a grant: whoever holds a person must know it (domain §7, 事故の型2; decision 0043).
    """
    items = tuple(FeedItem(item.identifier, _VALUES[item.identifier](person, day)) for item in readable_items() if item.identifier in granted)
    carried = (FeedItem(BLOCKED, f"{prohibited_from:%Y%m%d}"),) if prohibited_from else ()
    return FeedPerson(atena_no, history_no, PERSON, (*items, *carried))


def feed_out_of_scope(atena_no: str, history_no: int) -> FeedPerson:
    """That nothing more will be told of this person; not why."""
    return FeedPerson(atena_no, history_no, OUT_OF_SCOPE, ())


def event_reason_code(word: str) -> str:
    """The code of an 異動事由; that of その他 for a word outside the standard's list (migrated ones)."""
    return (by_word("event_reason").get(word) or code_list("event_reason")[_OTHER_REASON]).code


def _uncertain(text: str | None) -> str | None:
    """An uncertain date stays uncertain: 00 where it is not known, never a day that was made up (N-1.1.8-14)."""
    return juki_date_code(JapaneseDate.decode(text)) if text else None


_VALUES: Mapping[str, Callable[[TransferPerson, date], str | None]] = {
    "name_kanji": lambda p, day: p.name_kanji,
    "name_kana": lambda p, day: p.name_kana,
    "birth_date": lambda p, day: _uncertain(p.birth_date),
    "sex_code": lambda p, day: p.sex_code,
    "address_postal_code": lambda p, day: p.address_postal_code,
    "address": lambda p, day: p.address,
    "address_building": lambda p, day: p.address_building,
    "household_no": lambda p, day: p.household_no,
    "relationship": lambda p, day: p.relationship,
    "householder_name": lambda p, day: p.householder_name,
    "event_reason_code": lambda p, day: event_reason_code(p.event_reason),
    "event_date": lambda p, day: _uncertain(p.event_date),
    "resident_state_code": lambda p, day: code_list("resident_state")[resident_state(p, day)].code,
    "removed_on": lambda p, day: f"{p.removed_on:%Y%m%d}" if p.removed_on else None,
}
