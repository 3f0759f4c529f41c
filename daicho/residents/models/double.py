"""二重登録 — two 宛名番号 that may be one person's, and the 統合 of two that are. 住民基本台帳法第8条; std 1.1.13; decision 0038."""

from __future__ import annotations

import uuid

from django.db import models

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.counter import Filing, FilingState
from daicho.residents.models.record import Person
from daicho.residents.rules.doubles import DECISIONS


class Double(models.Model):
    """One pair. `grounds`: the rules by which it was found; `facts_digest`: of all that was compared: what was decided holds until that changes.

    A decision that no longer holds is taken back, and its reason stays to be read.
    """

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    first = models.ForeignKey(Person, models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, related_name="+")
    grounds = models.JSONField("見つけた決まり")
    facts_digest = models.CharField(max_length=64)
    found_at = models.DateTimeField("見つけた日時")
    decision = models.CharField("判断", max_length=8, choices=DECISIONS, null=True)
    reason = models.TextField("判断の理由", default="")
    decided_by = models.CharField("判断した職員", max_length=80, default="")
    decided_at = models.DateTimeField("判断した日時", null=True)
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="double_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="double_in_order"),
            of_a_city("double"),
        ]
        indexes = [models.Index(fields=["municipality_code", "found_at"], condition=models.Q(decision__isnull=True), name="double_undecided")]


class UnionState(models.TextChoices):
    PROPOSED = "proposed", "統合の提案中"
    UNITED = "united", "統合済み"
    UNDOING = "undoing", "統合の取消しの提案中"
    UNDONE = "undone", "統合を取り消した"
    WITHDRAWN = "withdrawn", "提案を取り下げた"


class PersonUnion(models.Model):
    """宛名番号の統合: `given_up` leads to `stays` from `approved_at` until `ended_at`; both records stay as they are, and neither number is used again.

    `filing`: the 職権消除 of the sheet that was open under the number given up; None when it had none. `undo_filing`: the 取消し of that.
    """

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    stays = models.ForeignKey(Person, models.PROTECT, related_name="unions")
    given_up = models.ForeignKey(Person, models.PROTECT, related_name="given_up_in")
    reason = models.TextField("統合の理由")
    filing = models.ForeignKey(Filing, models.PROTECT, null=True, related_name="unions")
    proposed_by = models.CharField("提案した職員", max_length=80)
    proposed_by_id_no = models.BigIntegerField()
    proposed_at = models.DateTimeField("提案した日時")
    approved_by = models.CharField("承認した職員", max_length=80, default="")
    approved_at = models.DateTimeField("統合した日時", null=True)
    withdrawn_at = models.DateTimeField("取り下げた日時", null=True)
    undo_reason = models.TextField("取消しの理由", default="")
    undo_filing = models.ForeignKey(Filing, models.PROTECT, null=True, related_name="unions_undone")
    undo_by = models.CharField("取消しを提案した職員", max_length=80, default="")
    undo_by_id_no = models.BigIntegerField(null=True)
    undo_at = models.DateTimeField("取消しを提案した日時", null=True)
    ended_by = models.CharField("取消しを承認した職員", max_length=80, default="")
    ended_at = models.DateTimeField("統合を取り消した日時", null=True)
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["given_up"], condition=models.Q(ended_at__isnull=True, withdrawn_at__isnull=True), name="union_of_given_up"),
            models.CheckConstraint(condition=~models.Q(stays=models.F("given_up")), name="union_of_two"),
            of_a_city("union"),
        ]

    @property
    def state(self) -> UnionState:
        """By what was done, and by what became of its filings: one that was withdrawn counts as none. Needs both filings selected."""
        if self.ended_at is not None:
            return UnionState.UNDONE
        if self.approved_at is None:
            gone = self.withdrawn_at is not None or (self.filing is not None and self.filing.state == FilingState.WITHDRAWN)
            return UnionState.WITHDRAWN if gone else UnionState.PROPOSED
        undoing = self.undo_at is not None and (self.undo_filing is None or self.undo_filing.state != FilingState.WITHDRAWN)
        return UnionState.UNDOING if undoing else UnionState.UNITED
