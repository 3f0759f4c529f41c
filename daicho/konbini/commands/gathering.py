"""対象者 — whom a request is about: the holder of the card, and for a household's paper all who live with them. domain §4.6; S5-02."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from daicho import city, clock, vault
from daicho.certificates.record import CertificateRecord
from daicho.contracts import base
from daicho.contracts.certificate_data_v1 import CertifiedEntries
from daicho.konbini.models import CertifiedPerson, Hold, IssueBlock, LifeSign, municipality_code
from daicho.konbini.rules.life import Life
from daicho.konbini.rules.record import certificate_record
from daicho.konbini.rules.standing import Standing, Terms

_SETTINGS = (
    "konbini_silent_after_seconds", "konbini_while_provisional", "konbini_for_leaving", "konbini_youngest_age", "konbini_per_card_per_day",
)  # fmt: skip


@dataclass(frozen=True)
class People:
    """The holder's row and those of the others, all locked. `blocked`: of whom nothing is handed out that day, by 宛名番号. `as_household`: the
    paper shows who lives together, be it one alone."""

    holder: CertifiedPerson
    others: tuple[CertifiedPerson, ...]
    held: frozenset[str]
    blocked: frozenset[str]
    as_household: bool

    @property
    def everybody(self) -> tuple[CertifiedPerson, ...]:
        return (self.holder, *self.others)

    def standing_of(self, person: CertifiedPerson, life: Life | None) -> Standing:
        """How one of them stands. For a household's paper the household's news are everybody's: somebody may be about to join it."""
        waits = life is not None and (life.is_waited_for(person.atena_no) or (self.as_household and life.household_is_waited_for(person.household_no)))
        return person.to_value(is_held=person.atena_no in self.held, is_blocked=person.atena_no in self.blocked, is_waited_for=waits)


def terms_of_today() -> Terms:
    """The city's terms. One query."""
    said = city.settings_on(_SETTINGS, clock.today())
    return Terms(
        now=clock.now(),
        today=clock.today(),
        silent_after=timedelta(seconds=said["konbini_silent_after_seconds"]),
        refuses_provisional=said["konbini_while_provisional"] == "refuse",
        serves_leaving=said["konbini_for_leaving"],
        youngest_age=said["konbini_youngest_age"],
        per_card_per_day=said["konbini_per_card_per_day"],
    )


def life_of_register() -> Life | None:
    """The newest sign of life. One query."""
    row = LifeSign.objects.filter(municipality_code=municipality_code()).first()
    return row.to_value() if row else None


def people_of(card_ref: int, *, household: bool, on: date) -> People | None:
    """The holder of a card, and for a household's paper who lives with them on that day, locked in the order of 宛名番号. None: nobody has that card.

    What a notice changes meanwhile waits for this transaction, or is seen here. Four queries.
    """
    rows = CertifiedPerson.objects.filter(municipality_code=municipality_code())
    number = rows.filter(card_ref=card_ref).values_list("household_no", flat=True).first() if household else None
    wanted = rows.filter(household_no=number) if number is not None else rows.filter(card_ref=card_ref)
    locked = list(wanted.select_for_update().order_by("atena_no"))
    holder = next((row for row in locked if row.card_ref == card_ref), None)
    if holder is None or (household and number is not None and holder.household_no != number):
        return None
    others = tuple(row for row in locked if row is not holder and (row.closes_on is None or row.closes_on > on))
    numbers = [holder.atena_no, *(one.atena_no for one in others)]
    held = Hold.objects.filter(municipality_code=municipality_code(), is_held=True, atena_no__in=numbers)
    blocked = IssueBlock.objects.filter(municipality_code=municipality_code(), prohibited_from__lte=on, atena_no__in=numbers)
    return People(holder, others, *(frozenset(rows.values_list("atena_no", flat=True)) for rows in (held, blocked)), as_household=household)


def entries_of(people: tuple[CertifiedPerson, ...]) -> Mapping[int, CertifiedEntries]:
    """What paper can show of each, by row; of who is removed nothing is there. One query."""
    refs = {row.entries_ref: row.pk for row in people if row.entries_ref is not None}
    return {refs[ref]: base.read(CertifiedEntries, data) for ref, data in vault.open_payloads(refs).items()} if refs else {}


def records_of(people: tuple[CertifiedPerson, ...], entries: Mapping[int, CertifiedEntries]) -> tuple[CertificateRecord, ...]:
    """Each as the paper may show them, in their order."""
    return tuple(certificate_record(entries[row.pk], row.closes_on, row.is_prohibited) for row in people)
