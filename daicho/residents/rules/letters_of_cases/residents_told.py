"""住民への知らせの中身 — 催告書, 在留期間満了, 経過滞在, 住所等の変更. 住民基本台帳法第14条, 第30条の50, 第34条; 標準仕様9.7 (N-9.7-04)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from daicho.certificates.letters.letter import Addressee, Letter
from daicho.residents.rules.birth import birth_text
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.identity_info import address_in_full
from daicho.residents.rules.letters_of_cases.addressees import at_home
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.residence import transitional_until
from daicho.values.dates import seireki, wareki


def demand_letter(people: Sequence[SheetEntries], due_on: date) -> Letter:
    """催告書 to those of one household; the first is written to."""
    first = people[0]
    facts = {"address": address_in_full(first.address, first.address_building), "due_on": wareki(due_on)}
    return Letter(at_home(first), {"期限": wareki(due_on)}, facts, tuple((shown_name(one) or "", birth_text(one)) for one in people))


def residence_ending_letter(entries: SheetEntries, status: str) -> Letter:
    """The day in 西暦, as it stands on the residence card. `status`: 在留資格 or 30条の45の区分 in words."""
    expires_on = entries.residence_expiry_date
    facts = {"name": shown_name(entries) or "", "residence_status": status, "expires_on": seireki(expires_on) if expires_on else ""}
    return Letter(at_home(entries), facts=facts)


def transitional_letter(entries: SheetEntries, to: SheetEntries) -> Letter | None:
    """Of 経過滞在者, to them or to their 世帯主; None for who is none, or whose first day is not known."""
    until, since = transitional_until(entries), entries.foreign_resident_since_date
    if until is None or since is None:
        return None
    facts = {"name": shown_name(entries) or "", "since": since.seireki(), "until": seireki(until)}
    return Letter(at_home(to), {"満了の日": seireki(until)}, facts)


def renaming_letter(
    to: Addressee, case: tuple[str, str, date], before: Mapping[str, str | None], after: Mapping[str, str | None], people: Sequence[SheetEntries]
) -> Letter:
    """One household's letter. `case`: 件名, 根拠, 実施日; `before`, `after`: what of the first one's entries changes, all entries of the address."""
    title, ground, effective_on = case
    facts = {"title": title, "ground": ground, "effective_on": wareki(effective_on), "before": _written(before), "after": _written(after)}
    return Letter(to, facts=facts, lines=tuple((shown_name(one) or "", birth_text(one)) for one in people))


def _written(said: Mapping[str, str | None]) -> str:
    if "registered_domicile" in said:
        return f"本籍　{said['registered_domicile'] or ''}"
    postal = said.get("address_postal_code") or ""
    address = address_in_full(said.get("address"), said.get("address_building"))
    return f"〒{postal[:3]}-{postal[3:]}　{address}" if postal else address
