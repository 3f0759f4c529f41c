"""住民票の写し（広域交付） — of somebody who lives in another city, from what that city told over 住基ネット. 住民基本台帳法第12条の4; 令第15条の3; domain §4.5.

For the person and those of the same household alone. There is no place on it for 本籍 and 筆頭者, 個別記載事項, history, 備考 and the aliases of before;
nor is it ever made of a 除票. The form is ours, after the household's sheet: 住所 and 世帯主 once, four people below.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from daicho.certificates.assembly import assembled
from daicho.certificates.city_texts import CityTexts, IssueNumber
from daicho.certificates.definitions import CertificateDefinition, Certification, NotIssuable, Objection
from daicho.certificates.document import Block, Document, Leaf
from daicho.certificates.issue_rules import of_the_city
from daicho.certificates.juminhyo_entries import ITEMS, OMISSIBLE, printed
from daicho.certificates.juminhyo_household import GOES_ON, PEOPLE_TO_A_SHEET
from daicho.certificates.layout import Grid, Slot, White, places_of, rows_of
from daicho.certificates.record import CertificateRecord, ResidentKind, Subjects
from daicho.certificates.request import REQUESTER_JA, CertificateRequest, Omissible, Requester

_NEVER = frozenset({"registered_domicile", "family_register_head_name"})
_CHOICES = frozenset(
    {
        Omissible.HEAD_NAME, Omissible.RELATIONSHIP, Omissible.JUMINHYO_CODE, Omissible.INDIVIDUAL_NUMBER, Omissible.NATIONALITY, Omissible.RESIDENCE_CLASS,
        Omissible.RESIDENCE_STATUS, Omissible.RESIDENCE_PERIOD, Omissible.RESIDENCE_EXPIRY, Omissible.CARD_NO,
    }
)  # fmt: skip
RESIDENCE_ITEMS = _CHOICES - {Omissible.HEAD_NAME, Omissible.RELATIONSHIP, Omissible.JUMINHYO_CODE, Omissible.INDIVIDUAL_NUMBER}
"""What is asked for together of foreign residents."""

_WHITE = White(side_mm=1.3, above_below_mm=0.5, line_height=1.15)


def _slot(key: str, label_mm: float, value_mm: float, size_pt: float = 9.0, label_pt: float = 6.5) -> Slot:
    return Slot(key, label_mm, value_mm, size_pt, label_pt)


HEAD_GRID: Grid = (
    (10.6, (Slot("address", 24, 150, 11.5),)),
    (8.4, (Slot("head_name", 24, 150, 11.5),)),
)
# The column with the person's place takes 7 mm of the frame: rows are 167 mm wide, one person at most 45.5 mm high.
_LAST_ROWS: Grid = (
    (7.6, (_slot("previous_address", 24, 143),)),
    (6.4, (_slot("juminhyo_code", 24, 59.5), _slot("individual_number", 24, 59.5))),
)
JAPANESE_GRID: Grid = (
    (5.6, (_slot("furigana", 24, 77, 8.5), _slot("birth_date", 20, 46))),
    (8.6, (_slot("name", 24, 77, 13.0), _slot("sex", 10, 16), _slot("relationship", 11, 29))),
    (5.6, (_slot("former_surname", 24, 143),)),
    (6.0, (_slot("became_resident_on", 24, 32), _slot("address_fixed_on", 24, 31), _slot("filed_on", 20, 36))),
    *_LAST_ROWS,
)
FOREIGN_GRID: Grid = (
    (8.2, (_slot("name", 24, 77, 13.0), _slot("birth_date", 20, 46))),
    (5.6, (_slot("alias", 24, 77), _slot("sex", 10, 16), _slot("relationship", 11, 29))),
    (5.4, (_slot("became_foreign_resident_on", 24, 32, label_pt=5.5), _slot("address_fixed_on", 24, 31), _slot("filed_on", 20, 36))),
    (6.2, (_slot("nationality", 24, 32), _slot("residence_class", 24, 31, label_pt=5.5), _slot("residence_status", 20, 36))),
    (5.4, (_slot("residence_period", 24, 32), _slot("residence_expiry", 24, 31), _slot("card_no", 20, 36, label_pt=6.0))),
    *_LAST_ROWS,
)


def _check(definition: CertificateDefinition, subjects: Subjects, request: CertificateRequest, texts: CityTexts) -> tuple[Objection, ...]:
    if not subjects.people:
        return (Objection("people", "住所地の市区町村から、載せる人が届いていません。"),)
    return (*_of_the_people(subjects, request), *_of_the_request(definition, request), *of_the_city(definition, subjects, texts))


def _of_the_people(subjects: Subjects, request: CertificateRequest) -> Iterator[Objection]:
    for place, record in zip(places_of(subjects.people), subjects.people, strict=True):
        whose = f"{place}人目：" if place else ""
        for key, label, value in (("birth_date", "生年月日", record.birth_date), ("address", "住所", record.address.one_line())):
            if not value:
                yield Objection(key, f"{whose}届いた情報の「{label}」が空欄です。空欄にできない事項のため交付できません。住所地の市区町村に確認してください。")
        for number, label, value in (
            (Omissible.INDIVIDUAL_NUMBER, "個人番号", record.individual_number), (Omissible.JUMINHYO_CODE, "住民票コード", record.juminhyo_code),
        ):  # fmt: skip
            if number in request.shown and value is None:
                yield Objection(number.value, f"{whose}{label}が届いていません。{label}を省略して照会し直すか、住所地の市区町村に確認してください。")


def _of_the_request(definition: CertificateDefinition, request: CertificateRequest) -> Iterator[Objection]:
    if request.requester not in definition.may_be_asked_by:
        who = REQUESTER_JA[request.requester]
        yield Objection("", f"{who}には広域交付できません。請求できるのは、本人と同一世帯の人だけです（法第12条の4）。")
    if {Omissible.INDIVIDUAL_NUMBER, Omissible.JUMINHYO_CODE} <= request.shown and not request.use_confirmed:
        yield Objection("use_confirmed", "個人番号と住民票コードを同時に記載する目的の確認が記録されていません。使用目的を確認してください。")


def _compose(definition: CertificateDefinition, subjects: Subjects, request: CertificateRequest, texts: CityTexts, number: IssueNumber) -> Document:
    if found := _check(definition, subjects, request, texts):
        raise NotIssuable(found)
    head = _head(definition, subjects.people[0], request, texts)
    blocks = [_block(place, record, request, texts) for place, record in zip(places_of(subjects.people), subjects.people, strict=True)]
    sheets = [Leaf((head, *blocks[at : at + PEOPLE_TO_A_SHEET]), closing=GOES_ON) for at in range(0, len(blocks), PEOPLE_TO_A_SHEET)]
    sheets[-1] = replace(sheets[-1], closing=texts.wording.below_is_blank)
    return assembled(definition, subjects, request, texts, number, tuple(sheets), mark=texts.wording.wide_area)


def _head(definition: CertificateDefinition, first: CertificateRecord, request: CertificateRequest, texts: CityTexts) -> Block:
    items = definition.items_for(first.kind)
    return Block(rows_of(HEAD_GRID, {item.key: item.ja for item in items}, printed(items, first, request.shown, texts)))


def _block(place: int, record: CertificateRecord, request: CertificateRequest, texts: CityTexts) -> Block:
    items = WIDE_AREA_COPY.items_for(record.kind)
    grid = JAPANESE_GRID if record.kind is ResidentKind.JAPANESE else FOREIGN_GRID
    said = printed(items, record, request.shown, texts)
    return Block(rows_of(grid, {item.key: item.ja for item in items}, said, person=place, white=_WHITE), label=str(place or 1))


WIDE_AREA_COPY = CertificateDefinition(
    code="wide_area_copy",
    ja="住民票の写し（広域交付）",
    title="住民票",
    article="住民基本台帳法第12条の4",
    template="wide_area.typ",
    fee_key="fee_wide_area_yen",
    in_force=(date(2025, 5, 26), None),
    items=tuple(item for item in ITEMS if item.key not in _NEVER),
    omissible=tuple(each for each in OMISSIBLE if each.omissible in _CHOICES),
    may_be_asked_by=frozenset({Requester.SELF, Requester.SAME_HOUSEHOLD}),
    check_rule=_check,
    compose_rule=_compose,
    certification=Certification("certification_wide_area", "広域交付の認証文", "この写しは、住所地の市区町村長の通知に基づき作成したものである。"),
    sheets=frozenset(),
)
