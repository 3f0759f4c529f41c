"""通知書を出す — one letter or many, composed, printed, put on record one row each, handed to the last hop. 標準仕様4章, 1.3.8; A-05; decisions 0045, 0049, 0050.

Who calls has read what a letter says, in the same transaction; the record of each letter names everyone it is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from uuid import UUID, uuid5

from django.conf import settings

from daicho import city, clock, numbering
from daicho.audit.actor import Actor
from daicho.certificates import TEMPLATES
from daicho.certificates.city_texts import IssueNumber
from daicho.certificates.definitions import NotIssuable
from daicho.certificates.document import Document
from daicho.certificates.letters import letter as definition_of
from daicho.certificates.letters.letter import Letter, LetterDefinition, LetterTexts
from daicho.city.certificate_terms import NoCertifier
from daicho.city.letter_terms import document_no, letter_texts
from daicho.paper.errors import PaperError
from daicho.paper.press import Printed, open_press
from daicho.residents.commands.bundles import bind, whole_of
from daicho.residents.commands.handing_over import Click, Copy, Issued, NotToBeIssued, Shown, put_on_record, require_going_on
from daicho.residents.models import CertificateIssue, Visit
from daicho.residents.queries.current import CurrentRow
from daicho.residents.queries.issue_numbers import issue_number

MOST = 200
"""So many letters are put out at once: what a clerk holds in one pile can be looked over."""


@dataclass(frozen=True)
class Draft:
    """One letter to be put out: which, what it says, whom it is about, by the versions read. `case`: what it comes of ("support:<public id>")."""

    code: str
    letter: Letter
    people: tuple[Shown, ...]
    case: str = ""
    confirmed: str = ""  # what the officer made sure of, where something warned


def shown(*rows: CurrentRow) -> tuple[Shown, ...]:
    """Those people by the versions that were read."""
    return tuple(Shown(row.person_id, row.public_id, row.history_no) for row in rows)


@dataclass(frozen=True)
class Pile:
    """Papers that are on record, in their order. `person`: one whom the first is about, by whom the last hop knows it (None: no resident); `pdf`: what
    leaves. Several leave by the name of their bundle."""

    issued: tuple[Issued, ...]
    person: UUID | None
    pdf: bytes


def put_out(actor: Actor, permission: str, drafts: Sequence[Draft], click: Click, visit: Visit | None = None) -> Pile:
    """Put them out in this order, each a row of 交付履歴 with a 発行番号 of its own. In the caller's `issued_once(click.once)`, and last in it.

    All or none: NotToBeIssued with every reason of every letter, by its place where there are several (3通目：…). The caller asked for the right.
    """
    require_going_on()
    if not drafts:
        raise NotToBeIssued((("", "出力する通知書がありません。対象者を確認してください。"),))
    if len(drafts) > MOST:
        raise NotToBeIssued((("", f"一度に出力できる通知書は{MOST}通までです。期間などを狭めて、分けて出力してください。"),))
    today = clock.today()
    numbers = [issue_number(actor, serial, today) for serial in numbering.take("certificate_no", len(drafts))]
    texts = _CityTexts(today, actor.office_code)
    printed, reasons = [], []
    for place, (draft, number) in enumerate(zip(drafts, numbers, strict=True), 1):
        try:
            printed.append(_print(draft, texts, number, today))
        except NotToBeIssued as refused:
            reasons += [(key, f"{place}通目：{message}" if len(drafts) > 1 else message) for key, message in refused.reasons]
    if reasons:
        raise NotToBeIssued(tuple(reasons))
    issued = tuple(
        put_on_record(actor, _copy(draft, document, paper, _click(click, place), permission, visit))
        for place, (draft, (document, paper)) in enumerate(zip(drafts, printed, strict=True))
    )
    about = drafts[0].people[0].public_id if drafts[0].people else None  # who asked in vain about somebody whom the register does not know
    return Pile(issued, about, issued[0].pdf if len(issued) == 1 else _bound(actor, click, issued))


def _bound(actor: Actor, click: Click, issued: Sequence[Issued]) -> bytes:
    """Several letters as one file, bound as a whole (decision 0052)."""
    rows = CertificateIssue.objects.in_bulk([one.once for one in issued], field_name="public_id")
    issues = [rows[one.once] for one in issued]
    return bind(actor, click, "letters", issues, whole_of(issues, [one.pdf for one in issued]))


def _click(click: Click, place: int) -> Click:
    """Every letter has a name of its own, the first that of the click: the same click puts the same pile out once."""
    return Click(click.once if place == 0 else uuid5(click.once, str(place)), click.request)


def _copy(draft: Draft, document: Document, printed: Printed, click: Click, permission: str, visit: Visit | None) -> Copy:
    detail = {"case": draft.case} if draft.case else {}
    if draft.confirmed:
        detail["confirmed_alert"] = draft.confirmed
    return Copy(
        click, draft.code, document.page_mark, document, printed, draft.people, permission=permission, visit=visit, case=draft.case, detail=detail
    )  # fmt: skip


class _CityTexts:
    """The city's part of the letters of one pile: read once for each kind of letter, each with its own 文書番号."""

    def __init__(self, on: date, office_code: str) -> None:
        self._on, self._office_code = on, office_code
        self._known: dict[str, LetterTexts] = {}

    def of(self, definition: LetterDefinition, number: IssueNumber) -> LetterTexts:
        if definition.code not in self._known:
            self._known[definition.code] = letter_texts(definition, number, self._on, self._office_code)
        known = self._known[definition.code]
        return replace(known, document_no=document_no(self._prefix, number, self._on)) if known.document_no else known

    @cached_property
    def _prefix(self) -> str:
        return str(city.setting("letter_no_prefix", self._on))


def _print(draft: Draft, texts: _CityTexts, number: IssueNumber, on: date) -> tuple[Document, Printed]:
    definition = definition_of(draft.code, on)
    try:
        document = definition.compose(draft.letter, texts.of(definition, number), number, on)
        return document, open_press(settings.FONTS_DIR, TEMPLATES).print(document)
    except NotIssuable as refused:
        raise NotToBeIssued(tuple((one.key, one.message) for one in refused.objections)) from None
    except NoCertifier as refused:
        raise NotToBeIssued((("certifier", str(refused)),)) from None
    except PaperError as refused:
        raise NotToBeIssued((("paper", str(refused)),)) from None
