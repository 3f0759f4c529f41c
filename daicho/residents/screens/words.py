"""画面の言葉 — what clerks read for notices and their destinations. 住民基本台帳法第9条第1項, 第19条第1項, 第30条の6."""

from __future__ import annotations

from collections.abc import Mapping

NOTICE_KINDS: Mapping[str, str] = {
    "identity_info": "本人確認情報の通知（法第30条の6）",
    "move_in_notice": "転入通知（法第9条第1項）",
    "fuhyo_notice": "戸籍附票記載事項通知（法第19条第1項）",
    "move_out_certificate_info": "転出証明書情報の通知（法第24条の2）",
    "move_out_certificate_withdrawn": "転出証明書情報の取消し（法第24条の2）",
    "number_request": "個人番号の生成・変更の要求（番号法第8条）",
    "code_stock_request": "新規付番用の住民票コードの要求（法第30条の2）",
    "atena_info": "宛名情報の通知（番号法第9条）",
    "certificate_data": "コンビニ交付の証明データ（法第12条）",
    "certificate_hold": "コンビニ交付への仮登録中の知らせ",
    "issue_block": "発行抑止の設定・解除の知らせ",
    "lost_atena_nos": "復元で失われた宛名番号の知らせ",
    "transfer_info": "庁内連携への通知（番号法第9条第1項）",
    "department_items_outcome": "書戻しの結果（法第7条第9号から第11号の2まで）",
    "moving_answer": "引越しワンストップへの回答",
    "immigration_notice": "市町村通知・市町村伝達（入管法第61条の8の2）",
    "staff_account": "職員の連携",
    "city_setting": "市の設定の連携",
    "city_places": "入力場所・端末・認証者の連携",
}
DESTINATIONS: Mapping[str, str] = {
    "juki_net": "住基ネット（市町村CS）",
    "chukan": "中間サーバー",
    "atena": "統合宛名",
    "konbini": "コンビニ交付",
    "transfers": "庁内連携",
    "family_register": "戸籍附票システム",
    "mynaportal": "マイナポータル",
    "immigration": "出入国在留管理庁",
}
