"""即時連携 — what residents told of a person goes to every department whose grant tells in real time, in the same transaction. 標準7.2.3 リアルタイム; G-25."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4, uuid5

from daicho import clock, outbox
from daicho.audit.actor import Actor
from daicho.contracts.department_feed_v1 import DepartmentFeedV1, FeedPerson
from daicho.transfers.commands.records import Line, keep
from daicho.transfers.models import Person, TransferRecord
from daicho.transfers.queries.in_force import grants_in_force, told_before
from daicho.transfers.queries.protection import prohibited_from
from daicho.transfers.rules.grants import Direction, Grant, Method
from daicho.transfers.rules.items import feed_out_of_scope, feed_person
from daicho.transfers.rules.scope import OUT_OF_SCOPE, PERSON, told_as

DEPARTMENTS = "departments"


def tell_at_once(actor: Actor, people: Sequence[Person]) -> int:
    """Post to every department with a real-time grant what it may know of these people now; returns how many notices.

    A fixed number of statements. Inside the caller's transaction, which holds the people's rows.
    """
    today = clock.today()
    grants = [grant for grant in grants_in_force(Direction.READ, today) if grant.method == Method.REAL_TIME]
    told = told_by(grants, people, today)
    if not told:
        return 0
    handles = subject_handles([(person, grant) for grant, person, _ in told])
    outgoing = [
        outbox.Outgoing(DepartmentFeedV1(str(uuid4()), grant.department_code, grant.purpose_code, grant.no, what), DEPARTMENTS, (handle,), grant.no)
        for (grant, _, what), handle in zip(told, handles, strict=True)
    ]
    ids = outbox.post_many(outgoing)
    keep([line_of(grant, person, what, TransferRecord.Way.REAL_TIME).in_notice(no) for (grant, person, what), no in zip(told, ids, strict=True)], actor.login)
    return len(told)


def told_by(grants: Sequence[Grant], people: Sequence[Person], day: date) -> list[tuple[Grant, Person, FeedPerson]]:
    """Who is told what of whom. Two statements when somebody is outside of a grant's range, else one; none for nobody."""
    values = {person.pk: person.to_value() for person in people}
    outside = [person.pk for person in people if any(told_as(grant.scope, values[person.pk], day, told_before=True) == OUT_OF_SCOPE for grant in grants)]
    before = told_before(outside)
    blocked = prohibited_from([person.atena_no for person in people]) if grants and people else {}
    found = []
    for person in people:
        value = values[person.pk]
        for grant in grants:
            kind = told_as(grant.scope, value, day, told_before=(person.pk, grant.department_code, grant.purpose_code) in before)
            if kind == PERSON:
                assert value is not None
                found.append((grant, person, feed_person(person.atena_no, person.history_no, value, grant.items, day, blocked.get(person.atena_no))))
            elif kind == OUT_OF_SCOPE:
                found.append((grant, person, feed_out_of_scope(person.atena_no, person.history_no)))
    return found


def line_of(grant: Grant, person: Person, what: FeedPerson, way: str) -> Line:
    return Line(grant, person.pk, person.history_no, what.feed_kind, way)


def subject_handles(pairs: Sequence[tuple[Person, Grant]]) -> list[str]:
    """A handle for each person and department: order is kept for both together, and what one department refuses holds no other. One statement."""
    return outbox.subject_handles(DEPARTMENTS, [subject_of(person.public_id, grant.department_code) for person, grant in pairs])


def subject_of(public_id: UUID, department_code: str) -> UUID:
    return uuid5(public_id, department_code)
