"""不在住の条件 — when a sheet answers to a name, an address and a birth date that somebody wrote down: in doubt it does. domain §4.7, §5.8.

Who asks for a 不在住証明 writes from an old paper. What is only written otherwise (番地 in kanji, full width, a 方書 more or less) is the same place, so
that nobody who is there is certified as absent.
"""

from __future__ import annotations

from daicho.values.address import Address
from daicho.values.dates import JapaneseDate


def other_city_ja(municipality_name: str) -> str:
    return f"{municipality_name}の外の住所です。この市の住所を入力してください。ほかの市区町村の住所は、その市区町村が証明します。"


def is_same_place(recorded: str, asked: str) -> bool:
    """By their keys (city.queries.lot_key), which end each number with a dash: 花園2-1- is not the beginning of 花園2-12-. One may say more than the other."""
    return bool(recorded and asked) and (recorded.startswith(asked) or asked.startswith(recorded))


def is_same_birth(recorded: JapaneseDate | None, asked: JapaneseDate | None) -> bool:
    """Whether both can be the same day; what is not known can be any."""
    if recorded is None or asked is None:
        return True
    return recorded.first <= asked.last and asked.first <= recorded.last


def is_elsewhere(address: str, prefecture_name: str, municipality_name: str) -> bool:
    """Whether it names another city or prefecture."""
    parsed = Address.parse(address)
    return (parsed.prefecture not in ("", prefecture_name)) or (parsed.city not in ("", municipality_name))
