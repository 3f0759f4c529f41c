"""留意事項の記載 — a 留意事項 (B類型) said later of an event of the history, corrected or taken away, also on a 除票. 住民基本台帳法第8条; std 1.1.5, 1.1.14.

It says no entry of the sheet: a version that asserts nothing bears it, so that the 留意事項 have a history too (std 1.2.1) and the entries stay as they are.
"""

from __future__ import annotations

from daicho.residents.rules.cautions import CAUTION, Caution, cautions, remarked
from daicho.residents.rules.changes import Changes, Revision, Tie
from daicho.residents.rules.check import check_days
from daicho.residents.rules.definitions import Basis, Effect, EventDefinition, Field, FieldKind, Scope
from daicho.residents.rules.entries import ENTRIES
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, WHY
from daicho.residents.rules.fold import Version, live
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import going
from daicho.residents.rules.situation import PersonState, Situation

ADD, REPLACE, REMOVE = "add", "replace", "remove"
_WAYS = ((ADD, "追加する"), (REPLACE, "書き直す"), (REMOVE, "削除する"))
TIED = (
    "name_kanji", "name_kana", "former_surname", "birth_date", "sex_code", "householder_name", "relationship", "address", "address_changed_date",
    "became_resident_date", "became_resident_notified_date", "registered_domicile", "family_register_head_name", "previous_address",
    "planned_move_out_address", "planned_move_out_date", "confirmed_move_out_address", "confirmed_move_out_date", "removal_reason_code", "removal_date",
    "foreign_name_alphabet", "foreign_name_kanji", "foreign_alias", "nationality_code", "residence_status_code", "residence_expiry_date",
)  # fmt: skip
"""異動項目 to which a 留意事項 can be tied; 世帯主氏名 too, which no event asserts."""
_GROUP = "留意事項"
_ON = Field(
    "on_history_no",
    "対象の履歴番号",
    FieldKind.TEXT,
    required=True,
    hint="異動履歴の画面の履歴番号。書き直すとき・削除するときは、その留意事項のある番号",
    group=_GROUP,
)
_WAY = Field("way", "記載の仕方", FieldKind.CHOICE, required=True, choices=_WAYS, group=_GROUP, default=ADD)
_ITEM = Field(
    "item", "直接関係する異動項目", FieldKind.CHOICE, choices=tuple((name, ENTRIES[name].ja.removesuffix("(外国人)")) for name in TIED),
    hint="選ばないときは、その異動で記載した全ての項目", group=_GROUP,
)  # fmt: skip


def _event(person: PersonState, member: Member) -> Version | None:
    """The version that is named, if it counts and says something."""
    named = member.text(_ON.name)
    return next((v for v in live(person.versions) if str(v.history_no) == named and v.asserts != {}), None)


def _standing(person: PersonState, member: Member) -> tuple[Version, Caution] | None:
    """The 留意事項 that the named row bears."""
    named = member.text(_ON.name)
    row = next((v for v in live(person.versions) if str(v.history_no) == named), None)
    if row is None:
        return None
    found = cautions(remarked(v) for v in person.versions if v.spell_no == row.spell_no and v.annulled_at is None)
    return next(((row, one) for one in found if one.history_no == row.history_no), None)


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = check_days(CAUTION_ENTRY, situation, filing)
    if not filing.members:
        found.append(problem("X001", "members", event=CAUTION_ENTRY.ja, article=CAUTION_ENTRY.article))
    for index, (member, person) in enumerate(going(situation, filing)):
        way = member.text(_WAY.name)
        if way == ADD and _event(person, member) is None:
            found.append(problem("U001", _ON.name, index))
        if way in (REPLACE, REMOVE) and _standing(person, member) is None:
            found.append(problem("U002", _ON.name, index))
        if way != REMOVE and member.text(CAUTION.name) is None:
            found.append(problem("U003", CAUTION.name, index))
    return tuple(found)


def _apply(situation: Situation, filing: Filing) -> Changes:
    said = [_revision(index, person, member) for index, (member, person) in enumerate(going(situation, filing))]
    return Changes(revisions=tuple(one for one in said if one is not None))


def _revision(index: int, person: PersonState, member: Member) -> Revision | None:
    item = member.text(_ITEM.name)
    names = (item,) if item else None
    if member.text(_WAY.name) == ADD:
        event = _event(person, member)
        if event is None:
            return None
        tie = Tie(names, on=event.history_no)
        return Revision(index, person.atena_no, {}, spell_no=event.spell_no, remark=member.text(CAUTION.name) or "", tie=tie)
    standing = _standing(person, member)
    if standing is None:
        return None
    row, before = standing
    text = "" if member.text(_WAY.name) == REMOVE else member.text(CAUTION.name) or ""
    tie = Tie(names or before.names, before.on, instead_of=before.history_no)
    return Revision(index, person.atena_no, {}, spell_no=row.spell_no, remark=text, tie=tie)


CAUTION_ENTRY = EventDefinition(
    code="caution_entry",
    standard_code="職権修正",
    ja="留意事項の記載・修正",
    article="住民基本台帳法第8条、標準仕様1.1.14",
    basis=Basis.EX_OFFICIO,
    filed_by=frozenset(),
    days_to_file=None,
    fields=(EFFECTIVE_ON, WHY),
    member_fields=(_ON, _WAY, _ITEM, CAUTION),
    scope=Scope.CHOSEN,
    effect=Effect.CORRECTION,
    notices=(),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    shows_in_history=False,
    of_removed=True,
)
