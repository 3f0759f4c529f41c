"""戸籍の届出・法9条2項通知・法19条2項通知の受信 — kept for a clerk, with what speaks against it. 住民基本台帳法第9条第2項, 第19条第2項; 令第12条第2項; std 4.2.0.3."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from daicho import clock, vault
from daicho.contracts import base
from daicho.contracts.family_register_notice_v1 import FamilyRegisterNoticeV1
from daicho.residents.commands.receiving import NO_EVENT, find_event, keep
from daicho.residents.models import Person, ReceivedNotice
from daicho.residents.models.received import ReceivedKind, ReceivedState
from daicho.residents.queries.received import by_number, ours, whom
from daicho.residents.rules.received.family_register import kind_of, read_family_register
from daicho.residents.rules.received.move_in import DIFFERENT_PERSON
from daicho.residents.rules.received.reading import Reading, Role, day_of
from daicho.residents.rules.situation import Candidate

UNKNOWN = "通知の人が、本市の住民にも除票にもいません。氏名と生年月日を確かめ、対象者を検索して選んでください。"
SEVERAL = "通知の人と同じ氏名・生年月日・性別の人が2人以上います。どの人か確かめてください。"
OTHER_NUMBER = "住民票コードの一致する人がいません。氏名・生年月日・性別の一致する人が対象者か確かめてください。"
ENTERED = "生まれた子と同じ氏名・生年月日・性別の人が、もう記載されています。二重の届出でないか確かめてください。"
NOT_FOR_US = "宛先が本市ではありません。送った市区町村に確かめてください（法第9条第2項）。"
OTHER_CONTENT = "同じ番号の通知が前に届いており、内容が違います。送った市区町村に確かめてください。"
UNREADABLE_DAY = "異動日を読み取れません。送った市区町村に確かめてください。"


def receive_family_register(message: FamilyRegisterNoticeV1, notice_id: UUID) -> ReceivedNotice:
    """Keep one notice with every reason to look twice. In the caller's transaction, which holds the receipt. The same one again is done at once."""
    city_code, today = settings.INSTALLATION.municipality_code, clock.today()
    kind = ReceivedKind(kind_of(message, city_code))
    earlier = list(ours().filter(kind=kind, sender_code=message.municipality_code, control_no=message.request_control_no))
    reading, day = read_family_register(message, kind, today), day_of(message.event_date)
    found = whom(reading)
    row = keep(
        message, notice_id, kind, matter=message.matter[:40], control_no=message.request_control_no, sender_code=message.municipality_code,
        effective_on=day.certain() if day and day.is_calendar else None, told_on=today, person=_person(reading, found),
    )  # fmt: skip
    if any(vault.open_payload(one.payload_ref) == base.encode(message) for one in earlier):
        row.state, row.handled_by, row.handled_at = ReceivedState.REPEATED, "受信箱（自動）", row.received_at
    else:
        row.why = "\n".join(dict.fromkeys([*([OTHER_CONTENT] if earlier else []), *_doubts(message, reading, found, city_code)]))
    row.save(update_fields=["state", "why", "handled_by", "handled_at"])
    return row


def _doubts(message: FamilyRegisterNoticeV1, reading: Reading, found: list[list[Candidate]], city_code: str) -> list[str]:
    why = [] if message.addressee_municipality_code == city_code else [NOT_FOR_US]
    if day_of(message.event_date) is None:
        why.append(UNREADABLE_DAY)
    if find_event(reading) is None:
        why.append(NO_EVENT)
    for named, people in zip(reading.people, found, strict=True):
        sure = by_number(people)
        if named.role is Role.NEWCOMER:
            why += [ENTERED] if any(one.is_open for one in people) else []
        elif sure is not None:
            why += [] if "three_facts" in sure.by else [DIFFERENT_PERSON]
        elif len(people) != 1:
            why.append(SEVERAL if people else UNKNOWN)
        elif named.juminhyo_code:
            why.append(OTHER_NUMBER)
    return why


def _person(reading: Reading, found: list[list[Candidate]]) -> Person | None:
    """The first of those named who is known for sure: for the trail, and so that what waits for them is found."""
    for named, people in zip(reading.people, found, strict=True):
        sure = by_number(people) or (people[0] if len(people) == 1 else None)
        if named.role is not Role.NEWCOMER and sure is not None:
            return Person.objects.get(municipality_code=settings.INSTALLATION.municipality_code, atena_no=sure.atena_no)
    return None
