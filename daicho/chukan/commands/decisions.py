"""確認待ちの照会の決定 — an officer who has seen what would be provided lets it go, or not; the answer follows over the post room. F-1-52; G-19."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daicho import audit, clock, outbox
from daicho.chukan.commands.codes import NETWORK_CORE, new_control_no
from daicho.chukan.commands.persons import newest_replica
from daicho.chukan.commands.provisions import kept_until, seal_replica
from daicho.chukan.commands.refusal import CannotDo
from daicho.chukan.models import HeldDecision, Inquiry, Person, Replica
from daicho.chukan.models.columns import municipality_code
from daicho.chukan.permissions import ChukanPermission
from daicho.chukan.rules.sealing import sign_release
from daicho.contracts import encode
from daicho.contracts.provision_answer_v1 import SealedAnswer
from daicho.contracts.provision_release_v1 import ProvisionReleaseV1
from daicho.outbox import signing


def decide_held(actor: audit.Actor, inquiry_id: UUID, *, provide: bool, reason: str, seen_version: int | None = None) -> HeldDecision:
    """Decide once about a held inquiry and post the answer to the network; returns the decision.

    `seen_version`: the version of the replica that the officer was shown; another one by now must be looked at first. Raises
    CannotDo (no such inquiry waits, decided already, the replica has changed or is gone), audit.Refused (recorded).
    """
    inquiry = Inquiry.objects.filter(municipality_code=municipality_code(), pk=inquiry_id, result=Inquiry.Result.HELD).select_related("person").first()
    if inquiry is None or inquiry.person is None:
        raise CannotDo("確認待ちの照会が見つかりません。一覧から選び直してください。")
    audit.require(actor, ChukanPermission.INQUIRY_DECIDE, [inquiry.person_id])
    if not reason.strip():
        raise CannotDo("理由を入力してください。")
    with transaction.atomic():
        person = Person.objects.select_for_update().get(municipality_code=municipality_code(), pk=inquiry.person_id)
        if HeldDecision.objects.filter(municipality_code=municipality_code(), inquiry=inquiry).exists():
            raise CannotDo("この照会は、既に確認されています。一覧を開き直してください。")
        replica = _replica_to_provide(person, seen_version) if provide else None
        release = _release(inquiry, replica)
        decision = _write(actor, inquiry, replica, release, reason.strip())
        outbox.post(release, to=NETWORK_CORE, subjects=outbox.subject_handles(NETWORK_CORE, [person.pk]))
        audit.record(
            actor, ChukanPermission.INQUIRY_DECIDE, subjects=[person.pk], purpose=inquiry.affair_ja,
            detail={"inquiry": str(inquiry.pk), "provided": provide},
        )  # fmt: skip
    return decision


def _replica_to_provide(person: Person, seen_version: int | None) -> Replica:
    replica = newest_replica(person)
    if replica is None or person.erased_at is not None:
        raise CannotDo("提供できる副本がありません。提供しないことにするか、副本が届くまで待ってください。")
    if replica.version_no != seen_version:
        raise CannotDo("表示した後に副本が新しくなりました。新しい内容を確認してから、もう一度決めてください。")
    return replica


def _release(inquiry: Inquiry, replica: Replica | None) -> ProvisionReleaseV1:
    sealed = _sealed(inquiry, replica) if replica is not None else None
    release = ProvisionReleaseV1(
        request_control_no=new_control_no(),
        question_id=str(inquiry.question_id),
        provider_municipality_code=municipality_code(),
        result=str(Inquiry.Result.ANSWERED if sealed else Inquiry.Result.REFUSED),
        reason=None if sealed else "declined",
        answered_at=clock.now(),
        route=inquiry.route,
        ephemeral_key=sealed.ephemeral_key if sealed else None,
        nonce=sealed.nonce if sealed else None,
        ciphertext=sealed.ciphertext if sealed else None,
        signature="",
    )
    return sign_release(release, signing.private_key(settings.DAICHO.signing_key_file))


def _sealed(inquiry: Inquiry, replica: Replica) -> SealedAnswer:
    assert inquiry.provision is not None  # what no row permits is refused, never held
    items = tuple(inquiry.provision.items.split())
    return seal_replica(replica, str(inquiry.question_id), inquiry.inquirer_code, inquiry.information_code, items, inquiry.inquirer_public_key)


def _write(actor: audit.Actor, inquiry: Inquiry, replica: Replica | None, release: ProvisionReleaseV1, reason: str) -> HeldDecision:
    return HeldDecision.objects.create(
        inquiry=inquiry,
        replica=replica,
        provided=replica is not None,
        reason=reason,
        decided_by=actor.login,
        decided_by_name=actor.name,
        decided_at=release.answered_at,
        answer_digest=hashlib.sha256(encode(release)).hexdigest(),
        keep_until=kept_until(release.answered_at),
    )
