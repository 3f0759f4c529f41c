"""設定の宣言 — what a setting is before any city has set it. 標準1.3."""

from __future__ import annotations

from dataclasses import dataclass

from daicho.city.kinds import YES_NO, Kind, OneOf, Text, Value, Whole

OWN = "自前"


@dataclass(frozen=True)
class Default:
    """One setting: its Japanese name, first value, source, and what it accepts."""

    key: str
    ja: str
    value: Value
    source: str
    kind: Kind
    must_in_designated_city: bool = False  # a function that a 指定都市 may not go without (一般市区町村任意)

    def accepts(self, value: Value) -> bool:
        return self.kind.accepts(value)

    @property
    def accepts_ja(self) -> str:
        return self.kind.accepts_ja


@dataclass(frozen=True)
class Topic:
    """Settings of one matter, under its Japanese name."""

    name: str
    ja: str
    settings: tuple[Default, ...]


def number(key: str, ja: str, value: int, low: int, high: int, source: str) -> Default:
    return Default(key, ja, value, source, Whole(low, high))


def yes_no(key: str, ja: str, value: bool, source: str) -> Default:
    return Default(key, ja, value, source, YES_NO)


def optional_function(key: str, ja: str, source: str) -> Default:
    """A function of the standard that an ordinary city may leave unused, and a 指定都市 may not."""
    return Default(key, ja, True, f"{source}（一般市区町村は任意）", YES_NO, must_in_designated_city=True)


def text(key: str, ja: str, value: str, source: str, *, may_be_empty: bool = False) -> Default:
    return Default(key, ja, value, source, Text(may_be_empty))


def one_of(key: str, ja: str, value: str, source: str, **choices: str) -> Default:
    """The words of the choices are the program's, what they mean stands on the screen."""
    return Default(key, ja, value, source, OneOf(choices))
