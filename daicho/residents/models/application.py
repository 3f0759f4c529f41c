"""交付請求の表 — a request for certificates that is more than a 受付: what it states, whom it is about, its steps, its decision, its money. 住民基本台帳法第12条–第12条の3."""

from __future__ import annotations

import uuid

from django.db import models

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.record import Person
from daicho.residents.rules.application_states import STEP_JA
from daicho.residents.rules.applications import GROUND_JA, WAY_JA

_GROUNDS = [(ground.value, ja) for ground, ja in GROUND_JA.items()]
_WAYS = [(way.value, ja) for way, ja in WAY_JA.items()]
_STEPS = [(step.value, ja) for step, ja in STEP_JA.items()]


class CertificateApplication(models.Model):
    """交付請求. What changes about it are rows beside it; where it stands follows from them (rules/application_states.py)."""

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    application_no = models.BigIntegerField("請求番号")
    ground = models.CharField("根拠", max_length=12, choices=_GROUNDS)
    way = models.CharField("方法", max_length=8, choices=_WAYS)
    received_on = models.DateField("受付した日")
    office_code = models.CharField(max_length=20)
    terminal = models.CharField(max_length=40)
    entered_by = models.CharField("受け付けた職員", max_length=80)
    entered_by_id_no = models.BigIntegerField()
    entered_at = models.DateTimeField("受付日時")
    closed_at = models.DateTimeField("終わった日時", null=True)  # follows from steps, decision and copies; kept so that the work list need not ask all
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality_code", "application_no"], name="application_no"), of_a_city("application")]
        indexes = [models.Index(fields=["municipality_code"], name="application_open", condition=models.Q(closed_at__isnull=True))]


class ApplicationStatement(models.Model):
    """請求書の記載 as it was written down, the newest counts (rules/applications.Stated). INSERT only: what was supplied later is a further row."""

    municipality_code = models.CharField(max_length=6)
    application = models.ForeignKey(CertificateApplication, models.PROTECT, related_name="statements")
    stated = models.JSONField("記載")
    form_no = models.CharField("統一用紙の番号", max_length=40, default="")
    recorded_by = models.CharField("記録した職員", max_length=80)
    recorded_at = models.DateTimeField("記録日時")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [of_a_city("application_statement")]
        indexes = [models.Index(fields=["municipality_code", "form_no"], name="application_form_no", condition=~models.Q(form_no=""))]


class ApplicationMatch(models.Model):
    """Whose sheet it is that somebody named in the request has, as an officer found; the newest of each place counts. INSERT only."""

    municipality_code = models.CharField(max_length=6)
    application = models.ForeignKey(CertificateApplication, models.PROTECT, related_name="matches")
    place = models.IntegerField("何人目")
    person = models.ForeignKey(Person, models.PROTECT, related_name="applications")
    recorded_by = models.CharField("確かめた職員", max_length=80)
    recorded_at = models.DateTimeField("確かめた日時")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [of_a_city("application_match")]


class ApplicationStep(models.Model):
    """What was done on a day. INSERT only: a slip is put right by a further step."""

    municipality_code = models.CharField(max_length=6)
    application = models.ForeignKey(CertificateApplication, models.PROTECT, related_name="steps")
    kind = models.CharField("処理", max_length=12, choices=_STEPS)
    done_on = models.DateField("処理した日")
    due_on = models.DateField("回答の期限", null=True)
    note = models.TextField("内容")
    recorded_by = models.CharField("記録した職員", max_length=80)
    recorded_at = models.DateTimeField("記録日時")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [of_a_city("application_step")]


class ApplicationDecision(models.Model):
    """審査の結果: an officer's, with its reason; of an approval exactly what may be issued, and until when. INSERT only; the newest counts."""

    municipality_code = models.CharField(max_length=6)
    application = models.ForeignKey(CertificateApplication, models.PROTECT, related_name="decisions")
    approved = models.BooleanField("交付を認める")
    allowed = models.JSONField("認めた範囲", default=dict)
    valid_until = models.DateField("交付の期限", null=True)
    reason = models.TextField("理由")
    decided_by = models.CharField("審査した職員", max_length=80)
    decided_by_id_no = models.BigIntegerField()
    decided_at = models.DateTimeField("審査日時")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(approved=False) | models.Q(valid_until__isnull=False), name="application_decision_until"),
            of_a_city("application_decision"),
        ]


class ApplicationMoneyOrder(models.Model):
    """定額小為替 that came with a request. INSERT only; what went back is a row with `returned`."""

    municipality_code = models.CharField(max_length=6)
    application = models.ForeignKey(CertificateApplication, models.PROTECT, related_name="money_orders")
    number = models.CharField("記号番号", max_length=40)
    amount_yen = models.IntegerField("金額")
    issued_on = models.DateField("発行日", null=True)
    returned = models.BooleanField("返却", default=False)
    recorded_by = models.CharField("記録した職員", max_length=80)
    recorded_at = models.DateTimeField("記録日時")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "number", "returned"], name="application_order_once"),
            of_a_city("application_order"),
        ]
