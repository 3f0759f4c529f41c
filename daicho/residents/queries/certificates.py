"""証明の支度 — what a certificate would be composed from, and what the city puts on it that day. std 5.1, 5.5–5.7, 1.3.8."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings

from daicho import audit, city
from daicho.audit.actor import Actor
from daicho.certificates.city_texts import Certifier, CityTexts, Wording
from daicho.city.queries import find_certifier
from daicho.paper.fonts import open_fonts
from daicho.paper.ground import draw_ground
from daicho.paper.seal import draw_made_up_seal, seal_size_mm
from daicho.residents.errors import CannotDo
from daicho.residents.models import CertificateIssue
from daicho.residents.permissions import Permission
from daicho.values.kana import UnnotarisedTexts

_TEXTS = (
    "text_blank", "text_omitted", "text_surname_blank", "text_given_name_blank", "text_uncertified_furigana", "text_below_is_blank",
    "text_official_use", "certification_juminhyo_copy",
)  # fmt: skip


def city_texts(on: date) -> CityTexts:
    """The city's words, certifier, seal and ground pattern in force on that day. Two queries."""
    certifier = find_certifier(on)
    if certifier is None:
        raise CannotDo("認証者（市長または職務代理者）が登録されていません。市の設定を確認してください。")
    said = city.settings_on(_TEXTS, on)
    seal = _seal(certifier.seal_name)
    wording = Wording(
        blank=said["text_blank"],
        omitted=said["text_omitted"],
        unnotarised=UnnotarisedTexts(said["text_uncertified_furigana"], said["text_surname_blank"], said["text_given_name_blank"]),
        below_is_blank=said["text_below_is_blank"],
        official_use=said["text_official_use"],
    )
    return CityTexts(
        settings.INSTALLATION.prefecture_name,
        settings.INSTALLATION.municipality_name,
        Certifier(certifier.title, certifier.name, seal, seal_size_mm(seal) if seal else 0.0),
        {"juminhyo_personal": said["certification_juminhyo_copy"]},
        wording,
        _ground(str(settings.FONTS_DIR), "複写"),
    )


def _seal(name: str) -> str:
    """The registered drawing of the seal; where none is registered, a made-up one, never in production."""
    drawing = Path(settings.INSTALLATION.var_dir) / "seals" / f"{name}.svg"
    if name and drawing.is_file():
        return drawing.read_text(encoding="utf-8")
    return "" if settings.INSTALLATION.environment == "production" else _made_up_seal(str(settings.FONTS_DIR))


@lru_cache(maxsize=2)
def _made_up_seal(fonts: str) -> str:
    return draw_made_up_seal(f"{settings.INSTALLATION.municipality_name}長之印", open_fonts(Path(fonts)))


@lru_cache(maxsize=2)
def _ground(fonts: str, word: str) -> str:
    return draw_ground(word, open_fonts(Path(fonts)))


def issued_to(actor: Actor, public_id: UUID) -> tuple[CertificateIssue, ...]:
    """交付履歴 of one person, newest first (std 1.3.8). One statement and the record."""
    with audit.reading(actor, Permission.CERTIFICATE_ISSUE, subjects=(public_id,)):
        rows = CertificateIssue.objects.filter(person__public_id=public_id, municipality_code=settings.INSTALLATION.municipality_code)
        return tuple(rows.select_related("visit").order_by("-issued_at"))
