"""空き番の蓄積と付番 — 住民票コード come in bulk, and one is drawn by chance for each who has none. 住民基本台帳法第30条の2, 第30条の3; std 4.3.1."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from daicho import audit, clock, vault
from daicho.audit.actor import Actor
from daicho.residents.errors import CannotDo
from daicho.residents.models import SheetCurrent, StockedCode
from daicho.residents.permissions import Permission
from daicho.values.numbers import JuminhyoCode

HEADING = "juminhyo_code"


@transaction.atomic
def stock_codes(actor: Actor, codes: Sequence[str]) -> int:
    """Put new codes into the stock; returns how many. All or nothing: CannotDo when one is stocked or someone's already, BadNumber for none."""
    audit.require(actor, Permission.REGISTER_IMPORT)
    refs = vault.keep_many(vault.NumberKind.JUMINHYO_CODE, [str(JuminhyoCode.parse(code)) for code in codes])
    ours = {"municipality_code": settings.INSTALLATION.municipality_code}
    if len(set(refs)) != len(refs) or StockedCode.objects.filter(**ours, code_ref__in=refs).exists():
        raise CannotDo("同じ住民票コードが2度あるか、すでに空き番として取り込まれています。資料を確認してください。")
    if SheetCurrent.objects.filter(**ours, juminhyo_code__in=refs).exists():
        raise CannotDo("すでに住民票に記載された住民票コードがあります。新規付番用の資料か確認してください。")
    at = clock.now()
    StockedCode.objects.bulk_create([StockedCode(**ours, code_ref=ref, stocked_at=at) for ref in refs], batch_size=5000)
    audit.record(actor, Permission.REGISTER_IMPORT, detail={"stocked_codes": len(refs)})
    return len(refs)


def import_codes(actor: Actor, file: Path) -> int:
    """Stock the codes of a file of layouts/juminhyo_codes.csv; returns how many. ValueError names the row that is wrong, and no code."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = csv.DictReader(opened)
        if rows.fieldnames != [HEADING]:
            raise ValueError(f"the heading is not {HEADING}")
        codes = [row[HEADING] or "" for row in rows]
    wrong = [str(number) for number, code in enumerate(codes, 2) if not JuminhyoCode.is_valid(code)]
    if wrong:
        raise ValueError(f"{len(wrong):,} rows hold no 住民票コード: {', '.join(wrong[:20])}")
    try:
        return stock_codes(actor, codes)
    except CannotDo as refused:
        raise ValueError(refused.message) from None


_TAKE = """
    UPDATE residents_stockedcode SET taken_at = %s
     WHERE id IN (SELECT id FROM residents_stockedcode WHERE municipality_code = %s AND taken_at IS NULL ORDER BY random() LIMIT %s FOR UPDATE SKIP LOCKED)
    RETURNING code_ref
"""


def take_codes(count: int) -> tuple[int, ...]:
    """So many codes of the stock, drawn by chance (N-4.3.1-05), as references. One statement, none for none. CannotDo when there are too few."""
    if not count:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [clock.now(), settings.INSTALLATION.municipality_code, count])
        taken = tuple(ref for (ref,) in cursor.fetchall())
    if len(taken) < count:
        raise CannotDo("住民票コードの空き番が足りません。新規付番用の住民票コードを取得してから、もう一度本登録してください（標準仕様4.3.1）。")
    return taken
