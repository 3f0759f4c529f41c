"""住民票の表 — person, spell, sheet, version, annulment, current sheet, household. design §4; 住民基本台帳法第6条."""

from __future__ import annotations

import uuid

from django.db import models

from daicho.residents.models.columns import EntryColumns, of_a_city
from daicho.residents.models.event import CivilEvent
from daicho.residents.rules.changes import Tie
from daicho.residents.rules.entries import from_json
from daicho.residents.rules.fold import Version


class Person(models.Model):
    """個人. The 宛名番号 never changes and is never reused (std 1.1.13); `public_id` is what pages and the audit name."""

    municipality_code = models.CharField(max_length=6)
    atena_no = models.CharField("宛名番号", max_length=15)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "atena_no"], name="person_atena_no"),
            of_a_city("person"),
        ]


class Spell(models.Model):
    """在住: sheets that follow one another without a gap. As-of folds a spell."""

    municipality_code = models.CharField(max_length=6)
    person = models.ForeignKey(Person, models.PROTECT, related_name="spells")
    spell_no = models.IntegerField()
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "spell_no"], name="spell_no_of_person"),
            of_a_city("spell"),
        ]


class Sheet(models.Model):
    """住民票: opened by 記載 or 改製. Certificates read a sheet. `juminhyo_no` is item 50."""

    municipality_code = models.CharField(max_length=6)
    spell = models.ForeignKey(Spell, models.PROTECT, related_name="sheets")
    juminhyo_no = models.BigIntegerField("住民票番号")
    kind = models.CharField("住民種別", max_length=1)
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "juminhyo_no"], name="sheet_juminhyo_no"),
            of_a_city("sheet"),
        ]


class SheetVersion(EntryColumns):
    """履歴: one full row for each time anything happened, INSERT only (std 1.2.1). `asserts` NULL = the opening, which asserts all."""

    municipality_code = models.CharField(max_length=6)
    person = models.ForeignKey(Person, models.PROTECT, related_name="versions")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="versions")
    spell = models.ForeignKey(Spell, models.PROTECT, related_name="versions")
    event = models.ForeignKey(CivilEvent, models.PROTECT, related_name="versions")
    history_no = models.IntegerField("履歴番号")
    sheet_history_no = models.IntegerField("住民票履歴番号")
    key = models.DateField()
    anchor = models.IntegerField()
    recorded_at = models.DateTimeField()
    asserts = models.JSONField(null=True)
    sources = models.JSONField(null=True)
    remark = models.TextField("留意事項", null=True)
    remark_tie = models.JSONField(null=True)  # to which entries of which version it belongs, where not to what this one says (rules/cautions.py)
    layout = models.SmallIntegerField()
    digest = models.BinaryField()
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "history_no"], name="version_history_no"),
            of_a_city("version"),
        ]
        indexes = [
            models.Index(fields=["event"], name="version_event"),
            models.Index(fields=["municipality_code", "household_no"], name="version_household"),
            models.Index(fields=["event"], condition=models.Q(remark__isnull=False), name="version_remark"),
        ]

    def to_value(self) -> Version:
        """The row as the fold sees it. Needs `annulment` and `event` selected, `spell` and `sheet` by id only."""
        annulment = getattr(self, "annulment", None)
        asserts = None if self.asserts is None else {name: from_json(name, value) for name, value in self.asserts.items()}
        return Version(
            history_no=self.history_no, spell_no=self.spell_id, sheet_no=self.sheet_id, key=self.key, anchor=self.anchor,
            recorded_at=self.recorded_at, entries=self.to_entries(), asserts=asserts,
            annulled_at=annulment.recorded_at if annulment else None, event_no=self.event_id, of_cancel=self.event.cancels_id is not None,
            remark=self.remark or "", tie=Tie.from_json(self.remark_tie),
        )  # fmt: skip


class Annulment(models.Model):
    """取消し: the version that no longer counts, since when, by which event. Monotone: the version is the primary key."""

    version = models.OneToOneField(SheetVersion, models.PROTECT, primary_key=True, related_name="annulment")
    municipality_code = models.CharField(max_length=6)
    event = models.ForeignKey(CivilEvent, models.PROTECT, related_name="annulments")
    recorded_at = models.DateTimeField()
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [of_a_city("annulment")]


class SheetCurrent(EntryColumns):
    """現在: one row for each sheet, equal to the fold of its spell; rebuilt at any time, proven nightly."""

    municipality_code = models.CharField(max_length=6)
    sheet = models.OneToOneField(Sheet, models.PROTECT, primary_key=True, related_name="current")
    person = models.ForeignKey(Person, models.PROTECT, related_name="sheets_current")
    spell = models.ForeignKey(Spell, models.PROTECT, related_name="+")
    history_no = models.IntegerField("履歴番号")
    sheet_history_no = models.IntegerField("住民票履歴番号")
    recorded_at = models.DateTimeField()
    birth_first = models.DateField("生年月日の下限", null=True)
    birth_last = models.DateField("生年月日の上限", null=True)
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(closed_on__isnull=True), name="one_open_sheet"),
            of_a_city("current"),
        ]
        indexes = [
            models.Index(fields=["municipality_code", "household_no"], name="current_household"),
            models.Index(
                fields=["municipality_code", "household_no"], condition=models.Q(householder_name__isnull=True), name="current_without_head"
            ),  # std 4.0.5
            models.Index(fields=["person"], name="current_person"),
            models.Index(fields=["juminhyo_code"], name="current_juminhyo_code"),
            models.Index(fields=["individual_number"], name="current_individual_number"),
            models.Index(fields=["residence_card_no"], name="current_residence_card"),
            models.Index(fields=["birth_first", "sex_code"], name="current_birth"),
            models.Index(fields=["closed_on"], condition=models.Q(closed_on__isnull=False), name="current_closed"),
        ]


class Household(models.Model):
    """世帯: a number that is never used again. Its address lies on each member's sheet; who belongs is folded."""

    municipality_code = models.CharField(max_length=6)
    household_no = models.CharField("世帯番号", max_length=15)
    founded_at = models.DateTimeField()
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "household_no"], name="household_no"),
            of_a_city("household"),
        ]
