"""画面の言葉 — what clerks read for kinds, counterparts, purposes and results. 標準7.1.1.1; S4-07."""

from collections.abc import Mapping

from daicho.atena.rules.vocabulary import RESULTS_JA

KINDS: Mapping[str, str] = {"code_request": "符号取得の依頼（番号法第21条の2）", "replica": "副本の登録（番号法第19条第8号）"}
DESTINATIONS: Mapping[str, str] = {"chukan": "中間サーバー"}

PURPOSES: Mapping[str, str] = {
    "department": "庁内各課からの照会への対応",
    "person": "本人からの問合せへの対応",
    "linkage": "情報連携（副本）の確認",
    "double": "個人番号の重複の確認",
    "inspection": "監査・点検",
}
"""Why an officer looks somebody up: recorded with every reading (F-1-16)."""

STATE_BADGES: Mapping[str, str] = {"current": "success", "removed": "neutral", "unregistered": "info"}

OUTCOMES: Mapping[str, str] = {
    **RESULTS_JA,
    "forbidden": "拒否（法令上の根拠がない）",
    "deadline": "拒否（期限を過ぎている）",
    "ill_formed": "拒否（形式が違う）",
    "unknown_code": "拒否（コード表にない値）",
    "purpose": "拒否（利用目的がない）",
}
ASKED_BY: Mapping[str, str] = {
    "individual_number": "個人番号",
    "atena_no": "宛名番号",
    "numbering": "付番依頼",
    "integrated_atena_no": "統合宛名番号",
}
