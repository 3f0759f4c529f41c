"""実態調査 — whether somebody lives where the register says: the case, whom it is about, and each step of it. 住民基本台帳法第34条; 令第12条."""

from __future__ import annotations

import uuid

from django.db import models

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.counter import Filing
from daicho.residents.models.record import Person
from daicho.residents.rules.survey import STEPS


class Survey(models.Model):
    """One case. Its state follows from its steps and from what became of `filing` (rules/survey.py)."""

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    ground = models.TextField("調査を始めた理由")
    opened_by = models.CharField("始めた職員", max_length=80)
    opened_at = models.DateTimeField("始めた日時")
    filing = models.ForeignKey(Filing, models.PROTECT, null=True, related_name="surveys")
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [of_a_city("survey")]
        indexes = [models.Index(fields=["municipality_code", "opened_at"], name="survey_list")]


class SurveySubject(models.Model):
    """Somebody whom the case is about."""

    municipality_code = models.CharField(max_length=6)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="subjects")
    person = models.ForeignKey(Person, models.PROTECT, related_name="surveys")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "person"], name="survey_subject_once"), of_a_city("survey_subject")]


class SurveyStep(models.Model):
    """What was done on a day, and what was found. INSERT only: a slip is put right by a further step."""

    municipality_code = models.CharField(max_length=6)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="steps")
    kind = models.CharField("処理", max_length=16, choices=STEPS)
    done_on = models.DateField("処理した日")
    due_on = models.DateField("期限", null=True)
    note = models.TextField("結果・内容")
    recorded_by = models.CharField("記録した職員", max_length=80)
    recorded_at = models.DateTimeField("記録日時")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [of_a_city("survey_step")]
