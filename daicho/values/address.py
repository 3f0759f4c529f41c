"""住所 — an address as it stands in the register. 住基法7条7号, 標準1.1.17, 1.3.3 (N-1.3.3-03, -06), spec/domain.md 1.1.9.

Kept as given. Strings outside the dictionary are lawful (旧町名, 国外住所): nothing here asks a dictionary. What can be read
as numbers is offered beside the text and never replaces it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from daicho.values.search_key import SearchKind, search_key

PREFECTURES = (
    "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県", "埼玉県", "千葉県",
    "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県",
    "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県",
    "香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県",
)  # fmt: skip
"""The 47 in the order of JIS X 0401: index + 1 is the code."""

SPACE = "\u3000"
UNREGISTERED = "（未届）"
"""What ends a previous address that was never registered (標準4.1.1.4)."""

# Municipalities whose names hold 市, 町, 村 or 郡 before their last character.
_CITY_WITH_ODD_NAME = (
    "四日市市|八日市市|廿日市市|野々市市|市川市|市原市|町田市|大町市|十日町市|村山市|東村山市|武蔵村山市|村上市|田村市|羽村市|大村市|"
    "郡山市|大和郡山市|郡上市|蒲郡市|小郡市|"
    "余市郡余市町|余市郡[^市区町村]+[町村]|高市郡[^市区町村]+[町村]|佐波郡玉村町|杵島郡大町町|中新川郡上市町|吉野郡下市町|神崎郡市川町|西八代郡市川三郷町"
)
_N = "[^0-9０-９]"
_CITY = re.compile(
    rf"(?:{_CITY_WITH_ODD_NAME})|{_N}{{1,6}}?市[^0-9０-９市区町村]{{1,4}}区|{_N}{{1,6}}?市|{_N}{{1,5}}?郡{_N}{{1,6}}?[町村]|{_N}{{1,5}}?[区町村]"
)
_LOT_BEGINS = r"[0-9０-９]|[一二三四五六七八九十百]+番(?![町丁])|[甲乙丙丁イロハ](?=第?[0-9０-９])|番外地|無番地"
_LOT_START = re.compile(_LOT_BEGINS)
_AFTER_TOWN = re.compile(rf"{_LOT_BEGINS}|[一二三四五六七八九十百]+丁目|字")
_CHOME = re.compile(r"^(.*?(?:[0-9０-９]+|[一二三四五六七八九十]+)丁目)")
_LOT_NUMBER = re.compile(r"[0-9]+")
_SPACES = re.compile(r"[ \u3000]+")


class BadAddressCode(ValueError):
    """A code or postal code that cannot be one; `str()` is the Japanese message."""


class AddressCode(str):
    """住所コード: prefecture 2 + municipality 3 + 大字 3 + 小字 3 (N-1.3.3-06). The last six are the dictionary's own (N-1.3.3-09)."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        digits = _plain_digits(text)
        if not re.fullmatch(r"[0-9]{11}", digits):
            raise BadAddressCode(
                f"住所コードは数字11桁（都道府県2・市区町村3・大字3・小字3）です。{len(digits)}文字が入力されています。桁数を確認してください。"
            )
        return cls(digits)

    @property
    def parts(self) -> tuple[str, str, str, str]:
        """(01, 203, 001, 002)."""
        return self[:2], self[2:5], self[5:8], self[8:]


def read_postal_code(text: str) -> str:
    """Seven digits without a hyphen; '' stays ''. Raises BadAddressCode."""
    digits = _plain_digits(text)
    if digits and not re.fullmatch(r"[0-9]{7}", digits):
        raise BadAddressCode(f"郵便番号は数字7桁です。{len(digits)}文字が入力されています。確認してください。")
    return digits


def lot_follows(text: str, at: int = 0) -> bool:
    """Whether what stands there may follow a 町字: 1番地, 甲1番地, 二丁目, 番外地, 無番地, 字…; so 花園町 does not lie in 花園."""
    return _AFTER_TOWN.match(text, at) is not None


