"""記載事項証明書 — of a 住民票 or a 除票 the chosen entries alone: what was not chosen does not appear at all. 住民基本台帳法第12条, 第15条の4; 標準仕様 5.1, 5.4; domain §4.3.

Each entry is a row of its own; several people stand under one another, each under their place. What is longer than a box (通称の記載及び削除に関する
事項, 個別記載事項) follows the rows as running text. 通称 and 旧氏 go with the name and are never parted from it (令30条の13, 30条の16).

奥書: a form that somebody brought along is attested on a slip of the same shape, which names the form and repeats every entry that was compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from daicho.certificates.assembly import assembled
from daicho.certificates.city_texts import CityTexts, IssueNumber
from daicho.certificates.definitions import BOTH, JAPANESE, CertificateDefinition, Certification, Item, NotIssuable, OmissibleItem
from daicho.certificates.document import Block, Document, Flow, Leaf, Row
from daicho.certificates.integrated_column import own_words
from daicho.certificates.issue_rules import objections
from daicho.certificates.juminhyo_entries import ITEMS, OMISSIBLE, printed
from daicho.certificates.layout import BODY_MM, FLOW_BAR_MM, FLOW_INSET_MM, FLOW_WIDTH_MM, Slot, places_of, rows_of
from daicho.certificates.record import CertificateRecord, RemovedEntries, ResidentKind, SheetState, Subjects
from daicho.certificates.removed_rules import NUMBERS
from daicho.certificates.removed_sheet import ASKERS, CONFIRMED, of_removed
from daicho.certificates.request import EVERYONE, CertificateRequest, Omissible
from daicho.values.dates import wareki

_O = Omissible
_GOVERNED = {
    "name": _O.NAME, "former_surname": _O.NAME, "alias": _O.NAME, "furigana": _O.FURIGANA, "sex": _O.SEX, "birth_date": _O.BIRTH_DATE, "address": _O.ADDRESS,
    "became_resident_on": _O.BECAME_RESIDENT, "became_foreign_resident_on": _O.BECAME_RESIDENT, "address_fixed_on": _O.ADDRESS_FIXED_ON,
    "filed_on": _O.FILED_ON, "previous_address": _O.PREVIOUS_ADDRESS,
}  # fmt: skip
_ONLY_IF_THERE = frozenset({"former_surname", "alias"})
"""What most people do not have, and nobody chose by itself: no row says that there is none."""

_REMOVAL = (
    Item("removal_reason", "消除事由", "法15条の3", _O.REMOVAL),
    Item("planned_address", "転出先住所（予定）", "法15条の3", _O.REMOVAL),
    Item("happened_on", "事由の生じた年月日", "法15条の3", _O.REMOVAL),
    Item("confirmed_address", "転出先住所（確定）", "標準仕様1.1.5", _O.CONFIRMED_DESTINATION),
    Item("moved_on", "転出年月日", "標準仕様1.1.5", _O.CONFIRMED_DESTINATION),
    Item("notified_on", "転入通知年月日", "標準仕様1.1.5", _O.CONFIRMED_DESTINATION),
)
_WITH_THE_NAME = ("furigana", "name", "former_surname", "alias")
CHOSEN_ITEMS = tuple(
    replace(item, omissible=_GOVERNED.get(item.key, item.omissible))
    for item in sorted(ITEMS, key=lambda item: _WITH_THE_NAME.index(item.key) if item.key in _WITH_THE_NAME else len(_WITH_THE_NAME))
)
"""The entries of a 住民票 in their order, but what goes with the name directly behind it."""
_LAW = "法12条1項"


def _choice(omissible: Omissible, ja: str, *, shown: bool = False, kinds: frozenset[ResidentKind] = BOTH) -> OmissibleItem:
    return OmissibleItem(omissible, ja, _LAW, EVERYONE, kinds, shown)


CHOICES = (
    _choice(_O.NAME, "氏名（旧氏・通称とともに）", shown=True),
    _choice(_O.FURIGANA, "氏名の振り仮名", kinds=JAPANESE),
    _choice(_O.BIRTH_DATE, "生年月日", shown=True),
    _choice(_O.SEX, "性別", shown=True),
    _choice(_O.ADDRESS, "住所", shown=True),
    _choice(_O.BECAME_RESIDENT, "住民となった年月日"),
    _choice(_O.ADDRESS_FIXED_ON, "住所を定めた年月日"),
    _choice(_O.FILED_ON, "届出の年月日"),
    _choice(_O.PREVIOUS_ADDRESS, "転入前住所"),
    *OMISSIBLE,
)
CHOICES_OF_REMOVED = (
    *of_removed(CHOICES),
    OmissibleItem(_O.REMOVAL, "消除事由・転出先（予定）・事由の生じた年月日", "法15条の3", ASKERS, BOTH, True),
    CONFIRMED,
)

ROW_MM, TALL_MM, LABEL_MM = 9.0, 13.0, 46.0
_TALL = frozenset({"name", "address", "previous_address", "planned_address", "confirmed_address", "form_title"})
_SIZE_PT = {"name": 14.0, "form_title": 12.0}
_NUMBER_MM = 7.0  # the column of a person's place


def _compose(definition: CertificateDefinition, subjects: Subjects, request: CertificateRequest, texts: CityTexts, number: IssueNumber) -> Document:
    if found := objections(definition, subjects, request, texts):
        raise NotIssuable(found)
    blocks = [_form_block(request)] if definition.attests else []
    for place, record in zip(places_of(subjects.people), subjects.people, strict=True):
        if rows := _rows(definition, place, record, request, texts):
            blocks.append(Block(rows, str(place) if place else ""))
    told = tuple(_told(subjects, request, texts))
    return assembled(definition, subjects, request, texts, number, tuple(_leaves(blocks, told, texts.wording.below_is_blank)))


def to_compare(definition: CertificateDefinition, subjects: Subjects, request: CertificateRequest, texts: CityTexts) -> tuple[Block, ...]:
    """What the officer lays beside the form that was brought: of each person all that this requester may have attested, numbers only where chosen."""
    may = {each.omissible for each in definition.choices_for(subjects.kinds) if request.requester in each.who_may_ask} - NUMBERS
    everything = replace(request, shown=request.shown | may)
    placed = zip(places_of(subjects.people), subjects.people, strict=True)
    found = ((place, _rows(definition, place, record, everything, texts)) for place, record in placed)
    return tuple(Block(rows, str(place) if place else "") for place, rows in found if rows)


def _form_block(request: CertificateRequest) -> Block:
    """What is attested: the form by its title and number of pages, so that the slip holds for no other."""
    assert request.brought is not None
    said = {"form_title": request.brought.title.strip(), "form_pages": f"{request.brought.pages}枚（この証明書を除く）"}
    return Block(_as_rows({"form_title": "証明する様式", "form_pages": "様式の枚数"}, said, 0, 174.0))


def _rows(definition: CertificateDefinition, place: int, record: CertificateRecord, request: CertificateRequest, texts: CityTexts) -> tuple[Row, ...]:
    """The chosen entries of one person, in the order of the form."""
    of = record.without_buildings() if request.without_building else record
    items = [item for item in definition.items_for(of.kind) if item.omissible in request.shown]
    blank = texts.wording.blank
    said = printed(items, of, request.shown, texts)
    if of.is_removed(request.issued_on) and of.removed is not None:
        said |= {key: text or blank for key, text in _of_removal(of.removed).items()}
    present = {item.key: item.ja for item in items if item.key in said and not (item.key in _ONLY_IF_THERE and said[item.key] == blank)}
    return _as_rows(present, said, place, 174.0 - (_NUMBER_MM if place else 0.0))


def _of_removal(removed: RemovedEntries) -> dict[str, str]:
    """除票固有の記載事項; of a 転出 alone where to."""
    said = {"removal_reason": removed.reason, "happened_on": removed.happened_on.wareki() if removed.happened_on else ""}
    if removed.planned_address is None:
        return said
    confirmed = removed.confirmed
    return said | {
        "planned_address": removed.planned_address,
        "confirmed_address": confirmed.address if confirmed else "",
        "moved_on": wareki(confirmed.moved_on) if confirmed and confirmed.moved_on else "",
        "notified_on": wareki(confirmed.notified_on) if confirmed and confirmed.notified_on else "",
    }


def _as_rows(labels: dict[str, str], said: dict[str, str], place: int, width_mm: float) -> tuple[Row, ...]:
    grid = tuple((TALL_MM if key in _TALL else ROW_MM, (Slot(key, LABEL_MM, width_mm - LABEL_MM, _SIZE_PT.get(key, 11.0), 9.0),)) for key in labels)
    return rows_of(grid, labels, said, person=place)


def _told(subjects: Subjects, request: CertificateRequest, texts: CityTexts) -> Iterator[str]:
    """What was chosen and has no box of its own, person by person."""
    for place, record in zip(places_of(subjects.people), subjects.people, strict=True):
        found = own_words(record, request, texts.wording.blank)
        if Omissible.INDIVIDUAL_ENTRIES in request.shown and not record.individual_entries:
            found += ["【個別記載事項】", texts.wording.blank]  # chosen, so it says that there is none: a page never stands empty
        if found and place:
            yield f"〔{place}〕{record.name.legal or texts.wording.blank}"
        yield from found


def _height(block: Block) -> float:
    return sum(row[0].label_box.height_mm for row in block.rows)


def _leaves(blocks: Sequence[Block], told: Sequence[str], closing: str) -> Iterator[Leaf]:
    """Pages: somebody's block that has no room goes to the next one whole; one longer than a page is parted between rows, where the page ends."""
    *first, last = _paged(blocks, BODY_MM - _CLOSING_MM)
    yield from (Leaf(tuple(page), closing=_GOES_ON) for page in first)
    if not told:
        yield Leaf(tuple(last), closing=closing)
        return
    left = BODY_MM - sum(map(_height, last)) - FLOW_BAR_MM - FLOW_INSET_MM
    if left < _LEAST_FLOW_MM:
        yield Leaf(tuple(last), closing=_GOES_ON)
        again = [replace(last[-1], rows=_names_in(last[-1]))] if _names_in(last[-1]) and not last[-1].label else []
        last, left = again, BODY_MM - sum(map(_height, again)) - FLOW_BAR_MM - FLOW_INSET_MM
    yield Leaf(tuple(last), Flow("そのほかの事項", tuple(told), closing, FLOW_WIDTH_MM, left, BODY_MM - FLOW_BAR_MM - FLOW_INSET_MM))


