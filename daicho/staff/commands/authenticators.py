"""認証器の登録と失効 — an authenticator is enrolled once by a code that two officers gave, and revoked by one. F-2-08, F-3-08; std 10.3-15."""

from __future__ import annotations

import hmac
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.staff.commands import challenges
from daicho.staff.commands.sign_in import Outcome, Result, actor_at, count_failure, stopped_since
from daicho.staff.commands.temporary import temporary_secret
from daicho.staff.errors import StaffRefused, refuse
from daicho.staff.models import Account, Authenticator, Challenge, Enrolment
from daicho.staff.permissions import Permission
from daicho.staff.ports import NotProven, Terminal, second_factor
from daicho.staff.queries import digest_of, policy_on

ACTION_CODE, ACTION_ENROL = "staff:authenticator:code", "staff:authenticator:enrol"
_Because = Authenticator.RevokedBecause


def apply_for_enrolment(actor: Actor, account: Account, *, reason: str) -> Enrolment:
    """認証器の登録の申請: another officer must approve it. One that is still open for the account is withdrawn. StaffRefused with all problems."""
    audit.require(actor, Permission.AUTHENTICATOR_APPLY)
    problems = [*refuse("reason", [] if reason.strip() else ["登録の理由を入力してください（新規、交換、紛失など）。"])]
    if account.pk == actor.account_id:
        problems += refuse("account", ["自分の認証器の登録を自分で申請することはできません。ほかの管理者に依頼してください。"])
    if problems:
        raise StaffRefused(problems)
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        _open_ones(account).update(withdrawn_at=clock.now())
        row = Enrolment.objects.create(
            municipality_code=account.municipality_code, account=account, reason=reason.strip(), applied_by_id=actor.account_id, applied_at=clock.now()
        )
        audit.record(actor, Permission.AUTHENTICATOR_APPLY, purpose=row.reason, detail={"enrolment": str(row.pk), "login": account.login})
    return row


def approve_enrolment(actor: Actor, enrolment_id: int) -> str:
    """登録の承認 by another officer than the applicant and the one it is for; returns the code, which is told this once and kept nowhere."""
    audit.require(actor, Permission.AUTHENTICATOR_APPROVE)
    with transaction.atomic():
        known = Enrolment.objects.select_for_update(of=["self"]).select_related("account")
        row = known.filter(pk=enrolment_id, municipality_code=settings.INSTALLATION.municipality_code).first()
        if row is None or row.approved_at or row.withdrawn_at:
            raise StaffRefused(refuse("", ["この申請は、承認待ちではありません。一覧を開き直してください。"]))
        if actor.account_id is not None and actor.account_id in (row.applied_by_id, row.account_id):
            raise StaffRefused(refuse("", ["申請した本人、または登録を受ける本人は、承認できません。別の承認者に依頼してください。"]))
        code = temporary_secret(parts=4, letters=5)
        now = clock.now()
        row.approved_by_id, row.approved_at = actor.account_id, now
        row.code_digest, row.expires_at = digest_of(code), now + timedelta(hours=policy_on(clock.today()).enrolment_hours)
        row.save(update_fields=["approved_by", "approved_at", "code_digest", "expires_at"])
        audit.record(actor, Permission.AUTHENTICATOR_APPROVE, detail={"enrolment": str(row.pk), "login": row.account.login})
    return code


def accept_code(token: str, code: str, terminal: Terminal) -> Result:
    """The officer, known by password, gives the code: PROVE (an authenticator may be registered now), NOT_PROVEN, LOCKED, TOO_LATE.

    A wrong code counts as a wrong password does.
    """
    with transaction.atomic():
        challenge = challenges.take(token)
        if challenge is None or challenge.purpose == Challenge.Purpose.RESUME or challenge.terminal_code != terminal.code:
            return Result(Outcome.TOO_LATE)
        account = Account.objects.select_for_update().get(pk=challenge.account_id)
        actor, now = actor_at(account, terminal), clock.now()
        if stopped := stopped_since(account, actor, ACTION_CODE, now):
            return stopped
        enrolment = _open_ones(account).filter(expires_at__gt=now).first()
        if enrolment is None or not hmac.compare_digest(enrolment.code_digest, digest_of(code.strip().lower())):
            reached = count_failure(account, now)
            audit.record(actor, ACTION_CODE, outcome="refused", detail={"why": "locked now" if reached else "wrong code"})
            if reached:
                return Result(Outcome.LOCKED, locked_until=account.locked_until)
            return Result(Outcome.NOT_PROVEN, account=account, token=challenges.put_again(challenge))
        audit.record(actor, ACTION_CODE, detail={"enrolment": str(enrolment.pk)})
        asked = challenges.put(account, Challenge.Purpose.ENROL, terminal.code, take_over=challenge.take_over, enrolment=enrolment)
        return Result(Outcome.PROVE, account=account, token=asked)


