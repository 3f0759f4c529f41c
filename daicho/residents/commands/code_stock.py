"""空き番の蓄積と付番 — 住民票コード come in bulk, and one is drawn by chance for each who has none. 住民基本台帳法第30条の2, 第30条の3; std 4.3.1."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction

from daicho import audit, city, clock, outbox, vault
from daicho.audit.actor import Actor
from daicho.contracts.code_stock_request_v1 import CodeStockRequestV1
from daicho.contracts.stocked_codes_v1 import StockedCodesV1
from daicho.outbox.errors import Refused
from daicho.residents.errors import CannotDo
from daicho.residents.models import CodeStockRequest, SheetCurrent, StockedCode
from daicho.residents.permissions import Permission
from daicho.values.numbers import BadNumber, JuminhyoCode

HEADING = "juminhyo_code"


def new_control_no() -> str:
    """A 依頼管理番号: the city's code and 64 random bits, so that it tells nothing of volume or order."""
    return str(settings.INSTALLATION.municipality_code) + uuid4().hex[:16]


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


@transaction.atomic
def ask_for_codes(actor: Actor) -> int:
    """Ask 機構 for codes when fewer are left than the city's number; returns for how many, 0 when there are enough (N-4.3.1-01).

    While a request is open the same one goes out again, which 機構 knows. Twice the city's number are asked for.
    """
    audit.require(actor, Permission.REGISTER_IMPORT)
    ours, low = {"municipality_code": settings.INSTALLATION.municipality_code}, int(city.setting("juminhyo_code_low", clock.today()))
    if StockedCode.objects.filter(**ours, taken_at__isnull=True).count() >= low:
        return 0
    row = CodeStockRequest.objects.select_for_update().filter(**ours, answered_at__isnull=True).first()
    if row is None:
        row = CodeStockRequest.objects.create(**ours, request_control_no=new_control_no(), count=2 * low, asked_at=clock.now())
    outbox.post(CodeStockRequestV1(row.request_control_no, row.municipality_code, row.count), to="juki_net")
    audit.record(actor, Permission.REGISTER_IMPORT, detail={"asked_codes": row.count})
    return row.count


def receive_codes(actor: Actor, message: StockedCodesV1) -> int:
    """Stock the codes that 機構 gave for our open request; returns how many, 0 when they came before. In the transaction that holds the receipt.

    Raises outbox Refused for what was not asked for, and for a code that is nobody's to give (stocked, or somebody's).
    """
    ours = {"municipality_code": settings.INSTALLATION.municipality_code}
    row = CodeStockRequest.objects.select_for_update().filter(**ours, request_control_no=message.request_control_no).first()
    if row is None or message.municipality_code != row.municipality_code:
        raise Refused("unknown_request", "この依頼管理番号で住民票コードを求めていません。依頼管理番号を確認してください。")
    if row.answered_at is not None:
        return 0
    try:
        stocked = stock_codes(actor, message.juminhyo_codes)
    except CannotDo as refused:
        raise Refused("not_new", refused.message) from None
    except BadNumber:
        raise Refused("ill_formed", "住民票コードの検査用数字が合わないものがあります。発行元の値を確認してください。") from None
    row.answered_at = clock.now()
    row.save(update_fields=["answered_at"])
    return stocked


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
