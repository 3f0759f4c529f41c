"""住民票の写し（個人票） — the copy of one person's 住民票, A4, a page each. 住民基本台帳法第12条; 標準仕様 5.1–5.8, 20.1; domain §4."""

from __future__ import annotations

from datetime import date

from daicho.certificates.definitions import CertificateDefinition, Certification
from daicho.certificates.issue_rules import objections
from daicho.certificates.juminhyo_entries import HISTORY, ITEMS, OMISSIBLE
from daicho.certificates.personal_sheet import compose
from daicho.certificates.request import EVERYONE

COPY = Certification("certification_juminhyo_copy", "住民票の写しの認証文", "この写しは、住民票の原本と相違ないことを証明する。")

JUMINHYO_PERSONAL = CertificateDefinition(
    code="juminhyo_personal",
    ja="住民票の写し（個人票）",
    title="住民票",
    article="住民基本台帳法第12条",
    template="juminhyo_personal.typ",
    fee_key="fee_juminhyo_yen",
    in_force=(date(2025, 5, 26), None),
    items=ITEMS,
    omissible=(*OMISSIBLE, *HISTORY),
    may_be_asked_by=EVERYONE,
    check_rule=objections,
    compose_rule=compose,
    certification=COPY,
    is_notified=True,
)
