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
from daicho.certificates.fees import fee_yen
from daicho.certificates.papers import PAPER_NAMES
from daicho.certificates.request import CertificateRequest, Delivery
from daicho.certificates.signing import SEAL_FOR_CERTIFICATES, certifier_key, seal_key, signing_keys
from daicho.city.defaults import DEFAULTS
from daicho.city.queries import certifiers_on
from daicho.city.seal import Seal, city_seal
from daicho.city.values import Certifier as Registered
from daicho.paper.errors import FontMissing
from daicho.paper.fit import Overflow
from daicho.paper.fonts import open_fonts
from daicho.paper.ground import draw_ground
from daicho.paper.tally import draw_tally
from daicho.values.kana import UnnotarisedTexts

_TEXTS = (
    "text_blank", "text_omitted", "text_surname_blank", "text_given_name_blank", "text_uncertified_furigana", "text_below_is_blank",
    "text_official_use", "text_fixed_note", "foreign_kana",
    "text_wide_area", "text_reissued", "text_to_be_attached", "text_left_specially", "text_to_move_in",
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
    sentences = [each.setting for each in definition.certifications]
    said = city.settings_on(("text_overflow", definition.fee_key, "fees_by_mail", *sentences, *_TEXTS, *signing_keys(definition.code)), request.issued_on)
    mail = request.delivery is not Delivery.COUNTER
    yen = fee_yen(definition.fee_key, said, said["fees_by_mail"], mail=mail, exemption=request.free_by)
    texts = _texts(said, certifier_of(definition.code, definition.ja, said, request.issued_on), {key: said[key] for key in sentences})
    return CityTerms(texts, yen, Overflow(said["text_overflow"]))


def certifier_of(code: str, ja: str, said: Mapping[str, Any], on: date) -> Certifier:
    """Who certifies this certificate or signs this letter that day, with the seal it bears, if any (N-5.6-01 to -05). One query. Raises NoCertifier.

    `said`: the values of `signing_keys`; without that of a seal, the paper has none to choose.
    """
    known = {each.is_deputy: each for each in certifiers_on(on)}
    chosen = said[certifier_key(code)]
    certifier = (known.get(True) or known.get(False)) if chosen == "of_the_day" else known.get(chosen == "deputy")
    if certifier is None:
        whose = {"mayor": "市区町村長", "deputy": "職務代理者"}.get(chosen, "市長または職務代理者")
        raise NoCertifier(f"「{ja}」の認証者（{whose}）が、この日には登録されていません。市の設定を確認してください。")
    seal = _seal(said, known, certifier, said.get(seal_key(code), "none"), ja)
    return Certifier(certifier.title, certifier.name, seal.svg, seal.size_mm, seal.problems)


def _seal(said: Mapping[str, Any], known: Mapping[bool, Registered], certifier: Registered, chosen: str, ja: str) -> Seal:
    """The seal that the city chose for it; none where it chose that (N-5.6-02)."""
    if chosen == "none":
        return Seal()
    if chosen == "certificates":
        return city_seal(said[SEAL_FOR_CERTIFICATES])
    owner = certifier if chosen == "certifier" else known.get(chosen == "deputy")
    if owner is None:
        return Seal(problems=(f"「{ja}」に選んだ公印の持ち主が、この日には認証者として登録されていません。市の設定を確認してください（標準仕様5.6）。",))
    return city_seal(owner.seal_name)


def sealed_papers(on: date) -> frozenset[str]:
    """The codes of the certificates and letters that bear a seal that day; a form never does. One query."""
    keys = {key: code for code in PAPER_NAMES if (key := seal_key(code)) in DEFAULTS}
    return frozenset(keys[key] for key, chosen in city.settings_on(keys, on).items() if chosen != "none")


def _texts(said: Mapping[str, Any], certifier: Certifier, certifications: dict[str, str]) -> CityTexts:
    """The city's words and drawings in force on that day."""
    wording = Wording(
        blank=said["text_blank"],
        omitted=said["text_omitted"],
        unnotarised=UnnotarisedTexts(said["text_uncertified_furigana"], said["text_surname_blank"], said["text_given_name_blank"]),
        below_is_blank=said["text_below_is_blank"],
        official_use=said["text_official_use"],
        fixed_note=said["text_fixed_note"],
        wide_area=said["text_wide_area"],
        reissued=said["text_reissued"],
        to_be_attached=said["text_to_be_attached"],
        left_specially=said["text_left_specially"],
        to_move_in=said["text_to_move_in"],
    )
    ground, tally = _drawings(str(settings.FONTS_DIR))
    return CityTexts(
        settings.INSTALLATION.prefecture_name,
        settings.INSTALLATION.municipality_name,
        certifier,
        certifications,
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
