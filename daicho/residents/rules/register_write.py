"""様式への書出し — one row of the history, with its event and its household, as the cells of file (1). C-05, C-07."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from daicho.residents.rules.entries import ENTRIES, NUMBER_ENTRIES, SheetEntries, canonical_group, to_json
from daicho.residents.rules.events import event_recorded_as
from daicho.residents.rules.household_law import HEAD
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.register_cells import cell_of
from daicho.residents.rules.register_layout import identifier_of, items
from daicho.residents.rules.register_rows import MIGRATED, OURS
from daicho.residents.rules.resident_status import status_of
from daicho.values.ages import age_bounds


@dataclass(frozen=True)
class Member:
    """What items 120–127 show of one member, and where they stand in the household."""

    atena_no: str
    order: int
    shown: Mapping[str, object]


@dataclass(frozen=True)
class Stored:
    """One version with everything that its row tells. `event` and `own` are columns by name; `earlier` the rows before, for item 128."""

    entries: SheetEntries
    asserts: Mapping[str, object] | None
    sources: Mapping[str, object]
    event: Mapping[str, object]
    filing: Mapping[str, object]
    corrects: str | None
    cancels: str | None
    annulled_at: datetime | None
    annulled_by: str | None
    own: Mapping[str, object]
    earlier: tuple[Stored, ...] = ()

    def with_entries(self, entries: SheetEntries, earlier: tuple[Stored, ...]) -> Stored:
        """The same row saying other things (as of a day), with those before it."""
        return replace(self, entries=entries, earlier=earlier)


Numbers = Mapping[int, str] | None
"""Digits by reference; None = the file holds no numbers."""


def row_cells(stored: Stored, day: date, numbers: Numbers, household: Sequence[Member]) -> list[str]:
    """The cells of one row, in the layout's order."""
    told = _told(stored, numbers)
    values: dict[str, object] = {
        **told,
        "age": _age(stored.entries, day),
        "resident_status_code": status_of(stored.entries, day),
        **{f"member_{name}": canonical_group([m.shown[name] for m in household]) for name in _MEMBER if household},
    }
    if stored.earlier:
        values["juminhyo_history"] = canonical_group([{k: v for k, value in _told(e, numbers).items() if (v := cell_of(value))} for e in stored.earlier])
    return [cell_of(values.get(identifier)) for identifier in items()]


def _told(stored: Stored, numbers: Numbers) -> dict[str, object]:
    """Everything but what is computed, by identifier."""
    event = stored.event
    return {
        **{identifier_of()[name]: _entry(name, value, numbers) for name, value in stored.entries.__dict__.items() if value is not None},
        **stored.own,
        "notification_no": event["filing_no"],
        "event_date": event["effective_on"],
        "event_notified_date": event["filed_on"],
        "event_reason_code": event["code"],
        "event_cause_code": event["basis"],
        "event_class_code": event["effect"],
        "event_notice_class_code": _notices(stored),
        "event_history_juminhyo_history_no": stored.own["juminhyo_history_no"],
        "event_history_event_date": event["effective_on"],
        "event_history_notified_date": event["filed_on"],
        "event_history_reason_code": event["code"],
        "event_history_entry_kind_code": event["effect"],
        "event_history_changed_item": _changed(stored),
        "notification_record": _record(stored),
        "event_group": event["request_key"],
        "event_standard_code": event["standard_code"],
        "event_definition": event["definition"],
        "event_corrects": stored.corrects,
        "event_cancels": stored.cancels,
        "event_asserted": _asserted(stored, numbers),
        "annulled_at": stored.annulled_at,
        "annulled_by": stored.annulled_by,
        "value_sources": canonical_group(rest) if (rest := {k: v for k, v in stored.sources.items() if k != MIGRATED}) else None,
    }


def _entry(name: str, value: object, numbers: Numbers) -> object:
    if name not in NUMBER_ENTRIES:
        return value
    return numbers[int(str(value))] if numbers is not None else None


def _migrated(stored: Stored) -> Mapping[str, object]:
    kept = stored.sources.get(MIGRATED, {})
    return kept if isinstance(kept, Mapping) else {}


def _notices(stored: Stored) -> object:
    """Item 63: as migrated, else the notices that the event's definition raises."""
    kept = _migrated(stored).get("event_notice_class_code")
    definition = event_recorded_as(str(stored.event["definition"]))
    return kept or (" ".join(n.kind.value for n in definition.notices) if definition else None)


def _changed(stored: Stored) -> str | None:
    """Item 77, in the order of the entries; None at an opening, which asserts all, and '' is not told apart from it by a copy."""
    if stored.asserts is None:
        return None
    return " ".join(identifier_of()[name] for name in ENTRIES if name in stored.asserts)


def _asserted(stored: Stored, numbers: Numbers) -> str | None:
    """What the event said, where the row does not show it: overtaken, or nothing at all (a copy)."""
    if stored.asserts is None:
        return None
    if stored.asserts and all(to_json(name, getattr(stored.entries, name)) == value for name, value in stored.asserts.items()):
        return None
    return canonical_group({name: _entry(name, value, numbers) if value is not None else None for name, value in stored.asserts.items()})


def _record(stored: Stored) -> str:
    """Item 129."""
    kept = _migrated(stored).get("notification_record", {})
    return canonical_group({**{name: stored.event[name] for name in OURS}, **stored.filing, **(kept if isinstance(kept, Mapping) else {})})


def _age(entries: SheetEntries, day: date) -> int | None:
    """年齢 on the day; None while the birth date allows more than one, or lies ahead."""
    bounds = age_bounds(entries.birth_date, day) if entries.birth_date else None
    return bounds.least if bounds is not None and bounds.is_certain else None


_MEMBER: dict[str, Callable[[SheetEntries, date], object]] = {
    "name": lambda e, day: shown_name(e),
    "birth_date": lambda e, day: e.birth_date.encode() if e.birth_date else None,
    "age": lambda e, day: _age(e, day),
    "sex_code": lambda e, day: e.sex_code,
    "resident_kind_code": lambda e, day: e.resident_kind,
    "status_code": status_of,
    "relationship_code": lambda e, day: e.relationship,
    "address": lambda e, day: e.address,
}


def member_of(entries: SheetEntries, atena_no: str, day: date) -> Member:
    """What is shown of a member on a day."""
    return Member(atena_no, entries.order_in_household or 0, {name: show(entries, day) for name, show in _MEMBER.items()})


def head_name(household: Sequence[Member]) -> str | None:
    """世帯主氏名: of the one 世帯主; none or two = 未設定 (fold.md 19)."""
    heads = [m for m in household if m.shown["relationship_code"] == HEAD]
    name = heads[0].shown["name"] if len(heads) == 1 else None
    return None if name is None else str(name)
