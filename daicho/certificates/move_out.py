"""転出証明書・転出証明書に準ずる証明書 — what those who leave take to the new city, several of one household on one paper. 住民基本台帳法第22条第2項, 令第23条.

転出証明書 is given for a 転出 that was filed in time (法24条). One that was filed later than 14 days after the removal, or not at all, was entered
ex officio: in its stead comes the 準ずる証明書, which says that it is issued as the paper to be attached to the 転入届 (std 4.1.3.0.3).
再交付 says so and bears what the first issue bore: who composes it hands in the records of that moment.

Three people to a sheet; what holds of all of them (住所, 世帯主, 転出先, 転出予定年月日) stands once, above them.
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
from daicho.certificates.layout import Grid, Slot, White, places_of, rows_of
from daicho.certificates.move_out_entries import ITEMS, words_of
from daicho.certificates.record import CertificateRecord, Leaving, ResidentKind, Subjects
from daicho.certificates.request import OWN, REQUESTER_JA, CertificateRequest

IN_TIME, IN_ITS_STEAD = "move_out_certificate", "move_out_equivalent"
PEOPLE_TO_A_SHEET = 3
GOES_ON = "次葉に続く"

_WHITE = White(side_mm=1.3, above_below_mm=0.5, line_height=1.15)


def _slot(key: str, label_mm: float, value_mm: float, size_pt: float = 9.0, label_pt: float = 6.5) -> Slot:
    return Slot(key, label_mm, value_mm, size_pt, label_pt)


def _whole(key: str, size_pt: float = 11.0) -> Slot:
    return Slot(key, 28, 146, size_pt, 7.5)


HEAD_GRID: Grid = (
    (9.6, (_whole("address"),)),
    (7.4, (_whole("head_name"),)),
    (9.6, (_whole("moves_to"),)),
    (7.4, (Slot("leaves_on", 28, 59, 11.0, 7.5), Slot("told_on", 28, 59, 11.0, 7.5))),
    (9.0, (_whole("remarks", 9.5),)),
    (8.0, (_whole("notice", 8.5),)),
)
# The column with the person's place takes 7 mm of the frame: rows are 167 mm wide, one person at most 48.5 mm high.
_LAST_ROWS: Grid = (
    (5.4, (_slot("juminhyo_code", 24, 59.5), _slot("individual_number", 24, 59.5))),
    (5.4, (_slot("health_insurance", 24, 31.5), _slot("late_elderly", 24, 31.5), _slot("care_insurance", 24, 32))),
    (5.4, (_slot("pension", 24, 59.5), _slot("basic_pension_no", 24, 59.5))),
    (5.4, (_slot("child_allowance", 24, 143),)),
)
JAPANESE_GRID: Grid = (
    (5.4, (_slot("furigana", 24, 77, 8.5), _slot("birth_date", 20, 46))),
    (8.4, (_slot("name", 24, 77, 13.0), _slot("sex", 10, 16), _slot("relationship", 11, 29))),
    (5.4, (_slot("former_surname", 24, 143),)),
    (6.4, (_slot("registered_domicile", 24, 77), _slot("family_register_head_name", 20, 46))),
    *_LAST_ROWS,
)
FOREIGN_GRID: Grid = (
    (7.6, (_slot("name", 24, 77, 13.0), _slot("birth_date", 20, 46))),
    (5.8, (_slot("alias", 24, 77), _slot("sex", 10, 16), _slot("relationship", 11, 29))),
    (6.2, (_slot("nationality", 24, 32), _slot("residence_class", 24, 31, label_pt=5.5), _slot("residence_status", 20, 36))),
    (5.4, (_slot("residence_period", 24, 32), _slot("residence_expiry", 24, 31), _slot("card_no", 20, 36, label_pt=6.0))),
    *_LAST_ROWS,
)


def _check(definition: CertificateDefinition, subjects: Subjects, request: CertificateRequest, texts: CityTexts) -> tuple[Objection, ...]:
    if not subjects.people:
        return (Objection("people", "載せる人が選ばれていません。1人以上選んでください。"),)
    people = zip(places_of(subjects.people), subjects.people, strict=True)
    return (
        *(Objection(key, f"{place}人目：{text}" if place else text) for place, record in people for key, text in _of_the_record(definition, record)),
        *_of_them_all(subjects),
        *_of_the_requester(definition, request),
        *of_the_city(definition, subjects, texts),
    )


def _of_the_record(definition: CertificateDefinition, record: CertificateRecord) -> Iterator[tuple[str, str]]:
    leaving = record.leaving
    if leaving is None:
        yield "", "国内への転出が記録されていません。転出を取り消した人や国外へ転出する人には、交付できません（法第24条）。"
    elif leaving.has_arrived:
        yield "", "転入先の市区町村から転入通知が届いています。転入の届出は済んでいるため、交付できません（法第9条第1項）。"
    elif definition.code == IN_TIME and leaving.filed_on is None:
        yield "", "転出の日から14日以内に届出のあった転出ではありません。転出証明書に準ずる証明書又は除票の写しを交付してください（標準仕様4.1.3.0.3）。"
    elif definition.code == IN_ITS_STEAD and leaving.filed_on is not None:
        yield "", "転出の日から14日以内に届出のあった転出です。転出証明書を交付してください（法第24条、令第23条）。"
    if record.is_prohibited:
        yield "", "この人には発行禁止が設定されています。設定した理由を確認し、解除されるまで交付しないでください（標準仕様1.3.8、3.4）。"
    if record.kind is ResidentKind.FOREIGN and record.foreign is None:
        yield "", "外国人住民の記載事項がありません。記録を確認してください（法第30条の45）。"
    for key, label, value in (
        ("birth_date", "生年月日", record.birth_date), ("address", "住所", record.address.one_line()), ("juminhyo_code", "住民票コード", record.juminhyo_code),
    ):  # fmt: skip
        if not value:
            yield key, f"「{label}」が空欄です。空欄にできない事項のため交付できません。記録を確認してください（標準仕様1.1.6）。"


def _of_them_all(subjects: Subjects) -> Iterator[Objection]:
    """What stands once must be so of everyone."""
    if len({(person.address.one_line(), person.head_name) for person in subjects.people}) > 1:
        yield Objection("address", "載せる人の住所、方書又は世帯主が同じではありません。世帯ごとに分けて交付してください（令第23条）。")
    if len({(each.to, each.leaves_on, each.filed_on, each.is_special) for person in subjects.people if (each := person.leaving)}) > 1:
        yield Objection("moves_to", "載せる人の転出先、転出予定年月日又は届出の年月日が同じではありません。届出ごとに分けて交付してください（令第23条）。")


def _of_the_requester(definition: CertificateDefinition, request: CertificateRequest) -> Iterator[Objection]:
    """Who may file the 転出: an agent too, who brings the paper to the new city with the 転入届 (法27条)."""
    if request.requester not in definition.may_be_asked_by:
        yield Objection(
            "", f"{REQUESTER_JA[request.requester]}には「{definition.ja}」を交付できません。転出する本人、同一世帯の者又は代理人に交付してください。"
        )


def _compose(definition: CertificateDefinition, subjects: Subjects, request: CertificateRequest, texts: CityTexts, number: IssueNumber) -> Document:
    if found := _check(definition, subjects, request, texts):
        raise NotIssuable(found)
    people = [(place, record, record.leaving) for place, record in zip(places_of(subjects.people), subjects.people, strict=True) if record.leaving]
    head = _head(definition, people[0][1], people[0][2], texts)
    blocks = [_block(place, record, leaving, texts) for place, record, leaving in people]
    sheets = [Leaf((head, *blocks[at : at + PEOPLE_TO_A_SHEET]), closing=GOES_ON) for at in range(0, len(blocks), PEOPLE_TO_A_SHEET)]
    sheets[-1] = replace(sheets[-1], closing=texts.wording.below_is_blank)
    return assembled(definition, subjects, request, texts, number, tuple(sheets), mark=texts.wording.reissued if request.is_reissue else "")


def _head(definition: CertificateDefinition, first: CertificateRecord, leaving: Leaving, texts: CityTexts) -> Block:
    wording = texts.wording
    remarks = [wording.to_be_attached if definition.code == IN_ITS_STEAD else "", wording.left_specially if leaving.is_special else ""]
    said = words_of(first, leaving, texts) | {"remarks": "　".join(filter(None, remarks)) or wording.blank, "notice": wording.to_move_in}
    return Block(rows_of(HEAD_GRID, {item.key: item.ja for item in definition.items}, said))


def _block(place: int, record: CertificateRecord, leaving: Leaving, texts: CityTexts) -> Block:
    grid = JAPANESE_GRID if record.kind is ResidentKind.JAPANESE else FOREIGN_GRID
    rows = rows_of(grid, {item.key: item.ja for item in ITEMS}, words_of(record, leaving, texts), person=place, white=_WHITE)
    return Block(rows, label=str(place or 1))


MOVE_OUT_CERTIFICATE = CertificateDefinition(
    code=IN_TIME,
    ja="転出証明書",
    title="転出証明書",
    article="住民基本台帳法第22条第2項、令第23条",
    template="move_out.typ",
    fee_key="fee_move_out_yen",
    in_force=(date(2025, 5, 26), None),
    items=ITEMS,
    omissible=(),
    may_be_asked_by=OWN,
    check_rule=_check,
    compose_rule=_compose,
    certification=Certification("certification_move_out", "転出証明書の認証文", "上記のとおり転出の届出があったことを証明する。"),
    sheets=frozenset(),
)
_LABELS = {"moves_to": "転出先", "leaves_on": "転出年月日"}
MOVE_OUT_EQUIVALENT = replace(
    MOVE_OUT_CERTIFICATE,
    code=IN_ITS_STEAD,
    ja="転出証明書に準ずる証明書",
    title="転出証明書に準ずる証明書",
    article="住民基本台帳法第22条第2項、令第12条第1項",
    items=tuple(replace(item, ja=_LABELS.get(item.key, item.ja)) for item in ITEMS),
    certification=Certification("certification_move_out_equivalent", "転出証明書に準ずる証明書の認証文", "上記のとおり相違ないことを証明する。"),
)
