"""番号 — the register's numbers and codes, each a str in canonical form. 住基法7条, 番号法2条5項, 標準1.1.13, spec/domain.md 5.1.

`parse` tolerates full-width characters, spaces and hyphens, and refuses with BadNumber: a polite Japanese sentence that
says exactly what is wrong and never repeats the number (it may be shown, logged and kept).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar, Self

from daicho.values.check_digits import RemainderOne, atena_digit, individual_number_digit, municipality_digit

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SEPARATORS = dict.fromkeys(map(ord, " \u3000\t-‐‑–—―−ーｰ"))
_TOLERATED = _FULL_WIDTH | _SEPARATORS | {0xFF0D: None}  # U+FF0D: the full-width hyphen itself is a separator
_DIGITS = re.compile(r"[0-9]+")
_CARD = re.compile(r"[A-Z]{2}[0-9]{8}[A-Z]{2}")
_CARD_HISTORIC = re.compile(r"[A-Z]{1,2}[0-9]{8,9}")


class BadNumber(ValueError):
    """A number that cannot be one. `str()` is the Japanese message; it never holds the number itself."""

    def __init__(self, ja: str, fault: str, message: str) -> None:
        super().__init__(message)
        self.ja = ja
        """What kind of number was wanted, e.g. 個人番号."""
        self.fault = fault
        """empty | characters | length | check_digit | range."""


class _Number(str):
    """A number in canonical form. Made by `parse`; its repr hides the digits when the number is protected."""

    __slots__ = ()
    ja: ClassVar[str]
    protected: ClassVar[bool] = False
    """True for numbers that lie only in the vault (design 6): repr and masked show none of it."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({'protected' if self.protected else str.__repr__(self)})"

    @property
    def masked(self) -> str:
        """As many asterisks as characters, for screens before an unmasking."""
        return "*" * len(self)

    @classmethod
    def _bad(cls, fault: str, message: str) -> BadNumber:
        return BadNumber(cls.ja, fault, f"{cls.ja}{message}")

    @classmethod
    def _canonical(cls, text: str) -> str:
        compact = (text if text.isascii() and text.isalnum() else text.translate(_TOLERATED)).upper()
        if not compact:
            raise cls._bad("empty", "が入力されていません。番号を入力してください。")
        return compact

    @classmethod
    def _digits(cls, text: str) -> str:
        compact = cls._canonical(text)
        if not _DIGITS.fullmatch(compact):
            raise cls._bad("characters", "に数字以外の文字が含まれています。数字だけを入力してください。")
        return compact

    @classmethod
    def _exact_digits(cls, text: str, length: int) -> str:
        if len(text) == length and text.isascii() and text.isdigit():
            return text  # as files and forms mostly have them
        digits = cls._digits(text)
        if len(digits) != length:
            raise cls._bad("length", f"は{length}桁です。{len(digits)}桁が入力されています。桁数を確認してください。")
        return digits

    @classmethod
    def _check_digit(cls, digits: str, digit_of: Callable[[str], str]) -> None:
        if digit_of(digits[:-1]) != digits[-1]:
            raise cls._bad("check_digit", "の検査用数字（最後の1桁）が合いません。書き間違いがないか、1桁ずつ確認してください。")

    @classmethod
    def is_valid(cls, text: str) -> bool:
        try:
            cls.parse(text)
        except BadNumber:
            return False
        return True

    @classmethod
    def parse(cls, text: str) -> Self:
        """The canonical number. Raises BadNumber."""
        raise NotImplementedError


class IndividualNumber(_Number):
    """個人番号, 12 digits. 番号法2条5項, 番号法施行令8条."""

    __slots__ = ()
    ja = "個人番号"
    protected = True

    @classmethod
    def parse(cls, text: str) -> Self:
        digits = cls._exact_digits(text, 12)
        cls._check_digit(digits, individual_number_digit)
        return cls(digits)

    @classmethod
    def from_body(cls, body: str) -> Self:
        """With the check digit appended to 11 digits (made-up numbers and tests; real ones come from 機構)."""
        return cls.parse(body + individual_number_digit(body))


