"""本人確認情報の40項目 — the values of one row of file (2), in the order of its list. spec/items_identity_confirmation.csv.

住民票コード, 旧住民票コード and 個人番号 are references into the vault, never digits. None = 空欄: an item that came later than
the row holds nothing, not an empty text (H-07).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from daicho.juki_net.rules.layouts import by_code
from daicho.values.dates import JapaneseDate

CURRENT, REMOVED = "1", "2"  # list record_status: 現存, 消除
REFS = {"juminhyo_code": "juminhyo_code_ref", "individual_number": "individual_number_ref", "old_juminhyo_code": "old_juminhyo_code_ref"}
"""Items that are numbers, and the fields here that hold their references."""


@dataclass(frozen=True)
class IdentityItems:
    """One person's 本人確認情報 as file (2) holds it after one update."""

    juminhyo_code_ref: int  # 1
    name_kanji: str  # 2
    name_gaiji_count: int  # 3
    name_furigana: str | None  # 4
    name_kana_normalised: str | None  # 5
    birth_date: JapaneseDate  # 6
    sex_code: str  # 7
    municipality_code: str  # 8
    town_code: str | None  # 9
    postal_code: str | None  # 10
    address: str  # 11
    address_gaiji_count: int  # 12
    individual_number_ref: int | None  # 13
    became_resident_date: JapaneseDate  # 14
    address_fixed_date: JapaneseDate | None  # 15
    notified_date: date | None  # 16
    previous_municipality_code: str | None  # 17
    previous_address: str | None  # 18
    previous_address_gaiji_count: int | None  # 19
    relationship: str | None  # 20
    event_reason_code: str  # 21
    event_date: JapaneseDate  # 22
    event_reason_detail_code: str | None  # 23
    old_juminhyo_code_ref: int | None  # 24
    juminhyo_code_valid_date: date | None  # 25
    request_control_no: str  # 26
    operator_id: str  # 27
    terminal_id: str  # 28
    update_sequence_no: int  # 29
    abnormal_update_sequence_no: int | None  # 30
    update_prohibited_flag: bool  # 31
    planned_person_flag: bool  # 32
    exclusive_lock_flag: bool  # 33
    gaiji_flag: bool  # 34
    record_status_flag: str  # 35
    recorded_at: datetime  # 36
    former_surname_kanji: str | None  # 37
    former_surname_gaiji_count: int | None  # 38
    former_surname_furigana: str | None  # 39
    former_surname_gaiji_change_seq: int | None  # 40

    @property
    def is_current(self) -> bool:
        return self.record_status_flag == CURRENT

    @property
    def told_sequence_no(self) -> int:
        """The sender's number of the update: another than the file's own (item 30) since the sender was restored."""
        return self.abnormal_update_sequence_no or self.update_sequence_no

    @property
    def reason(self) -> str:
        """Our identifier of the update's reason."""
        return by_code("update_reason")[self.event_reason_code].identifier
