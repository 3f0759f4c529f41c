"""改ざん防止用紙の表 — series of the makers, every move of sheets, the second officer's word, and each count. INSERT only. domain §4.2; decision 0052."""

from __future__ import annotations

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.counter import CertificateIssue
from daicho.residents.rules.paper_stock import MOVES, Kind


class PaperSeries(models.Model):
    """用紙の種類: the letters before the maker's number, and how many digits it has."""

    municipality_code = models.CharField(max_length=6)
    prefix = models.CharField("記号", max_length=10)
    digits = models.IntegerField("桁数")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "prefix", "digits"], name="paper_series_once"),
            of_a_city("paper_series"),
        ]


def _rectangle(of: str) -> Func:
    """The sheets of a row as a flat box: x is where they were taken from, y their numbers. Boxes need no extension of the database to exclude one another."""
    ends = [Func(F(of), F(number), function="point") for number in ("first_no", "last_no")]
    return Func(*ends, function="box")


class PaperMove(models.Model):
    """用紙の出納: sheets that follow one another, taken out of one earlier move (`source`; none for 入庫). No sheet leaves a move twice, nor comes in twice."""

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    series = models.ForeignKey(PaperSeries, models.PROTECT, related_name="moves")
    kind = models.CharField("処理", max_length=8, choices=[(kind.value, move.ja) for kind, move in MOVES.items()])
    first_no = models.BigIntegerField("最初の番号")
    last_no = models.BigIntegerField("最後の番号")
    source = models.ForeignKey("self", models.PROTECT, null=True, related_name="taken")
    terminal = models.CharField("端末", max_length=40, default="")
    certificate = models.ForeignKey(CertificateIssue, models.PROTECT, null=True, related_name="sheets")
    reason = models.TextField("理由", default="")
    proof = models.TextField("廃棄の証明", default="")
    recorded_by = models.CharField("記録した職員", max_length=80)
    recorded_by_id_no = models.BigIntegerField()
    recorded_at = models.DateTimeField("記録日時")
    office_code = models.CharField(max_length=20)
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [
            of_a_city("paper_move"),
            models.CheckConstraint(condition=Q(first_no__gte=0, last_no__gte=F("first_no")), name="paper_move_order"),
            models.CheckConstraint(
                condition=Q(kind=Kind.RECEIVE.value, source=None) | ~Q(kind=Kind.RECEIVE.value) & Q(source__isnull=False), name="paper_move_source"
            ),
            ExclusionConstraint(name="paper_taken_once", expressions=[(_rectangle("source_id"), RangeOperators.OVERLAPS)], condition=Q(source__isnull=False)),
            ExclusionConstraint(name="paper_received_once", expressions=[(_rectangle("series_id"), RangeOperators.OVERLAPS)], condition=Q(source=None)),
        ]
        indexes = [
            models.Index(fields=["series", "first_no", "last_no"], name="paper_move_numbers"),
            models.Index(fields=["municipality_code", "kind", "terminal"], name="paper_move_place"),
        ]


class PaperCheck(models.Model):
    """立会い: the other officer's word that sheets came in, were destroyed or are missing as it was recorded."""

    municipality_code = models.CharField(max_length=6)
    move = models.OneToOneField(PaperMove, models.PROTECT, related_name="check_row")
    recorded_by_id_no = models.BigIntegerField()
    checked_by = models.CharField("立ち会った職員", max_length=80)
    checked_by_id_no = models.BigIntegerField()
    checked_at = models.DateTimeField("確認日時")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [
            of_a_city("paper_check"),
            models.CheckConstraint(condition=~Q(checked_by_id_no=F("recorded_by_id_no")), name="paper_check_two"),
        ]


class PaperCount(models.Model):
    """棚卸: unused sheets of a place ("" = 保管庫) as the ledger reckons them and as they were counted."""

    municipality_code = models.CharField(max_length=6)
    terminal = models.CharField("端末", max_length=40, default="")
    reckoned = models.IntegerField("帳簿の枚数")
    counted = models.IntegerField("数えた枚数")
    ranges = models.JSONField("帳簿の用紙番号")
    explanation = models.TextField("差の説明", default="")
    counted_by = models.CharField("数えた職員", max_length=80)
    counted_by_id_no = models.BigIntegerField()
    counted_at = models.DateTimeField("棚卸日時")
    office_code = models.CharField(max_length=20)
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [
            of_a_city("paper_count"),
            models.CheckConstraint(condition=Q(counted__gte=0, reckoned__gte=0), name="paper_count_of_sheets"),
            models.CheckConstraint(condition=Q(counted=F("reckoned")) | ~Q(explanation=""), name="paper_count_explained"),
        ]
        indexes = [models.Index(fields=["municipality_code", "terminal", "-counted_at"], name="paper_count_latest")]


class PaperResult(models.Model):
    """印刷の確認: how a print of a copy came out, each print once more: good, or spoiled and printed again (`print_no` from 1)."""

    municipality_code = models.CharField(max_length=6)
    certificate = models.ForeignKey(CertificateIssue, models.PROTECT, related_name="prints")
    print_no = models.IntegerField("何回目の印刷か")
    good = models.BooleanField("正しく印刷された")
    on_security_paper = models.BooleanField("改ざん防止用紙")
    reason = models.TextField("印刷し直す理由・用紙を使わない理由", default="")
    recorded_by = models.CharField("記録した職員", max_length=80)
    recorded_at = models.DateTimeField("記録日時")
    terminal = models.CharField(max_length=40)
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [
            of_a_city("paper_result"),
            models.UniqueConstraint(fields=["certificate", "print_no"], name="paper_result_once"),
            models.UniqueConstraint(fields=["certificate"], condition=Q(good=True), name="paper_result_one_good"),
        ]