def lot_order(lot: str) -> tuple[str, tuple[int, ...]]:
    """The order of 番地 by their numbers (N-1.3.2-03): 1番2, 1番10, 2番, 10番; those of 甲, 乙 … behind the plain ones."""
    key = search_key(lot, SearchKind.ADDRESS)
    first = _LOT_NUMBER.search(key)
    return key[: first.start()] if first else key, tuple(int(n) for n in _LOT_NUMBER.findall(key))


_DIGIT_TABLE: dict[int, str | None] = {
    **{0xFF10 + n: str(n) for n in range(10)},
    **dict.fromkeys(map(ord, " \u3000-‐‑–—―−ー－ｰ〒")),
}


def _plain_digits(text: str) -> str:
    return text.translate(_DIGIT_TABLE)


@dataclass(frozen=True, slots=True)
class Address:
    """One address, part by part, each as given. An address abroad or of an old town name may lie in `town` alone."""

    prefecture: str = ""
    city: str = ""
    """市区町村, with 郡 and ward."""
    town: str = ""
    """町字, with 丁目 if it belongs to the town's name."""
    lot: str = ""
    """番地, 番号, 枝番."""
    building: str = ""
    """方書."""
    postal_code: str = ""
    """Seven digits, or ''."""
    code: str = ""
    """住所コード of 11 digits, or '' outside the dictionary."""

    @classmethod
    def parse(cls, text: str, postal_code: str = "", code: str = "") -> Self:
        """Divides one line. The building is what follows the first space; what cannot be divided stays in `town`.

        A help for files and typed lines, not an authority: `one_line()` gives the text back, however it was divided
        (with one U+3000 before the building, whatever space stood there).
        """
        line, building = (*_SPACES.split(text.strip(" \u3000"), maxsplit=1), "")[:2]
        prefecture = next((p for p in PREFECTURES if line.startswith(p)), "")
        rest = line[len(prefecture) :]
        found = _CITY.match(rest)
        if not found or not (prefecture or re.search("[市区郡]", found.group())):
            return cls(town=text, postal_code=postal_code, code=code)
        city, rest = found.group(), rest[found.end() :]
        chome = _CHOME.match(rest)
        town_end = chome.end() if chome else 0
        lot = _LOT_START.search(rest, town_end)
        cut = lot.start() if lot else len(rest)
        return cls(prefecture, city, rest[:cut], rest[cut:], building, postal_code, code)

    def without_building(self) -> str:
        """住所 without 方書."""
        return self.prefecture + self.city + self.town + self.lot

    def one_line(self) -> str:
        """住所 with 方書 after one U+3000."""
        return SPACE.join(part for part in (self.without_building(), self.building) if part)

    @property
    def is_blank(self) -> bool:
        return not self.one_line()

    @property
    def is_unregistered(self) -> bool:
        """末尾が（未届）."""
        return self.one_line().endswith(UNREGISTERED)

    @property
    def lot_numbers(self) -> tuple[int, ...]:
        """番地・枝番 as numbers, in order: １番１号 gives (1, 1). () when there is none to be read."""
        return _numbers(self.lot)

    @property
    def room_numbers(self) -> tuple[int, ...]:
        """部屋番号 and other numbers of the building: 青空荘101号 gives (101,)."""
        return _numbers(self.building)

    def lot_key(self) -> str:
        """Equal for the same 地番 however written (花園二丁目１番１号 = 花園2-1-1), whatever the building; '' for no address.

        The prefecture is left out, because addresses inside the city are often written without it: compare only inside one city.
        """
        return search_key(self.city + self.town + self.lot, SearchKind.ADDRESS)

    def search_keys(self) -> tuple[str, ...]:
        """Keys for the search terms: the whole line, and the building alone (N-2.1.3-12, N-2.1.3-14)."""
        texts = (self.one_line(), self.building)
        return tuple(key for text in texts if (key := search_key(text, SearchKind.ADDRESS)))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(n) for n in _LOT_NUMBER.findall(search_key(text, SearchKind.ADDRESS)))
