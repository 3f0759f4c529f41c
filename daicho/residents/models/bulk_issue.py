"""まとめて交付 — an order for certificates of many people, from the list to the file, and what became of each. 住民基本台帳法第12条の2; F-2-17; decision 0052."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.counter import CertificateIssue, Visit
from daicho.residents.models.files import ExportedFile
from daicho.residents.models.record import Person


class BulkState(models.TextChoices):
    WAITING = "waiting", "承認待ち"
    READY = "ready", "作成待ち・作成中"
    DONE = "done", "作成済み"
    DECLINED = "declined", "却下"
    WITHDRAWN = "withdrawn", "取下げ"
    ERASED = "erased", "消去済み"


class BulkIssue(models.Model):
    """まとめて交付. `request`: what each certificate shall bear, as JSON. `counted_*`: people of the window before this order, by which it was judged."""

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="bulk_issues")
    kind = models.CharField("証明書", max_length=40)
    by_household = models.BooleanField("世帯ごとに1通")
    request = models.JSONField("記載する事項など")
    purpose = models.TextField("使用目的")
    source = models.CharField("名簿", max_length=6, choices=[("list", "宛名番号の一覧"), ("search", "検索結果")])
    state = models.CharField(max_length=10, choices=BulkState.choices)
    people = models.IntegerField("人数")
    counted_officer = models.IntegerField("期間内の人数（この職員）")
    counted_city = models.IntegerField("期間内の人数（市全体）")
    why_approval = models.JSONField("承認を要する理由", default=list)
    entered_by = models.CharField("申請した職員", max_length=80)
    entered_login = models.CharField(max_length=80)
    entered_by_id_no = models.BigIntegerField()
    office_code = models.CharField(max_length=20)
    terminal = models.CharField(max_length=40)
    entered_at = models.DateTimeField("申請日時")
    decided_by = models.CharField("承認・却下した職員", max_length=80, default="")
    decided_by_id_no = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField("承認・却下の日時", null=True)
    approved_until = models.DateTimeField("承認の期限", null=True)
    ended_reason = models.TextField("却下・取下げの理由", default="")
    finished_at = models.DateTimeField("作成の終わった日時", null=True)
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [
            of_a_city("bulk_issue"),
            models.CheckConstraint(condition=~Q(decided_by_id_no=F("entered_by_id_no")), name="bulk_issue_two"),
        ]
        indexes = [
            models.Index(fields=["municipality_code", "entered_at"], name="bulk_issue_window"),
            models.Index(fields=["municipality_code"], condition=Q(state="ready"), name="bulk_issue_ready"),
        ]


class BulkLineState(models.TextChoices):
    WAITING = "waiting", "未処理"
    ISSUED = "issued", "作成済み"
    LEFT = "left", "除外"


class BulkLine(models.Model):
    """One certificate to be made, in the order of the list. `public_id` names its copy in 交付履歴, so that it cannot be issued twice."""

    municipality_code = models.CharField(max_length=6)
    bulk = models.ForeignKey(BulkIssue, models.PROTECT, related_name="lines")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    place = models.IntegerField("順")
    person = models.ForeignKey(Person, models.PROTECT, related_name="bulk_lines")
    state = models.CharField(max_length=8, choices=BulkLineState.choices, default=BulkLineState.WAITING)
    why = models.TextField("除外の理由", default="")
    excess = models.JSONField("文字超過", default=list)
    certificate = models.OneToOneField(CertificateIssue, models.PROTECT, null=True, related_name="bulk_line")
    file_no = models.IntegerField("何番目のファイルか", null=True)
    first_page = models.IntegerField("ファイルの中の最初の頁", null=True)
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [
            of_a_city("bulk_line"),
            models.UniqueConstraint(fields=["bulk", "place"], name="bulk_line_place"),
            models.UniqueConstraint(fields=["bulk", "person"], name="bulk_line_once"),
            models.CheckConstraint(condition=Q(state="issued", certificate__isnull=False) | ~Q(state="issued") & Q(certificate=None), name="bulk_line_issued"),
        ]
        indexes = [models.Index(fields=["bulk", "state", "place"], name="bulk_line_work")]


class BulkFile(models.Model):
    """A file of an order: so many copies that follow one another. The bytes lie sealed in the vault until `file.expires_on`; no file without its entry."""

    municipality_code = models.CharField(max_length=6)
    bulk = models.ForeignKey(BulkIssue, models.PROTECT, related_name="files")
    file_no = models.IntegerField("何番目のファイルか")
    copies = models.IntegerField("通数")
    pages = models.IntegerField("枚数")
    payload_ref = models.BigIntegerField()
    file = models.OneToOneField(ExportedFile, models.PROTECT, related_name="+")
    erased_at = models.DateTimeField("消去日時", null=True)
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [of_a_city("bulk_file"), models.UniqueConstraint(fields=["bulk", "file_no"], name="bulk_file_once")]
