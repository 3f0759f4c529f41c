"""他の市区町村の回答の電文 — 転出証明書情報 and 広域交付住民票情報, read strictly by their layouts: move_out_*.csv and wide_area_*.csv. G-11; 法12条の4; F-2-02."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from daicho.contracts.move_out_certificate_v1 import MoveOutCertificate, MoveOutPerson
from daicho.contracts.wide_area_v1 import WideAreaCopy, WideAreaPerson
from daicho.juki_net.ports import UnusableAnswer
from daicho.juki_net.rules.layouts import Item, layout

NO_CERTIFICATE = "L13"
NO_RESIDENT = "L31"
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
ILL_FORMED_JA = "前住所地の市区町村の回答が電文仕様と異なるため、取り込みませんでした。{}"
ANOTHER_JA = "前住所地の市区町村から別の照会への回答が届いたため、取り込みませんでした。"


class _IllFormed(ValueError):
    """`str` is the item it is about in the clerk's words, or nothing; never a value."""


def read_certificate(told: object, *, is_ours: bool) -> MoveOutCertificate:
    """The certificate in an answer. UnusableAnswer when it is to another question, or anything in it is missing, unknown or of another form."""
    if not is_ours:
        raise UnusableAnswer("another_question", ANOTHER_JA, _bytes(told))
    try:
        if not isinstance(told, Mapping) or set(told) != {"certificate", "people"} or not isinstance(told["people"], list) or not told["people"]:
            raise _IllFormed
        people = tuple(MoveOutPerson(**_values("move_out_person", each)) for each in told["people"])  # type: ignore[arg-type]  # judged by the layout
        return MoveOutCertificate(**_values("move_out_certificate", told["certificate"]), people=people)  # type: ignore[arg-type]  # as above
    except _IllFormed as error:
        raise UnusableAnswer("answer_ill_formed", ILL_FORMED_JA.format(error), _bytes(told)) from None


WIDE_AREA_ILL_FORMED_JA = "住所地の市区町村の回答が電文仕様と異なるため、使いませんでした。{}"
WIDE_AREA_ANOTHER_JA = "住所地の市区町村から別の照会への回答が届いたため、使いませんでした。"


def read_wide_area(told: object, *, is_ours: bool) -> WideAreaCopy:
    """The copy in an answer. As `read_certificate`."""
    if not is_ours:
        raise UnusableAnswer("another_question", WIDE_AREA_ANOTHER_JA, _bytes(told))
    try:
        if not isinstance(told, Mapping) or set(told) != {"copy", "people"} or not isinstance(told["people"], list) or not told["people"]:
            raise _IllFormed
        people = tuple(WideAreaPerson(**_values("wide_area_person", each)) for each in told["people"])  # type: ignore[arg-type]  # judged by the layout
        return WideAreaCopy(**_values("wide_area_copy", told["copy"]), people=people)  # type: ignore[arg-type]  # as above
    except _IllFormed as error:
        raise UnusableAnswer("answer_ill_formed", WIDE_AREA_ILL_FORMED_JA.format(error), _bytes(told)) from None


def _values(name: str, items: object) -> dict[str, object]:
    known = layout(name)
    if not isinstance(items, Mapping) or set(items) != set(known):
        raise _IllFormed
    return {identifier: _value(item, items[identifier]) for identifier, item in known.items()}


def _value(item: Item, value: object) -> object:
    if value is None and not item.required:
        return None
    if item.type == "flag" and isinstance(value, bool):
        return value
    if item.type != "flag" and isinstance(value, str) and _is_printable(value) and len(value) <= (item.max_length or len(value)):
        if item.type != "date":
            return value
        if re.fullmatch("[0-9]{8}", value):
            with suppress(ValueError):
                return date.fromisoformat(value)
    raise _IllFormed(f"項目：{item.ja}。")


def _is_printable(text: str) -> bool:
    return bool(text.strip()) and _UNPRINTABLE.search(text) is None


def _bytes(told: object) -> bytes:
    """Of whatever came, for its digest."""
    return json.dumps(told, sort_keys=True).encode()
