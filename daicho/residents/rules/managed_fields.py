"""管理項目の欄 — what the register keeps of a person beyond what stands on the 住民票: confirmations, cards, certificates, how to write to them. std 1.1.1, 1.1.2.

Some are said when somebody enters the register, all are set and put right by 管理項目の設定 (events/managed_items.py).
"""

from __future__ import annotations

from daicho.residents.rules.definitions import Field, FieldKind
from daicho.residents.rules.vocabulary import APPLIES, CONFIRMED, JUKI_CARD_STATES, MAILING_NAMES, MY_NUMBER_CARD_STATES, NAME_PRIORITIES, THERE

_KANA, _CARDS, _FOREIGN, _OTHER = "フリガナの確認", "カード・電子証明書", "外国人住民", "管理項目"

KANA_CONFIRMED = (
    Field("name_kana_confirmed", "氏名のフリガナの確認", FieldKind.YES_NO, hint="本人に確かめたか", choices=CONFIRMED, group=_KANA),
    Field("former_surname_kana_confirmed", "旧氏のフリガナの確認", FieldKind.YES_NO, hint="本人に確かめたか", choices=CONFIRMED, group=_KANA),
    Field("foreign_alias_kana_confirmed", "通称のフリガナの確認", FieldKind.YES_NO, hint="本人に確かめたか", choices=CONFIRMED, group=_KANA),
)
"""Three flags, each of its own name (N-1.1.18-01…-03)."""

USER_CERTIFICATE = Field(
    "user_certificate_serial",
    "利用者証明用電子証明書シリアル番号",
    FieldKind.USER_CERTIFICATE_SERIAL,
    hint="コンビニ交付を使う人のカードから読み取ったもの",
    group=_CARDS,
)
SIGN_CERTIFICATE = Field(
    "sign_certificate_serial", "署名用電子証明書シリアル番号", FieldKind.SIGN_CERTIFICATE_SERIAL, hint="カードから読み取ったもの", group=_CARDS
)
CARDS = (
    Field("my_number_card_status_code", "個人番号カードの発行状況", FieldKind.CHOICE, choices=MY_NUMBER_CARD_STATES, group=_CARDS),
    Field("juki_card_status_code", "住基カードの発行状況", FieldKind.CHOICE, choices=JUKI_CARD_STATES, group=_CARDS),
)

ALIEN_REGISTRATION = Field("alien_registration_date", "旧外登法による登録年月日", FieldKind.UNCERTAIN_DATE, hint="わからないときは「不詳」", group=_FOREIGN)
LANDING_PERMIT = Field(
    "landing_permit_move_in", "上陸許可証による転入", FieldKind.YES_NO, hint="空港で在留カードの交付がなく、後日交付と記された旅券で転入した人", choices=APPLIES,
    group=_FOREIGN,
)  # fmt: skip
RESIDENCE_NOTIFIED = Field("residence_notified", "住居地の届出の有無", FieldKind.YES_NO, choices=THERE, group=_FOREIGN)
HOW_NAMED = (
    Field("name_priority_code", "氏名優先区分", FieldKind.CHOICE, hint="氏名と通称のどちらを用いるか", choices=NAME_PRIORITIES, group=_FOREIGN),
    Field("mailing_name_code", "郵便物送付コード", FieldKind.CHOICE, hint="郵便物の送付先の名", choices=MAILING_NAMES, group=_FOREIGN),
)

ADULT_WARD = Field("adult_ward", "成年被後見人の該当", FieldKind.YES_NO, hint="登記所の通知による", choices=APPLIES, group=_OTHER)
REST = (
    Field("search_kana", "検索用カナ", FieldKind.KANA, hint="振り仮名のほかに、この読みでも探せます", group=_OTHER),
    Field("name_substitute", "代替文字氏名", FieldKind.TEXT, hint="外字を使えないところで用いる氏名", group=_OTHER),
    Field("household_identifier", "世帯識別", FieldKind.TEXT, group=_OTHER),
    Field("care_facility_setting", "養護施設設定", FieldKind.YES_NO, choices=APPLIES, group=_OTHER),
    Field("summary_note", "摘要", FieldKind.TEXT, group=_OTHER),
    Field("optional_items", "任意項目", FieldKind.ITEMS, hint="「名：値」を「、」で区切る。例　地区班：第3班、広報：不要", group=_OTHER),
    Field(
        "number_notice_destination",
        "個人番号通知書等の送付先",
        FieldKind.ITEMS,
        hint="例　理由：入院、郵便番号：0470024、住所：小樽市若松1丁目1番",
        group=_OTHER,
    ),
)

ENTERED_WITH_A_PERSON = (*KANA_CONFIRMED, SIGN_CERTIFICATE, *CARDS, ADULT_WARD)
"""What can be said of whoever enters the register (N-4.1.1.1-01)."""
ENTERED_WITH_A_FOREIGNER = (ALIEN_REGISTRATION, LANDING_PERMIT, *HOW_NAMED)
"""And of a foreign resident (N-4.1.1.1-02)."""
MANAGED = (
    *KANA_CONFIRMED, USER_CERTIFICATE, SIGN_CERTIFICATE, *CARDS, ALIEN_REGISTRATION, LANDING_PERMIT, RESIDENCE_NOTIFIED, *HOW_NAMED, ADULT_WARD, *REST,
)  # fmt: skip
