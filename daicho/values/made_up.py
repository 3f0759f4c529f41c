"""架空の番号 — made-up numbers for demo, tests and the synthetic city: valid in form and recognisable. spec/domain.md 5.1, F-1-23.

Each comes from an index by a bijection, so that the same index always gives the same number and no two indices meet.
Recognition is by the fixed part alone. A real number can bear that part by chance: 1 in 1,000 住民票コード, 1 in 10,000
個人番号 (never a 基礎年金番号: no office has symbol 00). So one hit in a production city is a coincidence to look at and
many hits are a load of made-up people: the check against them belongs to a whole file, or to `made_up_index` of two
numbers of one person, which agree by chance about once in 10^14.
"""

from __future__ import annotations

from daicho.values.numbers import BasicPensionNo, IndividualNumber, JuminhyoCode, ResidenceCardNo, SignCertificateSerial, UserCertificateSerial

CAPACITY = 10_000_000
"""Indices 0 … CAPACITY − 1."""
_STEP = 6_180_339  # odd and not a multiple of 5, so multiplication permutes the residues of 10^7; the look of chance
_SHIFT = 2_718_281
_BACK = pow(_STEP, -1, CAPACITY)

_CODE_MARK = "999"
_NUMBER_MARK = "9999"
_CARD_MARK = ("ZX", "XZ")
_PENSION_MARK = "000"
_SERIAL_MARK = "MADEUP"


def _scramble(index: int) -> str:
    if not 0 <= index < CAPACITY:
        raise ValueError(f"made-up numbers exist for indices 0 to {CAPACITY - 1}")
    return str((index * _STEP + _SHIFT) % CAPACITY).zfill(7)


def _unscramble(seven: str) -> int:
    return (int(seven) - _SHIFT) * _BACK % CAPACITY


def made_up_juminhyo_code(index: int) -> JuminhyoCode:
    """住民票コード of a made-up person."""
    return JuminhyoCode.from_body(_CODE_MARK + _scramble(index))


def made_up_individual_number(index: int) -> IndividualNumber:
    """個人番号 of a made-up person."""
    return IndividualNumber.from_body(_NUMBER_MARK + _scramble(index))


def made_up_residence_card_no(index: int, renewal: int = 0) -> ResidenceCardNo:
    """在留カード等の番号 of a made-up person; it changes with each renewal (0 to 9)."""
    if not 0 <= renewal <= 9:
        raise ValueError("renewal is 0 to 9")
    return ResidenceCardNo.parse(f"{_CARD_MARK[0]}{renewal}{_scramble(index)}{_CARD_MARK[1]}")


def made_up_basic_pension_no(index: int) -> BasicPensionNo:
    """基礎年金番号 of a made-up person."""
    return BasicPensionNo.parse(_PENSION_MARK + _scramble(index))


def made_up_user_certificate_serial(index: int) -> UserCertificateSerial:
    """利用者証明用電子証明書のシリアル番号 of a made-up person's card."""
    return UserCertificateSerial.parse(_SERIAL_MARK + _scramble(index))


def made_up_sign_certificate_serial(index: int) -> SignCertificateSerial:
    """署名用電子証明書のシリアル番号 of a made-up person's card."""
    return SignCertificateSerial.parse(_SERIAL_MARK + _scramble(index))


def made_up_index(number: str) -> int | None:
    """The index a made-up number was made from, whichever kind it is; None for any other. Expects the canonical form."""
    if len(number) == 12 and number.isdigit():
        return _unscramble(number[4:11]) if number.startswith(_NUMBER_MARK) and IndividualNumber.is_valid(number) else None
    if len(number) == 11:
        return _unscramble(number[3:10]) if number.startswith(_CODE_MARK) and JuminhyoCode.is_valid(number) else None
    if len(number) == 10:
        return _unscramble(number[3:]) if number.startswith(_PENSION_MARK) and BasicPensionNo.is_valid(number) else None
    if len(number) == 12 and number.startswith(_CARD_MARK[0]) and number.endswith(_CARD_MARK[1]):
        return _unscramble(number[3:10]) if ResidenceCardNo.is_valid(number) else None
    if len(number) == 13 and number.startswith(_SERIAL_MARK) and number[6:].isdigit():
        return _unscramble(number[6:])
    return None


def is_made_up(number: str) -> bool:
    """True when a number bears the mark of made-up ones (see above for what a single hit is worth)."""
    return made_up_index(number) is not None
