"""照合リストの取込み — a file of layouts/provision_list.csv or inquirers.csv becomes the newest edition: all of it, or nothing. S3-08, S3-10, E-01."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, TypeVar  # Any: columns of a row

from django.db import transaction

from daicho import audit, clock
from daicho.chukan.models import Inquirer, ListEdition, ListedProvision
from daicho.chukan.models.columns import municipality_code
from daicho.chukan.permissions import ChukanPermission
from daicho.chukan.rules.judging import ProvisionRow
from daicho.chukan.rules.rows import BadCell, BadFile, BadRow, InquirerLine, Row, heading_problems, inquirer_of, overlaps, provision_of

T = TypeVar("T", ProvisionRow, InquirerLine)


def import_provisions(actor: audit.Actor, file: Path) -> int:
    """照会許可用照合リスト; returns the number of rows. BadFile with every fault, ValueError for a strange heading, audit.Refused."""
    rows = _read("provision_list", file, provision_of, lambda row: (row.affair_code, row.item_no, row.procedure_code, row.information_code))
    with transaction.atomic():
        edition = _begin(actor, ListEdition.Kind.PROVISIONS, file, len(rows))
        ListedProvision.objects.bulk_create(ListedProvision(edition=edition, **_columns(row)) for row in rows)
    return len(rows)


def import_inquirers(actor: audit.Actor, file: Path) -> int:
    """照会者の機関; as `import_provisions`."""
    rows = _read("inquirers", file, inquirer_of, lambda row: row.institution_code)
    with transaction.atomic():
        edition = _begin(actor, ListEdition.Kind.INQUIRERS, file, len(rows))
        Inquirer.objects.bulk_create(Inquirer(edition=edition, **{**asdict(row), "kinds": " ".join(sorted(row.kinds))}) for row in rows)
    return len(rows)


def _read(name: str, file: Path, read: Callable[[Row], T], same: Callable[[T], object]) -> list[T]:
    """All rows; BadFile when one cannot be read, or when on one day two would say of the same thing."""
    found: list[T] = []
    bad: list[BadRow] = []
    periods: dict[object, list[tuple[int, date, date | None]]] = defaultdict(list)
    with file.open(encoding="utf-8", newline="") as opened:
        reader = csv.DictReader(opened)
        if wrong := heading_problems(name, list(reader.fieldnames or ())):
            raise ValueError(f"the heading does not fit layouts/{name}.csv: {', '.join(wrong)}")
        for row_no, cells in enumerate(reader, 2):
            try:
                row = read(cells)
            except BadCell as cell:
                bad.append(BadRow(row_no, cell.item, str(cell)))
                continue
            found.append(row)
            periods[same(row)].append((row_no, row.valid_from, row.valid_to))
    bad += overlaps(periods, "valid_from")
    if bad:
        raise BadFile(bad)
    return found


def _begin(actor: audit.Actor, kind: ListEdition.Kind, file: Path, rows: int) -> ListEdition:
    audit.require(actor, ChukanPermission.LIST_IMPORT)
    newest = ListEdition.objects.filter(municipality_code=municipality_code(), kind=kind).order_by("-edition_no").first()
    edition = ListEdition.objects.create(
        kind=kind, edition_no=newest.edition_no + 1 if newest else 1, loaded_at=clock.now(), loaded_by=actor.login,
        digest=hashlib.sha256(file.read_bytes()).hexdigest(), rows=rows,
    )  # fmt: skip
    audit.record(actor, ChukanPermission.LIST_IMPORT, detail={"kind": str(kind), "edition_no": edition.edition_no, "digest": edition.digest, "rows": rows})
    return edition


def _columns(row: ProvisionRow) -> dict[str, Any]:
    own = {name: getattr(row, name) for name in _SAME}
    return {**own, "inquirer_kinds": " ".join(sorted(row.kinds)), "items": " ".join(row.items)}


_SAME: Sequence[str] = (
    "law_version", "basis_ja", "item_no", "valid_from", "valid_to", "inquirer_ja", "affair_ja", "affair_code", "procedure_code", "information_ja",
    "information_code", "decided",
)  # fmt: skip
