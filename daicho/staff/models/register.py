"""職員・所属・権限・利用の表 — units, accounts, membership, grants, sign-ins, policy. F-1-10–F-1-12; std 10.3.

Nothing here is ever deleted: a login once given stays taken (F-1-11), what somebody was allowed to do can be told for any
past day (F-1-12), and audit rows copy names, so that they do not depend on these.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Length

from daicho.staff.rules import LOGIN_SHAPE

models.CharField.register_lookup(Length)


def _municipality_code() -> models.CharField[str, str]:
    return models.CharField("全国地方公共団体コード", max_length=6)


def _municipality_check(name: str) -> CheckConstraint:
    return CheckConstraint(condition=Q(municipality_code__length=6), name=f"{name}_municipality_code")


def _period_check(name: str) -> CheckConstraint:
    return CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name=f"{name}_period")


class Dated(models.Model):
    """有効期間: from a day to a day, both included; no end = until further notice."""

    municipality_code = _municipality_code()
    valid_from = models.DateField("有効開始日")
    valid_to = models.DateField("有効終了日", null=True, blank=True)

    class Meta:
        abstract = True


class Unit(Dated):
    """所属: a unit of the city's organisation as it stood in a period (課・係). One code, one row per period."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    code = models.CharField("所属コード", max_length=12)
    name = models.CharField("所属名称", max_length=60)

    class Meta:
        verbose_name = "所属"
        constraints = (
            _municipality_check("staff_unit"),
            _period_check("staff_unit"),
            UniqueConstraint(fields=["municipality_code", "code", "valid_from"], name="staff_unit_natural"),
        )

    def __str__(self) -> str:
        return self.code


class Account(AbstractBaseUser, Dated):
    """利用者: one named person (F-1-11). The password is kept as an argon2id hash by Django's hasher."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"
    USERNAME_FIELD = "login"
    EMAIL_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    last_login = None  # type: ignore[assignment]  # SignIn keeps every sign-in, not only the last
    login = models.CharField("利用者ID", max_length=30)
    name = models.CharField("氏名", max_length=60)
    kana = models.CharField("カナ氏名", max_length=60)
    employee_no = models.CharField("職員番号", max_length=20)
    failed_attempts = models.PositiveSmallIntegerField("連続失敗回数", default=0)
    locked_until = models.DateTimeField("利用停止期限", null=True, blank=True)
    must_change_password = models.BooleanField("初回変更要", default=True)
    password_set_at = models.DateTimeField("パスワード設定日時", null=True, blank=True)
    last_seen_at = models.DateTimeField("最終利用日時", null=True, blank=True)
    created_at = models.DateTimeField("登録日時")

    class Meta:
        verbose_name = "利用者"
        constraints = (
            _municipality_check("staff_account"),
            _period_check("staff_account"),
            UniqueConstraint(fields=["municipality_code", "login"], name="staff_account_login"),
            UniqueConstraint(fields=["municipality_code", "employee_no", "valid_from"], name="staff_account_employee_no"),
            CheckConstraint(condition=Q(login__regex=rf"^{LOGIN_SHAPE.pattern}$"), name="staff_account_login_shape"),
        )

    def __str__(self) -> str:
        return self.login


class Membership(Dated):
    """所属の期間: in which unit an account works, dated, so that a transfer (人事異動) can be entered beforehand (std 10.3-09)."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    unit_code = models.CharField("所属コード", max_length=12)

    class Meta:
        verbose_name = "所属期間"
        constraints = (
            _municipality_check("staff_membership"),
            _period_check("staff_membership"),
            UniqueConstraint(fields=["municipality_code", "account", "valid_from"], name="staff_membership_natural"),
        )


class Grant(Dated):
    """操作権限: one permission for one account or one unit, in a scope and a period. Never by post (std 10.3-17).

    In force only once a second person has approved it. `scope` is "" (whole city) or "office:CODE" (only at that office's
    terminals). Granter and approver are empty where the installation itself made the row.
    """

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="grants")
    unit_code = models.CharField("所属コード", max_length=12, blank=True, default="")
    permission = models.CharField("操作権限", max_length=80)
    scope = models.CharField("利用範囲", max_length=40, blank=True, default="")
    reason = models.CharField("付与の理由", max_length=200)
    granted_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField("申請日時")
    approved_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField("承認日時", null=True, blank=True)
    revoked_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField("取消日時", null=True, blank=True)

    class Meta:
        verbose_name = "操作権限"
        constraints = (
            _municipality_check("staff_grant"),
            _period_check("staff_grant"),
            CheckConstraint(
                condition=Q(account__isnull=False, unit_code="") | (Q(account__isnull=True) & ~Q(unit_code="")),
                name="staff_grant_account_or_unit",
            ),
            CheckConstraint(
                condition=Q(granted_by__isnull=True) | Q(approved_by__isnull=True) | ~Q(granted_by=F("approved_by")),
                name="staff_grant_two_persons",
            ),
            CheckConstraint(condition=Q(scope="") | Q(scope__startswith="office:"), name="staff_grant_scope"),
            UniqueConstraint(
                fields=["municipality_code", "account", "unit_code", "permission", "scope", "valid_from"],
                condition=Q(revoked_at__isnull=True),
                nulls_distinct=False,
                name="staff_grant_natural",
            ),
        )
        indexes = (models.Index(fields=["unit_code"], name="staff_grant_unit"),)


