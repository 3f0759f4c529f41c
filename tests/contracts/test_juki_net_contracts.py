"""住基ネットの電文 — golden files, and that nothing travels but what file (2) holds and the layouts name. F-2-02; G-04, G-05, G-10."""

import csv
from dataclasses import fields
from pathlib import Path

import pytest

from daicho.contracts import ContractError, decode, encode
from daicho.contracts.code_stock_request_v1 import CodeStockRequestV1
from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.contracts.identity_info_v1 import IdentityInfoV1
from daicho.contracts.juki_update_v1 import JukiUpdateV1
from daicho.contracts.move_in_outward_v1 import MoveInOutwardV1
from daicho.contracts.number_outward_v1 import NumberOutwardV1
from tests.contracts import juki_samples
from tests.contracts.golden import assert_golden

LAYOUTS = Path(__file__).parents[2] / "layouts"


def _rows(name: str) -> list[dict[str, str]]:
    with (LAYOUTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    "message",
    [
        juki_samples.MOVE_IN, juki_samples.NOTICE, juki_samples.UPDATE, juki_samples.OUTWARD, juki_samples.RECEIVED, juki_samples.NUMBER_REQUEST,
        juki_samples.NUMBER_OUTWARD, juki_samples.NUMBER_ANSWER, juki_samples.CODE_REQUEST, juki_samples.STOCKED_CODES, juki_samples.FUHYO,
    ],
    ids=lambda m: type(m).__name__,
)  # fmt: skip
def test_電文は最初に送った形のままである(message):
    assert_golden(message)


def test_本人確認情報の更新は送る項目だけを過不足なく持つ():
    """F-2-02: exactly the items of file (2) that residents send; each uncertain date has its 住基ネット form beside it."""
    sent = [row for row in _rows("identity_confirmation") if row["source"] == "sent"]
    wanted = {row["identifier"] for row in sent} - {"event_reason_code", "event_reason_detail_code"} | {"event_reason", "event_reason_detail"}
    wanted |= {f"{row['identifier']}_juki" for row in sent if row["type"] == "uncertain_date"}
    assert {field.name for field in fields(IdentityInfoV1)} == wanted


@pytest.mark.parametrize(
    ("name", "contract"),
    [
        ("juki_update", JukiUpdateV1), ("move_in_notice", MoveInOutwardV1), ("number_request", NumberOutwardV1), ("code_stock_request", CodeStockRequestV1),
        ("fuhyo_notice", FuhyoNoticeV1),
    ],
)  # fmt: skip
def test_外への電文は電文仕様の項目と順序のとおりである(name, contract):
    assert [field.name for field in fields(contract)] == [row["identifier"] for row in _rows(name)]


def test_都道府県へは続柄も住民となった日も送らない():
    """法30条の6: only 本人確認情報 and its 変更情報."""
    kept_back = {"relationship", "became_resident_date", "address_fixed_date", "notified_date", "previous_address", "operator_id", "terminal_id"}
    assert not kept_back & {field.name for field in fields(JukiUpdateV1)}


def test_知らない項目のある更新は読まれない():
    data = encode(juki_samples.MOVE_IN).replace(b'"address":', b'"atena_no":"1","address":')
    with pytest.raises(ContractError, match="unknown field"):
        decode("identity_info", 1, data)
