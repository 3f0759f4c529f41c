"""人の行 — finds or makes the row of a 団体内統合宛名番号, and holds it while something is written about the person. S3-01."""

from __future__ import annotations

from daicho import clock
from daicho.chukan.models import Person, Replica
from daicho.chukan.models.columns import municipality_code
from daicho.chukan.rules.form import withheld_on


def hold(integrated_atena_no: str) -> Person:
    """The person's row, locked; made now for somebody new. Two that come first at once: one waits for the other. Two queries at most three."""
    mine = Person.objects.select_for_update().filter(municipality_code=municipality_code(), integrated_atena_no=integrated_atena_no)
    person = mine.first()
    if person is None:
        Person.objects.bulk_create([Person(integrated_atena_no=integrated_atena_no, first_told_at=clock.now())], ignore_conflicts=True)
        person = mine.get()
    return person


def newest_replica(person: Person) -> Replica | None:
    """The replica as it is now, None before the first. One query."""
    return Replica.objects.filter(municipality_code=municipality_code(), person=person).order_by("-version_no").first()


def is_withheld(person: Person, replica: Replica | None) -> bool:
    """Whether today an answer about this person needs an officer (F-1-52): by what the register told, or by an officer's own setting. One query."""
    today = clock.today()
    if replica is not None and withheld_on(replica.withheld_from, replica.withheld_until, today):
        return True
    return any(withheld_on(since, until, today) for since, until in person.withholdings.values_list("withheld_from", "withheld_until"))