class EndedBy(models.TextChoices):
    """How a use of the system ended (認証解除, F-1-13)."""

    SIGN_OFF = "sign_off", "利用者による終了"
    IDLE = "idle", "無操作による終了"
    TOO_LONG = "too_long", "連続利用時間の上限"
    TAKEN_OVER = "taken_over", "別の利用開始による終了"
    TERMINAL = "terminal", "端末の相違による終了"
    REVOKED = "revoked", "利用者の失効・停止"
    SECRET_CHANGED = "password", "パスワードの変更"


class SignIn(models.Model):
    """利用: from authentication to its release, on one terminal. At most one open per account (F-1-11)."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    municipality_code = _municipality_code()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="sign_ins")
    token_digest = models.CharField("利用証の摘要", max_length=64)
    terminal_code = models.CharField("端末コード", max_length=20)
    terminal_name = models.CharField("端末名", max_length=60)
    office_code = models.CharField("事務所コード", max_length=12)
    signed_in_at = models.DateTimeField("利用開始日時")
    last_seen_at = models.DateTimeField("最終操作日時")
    asserted_at = models.DateTimeField("最終生体認証日時", null=True, blank=True)
    ended_at = models.DateTimeField("利用終了日時", null=True, blank=True)
    ended_by = models.CharField("終了の事由", max_length=12, blank=True, default="", choices=EndedBy.choices)

    class Meta:
        verbose_name = "利用"
        constraints = (
            _municipality_check("staff_sign_in"),
            UniqueConstraint(fields=["municipality_code", "token_digest"], name="staff_sign_in_token"),
            UniqueConstraint(fields=["municipality_code", "account"], condition=Q(ended_at__isnull=True), name="staff_sign_in_one_open"),
            CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="staff_sign_in_ending",
            ),
        )


class AccessPolicy(Dated):
    """認証方針: the city's dated rules of authentication (H-14: policy is configuration). The newest begun row counts."""

    web_grants: ClassVar[str] = "SELECT, INSERT"

    max_failures = models.PositiveSmallIntegerField("連続失敗の上限", default=5)
    lock_minutes = models.PositiveSmallIntegerField("利用停止の分数", default=30)
    idle_minutes = models.PositiveSmallIntegerField("無操作終了の分数", default=20)
    longest_use_hours = models.PositiveSmallIntegerField("連続利用の上限時間", default=12)
    min_password_length = models.PositiveSmallIntegerField("パスワードの最小文字数", default=12)
    unused_days = models.PositiveSmallIntegerField("未使用点検の日数", default=60)
    # Of systems that demand a body (F-2-08, F-2-14); the others do not ask for them.
    assertion_idle_minutes = models.PositiveSmallIntegerField("生体認証をやり直すまでの無操作の分数", default=5)
    answer_seconds = models.PositiveSmallIntegerField("認証の問いの有効秒数", default=120)
    enrolment_hours = models.PositiveSmallIntegerField("登録コードの有効時間", default=72)
    authenticator_models = ArrayField(models.CharField(max_length=36), verbose_name="認める認証器の型", default=list)

    class Meta:
        verbose_name = "認証方針"
        constraints = (
            _municipality_check("staff_policy"),
            _period_check("staff_policy"),
            UniqueConstraint(fields=["municipality_code", "valid_from"], name="staff_policy_natural"),
            CheckConstraint(
                condition=Q(max_failures__range=(1, 20), idle_minutes__range=(1, 240), min_password_length__gte=8),
                name="staff_policy_bounds",
            ),
            CheckConstraint(
                condition=Q(assertion_idle_minutes__range=(1, 60), answer_seconds__range=(15, 600), enrolment_hours__range=(1, 8784)),
                name="staff_policy_assertion_bounds",
            ),
        )
