"""本人通知の表 — the registration, entry by entry. 標準8.1.1; decision 0050."""

from __future__ import annotations

import uuid

from django.db import models

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.counter import Visit
from daicho.residents.models.record import Person


class PrincipalNoticeEntry(models.Model):
    """One 申出: registered, changed, abolished; each says all of the registration. INSERT only: the newest counts, the older ones are its history."""

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="principal_notices")
    entry_no = models.IntegerField("番号")
    kind = models.CharField("申出", max_length=12)
    on = models.DateField("申出の日")
    starts_on = models.DateField("登録の始まり")
    ends_on = models.DateField("登録の終わり", null=True)
    filer = models.CharField("申出をした人", max_length=24)
    filer_name = models.TextField("代理人の氏名", default="")
    sent_to_name = models.TextField("送付先の氏名", default="")
    sent_to_postal_code = models.CharField("送付先の郵便番号", max_length=7, default="")
    sent_to_address = models.TextField("送付先の住所", default="", db_comment="empty = 住所 of the 住民票")
    note = models.TextField("備考", default="")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="principal_notices")
    recorded_by = models.CharField("記録した職員", max_length=80)
    recorded_at = models.DateTimeField("記録日時")
    office_code = models.CharField(max_length=20)
    terminal = models.CharField(max_length=40)
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "entry_no"], name="principal_notice_entry"), of_a_city("principal_notice")]
        indexes = [models.Index(fields=["municipality_code", "ends_on"], name="principal_notice_ends")]
