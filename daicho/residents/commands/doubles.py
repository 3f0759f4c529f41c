"""二重登録の候補を集めて判断する — the nightly search for pairs, and an officer's word on one. 住民基本台帳法第8条; decision 0038."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.errors import CannotDo
from daicho.residents.models import Double, Person
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import BY_PERSON_ID, CurrentRow, newest_rows
from daicho.residents.queries.doubles import pairs, standing_unions
from daicho.residents.queries.unions import led_on
from daicho.residents.rules.doubles import GONE, TWO, Ground, facts_digest, grounds_of

Pair = tuple[int, int]


@transaction.atomic
def gather_doubles(actor: Actor) -> dict[str, int]:
    """Look for pairs in the whole register and bring the work list up to date. Returns how many are new, asked again, and gone.

    A fixed number of statements but for one for each pair that changed. Who was judged 別人 is asked again only when something compared has changed.
    """
    audit.require(actor, Permission.DOUBLE_DECIDE)
    known = {(row.first_id, row.second_id): row for row in _ours().select_for_update()}
    found = pairs()
    people = newest_rows(BY_PERSON_ID, sorted({person for pair in found | known.keys() for person in pair}))
    united = led_on(sorted(people))
    found = {pair for pair in found if united.get(pair[0], pair[0]) != united.get(pair[1], pair[1])}
    new = [_row(pair, people, Ground.NAME_AND_BIRTH) for pair in sorted(found - known.keys())]
    Double.objects.bulk_create(new)
    standing = standing_unions()
    again = sum(_asked_again(row, people) for pair, row in known.items() if pair in found and pair not in standing)
    gone = sum(_gone(row) for pair, row in known.items() if pair not in found and row.decision is None and Ground.OFFICER not in row.grounds)
    counts = {"new": len(new), "again": again, "gone": gone}
    audit.record(actor, Permission.DOUBLE_DECIDE, detail={"step": "gather", **counts})
    return counts


def _row(pair: Pair, people: dict[int, CurrentRow], otherwise: Ground) -> Double:
    """`otherwise`: the ground where the newest sheets alone show none (a former name)."""
    first, second = (people[person].entries for person in pair)
    grounds = sorted(grounds_of(first, second)) or [otherwise]
    return Double(
        municipality_code=settings.INSTALLATION.municipality_code, first_id=pair[0], second_id=pair[1], grounds=list(map(str, grounds)),
        facts_digest=facts_digest((first, second)), found_at=clock.now(),
    )  # fmt: skip


def _asked_again(row: Double, people: dict[int, CurrentRow]) -> bool:
    """What was compared has changed since, or what was proposed was withdrawn: the pair waits again, with what was said of it before."""
    fresh = _row((row.first_id, row.second_id), people, Ground.NAME_AND_BIRTH)
    if row.facts_digest == fresh.facts_digest and row.decision in (None, TWO):
        return False
    asks = row.decision is not None
    row.grounds, row.facts_digest, row.decision = fresh.grounds, fresh.facts_digest, None
    row.found_at = fresh.found_at if asks else row.found_at
    row.save(update_fields=["grounds", "facts_digest", "decision", "found_at"])
    return asks


def _gone(row: Double) -> bool:
    row.decision, row.decided_at = GONE, clock.now()
    row.save(update_fields=["decision", "decided_at"])
    return True


@transaction.atomic
def name_pair(actor: Actor, atena_nos: Iterable[str]) -> Double:
    """Two 宛名番号 that an officer names. CannotDo unless they are two people of the register. A pair that was decided is asked again."""
    audit.require(actor, Permission.DOUBLE_DECIDE)
    wanted = {no.strip() for no in atena_nos if no.strip()}
    persons = Person.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, atena_no__in=wanted)
    ids = sorted(persons.values_list("pk", flat=True))
    if len(ids) != 2:
        raise CannotDo("宛名番号を二つ、検査数字まで正しく入力してください。どちらかの番号の人が見つかりません。")
    people = newest_rows(BY_PERSON_ID, ids)
    fresh = _row((ids[0], ids[1]), people, Ground.OFFICER)
    double = _ours().filter(first_id=ids[0], second_id=ids[1]).select_for_update().first()
    if double is None:
        double = fresh
        double.save()
    elif double.decision is not None and not standing_unions(*ids):
        double.decision, double.grounds, double.found_at = None, sorted({*fresh.grounds, Ground.OFFICER.value}), fresh.found_at
        double.save(update_fields=["decision", "grounds", "found_at"])
    audit.record(actor, Permission.DOUBLE_DECIDE, [row.public_id for row in people.values()], detail={"double": str(double.public_id), "step": "name"})
    return double


@transaction.atomic
def say_two(actor: Actor, double_id: UUID, reason: str) -> None:
    """別人: it is not asked again until something compared changes. CannotDo without a reason, and for what was decided meanwhile."""
    audit.require(actor, Permission.DOUBLE_DECIDE)
    double = undecided_double(double_id)
    if not reason.strip():
        raise CannotDo("別人と判断した理由を入力してください。")
    people = newest_rows(BY_PERSON_ID, [double.first_id, double.second_id])
    double.facts_digest = facts_digest((people[double.first_id].entries, people[double.second_id].entries))
    decided(actor, double, TWO, reason)
    subjects = [row.public_id for row in people.values()]
    audit.record(actor, Permission.DOUBLE_DECIDE, subjects, purpose=reason.strip(), detail={"double": str(double_id), "step": TWO})


def decided(actor: Actor, double: Double, decision: str, reason: str) -> None:
    double.decision, double.reason, double.decided_by, double.decided_at = decision, reason.strip(), actor.name, clock.now()
    double.save(update_fields=["facts_digest", "decision", "reason", "decided_by", "decided_at"])


def undecided_double(double_id: UUID) -> Double:
    """The pair, locked. CannotDo once somebody decided it."""
    row = _ours().filter(public_id=double_id, decision__isnull=True).select_for_update(of=("self",)).select_related("first", "second").first()
    if row is None:
        raise CannotDo("この二人は、すでに判断されているか、見つかりません。一覧を開き直してください。")
    return row


def _ours():  # type: ignore[no-untyped-def]  # Django's queryset
    return Double.objects.filter(municipality_code=settings.INSTALLATION.municipality_code)
