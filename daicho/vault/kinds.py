"""番号の種類 — the kinds of number that lie in the vault, their outer shape and their mask. 番号法第12条, 住基法第30条の42."""

import re
from enum import StrEnum


class NumberKind(StrEnum):
    """What a kept number is; the name is stored."""

    JUMINHYO_CODE = "juminhyo_code"  # 住民票コード
    INDIVIDUAL_NUMBER = "individual_number"  # 個人番号
    RESIDENCE_CARD_NO = "residence_card_no"  # 在留カード等の番号
    BASIC_PENSION_NUMBER = "basic_pension_number"  # 基礎年金番号
    LINKAGE_CODE = "linkage_code"  # 情報提供用個人識別符号: kept by 中間サーバー alone (F-1-56)
    USER_CERTIFICATE_SERIAL = "user_certificate_serial"  # 利用者証明用電子証明書のシリアル番号
    SIGN_CERTIFICATE_SERIAL = "sign_certificate_serial"  # 署名用電子証明書のシリアル番号


# The shape only, so that one number is never kept in two spellings; check digits are judged where numbers are entered.
_SHAPE = {
    NumberKind.JUMINHYO_CODE: re.compile(r"[0-9]{11}"),
    NumberKind.INDIVIDUAL_NUMBER: re.compile(r"[0-9]{12}"),
    NumberKind.RESIDENCE_CARD_NO: re.compile(r"[A-Z]{2}[0-9]{8}[A-Z]{2}"),
    NumberKind.BASIC_PENSION_NUMBER: re.compile(r"[0-9]{10}"),
    NumberKind.LINKAGE_CODE: re.compile(r"[0-9a-f]{32}"),
    NumberKind.USER_CERTIFICATE_SERIAL: re.compile(r"[0-9A-Z]{1,40}"),
    NumberKind.SIGN_CERTIFICATE_SERIAL: re.compile(r"[0-9A-Z]{1,40}"),
}
_LENGTH = {
    NumberKind.JUMINHYO_CODE: 11, NumberKind.INDIVIDUAL_NUMBER: 12, NumberKind.RESIDENCE_CARD_NO: 12, NumberKind.BASIC_PENSION_NUMBER: 10,
    NumberKind.LINKAGE_CODE: 32,
    NumberKind.USER_CERTIFICATE_SERIAL: 12,  # of no fixed length: the mask tells nothing of it
    NumberKind.SIGN_CERTIFICATE_SERIAL: 12,  # as above
}  # fmt: skip


def mask(kind: NumberKind) -> str:
    """What a screen shows instead of the number: as many ＊ as it has places. Tells nothing but the kind; asks no vault."""
    return "＊" * _LENGTH[NumberKind(kind)]


def in_shape(kind: NumberKind, value: str) -> bool:
    """Whether `value` is written as numbers of this kind are kept (half-width, no separators)."""
    return isinstance(value, str) and _SHAPE[kind].fullmatch(value) is not None