def register(token: str, answer: str, terminal: Terminal) -> Result:
    """認証器の登録: keep the device that answered. PROVE: registered, and asked now for its first assertion. NOT_PROVEN, TOO_LATE."""
    factor = second_factor()
    assert factor is not None  # nothing asks for a device elsewhere
    with transaction.atomic():
        challenge = challenges.take(token)
        enrolment = _usable(challenge)
        if challenge is None or enrolment is None or challenge.terminal_code != terminal.code:
            return Result(Outcome.TOO_LATE)
        account, models = challenge.account, policy_on(clock.today()).authenticator_models
        actor = actor_at(account, terminal)
        if stopped := stopped_since(account, actor, ACTION_ENROL, clock.now()):
            return stopped
        try:
            if not models and settings.INSTALLATION.environment == "production":
                raise NotProven("no model is allowed")  # a device that takes a PIN for a body is none of F-2-08's
            made = factor.register(answer, challenge.value, models)
            row = _keep(Authenticator(account=account, municipality_code=account.municipality_code, registered_at=clock.now(), **vars(made)))
        except NotProven as error:
            audit.record(actor, ACTION_ENROL, outcome="refused", detail={"why": error.why})
            return Result(Outcome.NOT_PROVEN, account=account, token=challenges.put_again(challenge))
        enrolment.used_at = clock.now()
        enrolment.save(update_fields=["used_at"])
        audit.record(actor, ACTION_ENROL, detail={"enrolment": str(enrolment.pk), "authenticator": str(row.pk), "model": row.model})
        asked = challenges.put(account, Challenge.Purpose.SIGN_IN, terminal.code, take_over=challenge.take_over)
        return Result(Outcome.PROVE, account=account, token=asked)


def revoke_authenticator(actor: Actor, authenticator_id: int) -> None:
    """認証器の失効 (紛失, 交換, 退職): it answers no more from now on. StaffRefused when it is revoked already."""
    audit.require(actor, Permission.AUTHENTICATOR_REVOKE)
    with transaction.atomic():
        known = Authenticator.objects.select_for_update(of=["self"]).select_related("account")
        row = known.filter(pk=authenticator_id, municipality_code=settings.INSTALLATION.municipality_code).first()
        if row is None or row.revoked_at:
            raise StaffRefused(refuse("", ["この認証器は、いま使われていません。一覧を開き直してください。"]))
        _revoke(row, _Because.OFFICER, actor.account_id)
        audit.record(actor, Permission.AUTHENTICATOR_REVOKE, detail={"authenticator": str(row.pk), "login": row.account.login})


def revoke_copied(authenticator: Authenticator) -> None:
    """Its count went back: there are two of it, and nobody can tell which is the officer's. In the caller's transaction, which records it."""
    _revoke(authenticator, _Because.COPIED, None)


def _revoke(row: Authenticator, because: str, account_id: int | None) -> None:
    row.revoked_at, row.revoked_because, row.revoked_by_id = clock.now(), because, account_id
    row.save(update_fields=["revoked_at", "revoked_because", "revoked_by"])


def _open_ones(account: Account) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(account=account, used_at__isnull=True, withdrawn_at__isnull=True)


def _usable(challenge: Challenge | None) -> Enrolment | None:
    """The enrolment behind a question, locked; None when it was used or withdrawn meanwhile."""
    if challenge is None or challenge.enrolment_id is None:
        return None
    return Enrolment.objects.select_for_update().filter(pk=challenge.enrolment_id, used_at__isnull=True, withdrawn_at__isnull=True).first()


def _keep(row: Authenticator) -> Authenticator:
    """NotProven for a device that somebody has registered already."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise NotProven("registered already") from None
    return row
