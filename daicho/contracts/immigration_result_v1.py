"""市町村通知・市町村伝達の処理結果 — what 出入国在留管理庁's terminal says became of one. std 4.5.7; G-24; layouts/immigration_result.csv."""

from dataclasses import dataclass
from datetime import datetime

from daicho.contracts.base import contract


@contract("immigration_result", version=1)
@dataclass(frozen=True)
class ImmigrationResultV1:
    """Of the message with this 依頼管理番号. `code` and `text_ja` say what was wrong, where anything was."""

    request_control_no: str
    succeeded: bool
    code: str
    text_ja: str
    processed_at: datetime
