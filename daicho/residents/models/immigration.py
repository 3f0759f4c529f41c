"""入管庁との連携 — what the city told of foreign residents and what became of it; what the Commissioner told. 入管法61条の8の2; 法30条の50; std 4.5.6, 4.5.7."""

from __future__ import annotations

import uuid

from django.db import models

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.counter import Filing
from daicho.residents.models.event import CivilEvent
from daicho.residents.models.files import ExportedFile
from daicho.residents.models.record import Person


class ImmigrationResult(models.TextChoices):
    NONE = "", "結果待ち"
    SUCCEEDED = "succeeded", "正常"
    FAILED = "failed", "エラー"


class ImmigrationNotice(models.Model):
    """市町村通知・市町村伝達: one message about one person. Its content lies sealed (`payload_ref`).

    It goes out by the post room (`notice_id`) or on a medium (`file`); neither = not yet. Ids are drawn under the person's lock: their
    order is that of the events. `resends`: the message that it repeats.
    """

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    control_no = models.CharField("依頼管理番号", max_length=22)
    person = models.ForeignKey(Person, models.PROTECT, related_name="immigration_notices")
    event = models.ForeignKey(CivilEvent, models.PROTECT, related_name="immigration_notices")
    law_code = models.CharField("根拠法の別", max_length=1)
    effect_code = models.CharField("記載等の別", max_length=1)
    noted_at = models.DateTimeField("対象となった日時")
    payload_ref = models.BigIntegerField()
    notice_id = models.UUIDField(null=True, unique=True)
    file = models.ForeignKey(ExportedFile, models.PROTECT, null=True, related_name="immigration_notices")
    resends = models.ForeignKey("self", models.PROTECT, null=True, related_name="resent_as")
    resent_by = models.CharField("再送信した者", max_length=80, default="")
    resent_because = models.TextField("再送信の理由", default="")
    result = models.CharField("処理結果", max_length=10, choices=ImmigrationResult.choices, default=ImmigrationResult.NONE)
    result_code = models.CharField("結果コード", max_length=20, default="")
    result_text = models.TextField("結果の内容", default="")
    result_at = models.DateTimeField("処理日時", null=True)
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "control_no"], name="immigration_notice_control_no"),
            of_a_city("immigration_notice"),
        ]
        indexes = [
            models.Index(fields=["person"], condition=models.Q(notice_id=None, file=None), name="immigration_notice_unsent"),
            models.Index(fields=["municipality_code", "result"], name="immigration_notice_result"),
        ]


class CommissionerState(models.TextChoices):
    UNTAKEN = "untaken", "未取込"
    WAITING = "waiting", "確認待ち"
    HELD = "held", "保留"
    DONE = "done", "処理済"
    SET_ASIDE = "set_aside", "対象なし"


class CommissionerNotice(models.Model):
    """長官通知 as it came. Its content lies sealed; beside it stands only what a list shows.

    未取込 → 確認待ち (taken in, by itself or by hand) → confirmed by 処理結果確認票, a filing begun → 処理済. `person`: found by the card's number.
    """

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    notice_no = models.CharField("通知番号", max_length=22)
    notice_date = models.DateField("通知年月日")
    ground_code = models.CharField("通知の別", max_length=1)
    ground_text = models.TextField("通知の事由")
    class_code = models.CharField("法第30条の45の区分", max_length=1)
    received_at = models.DateTimeField("受信日時")
    payload_ref = models.BigIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="commissioner_notices")
    state = models.CharField(max_length=10, choices=CommissionerState.choices, default=CommissionerState.UNTAKEN)
    taken_by = models.CharField("取り込んだ者", max_length=80, default="")
    taken_at = models.DateTimeField("取込日時", null=True)
    confirmed_by = models.CharField("確認票を確認した者", max_length=80, default="")
    confirmed_at = models.DateTimeField("確認日時", null=True)
    note = models.TextField("処理の理由", default="")
    handled_by = models.CharField("処理した者", max_length=80, default="")
    handled_at = models.DateTimeField("処理日時", null=True)
    filing = models.ForeignKey(Filing, models.PROTECT, null=True, related_name="commissioner_notices")
    event = models.ForeignKey(CivilEvent, models.PROTECT, null=True, related_name="commissioner_notices")
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "notice_no"], name="commissioner_notice_once"),
            of_a_city("commissioner_notice"),
        ]
        indexes = [models.Index(fields=["municipality_code", "state", "received_at"], name="commissioner_notice_list")]


class ResidenceTerm(models.Model):
    """在留期間の満了の予告: someone whose 在留期間 ends soon, and to whom the city writes. One row for each day of ending; INSERT only."""

    municipality_code = models.CharField(max_length=6)
    person = models.ForeignKey(Person, models.PROTECT, related_name="residence_terms")
    ends_on = models.DateField("在留期間等の満了の日")
    listed_at = models.DateTimeField("一覧に載せた日時")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "person", "ends_on"], name="residence_term_once"),
            of_a_city("residence_term"),
        ]
        indexes = [models.Index(fields=["municipality_code", "ends_on"], name="residence_term_ends_on")]
