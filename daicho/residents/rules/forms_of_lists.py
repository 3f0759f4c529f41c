"""一覧の帳票 — 処理結果確認票, 転入通知情報取込エラー一覧表, 世帯主変更依頼通知書対象者リスト as sections of a form; pure. 標準仕様 4.0.5, 4.1.3.1.2, 4.5.6."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from daicho.certificates.letters.form import Pair, Section
from daicho.certificates.letters.forms import CHANGES, ERRORS, HEAD_REQUESTS, MISSING
from daicho.residents.rules.birth import birth_text
from daicho.residents.rules.commissioner_notice import CARD, Line
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.entry_words import COVERED, NEW_NUMBER, entry_label, entry_text
from daicho.residents.rules.identity_info import address_in_full
from daicho.residents.rules.names_shown import shown_name
from daicho.values.dates import wareki

NAMELESS = "（氏名空欄）"
NOBODY = "在留カード等の番号の一致する人がいません"
_ROOM_TO_SIGN = (Pair("確認した日", ""), Pair("確認した者", ""))


@dataclass(frozen=True)
class NoticeFacts:
    """What a 長官通知 is: its ground, 区分, days, and how far it is dealt with."""

    ground: str
    class_ja: str
    event: str
    effective_on: date
    notified_on: date
    received: str
    state: str


def commissioner_slip(facts: NoticeFacts, now: SheetEntries | None, lines: Sequence[Line]) -> tuple[Section, ...]:
    """処理結果確認票: what would change of whose sheet, before and after (N-4.5.6-05). The number of a card is only said to be there."""
    rows = (
        (Pair("通知の事由", facts.ground), Pair("区分", facts.class_ja)),
        (Pair("事由の生じた日", wareki(facts.effective_on)), Pair("通知の日", wareki(facts.notified_on))),
        (Pair("受信日時", facts.received), Pair("状態", facts.state)),
        (Pair("行う異動", facts.event),),
    )
    whose: tuple[tuple[Pair, ...], ...] = ((Pair("対象者", NOBODY),),)
    if now is not None:
        whose = (
            (Pair("氏名", shown_name(now) or NAMELESS), Pair("生年月日", birth_text(now))),
            (Pair("住所", address_in_full(now.address, now.address_building)),),
        )
    told = tuple(_line(line) for line in lines)
    return (
        Section("長官通知", rows),
        Section("対象者", whose),
        Section("変更前と変更後", table=CHANGES, lines=told, none_ja="変わる記載事項はありません。"),
        Section("確認", (_ROOM_TO_SIGN,)),
    )


def _line(line: Line) -> tuple[str, str, str]:
    if line.entry == CARD:
        return entry_label(CARD), COVERED if line.before.residence_card_no else "", NEW_NUMBER if line.after.residence_card_no else ""
    return entry_label(line.entry), entry_text(line.entry, line.before), entry_text(line.entry, line.after)


@dataclass(frozen=True)
class Failed:
    """A 転入通知 that could not be taken in, as the list shows it; nobody is named."""

    received: str
    sender: str
    control_no: str
    why: str
    state: str


def error_list(failed: Sequence[Failed]) -> tuple[Section, ...]:
    """転入通知情報取込エラー一覧表 (N-4.1.3.1.2-05)."""
    lines = tuple((one.received, one.sender, one.control_no, one.why, one.state) for one in failed)
    count = Section("", ((Pair("件数", f"{len(lines)}件"),),))
    return (count, Section("", table=ERRORS, lines=lines, none_ja="取り込めなかった転入通知はありません。"))


HIDDEN = "（支援措置のため記載しない）"


def missing_list(period: str, people: Sequence[SheetEntries], today: date, protected: Collection[int] = ()) -> tuple[Section, ...]:
    """転入通知未着者一覧 (N-4.1.3.1.4-02, -03). `protected`: places of those whose 転出予定地 stands on no list (domain §7)."""
    lines = tuple(_missing(entries, today, place in protected) for place, entries in enumerate(people))
    facts = Section("", ((Pair("消除日の範囲", period), Pair("人数", f"{len(lines)}人")),))
    return (facts, Section("", table=MISSING, lines=lines, none_ja="この期間の未着者はいません。"))


def _missing(entries: SheetEntries, today: date, is_protected: bool) -> tuple[str, ...]:
    closed, to = entries.closed_on, address_in_full(entries.planned_move_out_address, entries.planned_move_out_building)
    return (
        shown_name(entries) or NAMELESS, birth_text(entries), entry_text("removal_reason_code", entries), wareki(closed) if closed else "",
        f"{(today - closed).days}日" if closed else "", HIDDEN if is_protected else to,
    )  # fmt: skip


@dataclass(frozen=True)
class AskedHousehold:
    """A household without 世帯主 that is asked to file: to whom the letter goes, how many live there, since which event, when it was decided."""

    household_no: str
    addressee: SheetEntries
    size: int
    gone: str
    decided_on: date


def head_requests(asked: Sequence[AskedHousehold]) -> tuple[Section, ...]:
    """世帯主変更依頼通知書対象者リスト (N-4.0.5-04)."""
    lines = tuple(
        (
            one.household_no, shown_name(one.addressee) or NAMELESS, address_in_full(one.addressee.address, one.addressee.address_building),
            f"{one.size}人", one.gone, wareki(one.decided_on),
        )
        for one in asked
    )  # fmt: skip
    count = Section("", ((Pair("世帯の数", f"{len(lines)}世帯"),),))
    return (count, Section("", table=HEAD_REQUESTS, lines=lines, none_ja="対象の世帯はありません。"))
