"""職員の記載 — メモ, and what an officer writes on a 住民票 without a 異動: 備考, 摘要, 付箋, 警告. INSERT only. 標準1.1.14, 1.1.15; decision 0032."""

from __future__ import annotations

from django.db import models

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.record import Person, Sheet
from daicho.residents.rules.officer_notes import KINDS


class OfficerNote(models.Model):
    """One wording of a note: the last one of its `note_no` stands, an empty one says that it was taken away.

    メモ are the person's, as many as one likes (`sheet` and `history_no` NULL); of the others each sheet has one, `note_no` 1, and `history_no` is the
    sheet's version upon which it was written: a later version carries it on as a copy, or says another.
    """

    municipality_code = models.CharField(max_length=6)
    person = models.ForeignKey(Person, models.PROTECT, related_name="officer_notes")
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="+")
    history_no = models.IntegerField("履歴番号", null=True)
    kind = models.CharField("種類", max_length=12, choices=KINDS)
    note_no = models.IntegerField("番号")
    wording_no = models.IntegerField("版")
    before = models.TextField("前の内容")
    text = models.TextField("内容")
    recorded_by = models.CharField("入力者", max_length=80)
    recorded_by_id = models.CharField("入力者のユーザID", max_length=64)
    recorded_at = models.DateTimeField("入力日時")
    terminal = models.CharField("入力端末", max_length=40)
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "sheet", "kind", "note_no", "wording_no"], name="officer_note_wording", nulls_distinct=False),
            of_a_city("officer_note"),
        ]
