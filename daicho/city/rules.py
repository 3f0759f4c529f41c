"""変更の規則 — what a change of the city's settings, offices, terminals or certifiers must be. Pure. 標準1.3.1, 1.3.9; spec/domain.md §13.

One change is about one thing and says what shall hold of it from a day on: the whole of its entries, or nothing (廃止).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from daicho.city.defaults import DEFAULTS
from daicho.city.errors import Problem
from daicho.city.kinds import Value
from daicho.city.values import Certifier, Office, Terminal

_CODE = re.compile(r"[A-Za-z0-9-]+", re.ASCII)
_POSTAL_CODE = re.compile(r"(?:\d{7})?", re.ASCII)
MAYOR, DEPUTY = "mayor", "deputy"
LONGEST_REASON = 200


class About(StrEnum):
    """What is changed."""

    SETTING = "setting"
    OFFICE = "office"
    TERMINAL = "terminal"
    CERTIFIER = "certifier"


ABOUT_JA: Mapping[About, str] = MappingProxyType(
    {About.SETTING: "設定値", About.OFFICE: "入力場所", About.TERMINAL: "入力端末", About.CERTIFIER: "認証者"},
)
KEY_JA: Mapping[About, str] = MappingProxyType({About.SETTING: "項目", About.OFFICE: "場所コード", About.TERMINAL: "端末コード", About.CERTIFIER: "区分"})
CERTIFIERS_JA: Mapping[str, str] = MappingProxyType({MAYOR: "市長", DEPUTY: "職務代理者"})


@dataclass(frozen=True)
class Entry:
    """One entry of a thing. `is_order` = a whole number, else a text of at most `longest` characters."""

    name: str
    ja: str
    longest: int = 60
    required: bool = False
    is_order: bool = False
    hint: str = ""


ENTRIES: Mapping[About, tuple[Entry, ...]] = MappingProxyType(
    {
        About.OFFICE: (
            Entry("name", "名称", required=True, hint="例：駅前サービスセンター"),
            Entry("counter_name", "窓口の名称", hint="例：戸籍住民課。入力場所がそのまま窓口のときは空欄。"),
            Entry("postal_code", "郵便番号", 7, hint="7桁の数字。"),
            Entry("address", "所在地", 120),
            Entry("order", "並び順", is_order=True, hint="一覧に並べる順。0から999まで。"),
        ),
        About.TERMINAL: (
            Entry("name", "端末名", required=True, hint="証明書の発行番号に載ります（標準5.5）。"),
            Entry("office_code", "入力場所", 12, required=True),
            Entry("printer", "プリンタ番号", 30),
            Entry("order", "並び順", is_order=True, hint="一覧に並べる順。0から999まで。"),
        ),
        About.CERTIFIER: (
            Entry("title", "職名", required=True, hint="都道府県名から。証明書にこのとおり印字します（標準5.6）。"),
            Entry("name", "氏名", required=True, hint="証明書にこのとおり印字します。"),
            Entry("seal_name", "電子公印", hint="登録した公印の画像の名前。"),
        ),
        About.SETTING: (),
    }
)


@dataclass(frozen=True)
class Change:
    """What shall hold of one thing from `valid_from` (to `valid_to`) on. `given` None = 廃止: from that day it is not there any more.

    `key`: the setting's key, the office's or terminal's code, MAYOR or DEPUTY. `given`: JSON; of a setting {"value": …}, else by ENTRIES.
    """

    about: About
    key: str
    given: Mapping[str, Value] | None
    valid_from: date
    valid_to: date | None = None
    reason: str = ""

    @property
    def name_ja(self) -> str:
        """What the change is about, as a list calls it."""
        if self.about is About.SETTING:
            return DEFAULTS[self.key].ja if self.key in DEFAULTS else self.key
        if self.about is About.CERTIFIER:
            return CERTIFIERS_JA.get(self.key, self.key)
        return f"{ABOUT_JA[self.about]}「{self.key}」"


def change_to(thing: Office | Terminal | Certifier, valid_from: date, valid_to: date | None = None, reason: str = "") -> Change:
    """The change after which `thing` is as it stands here."""
    if isinstance(thing, Certifier):
        about, key = About.CERTIFIER, DEPUTY if thing.is_deputy else MAYOR
    else:
        about, key = About.OFFICE if isinstance(thing, Office) else About.TERMINAL, thing.code
    return Change(about, key, {entry.name: getattr(thing, entry.name) for entry in ENTRIES[about]}, valid_from, valid_to, reason)


@dataclass(frozen=True)
class Known:
    """What a change is judged against: today, and how things stand on the change's first day."""

    today: date
    prefecture_name: str
    offices: frozenset[str]
    is_there: bool  # it has begun before that day, and has not ended
    later: date | None = None  # a change of it after that day is in force already
    is_designated_city: bool = False


def change_problems(change: Change, known: Known) -> tuple[Problem, ...]:
    """Everything that is wrong with a change that an officer proposes."""
    return (*_day_problems(change, known), *_reason_problems(change), *content_problems(change, known))


def content_problems(change: Change, known: Known) -> tuple[Problem, ...]:
    """What is wrong with its content and period; also asked of what the installation itself registers."""
    if change.given is None:
        return tuple(_end_problems(change, known))
    return (*_period_problems(change), *_JUDGES[change.about](change, change.given, known))


def _day_problems(change: Change, known: Known) -> Iterator[Problem]:
    if change.valid_from < known.today:
        yield "valid_from", f"「{change.name_ja}」の有効開始日が過ぎています。今日以後の日付で入力してください（過ぎた日の証明書や記録は変わりません）。"


