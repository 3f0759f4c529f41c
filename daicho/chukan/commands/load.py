"""副本の初期登録 — a file of layouts/replica.csv becomes the replicas of a city that was there before: all of it, or nothing. S3-06; `daicho import`.

Each row is checked as a replica that comes by the wire is. COPY does not exist for tables under row security, so the rows go in by
the house's own set statement, some thousands at a time.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from django.db import transaction

from daicho import audit, clock, rows, vault
from daicho.chukan.models import Person, Replica
from daicho.chukan.models.columns import municipality_code
from daicho.chukan.permissions import ChukanPermission
from daicho.chukan.rules.content import sealed_text
from daicho.chukan.rules.form import form_problems
from daicho.chukan.rules.rows import KEY, BadCell, BadFile, BadRow, heading_problems, replica_of
from daicho.contracts.replica_v1 import ReplicaV1

NAME = "replica"
AT_ONCE = 2_000
Told = tuple[int, ReplicaV1]


def import_replicas(actor: audit.Actor, file: Path, *, progress: Callable[[int], None] = lambda people: None) -> int:
    """Take in a whole file; returns how many people. BadFile with every fault; IntegrityError for a person who is there already; audit.Refused."""
    audit.require(actor, ChukanPermission.REPLICA_ACCEPT)
    bad: list[BadRow] = []
    source, taken = _rows(file, bad), 0
    with transaction.atomic():
        while portion := list(islice(source, AT_ONCE)):
            if not bad:  # once a fault is found, the rest is only read for further ones
                people = _keep(portion)
                audit.record(actor, ChukanPermission.REPLICA_ACCEPT, subjects=people, detail={"loaded": len(people)})
                taken += len(people)
                progress(taken)
        if bad:
            raise BadFile(bad)
    return taken


def _rows(file: Path, bad: list[BadRow]) -> Iterator[Told]:
    """The rows that are right, with their numbers; every fault goes into `bad`."""
    seen: set[tuple[str, str]] = set()
    now = clock.now()
    with file.open(encoding="utf-8", newline="") as opened:
        reader = csv.DictReader(opened)
        if wrong := heading_problems(NAME, list(reader.fieldnames or ())):
            raise ValueError(f"the heading does not fit layouts/{NAME}.csv: {', '.join(wrong)}")
        for row_no, cells in enumerate(reader, 2):
            try:
                replica = replica_of(cells)
            except BadCell as cell:
                bad.append(BadRow(row_no, cell.item, str(cell)))
                continue
            faults = [
                BadRow(row_no, fault.item, fault.ja) for fault in form_problems(replica, municipality_code(), now) if replica.register_key or fault.item != KEY
            ]
            for item in ("integrated_atena_no", "register_key"):
                if (item, getattr(replica, item)) in seen and getattr(replica, item):
                    faults.append(BadRow(row_no, item, "同じ値の行が2つあります。一人は一行で記入してください。"))
                seen.add((item, getattr(replica, item)))
            bad += faults
            if not faults:
                yield row_no, replica


def _keep(portion: list[Told]) -> list[object]:
    """People and their first replicas. The statements do not depend on how many."""
    now = clock.now()
    people = [Person(integrated_atena_no=told.integrated_atena_no, register_key=told.register_key or None, first_told_at=now) for _, told in portion]
    refs = vault.seal_payloads([sealed_text(replica) for _, replica in portion])
    rows.insert(people)
    rows.insert(
        [
            Replica(
                person=person, version_no=1, as_of=replica.as_of, received_at=now, state=replica.state,
                removed_on=replica.removed_on, withheld_from=replica.withheld_from, withheld_until=replica.withheld_until, payload_ref=ref,
            )
            for person, (_, replica), ref in zip(people, portion, refs, strict=True)
        ]
    )  # fmt: skip
    return [person.pk for person in people]