def _paged(blocks: Sequence[Block], page_mm: float) -> list[list[Block]]:
    pages: list[list[Block]] = [[]]
    room = page_mm
    for block in blocks:
        if pages[-1] and room < _height(block) <= page_mm:
            pages.append([])
            room = page_mm
        rest = block
        while (fits := _fitting(rest, room)) < len(rest.rows):
            if fits:
                pages[-1].append(replace(rest, rows=rest.rows[:fits]))
                rest = replace(rest, rows=(*_names_in(rest), *rest.rows[fits:]))
            pages.append([])
            room = page_mm
        pages[-1].append(rest)
        room -= _height(rest)
    return pages


def _names_in(block: Block) -> tuple[Row, ...]:
    """The row of the name, where it was chosen: it stands again above what goes on on the next page."""
    return tuple(row for row in block.rows if row[0].key.rpartition(".")[2] == "name")


def _fitting(block: Block, room: float) -> int:
    """How many of its rows have room."""
    fits, height = 0, 0.0
    for row in block.rows:
        height += row[0].label_box.height_mm
        if height > room:
            break
        fits += 1
    return fits


_GOES_ON = "次葉に続く"
_CLOSING_MM = 8.0
_LEAST_FLOW_MM = 25.0


ENTRIES = CertificateDefinition(
    code="entries_certificate",
    ja="住民票記載事項証明書",
    title="住民票記載事項証明書",
    article="住民基本台帳法第12条",
    template="entries_certificate.typ",
    fee_key="fee_entries_certificate_yen",
    in_force=(date(2025, 5, 26), None),
    items=CHOSEN_ITEMS,
    omissible=CHOICES,
    may_be_asked_by=EVERYONE,
    check_rule=objections,
    compose_rule=_compose,
    certification=Certification(
        "certification_entries_certificate", "住民票記載事項証明書の認証文", "上記の事項は、住民票に記載されている事項と相違ないことを証明する。"
    ),
    shown_setting="entries_shown_by_default",
    chosen_only=True,
    is_notified=True,
)
REMOVED_ENTRIES = replace(
    ENTRIES,
    code="removed_entries_certificate",
    ja="住民票除票記載事項証明書",
    title="住民票除票記載事項証明書",
    article="住民基本台帳法第15条の4",
    items=(*CHOSEN_ITEMS, *_REMOVAL),
    omissible=CHOICES_OF_REMOVED,
    may_be_asked_by=ASKERS,
    certification=Certification(
        "certification_removed_entries_certificate",
        "住民票除票記載事項証明書の認証文",
        "上記の事項は、住民票の除票に記載されている事項と相違ないことを証明する。",
    ),
    sheets=frozenset({SheetState.REMOVED, SheetState.RENEWED}),
)


def _unchosen(choices: tuple[OmissibleItem, ...]) -> tuple[OmissibleItem, ...]:
    """Nothing counts as compared before the officer has compared it."""
    return tuple(replace(each, shown_by_default=False) for each in choices)


_ATTESTED = "上記のとおり相違ないことを証明する。"
ATTESTED_FORM = replace(
    ENTRIES,
    code="attested_form",
    ja="住民票記載事項証明書（持参様式の奥書）",
    omissible=_unchosen(CHOICES),
    certification=Certification("certification_attested_form", "持参様式の奥書の認証文", _ATTESTED),
    shown_setting="",
    attests=True,
)
ATTESTED_REMOVED_FORM = replace(
    REMOVED_ENTRIES,
    code="attested_removed_form",
    ja="住民票除票記載事項証明書（持参様式の奥書）",
    omissible=_unchosen(CHOICES_OF_REMOVED),
    certification=Certification("certification_attested_form", "持参様式の奥書の認証文", _ATTESTED),
    shown_setting="",
    attests=True,
)
