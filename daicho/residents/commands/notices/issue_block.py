"""発行抑止の連携 — the rooms that hand out certificates are told of whom nothing is handed out, as soon as it is set or released. 標準仕様3.1, 3.2 (N-3.1-18, -19, N-3.2-01).

Who was told, and by which notice, is kept: so it is known which room has not acknowledged (domain §7, 事故の型2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.conf import settings

from daicho import clock, outbox, rows, vault
from daicho.contracts.issue_block_v1 import BlockedPerson, IssueBlockV1
from daicho.residents.commands.notices import atena
from daicho.residents.models import BlockTold, Person
from daicho.residents.queries.blocks import blocks_of_rows
from daicho.residents.queries.current import BY_PERSON_ID, CurrentRow, newest_rows
from daicho.residents.queries.situations import lock_current
from daicho.residents.rules.blocks import prohibited_from

ROOMS = ("konbini", "juki_net", "atena", "transfers")
JUKI_NET, ATENA = "juki_net", "atena"


def tell_of_blocks(person_ids: Sequence[int]) -> None:
    """Tell every room of this deployment how these people stand now, where that is not what it was told last. In the caller's transaction.

    chukan learns it through atena (F-1-52). A fixed number of statements. The sheets are locked first: no 異動 is told between what is read and told.
    """
    lock_current([], Person.objects.filter(pk__in=person_ids).values_list("atena_no", flat=True))
    people = list(newest_rows(BY_PERSON_ID, sorted(set(person_ids))).values())
    found = blocks_of_rows(people)
    stands = {row.person_id: prohibited_from(found.of(row)) for row in people}
    told = _told_last(list(stands))
    for room in ROOMS:
        if room in settings.DAICHO.peers:
            _tell(room, [row for row in people if told.get((row.person_id, room)) != stands[row.person_id]], stands)


def _told_last(person_ids: Sequence[int]) -> dict[tuple[int, str], date | None]:
    rows_told = BlockTold.objects.filter(person_id__in=person_ids).order_by("person_id", "room", "-pk").distinct("person_id", "room")
    return {(row.person_id, row.room): row.prohibited_from for row in rows_told}


def _tell(room: str, people: Sequence[CurrentRow], stands: Mapping[int, date | None]) -> None:
    keys = _keys(room, people)
    people = [row for row in people if row.person_id in keys]
    if not people:
        return
    handles = outbox.subject_handles(room, [row.public_id for row in people])
    now = clock.now()
    posted = [
        outbox.Outgoing(IssueBlockV1(now, (BlockedPerson(keys[row.person_id], stands[row.person_id]),)), room, (handle,))
        for row, handle in zip(people, handles, strict=True)
    ]
    rows.insert(
        [
            BlockTold(
                municipality_code=settings.INSTALLATION.municipality_code, person_id=row.person_id, room=room, prohibited_from=stands[row.person_id],
                notice_id=notice_id, told_at=now,
            )
            for row, notice_id in zip(people, outbox.post_many(posted), strict=True)
        ]
    )  # fmt: skip
    if room == ATENA:
        outbox.post_many(atena.withheld(people, stands, now))


def _keys(room: str, people: Sequence[CurrentRow]) -> dict[int, str]:
    """By what the room knows each; whom 市町村CS does not know is left out, there is nothing of theirs to hand out."""
    if room != JUKI_NET:
        return {row.person_id: row.atena_no for row in people}
    refs = [ref for row in people if (ref := row.entries.juminhyo_code) is not None]
    clear = vault.reveal_many(refs, because="発行抑止の連携") if refs else {}
    return {row.person_id: clear[ref] for row in people if (ref := row.entries.juminhyo_code) is not None}
