"""照会許可用照合リストの読み — the newest edition of the list and of the inquirers, asked for a day. 番号法第19条第8号; E-01, H-01, H-17.

None of this is about a person, so nothing here is recorded as a reading; a right is asked for all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # Django's querysets

from django.db.models import Q

from daicho import audit
from daicho.chukan.models import Inquirer, ListEdition, ListedProvision
from daicho.chukan.models.columns import municipality_code
from daicho.chukan.permissions import ChukanPermission
from daicho.chukan.rules.judging import InquirerRow, ProvisionRow
from daicho.contracts.provision_question_v1 import ProvisionQuestionV1


@dataclass(frozen=True)
class InForce:
    """The list as it stands on a day: its rows in the order of their items, and which edition says so (None: none was ever loaded)."""

    rows: tuple[ProvisionRow, ...]
    edition_no: int | None
    loaded_at: datetime | None


def rows_asked_for(question: ProvisionQuestionV1) -> Sequence[ProvisionRow]:
    """The rows of the newest edition with the question's affair and item, whenever in force. One query."""
    named = _newest_of(ListedProvision, ListEdition.Kind.PROVISIONS).filter(affair_code=question.affair_code, item_no=question.item_no)
    return [row_of(row) for row in named]


def inquirer_on(institution_code: str, day: date) -> InquirerRow | None:
    """The institution as registered on that day. One query."""
    found = _on(_newest_of(Inquirer, ListEdition.Kind.INQUIRERS), day).filter(institution_code=institution_code).first()
    return InquirerRow(found.institution_code, found.name_ja, frozenset(found.kinds.split())) if found else None


def list_in_force(actor: audit.Actor, day: date) -> InForce:
    """The whole list of a day. Two queries. Raises audit.Refused."""
    audit.require(actor, ChukanPermission.PROVISION_READ)
    edition = ListEdition.objects.filter(municipality_code=municipality_code(), kind=ListEdition.Kind.PROVISIONS).order_by("-edition_no").first()
    if edition is None:
        return InForce((), None, None)
    rows = _on(ListedProvision.objects.filter(municipality_code=municipality_code(), edition=edition), day)
    return InForce(tuple(sorted(map(row_of, rows), key=_by_item)), edition.edition_no, edition.loaded_at)


def row_of(row: ListedProvision) -> ProvisionRow:
    return ProvisionRow(
        row.law_version, row.basis_ja, row.item_no, row.valid_from, row.valid_to, row.inquirer_ja, frozenset(row.inquirer_kinds.split()), row.affair_ja,
        row.affair_code, row.procedure_code, row.information_ja, row.information_code, tuple(row.items.split()), row.decided, str(row.pk),
    )  # fmt: skip


def _by_item(row: ProvisionRow) -> tuple[str, int, str]:
    number, _, branch = row.item_no.partition("の")
    return row.law_version, int(number) if number.isdigit() else 0, branch


def _newest_of(model: Any, kind: ListEdition.Kind) -> Any:  # Any: a queryset of either table
    editions = ListEdition.objects.filter(municipality_code=municipality_code(), kind=kind).order_by("-edition_no").values("pk")[:1]
    return model.objects.filter(municipality_code=municipality_code(), edition__in=editions)


def _on(rows: Any, day: date) -> Any:  # Any: as above
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)
