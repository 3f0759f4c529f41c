"""宛先 — a resident at the 住所, an office of another municipality. std 1.1.19; 標準仕様4章."""

from __future__ import annotations

from daicho.certificates.letters.letter import Addressee
from daicho.certificates.letters.move_in import PROTECTED
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.mailing_name import mailing_name
from daicho.residents.rules.vocabulary import SEXES, word
from daicho.values.municipalities import municipality_name


def at_home(entries: SheetEntries) -> Addressee:
    """A resident where the 住民票 says, by the name under which they get their post."""
    return Addressee(mailing_name(entries) or "", entries.address or "", entries.address_building or "", entries.address_postal_code or "")


def municipality(code: str) -> Addressee:
    """The head of another municipality. Where its office stands is in no dictionary: its name suffices for the post. "" gives nobody."""
    name = municipality_name(code) if code else ""
    return Addressee(f"{name}長" if name else "", name, "住民記録担当")


def sex_text(code: str | None) -> str:
    return word(SEXES, code) if code else ""


def handling(*, protected: bool) -> str:
    """取扱い: what another office must know with the address."""
    return PROTECTED if protected else ""
