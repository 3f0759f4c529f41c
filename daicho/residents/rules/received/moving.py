"""引越しワンストップの申請を読む — 転出届 and 来庁予約 of マイナポータル: the 異動 that it asks for, and its form filled in. 住民基本台帳法第22条–第24条; domain §9.

A 転出届 is complete as it comes, and its card stands for the 転出証明書 (法24条の2). For 転入 and 転居 somebody must come to the counter: the application is a 予約, and the form is begun when they come.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from daicho.contracts.moving_application_v1 import MovingApplicationV1, MovingPerson
from daicho.residents.rules.leaving import DAYS_AS_A_FILING
from daicho.residents.rules.received.reading import Named, Reading, Role, Said, day_of, day_text, three_facts
from daicho.residents.rules.vocabulary import MOVED_IN, MOVED_OUT, MOVED_OUT_SPECIALLY, RELOCATED, SEXES, word
from daicho.values.address import PREFECTURES, Address
from daicho.values.dates import wareki

MOVING, MOVING_WITHDRAWAL = "moving", "moving_withdrawal"
MOVE_OUT, MOVE_IN_VISIT, RELOCATION_VISIT = "move_out", "move_in_visit", "relocation_visit"
MATTERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {MOVE_OUT: ("転出届", MOVED_OUT_SPECIALLY), MOVE_IN_VISIT: ("転入の来庁予約", MOVED_IN), RELOCATION_VISIT: ("転居の来庁予約", RELOCATED)}
)
WITHDRAWAL_JA = "申請の取消し"

COMPLETED_JA = MappingProxyType(
    {
        MOVE_OUT: "転出届の手続が完了しました。引越しの日から14日以内に、新しい住所地の市区町村で転入の届出をしてください。",
        MOVE_IN_VISIT: "転入の手続が完了しました。",
        RELOCATION_VISIT: "転居の手続が完了しました。",
    }
)
"""処理完了通知, as the applicant reads it."""
WITHDRAWN_JA = "申請を取り消しました。"

DAYS_BEFORE, DAYS_AFTER = 30, 10
"""The window in which マイナポータル takes applications: 30 days before the move to 10 days after it (domain §9)."""

UNKNOWN = "申請者と氏名・生年月日・性別の一致する人が、本市の住民にも除票にもいません。対象者を検索して選んでください。"
BEFORE_WINDOW = f"引越しの日の{DAYS_BEFORE}日より前の申請です。引越しの日に誤りがないか、申請者に確かめてください。"
AFTER_WINDOW = f"引越しの日から{DAYS_AFTER}日を過ぎて届いた申請です。届出の期間（14日）に注意して処理してください（法第22条–第24条）。"
NO_TOWN = "新しい住所の町名が住所辞書にありません。申請者が書いたままの住所です。正しい町名に直してください。"
ELSEWHERE = "新しい住所が本市ではありません。申請先に誤りがないか、申請者に確かめてください。"
HERE = "転出先が本市です。市内の引越しは転居の届出が要ります。申請者に連絡してください（法第23条）。"
NO_VISIT = "来庁予定日がありません。申請者に来庁の日を確かめてください。"
WITHDRAWN_FIRST = "この申請は、届く前に取り消されています。"
ANOTHER = "同じ人の別の申請が届いています。二重の申請でないか確かめ、要らないものを「対象なし」としてください。"
CHANGED = "申請者が内容を変更しました。変更後の内容を表示しています。"
CHANGED_WHILE_ENTERED = "入力を始めた後に、申請者が内容を変更しました。届書の内容を、変更後の申請に合わせて直してください。"
CHANGED_AFTER = "本登録の後に、申請者が内容を変更しました。申請者に確かめ、必要なら異動の取消しや新しい届出をしてください。"


def read_moving(message: MovingApplicationV1, city: str, postal_code: str) -> Reading:
    """`city`: the city with its prefecture, as addresses begin; `postal_code` by the dictionary, used when the applicant gave none.

    届出日 of a 転出届 is the day the applicant sent it; of the others the day of the visit, which the form's default is.
    """
    matter_ja, event = MATTERS.get(message.matter, (message.matter, ""))
    if message.matter == MOVE_OUT and message.applied_at.date() - timedelta(days=DAYS_AS_A_FILING) > message.moving_on:
        event = MOVED_OUT  # too late for a card to stand for the paper
    said = [
        Said("申請の種類", matter_ja),
        Said("引越しの日", wareki(message.moving_on)),
        Said("いままでの住所", message.former_address, is_name=True),
        Said("新しい住所", message.new_address, is_name=True),
        Said("新しい方書", message.new_address_building or "", is_name=True),
    ]
    if message.matter != MOVE_OUT:
        said.append(Said("来庁予定日", wareki(message.visit_on) if message.visit_on else ""))
    role = Role.NEWCOMER if message.matter == MOVE_IN_VISIT else Role.RESIDENT
    people = tuple(_person(person, role, signed=place == 0 and message.matter == MOVE_OUT) for place, person in enumerate(message.people))
    return Reading(event, matter_ja, tuple(said), _filing(message, city, postal_code), people)


def _filing(message: MovingApplicationV1, city: str, postal_code: str) -> dict[str, str]:
    postal = message.new_postal_code or postal_code
    common = {"effective_on": wareki(message.moving_on), "filer": "self"}
    if message.matter == MOVE_OUT:
        return common | {
            "filed_on": wareki(message.applied_at.date()),
            "planned_municipality_code": message.new_municipality_code or "",
            "planned_address": message.new_address,
            "planned_address_building": message.new_address_building or "",
            "planned_postal_code": postal,
        }
    address, building = within_city(message.new_address, city)
    return common | {
        "address": address or message.new_address,
        "address_building": message.new_address_building or building,
        "address_postal_code": postal,
        "previous_address": message.former_address,
    }


def _person(person: MovingPerson, role: Role, *, signed: bool) -> Named:
    """`signed`: with the certificate of their card, so that a 転出 needs no 転出証明書 (法24条の2)."""
    born = day_of(person.birth_date)
    said = (
        Said("氏名", person.name_kanji, "name", True),
        Said("振り仮名", person.name_kana or "", "kana"),
        Said("生年月日", day_text(person.birth_date), "birth_date"),
        Said("性別", word(SEXES, person.sex_code), "sex_code"),
        *((Said("続柄", person.relationship, "relationship"),) if person.relationship else ()),
    )
    texts = {
        "name_kanji": person.name_kanji,
        "name_kana": person.name_kana or "",
        "birth_date": born.as_written if born else "",
        "sex_code": person.sex_code,
        "relationship": person.relationship or "",
    }
    typed = texts if role is Role.NEWCOMER else {"holds_card": "yes"} if signed else {}
    return Named(role, said, typed, None, three_facts(person.name_kanji, person.birth_date, person.sex_code))


def within_city(typed: str, city: str) -> tuple[str, str]:
    """住所 and 方書 as the forms of this city take them, from what an applicant typed in one line: the city, which may be left out, and spaces
    go; what follows a space and is no number is 方書. Both "" for an address elsewhere.
    """
    prefecture = next((p for p in PREFECTURES if city.startswith(p)), "")
    rest = re.sub(rf"^\s*({prefecture})?\s*({city.removeprefix(prefecture)})\s*", "", typed)
    if rest == typed and Address.parse(typed.strip()).city:
        return "", ""
    words = rest.split()
    lot = next((at for at, each in enumerate(words) if at and not unicodedata.normalize("NFKC", each)[0].isdigit()), len(words))
    return "".join(words[:lot]), " ".join(words[lot:])


def spellings(address: str, city: str) -> list[str]:
    """How the dictionary may write an address of this city that was typed freely: widths and numerals of 丁目 each way. The first is as typed."""
    plain = unicodedata.normalize("NFKC", address)
    return list(dict.fromkeys(f"{city}{each}" for each in (address, plain, _CHOME.sub(_arabic, plain), _CHOME_DIGITS.sub(_kanji, plain))))


_NUMERALS = "〇一二三四五六七八九十"
_CHOME = re.compile(r"([一二三四五六七八九十])丁目")
_CHOME_DIGITS = re.compile(r"(?<!\d)([1-9]|10)丁目")


def _arabic(found: re.Match[str]) -> str:
    return f"{_NUMERALS.index(found[1])}丁目"


def _kanji(found: re.Match[str]) -> str:
    return f"{_NUMERALS[int(found[1])]}丁目"


def doubts(message: MovingApplicationV1, city: str, city_code: str, *, has_town: bool, received_on: date) -> Iterator[str]:
    """What a clerk should look at before the form is begun."""
    if message.moving_on > received_on + timedelta(days=DAYS_BEFORE):
        yield BEFORE_WINDOW
    if message.moving_on < received_on - timedelta(days=DAYS_AFTER):
        yield AFTER_WINDOW
    if message.matter == MOVE_OUT:
        if message.new_municipality_code == city_code or message.new_address.startswith(city):
            yield HERE
        return
    if message.visit_on is None:
        yield NO_VISIT
    if not within_city(message.new_address, city)[0]:
        yield ELSEWHERE
    elif not has_town:
        yield NO_TOWN
