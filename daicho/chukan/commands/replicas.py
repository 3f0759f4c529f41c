"""副本の登録 — takes one replica in: checked, sealed, one more version of its person. 番号法第19条第8号; G-18, S3-04, S3-06."""

from __future__ import annotations

from typing import cast

from daicho import audit, clock, vault
from daicho.chukan.commands.persons import hold, newest_replica
from daicho.chukan.commands.refusal import refuse_if
from daicho.chukan.models import Person, Replica
from daicho.chukan.models.columns import municipality_code
from daicho.chukan.permissions import ChukanPermission
from daicho.chukan.rules.content import sealed_text
from daicho.chukan.rules.form import form_problems
from daicho.chukan.rules.problems import Problem
from daicho.contracts import decode
from daicho.contracts.replica_v1 import ReplicaV1
from daicho.outbox.settings import freshness


def accept_replica(replica: ReplicaV1, actor: audit.Actor) -> Person:
    """Check `replica` and keep it as the person's next version; returns the person.

    Inside the caller's transaction, which holds the receipt. What says nothing new, or comes after something newer (a repair may
    send everything again), changes nothing and is recorded as such. Raises outbox Refused with every reason in Japanese (F-1-58),
    audit.Refused when `actor` is not the intake. The queries do not depend on how many people there are.
    """
    audit.require(actor, ChukanPermission.REPLICA_ACCEPT)
    refuse_if(form_problems(replica, municipality_code(), clock.now() + freshness()))
    person = hold(replica.integrated_atena_no)
    refuse_if(_key_problems(person, replica))
    before = newest_replica(person)
    taken = _is_news(person, before, replica)
    version_no = before.version_no if before else 0
    if taken:
        version_no += 1
        _write(person, version_no, replica)
    detail = {"version_no": version_no, "taken": taken}
    audit.record(actor, ChukanPermission.REPLICA_ACCEPT, subjects=[person.pk], detail=detail)
    return person


def opened(replica: Replica) -> ReplicaV1:
    """What was told, as it came. Raises vault.ErasedError once its time is over. One query."""
    return cast(ReplicaV1, decode("replica", 1, vault.open_payload(replica.payload_ref)))


def _key_problems(person: Person, replica: ReplicaV1) -> list[Problem]:
    """The register has one key for each person: two numbers with one key are one person twice, or two people taken for one."""
    others = Person.objects.filter(municipality_code=municipality_code(), register_key=replica.register_key).exclude(pk=person.pk)
    if person.register_key == replica.register_key or not others.exists():
        return []
    ja = "同じ原本照合の鍵の人が、別の団体内統合宛名番号で登録されています。番号が二重に付いていないか、統合宛名で確認してください。"
    return [Problem("key_taken", "register_key", ja)]


def _is_news(person: Person, before: Replica | None, replica: ReplicaV1) -> bool:
    if before is None or person.erased_at is not None:
        return True
    return replica.as_of > before.as_of or (replica.as_of == before.as_of and opened(before) != replica)


def _write(person: Person, version_no: int, replica: ReplicaV1) -> Replica:
    if (person.register_key, person.erased_at) != (replica.register_key, None):  # new here, or erased when their time was over and back again
        person.register_key, person.erased_at = replica.register_key, None
        person.save(update_fields=["register_key", "erased_at"])
    return Replica.objects.create(
        person=person,
        version_no=version_no,
        as_of=replica.as_of,
        received_at=clock.now(),
        state=replica.state,
        removed_on=replica.removed_on,
        withheld_from=replica.withheld_from,
        withheld_until=replica.withheld_until,
        payload_ref=vault.seal_payload(sealed_text(replica)),
    )
