"""通知書の機会 — the letters that an event gives occasion for: which, about whom, whether one is due and why. 標準仕様 4.0.5, 4.1.0.3, 4.2.0.1, 4.3.3."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from daicho.certificates.letters.ex_officio import EX_OFFICIO_NOTICE
from daicho.certificates.letters.filing_accepted import FILING_ACCEPTED
from daicho.certificates.letters.forms import EX_OFFICIO_RECORD
from daicho.certificates.letters.individual_number import INDIVIDUAL_NUMBER_CHANGED, INDIVIDUAL_NUMBER_NOTICE
from daicho.certificates.letters.juminhyo_code import JUMINHYO_CODE_CHANGED, JUMINHYO_CODE_CORRECTED, JUMINHYO_CODE_NOTICE
from daicho.residents.rules.definitions import Basis
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.vocabulary import AGENT
from daicho.values.dates import JapaneseDate

OF_FILINGS = frozenset(
    {
        "domestic_move_in", "move_in_from_abroad", "relocation", "move_out", "special_move_out", "move_out_abroad", "head_change", "household_split",
        "household_merge", "household_change", "entry_30_46", "entry_30_47", "relationship_30_48",
    }
)  # fmt: skip
"""転入届, 転居届, 転出届, 世帯変更届, and those of 法30条の46…48; a 転出 filed too late (準ずる証明書) among them (N-4.1.0.3-01)."""
BY_OFFICE = frozenset(basis.value for basis in (Basis.EX_OFFICIO, Basis.NOTICE, Basis.PETITION))
"""What is written 職権で (令12条): also upon a notice or a 申出; a 届出 and a 請求 are others' doing."""
CODE_LETTERS = frozenset({JUMINHYO_CODE_NOTICE.code, JUMINHYO_CODE_CHANGED.code, JUMINHYO_CODE_CORRECTED.code})
NUMBER_LETTERS = CODE_LETTERS | {INDIVIDUAL_NUMBER_NOTICE.code, INDIVIDUAL_NUMBER_CHANGED.code}
"""On these a number stands in the clear."""
_SHOWN_BY_PAPERS = frozenset({"one_document", "two_documents", "signature"})
"""本人確認 by what the visitor showed or signed (法27条2項); a talk alone shows nobody's identity."""


@dataclass(frozen=True)
class Wrote:
    """One sheet as an event wrote it. `follows`: only 世帯主氏名 followed from others; `from_stock`: its 住民票コード was drawn from 空き番.

    `before`: the sheet before (of a person who came back, the old one). `opened`: the sheet is new; `asserted`: the entries that the event said itself; `stands`: it was not cancelled since.
    """

    person_id: int
    public_id: str
    atena_no: str
    history_no: int
    before: SheetEntries | None
    entries: SheetEntries
    opened: bool = False
    asserted: frozenset[str] = frozenset()
    follows: bool = False
    from_stock: bool = False
    stands: bool = True


@dataclass(frozen=True)
class WhoFiled:
    """Who brought the 届書: 本人, 世帯主 or 代理人, by what name, and how the desk made sure of it. `visitor`: who was received."""

    filer: str
    filer_name: str
    visitor: str
    identity_check: str

    @property
    def name(self) -> str:
        return self.filer_name or self.visitor


@dataclass(frozen=True)
class Happened:
    """An event as its letters see it. `lacks_filing`: it was written without the 届出 that it asks for."""

    code: str
    ja: str
    basis: str
    effect: str
    effective_on: JapaneseDate
    filed_on: date | None
    recorded_on: date
    lacks_filing: bool
    filed: WhoFiled | None
    wrote: tuple[Wrote, ...]


@dataclass(frozen=True)
class Offer:
    """A letter that can be put out: about whom (public ids, the first is written to). `why`: why it is due, "" where it only may be."""

    code: str
    people: tuple[str, ...]
    why: str = ""

    @property
    def is_due(self) -> bool:
        return bool(self.why)


def offers(event: Happened) -> tuple[Offer, ...]:
    """The letters of an event, in the order of the desk: numbers first, which go along at once (N-4.3.3-01…-03)."""
    return (*_of_numbers(event), *_of_filing(event), *_of_the_city(event))


def _of_numbers(event: Happened) -> Iterator[Offer]:
    """To each whose number was given, changed or put right, and still is so."""
    for one in _told(event):
        if not one.stands:
            continue
        before = one.before or SheetEntries()
        if one.entries.juminhyo_code is not None and one.entries.juminhyo_code != before.juminhyo_code and (code := _code_letter(event, one)):
            yield Offer(code, (one.public_id,), "住民票コードの記載・変更・修正は、本人に書面で通知します（法第30条の3第3項・標準仕様4.3.3）。")
        if one.before is not None and one.entries.individual_number is not None and one.entries.individual_number != before.individual_number:
            yield Offer((INDIVIDUAL_NUMBER_NOTICE if before.individual_number is None else INDIVIDUAL_NUMBER_CHANGED).code, (one.public_id,))


def _code_letter(event: Happened, one: Wrote) -> str:
    """Which of the three; "" for a code that somebody brought along from another city."""
    if one.before is None or one.before.juminhyo_code is None:
        return JUMINHYO_CODE_NOTICE.code if one.from_stock else ""
    return (JUMINHYO_CODE_CHANGED if event.code == "juminhyo_code_change" else JUMINHYO_CODE_CORRECTED).code


def _of_filing(event: Happened) -> Iterator[Offer]:
    """住民異動届受理通知: the desk chooses (N-4.1.0.3-02); due where who filed did not show who they are."""
    if event.code in OF_FILINGS and event.filed is not None and (people := _told(event)):
        yield Offer(FILING_ACCEPTED.code, tuple(one.public_id for one in people), why_accepted(event.filed))


def why_accepted(filed: WhoFiled) -> str:
    """Why 受理通知 is due: 本人確認 could not be made by papers (法27条2項), or an agent filed. "" where the desk may choose."""
    if filed.identity_check not in _SHOWN_BY_PAPERS:
        return "届出に来た人の本人確認が書類でできていないため、受理したことを通知してください（法第27条）。"
    if filed.filer == AGENT:
        return "代理人による届出のため、受理したことを本人に通知してください（法第27条）。"
    return ""


def _of_the_city(event: Happened) -> Iterator[Offer]:
    """職権記載等通知書, where the 届出 was missing (N-4.2.0.1-03); 職権記録書 of all that the city wrote by its office (N-4.2.0.1-02)."""
    people = _told(event)
    if event.basis in BY_OFFICE and people:
        yield Offer(EX_OFFICIO_RECORD.code, tuple(one.public_id for one in people))
    if event.lacks_filing and people:
        yield Offer(EX_OFFICIO_NOTICE.code, tuple(one.public_id for one in people), "届出によらない記載等のため、本人に通知してください（令第12条第4項）。")


def _told(event: Happened) -> Sequence[Wrote]:
    """Those of whom the event said something, each once: by the sheet on which they go on."""
    newest = {one.public_id: one for one in event.wrote if not one.follows}
    return tuple(newest.values())
