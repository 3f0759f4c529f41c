"""異動の定義 — what a life event is: declared values from which forms, menus, permissions and documents are made. design §3."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from daicho.residents.rules.changes import Changes
    from daicho.residents.rules.entries import SheetEntries
    from daicho.residents.rules.filing import Filing
    from daicho.residents.rules.problems import Problem
    from daicho.residents.rules.situation import Situation


class Basis(Enum):
    """What an event rests on (令11条, 12条); decides which date the history keeps (std 1.2.1)."""

    FILING = "届出"
    EX_OFFICIO = "職権"
    NOTICE = "通知"
    REQUEST = "請求"
    PETITION = "申出"


class Filer(Enum):
    """Who may file (法22条–25条, 26条)."""

    SELF = "本人"
    HEAD = "世帯主"
    AGENT = "代理人"


class Scope(Enum):
    """Who of a household an event is about (std 4.0.1)."""

    ONE = "一人"
    CHOSEN = "選んだ者"
    PART = "世帯の一部"
    HOUSEHOLD = "世帯全員"


class Effect(Enum):
    """記載・修正・消除・回復: item 62, and the counting of statistics."""

    ENTRY = "記載"
    CORRECTION = "修正"
    REMOVAL = "消除"
    RESTORATION = "回復"


@dataclass(frozen=True)
class Turn:
    """Under which 事由 of std 1.2.2 an event is recorded that does this, and the 更新事由 of the sheets to which it does it."""

    standard_code: str
    identity_reason: tuple[str, str | None]


class NoticeKind(StrEnum):
    """Who is told (domain §2.1). A kind whose room stands in this deployment is posted; the others come with their rooms.

    出入国在留管理庁 and the 戸籍の附票 are none of them: whether they are told hangs on the sheet alone, whatever the event (rules/immigration_notice.py,
    rules/fuhyo.py).
    """

    IDENTITY_INFO = "identity_info"  # 本人確認情報 法30条の6
    MOVE_IN_NOTICE = "move_in_notice"  # 転入通知 法9条1項
    MOVE_OUT_CERTIFICATE = "move_out_certificate"  # 転出証明書情報 法24条の2
    MOVE_OUT_WITHDRAWAL = "move_out_withdrawal"  # 転出証明書情報の取消し
    ATENA = "atena"  # 宛名情報と住民票関係情報 番号法9条, 19条8号
    CERTIFICATE_DATA = "certificate_data"  # コンビニ交付の証明データ 法12条
    TRANSFER_INFO = "transfer_info"  # 庁内連携 番号法9条1項


@dataclass(frozen=True)
class Notify:
    """A kind of notice an event raises, with the pure condition under which it does."""

    kind: NoticeKind
    when: Callable[[Situation, Filing], bool] | None = None


IN_HOUSE: tuple[Notify, ...] = (Notify(NoticeKind.ATENA), Notify(NoticeKind.CERTIFICATE_DATA), Notify(NoticeKind.TRANSFER_INFO))
"""The rooms of this house that are told of every sheet an event changes; each comes with its room (S1-10, S1-11, S5-01)."""


class FieldKind(Enum):
    """How a field is typed in and read."""

    TEXT = "text"
    NAME = "name"
    KANA = "kana"
    CHOICE = "choice"
    FLAG = "flag"
    YES_NO = "yes_no"  # a flag of the sheet that may also be 空欄: one of two words is chosen
    DATE = "date"
    UNCERTAIN_DATE = "uncertain_date"
    WESTERN_DATE = "western_date"
    COUNT = "count"  # a whole number from 1
    ITEMS = "items"  # 名：値, any number of them: a group of the sheet
    RELATIONSHIP = "relationship"
    ADDRESS = "address"
    BUILDING = "building"  # 方書 of the `address` in the same part of the form
    ADDRESS_ELSEWHERE = "address_elsewhere"
    MUNICIPALITY = "municipality"
    COUNTRY = "country"  # a name as it is written; the city's table offers those of today
    POSTAL_CODE = "postal_code"
    ADDRESS_CODE = "address_code"  # 住所コード, 11桁 (std 1.3.3)
    HOUSEHOLD = "household"
    JUMINHYO_CODE = "juminhyo_code"
    INDIVIDUAL_NUMBER = "individual_number"
    RESIDENCE_CARD_NO = "residence_card_no"
    BASIC_PENSION_NUMBER = "basic_pension_number"
    USER_CERTIFICATE_SERIAL = "user_certificate_serial"
    SIGN_CERTIFICATE_SERIAL = "sign_certificate_serial"


NUMBER_KINDS = frozenset(
    {
        FieldKind.JUMINHYO_CODE,
        FieldKind.INDIVIDUAL_NUMBER,
        FieldKind.RESIDENCE_CARD_NO,
        FieldKind.BASIC_PENSION_NUMBER,
        FieldKind.USER_CERTIFICATE_SERIAL,
        FieldKind.SIGN_CERTIFICATE_SERIAL,
    }
)
"""Fields whose text is sealed in the vault from the first keystroke that is kept."""


@dataclass(frozen=True)
class Field:
    """One field of a form. The form is made from these, and nothing else can be entered (F-1-04)."""

    name: str
    label: str
    kind: FieldKind
    required: bool = False
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    group: str = ""
    default: str = ""
    not_asked_when: tuple[str, str] | None = None  # (field of the same form, its choice) with which it may stay empty though required
    clearable: bool = False  # 「空欄」 empties the entry; a field left empty says nothing of it (std 1.1.6)


@dataclass(frozen=True)
class EventDefinition:
    """A kind of 異動. When the law changes, a dated definition is added beside the old one, never edited over it."""

    code: str
    standard_code: str  # std 1.2.2, the closed list
    ja: str
    article: str
    basis: Basis
    filed_by: frozenset[Filer]
    days_to_file: int | None
    fields: tuple[Field, ...]
    member_fields: tuple[Field, ...]
    scope: Scope
    effect: Effect
    notices: tuple[Notify, ...]
    permission: str
    check: Callable[[Situation, Filing], tuple[Problem, ...]]
    apply: Callable[[Situation, Filing], Changes]
    identity_reason: tuple[str, str | None] | None = None
    """(更新事由, 詳細) of the notice of 法30条の6: identifiers of layouts/codes.csv, lists update_reason and update_detail."""
    certificates: tuple[str, ...] = ()
    shows_in_history: bool = True
    newcomers: bool = False  # its people are not residents before it (std 4.0.1-06)
    returning: bool = False  # by it those who left may come back (std 4.1.1.2)
    new_head: bool = False  # one of its people becomes 世帯主; the 続柄 of the others are proposed from there (std 4.1.4.2)
    uncertain_day: bool = False  # 異動日 may be 不詳 (std 1.1.8: 出生・死亡・失踪)
    future_day: bool = False  # 異動日 may lie ahead (std 4.0.3: 転出)
    into_household: bool = False  # newcomers join the household of a resident it begins with (出生)
    of_removed: bool = False  # it may be about someone whose sheet is closed (転入通知の受理)
    gives_code: bool = False  # who has no 住民票コード gets one from the stock, or another in its place (std 4.3.1)
    asks_number: str | None = None  # why a 個人番号 is asked of 機構 (番号法7条, 8条): for newcomers who have none, or in place of the old
    writes_number: bool = False  # a 住民票コード or 個人番号 is written for someone known: nobody else may have it (std 4.3.2, 4.4)
    of_event: bool = False  # it is about an event, chosen from the history, and no menu offers it (取消し)
    by_system: bool = False  # recorded by a job or by what comes in; nobody files it, and no menu offers it
    basis_of: Callable[[Filing], Basis] | None = None  # what this filing rests on, where it is not always `basis` (N-4.1.3.0.1-02)
    turns: Mapping[Effect, Turn] = field(default_factory=dict)  # by what it does, where that hangs on what it is about (取消し: 増・減・修正)
    upon_commissioner_notice: bool = False  # it records what 入管庁長官 told (法30条の50): nothing of it is told back there
    of_departments: bool = False  # it asserts 個別記載事項 (Writer.DEPARTMENT) and nothing else; every other event leaves those alone (F-1-04)
    group: str = ""  # under which heading of the menu it stands; "" = that of its basis
    offered_to: Callable[[SheetEntries], bool] | None = None  # of whom it can be at all, by what their sheet says: cards offer it to no others
    in_force: tuple[date, date | None] = (date(2025, 5, 26), None)

    @property
    def recorded_as(self) -> str:
        """How an event names the definition it was made with, for good."""
        return f"{self.code}@{self.in_force[0].isoformat()}"

    @property
    def is_offered(self) -> bool:
        """Whether menus and cards offer it: not what a job records, nor what begins with the history."""
        return not self.by_system and not self.of_event

    def is_for(self, entries: SheetEntries) -> bool:
        """Whether the card of someone whose sheet says this offers it."""
        return self.offered_to is None or self.offered_to(entries)

    @property
    def menu_group(self) -> str:
        """The heading under which the menu offers it."""
        return self.group or self.basis.value

    @property
    def needs_identity(self) -> bool:
        """Whether it is known who files it (法27条2項, 30条の4): of a 届出 or 請求, not of what is recorded ex officio or upon a notice."""
        return self.basis in (Basis.FILING, Basis.REQUEST)

    @property
    def awaits_number(self) -> bool:
        """Whether 本登録 only asks 機構, and it is recorded when the new 個人番号 comes (番号法7条2項)."""
        return self.asks_number is not None and not self.newcomers

    def lacks_filing(self, basis: Basis) -> bool:
        """Whether it was done without the 届出 that it asks for, so that 職権記載等通知書 is due to those it is about (N-4.2.0.1-03)."""
        return self.basis is Basis.FILING and basis is not Basis.FILING

    def keeps_filed_on(self, basis: Basis) -> bool:
        """Whether an event on that basis has a day on which it came: a 届出 made ex officio has none (N-4.2.0.2-02), a 申出 its own (N-4.2.0.5-02)."""
        return basis is self.basis or basis is Basis.PETITION

    def recorded_under(self, effects: Iterable[Effect]) -> tuple[str, Effect]:
        """事由 (std 1.2.2) and effect of one such event, which does this to its sheets."""
        if not self.turns:
            return self.standard_code, self.effect
        effect = next((e for e in effects if e is not Effect.CORRECTION), Effect.CORRECTION)
        return self.turns[effect].standard_code, effect

    def reason_for(self, effect: Effect) -> tuple[str, str | None] | None:
        """更新事由 and 詳細 for a sheet to which it does this."""
        return self.turns[effect].identity_reason if self.turns else self.identity_reason

    def basis_for(self, filing: Filing) -> Basis:
        return self.basis_of(filing) if self.basis_of else self.basis

    def is_in_force(self, day: date) -> bool:
        first, last = self.in_force
        return first <= day and (last is None or day <= last)

    def all_fields(self) -> Mapping[str, Field]:
        return {f.name: f for f in self.fields}

    def all_member_fields(self) -> Mapping[str, Field]:
        return {f.name: f for f in self.member_fields}
