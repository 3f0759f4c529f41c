"""団体 — what every table of this room carries: whose it is. design §2."""

from __future__ import annotations

from django.conf import settings
from django.db import models


def municipality_code() -> str:
    return str(settings.INSTALLATION.municipality_code)


class OfMunicipality(models.Model):
    """全国地方公共団体コード of the city, under its constraint."""

    municipality_code = models.CharField("全国地方公共団体コード", max_length=6, default=municipality_code)

    class Meta:
        abstract = True
        constraints = (models.CheckConstraint(condition=models.Q(municipality_code__regex=r"^[0-9]{6}$"), name="%(app_label)s_%(class)s_municipality"),)
