"""宛名番号の統合 — proposed by one officer, in force by another's act, undone by two. 住民基本台帳法第8条, 令第12条; std 1.1.13; decision 0038.

Where the number given up has an open sheet, the union is the 職権消除 of that sheet with a leading row: it takes effect in the 本登録 of the removal, and ends in
that of its 取消し, whichever screen they come from.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import transaction

from daicho import audit, clock, rows
from daicho.audit.actor import Actor
from daicho.residents.commands import filings
from daicho.residents.commands.doubles import decided, undecided_double
from daicho.residents.commands.typed import TypedForm, TypedPerson, defaults_of
from daicho.residents.errors import CannotDo
from daicho.residents.models import Claim, Double, Person, PersonUnion, Visit
from daicho.residents.models import Filing as FilingRow
from daicho.residents.models.double import UnionState
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import BY_PERSON_ID, CurrentRow, newest_rows
from daicho.residents.queries.situations import lock_current
from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.doubles import SAME, Party, refusal
from daicho.residents.rules.events.cancellation import CANCELLATION
from daicho.residents.rules.events.ex_officio_removal import EX_OFFICIO_REMOVAL
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.vocabulary import DUPLICATE, EX_OFFICIO
from daicho.ui.dates import wareki_text


@transaction.atomic
def propose(actor: Actor, visit: Visit, double_id: UUID, stays: UUID, reason: str) -> PersonUnion:
    """統合の提案: the number of `stays` stays. With an open sheet under the other one its 職権消除 is begun, to be entered by this officer.

    CannotDo without a reason, for what was decided meanwhile, and for what rules/doubles.py refuses.
    """
    audit.require(actor, Permission.DOUBLE_DECIDE)
    double = undecided_double(double_id)
    if not reason.strip():
        raise CannotDo("同じ人と判断した理由を入力してください。")
    kept, given_up = _both(double, stays)
    lock_current([], sorted((kept.atena_no, given_up.atena_no)))
    newest = newest_rows(BY_PERSON_ID, [kept.pk, given_up.pk])
    if why := refusal(*(_party(newest[person.pk]) for person in (kept, given_up))):
        raise CannotDo(why)
    _close_withdrawn(kept, given_up)
    union = PersonUnion(
        municipality_code=settings.INSTALLATION.municipality_code, stays=kept, given_up=given_up, reason=reason.strip(), proposed_by=actor.name,
        proposed_by_id_no=actor.account_id or 0, proposed_at=clock.now(),
    )  # fmt: skip
    if newest[given_up.pk].entries.closed_on is None:
        audit.require(actor, Permission.FILING_ENTER)
        said = f"二重の記載のため（宛名番号{kept.atena_no}に統合）。{reason.strip()}"
        texts = {"effective_on": wareki_text(clock.today()), "ground": DUPLICATE, "reason": said}
        union.filing = filings.start(actor, visit, EX_OFFICIO_REMOVAL.code, TypedForm(texts, (TypedPerson(str(given_up.public_id), {}),)))
    union.save()
    decided(actor, double, SAME, reason)
    _record(actor, Permission.DOUBLE_DECIDE, union, "propose")
    return union


def _both(double: Double, stays: UUID) -> tuple[Person, Person]:
    both = {double.first.public_id: double.first, double.second.public_id: double.second}
    if stays not in both:
        raise CannotDo("残す宛名番号を選んでください。")
    kept = both.pop(stays)
    return kept, both.popitem()[1]


def _party(row: CurrentRow) -> Party:
    pending = Claim.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, kind="person", number=row.atena_no).exists()
    return Party(row.atena_no, row.entries.closed_on is None, pending)


def _close_withdrawn(*people: Person) -> None:
    """A proposal whose 職権消除 was withdrawn is none any more. CannotDo while another one stands that concerns one of them."""
    for row in _ours().filter(given_up__in=people, ended_at__isnull=True, withdrawn_at__isnull=True).select_related("filing", "undo_filing"):
        if row.state is not UnionState.WITHDRAWN:
            raise CannotDo("どちらかの宛名番号は、ほかの統合の提案中か、統合済みです。統合の一覧で確かめてください。")
        row.withdrawn_at = clock.now()
        rows.update(row, "withdrawn_at")


@transaction.atomic
def approve(actor: Actor, union_id: UUID) -> PersonUnion:
    """統合の承認, of a union that removes nobody; the others come with the 本登録 of their 職権消除. CannotDo for the one who proposed it."""
    audit.require(actor, Permission.UNION_APPROVE)
    union = _locked(union_id, UnionState.PROPOSED)
    if union.filing is not None:
        raise CannotDo("この統合は、職権消除の照合と本登録によって成立します。仮登録の一覧から照合してください。")
    _must_be_another(actor, union.proposed_by_id_no)
    newest = newest_rows(BY_PERSON_ID, [union.stays_id, union.given_up_id])
    if newest[union.given_up_id].entries.closed_on is None:
        raise CannotDo("提案の後に、統合でなくなる宛名番号の住民票が記載されました。取り下げて、もう一度提案してください。")
    return _united(actor, union)


@transaction.atomic
def withdraw(actor: Actor, union_id: UUID) -> PersonUnion:
    """提案の取下げ, of the union or of its 取消し. Of what a filing brings about the filing is withdrawn instead."""
    audit.require(actor, Permission.DOUBLE_DECIDE)
    union = _locked(union_id, UnionState.PROPOSED, UnionState.UNDOING)
    if (union.filing if union.state is UnionState.PROPOSED else union.undo_filing) is not None:
        raise CannotDo("この提案の届出（職権消除又は取消し）を取り下げてください。提案も取り下げられます。")
    if union.state is UnionState.PROPOSED:
        union.withdrawn_at = clock.now()
        _ask_again(union)
    else:
        union.undo_at = union.undo_by_id_no = None
    rows.update(union, "withdrawn_at", "undo_at", "undo_by_id_no")
    _record(actor, Permission.DOUBLE_DECIDE, union, "withdraw")
    return union


@transaction.atomic
def propose_undo(actor: Actor, visit: Visit, union_id: UUID, reason: str) -> PersonUnion:
    """統合の取消しの提案: of a union with a removal its 取消し is begun, to be entered by this officer. CannotDo without a reason."""
    audit.require(actor, Permission.DOUBLE_DECIDE)
    union = _locked(union_id, UnionState.UNITED)
    if not reason.strip():
        raise CannotDo("統合を取り消す理由を入力してください。")
    union.undo_reason, union.undo_by, union.undo_by_id_no, union.undo_at = reason.strip(), actor.name, actor.account_id, clock.now()
    if union.filing is not None:
        audit.require(actor, Permission.FILING_ENTER)
        said = {"effective_on": wareki_text(clock.today()), "basis": EX_OFFICIO, "reason": f"宛名番号の統合の取消し。{reason.strip()}"}
        form = TypedForm({**defaults_of(CANCELLATION.fields), **said}, (TypedPerson(str(union.given_up.public_id), {}),))
        union.undo_filing = filings.start(actor, visit, CANCELLATION.code, form, cancels=union.filing.event_id_no)
    rows.update(union, "undo_reason", "undo_by", "undo_by_id_no", "undo_at", "undo_filing")
    _record(actor, Permission.DOUBLE_DECIDE, union, "propose_undo")
    return union


@transaction.atomic
def approve_undo(actor: Actor, union_id: UUID) -> PersonUnion:
    """統合の取消しの承認, of a union that removed nobody. CannotDo for the one who proposed it."""
    audit.require(actor, Permission.UNION_APPROVE)
    union = _locked(union_id, UnionState.UNDOING)
    if union.undo_filing is not None:
        raise CannotDo("この取消しは、異動の取消しの照合と本登録によって成立します。仮登録の一覧から照合してください。")
    _must_be_another(actor, union.undo_by_id_no)
    return _ended(actor, union)


def follow(actor: Actor, definition: EventDefinition, row: FilingRow, filed: Filing) -> None:
    """In the 本登録 of a 職権消除 its union takes effect, in that of its 取消し it ends. One statement for each of the two events, none for others.

    CannotDo when the removal is no longer of the one given up alone, as a double: nobody else may go with it.
    """
    if definition.code == EX_OFFICIO_REMOVAL.code:
        for union in _ours().filter(filing=row, approved_at__isnull=True).select_related("filing", "stays", "given_up"):
            audit.require(actor, Permission.UNION_APPROVE)
            if [m.atena_no for m in filed.members] != [union.given_up.atena_no] or filed.text("ground") != DUPLICATE:
                raise CannotDo("宛名番号の統合のための職権消除です。統合でなくなる人だけを、二重の記載の事由で消除するように、差し戻してください。")
            _united(actor, union)
    elif row.cancels_id_no is not None:
        standing = _ours().filter(filing__event_id_no=row.cancels_id_no, approved_at__isnull=False, ended_at__isnull=True)
        for union in standing.select_related("stays", "given_up"):
            audit.require(actor, Permission.UNION_APPROVE)
            _ended(actor, union)


def _united(actor: Actor, union: PersonUnion) -> PersonUnion:
    union.approved_by, union.approved_at = actor.name, clock.now()
    rows.update(union, "approved_by", "approved_at")
    _record(actor, Permission.UNION_APPROVE, union, "unite")
    return union


def _ended(actor: Actor, union: PersonUnion) -> PersonUnion:
    union.ended_by, union.ended_at = actor.name, clock.now()
    rows.update(union, "ended_by", "ended_at")
    _ask_again(union)
    _record(actor, Permission.UNION_APPROVE, union, "undo")
    return union


def _ask_again(union: PersonUnion) -> None:
    """The two stand on the work list again: they are two until somebody says otherwise."""
    first, second = sorted((union.stays_id, union.given_up_id))
    code = settings.INSTALLATION.municipality_code
    Double.objects.filter(municipality_code=code, first_id=first, second_id=second, decision=SAME).update(decision=None)


def _locked(union_id: UUID, *states: UnionState) -> PersonUnion:
    union = _ours().filter(public_id=union_id).select_for_update(of=("self",)).select_related("filing", "undo_filing", "stays", "given_up").first()
    if union is None or union.state not in states:
        raise CannotDo("この統合は、いまその処理ができません。統合の一覧を開き直して確かめてください。")
    return union


def _must_be_another(actor: Actor, proposer: int | None) -> None:
    """Nobody approves what they proposed (F-1-02)."""
    if actor.account_id == proposer:
        raise CannotDo("自分が提案したものは承認できません。ほかの職員が行ってください。")


def _record(actor: Actor, permission: Permission, union: PersonUnion, step: str) -> None:
    detail = {"union": str(union.public_id), "step": step}
    audit.record(actor, permission, [union.stays.public_id, union.given_up.public_id], purpose=union.undo_reason or union.reason, detail=detail)


def _ours():  # type: ignore[no-untyped-def]  # Django's queryset
    return PersonUnion.objects.filter(municipality_code=settings.INSTALLATION.municipality_code)
