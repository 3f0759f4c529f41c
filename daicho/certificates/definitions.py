"""証明書の定義 — a certificate as data: its code, article, entries in order, omissions, who may ask, fee; dated like any law (design §3)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from daicho.certificates.city_texts import CityTexts, IssueNumber
from daicho.certificates.document import Document
from daicho.certificates.record import ResidentKind, SheetState, Subjects
from daicho.certificates.request import CertificateRequest, Omissible, Requester

BOTH = frozenset(ResidentKind)
JAPANESE = frozenset({ResidentKind.JAPANESE})
FOREIGN = frozenset({ResidentKind.FOREIGN})


@dataclass(frozen=True)
class Item:
    """One 記載事項 with a box of its own. `omissible` names the choice that governs it; None = always printed."""

    key: str
    ja: str
    article: str
    omissible: Omissible | None = None
    kinds: frozenset[ResidentKind] = BOTH


@dataclass(frozen=True)
class OmissibleItem:
    """A choice on the issuing screen: its name, the law behind the omission, for whom it exists and who may ask for the entry."""

    omissible: Omissible
    ja: str
    article: str
    who_may_ask: frozenset[Requester]
    kinds: frozenset[ResidentKind] = BOTH
    shown_by_default: bool = False


@dataclass(frozen=True)
class Certification:
    """認証文 — the city's dated setting that holds the sentence, what officers call it, and its first value. Certificates may share one."""

    setting: str
    ja: str
    text: str


@dataclass(frozen=True)
class Objection:
    """Why a certificate cannot be issued as requested: the entry (or '') and the clerk's sentence. All objections block."""

    key: str
    message: str


class NotIssuable(Exception):
    """`compose` was asked for what `check` forbids. `str()` is Japanese and holds no personal text."""

    def __init__(self, objections: tuple[Objection, ...]) -> None:
        self.objections = objections
        super().__init__("".join(each.message for each in objections))


class Check(Protocol):
    """All objections against issuing, or none. Pure; asks nobody."""

    def __call__(self, definition: CertificateDefinition, subjects: Subjects, request: CertificateRequest, texts: CityTexts) -> tuple[Objection, ...]: ...


class Compose(Protocol):
    """The document. Pure. Raises `NotIssuable` with all objections."""

    def __call__(
        self, definition: CertificateDefinition, subjects: Subjects, request: CertificateRequest, texts: CityTexts, number: IssueNumber
    ) -> Document: ...


@dataclass(frozen=True)
class CertificateDefinition:
    """One certificate under one state of the law: `in_force` from the first day to the last (None = still).

    `title` is printed, `ja` is what officers call it. `fee_key` names the city's dated setting of the fee. `may_be_asked_by`: 請求者 for the
    certificate as such. `certification_whole`: the 認証文 where 世帯全員 are on it, None = the same. `sheets`: of which sheets it can be made.
    `shown_setting`: the city's setting of what the screen opens with. `chosen_only`: what is not chosen does not appear at all, and 方書 may be
    left out (記載事項証明書). `attests`: it certifies a form that was brought along. `is_notified`: 本人通知 tells of its copies (標準8.1.1).
    """

    code: str
    ja: str
    title: str
    article: str
    template: str
    fee_key: str
    in_force: tuple[date, date | None]
    items: tuple[Item, ...]
    omissible: tuple[OmissibleItem, ...]
    may_be_asked_by: frozenset[Requester]
    check_rule: Check
    compose_rule: Compose
    certification: Certification
    certification_whole: Certification | None = None
    sheets: frozenset[SheetState] = frozenset({SheetState.OPEN})
    shown_setting: str = "juminhyo_shown_by_default"
    chosen_only: bool = False
    attests: bool = False
    is_notified: bool = False

    def is_in_force(self, day: date) -> bool:
        first, last = self.in_force
        return first <= day and (last is None or day <= last)

    def items_for(self, kind: ResidentKind) -> tuple[Item, ...]:
        """The boxes of the form for this kind of resident, in order."""
        return tuple(item for item in self.items if kind in item.kinds)

    def choices_for(self, kinds: Iterable[ResidentKind]) -> tuple[OmissibleItem, ...]:
        """What the issuing screen offers where these kinds of residents are on one paper, in order."""
        present = frozenset(kinds)
        return tuple(each for each in self.omissible if present & each.kinds)

    def shown_by_default(self, kinds: Iterable[ResidentKind], city: Mapping[str, bool] | None = None) -> frozenset[Omissible]:
        """The choice with which the screen opens; `city` (code of the omissible → shown) changes it (N-5.1-05)."""
        city = city or {}
        return frozenset(each.omissible for each in self.choices_for(kinds) if city.get(each.omissible.value, each.shown_by_default))

    def certified_as(self, subjects: Subjects) -> str:
        """The setting of the 認証文 that it bears: its own, or that of the whole household."""
        return (self.certification_whole if self.certification_whole and subjects.whole_household else self.certification).setting

    @property
    def certifications(self) -> tuple[Certification, ...]:
        return (self.certification, self.certification_whole) if self.certification_whole else (self.certification,)

    def check(self, subjects: Subjects, request: CertificateRequest, texts: CityTexts) -> tuple[Objection, ...]:
        """All objections against issuing this certificate, or none. Pure; asks nobody."""
        return self.check_rule(self, subjects, request, texts)

    def compose(self, subjects: Subjects, request: CertificateRequest, texts: CityTexts, number: IssueNumber) -> Document:
        """The document. Pure: equal arguments give an equal document. Raises `NotIssuable` with all objections."""
        return self.compose_rule(self, subjects, request, texts, number)

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of what the definition says: the register of issued certificates keeps it."""
        whole = self.certification_whole is not None
        said = (self.code, self.ja, self.title, self.article, self.template, whole, self.in_force, _in_words(self.items), _in_words(self.omissible))
        return hashlib.sha256(repr(said).encode()).hexdigest()


def _in_words(parts: tuple[Item, ...] | tuple[OmissibleItem, ...]) -> list[list[str]]:
    """Sets sorted, so that the text is the same in every process."""
    return [[str(sorted(value) if isinstance(value, frozenset) else value) for value in vars(part).values()] for part in parts]
