"""操作の名 — what stands in the trail and is no right of anybody's: signing in, what systems tell one another, what an operator does. N-10.2-*; F-1-14."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ACTS_JA: Mapping[str, str] = MappingProxyType(
    {
        "audit:entry:read": "操作履歴を照会する",
        "city:places:take_over": "入力場所・端末・認証者を受け取る",
        "city:setting:decline": "市の設定の変更を却下する",
        "city:setting:take_over": "市の設定を受け取る",
        "city:setting:withdraw": "市の設定の変更を取り下げる",
        "jobs:alarm:tell": "異常終了を通報する",
        "jobs:job:cancel": "処理の予約を取り消す",
        "jobs:job:reserve": "処理を予約する",
        "outbox:line:stop": "回線を止める",
        "outbox:message:receive": "電文を受信する",
        "site:backup:make": "控えを作成する",
        "site:backup:restore": "控えから復元する",
        "staff:account:move": "利用者の所属の異動",
        "staff:account:revoke": "利用者の失効",
        "staff:account:take_over": "利用者を受け取る",
        "staff:assertion:ask": "生体認証を求める",
        "staff:assertion:resume": "離席から利用を再開する",
        "staff:authenticator:code": "認証器の登録コードを発行する",
        "staff:authenticator:enrol": "認証器を登録する",
        "staff:password:change": "パスワードを変更する",
        "staff:sign_in": "利用を開始する",
        "staff:sign_off": "利用を終了する",
        "staff:unit:register": "所属を登録する",
        "vault:number:erase": "番号を消去する",
        "vault:payload:erase": "封じた内容を消去する",
        # What a system does by itself, and no officer can be granted.
        "outbox:pair:resync": "復元した相手方へ送り直す",
        "residents:convenience:record": "コンビニ交付の結果を記録する",
        "residents:department:write": "課の書戻しを記載する",
        "residents:moving:receive": "引越しの申請の変更を受ける",
        "residents:removed:archive": "古い除票を除票用データベースへ移す",
        "juki_net:block:take": "発行抑止を受け取る",
        "juki_net:family_register:receive": "戸籍の通知を受信する",
        "residents:immigration:receive": "出入国在留管理庁の通知と処理結果を受け取る",
        "juki_net:identity:update": "本人確認情報を更新する",
        "juki_net:move_in:receive": "転入通知を受信する",
        "juki_net:number:pass_on": "個人番号の要求と回答を中継する",
        "juki_net:move_out:ask": "転出証明書情報を他の市区町村に照会する",
        "juki_net:move_out:keep": "転出証明書情報を保持し、取り消す",
        "juki_net:move_out:answer": "転出証明書情報を他の市区町村に回答する",
        "chukan:code:acquire": "符号を取得する",
        "chukan:expired:erase": "保管期限切れの情報を削除する",
        "chukan:inquiry:answer": "情報照会に回答する",
        "chukan:list:import": "照会許可用照合リストを取り込む",
        "chukan:replica:accept": "副本を登録する",
        "atena:info:update": "宛名情報を更新する",
        "atena:person:ask": "宛名の照会に回答する",
        "atena:replica:erase": "中継した副本の控えを消去する",
        "konbini:answer:give": "店舗の請求に回答する",
        "konbini:data:take": "証明データを受け取る",
        "transfers:feed:send": "課へ移転する",
        "transfers:person:update": "対象者の情報を更新する",
        "transfers:write_back:take": "課の書戻しを受け付ける",
    }
)
