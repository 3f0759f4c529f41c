"""本人通知の通知書の中身 — 交付通知書 to the person or to the applicant, and the end of a registration. 標準仕様8.1 (N-8.1.1-02, N-8.1.3-01, -02)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from daicho.certificates.letters.letter import Addressee, Letter
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.letters_of_cases.addressees import at_home
from daicho.residents.rules.names_shown import shown_name
from daicho.values.dates import wareki


@dataclass(frozen=True)
class SentTo:
    """送付先 of a registration; what is empty is as the 住民票 says."""

    name: str = ""
    postal_code: str = ""
    address: str = ""


def addressee_of(entries: SheetEntries, sent_to: SentTo) -> Addressee:
    home = at_home(entries)
    to = replace(home, name=sent_to.name or home.name)
    return replace(to, address=sent_to.address, building="", postal_code=sent_to.postal_code) if sent_to.address else to


@dataclass(frozen=True)
class CopyIssued:
    """What is told of a copy: the four items of 標準8.1.3."""

    issued_on: date
    certificate_ja: str
    copies: int
    class_ja: str

    def facts(self) -> dict[str, str]:
        return {
            "issued_on": wareki(self.issued_on), "certificate": self.certificate_ja, "copies": f"{self.copies}枚", "requester_class": self.class_ja,
        }  # fmt: skip


def to_the_person(entries: SheetEntries, sent_to: SentTo, copy: CopyIssued) -> Letter:
    return Letter(addressee_of(entries, sent_to), facts={"name": shown_name(entries) or "", **copy.facts()})


def to_the_applicant(name: str, address: str, postal_code: str, copy: CopyIssued) -> Letter:
    """Nothing of whom the copy shows: the applicant knows it, whoever opens the letter need not."""
    return Letter(Addressee(name, address, "", postal_code), facts=copy.facts())


def ending(entries: SheetEntries, sent_to: SentTo, starts_on: date, ends_on: date) -> Letter:
    facts = {"name": shown_name(entries) or "", "starts_on": wareki(starts_on), "ends_on": wareki(ends_on)}
    return Letter(addressee_of(entries, sent_to), facts=facts)
