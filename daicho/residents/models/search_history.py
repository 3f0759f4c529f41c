"""検索履歴 — what an officer searched for, sealed, seen by nobody else. std 2.1.1 (N-2.1.1-01…-03)."""

from __future__ import annotations

from django.db import models

from daicho.residents.models.columns import of_a_city


class SearchHistory(models.Model):
    """The last conditions of one officer: one sealed payload (rules/search_history.py), sealed anew in its place with each search."""

    municipality_code = models.CharField(max_length=6)
    account_id_no = models.BigIntegerField()
    payload_ref = models.BigIntegerField()
    web_grants = "SELECT, INSERT, UPDATE"  # UPDATE: to lock it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "account_id_no"], name="search_history_once"),
            of_a_city("search_history"),
        ]
