"""戸籍の届出・法9条2項通知・法19条2項通知を読む — which 異動 it asks for, and its form filled in. 住民基本台帳法第9条第2項, 第19条第2項; std 4.2.0.3, 4.2.0.4.

None of them is a 届出 of 令11条: all are entered ex officio, and the day of the notice stands in 戸籍届出・通知日 (domain §2.1 no. 5: they come in;
what goes out is 法9条1項 and 法19条1項).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from daicho.contracts.family_register_notice_v1 import FamilyRegisterNoticeV1, RegisterEntries, RegisterPerson
from daicho.residents.rules.received.reading import Named, Reading, Role, Said, day_of, day_text, three_facts
from daicho.residents.rules.vocabulary import NOTARISED, SEXES, word
from daicho.values.dates import wareki

FAMILY_REGISTER, ARTICLE_9_2, ARTICLE_19_2 = "family_register", "article_9_2", "article_19_2"
DISAGREEMENT = "register_disagreement"
"""The matter of 法19条2項: what the 附票記載事項通知 said does not agree with the 戸籍."""

BY_19_2 = "本籍地の市区町村からの通知（法第19条第2項）による。"
"""What the 職権修正 that follows rests on, for the 職権記録書."""

MATTERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "birth": ("出生", "birth"),
        "death": ("死亡", "death"),
        "disappearance": ("失踪宣告", "disappearance"),
        "marriage": ("婚姻", "marriage"),
        "divorce": ("離婚", "divorce"),
        "adoption": ("養子縁組", "adoption"),
        "adoption_dissolved": ("養子離縁", "adoption_dissolved"),
        "special_adoption": ("特別養子縁組", "special_adoption"),
        "recognition": ("認知", "recognition"),
        "register_entry": ("入籍", "register_entry"),
        "register_branch": ("分籍", "register_branch"),
        "register_transfer": ("転籍", "register_transfer"),
        "surname_change": ("氏の変更", "surname_change"),
        "given_name_change": ("名の変更", "given_name_change"),
        "sex_change": ("性別の取扱いの変更", "sex_change"),
        "register_correction": ("戸籍訂正", "register_correction"),
        "furigana": ("氏名の振り仮名", "furigana"),
        "naturalisation": ("帰化", "naturalisation"),
        "nationality_acquisition": ("国籍取得", "nationality_acquisition"),
        "nationality_loss": ("国籍喪失", "nationality_loss"),
        DISAGREEMENT: ("附票記載事項の不一致", "ex_officio_correction"),
    }
)
"""What the 戸籍 tells: the word, and the 異動 by which it is entered. What stands here and is no 異動 yet is kept and shown, and waits."""

_ENTRIES = (
    ("氏名", "name_kanji", True), ("振り仮名", "name_kana", False), ("性別", "sex_code", False), ("本籍", "registered_domicile", True),
    ("筆頭者", "family_register_head_name", True), ("続柄", "relationship", False),
)  # fmt: skip


def kind_of(message: FamilyRegisterNoticeV1, city_code: str) -> str:
    """Which of the three it is: from our own 戸籍, or of another municipality."""
    if message.matter == DISAGREEMENT:
        return ARTICLE_19_2
    return FAMILY_REGISTER if message.municipality_code == city_code else ARTICLE_9_2


def read_family_register(message: FamilyRegisterNoticeV1, kind: str, received_on: date) -> Reading:
    """戸籍届出・通知日 is the day the 届書 was accepted here, or the day the notice came."""
    matter_ja, event = MATTERS.get(message.matter, (message.matter, ""))
    day, told_on = day_of(message.event_date), message.accepted_on if kind == FAMILY_REGISTER else received_on
    is_birth = message.matter == "birth"
    people = tuple(_home(person) if is_birth else _person(person) for person in message.people) + tuple(
        _child(child, message.event_date) for child in message.newborns
    )
    filing = {
        "effective_on": day.as_written if day else "",
        "filed_on": wareki(told_on),
        "ground": kind if kind != ARTICLE_19_2 else "ex_officio",
        "reason": BY_19_2 if kind == ARTICLE_19_2 else "",
    }
    said = (
        Said("届出・通知の種類", matter_ja),
        Said("異動日", day_text(message.event_date)),
        Said("届書の受理日", wareki(message.accepted_on)),
        Said("戸籍届出・通知日", wareki(told_on)),
    )
    return Reading(event, matter_ja, said, filing, people)


def _person(person: RegisterPerson) -> Named:
    return Named(
        Role.RESIDENT, (*_who(person), *_new(person.entries, "新しい")), _texts(person.entries), person.juminhyo_code,
        three_facts(person.name_kanji, person.birth_date, person.sex_code),
    )  # fmt: skip


def _home(person: RegisterPerson) -> Named:
    return Named(Role.HOME, _who(person), {}, person.juminhyo_code, three_facts(person.name_kanji, person.birth_date, person.sex_code))


def _child(child: RegisterEntries, born_on: str) -> Named:
    """Looked for too: the same child may have been told of before."""
    return Named(Role.NEWCOMER, _new(child, ""), _texts(child), None, three_facts(child.name_kanji or "", born_on, child.sex_code or ""))


def _who(person: RegisterPerson) -> tuple[Said, ...]:
    return (
        Said("氏名", person.name_kanji, "name", True),
        Said("生年月日", day_text(person.birth_date), "birth_date"),
        Said("性別", word(SEXES, person.sex_code), "sex_code"),
    )


def _new(entries: RegisterEntries, prefix: str) -> tuple[Said, ...]:
    """What is to be entered, beside what stands there until now."""
    found = []
    for label, name, is_name in _ENTRIES:
        text = getattr(entries, name)
        if text is not None:
            found.append(Said(f"{prefix}{label}", word(SEXES, text) if name == "sex_code" else text, name, is_name))
    if entries.kana_notarised:
        found.append(Said("振り仮名の公証", word(NOTARISED, entries.kana_notarised), "kana_notarised"))
    return tuple(found)


def _texts(entries: RegisterEntries) -> dict[str, str]:
    names = ("name_kanji", "name_kana", "kana_notarised", "sex_code", "registered_domicile", "family_register_head_name", "relationship")
    return {name: text for name in names if (text := getattr(entries, name))}
