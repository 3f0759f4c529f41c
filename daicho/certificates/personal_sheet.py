"""個人票の様式 — one person's sheet as a page of its own, A4: of a 住民票, a 除票 and a 改製原 alike. 標準仕様 1.1.3, 5.1–5.8, 20.1; domain §4.2.

Of several people one copy holds the sheets one after another, in their order: one 発行番号, one 認証文 on the last page (N-5.1-02, -11).
"""

from __future__ import annotations

from daicho.certificates.assembly import assembled
from daicho.certificates.city_texts import CityTexts, IssueNumber
from daicho.certificates.definitions import CertificateDefinition, NotIssuable
from daicho.certificates.document import Block, Document, Flow, Leaf
from daicho.certificates.integrated_column import COLUMN, paragraphs
from daicho.certificates.issue_rules import objections
from daicho.certificates.juminhyo_entries import printed
from daicho.certificates.layout import BODY_MM, FLOW_BAR_MM, FLOW_INSET_MM, FLOW_WIDTH_MM, Grid, Slot, height_of, places_of, rows_of
from daicho.certificates.record import CertificateRecord, ResidentKind, Subjects
from daicho.certificates.request import CertificateRequest


def _full(key: str, size_pt: float = 10.5) -> Slot:
    """A label and its value over the whole width."""
    return Slot(key, 29, 145, size_pt)


def _left(key: str, size_pt: float = 10.5) -> Slot:
    """What leaves room for a narrow box at its right."""
    return Slot(key, 29, 91, size_pt)


def _narrow(key: str) -> Slot:
    return Slot(key, 20, 34)


def _half(key: str) -> Slot:
    return Slot(key, 29, 58)


JAPANESE_GRID: Grid = (
    (8.0, (_left("furigana"), _narrow("sex"))),
    (15.0, (_left("name", 17.0), _narrow("birth_date"))),
    (9.0, (_full("former_surname", 12.0),)),
    (10.0, (_left("head_name"), _narrow("relationship"))),
    (14.0, (_full("address", 12.0),)),
    (10.0, (_half("became_resident_on"), _half("address_fixed_on"))),
    (10.0, (_half("filed_on"), _half("juminhyo_code"))),
    (12.0, (_full("previous_address"),)),
    (10.0, (_full("registered_domicile"),)),
    (10.0, (_half("family_register_head_name"), _half("individual_number"))),
)
FOREIGN_GRID: Grid = (
    (16.0, (_left("name", 17.0), _narrow("sex"))),
    (11.0, (_left("alias", 12.0), _narrow("birth_date"))),
    (10.0, (_left("head_name"), _narrow("relationship"))),
    (14.0, (_full("address", 12.0),)),
    (10.0, (_half("became_foreign_resident_on"), _half("address_fixed_on"))),
    (10.0, (_half("filed_on"), _half("juminhyo_code"))),
    (10.0, (_half("nationality"), _half("individual_number"))),
    (10.0, (_half("residence_class"), _half("residence_status"))),
    (10.0, (_half("residence_period"), _half("residence_expiry"))),
    (10.0, (_full("card_no"),)),
    (12.0, (_full("previous_address"),)),
)


def compose(definition: CertificateDefinition, subjects: Subjects, request: CertificateRequest, texts: CityTexts, number: IssueNumber) -> Document:
    """A page for each of the people. Raises NotIssuable with all objections."""
    if found := objections(definition, subjects, request, texts):
        raise NotIssuable(found)
    placed = zip(places_of(subjects.people), subjects.people, strict=True)
    return assembled(definition, subjects, request, texts, number, tuple(_leaf(definition, place, record, request, texts) for place, record in placed))


def _leaf(definition: CertificateDefinition, place: int, record: CertificateRecord, request: CertificateRequest, texts: CityTexts) -> Leaf:
    """One person's page; the integrated column has what the grid leaves of it, and goes on over further pages under the name's row."""
    items = definition.items_for(record.kind)
    labels, said = {item.key: item.ja for item in items}, printed(items, record, request.shown, texts)
    grid = JAPANESE_GRID if record.kind is ResidentKind.JAPANESE else FOREIGN_GRID
    rows = rows_of(grid, labels, said, person=place)
    name_row = tuple((height, slots) for height, slots in grid if any(slot.key == "name" for slot in slots))
    column = Flow(
        label=COLUMN,
        paragraphs=paragraphs(record, request, texts.wording.blank),
        closing=texts.wording.below_is_blank,
        width_mm=FLOW_WIDTH_MM,
        first_mm=BODY_MM - height_of(grid) - FLOW_BAR_MM - FLOW_INSET_MM,
        further_mm=BODY_MM - height_of(name_row) - FLOW_BAR_MM - FLOW_INSET_MM,
        repeated=(Block(rows_of(name_row, labels, said, person=place)),),
    )
    return Leaf((Block(rows),), column)
