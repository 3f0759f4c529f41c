"""付けた番号の読み — where the numbers that this room gave out stand, for the check that none is lost. 標準1.1.13, 5.5."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import F, Model, QuerySet

from daicho.numbering.columns import at_the_end, before_check_digit
from daicho.numbering.registry import Serials
from daicho.residents.models import CertificateApplication, CertificateIssue, Filing, Household, Person, Sheet, Visit


def serials() -> Mapping[str, Serials]:
    """By series."""
    return {
        "atena_no": lambda on: _rows(Person, before_check_digit("atena_no")),
        "household_no": lambda on: _rows(Household, before_check_digit("household_no")),
        "filing_no": lambda on: _rows(Filing, F("filing_no")),
        "visit_no": lambda on: _rows(Visit, F("visit_no")),
        "application_no": lambda on: _rows(CertificateApplication, F("application_no")),
        "certificate_no": _certificates,
        "juminhyo_no": lambda on: _rows(Sheet, F("juminhyo_no")),
    }


def _certificates(on: date) -> QuerySet[Any, Any]:  # Any: rows of one number
    return _rows(CertificateIssue, at_the_end("certificate_no")).filter(certificate_no__startswith=f"{on:%Y%m%d} ")


def _rows(model: type[Model], serial: Any) -> QuerySet[Any, Any]:  # Any: an expression; rows of one number
    ours = model._default_manager.filter(municipality_code=settings.INSTALLATION.municipality_code)
    return ours.annotate(serial=serial).values_list("serial")
