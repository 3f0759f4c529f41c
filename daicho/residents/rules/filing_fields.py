"""届書に共通の欄 — fields that several events ask in the same way."""

from __future__ import annotations

from daicho.residents.rules.definitions import Field, FieldKind
from daicho.residents.rules.vocabulary import FILERS, GROUNDS, HOUSEHOLD_CHOICES, NEW

EFFECTIVE_ON = Field("effective_on", "異動日", FieldKind.UNCERTAIN_DATE, required=True, hint="例　令和8年4月1日、R8.4.1", group="届出")
FILED_ON = Field("filed_on", "届出日", FieldKind.DATE, required=True, hint="窓口で届書を受けた日", group="届出", default="today")
REQUESTED_ON = Field("filed_on", "請求日", FieldKind.DATE, required=True, hint="請求を受けた日", group="請求", default="today")
"""Of a 請求: kept in the place of 届出日, told apart by the event's basis (std 1.2.1)."""
FILER = Field("filer", "届出人", FieldKind.CHOICE, required=True, choices=FILERS, group="届出")
FILER_NAME = Field("filer_name", "届出人の氏名", FieldKind.TEXT, hint="代理人のときは必ず入力", group="届出")
NOTIFIED_ON = Field(
    "filed_on", "戸籍届出・通知日", FieldKind.DATE, required=True, hint="戸籍の届書を受けた日、又は通知を受けた日", group="届出", default="today"
)
"""Of what the 戸籍 tells: kept in the place of 届出日, told apart by the event's basis (N-4.2.0.4-01…-03)."""
COMMISSIONER_NOTIFIED_ON = Field("filed_on", "通知日", FieldKind.DATE, required=True, hint="長官通知の年月日", group="届出", default="today")
GROUND = Field("ground", "根拠", FieldKind.CHOICE, required=True, choices=GROUNDS, group="届出")
OF_FAMILY_REGISTER = (EFFECTIVE_ON, NOTIFIED_ON, GROUND)
"""Of every event that the 戸籍 tells (令12条2項)."""
REQUESTED_ON = Field("filed_on", "請求日", FieldKind.DATE, required=True, hint="請求書を受けた日", group="請求", default="today")
PETITIONED_ON = Field("filed_on", "申出日", FieldKind.DATE, required=True, hint="申出書を受けた日", group="申出", default="today")
WHY = Field("reason", "職権で行う理由・根拠の資料", FieldKind.TEXT, required=True, hint="職権記録書に残ります。審査する職員が読みます", group="根拠")
NEW_ADDRESS = (
    Field("address", "新しい住所", FieldKind.ADDRESS, required=True, hint="町丁・番地。例　花園2丁目12番1号", group="新しい住所"),
    Field("address_building", "方書", FieldKind.BUILDING, hint="建物名・部屋番号", group="新しい住所"),
    Field("address_postal_code", "郵便番号", FieldKind.POSTAL_CODE, group="新しい住所"),
    Field("address_town_code", "住所コード", FieldKind.ADDRESS_CODE, hint="11桁。わかるときだけ", group="新しい住所"),
)
FORMER_CODES = (
    Field("previous_postal_code", "転入前の郵便番号", FieldKind.POSTAL_CODE, group="転入前の住所"),
    Field("previous_address_code", "転入前の住所コード", FieldKind.ADDRESS_CODE, hint="11桁。わかるときだけ", group="転入前の住所"),
)
HOUSEHOLD_TO_COME_TO = (
    Field("household_choice", "世帯", FieldKind.CHOICE, required=True, choices=HOUSEHOLD_CHOICES, group="世帯", default=NEW),
    Field("household_no", "入る世帯の世帯番号", FieldKind.HOUSEHOLD, hint="「すでにある世帯に入る」のときだけ", group="世帯"),
)
