"""除票の誤記の記載 — an entry of a 除票 was wrong: the entry stays as it is, the 留意事項 says that it is wrong and what is right. 住民基本台帳法第15条の3; std 1.1.5 (items 81–92)."""

from __future__ import annotations

from datetime import date

from daicho.residents.rules.birth import birth_as_kept
from daicho.residents.rules.changes import Changes, Revision, Tie
from daicho.residents.rules.check import check_days
from daicho.residents.rules.closing import OF_CLOSED
from daicho.residents.rules.definitions import Basis, Effect, EventDefinition, Field, FieldKind, Scope
from daicho.residents.rules.entries import ENTRIES, SheetEntries
from daicho.residents.rules.events.caution_entry import TIED
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, WHY
from daicho.residents.rules.fold import fold, key_of, live, spells_of
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import going
from daicho.residents.rules.situation import PersonState, Situation
from daicho.values.dates import BadDate, JapaneseDate, wareki

_GROUP = "除票の誤記"
REASONS = (
    ("notified", "他の市区町村・機関からの通知"), ("register", "戸籍・附票との照合"), ("petition", "本人等の申出"), ("checked", "職員の点検"), ("other", "そのほか"),
)  # fmt: skip
_PLACES = tuple((name, ENTRIES[name].ja.removesuffix("(外国人)")) for name in TIED)
MEMBER_FIELDS = (
    Field("sheet_history_no", "誤記のある除票の履歴番号", FieldKind.TEXT, hint="除票が二つ以上あるとき。空欄は最も新しい除票", group=_GROUP),
    Field("found_on", "誤記が判明した日", FieldKind.DATE, required=True, group=_GROUP, default="today"),
    Field("place", "誤記の箇所", FieldKind.CHOICE, required=True, choices=_PLACES, group=_GROUP),
    Field("reason_code", "判明した理由", FieldKind.CHOICE, required=True, choices=REASONS, group=_GROUP),
    Field("reason_text", "判明した理由（文）", FieldKind.TEXT, group=_GROUP),
    Field("correct_text", "正しい記載", FieldKind.TEXT, required=True, hint="統合記載欄に記載されます", group=_GROUP),
    Field("corrected_birth_date", "正しい生年月日", FieldKind.UNCERTAIN_DATE, hint="生年月日の誤記のとき", group=_GROUP),
    Field("corrected_name", "正しい氏名", FieldKind.NAME, hint="氏名の誤記のとき", group=_GROUP),
    Field("corrected_name_kana", "正しい振り仮名", FieldKind.KANA, hint="氏名の誤記のとき", group=_GROUP),
)


def _sheet(person: PersonState, member: Member, today: date) -> tuple[int, SheetEntries] | None:
    """The spell and what its 除票 says: of the row that is named, or the newest. None where there is none; a stay that was cancelled has left none."""
    named = member.text("sheet_history_no")
    closed = []
    for spell_no, rows in spells_of(person.versions).items():
        whole = fold(rows)
        if whole is not None and whole.closed_on is not None and whole.closed_on <= today and (not named or named in {str(v.history_no) for v in rows}):
            closed.append((whole.closed_on, spell_no))
    if not closed:
        return None
    spell_no = max(closed)[1]
    return spell_no, person.entries if spell_no == person.spell_no else person.entries_of(spell_no)


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = check_days(REMOVED_SHEET_ERROR, situation, filing)
    if not filing.members:
        found.append(problem("X001", "members", event=REMOVED_SHEET_ERROR.ja, article=REMOVED_SHEET_ERROR.article))
    for index, (member, person) in enumerate(going(situation, filing)):
        sheet = _sheet(person, member, situation.today)
        if sheet is None:
            found.append(problem("U004", "person", index))
            continue
        try:
            _birth(member, sheet[1])
        except BadDate as bad:
            found.append(problem("F002", "corrected_birth_date", index, label="正しい生年月日", fault=bad, article=REMOVED_SHEET_ERROR.article))
        found_on = _found_on(member)
        if found_on is not None and found_on > situation.today:
            found.append(problem("U005", "found_on", index))
    return tuple(found)


def _found_on(member: Member) -> date | None:
    value = member.values.get("found_on")
    return value if isinstance(value, date) else None


def _birth(member: Member, sheet: SheetEntries) -> JapaneseDate | None:
    born = member.day("corrected_birth_date")
    return birth_as_kept(born, sheet.resident_kind) if born and sheet.resident_kind else born


def _asserts(member: Member, sheet: SheetEntries) -> dict[str, object]:
    """Items 81–92. What is uncertain of the birth date stands beside it as it does beside 生年月日 (std 1.1.8)."""
    born = _birth(member, sheet)
    bounds: dict[str, object] = {}
    if born is not None and born.first != born.last:
        bounds = {"corrected_birth_uncertain_from": born.first, "corrected_birth_uncertain_to": born.last, "corrected_birth_uncertain_text": born.as_written}
    return {
        "deleted_record_error_found_date": _found_on(member),
        "deleted_record_error_place": dict(_PLACES).get(member.text("place") or ""),
        "deleted_record_error_reason_code": member.text("reason_code"),
        "deleted_record_error_reason_text": member.text("reason_text"),
        "deleted_record_correct_text": member.text("correct_text"),
        "corrected_birth_date": born,
        "corrected_name": member.text("corrected_name"),
        "corrected_name_kana": member.text("corrected_name_kana"),
        **bounds,
    }


def _caution(member: Member) -> str:
    """誤記である旨 and 正しい記載 (N-1.1.5-05)."""
    found_on = _found_on(member)
    when = f"（{wareki(found_on)}判明）" if found_on else ""
    return f"誤記　{dict(_PLACES)[member.text('place') or '']}　正しい記載　{member.text('correct_text')}{when}"


def _apply(situation: Situation, filing: Filing) -> Changes:
    """Never below what was said of the 除票 before, so that the last word counts (fold.md 16)."""
    assert filing.effective_on is not None
    revisions = []
    for index, (member, person) in enumerate(going(situation, filing)):
        sheet = _sheet(person, member, situation.today)
        if sheet is None:
            continue
        said = [v.key for v in live(person.versions) if v.spell_no == sheet[0] and (v.is_opening or not OF_CLOSED.isdisjoint(v.asserted()))]
        key = max(key_of(filing.effective_on, situation.today), *said)
        tie = Tie((member.text("place") or "",))
        revisions.append(Revision(index, person.atena_no, _asserts(member, sheet[1]), spell_no=sheet[0], key=key, remark=_caution(member), tie=tie))
    return Changes(revisions=tuple(revisions))


REMOVED_SHEET_ERROR = EventDefinition(
    code="removed_sheet_error",
    standard_code="職権修正",
    ja="除票の誤記の記載",
    article="住民基本台帳法第15条の3、標準仕様1.1.5",
    basis=Basis.EX_OFFICIO,
    filed_by=frozenset(),
    days_to_file=None,
    fields=(EFFECTIVE_ON, WHY),
    member_fields=MEMBER_FIELDS,
    scope=Scope.CHOSEN,
    effect=Effect.CORRECTION,
    notices=(),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    shows_in_history=False,
    of_removed=True,
)