class JuminhyoCode(_Number):
    """住民票コード, 10 random digits and a check digit. 住基法7条13号, 住基法施行規則1条.

    The sum is taken to be that of 個人番号 (spec/domain.md 13: the public notice was not seen, one public sample agrees).
    """

    __slots__ = ()
    ja = "住民票コード"
    protected = True

    @classmethod
    def parse(cls, text: str) -> Self:
        digits = cls._exact_digits(text, 11)
        cls._check_digit(digits, individual_number_digit)
        return cls(digits)

    @classmethod
    def from_body(cls, body: str) -> Self:
        """With the check digit appended to 10 digits (made-up codes and tests; real ones come from the pool)."""
        return cls.parse(body + individual_number_digit(body))


class MunicipalityCode(_Number):
    """全国地方公共団体コード, prefecture 2 + municipality 3 + check digit (JIS X 0401, 0402; N-1.3.3-06)."""

    __slots__ = ()
    ja = "全国地方公共団体コード"

    @classmethod
    def parse(cls, text: str) -> Self:
        digits = cls._exact_digits(text, 6)
        cls._check_digit(digits, municipality_digit)
        return cls(digits)

    @classmethod
    def from_five(cls, five: str) -> Self:
        """From the five digits that address codes and JIS tables carry."""
        digits = cls._digits(five)
        if len(digits) != 5:
            raise cls._bad("length", f"（検査用数字を除く）は5桁です。{len(digits)}桁が入力されています。桁数を確認してください。")
        return cls(digits + municipality_digit(digits))

    @property
    def prefecture_code(self) -> str:
        return self[:2]

    @property
    def five(self) -> str:
        """Without the check digit."""
        return self[:5]


class _SerialNumber(_Number):
    """A serial with an M11 (weights 2 to 7) check digit. 標準1.1.13. At most 15 digits, the city says how many."""

    __slots__ = ()
    max_digits: ClassVar[int] = 15

    @classmethod
    def parse(cls, text: str) -> Self:
        """A number given by this rule. Numbers that came by migration go through `existing` (N-1.1.13-06)."""
        digits = cls._digits(text)
        if not 2 <= len(digits) <= cls.max_digits:
            raise cls._bad("length", f"は2桁以上{cls.max_digits}桁以内です。{len(digits)}桁が入力されています。桁数を確認してください。")
        cls._check_digit(digits, atena_digit)
        return cls(digits)

    @classmethod
    def existing(cls, text: str) -> Self:
        """A number that was given before this system: digits only, no check digit asked (N-1.1.13-06)."""
        digits = cls._digits(text)
        if len(digits) > cls.max_digits:
            raise cls._bad("length", f"は{cls.max_digits}桁以内です。{len(digits)}桁が入力されています。桁数を確認してください。")
        return cls(digits)

    @classmethod
    def from_serial(cls, serial: int, digits: int, remainder_one: RemainderOne = RemainderOne.ZERO) -> Self:
        """The number of a serial, zero-padded to `digits` in all, check digit included (N-1.1.13-03 to 05).

        Raises BadNumber when the serial does not fit, UnusableSerial when the city leaves this serial out.
        """
        if not 2 <= digits <= cls.max_digits:
            raise cls._bad("range", f"の桁数の設定は2桁以上{cls.max_digits}桁以内にしてください。")
        if serial < 1 or len(str(serial)) > digits - 1:
            raise cls._bad("range", f"の連番が設定の桁数（{digits}桁）に収まりません。桁数の設定を確認してください。")
        body = str(serial).zfill(digits - 1)
        return cls(body + atena_digit(body, remainder_one))

    @property
    def serial(self) -> int:
        """連番部. Meaningful only for numbers given by the rule."""
        return int(self[:-1])

    @property
    def follows_rule(self) -> bool:
        """False for a migrated number that the rule would not have given."""
        return len(self) >= 2 and atena_digit(self[:-1]) == self[-1]


