"""市の分 — what the city puts on a certificate that day: words, certifier, seal, ground pattern, tally, and its fee. std 1.3.9, 5.1, 5.5–5.8.

The same for every room that prints: the counter's paper and a shop's bear one city.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any  # settings are JSON values

from django.conf import settings

from daicho import city
from daicho.certificates.city_texts import Certifier, CityTexts, Wording
from daicho.certificates.definitions import CertificateDefinition
from daicho.certificates.request import CertificateRequest
from daicho.city.queries import find_certifier
from daicho.city.seal import city_seal
from daicho.paper.errors import FontMissing
from daicho.paper.fit import Overflow
from daicho.paper.fonts import open_fonts
from daicho.paper.ground import draw_ground
from daicho.paper.tally import draw_tally
from daicho.values.kana import UnnotarisedTexts

_TEXTS = (
    "text_blank", "text_omitted", "text_surname_blank", "text_given_name_blank", "text_uncertified_furigana", "text_below_is_blank",
    "text_official_use", "text_fixed_note", "certification_juminhyo_copy", "certification_juminhyo_whole", "foreign_kana",
)  # fmt: skip


@dataclass(frozen=True)
class CityTerms:
    """The city's part, its fee for one copy in yen, and what becomes of an entry without room."""

    texts: CityTexts
    fee_yen: int
    overflow: Overflow


class NoCertifier(Exception):
    """Nobody certifies on that day, so nothing can be issued. The text is Japanese, for a clerk."""


def city_terms(definition: CertificateDefinition, request: CertificateRequest) -> CityTerms:
    """As they are on the day of issue. Two queries. Raises NoCertifier."""
    said = city.settings_on((*_TEXTS, "text_overflow", definition.fee_key), request.issued_on)
    fee_yen = 0 if request.for_official_use else int(said[definition.fee_key])
    return CityTerms(_texts(said, request.issued_on), fee_yen, Overflow(said["text_overflow"]))


def _texts(said: Mapping[str, Any], on: date) -> CityTexts:
    """The city's words, certifier, seal and drawings in force on that day."""
    certifier = find_certifier(on)
    if certifier is None:
        raise NoCertifier("認証者（市長または職務代理者）が登録されていません。市の設定を確認してください。")
    seal = city_seal(certifier.seal_name)
    wording = Wording(
        blank=said["text_blank"],
        omitted=said["text_omitted"],
        unnotarised=UnnotarisedTexts(said["text_uncertified_furigana"], said["text_surname_blank"], said["text_given_name_blank"]),
        below_is_blank=said["text_below_is_blank"],
        official_use=said["text_official_use"],
        fixed_note=said["text_fixed_note"],
    )
    ground, tally = _drawings(str(settings.FONTS_DIR))
    return CityTexts(
        settings.INSTALLATION.prefecture_name,
        settings.INSTALLATION.municipality_name,
        Certifier(certifier.title, certifier.name, seal.svg, seal.size_mm, seal.problems),
        {
            "juminhyo_personal": said["certification_juminhyo_copy"],
            "juminhyo_household": said["certification_juminhyo_copy"],
            "juminhyo_household_whole": said["certification_juminhyo_whole"],
        },
        wording,
        ground,
        tally,
        foreign_kana=said["foreign_kana"],
    )


def _drawings(fonts: str) -> tuple[str, str]:
    """Ground pattern and tally; "" where the fonts are not set up. Nothing is printed then, and the press says why."""
    try:
        return _drawn(fonts)
    except FontMissing:
        return "", ""


@lru_cache(maxsize=2)
def _drawn(fonts: str) -> tuple[str, str]:
    known = open_fonts(Path(fonts))
    return draw_ground("複写", known), draw_tally("契", known)
