"""特別永住者証明書の交付 — the certificate that the city handed over: its number and the day. 特例法第7条; 住民基本台帳法第30条の45; std 4.5.7 (N-4.5.7-08).

特別永住者 are not taken in by themselves from what the Commissioner tells: what of them changes is entered by hand.
"""

from __future__ import annotations

from dataclasses import replace

from daicho.residents.rules.check import check_living_here
from daicho.residents.rules.correcting import Kind, correction
from daicho.residents.rules.definitions import Field, FieldKind
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.residence import check_foreign
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import FOREIGNERS, SPECIAL_PERMANENT


def _is_special(entries: SheetEntries) -> bool:
    return entries.article_30_45_class_code == SPECIAL_PERMANENT


def _said(situation: Situation, filing: Filing) -> list[dict[str, object]]:
    assert filing.effective_on is not None
    issued_on = filing.effective_on.certain()
    return [{"residence_card_no": m.number("residence_card_no"), "special_permanent_cert_issued_date": issued_on} for m in filing.members]


def _check(situation: Situation, filing: Filing) -> list[Problem]:
    found = [*check_foreign(situation, filing), *check_living_here(situation, filing)]
    if not found and not _is_special(situation.person(str(filing.members[0].atena_no)).entries):
        found.append(problem("I005", "person", 0))
    return found


SPECIAL_PERMANENT_CERTIFICATE = correction(
    Kind(
        code="special_permanent_certificate",
        ja="特別永住者証明書の交付",
        article="特例法第7条、令第12条第2項",
        fields=(replace(EFFECTIVE_ON, label="交付した日（異動日）"),),
        member_fields=(Field("residence_card_no", "特別永住者証明書の番号", FieldKind.RESIDENCE_CARD_NO, required=True, hint="英字2・数字8・英字2"),),
        group=FOREIGNERS,
        offered_to=_is_special,
        check_more=_check,
        said_by=_said,
    )
)
