"""書面による通知の支度 — what a notice to another city says, opened to be printed where no wire reaches. 住民基本台帳法第9条第1項, 第19条第1項; decision 0050.

The caller records the reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import Http404

from daicho import outbox
from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.contracts.move_in_notice_v1 import MoveInNoticeV1
from daicho.outbox.models import Notice
from daicho.outbox.queries import message_of
from daicho.residents.models import SheetVersion
from daicho.residents.queries.letters_put_out import ON_PAPER


@dataclass(frozen=True)
class ToBePrinted:
    """The message (None once it was erased), and whom it is about, by the version that the event wrote."""

    message: MoveInNoticeV1 | FuhyoNoticeV1 | None
    people: tuple[tuple[int, UUID, int], ...]  # person id, public id, 履歴番号


def to_be_printed(notice_id: UUID) -> ToBePrinted:
    """Three statements. Http404 for no notice, or one of another kind."""
    notice = Notice.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, notice_id=notice_id, kind__in=ON_PAPER).first()
    if notice is None:
        raise Http404
    message = message_of(notice)
    assert message is None or isinstance(message, MoveInNoticeV1 | FuhyoNoticeV1)
    versions = list(SheetVersion.objects.filter(event_id=notice.because_event).select_related("person").order_by("pk"))
    handles = outbox.subject_handles(notice.destination, [row.person.public_id for row in versions])
    newest = {
        row.person_id: (row.person_id, row.person.public_id, row.history_no) for row, handle in zip(versions, handles, strict=True) if handle in notice.subjects
    }
    return ToBePrinted(message, tuple(newest.values()))
