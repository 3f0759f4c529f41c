"""除票の記載の修正 — what a 除票 alone says is put right: 転出先（予定・確定）, 届出の年月日, 消除の事由; numbers that may be 空欄 there. 住民基本台帳法第15条の3; std 1.1.1, 1.1.2, 1.1.6.

The days of a removal are no items of it: the 消除 is cancelled and entered again, a 転入通知 taken in again. What else was wrong on a 除票 stays and
has its 誤記の記載 (std 1.1.5). Of who came back it is the 除票 of the stay before. 予定 and 確定 are each their own (N-1.1.1-22, -47).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from daicho.residents.rules.blanks import check_blanks
from daicho.residents.rules.changes import Changes, Revision
from daicho.residents.rules.check import check_days
from daicho.residents.rules.correcting import as_correction, correctable, said_of
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, Scope
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, WHY
from daicho.residents.rules.fold import fold, key_of, live, spells_of
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import going
from daicho.residents.rules.situation import PersonState, Situation
from daicho.residents.rules.vocabulary import (
    ABSENT,
    DIED,
    DISAPPEARED,
    DUPLICATE,
    MOVED_OUT,
    MOVED_OUT_ABROAD,
    MOVED_OUT_SPECIALLY,
    OUTSIDE_THE_LAW,
    REASONS,
)


def _destination(stem: str, word: str) -> tuple[Field, ...]:
    group, prefix = f"転出先（{word}）", f"{stem}_move_out"
    reasons = tuple((code, REASONS[code]) for code in (MOVED_OUT, MOVED_OUT_SPECIALLY, MOVED_OUT_ABROAD))
    return (
        Field(f"{prefix}_address", f"転出先の住所（{word}）", FieldKind.ADDRESS_ELSEWHERE, group=group),
        Field(f"{prefix}_building", f"転出先の方書（{word}）", FieldKind.TEXT, group=group),
        Field(f"{prefix}_postal_code", f"転出先の郵便番号（{word}）", FieldKind.POSTAL_CODE, group=group),
        Field(f"{prefix}_address_code", f"転出先の住所コード（{word}）", FieldKind.ADDRESS_CODE, group=group),
        Field(f"{prefix}_notified_date", "転出届の年月日" if stem == "planned" else "転入通知の年月日", FieldKind.DATE, group=group),
        Field(f"{prefix}_reason_code", f"転出の事由（{word}）", FieldKind.CHOICE, choices=reasons, group=group),
    )


_REMOVALS = (MOVED_OUT, MOVED_OUT_ABROAD, DIED, DISAPPEARED, ABSENT, DUPLICATE, OUTSIDE_THE_LAW, "other")
_REMOVAL = (
    Field("removal_reason_code", "消除の事由", FieldKind.CHOICE, choices=tuple((code, REASONS[code]) for code in _REMOVALS), group="消除"),
    Field("removal_notified_date", "消除の届出日", FieldKind.DATE, group="消除"),
)
MEMBER_FIELDS = (
    *(as_correction(field) for field in (*_REMOVAL, *_destination("planned", "予定"), *_destination("confirmed", "確定"))),
    *correctable("juminhyo_code", "residence_card_no"),
)


@dataclass(frozen=True)
class _Removed:
    """The 除票 that it is about: whose, which stay, what it says, and what the event says of it."""

    person: PersonState
    spell_no: int
    entries: SheetEntries
    said: dict[str, object]

    @property
    def after(self) -> SheetEntries:
        return self.entries.but(**self.said)

    @property
    def leaves_specially(self) -> bool:
        """Whether 転出証明書情報 was sent, and the other city may still ask for it."""
        return self.person.is_open and self.entries.planned_move_out_reason_code == MOVED_OUT_SPECIALLY


def _removed(situation: Situation, filing: Filing) -> list[_Removed | None]:
    """Of each person filed for the last stay that is, or on a planned day will be, over."""
    return [_last_over(person, said_of(member, person)) for member, person in going(situation, filing)]


def _last_over(person: PersonState, said: dict[str, object]) -> _Removed | None:
    wholes = {spell_no: fold(rows) for spell_no, rows in spells_of(person.versions).items()}
    over = [spell_no for spell_no, whole in wholes.items() if whole is not None and whole.closed_on is not None]
    if not over:
        return None
    last = max(over)
    return _Removed(person, last, person.entries if last == person.spell_no else person.entries_of(last), said)


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = check_days(REMOVED_SHEET_CORRECTION, situation, filing)
    if not filing.members:
        found.append(problem("X001", "members", event=REMOVED_SHEET_CORRECTION.ja, article=REMOVED_SHEET_CORRECTION.article))
    for index, removed in enumerate(_removed(situation, filing)):
        found += [problem("X901", "person", index)] if removed is None else _check_one(removed, index)
    return tuple(found)


def _check_one(removed: _Removed, index: int) -> list[Problem]:
    if not removed.said:
        return [problem("X002", "members", index)]
    found = [p for p in check_blanks(removed.after, index, of_removed=not removed.person.is_open) if p.field in removed.said]
    if removed.leaves_specially and any(name.startswith("planned_move_out_") for name in removed.said):
        found.append(problem("X902", "planned_move_out_address", index))
    if "removal_reason_code" in removed.said:
        blank = removed.said["removal_reason_code"] is None
        found.append(problem("B001" if blank else "X903", "removal_reason_code", index, **({"label": "消除の事由"} if blank else {})))
    return found


def _apply(situation: Situation, filing: Filing) -> Changes:
    assert filing.effective_on is not None
    key = key_of(filing.effective_on, situation.today)
    people = enumerate(_removed(situation, filing))
    return Changes(revisions=tuple(_revision(index, removed, key) for index, removed in people if removed is not None))


def _revision(index: int, removed: _Removed, key: date) -> Revision:
    """Never below what the sheet said last of these entries, so that the last word counts (fold.md 16)."""
    of_spell = [v for v in live(removed.person.versions) if v.spell_no == removed.spell_no]
    last = max((v.key for v in of_spell if v.is_opening or removed.said.keys() & v.asserted().keys()), default=key)
    return Revision(index, removed.person.atena_no, removed.said, spell_no=removed.spell_no, key=max(key, last))


REMOVED_SHEET_CORRECTION = EventDefinition(
    code="removed_sheet_correction",
    standard_code="職権修正",
    ja="除票の記載の修正",
    article="住民基本台帳法第15条の3、標準仕様1.1.5",
    basis=Basis.EX_OFFICIO,
    filed_by=frozenset(),
    days_to_file=None,
    fields=(replace(EFFECTIVE_ON, label="修正の日（異動日）"), WHY),
    member_fields=MEMBER_FIELDS,
    scope=Scope.CHOSEN,
    effect=Effect.CORRECTION,
    notices=IN_HOUSE,
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    of_removed=True,
)
