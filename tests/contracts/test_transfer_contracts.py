"""庁内連携の電文 — golden files, and that nothing travels but what the layouts name. D-R2, G-25, G-26; F-1-44."""

import csv
from dataclasses import fields
from pathlib import Path

import pytest

from daicho.contracts import ContractError, decode, encode
from daicho.contracts.transfer_info_v1 import TransferInfoV1, TransferPerson
from tests.contracts.golden import assert_golden
from tests.contracts.transfer_samples import DIED, MOVE_IN, SAMPLES

LAYOUTS = Path(__file__).parents[2] / "layouts"


def _rows(name: str) -> list[dict[str, str]]:
    with (LAYOUTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("message", SAMPLES, ids=lambda m: type(m).__name__)
def test_電文は最初に送った形のままである(message):
    assert_golden(message)


def test_庁内連携へは取込みの様式の項目だけを過不足なく知らせる():
    """S1-11; D-R2: what the room may hold is its layout; a new item is a new version and somebody's decision."""
    told = [field.name for field in fields(TransferInfoV1)][:3] + [field.name for field in fields(TransferPerson)]
    assert told == [row["identifier"] for row in _rows("transfer_person")]


def test_番号も本籍も転出先も知らせない():
    """No department's grant names them: 1–18 without 13 and 14 (S1-11)."""
    told = {field.name for field in fields(TransferPerson)}
    assert not [
        name for name in told if any(word in name for word in ("number", "code_ref", "juminhyo", "domicile", "planned", "confirmed", "previous", "card"))
    ]


def test_許可できる項目は評価書の4つと世帯と異動と消除だけである():
    """D-R2: 「等」 is no licence for all 132 items."""
    granted = [(row["identifier"], row["file_item"]) for row in _rows("department_feed") if row["granted"] == "yes"]
    assert granted == [
        ("name_kanji", "2"), ("name_kana", "1"), ("birth_date", "3"), ("sex_code", "5"), ("address_postal_code", ""), ("address", "15"),
        ("address_building", "69"), ("household_no", "52"), ("relationship", "6"), ("householder_name", "7"), ("event_reason_code", "60"),
        ("event_date", "58"), ("resident_state_code", ""), ("removed_on", ""),
    ]  # fmt: skip


def test_書戻しの様式は個別記載事項だけである():
    """D-R6: items 30–49; 38 基礎年金番号 comes last, since the layout only grows, and lies in the vault of the register (decision 0030)."""
    items = [int(row["file_item"]) for row in _rows("department_entry") if row["required"] != "yes"]
    assert items == [*(no for no in range(30, 50) if no != 38), 38]


def test_死亡した者の電文は人について何も持たない():
    """評価書II(1)2③."""
    assert b'"person":null' in encode(DIED)


def test_知らない項目のある電文は読まれない():
    data = encode(MOVE_IN).replace(b'"address":', b'"individual_number":"1","address":')
    with pytest.raises(ContractError, match="unknown field"):
        decode("transfer_info", 1, data)
