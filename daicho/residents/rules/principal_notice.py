"""本人通知 — whose registration stands on a day, and which copies that were handed over are told to whom. 標準8.1.1–8.1.3; decision 0050.

A person has one registration at a time; each 申出, 変更 and 廃止 is an entry that says all of it anew, and the older ones stay readable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from daicho.certificates.request import REQUESTER_JA, Requester
from daicho.values.deadlines import last_day_of_months


class EntryKind(StrEnum):
    REGISTERED = "registered"
    CHANGED = "changed"
    ABOLISHED = "abolished"


ENTRY_JA = {EntryKind.REGISTERED: "登録の申出", EntryKind.CHANGED: "変更の申出", EntryKind.ABOLISHED: "廃止の申出"}


class Filer(StrEnum):
    """Who came with the 申出."""

    SELF = "self"
    LEGAL_REPRESENTATIVE = "legal_representative"
    AGENT = "agent"


FILER_JA = {Filer.SELF: "本人", Filer.LEGAL_REPRESENTATIVE: "法定代理人（親権者・後見人など）", Filer.AGENT: "任意代理人（委任状による）"}


@dataclass(frozen=True)
class Entry:
    """One entry as the rules see it. `on`: the day of the 申出; `ends_on` None = without an end."""

    kind: EntryKind
    on: date
    starts_on: date
    ends_on: date | None = None


def standing_at(entries: Sequence[Entry], day: date) -> int | None:
    """The place of the entry by which somebody is registered on that day, None when they are not. `entries` in the order of recording."""
    told = [place for place, entry in enumerate(entries) if entry.on <= day]
    if not told:
        return None
    entry = entries[told[-1]]
    runs = entry.kind is not EntryKind.ABOLISHED and entry.starts_on <= day and (entry.ends_on is None or day <= entry.ends_on)
    return told[-1] if runs else None


def last_day(starts_on: date, years: int) -> date | None:
    """The end of the city's period from that day; None where it has none (0 years)."""
    return last_day_of_months(starts_on, 12 * years) if years else None


def refusal(entries: Sequence[Entry], new: Entry, today: date, filer_name: str, filer: Filer) -> tuple[str, str]:
    """Why this entry cannot be made, as (field, message) for the officer; ("", "") when it can."""
    open_one = bool(entries) and entries[-1].kind is not EntryKind.ABOLISHED and (entries[-1].ends_on is None or entries[-1].ends_on >= today)
    if new.on > today:
        return "on", "申出の日が本日より後です。本日までの日を入力してください。"
    if entries and new.on < entries[-1].on:
        return "on", "申出の日が、前の申出の日より前です。日付を確認してください。"
    if filer is not Filer.SELF and not filer_name.strip():
        return "filer_name", "代理人の氏名が入力されていません。申出書の氏名を入力してください。"
    if new.kind is EntryKind.REGISTERED and open_one:
        return "kind", "この人は、もう登録されています。内容を直すとき、期間を延ばすときは「変更の申出」を選んでください。"
    if new.kind is not EntryKind.REGISTERED and not open_one:
        return "kind", "いま登録がないため、変更も廃止もできません。「登録の申出」を選んでください。"
    if new.kind is EntryKind.REGISTERED and new.starts_on < new.on:
        return "starts_on", "登録の始まりが申出の日より前です。日付を確認してください。"
    if new.ends_on is not None and new.ends_on < new.starts_on:
        return "ends_on", "登録の終わりが始まりより前です。日付を確認してください。"
    return "", ""


class RequesterClass(StrEnum):
    """交付請求者区分 (N-8.1.1-04)."""

    PRINCIPAL = "principal"
    AGENT = "agent"
    THIRD_PARTY = "third_party"


CLASS_JA = {RequesterClass.PRINCIPAL: "本人", RequesterClass.AGENT: "代理人", RequesterClass.THIRD_PARTY: "第三者"}
_CLASS = {
    Requester.SELF: RequesterClass.PRINCIPAL,
    Requester.LEGAL_REPRESENTATIVE: RequesterClass.AGENT,
    Requester.AGENT: RequesterClass.AGENT,
    Requester.PUBLIC_OFFICE: RequesterClass.THIRD_PARTY,
    Requester.THIRD_PARTY: RequesterClass.THIRD_PARTY,
}


def class_of(standing: Requester, same_household: RequesterClass) -> RequesterClass:
    """The class of who asked. `same_household`: as what the city counts who asks for a member of their own household (法12条1項)."""
    return _CLASS.get(standing, same_household)


def standing_ja(standing: Requester, same_household: RequesterClass) -> str:
    """「代理人（任意代理人）」: the class, and the standing where that says more."""
    ja, own = CLASS_JA[class_of(standing, same_household)], REQUESTER_JA[standing]
    return ja if ja == own else f"{ja}（{own}）"


class Condition(StrEnum):
    """出力条件 (N-8.1.3-03)."""

    REGISTERED = "registered"
    REGISTERED_BY_OTHERS = "registered_by_others"
    BY_REQUESTER = "by_requester"


CONDITION_JA = {
    Condition.REGISTERED: "本人通知の事前登録者への交付",
    Condition.REGISTERED_BY_OTHERS: "本人通知の事前登録者への交付（申請者が本人の交付記録は除く）",
    Condition.BY_REQUESTER: "事前登録に関わらず申請者情報（第三者への交付や委任状による交付）による判定",
}


@dataclass(frozen=True)
class Policy:
    """What the city decided: whether it tells of requests of public offices (法12条の2), and as what it counts the same household."""

    public_offices: bool
    same_household: RequesterClass


def is_told(condition: Condition, standing: Requester, policy: Policy, *, registered: bool) -> bool:
    """Whether one person on one copy is told of it. `registered`: on the day on which it was handed over."""
    if standing is Requester.PUBLIC_OFFICE and not policy.public_offices:
        return False
    own = class_of(standing, policy.same_household) is RequesterClass.PRINCIPAL
    if condition is Condition.BY_REQUESTER:
        return not own and standing is not Requester.LEGAL_REPRESENTATIVE
    return registered and (condition is Condition.REGISTERED or not own)
