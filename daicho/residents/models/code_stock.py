"""住民票コードの空き番 — codes that 機構 gave the city and nobody has yet, as references into the vault. 住民基本台帳法第30条の2; std 4.3.1."""

from __future__ import annotations

from django.db import models

from daicho.residents.models.columns import of_a_city


class StockedCode(models.Model):
    """One code of the stock (N-4.3.1-02). A code that was taken stays here, so that it is never stocked again."""

    municipality_code = models.CharField(max_length=6)
    code_ref = models.BigIntegerField("住民票コード")
    stocked_at = models.DateTimeField("取得日時")
    taken_at = models.DateTimeField("付番日時", null=True)
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "code_ref"], name="stocked_code_once"),
            of_a_city("stocked_code"),
        ]
        indexes = [models.Index(fields=["municipality_code"], condition=models.Q(taken_at__isnull=True), name="stocked_code_free")]


class CodeStockRequest(models.Model):
    """For how many codes 機構 was asked, and when they came. At most one is open (N-4.3.1-01)."""

    municipality_code = models.CharField(max_length=6)
    request_control_no = models.CharField("依頼管理番号", max_length=22)
    count = models.IntegerField("件数")
    asked_at = models.DateTimeField("要求日時")
    answered_at = models.DateTimeField("取得日時", null=True)
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "request_control_no"], name="code_stock_request_control_no"),
            models.UniqueConstraint(fields=["municipality_code"], condition=models.Q(answered_at__isnull=True), name="code_stock_request_one_open"),
            of_a_city("code_stock_request"),
        ]
