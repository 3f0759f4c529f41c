"""個人番号の要求 — for whom 機構 was asked for a 個人番号, and what became of it. 番号法第7条, 第8条; std 4.4, 7.1.2.1; F-1-05."""

from __future__ import annotations

import uuid

from django.db import models

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.counter import Filing
from daicho.residents.models.event import CivilEvent
from daicho.residents.models.record import Person


class RequestState(models.TextChoices):
    WAITING = "waiting", "付番待ち"
    DOUBTFUL = "doubtful", "要確認"
    WRITTEN = "written", "記載済み"
    WITHDRAWN = "withdrawn", "取下げ"


UNDONE = (RequestState.WAITING, RequestState.DOUBTFUL)


class NumberRequest(models.Model):
    """One request, known to 機構 by its 依頼管理番号. Numbers are references into the vault: what it was asked with, what was given.

    `filing`: the paper of a 変更. `why`: what speaks against what came back, for the clerk. `event`: that wrote the number.
    """

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    request_control_no = models.CharField("依頼管理番号", max_length=22)
    person = models.ForeignKey(Person, models.PROTECT, related_name="number_requests")
    reason = models.CharField("要求の事由", max_length=24)
    code_ref = models.BigIntegerField("住民票コード", db_comment="vault")
    old_number_ref = models.BigIntegerField("従前の個人番号", null=True, db_comment="vault")
    number_ref = models.BigIntegerField("付いた個人番号", null=True, db_comment="vault")
    filing = models.ForeignKey(Filing, models.PROTECT, null=True, related_name="number_requests")
    asked_at = models.DateTimeField("要求日時")
    asked_again_at = models.DateTimeField("再要求日時", null=True)
    state = models.CharField(max_length=9, choices=RequestState.choices, default=RequestState.WAITING)
    why = models.TextField("記載しなかった理由", default="")
    note = models.TextField("取下げの理由", default="")
    handled_by = models.CharField("処理した者", max_length=80, default="")
    handled_at = models.DateTimeField("処理日時", null=True)
    event = models.ForeignKey(CivilEvent, models.PROTECT, null=True, related_name="number_requests")
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "request_control_no"], name="number_request_control_no"),
            models.UniqueConstraint(fields=["municipality_code", "person"], condition=models.Q(state__in=UNDONE), name="number_request_one_undone"),
            of_a_city("number_request"),
        ]
        indexes = [models.Index(fields=["municipality_code", "asked_at"], condition=models.Q(state__in=UNDONE), name="number_request_undone")]
