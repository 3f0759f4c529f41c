"""画面の言葉 — what clerks read for notices and their destinations. 住民基本台帳法第9条第1項, 第30条の6."""

from __future__ import annotations

from collections.abc import Mapping

NOTICE_KINDS: Mapping[str, str] = {
    "identity_info": "本人確認情報の通知（法第30条の6）",
    "move_in_notice": "転入通知（法第9条第1項）",
    "transfer_info": "庁内連携への通知（番号法第9条第1項）",
    "department_items_outcome": "書戻しの結果（法第7条第9号から第11号の2まで）",
}
DESTINATIONS: Mapping[str, str] = {"juki_net": "住基ネット（市町村CS）", "transfers": "庁内連携"}