def _reason_problems(change: Change) -> Iterator[Problem]:
    if not change.reason.strip():
        yield "reason", f"「{change.name_ja}」を変える理由を入力してください。"
    elif len(change.reason) > LONGEST_REASON:
        yield "reason", f"理由は{LONGEST_REASON}文字以内で入力してください。"


def _period_problems(change: Change) -> Iterator[Problem]:
    if change.valid_to is not None and change.valid_to < change.valid_from:
        yield "valid_to", f"「{change.name_ja}」の有効終了日が有効開始日より前です。日付を確認してください。"


def _end_problems(change: Change, known: Known) -> Iterator[Problem]:
    if change.about is About.SETTING:
        yield "", "設定値は廃止できません。元に戻すときは、元の値を入力してください。"
    elif (change.about, change.key) == (About.CERTIFIER, MAYOR):
        yield "", "市長は廃止できません。後任の市長か、職務代理者を登録してください。"
    elif not known.is_there:
        yield "valid_from", f"{change.name_ja}は、その日に登録されていません。コードと日付を確認してください。"
    elif known.later is not None:
        yield "valid_from", f"{change.name_ja}には、その日以後に始まる変更が承認されています。{known.later.isoformat()}以後の日付で廃止してください。"


def _setting_problems(change: Change, given: Mapping[str, Value], known: Known) -> Iterator[Problem]:
    default = DEFAULTS.get(change.key)
    if default is None:
        yield "", "この設定項目はありません。一覧から選び直してください。"
    elif not default.accepts(given.get("value")):
        yield "value", f"「{default.ja}」は{default.accepts_ja}で入力してください。"
    elif default.must_in_designated_city and known.is_designated_city and not given["value"]:
        yield "value", f"「{default.ja}」は、指定都市では必須の機能です。使わないことにはできません（{default.source}）。"


def _office_problems(change: Change, given: Mapping[str, Value], known: Known) -> Iterator[Problem]:
    yield from _coded_problems(change, given, 12)
    if not _POSTAL_CODE.fullmatch(str(given.get("postal_code", ""))):
        yield "postal_code", "郵便番号は7桁の数字で入力してください。"


def _terminal_problems(change: Change, given: Mapping[str, Value], known: Known) -> Iterator[Problem]:
    yield from _coded_problems(change, given, 20)
    office = str(given.get("office_code", ""))
    if office and office not in known.offices:
        yield "office_code", f"場所コード「{office}」の入力場所は{change.valid_from.isoformat()}に登録されていません。先に入力場所を登録してください。"


def _certifier_problems(change: Change, given: Mapping[str, Value], known: Known) -> Iterator[Problem]:
    if change.key not in CERTIFIERS_JA:
        yield "key", "認証者の区分（市長、職務代理者）を選んでください。"
    if not str(given.get("name", "")).strip():
        yield "name", "認証者の氏名が空欄です。氏名を入力してください（標準仕様書1.3.9）。"
    if not str(given.get("title", "")).startswith(known.prefecture_name):
        yield "title", f"認証者の職名に都道府県名がありません。「{known.prefecture_name}」から始まる職名を入力してください（標準仕様書5.6）。"
    if change.key == DEPUTY and change.valid_to is None:
        yield "valid_to", "職務代理者の期間の終わりの日を入力してください（標準仕様書1.3.9）。"
    yield from _entry_problems(change.about, given, asked=frozenset({"name", "title"}))


def _coded_problems(change: Change, given: Mapping[str, Value], longest: int) -> Iterator[Problem]:
    if not _CODE.fullmatch(change.key) or len(change.key) > longest:
        yield "key", f"{KEY_JA[change.about]}は{longest}文字までの英数字とハイフンで入力してください。"
    if change.valid_to is not None:
        yield "valid_to", f"{ABOUT_JA[change.about]}に終わりの日は付けられません。終わらせるときは、廃止を申請してください。"
    yield from _entry_problems(change.about, given)


def _entry_problems(about: About, given: Mapping[str, Value], asked: frozenset[str] = frozenset()) -> Iterator[Problem]:
    for entry in ENTRIES[about]:
        value = given.get(entry.name, 0 if entry.is_order else "")
        if entry.is_order:
            if not isinstance(value, int) or not 0 <= value <= 999:
                yield entry.name, f"{entry.ja}は0から999までの整数で入力してください。"
        elif entry.required and entry.name not in asked and not str(value).strip():
            yield entry.name, f"{ABOUT_JA[about]}の{entry.ja}を入力してください。"
        elif len(str(value)) > entry.longest:
            yield entry.name, f"{entry.ja}は{entry.longest}文字以内で入力してください。"


_JUDGES: Mapping[About, Any] = MappingProxyType(  # Any: the four functions above
    {About.SETTING: _setting_problems, About.OFFICE: _office_problems, About.TERMINAL: _terminal_problems, About.CERTIFIER: _certifier_problems},
)


def shown(about: About, key: str, given: Mapping[str, Value] | None) -> tuple[tuple[str, str], ...]:
    """Each entry with its text, as screens show what is and what shall be; all empty where there is nothing."""
    if about is About.SETTING:
        default = DEFAULTS.get(key)
        value = "" if given is None else default.kind.shown(given["value"]) if default else str(given["value"])
        return (("値", value),)
    return tuple((entry.ja, "" if given is None else str(given.get(entry.name, ""))) for entry in ENTRIES[about])
