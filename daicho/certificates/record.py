"""証明の元となる記録 — everything that a 住民票 can print about one person, as values; a room's query fills it. 住基法7条, 30条の45.

Codes have become words and references into the vault have become numbers before they get here, and only those that will be asked for. Empty text
or None = 空欄. Dates that may be 不詳 are `JapaneseDate`, the others calendar days (std 1.1.8).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from daicho.certificates.request import Omissible
from daicho.values.address import Address
from daicho.values.dates import JapaneseDate
from daicho.values.names import PersonName
from daicho.values.numbers import BasicPensionNo, IndividualNumber, JuminhyoCode, ResidenceCardNo
from daicho.values.relationship import Relationship, Sex


class ResidentKind(StrEnum):
    """住民種別. The form has other boxes for each."""

    JAPANESE = "japanese"
    FOREIGN = "foreign"


class SheetState(StrEnum):
    """What a sheet is on a day (法15条の2): the one that stands, a 除票, or the one from before a 改製, which is a 除票 too and has a copy of its own name."""

    OPEN = "open"
    REMOVED = "removed"
    RENEWED = "renewed"


class RemovalCause(StrEnum):
    """Why a sheet was closed, as far as rules hang on it."""

    LEFT = "left"  # 転出
    DIED = "died"  # 死亡
    RENEWED = "renewed"  # 改製・再製
    OTHER = "other"  # その他の消除


@dataclass(frozen=True)
class AliasEntry:
    """通称の記載及び削除に関する事項: one alias, where and when it was entered and removed (令30条の16)."""

    alias: str
    entered_in: str
    entered_on: date | None
    removed_in: str = ""
    removed_on: date | None = None


@dataclass(frozen=True)
class ForeignEntries:
    """法30条の45 の表の事項. `residence_class` is the words of the class (中長期在留者 …), `period` 在留期間, 上陸期間 or 仮滞在期間 by class."""

    nationality: str = ""
    residence_class: str = ""
    residence_status: str = ""
    period: str = ""
    expires_on: date | None = None
    card_no: ResidenceCardNo | None = field(default=None, repr=False)
    alias_history: tuple[AliasEntry, ...] = ()


class NoteKind(StrEnum):
    """統合記載欄の三つの類型 (std 1.1.14)."""

    HISTORY = "A"  # 異動履歴
    CAUTION = "B"  # 留意事項, tied to a change
    REMARK = "C"  # 備考


@dataclass(frozen=True)
class Change:
    """One item of a 異動履歴, before and after. `omissible`: by which omission of the item it is left out too, None = it never is."""

    item: str
    before: str
    after: str
    omissible: Omissible | None = None


@dataclass(frozen=True)
class Note:
    """One paragraph of 統合記載欄.

    `changes` (A only): what of the items changed; where all of them are omitted, so is the paragraph.

    `of_present` (B only): it belongs to an entry that still stands, so it is printed without the history too. `special`: 特別養子縁組, its dissolution,
    change of sex: not printed with the history unless that is asked for (std 1.1.4). `not_before`: printed from that day on; a 転出届 gives its
    planned day to all that it recorded (N-5.1-13).
    """

    kind: NoteKind
    text: str
    of_present: bool = False
    special: bool = False
    not_before: date | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class ConfirmedDestination:
    """その他の項目 of a 除票 after the 転入通知 (std 1.1.5): kept beside what was planned, which is never written over."""

    address: str
    moved_on: date | None = None  # 転出年月日
    notified_on: date | None = None  # 転入通知年月日


@dataclass(frozen=True)
class RemovedEntries:
    """除票固有の記載事項 (std 1.1.5): why, since when, and of a 転出 where to. `day_ja`: what the day is called.

    `planned_address` "" is a destination left 空欄 (特別養子縁組); None = no 転出. `planned_lot`: the same without its 方書.
    """

    reason: str
    happened_on: JapaneseDate | None
    day_ja: str
    planned_address: str | None = None
    planned_lot: str | None = None
    cause: RemovalCause = RemovalCause.OTHER
    confirmed: ConfirmedDestination | None = None


@dataclass(frozen=True)
class Leaving:
    """転出 as it was told (法24条), and the 資格 that a 転出証明書 names beside it (令23条2項): words of the record of that moment.

    `to`: 転出先（予定）, "" where it may be left empty (std 1.1.5). `filed_on` None: it was entered without a 届出 in time. `is_special`: by 特例転入.
    """

    to: str
    leaves_on: date
    filed_on: date | None
    is_special: bool = False
    has_arrived: bool = False
    """転入通知 of the new city was accepted: the move-in is filed there."""
    health_insurance: str = ""
    late_elderly: str = ""
    care_insurance: str = ""
    pension: str = ""
    basic_pension_no: BasicPensionNo | None = field(default=None, repr=False)
    child_allowance: str = ""


@dataclass(frozen=True)
class CertificateRecord:
    """One person's 住民票 as it stands (記載順 the newest row), before any omission."""

    kind: ResidentKind
    name: PersonName
    birth_date: JapaneseDate | None
    sex: Sex | None
    address: Address
    became_resident_on: JapaneseDate | None
    """住民となった年月日, or 外国人住民となった年月日."""
    address_fixed_on: JapaneseDate | None
    moved_within_city: bool
    """市内転居の有無: 住所を定めた年月日 is kept for everyone and printed only then (domain §4.2), whatever the dates say."""
    filed_on: date | None
    head_name: str = ""
    relationship: Relationship | None = None
    previous_address: Address = field(default_factory=Address)
    registered_domicile: str = ""
    family_register_head_name: str = ""
    juminhyo_code: JuminhyoCode | None = field(default=None, repr=False)
    individual_number: IndividualNumber | None = field(default=None, repr=False)
    foreign: ForeignEntries | None = None
    individual_entries: tuple[tuple[str, str], ...] = ()
    """個別記載事項 (法7条9号–11号の2): pairs of item and words, in the order of the law."""
    notes: tuple[Note, ...] = ()
    removed: RemovedEntries | None = None
    """Only with `closes_on`; printed of a 除票."""
    closes_on: date | None = None
    """消除日, also when it lies ahead (転出予定年月日): from that day the sheet is a 除票 and no 住民票の写し is issued."""
    leaving: Leaving | None = None
    """Only for a 転出証明書 and what stands in its place."""
    is_prohibited: bool = False
    """発行禁止 (item 95), by whatever it was set: 支援措置 among others (std 3.1, 3.4)."""

    def is_removed(self, on: date) -> bool:
        """Whether the sheet is a 除票 on that day."""
        return self.closes_on is not None and self.closes_on <= on

    def state(self, on: date) -> SheetState:
        """What the sheet is on that day: its planned end does not count before it has come (N-1.1.5-06)."""
        if not self.is_removed(on):
            return SheetState.OPEN
        return SheetState.RENEWED if self.removed is not None and self.removed.cause is RemovalCause.RENEWED else SheetState.REMOVED

    def is_of_dead(self, on: date) -> bool:
        """Whether it is the 除票 of somebody who died."""
        return self.is_removed(on) and self.removed is not None and self.removed.cause is RemovalCause.DIED

    def without_buildings(self) -> CertificateRecord:
        """The same with no 方書 in any address: for a 記載事項証明書 of which that was asked (N-5.4-02)."""
        removed = self.removed and replace(self.removed, planned_address=self.removed.planned_lot, confirmed=None)
        return replace(self, address=replace(self.address, building=""), previous_address=replace(self.previous_address, building=""), removed=removed)


@dataclass(frozen=True)
class Searched:
    """調べた条件 — of whom no 住民票 and no 除票 was found, as the applicant wrote them: of 不在住証明 and 廃棄済証明.

    `removed_on`: the day of removal that the applicant names, of 廃棄済証明 alone. `found`: somebody was found by it, whoever that is. `discarded_before`:
    the day before which 除票 were discarded after their five years (令34条, as it was until 2019-06-20).
    """

    name: str
    address: str
    birth_date: JapaneseDate | None
    removed_on: JapaneseDate | None = None
    found: bool = False
    discarded_before: date = date(2014, 6, 20)


@dataclass(frozen=True)
class Subjects:
    """対象者 — whose 住民票 one certificate shows, in the order of the paper (std 5.2). A removed and a living person never stand together (N-5.1-14).

    `whole_household`: they are all who live in their household (世帯全員); False for chosen ones (世帯の一部). `searched`: of a certificate that shows
    nobody, what was looked for.
    """

    people: tuple[CertificateRecord, ...]
    whole_household: bool = False
    searched: Searched | None = None

    @property
    def kinds(self) -> frozenset[ResidentKind]:
        """Japanese, foreign or both."""
        return frozenset(person.kind for person in self.people)
