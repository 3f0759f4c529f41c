"""住民票の写し（世帯連記式） — the people of one household on one paper, four to a sheet. 住民基本台帳法第12条; 標準仕様 1.1.3, 5.1, 5.2, 20.1.2; domain §4.2.

What is so today, without the history (which the personal sheet has). All who live in the household or chosen ones, in the order of the paper:
`Subjects.people` come in it already. Nobody who was removed is among them (N-5.1-14). 住所 and 世帯主 stand once, above the people: where members
have other 方書 (which std 4.1.4.1 lets them), or the copies of the head's name differ, the paper would be wrong for some, and is refused.

備考 holds what is short. What is longer, and 通称の記載及び削除に関する事項 always, goes on 別紙 behind the last sheet, whole; the box says so, and
the 認証文 stands on the 別紙 then (N-5.1-12).

How a room that has the people only as messages renders it (コンビニ交付): each message becomes a `CertificateRecord` by the values' own readers
(`PersonName`, `JapaneseDate.decode`, `Address`, `Relationship.parse`, `JuminhyoCode`, `IndividualNumber`; codes are words already), the whole a
`Subjects` in the order of their 世帯内順序, and this definition and `daicho.paper` do the rest. It asks nothing of residents: no clock, no
setting, no table. tests/certificates/test_juminhyo_household_rules.py builds one from JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from daicho.certificates.assembly import assembled
from daicho.certificates.city_texts import CityTexts, IssueNumber
from daicho.certificates.definitions import CertificateDefinition, Certification, Item, NotIssuable, Objection
from daicho.certificates.document import Block, Document, Flow, Leaf
from daicho.certificates.integrated_column import COLUMN, paragraphs, tells_alias_history
from daicho.certificates.issue_rules import objections
from daicho.certificates.juminhyo_entries import ITEMS, OMISSIBLE, printed
from daicho.certificates.juminhyo_personal import COPY
from daicho.certificates.layout import BODY_MM, FLOW_BAR_MM, FLOW_INSET_MM, FLOW_WIDTH_MM, Grid, Slot, White, height_of, places_of, rows_of
from daicho.certificates.record import CertificateRecord, ResidentKind, Subjects
from daicho.certificates.request import EVERYONE, CertificateRequest, Omissible
from daicho.values.relationship import HEAD

PEOPLE_TO_A_SHEET = 4  # 20.1.2
REMARKS_ROOM = 100  # characters of 備考 that surely fit its box: two lines of 53 em in letters of 7.5 points, less what 禁則 moves
GOES_ON = "次葉に続く"
ON_ANNEX = "別紙のとおり"
ANNEX = "別紙"

_WHITE = White(side_mm=1.3, above_below_mm=0.5, line_height=1.15)


def _slot(key: str, label_mm: float, value_mm: float, size_pt: float = 9.0, label_pt: float = 6.5) -> Slot:
    return Slot(key, label_mm, value_mm, size_pt, label_pt)


HEAD_GRID: Grid = (
    (10.6, (Slot("address", 24, 150, 11.5),)),
    (8.4, (Slot("head_name", 24, 150, 11.5),)),
)
# The column with the person's place takes 7 mm of the frame: rows are 167 mm wide, one person 45.5 mm high.
_LAST_ROWS: Grid = (
    (6.4, (_slot("previous_address", 24, 143),)),
    (5.0, (_slot("juminhyo_code", 24, 59.5), _slot("individual_number", 24, 59.5))),
    (6.6, (_slot("remarks", 24, 143, 8.0),)),
)
JAPANESE_GRID: Grid = (
    (4.8, (_slot("furigana", 24, 77, 8.5), _slot("birth_date", 20, 46))),
    (7.6, (_slot("name", 24, 77, 13.0), _slot("sex", 10, 16), _slot("relationship", 11, 29))),
    (4.8, (_slot("former_surname", 24, 143),)),
    (4.8, (_slot("became_resident_on", 24, 32), _slot("address_fixed_on", 24, 31), _slot("filed_on", 20, 36))),
    (5.5, (_slot("registered_domicile", 24, 77), _slot("family_register_head_name", 20, 46))),
    *_LAST_ROWS,
)
FOREIGN_GRID: Grid = (
    (7.2, (_slot("name", 24, 77, 13.0), _slot("birth_date", 20, 46))),
    (5.4, (_slot("alias", 24, 77), _slot("sex", 10, 16), _slot("relationship", 11, 29))),
    (4.8, (_slot("became_foreign_resident_on", 24, 32, label_pt=5.5), _slot("address_fixed_on", 24, 31), _slot("filed_on", 20, 36))),
    (5.5, (_slot("nationality", 24, 32), _slot("residence_class", 24, 31, label_pt=5.5), _slot("residence_status", 20, 36))),
    (4.6, (_slot("residence_period", 24, 32), _slot("residence_expiry", 24, 31), _slot("card_no", 20, 36, label_pt=6.0))),
    *_LAST_ROWS,
)


def _check(definition: CertificateDefinition, subjects: Subjects, request: CertificateRequest, texts: CityTexts) -> tuple[Objection, ...]:
    return (*objections(definition, subjects, request, texts), *_of_the_household(subjects, request))


def _of_the_household(subjects: Subjects, request: CertificateRequest) -> Iterator[Objection]:
    """What stands once must be so of everyone (法7条4号, 7号); 世帯主 is one."""
    people = subjects.people
    if len({person.address.one_line() for person in people}) > 1:
        message = "載せる人の住所又は方書が同じではないため、世帯連記式では交付できません。記録を確認するか、個人票で交付してください（標準仕様20.1.2）。"
        yield Objection("address", message)
    if Omissible.HEAD_NAME in request.shown and len({person.head_name for person in people}) > 1:
        yield Objection("head_name", "世帯主の氏名が、載せる人の住民票の間で一致していません。記録を修正してから交付してください（法第7条第4号）。")
    if Omissible.RELATIONSHIP in request.shown and sum(person.relationship == HEAD for person in people) > 1:
        yield Objection("relationship", "続柄が「世帯主」の人が2人以上います。続柄を修正してから交付してください（法第7条第4号）。")


def _compose(definition: CertificateDefinition, subjects: Subjects, request: CertificateRequest, texts: CityTexts, number: IssueNumber) -> Document:
    if found := _check(definition, subjects, request, texts):
        raise NotIssuable(found)
    head = _head(definition, subjects.people[0], request, texts)
    blocks = [_block(definition, place, record, request, texts) for place, record in _placed(subjects)]
    sheets = [Leaf((head, *blocks[at : at + PEOPLE_TO_A_SHEET]), closing=GOES_ON) for at in range(0, len(blocks), PEOPLE_TO_A_SHEET)]
    sheets[-1] = replace(sheets[-1], closing=texts.wording.below_is_blank)
    return assembled(definition, subjects, request, texts, number, (*sheets, *_annex(head, subjects, request, texts)))


def _placed(subjects: Subjects) -> list[tuple[int, CertificateRecord]]:
    return list(zip(places_of(subjects.people), subjects.people, strict=True))


def _head(definition: CertificateDefinition, first: CertificateRecord, request: CertificateRequest, texts: CityTexts) -> Block:
    """住所 and 世帯主, once for all. A household without head says 【空欄】 (N-1.1.10)."""
    items = definition.items_for(first.kind)
    return Block(rows_of(HEAD_GRID, {item.key: item.ja for item in items}, printed(items, first, request.shown, texts)))


def _block(definition: CertificateDefinition, place: int, record: CertificateRecord, request: CertificateRequest, texts: CityTexts) -> Block:
    items = definition.items_for(record.kind)
    grid = JAPANESE_GRID if record.kind is ResidentKind.JAPANESE else FOREIGN_GRID
    remarks = ON_ANNEX if _needs_annex(record, request, texts) else _in_the_box(record, request, texts) or texts.wording.blank
    said = printed(items, record, request.shown, texts) | {"remarks": remarks}
    return Block(rows_of(grid, {item.key: item.ja for item in items}, said, person=place, white=_WHITE), label=str(place or 1))


def _in_the_box(record: CertificateRecord, request: CertificateRequest, texts: CityTexts) -> str:
    """What 備考 would say on one line, "" for nothing. The heading that the box itself has is not told twice."""
    return "　".join(paragraphs(record, request, texts.wording.blank)).removeprefix("【備考】　")


def _needs_annex(record: CertificateRecord, request: CertificateRequest, texts: CityTexts) -> bool:
    """Counted in characters, so that no font is asked what the definition says."""
    return tells_alias_history(record, request) or len(_in_the_box(record, request, texts)) > REMARKS_ROOM


def _annex(head: Block, subjects: Subjects, request: CertificateRequest, texts: CityTexts) -> tuple[Leaf, ...]:
    """別紙: what the boxes have no room for, person by person; none where every box has."""
    told: list[str] = []
    for place, record in _placed(subjects):
        if _needs_annex(record, request, texts):
            told += [f"〔{place or 1}〕{record.name.legal or texts.wording.blank}", *paragraphs(record, request, texts.wording.blank)]
    if not told:
        return ()
    room = BODY_MM - height_of(HEAD_GRID) - FLOW_BAR_MM - FLOW_INSET_MM
    return (Leaf((head,), Flow(f"{ANNEX}（{COLUMN}）", tuple(told), texts.wording.below_is_blank, FLOW_WIDTH_MM, room, room, (head,))),)


JUMINHYO_HOUSEHOLD = CertificateDefinition(
    code="juminhyo_household",
    ja="住民票の写し（世帯連記式）",
    title="住民票",
    article="住民基本台帳法第12条",
    template="juminhyo_household.typ",
    fee_key="fee_juminhyo_yen",
    in_force=(date(2025, 5, 26), None),
    items=(*ITEMS, Item("remarks", "備考", "標準仕様1.1.14")),
    omissible=OMISSIBLE,
    may_be_asked_by=EVERYONE,
    check_rule=_check,
    compose_rule=_compose,
    certification=COPY,
    certification_whole=Certification(
        "certification_juminhyo_whole", "世帯全員の住民票の写しの認証文", "この写しは、世帯全員の住民票の原本と相違ないことを証明する。"
    ),
    is_notified=True,
)
