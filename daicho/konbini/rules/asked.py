"""請求 — what the certificate centre asked for, read by the code lists of layouts/codes.csv. 住民基本台帳法第12条; S5-02."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from daicho.certificates.request import Omissible
from daicho.contracts.base import canonical
from daicho.contracts.convenience_v1 import ConvenienceQuestionV1
from daicho.konbini.rules.refusal import Refusal
from daicho.konbini.rules.standing import Terms

_CODES = Path(__file__).resolve().parents[3] / "layouts" / "codes.csv"
PERSONAL, HOUSEHOLD = "juminhyo_personal", "juminhyo_household"
VERIFIED = "verified"
_LONGEST = {"request_no": 60, "shop_code": 20, "terminal_code": 20, "certificate_kind": 40, "user_certificate_serial": 40}


@cache
def codes(name: str) -> Mapping[str, str]:
    """Code of the wire → our identifier, of one list."""
    with _CODES.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["identifier"] for row in csv.DictReader(file) if row["list"] == name}


@dataclass(frozen=True)
class Asked:
    """A request in our own names. `kind` is None for a code that no list has, `shown` too when one of its codes is unknown or not offered."""

    kind: str | None
    shown: frozenset[Omissible] | None
    card_is_verified: bool


def read(question: ConvenienceQuestionV1) -> Asked:
    """The question's codes as our names."""
    options, verified = codes("convenience_option"), codes("convenience_card").get(question.card_result) == VERIFIED
    known = all(code in options for code in question.shown)
    shown = frozenset(Omissible(options[code]) for code in question.shown) if known else None
    return Asked(codes("convenience_kind").get(question.certificate_kind), shown, verified)


def form_faults(question: ConvenienceQuestionV1) -> Iterator[str]:
    """The items that are empty or too long to be one: such a message is turned away, not answered."""
    for item, longest in _LONGEST.items():
        value = getattr(question, item)
        if not 0 < len(value) <= longest or not value.isprintable():
            yield item
    if len(question.shown) > len(Omissible):
        yield "shown"


def refusal_of_asked(asked: Asked, question: ConvenienceQuestionV1, terms: Terms) -> Refusal | None:
    """Why this cannot be asked, whoever asks."""
    if terms.now > question.deadline:
        return Refusal.LATE
    if not asked.card_is_verified:
        return Refusal.CARD
    if asked.kind is None:
        return Refusal.NO_KIND
    return Refusal.NO_OPTION if asked.shown is None else None


def asked_digest(question: ConvenienceQuestionV1, card_ref: int | None) -> str:
    """SHA-256 of what was asked: the same 請求番号 must always ask the same. The card goes in by its reference, never by its number."""
    said = [question.request_no, question.card_result, card_ref, question.certificate_kind, sorted(question.shown), question.shop_code, question.terminal_code]
    return hashlib.sha256(canonical(said)).hexdigest()
