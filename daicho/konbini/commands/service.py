"""停止と再開 — stops the service, by an officer or by itself; two officers reopen it. S5-02; decision 0016."""

from __future__ import annotations

import logging

from django.db import connection, transaction

from daicho import audit, clock
from daicho.konbini.models import ServiceTurn, municipality_code
from daicho.konbini.permissions import KonbiniPermission

log = logging.getLogger(__name__)
Kind, Cause = ServiceTurn.Kind, ServiceTurn.Cause
MISMATCH_JA = "回答と請求が一致しないため、自動で停止しました（{}）。"
_WHAT_JA = {
    "request": "請求の電文", "binding": "結び付け", "document": "証明書の要約値", "paper": "作り直した証明書", "holder": "カードの持ち主",
    "given_before": "ほかの請求に渡した証明書",
}  # fmt: skip
_OTHERWISE_JA = "証明書の作り方の記録"


class CannotTurn(Exception):
    """The service does not stand as the officer saw it. The text is Japanese, for the screen."""


def newest_turn() -> ServiceTurn | None:
    """What was done last; None = it was never stopped. One query."""
    return ServiceTurn.objects.filter(municipality_code=municipality_code()).order_by("-pk").first()


def is_stopped(turn: ServiceTurn | None) -> bool:
    return turn is not None and turn.kind != Kind.REOPENED


def stop(actor: audit.Actor, reason: str) -> None:
    """Stop at once: one officer is enough. Raises CannotTurn, audit.Refused."""
    audit.require(actor, KonbiniPermission.SERVICE_STOP)
    with transaction.atomic():
        _alone()
        if is_stopped(newest_turn()):
            raise CannotTurn("コンビニ交付は既に停止しています。画面を読み直してください。")
        _turn(actor, Kind.STOPPED, Cause.OFFICER, reason)
        audit.record(actor, KonbiniPermission.SERVICE_STOP, purpose=reason)


def propose_reopening(actor: audit.Actor, reason: str) -> None:
    """再開の申出: what was found and mended. Another officer approves. Raises CannotTurn, audit.Refused."""
    audit.require(actor, KonbiniPermission.SERVICE_REOPEN)
    with transaction.atomic():
        _alone()
        last = newest_turn()
        if last is None or last.kind != Kind.STOPPED:
            raise CannotTurn("コンビニ交付は、再開を申し出られる状態ではありません。画面を読み直してください。")
        _turn(actor, Kind.PROPOSED, last.cause, reason)
        audit.record(actor, KonbiniPermission.SERVICE_REOPEN, purpose=reason, detail={"step": "propose"})


def reopen(actor: audit.Actor, reason: str) -> None:
    """再開: by an officer other than the one who proposed it. Raises CannotTurn, audit.Refused."""
    audit.require(actor, KonbiniPermission.SERVICE_REOPEN)
    with transaction.atomic():
        _alone()
        last = newest_turn()
        if last is None or last.kind != Kind.PROPOSED:
            raise CannotTurn("再開の申出がありません。画面を読み直してください。")
        if last.by_account_id_no == actor.account_id:
            raise CannotTurn("再開を申し出た職員は承認できません。別の職員が承認してください。")
        _turn(actor, Kind.REOPENED, last.cause, reason)
        audit.record(actor, KonbiniPermission.SERVICE_REOPEN, purpose=reason, detail={"step": "reopen"})


def stop_for_mismatch(actor: audit.Actor, request_no: str, what: tuple[str, ...]) -> None:
    """An answer did not fit its request: nothing leaves any more, and the operator is called. In the caller's transaction."""
    log.critical("service stopped: the answer to request %s does not fit (%s); officers reopen it on the screen of the service", request_no, ", ".join(what))
    _turn(actor, Kind.STOPPED, Cause.MISMATCH, MISMATCH_JA.format("、".join(dict.fromkeys(_WHAT_JA.get(name, _OTHERWISE_JA) for name in what))))
    audit.record(actor, KonbiniPermission.SERVICE_STOP, outcome="failed", purpose="回答と請求の不一致", detail={"request_no": request_no, "what": list(what)})


def _turn(actor: audit.Actor, kind: ServiceTurn.Kind, cause: str, reason: str) -> None:
    ServiceTurn.objects.create(
        kind=kind, cause=cause, reason=reason, by_account_id_no=actor.account_id, by_login=actor.login, by_name=actor.name, at=clock.now()
    )


def _alone() -> None:
    """One turn after another: of two officers who press at once, the second sees what the first did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"konbini service {municipality_code()}"])
