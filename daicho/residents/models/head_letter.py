"""世帯主の通知書 — to whom the city writes about the 世帯主 of a household, because of which event. std 4.0.4, 4.0.5 (N-4.0.5-02…-05)."""

from __future__ import annotations

from django.db import models

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.event import CivilEvent
from daicho.residents.models.record import Person


class LetterKind(models.TextChoices):
    CHANGED = "changed", "世帯主変更通知書"
    REQUESTED = "requested", "世帯主変更依頼通知書"


class HeadLetter(models.Model):
    """One letter that is to go out. INSERT only: a decision that is made anew is another row, of another kind or because of another event.

    `event`: of 世帯主変更通知書 the one that made somebody 世帯主 ex officio, of 世帯主変更依頼通知書 the one that left them without.
    """

    municipality_code = models.CharField(max_length=6)
    household_no = models.CharField("世帯番号", max_length=15)
    event = models.ForeignKey(CivilEvent, models.PROTECT, related_name="head_letters")
    kind = models.CharField(max_length=10, choices=LetterKind.choices)
    addressee = models.ForeignKey(Person, models.PROTECT, related_name="head_letters")
    decided_by = models.CharField("定めた者", max_length=80)
    decided_at = models.DateTimeField("定めた日時")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "household_no", "event", "kind"], name="head_letter_once"),
            of_a_city("head_letter"),
        ]
        indexes = [models.Index(fields=["decided_at"], name="head_letter_decided_at")]
