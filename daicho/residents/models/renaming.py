"""住所の一括変更 — a case from 抽出 to 本処理, and each resident whom it is about. 住民基本台帳法第8条; std 9.7."""

from __future__ import annotations

import uuid

from django.db import models

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.event import CivilEvent
from daicho.residents.models.record import Person
from daicho.residents.rules.renaming import KINDS


class RenamingState(models.TextChoices):
    STAGED = "staged", "仮処理済み（照合待ち）"
    EXAMINED = "examined", "照合済み（本処理待ち）"
    DONE = "done", "本処理済み"
    DROPPED = "dropped", "取りやめ"
    CANCEL_ASKED = "cancel_asked", "取消しの照合待ち"
    CANCELLING = "cancelling", "取消しの処理待ち"
    CANCELLED = "cancelled", "取消し済み"


class Renaming(models.Model):
    """一括変更. `instructions`: the rule or the lines of the file (rules.renaming.Instruction), kept whole, so that what met nobody is named."""

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    title = models.CharField("件名", max_length=60)
    kind = models.CharField("変更の種類", max_length=24, choices=[(kind.value, ja) for kind, ja in KINDS])
    effective_on = models.DateField("実施日")
    ground = models.TextField("根拠", db_comment="告示番号など")
    source = models.CharField("指示", max_length=4, choices=[("rule", "規則"), ("file", "CSV")])
    instructions = models.JSONField("変更の指示")
    state = models.CharField(max_length=12, choices=RenamingState.choices, default=RenamingState.STAGED)
    entered_by = models.CharField("作成者", max_length=80)
    entered_by_id_no = models.BigIntegerField()
    office_code = models.CharField(max_length=20)
    terminal = models.CharField(max_length=40)
    entered_at = models.DateTimeField("作成日時")
    staged_at = models.DateTimeField("抽出・仮処理の日時")
    examined_by = models.CharField("照合者", max_length=80, default="")
    examined_at = models.DateTimeField("照合日時", null=True)
    done_at = models.DateTimeField("本処理の終わった日時", null=True)
    cancel_reason = models.TextField("取りやめ・取消しの理由", default="")
    cancel_asked_by = models.CharField("取消しを求めた者", max_length=80, default="")
    cancel_asked_by_id_no = models.BigIntegerField(null=True)
    cancel_asked_at = models.DateTimeField("取消しを求めた日時", null=True)
    cancel_examined_by = models.CharField("取消しの照合者", max_length=80, default="")
    cancelled_at = models.DateTimeField("取りやめ・取消しの日時", null=True)
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [of_a_city("renaming")]
        indexes = [models.Index(fields=["municipality_code", "state", "effective_on"], name="renaming_list")]


class LineState(models.TextChoices):
    STAGED = "staged", "仮処理"
    HELD = "held", "保留（仮登録中）"
    LEFT = "left", "除外"
    DONE = "done", "本処理済み"
    CANCELLED = "cancelled", "取消し済み"
    STANDS = "stands", "取消し不可"


WAITING = (LineState.STAGED, LineState.HELD)
"""本処理 comes to these: who was held is looked at once more."""


class RenamingLine(models.Model):
    """One resident of a case: what their sheet said when they were found, what it shall say, and what became of it.

    `before`, `after`: the entries that change, as in `SheetVersion.asserts`. The lines of a case are made anew until it is examined.
    """

    municipality_code = models.CharField(max_length=6)
    renaming = models.ForeignKey(Renaming, models.PROTECT, related_name="lines")
    person = models.ForeignKey(Person, models.PROTECT, related_name="renaming_lines")
    instruction_no = models.IntegerField("指示の行")
    household_no = models.CharField("世帯番号", max_length=15)
    before = models.JSONField("変更前")
    after = models.JSONField("変更後")
    state = models.CharField(max_length=10, choices=LineState.choices, default=LineState.STAGED)
    why = models.TextField("保留・除外の理由", default="")
    event = models.ForeignKey(CivilEvent, models.PROTECT, null=True, related_name="renaming_lines")
    web_grants = "SELECT, INSERT, UPDATE, DELETE"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["renaming", "person"], name="renaming_line_once"),
            of_a_city("renaming_line"),
        ]
        indexes = [models.Index(fields=["renaming", "state", "household_no"], name="renaming_line_work")]
