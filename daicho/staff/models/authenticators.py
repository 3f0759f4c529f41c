"""認証器の表 — what an account proves its owner's body with, how it was enrolled, and the question that waits for its answer. F-2-08, F-3-08.

What a body is like (指紋, 静脈, 顔) never leaves the device: kept here is the public key that the device shows after it has
recognised its owner. Authenticators and enrolments are never deleted; a question is, once nobody can answer it any more.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from daicho.staff.models.register import Account, SignIn


def _municipality_check(name: str) -> CheckConstraint:
    return CheckConstraint(condition=Q(municipality_code__length=6), name=f"{name}_municipality_code")


class Authenticator(models.Model):
    """認証器: one device (or the terminal's own sensor) of one account, by its public key."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    class RevokedBecause(models.TextChoices):
        OFFICER = "officer", "管理者による失効"
        COPIED = "copied", "使用回数の逆行（複製の疑い）"

    municipality_code = models.CharField("全国地方公共団体コード", max_length=6)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="authenticators")
    credential_id = models.TextField("認証器の識別子")
    public_key = models.BinaryField("公開鍵")
    model = models.CharField("型", max_length=36, db_comment="AAGUID")
    sign_count = models.BigIntegerField("使用回数", db_comment="as the device counts; 0 for one that does not")
    registered_at = models.DateTimeField("登録日時")
    last_used_at = models.DateTimeField("最終使用日時", null=True)
    revoked_at = models.DateTimeField("失効日時", null=True)
    revoked_because = models.CharField("失効の事由", max_length=10, blank=True, default="", choices=RevokedBecause.choices)
    revoked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "認証器"
        constraints = (
            _municipality_check("staff_authenticator"),
            UniqueConstraint(fields=["municipality_code", "credential_id"], name="staff_authenticator_credential"),
            CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_because="") | (Q(revoked_at__isnull=False) & ~Q(revoked_because="")),
                name="staff_authenticator_revoking",
            ),
        )


class Enrolment(models.Model):
    """認証器の登録許可: one account may register one authenticator, once: applied for by one officer, approved by another.

    The code that the approval gives is known here by its digest alone.
    """

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    municipality_code = models.CharField("全国地方公共団体コード", max_length=6)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="enrolments")
    reason = models.CharField("登録の理由", max_length=200)
    applied_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField("申請日時")
    approved_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField("承認日時", null=True)
    code_digest = models.CharField("登録コードの摘要", max_length=64, blank=True, default="")
    expires_at = models.DateTimeField("登録コードの期限", null=True)
    used_at = models.DateTimeField("登録日時", null=True)
    withdrawn_at = models.DateTimeField("取下げ日時", null=True)

    class Meta:
        verbose_name = "認証器の登録許可"
        constraints = (
            _municipality_check("staff_enrolment"),
            CheckConstraint(
                condition=Q(applied_by__isnull=True) | Q(approved_by__isnull=True) | ~Q(applied_by=F("approved_by")), name="staff_enrolment_two_persons"
            ),
            CheckConstraint(condition=~Q(account=F("applied_by")) & ~Q(account=F("approved_by")), name="staff_enrolment_not_for_oneself"),
            CheckConstraint(
                condition=Q(approved_at__isnull=True, code_digest="", expires_at__isnull=True, used_at__isnull=True)
                | (Q(approved_at__isnull=False, expires_at__isnull=False) & ~Q(code_digest="")),
                name="staff_enrolment_code_by_approval",
            ),
            UniqueConstraint(
                fields=["municipality_code", "account"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="staff_enrolment_one_open",
            ),
        )


class Challenge(models.Model):
    """認証の問い: random bytes that one account's authenticator must sign, once and soon. Nobody's business afterwards, so that it may be deleted."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE, DELETE"

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in", "利用開始"
        RESUME = "resume", "利用の再開"
        ENROL = "enrol", "認証器の登録"

    municipality_code = models.CharField("全国地方公共団体コード", max_length=6)
    token_digest = models.CharField("問いの証の摘要", max_length=64)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField("用途", max_length=8, choices=Purpose.choices)
    value = models.CharField("問い", max_length=64)
    terminal_code = models.CharField("端末コード", max_length=20)
    take_over = models.BooleanField("引継ぎ", default=False)
    sign_in = models.ForeignKey(SignIn, null=True, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(Enrolment, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("発行日時")
    expires_at = models.DateTimeField("期限")
    answered_at = models.DateTimeField("回答日時", null=True)

    class Meta:
        verbose_name = "認証の問い"
        constraints = (
            _municipality_check("staff_challenge"),
            UniqueConstraint(fields=["municipality_code", "token_digest"], name="staff_challenge_token"),
            CheckConstraint(
                condition=Q(purpose="resume", sign_in__isnull=False) | (~Q(purpose="resume") & Q(sign_in__isnull=True)), name="staff_challenge_resume"
            ),
        )
        indexes = (models.Index(fields=["expires_at"], name="staff_challenge_expiry"),)
