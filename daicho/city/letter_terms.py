"""市の分 — what the city puts on a letter that day: its words, signer and seal, 文書番号, whom to ask. std 1.3.9, 4, 5.6 (N-5.6-01 to -05)."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from daicho import city
from daicho.certificates.city_texts import IssueNumber
from daicho.certificates.letters.form import FormDefinition, FormHead
from daicho.certificates.letters.letter import Contact, LetterDefinition, LetterTexts
from daicho.certificates.signing import certifier_key, signing_keys
from daicho.city.certificate_terms import certifier_of
from daicho.city.queries import offices


def letter_texts(definition: LetterDefinition, number: IssueNumber, on: date, office_code: str) -> LetterTexts:
    """As they are on that day at that office. Three queries. Raises NoCertifier."""
    signing = signing_keys(definition.code) if definition.sealed else (certifier_key(definition.code),)
    said = city.settings_on([key for key in ("letter_no_prefix", "letter_telephone", definition.text_key, definition.note_key, *signing) if key], on)
    return LetterTexts(
        municipality_name=settings.INSTALLATION.municipality_name,
        certifier=certifier_of(definition.code, definition.ja, said, on),
        contact=_contact(office_code, said["letter_telephone"], on),
        body=said[definition.text_key],
        note=said[definition.note_key] if definition.note_key else "",
        document_no=document_no(said["letter_no_prefix"], number, on) if definition.numbered else "",
    )


def form_head(definition: FormDefinition, on: date, office_code: str) -> FormHead:
    """What stands above and below a form that day. Two statements at most."""
    note = str(city.setting(definition.note_key, on)) if definition.note_key else ""
    known = offices(on)
    here = next((office for office in known if office.code == office_code), None) or next(iter(known), None)
    return FormHead(settings.INSTALLATION.municipality_name, (here.counter_name or here.name) if here else "", note)


def document_no(prefix: str, number: IssueNumber, on: date) -> str:
    """文書番号: month and day with the serial of 発行番号, so that it leads back to 交付履歴 (樽戸住第403-11号)."""
    return f"{prefix}第{on.month}{on.day:02}-{number.serial_no}号"


def _contact(office_code: str, telephone: str, on: date) -> Contact:
    """The desk at which it is put out; the head office's address where the desk's own is not registered."""
    known = offices(on)
    here = next((office for office in known if office.code == office_code), None) or next(iter(known), None)
    if here is None:
        return Contact(settings.INSTALLATION.municipality_name, "", telephone)
    address = here.address or next((office.address for office in known if office.address), "")
    return Contact(f"{settings.INSTALLATION.municipality_name}　{here.counter_name or here.name}", address, telephone)
