"""支援措置データベース — the application, those it protects, the other side, each step, and who else was told. 標準仕様1.1.16, 3.4.

Who is protected, which affairs and which periods stand in columns (N-1.1.16-16); contact, other side and addresses lie sealed in the vault, because
nothing here may be read by whoever finds a copy of the tables.
"""

from __future__ import annotations

import uuid

from django.db import models

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.protection import Block
from daicho.residents.models.record import Person


class SupportCase(models.Model):
    """申出. `standing`: as which municipality this city has it; `forwarded`: it came from the one that took it first (転送受付)."""

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    standing = models.CharField("申出者にとっての当市", max_length=12)
    applied_on = models.DateField("申出の年月日")
    is_forwarded = models.BooleanField("転送受付")
    first_municipality = models.TextField("当初受付市区町村", null=True)
    forwarded_received_on = models.DateField("転送された申出書の受付年月日", null=True)
    opened_by = models.CharField("受け付けた職員", max_length=80)
    opened_at = models.DateTimeField("受け付けた日時")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [of_a_city("support_case")]


class SupportDetail(models.Model):
    """申出書の内容, whole each time it is written: the newest counts, the older ones are its history. `affairs`: 事務と抑止対象, as JSON."""

    municipality_code = models.CharField(max_length=6)
    case = models.ForeignKey(SupportCase, models.PROTECT, related_name="details")
    affairs = models.JSONField("支援を求められた事務と抑止対象")
    not_needed_told_on = models.DateField("支援の必要がないことの連絡年月日", null=True)
    payload_ref = models.BigIntegerField("申出書の記載", db_comment="vault: contact, other side, addresses")
    recorded_by = models.CharField("記録した職員", max_length=80)
    recorded_at = models.DateTimeField("記録日時")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [of_a_city("support_detail")]


class SupportSubject(models.Model):
    """支援対象者: the applicant, or somebody protected with them. Each has a block and steps of their own."""

    municipality_code = models.CharField(max_length=6)
    case = models.ForeignKey(SupportCase, models.PROTECT, related_name="subjects")
    person = models.ForeignKey(Person, models.PROTECT, related_name="supports")
    is_applicant = models.BooleanField("申出者")
    relation = models.TextField("申出者との関係", default="")
    block = models.OneToOneField(Block, models.PROTECT, related_name="support")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="support_subject_once"), of_a_city("support_subject")]


class SupportStep(models.Model):
    """One step of one protected person. INSERT only: a slip is put right by a further step."""

    municipality_code = models.CharField(max_length=6)
    subject = models.ForeignKey(SupportSubject, models.PROTECT, related_name="steps")
    kind = models.CharField("処理", max_length=12)
    on = models.DateField("処理した日")
    starts_on = models.DateField("開始年月日", null=True)
    ends_on = models.DateField("終了年月日", null=True)
    ground = models.CharField("終了の理由", max_length=12, null=True)
    note = models.TextField("内容", default="")
    recorded_by = models.CharField("記録した職員", max_length=80)
    recorded_at = models.DateTimeField("記録日時")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [of_a_city("support_step")]


class SupportOpponent(models.Model):
    """相手方 who has a 宛名番号 here: found when somebody looks them up. Their name and address lie sealed with the case."""

    municipality_code = models.CharField(max_length=6)
    case = models.ForeignKey(SupportCase, models.PROTECT, related_name="opponents")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="support_opponent_once"), of_a_city("support_opponent")]


class SupportForward(models.Model):
    """転送: another municipality or an office outside these systems that was told on paper, and when it acknowledged."""

    municipality_code = models.CharField(max_length=6)
    case = models.ForeignKey(SupportCase, models.PROTECT, related_name="forwards")
    destination = models.TextField("転送先")
    forwarded_on = models.DateField("転送年月日")
    acknowledged_on = models.DateField("受領の確認年月日", null=True)
    recorded_by = models.CharField("記録した職員", max_length=80)
    recorded_at = models.DateTimeField("記録日時")
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [of_a_city("support_forward")]
