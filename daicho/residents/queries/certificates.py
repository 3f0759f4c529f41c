"""証明の支度 — what a certificate would be composed from, and what the city puts on it that day. std 5.1, 5.5–5.7, 1.3.8."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any  # settings are JSON values
from uuid import UUID

from django.conf import settings
from django.http import Http404

from daicho import audit, city, vault
from daicho.audit.actor import Actor
from daicho.certificates.city_texts import Certifier, CityTexts, Wording
from daicho.certificates.definitions import CertificateDefinition
from daicho.certificates.record import CertificateRecord, ResidentKind
from daicho.certificates.request import CertificateRequest, Omissible, Requester
from daicho.city.queries import code_names, find_certifier
from daicho.paper.errors import FontMissing
from daicho.paper.fit import Overflow
from daicho.paper.fonts import open_fonts
from daicho.paper.ground import draw_ground
from daicho.residents.errors import CannotDo
from daicho.residents.models import CertificateIssue
from daicho.residents.permissions import Permission
from daicho.residents.queries.city_seal import city_seal
from daicho.residents.queries.current import BY_PERSON, CurrentRow, current_rows
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.on_certificate import CODED, NOT_YET, CodeNames, OpenNumbers, certificate_record, is_code, unprintable
from daicho.values.kana import UnnotarisedTexts
from daicho.values.numbers import IndividualNumber, JuminhyoCode, ResidenceCardNo

_TEXTS = (
    "text_blank", "text_omitted", "text_surname_blank", "text_given_name_blank", "text_uncertified_furigana", "text_below_is_blank",
    "text_official_use", "text_fixed_note", "certification_juminhyo_copy", "foreign_kana",
)  # fmt: skip

_NUMBERS = {Omissible.JUMINHYO_CODE: "juminhyo_code", Omissible.INDIVIDUAL_NUMBER: "individual_number", Omissible.CARD_NO: "residence_card_no"}
COVERED = "●●●●●●●●●●●●"
"""Stands for a number in a preview: it is there, it will be printed, and it was not opened."""


@dataclass(frozen=True)
class ReadSheet:
    """A person's newest sheet as a certificate's record. `reasons`: why it cannot be printed as asked, as (entry, message)."""

    row: CurrentRow
    record: CertificateRecord
    reasons: tuple[tuple[str, str], ...]


def read_sheet(person: UUID, shown: frozenset[Omissible], *, open_numbers: bool) -> ReadSheet:
    """Http404 for an unknown person. Only the numbers that shall be shown are opened, in a preview none. One to four statements;
    the caller records the reading."""
    row = next(iter(current_rows(BY_PERSON, [person])), None)
    if row is None:
        raise Http404
    entries = row.entries
    names = _names(entries, shown)
    return ReadSheet(row, certificate_record(entries, _numbers(entries, shown, open_numbers), names), unprintable(entries, shown, names))


def _names(entries: SheetEntries, shown: frozenset[Omissible]) -> CodeNames:
    """The city's names of the codes that shall be shown. One query each, none for what was written in words."""
    asked = {coded.table: getattr(entries, coded.entry) for coded in CODED if coded.omissible in shown}
    return {table: code_names(table, [code]) for table, code in asked.items() if is_code(code)}


def _numbers(entries: SheetEntries, shown: frozenset[Omissible], open_numbers: bool) -> OpenNumbers:
    refs = {name: ref for omissible, name in _NUMBERS.items() if omissible in shown and (ref := getattr(entries, name)) is not None}
    clear = vault.reveal_many(list(refs.values()), because="住民票の写しの交付") if refs and open_numbers else dict.fromkeys(refs.values(), COVERED)
    opened = {name: clear[ref] for name, ref in refs.items()}
    return OpenNumbers(
        JuminhyoCode(opened["juminhyo_code"]) if "juminhyo_code" in opened else None,
        IndividualNumber(opened["individual_number"]) if "individual_number" in opened else None,
        ResidenceCardNo(opened["residence_card_no"]) if "residence_card_no" in opened else None,
    )


def opening_choice(definition: CertificateDefinition, kind: ResidentKind, requester: Requester, on: date) -> frozenset[Omissible]:
    """With what the city opens the issuing screen (N-5.1-05), as far as this requester may ask for it. One query."""
    listed = city.setting("juminhyo_shown_by_default", on)
    shown = definition.shown_by_default(kind, {each.value: each.value in listed for each in Omissible})
    return frozenset(c.omissible for c in definition.choices_for(kind) if c.omissible in shown - NOT_YET and requester in c.who_may_ask)


def city_terms(definition: CertificateDefinition, request: CertificateRequest) -> tuple[CityTexts, int, Overflow]:
    """What the city puts on it, what it asks for it in yen and what becomes of an entry without room, on the day of issue. Two queries."""
    said = city.settings_on((*_TEXTS, "text_overflow", definition.fee_key), request.issued_on)
    fee_yen = 0 if request.for_official_use else int(said[definition.fee_key])
    return _texts(said, request.issued_on), fee_yen, Overflow(said["text_overflow"])


def _texts(said: Mapping[str, Any], on: date) -> CityTexts:
    """The city's words, certifier, seal and ground pattern in force on that day."""
    certifier = find_certifier(on)
    if certifier is None:
        raise CannotDo("認証者（市長または職務代理者）が登録されていません。市の設定を確認してください。")
    seal = city_seal(certifier.seal_name)
    wording = Wording(
        blank=said["text_blank"],
        omitted=said["text_omitted"],
        unnotarised=UnnotarisedTexts(said["text_uncertified_furigana"], said["text_surname_blank"], said["text_given_name_blank"]),
        below_is_blank=said["text_below_is_blank"],
        official_use=said["text_official_use"],
        fixed_note=said["text_fixed_note"],
    )
    return CityTexts(
        settings.INSTALLATION.prefecture_name,
        settings.INSTALLATION.municipality_name,
        Certifier(certifier.title, certifier.name, seal.svg, seal.size_mm, seal.problems),
        {"juminhyo_personal": said["certification_juminhyo_copy"]},
        wording,
        _ground(str(settings.FONTS_DIR), "複写"),
        foreign_kana=said["foreign_kana"],
    )


def _ground(fonts: str, word: str) -> str:
    """The pattern; "" where the fonts are not set up. Nothing is printed then, and the press says why."""
    try:
        return _ground_drawn(fonts, word)
    except FontMissing:
        return ""


@lru_cache(maxsize=2)
def _ground_drawn(fonts: str, word: str) -> str:
    return draw_ground(word, open_fonts(Path(fonts)))


def issued_to(actor: Actor, public_id: UUID) -> tuple[CertificateIssue, ...]:
    """交付履歴 of one person, newest first (std 1.3.8). One statement and the record."""
    with audit.reading(actor, Permission.CERTIFICATE_ISSUE, subjects=(public_id,)):
        rows = CertificateIssue.objects.filter(person__public_id=public_id, municipality_code=settings.INSTALLATION.municipality_code)
        return tuple(rows.select_related("visit").order_by("-issued_at"))
