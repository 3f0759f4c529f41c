"""異動の取消し — an event of the history no longer counts, and the sheets say what they said without it. std 4.6; domain §4.6; design §4; decision 0013.

Of everybody of whom the event said something, or of some of them (N-4.6.0.1-03). What rests on it is cancelled first. There is one
取消し, whatever the ground: of a false 異動 nothing more is done (N-4.6.0.1-14), nor does a 除票 hinder it (N-4.6.0.1-15).
"""

from __future__ import annotations

from daicho.residents.rules.annulling import resting_on
from daicho.residents.rules.changes import Annulled, Changes
from daicho.residents.rules.check import check_days
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, NoticeKind, Notify, Scope, Turn
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.fold import Version, lives, spells_overlap
from daicho.residents.rules.household_law import HEAD, doubtful, lawless
from daicho.residents.rules.outcome import households_after, outcomes
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import PersonState, Situation
from daicho.residents.rules.undoing import undone_of, versions_by
from daicho.residents.rules.vocabulary import CANCELLING_BASES, MOVED_OUT_SPECIALLY, PETITION

FIELDS = (
    Field("effective_on", "異動日", FieldKind.UNCERTAIN_DATE, required=True, hint="取消しをすることになった日。例　令和8年4月1日、R8.4.1", group="取消し"),
    Field("basis", "取消しの別", FieldKind.CHOICE, required=True, choices=CANCELLING_BASES, group="取消し"),
    Field("filed_on", "申出日", FieldKind.DATE, hint="申出による取消しのときだけ残ります", group="取消し", default="today"),
    Field("reason", "取消しの理由", FieldKind.TEXT, required=True, hint="審査する職員が読みます", group="取消し"),
)


def _basis(filing: Filing) -> Basis:
    return Basis.PETITION if filing.text("basis") == PETITION else Basis.EX_OFFICIO


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = check_days(CANCELLATION, situation, filing)
    if _basis(filing) is Basis.PETITION and filing.filed_on is None:
        found.append(problem("Z001", "filed_on"))
    found += _check_event(situation, filing)
    if filing.effective_on is None or any(p.blocks for p in found):
        return tuple(found)
    for index, member in enumerate(filing.members):
        found += _check_person(situation, filing, situation.person(member.atena_no or ""), index)
    if any(p.blocks for p in found):
        return tuple(found)
    return (*found, *_check_after(situation, filing))


def _check_event(situation: Situation, filing: Filing) -> list[Problem]:
    """What is cancelled, and of whom."""
    event = situation.cancels
    if event is None:
        return [problem("Z002", "event")]
    if event.is_cancel:
        return [problem("Z003", "event")]
    if not filing.members:
        return [problem("Z004", "members")]
    found = []
    for index, member in enumerate(filing.members):
        if member.atena_no not in event.told:
            found.append(problem("Z005", "person", index))
        elif not versions_by(situation.person(member.atena_no), event.number):
            found.append(problem("Z006", "person", index))
    return found


def _check_person(situation: Situation, filing: Filing, person: PersonState, index: int) -> list[Problem]:
    """What rests on the event, to be cancelled first, oldest first (design §4)."""
    event = situation.cancels
    assert event is not None and filing.effective_on is not None
    wrote = versions_by(person, event.number)
    resting = {v.history_no: v for target in wrote for v in resting_on(person.versions, target, situation.today)}
    found = [_rests(situation, resting[no], index) for no in sorted(resting)]
    for version in wrote:
        opened = version.entries.opened_on
        if version.is_opening and opened is not None and filing.effective_on.last < opened:
            found.append(problem("Z007", "effective_on", index))
        if version.is_opening and event.sent_move_in_notice and version.entries.previous_municipality_code:
            found.append(problem("Z101", "members", index))
    return found


def _rests(situation: Situation, version: Version, index: int) -> Problem:
    return problem("Z008", "person", index, event=_named(situation, version))


def _named(situation: Situation, version: Version) -> str:
    event = situation.events[version.event_no]
    return f"履歴番号{version.history_no}、{event.standard_code}、異動日{event.effective_on.wareki()}"


def _check_after(situation: Situation, filing: Filing) -> list[Problem]:
    """The households as they would be, and the lives of each person (fold.md 22)."""
    assert situation.cancels is not None
    changes, event_no = _apply(situation, filing), situation.cancels.number
    found: list[Problem] = []
    for household in households_after(situation, outcomes(situation, changes)).values():
        found += [_two_heads(situation, filing, p) if p.code == "H001" else p for p in lawless(household)]
        found += doubtful(household, situation.today)
    for r in changes.undone:
        if spells_overlap(lives(v for v in situation.person(r.atena_no).versions if v.event_no != event_no)):
            found.append(problem("Z010", "person", r.member))
    return list(dict.fromkeys(found))


def _two_heads(situation: Situation, filing: Filing, found: Problem) -> Problem:
    """Who became 世帯主 since then: that event rests on the one that is cancelled, though it is about somebody else."""
    back = {m.atena_no for m in filing.members}
    since = [
        v
        for p in situation.persons.values()
        if p.atena_no not in back and p.is_open and p.entries.relationship == HEAD
        for v in p.versions
        if v.annulled_at is None and v.asserted().get("relationship") == HEAD and v.event_no in situation.events
    ]
    if not since:
        return found
    newest = _named(situation, max(since, key=lambda v: v.recorded_at))
    return problem("Z009", "members", event=newest)


def _apply(situation: Situation, filing: Filing) -> Changes:
    assert situation.cancels is not None
    event = situation.cancels
    chosen = frozenset(m.atena_no for m in filing.members if m.atena_no)
    whole = all(no in chosen or not versions_by(situation.person(no), event.number) for no in event.told)
    return Changes(undone=undone_of(situation, filing), annulled=Annulled(event.number, None if whole else chosen))


def _was_special(situation: Situation, _filing: Filing) -> bool:
    return situation.cancels is not None and situation.cancels.code == MOVED_OUT_SPECIALLY


CANCELLATION = EventDefinition(
    code="cancellation",
    standard_code="異動の取消し（修正）",
    ja="異動の取消し",
    article="住民基本台帳法第8条、標準4.6",
    basis=Basis.PETITION,
    basis_of=_basis,
    days_to_file=None,
    filed_by=frozenset(),
    fields=FIELDS,
    member_fields=(),
    scope=Scope.CHOSEN,
    effect=Effect.CORRECTION,
    turns={
        Effect.ENTRY: Turn("異動の取消し（増）", ("entry_ex_officio", "cancelled")),
        Effect.REMOVAL: Turn("異動の取消し（減）", ("removal_ex_officio", "cancelled")),
        Effect.CORRECTION: Turn("異動の取消し（修正）", ("correction_ex_officio", "cancelled")),
    },
    notices=(Notify(NoticeKind.IDENTITY_INFO), Notify(NoticeKind.MOVE_OUT_WITHDRAWAL, when=_was_special), *IN_HOUSE),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    of_event=True,
)
