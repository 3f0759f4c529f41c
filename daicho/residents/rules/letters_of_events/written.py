"""通知書の中身 — what each letter of an event says, and to whom it goes, from the sheets before and after. 標準仕様 4.0.5, 4.1.0.3, 4.2.0.1, 4.3.3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from daicho.certificates.letters.letter import Addressee, Letter
from daicho.residents.rules.birth import birth_text
from daicho.residents.rules.entries import ENTRIES, Kind, SheetEntries
from daicho.residents.rules.entry_words import COVERED, NEW_NUMBER, entry_label, entry_text, shown_entries
from daicho.residents.rules.identity_info import address_in_full
from daicho.residents.rules.letters_of_events.occasion import Happened, Wrote
from daicho.residents.rules.mailing_name import mailing_name
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.vocabulary import AGENT
from daicho.values.address import UNREGISTERED
from daicho.values.dates import wareki

NAMELESS = "（氏名空欄）"
_UNKNOWN = ("不明", "なし")
_NOT_TOLD = frozenset({"juminhyo_code", "individual_number", "order_in_household", "household_no", "opened_on", "moved_within_city", "search_kana"})
"""What 職権記載等通知書 does not show: numbers, and what only orders the register."""


def at_home(entries: SheetEntries) -> Addressee:
    """A resident where the 住民票 says, by the name under which they get their post."""
    return Addressee(mailing_name(entries) or "", entries.address or "", entries.address_building or "", entries.address_postal_code or "")


def number_letter(now: SheetEntries, entry: str, number: str, on: date) -> Letter:
    """住民票コード or 個人番号 in the clear, to whom it belongs and where they live now; `entry` names which, `on` the day on which it was written."""
    facts = {
        "name": shown_name(now) or NAMELESS,
        "birth_date": birth_text(now),
        "address": address_in_full(now.address, now.address_building),
        entry: number,
        "written_on": wareki(on),
    }
    return Letter(at_home(now), facts=facts)


@dataclass(frozen=True)
class Place:
    """Where 受理通知 goes, and to whom. `moved`: to the moved person where they live now, because it cannot go to the former address."""

    addressee: Addressee
    moved: bool


def place_of(event: Happened, first: Wrote, *, protected: bool) -> Place:
    """To the filer at the address before (N-4.1.0.3-04); to the moved person at the new one where there is none, or where it is not fit (-05).

    Not fit: abroad, never registered or unknown; and of somebody protected, for whom the other party may open it. An agent does not live
    there: in his place it goes to the moved person.
    """
    before = _before(event, first)
    if before is None or protected:
        return Place(_after(first), moved=True)
    filed = event.filed
    name = filed.name if filed is not None and filed.filer != AGENT else ""
    return Place(Addressee(name or mailing_name(first.before or first.entries) or "", before.address, before.building, before.postal_code), moved=False)


def _before(event: Happened, first: Wrote) -> Addressee | None:
    """The address before, without name; None where there is none to which a letter can go."""
    if first.before is not None and first.before.closed_on is None:
        return Addressee("", first.before.address or "", first.before.address_building or "", first.before.address_postal_code or "")
    said = first.entries
    abroad = event.code == "move_in_from_abroad" or (said.previous_municipality_code or "").startswith("99")
    address = said.previous_address or ""
    if not address or abroad or address.endswith(UNREGISTERED) or address in _UNKNOWN:
        return None
    return Addressee("", address, said.previous_address_building or "", said.previous_postal_code or "")


def _after(first: Wrote) -> Addressee:
    """The moved person at the new address: of who leaves the city where they go."""
    said = first.entries
    if said.planned_move_out_address:
        return Addressee(
            mailing_name(said) or "", said.planned_move_out_address, said.planned_move_out_building or "", said.planned_move_out_postal_code or ""
        )  # fmt: skip
    return at_home(said)


def accepted_letter(event: Happened, people: Sequence[Wrote], *, protected: bool) -> Letter:
    """住民異動届受理通知: 届出日, 異動事由, 届出人, 異動者, that it was accepted; no address (N-4.1.0.3-03)."""
    filed_on = wareki(event.filed_on or event.recorded_on)
    filer = event.filed.name if event.filed else ""
    facts = {
        "filed_on": filed_on,
        "event": event.ja,
        "filer_name": filer,
        "people": "、".join(shown_name(one.entries) or NAMELESS for one in people),
        "accepted": f"{wareki(event.recorded_on)}に受理しました。",
    }
    return Letter(place_of(event, people[0], protected=protected).addressee, {"届出日": filed_on, "異動事由": event.ja, "届出人氏名": filer}, facts)


def ex_officio_letter(event: Happened, people: Sequence[Wrote]) -> Letter:
    """職権記載等通知書 to the first of them, about all: what was written, before and after."""
    first = people[0]
    to = at_home(first.entries if first.before is None or first.entries.closed_on is None else first.before)
    facts = {"event": event.ja, "kind": event.effect, "effective_on": event.effective_on.wareki(), "recorded_on": wareki(event.recorded_on)}
    lines = tuple(line for one in people for line in changes_of(one))
    return Letter(to, {"記載等の別": event.effect, "異動事由": event.ja}, facts, lines)


def changes_of(one: Wrote) -> tuple[tuple[str, str, str, str], ...]:
    """(氏名, 項目, 前, 後) of each entry that changed, in the order of the sheet. Numbers are not among them."""
    before = _stood(one)
    name = shown_name(one.entries) or NAMELESS
    return tuple(
        (name, entry_label(entry), entry_text(entry, before), entry_text(entry, one.entries))
        for entry in shown_entries()
        if entry not in _NOT_TOLD and getattr(before, entry) != getattr(one.entries, entry) and ENTRIES[entry].kind is not Kind.NUMBER
    )


def numbers_changed(one: Wrote) -> tuple[tuple[str, str, str], ...]:
    """(項目, 前, 後) of each number that changed; it is only said to be there."""
    before = _stood(one)
    told = [
        (name, getattr(before, name) is not None, getattr(one.entries, name) is not None)
        for name, entry in ENTRIES.items()
        if entry.kind is Kind.NUMBER and getattr(before, name) != getattr(one.entries, name)
    ]
    return tuple((entry_label(name), COVERED if was else "", (NEW_NUMBER if was else COVERED) if is_there else "") for name, was, is_there in told)


def _stood(one: Wrote) -> SheetEntries:
    """What stood on the sheet; nothing on a new one, of who came back too."""
    came_back = one.opened and one.before is not None and one.before.closed_on is not None
    return SheetEntries() if one.before is None or came_back else one.before


def head_changed_letter(to: SheetEntries, members: Sequence[SheetEntries], head: str, changed_on: str) -> Letter:
    """世帯主変更通知書."""
    facts = {"address": address_in_full(to.address, to.address_building), "new_head": head, "changed_on": changed_on}
    return Letter(at_home(to), facts=facts, lines=_members(members))


def head_requested_letter(to: SheetEntries, members: Sequence[SheetEntries], gone_on: str) -> Letter:
    """世帯主変更依頼通知書."""
    facts = {"address": address_in_full(to.address, to.address_building), "gone_on": gone_on}
    return Letter(at_home(to), {"世帯主がいなくなった年月日": gone_on}, facts, _members(members))


def _members(members: Sequence[SheetEntries]) -> tuple[tuple[str, str, str], ...]:
    return tuple((shown_name(one) or NAMELESS, birth_text(one), one.relationship or "") for one in members)
