"""用務の控え — the case that the operator works on, kept in the session until another is entered. It never lies in an address. F-2-10."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest

from daicho.juki_net.rules.case import PURPOSES, Case, read_case
from daicho.ui.forms import Choice, FieldSpec, Kind, Width

KEY = "identity_case"
SPECS = (
    FieldSpec("purpose", "用務", Kind.SELECT, required=True, choices=tuple(Choice(key, ja) for key, ja in PURPOSES.items()), width=Width.LONG),
    FieldSpec("case_no", "届出・申請の番号", width=Width.MEDIUM, max_length=100, hint="届出番号、受付番号、申請書ID、文書番号など。"),
    FieldSpec("reason", "番号のない理由", width=Width.LONG, max_length=100, hint="番号のない用務のときだけ。氏名などは書かないでください。"),
)


def keep(request: HttpRequest, case: Case) -> None:
    request.session[KEY] = [case.purpose, case.case_no, case.reason]


def current(request: HttpRequest) -> Case | None:
    """The case in hand; None before one was entered."""
    kept = request.session.get(KEY)
    return read_case(*kept)[0] if kept else None


def typed(case: Case | None) -> Mapping[str, str]:
    return {"purpose": case.purpose, "case_no": case.case_no, "reason": case.reason} if case else {}
