"""設定の初期値 — every setting there is, with its meaning, its first value and where that comes from (出所). 標準1.3, spec/domain.md §13.

A city overrides a value by a dated, approved row; a key that is not here does not exist. What the law or an assessment fixes is no
setting (F-1-02: the examiner is another officer than the one who entered), and a key comes with the code that reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from daicho.certificates.request import Omissible

Value = Any  # JSON: int, bool, str, list or dict; `accepts` says which


def _whole(low: int, high: int) -> Callable[[Value], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _is_text(value: Value) -> bool:
    return isinstance(value, str) and len(value) <= 1000


def _is_bool(value: Value) -> bool:
    return isinstance(value, bool)


def _is_filled_text(value: Value) -> bool:
    return _is_text(value) and bool(value.strip())


def _are_omissible(value: Value) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value) and len(set(value)) == len(value) and set(value) <= set(Omissible)


def _is_days(value: Value) -> bool:
    from datetime import date

    try:
        return isinstance(value, dict) and all(date.fromisoformat(day) and _is_filled_text(why) for day, why in value.items())
    except (TypeError, ValueError):
        return False


@dataclass(frozen=True)
class Default:
    """One setting: its Japanese name, first value, source, and what it accepts (told to the clerk in `accepts_ja`)."""

    key: str
    ja: str
    value: Value
    source: str
    accepts: Callable[[Value], bool]
    accepts_ja: str


def _number(key: str, ja: str, value: int, low: int, high: int, source: str) -> Default:
    return Default(key, ja, value, source, _whole(low, high), f"{low}から{high}までの整数")


def _yes_no(key: str, ja: str, value: bool, source: str) -> Default:
    return Default(key, ja, value, source, _is_bool, "「はい」又は「いいえ」")


def _text(key: str, ja: str, value: str, source: str) -> Default:
    return Default(key, ja, value, source, _is_filled_text, "1000文字までの空でない文字列")


_OWN = "自前"
_FEES = "小樽市の公表値（2024年3月）"
_SAMPLES = "公開された証明書の実例（標準の帳票章20は未入手）"

DEFAULTS: Mapping[str, Default] = {
    default.key: default
    for default in (
        # 採番
        _number("number_digits", "宛名番号・世帯番号の桁数（検査数字を含む）", 10, 8, 15, "標準1.1.13（桁数は定めなし）"),
        _number("juminhyo_code_low", "住民票コードの空き番がこれを下回ると知らせる件数", 50, 0, 100000, "標準4.3.1（市区町村が設定できる。値は自前）"),
        # 受付・審査
        _number("approval_cap", "一度に本登録できる件数の上限", 50, 1, 500, f"{_OWN}（評価書F-1-02の照合を省かせない）"),
        # 連携
        _number("outbox_freshness_seconds", "署名つき電文の有効時間（秒）", 300, 30, 3600, "評価書F-2-21（相互認証。値は自前）"),
        _number("atena_replica_kept_days", "統合宛名で、中継した副本の控えを消すまでの日数", 3, 0, 31, "評価書F-1-07（基本的な情報のみ保持。日数は自前）"),
        # 点検
        _number("health_queue_minutes", "通知の送信待ちを異常とする時間（分）", 10, 1, 1440, f"{_OWN}（標準7.2.3の10分以内の連携による）"),
        _number("health_expiry_days", "証明書・鍵の期限を知らせ始める日数", 60, 1, 400, _OWN),
        _number("health_seal_minutes", "操作履歴が封印されないときに異常とする時間（分）", 10, 1, 1440, f"{_OWN}（評価書F-1-14の改ざん防止）"),
        _number("vault_key_days", "番号などを封じる鍵を取り替える目安（日）", 365, 30, 3650, f"{_OWN}（評価書F-1-61の暗号化）"),
        _yes_no("move_in_notice_automatic", "他の市町村からの転入通知を、疑わしい点がなければ自動で受理する", True, "標準4.1.3.1.2（一般市区町村は任意）"),
        # 番号制度
        _number("provision_record_years", "情報提供等の記録の保存年数", 7, 7, 100, "番号法第23条、番号法施行令第29条"),
        _number("replica_years_after_removal", "消除された人の副本を消去するまでの年数", 5, 1, 150, f"{_OWN}（評価書は期間を示さない）"),
        # コンビニ交付
        _number("konbini_heartbeat_seconds", "コンビニ交付へ生存信号を送る間隔（秒）", 5, 1, 60, _OWN),
        _number("konbini_silent_after_seconds", "住民記録の生存信号が途絶えてからコンビニ交付を断るまでの時間（秒）", 30, 5, 600, _OWN),
        Default(
            "konbini_while_provisional",
            "仮登録中の人へのコンビニ交付",
            "refuse",
            "自前（decision 0016）。as_beforeは標準4.0.8",
            lambda value: value in ("refuse", "as_before"),
            "refuse（交付しない）、as_before（仮登録前の内容で交付する）のどちらか",
        ),
        _yes_no("konbini_for_leaving", "転出予定の人にコンビニ交付をする", False, "自前（spec/domain.md §4.6。標準5.1は予定を省いた証明を認める）"),
        _number("konbini_youngest_age", "コンビニ交付を使える年齢（満年齢）", 15, 0, 20, "spec/domain.md §4.6（15歳未満不可）"),
        _number("konbini_per_card_per_day", "1枚のカードで1日に交付できる通数", 10, 1, 100, _OWN),
        _number("fee_konbini_juminhyo_yen", "コンビニ交付の住民票の写しの手数料（円）", 300, 0, 10000, f"{_FEES}（窓口の額。コンビニの額は未確認）"),
        # 庁内連携
        _number("transfer_batch_minutes", "庁内連携（準リアルタイム）の間隔（分）", 5, 1, 9, "標準7.2.3（10分以内おき。働き手の休みの分を引いて9分まで）"),
        _number("transfer_record_years", "移転記録を保存する年数", 7, 7, 30, "評価書F-1-43（7年）"),
        # 転出証明書情報の照会（特例転入）
        _number("move_out_answer_seconds", "転出証明書情報の照会に回答を待つ秒数", 5, 2, 15, f"{_OWN}（窓口で待てる長さ。超えれば紙の転出証明書で続ける）"),
        _number("move_out_kept_days", "受信した転出証明書情報を消去するまでの日数", 14, 1, 30, "spec/domain.md §9（受信側は期限経過で破棄。値は自前）"),
        _number("card_move_in_days_from_move_in", "特例転入の届出ができる、転入日からの日数", 14, 1, 60, "住民基本台帳法第22条、第24条の2"),
        _number(
            "card_move_in_days_from_move_out",
            "特例転入の届出ができる、転出予定日からの日数",
            30,
            1,
            90,
            "住民基本台帳法第24条の2（施行令。spec/domain.md §4.1）",
        ),
        # 本人確認情報の検索
        _yes_no(
            "juki_search_address_and_birth",
            "本人確認情報を住所と生年月日だけで検索できる",
            False,
            "評価書F-2-03（2情報以上。括弧の例にないため、はじめは「いいえ」）",
        ),
        _number("juki_search_most", "本人確認情報の検索で一度に表示する人数の上限", 30, 1, 100, f"{_OWN}（評価書F-2-17の大量の出力をさせない）"),
        # 証明書
        _number("fee_juminhyo_yen", "住民票の写しの手数料（円）", 300, 0, 10000, _FEES),
        Default(
            "juminhyo_shown_by_default",
            "住民票の写しの交付画面で、はじめから記載とする事項（ほかは省略）",
            [],
            "標準5.1（選べる）。値は法第12条第5項（特別の請求がなければ省略）",
            _are_omissible,
            f"次の項目名の一覧（同じ項目は1度だけ）：{'、'.join(Omissible)}",
        ),
        _yes_no("foreign_kana", "外国人住民の氏名と通称にフリガナを付ける", False, "標準5.3（任意）。法定の記載事項ではない"),
        Default(
            "text_overflow",
            "縮めても欄に収まらない項目の印字",
            "refuse",
            "標準5.8（限界まで又は空白を選べる）。選ぶまで交付しないのは自前",
            lambda value: value in ("refuse", "as_far_as_it_fits", "blank"),
            "refuse（交付しない）、as_far_as_it_fits（入る所まで印字する）、blank（空白にする）のどれか",
        ),
        _text("text_blank", "値のない項目の文言", "【空欄】", _SAMPLES),
        _text("text_omitted", "省略した項目の文言", "【省略】", _SAMPLES),
        _text("text_surname_blank", "氏の無いときの文言", "【氏空欄】", _SAMPLES),
        _text("text_given_name_blank", "名の無いときの文言", "【名空欄】", _SAMPLES),
        _text("text_uncertified_furigana", "公証されていない振り仮名の文言", "********", _SAMPLES),
        _text("text_below_is_blank", "余白の文言", "以下余白", "spec/domain.md §4.2"),
        _text("text_official_use", "公用の文言", "公用", "標準5.7"),
        Default("text_fixed_note", "証明書に加える固定文言（任意）", "", "標準5.6", _is_text, "1000文字までの文字列（空でもよい）"),
        _text("certification_juminhyo_copy", "住民票の写しの認証文", "この写しは、住民票の原本と相違ないことを証明する。", _SAMPLES),
        _text("certification_juminhyo_whole", "世帯全員の住民票の写しの認証文", "この写しは、世帯全員の住民票の原本と相違ないことを証明する。", _SAMPLES),
        # 開庁
        Default("closed_days_own", "市だけの休日（日付と理由）", {}, "小樽市の休日を定める条例により市が入れる", _is_days, "日付（2026-04-01の形）と理由の組"),
    )
}
