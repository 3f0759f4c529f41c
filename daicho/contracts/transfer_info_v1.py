"""庁内連携への通知 — residents tells transfers how one person's 住民票 stands after a 本登録. 番号法第9条第1項; G-25, S1-11.

Holds what the grants of the departments may name (layouts/department_feed.csv) and nothing else: neither 個人番号 nor 住民票コード,
neither 本籍 nor where somebody moves to. Times and reasons are the register's own.
"""

from dataclasses import dataclass
from datetime import date, datetime

from daicho.contracts.base import contract


@dataclass(frozen=True)
class TransferPerson:
    """The person as of now, always whole. An uncertain date is `JapaneseDate.encode()`; None = 空欄. Item numbers of file (1)."""

    name_kanji: str | None  # 2; of a foreign resident 99, 100
    name_kana: str | None  # 1, 102
    birth_date: str | None  # 3
    sex_code: str | None  # 5
    address_postal_code: str | None
    address: str | None  # 15
    address_building: str | None  # 69
    household_no: str | None  # 52
    relationship: str | None  # 6
    householder_name: str | None  # 7
    event_reason: str  # 60 異動事由: the word of std 1.2.2's closed list
    event_date: str  # 58 異動年月日
    opened_on: date  # since when this 住民票 counts
    removed_on: date | None  # 消除日; may lie ahead (転出予定)
    removal_reason: str | None  # the register's own neutral code


@contract("transfer_info", version=1)
@dataclass(frozen=True)
class TransferInfoV1:
    """One person. `person` None: removed by 死亡, and so no subject of file (1) any more (評価書II(1)2③); nothing of theirs is told."""

    atena_no: str  # 51
    history_no: int  # 55: a later one takes the place of an earlier one, never the other way round
    recorded_at: datetime  # 処理日時
    person: TransferPerson | None