class AtenaNo(_SerialNumber):
    """宛名番号: one person's number, for life in this city. 標準1.1.13."""

    __slots__ = ()
    ja = "宛名番号"


class HouseholdNo(_SerialNumber):
    """世帯番号: one household's number, in a series of its own, never reused. 標準1.1.13."""

    __slots__ = ()
    ja = "世帯番号"


class IntegratedAtenaNo(_SerialNumber):
    """団体内統合宛名番号: one person's number across all affairs of the city, 15 digits, derived from nothing. 番号法第9条, 第19条第8号; S4-01.

    The law fixes no form; ours is a serial with the check digit of the 宛名番号.
    """

    __slots__ = ()
    ja = "団体内統合宛名番号"
    digits: ClassVar[int] = 15

    @classmethod
    def of_serial(cls, serial: int) -> Self:
        """The number of a serial, zero-padded. BadNumber when the serial does not fit."""
        return cls.from_serial(serial, cls.digits)

    @classmethod
    def given_before(cls, text: str) -> Self:
        """A number that another system of the city gave: exactly 15 digits, no check digit asked."""
        return cls(cls._exact_digits(text, cls.digits))


class ResidenceCardNo(_Number):
    """在留カード等の番号: two letters, eight digits, two letters. 住基法30条の45, 入管法19条の4. No public check digit."""

    __slots__ = ()
    ja = "在留カード等の番号"
    protected = True

    @classmethod
    def parse(cls, text: str) -> Self:
        compact = cls._canonical(text)
        if not (compact.isascii() and compact.isalnum()):
            raise cls._bad("characters", "に英字と数字以外の文字が含まれています。英字2文字・数字8桁・英字2文字で入力してください。")
        if len(compact) != 12:
            raise cls._bad("length", f"は12文字です。{len(compact)}文字が入力されています。英字2文字・数字8桁・英字2文字で入力してください。")
        if not _CARD.fullmatch(compact):
            raise cls._bad("characters", "の英字と数字の並びが違います。英字2文字・数字8桁・英字2文字の順に入力してください。")
        return cls(compact)

    @classmethod
    def historic(cls, text: str) -> Self:
        """A number kept in history: today's form, or the older one of the 外国人登録証明書 (letters, then 8 or 9 digits)."""
        compact = cls._canonical(text)
        if _CARD.fullmatch(compact) or _CARD_HISTORIC.fullmatch(compact):
            return cls(compact)
        raise cls._bad("characters", "（履歴）は、現在の12文字の形式か、英字1〜2文字と数字8〜9桁の旧形式で入力してください。")

    @property
    def is_historic_form(self) -> bool:
        return not _CARD.fullmatch(self)


class UserCertificateSerial(_Number):
    """利用者証明用電子証明書のシリアル番号 (発行の番号), as the card holds it: letters and digits. 公的個人認証法22条. No public form."""

    __slots__ = ()
    ja = "利用者証明用電子証明書シリアル番号"
    protected = True

    @classmethod
    def parse(cls, text: str) -> Self:
        compact = cls._canonical(text)
        if not (compact.isascii() and compact.isalnum()):
            raise cls._bad("characters", "に英字と数字以外の文字が含まれています。カードから読み取った英字と数字だけを入力してください。")
        if len(compact) > 40:
            raise cls._bad("length", f"は40文字までです。{len(compact)}文字が入力されています。カードから読み直してください。")
        return cls(compact)


class SignCertificateSerial(UserCertificateSerial):
    """署名用電子証明書のシリアル番号 (発行の番号), as the card holds it. 公的個人認証法3条. Of the same form as the other certificate's."""

    __slots__ = ()
    ja = "署名用電子証明書シリアル番号"


class BasicPensionNo(_Number):
    """基礎年金番号: 記号 4 + 番号 6. 国民年金法14条. No public check digit."""

    __slots__ = ()
    ja = "基礎年金番号"
    protected = True

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(cls._exact_digits(text, 10))

    @property
    def hyphenated(self) -> str:
        """As on the notice: 記号-番号."""
        return f"{self[:4]}-{self[4:]}"
