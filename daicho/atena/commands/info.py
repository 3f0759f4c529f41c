"""宛名情報の受入れ — what residents tells becomes the basic items, and goes on to chukan as the replica, in one transaction. G-17, G-18; S4-01, S4-02, S4-05."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from daicho import audit, clock, outbox, vault
from daicho.atena.commands.joining import Joined, Told, join_all, was_told_of_since, write_basics
from daicho.atena.commands.refusal import refuse_if
from daicho.atena.models import IntegratedPerson, municipality_code
from daicho.atena.permissions import AtenaPermission
from daicho.atena.rules.basics import basics_of
from daicho.atena.rules.form import info_problems
from daicho.atena.rules.outward import code_request, replica
from daicho.atena.rules.vocabulary import REGISTER
from daicho.contracts.atena_info_v1 import AtenaInfoV1, AtenaPerson

CHUKAN = "chukan"
_WRITTEN = (
    "name", "name_furigana", "birth_date", "sex_code", "address", "removed_on", "as_of", "name_key", "furigana_key", "address_key", "birth_first",
    "birth_last", "key_version",
)  # fmt: skip


def accept_atena_info(info: AtenaInfoV1, actor: audit.Actor) -> list[IntegratedPerson]:
    """Take in what the register says of the persons of one event, and pass it on; returns them in order.

    Of somebody told of since (`recorded_at`), nothing is written and nothing passed on: a late message never overwrites a newer
    one. Inside the caller's transaction, which holds the receipt. Raises outbox Refused with every reason in Japanese,
    audit.Refused when `actor` is not the intake. A fixed number of statements, whatever the people.
    """
    audit.require(actor, AtenaPermission.INFO_UPDATE)
    refuse_if(info_problems(info))
    refs = _keep_numbers(info)
    told = [Told(person.atena_no, refs.get(person.individual_number), basics_of(person)) for person in info.persons]
    joined = join_all(REGISTER, told, as_of=info.recorded_at)
    fresh = [(one, person) for one, person in zip(joined, info.persons, strict=True) if not was_told_of_since(one.person, info.recorded_at)]
    _write(info, fresh)
    post_to_chukan([one.person for one in joined if one.is_new], _replicas(info, fresh))
    detail = {
        "numbered": sum(one.is_new for one in joined),
        "overtaken": len(joined) - len(fresh),
        "disputed": sum(one.joining.disputed_with is not None for one in joined),
    }
    audit.record(actor, AtenaPermission.INFO_UPDATE, subjects=[one.person.public_id for one in joined], detail=detail)
    return [one.person for one in joined]


def _keep_numbers(info: AtenaInfoV1) -> dict[str | None, int]:
    """References by 個人番号; when the message is refused, they go with the transaction."""
    given = [person.individual_number for person in info.persons if person.individual_number is not None]
    return dict(zip(given, vault.keep_many(vault.NumberKind.INDIVIDUAL_NUMBER, given), strict=True)) if given else {}


def _write(info: AtenaInfoV1, fresh: Sequence[tuple[Joined, AtenaPerson]]) -> None:
    """The register's word over whatever an affair told before it."""
    for one, told in fresh:
        write_basics(one.person, one.told.basics)
        one.person.removed_on, one.person.as_of = told.removed_on, info.recorded_at
    if fresh:
        IntegratedPerson.objects.bulk_update([one.person for one, _ in fresh], _WRITTEN)


def _replicas(info: AtenaInfoV1, fresh: Sequence[tuple[Joined, AtenaPerson]]) -> Iterator[tuple[IntegratedPerson, object]]:
    for one, told in fresh:
        passed_on = replica(told, one.person.integrated_atena_no, municipality_code(), info.recorded_at, clock.today())
        if passed_on is not None:
            yield one.person, passed_on


def post_to_chukan(
    new: Sequence[IntegratedPerson], replicas: Iterator[tuple[IntegratedPerson, object]] | Sequence[tuple[IntegratedPerson, object]] = ()
) -> None:
    """For each new number the request for its 符号, then the replicas. Four statements, none for nobody."""
    requests = [(person, code_request(person.integrated_atena_no, municipality_code(), clock.now())) for person in new]
    messages = [*requests, *replicas]
    if not messages:
        return
    handles = outbox.subject_handles(CHUKAN, [person.public_id for person, _ in messages])
    outbox.post_many([outbox.Outgoing(message, CHUKAN, (handle,)) for (_, message), handle in zip(messages, handles, strict=True)])
