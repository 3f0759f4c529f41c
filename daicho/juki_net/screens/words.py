"""画面の言葉 — what clerks read for kinds and counterparts. 標準7.1.1.1."""

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "juki_update": "本人確認情報の更新（法第30条の6）",
    "move_in_outward": "転入通知（法第9条第1項）",
    "fuhyo_notice": "戸籍附票記載事項通知（法第19条第1項）",
    "move_in_received": "他の市町村からの転入通知",
    "family_register_notice": "他の市町村からの戸籍の通知（法第9条第2項・第19条第2項）",
    "number_outward": "個人番号の生成・変更の要求（番号法第8条）",
    "number_answer": "機構からの個人番号",
    "code_stock_request": "新規付番用の住民票コードの要求（法第30条の2）",
    "stocked_codes": "機構からの新規付番用の住民票コード",
}
DESTINATIONS: Mapping[str, str] = {
    "prefecture": "都道府県サーバ", "other_city": "他の市町村", "jlis_national": "全国サーバ（機構）", "residents": "住民記録",
}  # fmt: skip
