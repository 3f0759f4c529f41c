"""不在住証明・廃棄済証明 — the city's own: that nobody of a name lives at an address, and that a 除票 was discarded. 市の要綱; domain §4.7, §5.8.

No law knows them. Whoever asks needs them before a court or a registry of land, where a name and an old address lead to nobody. They say what was
looked for, as the applicant wrote it, and that it was not found: nothing of anybody. Where somebody is found they are refused, in one sentence that
is the same for everyone found.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from daicho.certificates.assembly import assembled
from daicho.certificates.city_texts import CityTexts, IssueNumber
from daicho.certificates.definitions import CertificateDefinition, Certification, Item, NotIssuable, Objection
from daicho.certificates.document import Block, Document, Leaf
from daicho.certificates.issue_rules import of_the_city
from daicho.certificates.layout import Grid, Slot, rows_of
from daicho.certificates.record import Searched, Subjects
from daicho.certificates.request import EVERYONE, CertificateRequest
from daicho.values.dates import JapaneseDate, wareki

FOUND = "この条件に当たる記載があるため、この証明書は交付できません。"
"""Whoever it is, also somebody of whom the officer may not know: it tells no more (domain §7)."""


def _row(key: str, size_pt: float = 13.0) -> tuple[float, tuple[Slot, ...]]:
    return (14.0, (Slot(key, 34, 140, size_pt, 9.0),))


_ASKED = (_row("name", 15.0), _row("address"), _row("birth_date"))
ABSENCE_GRID: Grid = (*_ASKED, _row("looked_in", 11.0))
DISCARDED_GRID: Grid = (*_ASKED, _row("removed_on"), _row("looked_in", 11.0))
_ITEMS = (
    Item("name", "氏名", "市の要綱"),
    Item("address", "住所", "市の要綱"),
    Item("birth_date", "生年月日", "市の要綱"),
)
_LOOKED_IN = Item("looked_in", "調べたもの", "市の要綱")


def _check(definition: CertificateDefinition, subjects: Subjects, request: CertificateRequest, texts: CityTexts) -> tuple[Objection, ...]:
    if subjects.searched is None:
        return (Objection("name", "調べる氏名と住所を入力してください。"),)
    return (*_of_what_was_searched(definition, subjects.searched), *of_the_city(definition, subjects, texts))


def _of_what_was_searched(definition: CertificateDefinition, searched: Searched) -> Iterator[Objection]:
    for key, label, text in (("name", "氏名", searched.name), ("address", "住所", searched.address)):
        if not text.strip():
            yield Objection(key, f"「{label}」を入力してください。入力したとおりに証明書に載ります。")
    if definition is DISCARDED:
        yield from _of_the_removal(searched)
    if searched.found:
        yield Objection("", FOUND)


def _of_the_removal(searched: Searched) -> Iterator[Objection]:
    """除票 are kept 150 years since 2019-06-20, and so are all that were not five years old by then (令34条)."""
    if searched.removed_on is None:
        yield Objection("removed_on", "「消除された日」を入力してください。保存期間を過ぎたかどうかを確かめるために要ります。")
    elif _last(searched.removed_on) >= searched.discarded_before:
        day = wareki(searched.discarded_before)
        yield Objection("removed_on", f"{day}以後に消除された除票は保存しています。廃棄済証明ではなく、除票の写しとして請求を受けてください（令第34条）。")


def _last(day: JapaneseDate) -> date:
    """Of an uncertain day the last that it can have been: whatever may still be kept is no discarded one."""
    return day.last


def _compose(definition: CertificateDefinition, subjects: Subjects, request: CertificateRequest, texts: CityTexts, number: IssueNumber) -> Document:
    if found := _check(definition, subjects, request, texts):
        raise NotIssuable(found)
    assert subjects.searched is not None
    searched, blank = subjects.searched, texts.wording.blank
    said = {
        "name": searched.name,
        "address": searched.address,
        "birth_date": searched.birth_date.wareki() if searched.birth_date else blank,
        "removed_on": searched.removed_on.wareki() if searched.removed_on else blank,
        "looked_in": f"{wareki(request.issued_on)}現在の住民基本台帳（住民票と、保存している除票）",
    }
    grid = ABSENCE_GRID if definition is ABSENCE else DISCARDED_GRID
    leaf = Leaf((Block(rows_of(grid, {item.key: item.ja for item in definition.items}, said)),), closing=texts.wording.below_is_blank)
    return assembled(definition, subjects, request, texts, number, (leaf,))


ABSENCE = CertificateDefinition(
    code="absence",
    ja="不在住証明",
    title="不在住証明書",
    article="市の要綱",
    template="absence.typ",
    fee_key="fee_absence_yen",
    in_force=(date(2025, 5, 26), None),
    items=(*_ITEMS, _LOOKED_IN),
    omissible=(),
    may_be_asked_by=EVERYONE,
    check_rule=_check,
    compose_rule=_compose,
    certification=Certification("certification_absence", "不在住証明の認証文", "上記の住所に、上記の氏名の住民票及び除票がないことを証明する。"),
    sheets=frozenset(),
)
DISCARDED = CertificateDefinition(
    code="discarded",
    ja="廃棄済証明",
    title="廃棄済証明書",
    article="市の要綱",
    template="absence.typ",
    fee_key="fee_discarded_yen",
    in_force=(date(2025, 5, 26), None),
    items=(*_ITEMS, Item("removed_on", "消除された日", "市の要綱"), _LOOKED_IN),
    omissible=(),
    may_be_asked_by=EVERYONE,
    check_rule=_check,
    compose_rule=_compose,
    certification=Certification("certification_discarded", "廃棄済証明の認証文", "上記の者の除票は、保存期間を経過し廃棄したことを証明する。"),
    sheets=frozenset(),
)
