"""回答の表 — every question of the certificate centre and what it was answered, bound by digests. INSERT only, kept 7 years. S5-02, S5-03; F-1-43."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from daicho.konbini.models.city import OfMunicipality


class Answer(OfMunicipality):
    """One question and its answer. `repeats`: the first answer to the same 請求番号, when this was not the first.

    The paper itself is not kept: from what is written here it can be made again, byte for byte, as long as the person's data stand.
    """

    web_grants = "SELECT, INSERT"

    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    question_id = models.UUIDField()
    request_no = models.CharField("請求番号", max_length=60)
    repeats = models.ForeignKey("self", models.PROTECT, null=True, related_name="repeated_by", db_index=False)
    asked_digest = models.CharField("請求内容の要約値", max_length=64, db_comment="of what was asked, without question_id and deadline")
    request_digest = models.CharField("請求電文の要約値", max_length=64)
    certificate_kind = models.CharField("証明書の種別", max_length=40, db_comment="as asked; our own name where the code is known")
    shown = ArrayField(models.CharField(max_length=40), verbose_name="記載する事項")
    shop_code = models.CharField("店舗", max_length=20)
    terminal_code = models.CharField("端末", max_length=20)
    code = models.CharField("回答", max_length=3)
    person = models.ForeignKey("konbini.CertifiedPerson", models.PROTECT, null=True, related_name="answers")
    history_no = models.IntegerField("履歴番号", null=True)
    on_paper = models.JSONField("載った人", default=list, db_comment="[宛名番号, 履歴番号] of everybody on the paper, in its order")
    certificate_no = models.CharField("発行番号", max_length=60, null=True)
    issued_on = models.DateField("交付年月日", null=True)
    pages = models.IntegerField(null=True)
    fee_yen = models.IntegerField("手数料", null=True)
    document_digest = models.CharField(max_length=64, null=True)
    definition_digest = models.CharField(max_length=64, null=True)
    template_digest = models.CharField(max_length=64, null=True)
    font_digest = models.CharField(max_length=64, null=True)
    binding = models.CharField("結び付けの要約値", max_length=64)
    answered_at = models.DateTimeField("回答日時")

    class Meta(OfMunicipality.Meta):
        verbose_name = "回答"
        constraints = (
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "question_id"], name="konbini_answer_question"),
            models.UniqueConstraint(fields=["municipality_code", "request_no"], condition=Q(repeats__isnull=True), name="konbini_answer_first"),
            models.UniqueConstraint(fields=["municipality_code", "certificate_no"], condition=Q(repeats__isnull=True), name="konbini_answer_paper"),
            models.CheckConstraint(
                condition=Q(code="A00", certificate_no__isnull=False, document_digest__isnull=False)
                | (~Q(code="A00") & Q(certificate_no__isnull=True, document_digest__isnull=True)),
                name="konbini_answer_whole",
            ),
        )
        indexes = (
            models.Index(fields=["municipality_code", "-answered_at"], name="konbini_answer_time"),
            models.Index(fields=["person", "-answered_at"], name="konbini_answer_person"),
            models.Index(fields=["document_digest"], name="konbini_answer_document"),
        )
