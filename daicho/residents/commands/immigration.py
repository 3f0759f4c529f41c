"""市町村通知・市町村伝達の処理 — what became of what was sent, sending again, and handing over on a medium. 入管法61条の8の2; std 4.5.7.

What 入管庁 is told because of an event is noted in the event's transaction (commands/notices/immigration.py).
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.contracts import base
from daicho.contracts.immigration_result_v1 import ImmigrationResultV1
from daicho.outbox.errors import Refused
from daicho.outbox.layout_line import body_of
from daicho.outbox.models import Delivery
from daicho.residents.commands.notices.immigration import Noted, messages_of, new_control_no, note, send_online, unsent
from daicho.residents.errors import CannotDo
from daicho.residents.models import ExportedFile, ImmigrationNotice
from daicho.residents.models.immigration import ImmigrationResult
from daicho.residents.permissions import IntakePermission, Permission
from daicho.residents.queries.situations import lock_current

LAYOUT = "immigration_notice"
PURPOSE = "出入国在留管理庁への市町村通知・市町村伝達（媒体）"
KEPT_DAYS = 30  # the medium is gone by then: the terminal has taken it, and the rows keep what was said


@transaction.atomic
def take_result(actor: Actor, result: ImmigrationResultV1) -> ImmigrationNotice:
    """処理結果 of one message, by its 依頼管理番号; the last one said holds. Raises outbox Refused for a number that is none of ours, audit.Refused."""
    audit.require(actor, IntakePermission.IMMIGRATION_RECEIVE)
    row = ImmigrationNotice.objects.filter(control_no=result.request_control_no, municipality_code=settings.INSTALLATION.municipality_code)
    found = row.select_for_update(of=("self",)).select_related("person").first()
    if found is None:
        raise Refused("unknown_control_no", "この依頼管理番号の市町村通知・市町村伝達は、本市から送っていません。番号を確認してください。")
    found.result = ImmigrationResult.SUCCEEDED if result.succeeded else ImmigrationResult.FAILED
    found.result_code, found.result_text, found.result_at = result.code, result.text_ja, result.processed_at
    found.save(update_fields=["result", "result_code", "result_text", "result_at"])
    audit.record(actor, IntakePermission.IMMIGRATION_RECEIVE, [found.person.public_id], detail={"control_no": found.control_no, "result": str(found.result)})
    return found


@transaction.atomic
def import_results(actor: Actor, file: Path) -> int:
    """A file of 処理結果 from the terminal: one message `immigration_result` a line. All of it, or nothing; returns how many.

    ValueError (ContractError) for a line that is none, Refused for a number that is none of ours.
    """
    results = [base.decode("immigration_result", 1, line.encode()) for line in file.read_text("utf-8").splitlines() if line.strip()]
    for result in results:
        assert isinstance(result, ImmigrationResultV1)
        try:
            take_result(actor, result)
        except Refused as refused:
            raise ValueError(f"{result.request_control_no}: {refused.reason_ja}") from refused
    return len(results)


@transaction.atomic
def resend(actor: Actor, notice: UUID, reason: str) -> ImmigrationNotice:
    """再送信: the same content once more, under a number of its own that names the first (N-4.5.7-12). CannotDo while it is still on its way."""
    audit.require(actor, Permission.NOTICE_RESEND)
    if not reason.strip():
        raise CannotDo("再送信の理由を入力してください。")
    ours = ImmigrationNotice.objects.filter(municipality_code=settings.INSTALLATION.municipality_code).select_related("person", "event")
    row = ours.filter(public_id=notice).first()
    if row is None or not _arrived(row):
        raise CannotDo("この通知はまだ相手に渡っていません。送信が拒まれたときは、連携の状況の画面から再送してください。")
    lock_current([], [row.person.atena_no])
    message = replace(messages_of([row])[row.pk], request_control_no=new_control_no(), resend_of=row.control_no)
    note([Noted(row.person, row.event, message, (row, actor.name, reason.strip()))])
    audit.record(actor, Permission.NOTICE_RESEND, [row.person.public_id], purpose=reason.strip(), detail={"control_no": row.control_no})
    return ours.get(control_no=message.request_control_no)


def _arrived(row: ImmigrationNotice) -> bool:
    """Whether the counterpart has it: on a medium, or by the post room, which had its word."""
    return row.file_id is not None or Delivery.objects.filter(notice__notice_id=row.notice_id, state=Delivery.State.ACKNOWLEDGED).exists()


@transaction.atomic
def send_waiting(actor: Actor) -> int:
    """Everything that waits, to the post room at once: where the city hands over on a medium and will not do so this time. Returns how many."""
    audit.require(actor, Permission.NOTICE_RESEND)
    lock_current([], _people())
    sent = send_online()
    audit.record(actor, Permission.NOTICE_RESEND, detail={"immigration": sent})
    return sent


def _people() -> set[str]:
    rows = ImmigrationNotice.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, notice_id=None, file=None)
    return set(rows.values_list("person__atena_no", flat=True))


@transaction.atomic
def write_medium(actor: Actor) -> ExportedFile:
    """媒体: everything that waits into one file, in the order of the events; its content is `medium_content`. CannotDo when nothing waits.

    Whose earlier notice is still on its way online stays behind: a file must not overtake it (N-4.5.7-06).
    """
    audit.require(actor, Permission.REGISTER_EXPORT)
    lock_current([], _people())
    waiting = unsent()
    behind = set(
        ImmigrationNotice.objects.filter(
            person__in=[row.person for row in waiting],
            notice_id__in=Delivery.objects.filter(destination="immigration", settled_at=None).values("notice__notice_id"),
        ).values_list("person_id", flat=True)
    )
    taken = [row for row in waiting if row.person_id not in behind]
    if not taken:
        raise CannotDo("媒体に書き出す市町村通知・市町村伝達はありません。")
    content = _lines(taken)
    file = ExportedFile.objects.create(
        municipality_code=settings.INSTALLATION.municipality_code, layout=LAYOUT, owner=actor.name, purpose=PURPOSE,
        digest=hashlib.sha256(content).hexdigest(), rows=len(taken), holds_numbers=True, made_at=clock.now(),
        expires_on=clock.today() + timedelta(days=KEPT_DAYS),
    )  # fmt: skip
    ImmigrationNotice.objects.filter(pk__in=[row.pk for row in taken]).update(file=file)
    audit.record(actor, Permission.REGISTER_EXPORT, [row.person.public_id for row in taken], purpose=PURPOSE, detail={"file": str(file.public_id)})
    return file


@transaction.atomic
def medium_content(actor: Actor, file: UUID) -> bytes:
    """The content of such a file, the same bytes each time: one message a line, as it would go over the wire. CannotDo once it is to be gone."""
    audit.require(actor, Permission.REGISTER_EXPORT)
    kept = ExportedFile.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, public_id=file, layout=LAYOUT).first()
    if kept is None or kept.expires_on < clock.today():
        raise CannotDo("この媒体のファイルはありません。一覧を開き直してください。")
    on_it = list(kept.immigration_notices.select_related("person").order_by("pk"))
    audit.record(actor, Permission.REGISTER_EXPORT, [row.person.public_id for row in on_it], purpose=PURPOSE, detail={"file": str(file)})
    return _lines(on_it)


def _lines(noted: list[ImmigrationNotice]) -> bytes:
    messages = messages_of(noted)
    return b"".join(body_of(LAYOUT, messages[row.pk]) + b"\n" for row in noted)
