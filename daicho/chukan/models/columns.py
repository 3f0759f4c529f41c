"""表の土台 — whose row it is, and under which id: what every table of this room carries. F-1-60; site/row_security.py."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


def municipality_code() -> str:
    return str(settings.INSTALLATION.municipality_code)


class OfMunicipality(models.Model):
    """A row of one municipality. Its id is drawn at random: a serial would tell one municipality how much another writes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality_code = models.CharField("全国地方公共団体コード", max_length=6, default=municipality_code)

    class Meta:
        abstract = True
        constraints: ClassVar = [models.CheckConstraint(condition=Q(municipality_code__regex=r"^[0-9]{6}$"), name="%(app_label)s_%(class)s_municipality")]


class ServedMunicipality(models.Model):
    """担当 — which role of the database works for which municipality. Written by `daicho migrate` alone; a role sees its own lines."""

    web_grants = "SELECT"

    municipality_code = models.CharField("全国地方公共団体コード", max_length=6)
    role = models.CharField("データベースの役割", max_length=63)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality_code", "role"], name="chukan_served_natural"),
            models.CheckConstraint(condition=Q(municipality_code__regex=r"^[0-9]{6}$"), name="chukan_served_municipality"),
        ]
