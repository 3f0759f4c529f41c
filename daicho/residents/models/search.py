"""検索語 — names and addresses of every sheet, present and past, normalised by values.search_key alone. std 2.1.2, 2.1.3."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.record import Person, Sheet

_RANKED_BY = ("municipality_code", "sheet", "person", "is_past", "birth_first", "birth_last", "sort_kana", "surname_length")
"""Thousands have a frequent surname: what ranks them lies in the index, so that they are not looked up one by one."""


class SearchTerm(models.Model):
    """One searchable text of one sheet. `grams` are its 1- and 2-grams, each led by its kind, for two-character names;
    of an address the 2-grams alone, of the marks (rules/search_marks.py) each mark.
    `birth_first`, `birth_last` and `sort_kana` are the person's, so that a list is ordered without visiting the sheets.
    `surname_length`: so much of the key is 氏 (0: no 氏 and 名)."""

    municipality_code = models.CharField(max_length=6)
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="terms")
    person = models.ForeignKey(Person, models.PROTECT, related_name="terms", db_index=False)
    kind = models.CharField(max_length=2)
    key = models.TextField()
    is_past = models.BooleanField()
    birth_first = models.DateField(null=True)
    birth_last = models.DateField(null=True)
    sort_kana = models.TextField(default="")
    surname_length = models.SmallIntegerField(default=0)
    grams = ArrayField(models.TextField())
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "kind", "key"], name="search_term_once"),
            of_a_city("search_term"),
        ]
        indexes = [
            models.Index(fields=["kind", "key"], opclasses=["text_ops", "text_pattern_ops"], include=_RANKED_BY, name="search_term_prefix"),
            models.Index(fields=["kind", "birth_first", "key"], opclasses=["text_ops", "date_ops", "text_pattern_ops"], name="search_term_birth"),
            models.Index(fields=["person", "kind", "key"], name="search_term_person"),
            GistIndex(
                models.Func("birth_first", "birth_last", models.Value("[]"), function="daterange"),
                condition=models.Q(birth_last__gt=models.F("birth_first")),  # the few whose birth date is uncertain
                name="search_term_uncertain",
            ),
            GinIndex(fields=["grams"], name="search_term_grams", fastupdate=False),
        ]
