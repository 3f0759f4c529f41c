"""抑止の設定・解除・一時解除. 標準仕様3.1.

A block of 支援措置 is set and released with its case alone (commands/support.py); its temporary lift is for one 受付 and a second officer's word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daicho import audit, city, clock
from daicho.audit.actor import Actor
from daicho.residents.commands.notices.issue_block import tell_of_blocks
from daicho.residents.errors import CannotDo
from daicho.residents.models import Block, BlockLift, BlockTerm, Person, SheetCurrent, Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.situations import lock_current
from daicho.residents.rules.blocks import SET_BY_OFFICERS, BlockKind, Term, check_terms


@dataclass(frozen=True)
class BlockForm:
    """抑止 as an officer sets it: of the person alone, or of their whole household."""

    kind: BlockKind
    reason: str
    terms: tuple[Term, ...]
    whole_household: bool = False


class NotAsTyped(CannotDo):
    """What was typed cannot be set: all faults as (field, message)."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__("入力内容に確認が必要な項目があります。")
        self.faults = tuple(faults)


@transaction.atomic
def set_block(actor: Actor, person: UUID, form: BlockForm) -> Block:
    """A new block, told to the other systems at once. NotAsTyped with every fault; CannotDo for somebody who is in no household."""
    audit.require(actor, Permission.BLOCK_SET, (person,))
    if form.kind not in SET_BY_OFFICERS:
        raise CannotDo("支援措置による抑止は、支援措置の画面で申出を受け付けて設定してください（標準仕様3.4）。")
    faults = check_terms(form.terms)
    if not form.reason.strip():
        faults.insert(0, ("reason", "抑止の理由を入力してください（標準仕様3.1）。"))
    if faults:
        raise NotAsTyped(faults)
    subject = _person(person)
    household_no = _household_of(subject) if form.whole_household else None
    block = make_block(actor, subject, household_no, form)
    people = people_of(block)
    tell_of_blocks([one.pk for one in people])
    _record(actor, Permission.BLOCK_SET, people, block, "set")
    return block


def make_block(actor: Actor, person: Person, household_no: str | None, form: BlockForm) -> Block:
    """The rows of a block, nobody told. `household_no`: it is of that household instead of the person."""
    code, now = settings.INSTALLATION.municipality_code, clock.now()
    subject = {"household_no": household_no} if household_no else {"person": person}
    block = Block.objects.create(municipality_code=code, kind=form.kind, reason=form.reason.strip(), set_by=actor.name, set_at=now, **subject)
    write_terms(actor, block, form.terms)
    return block


def write_terms(actor: Actor, block: Block, terms: Sequence[Term]) -> None:
    """What the block does from now on, beside what was written before."""
    BlockTerm.objects.bulk_create(
        BlockTerm(
            municipality_code=block.municipality_code, block=block, process=term.process, strength=term.strength, starts_on=term.starts_on,
            ends_on=term.ends_on, recorded_by=actor.name, recorded_at=clock.now(),
        )
        for term in terms
    )  # fmt: skip


@transaction.atomic
def change_block(actor: Actor, block_id: UUID, terms: Sequence[Term]) -> Block:
    """Other processes, strengths or days; what was set before stays in the history. NotAsTyped."""
    audit.require(actor, Permission.BLOCK_SET)
    block = _standing(block_id)
    if faults := check_terms(terms):
        raise NotAsTyped(faults)
    write_terms(actor, block, terms)
    people = people_of(block)
    tell_of_blocks([one.pk for one in people])
    _record(actor, Permission.BLOCK_SET, people, block, "change")
    return block


@transaction.atomic
def release_block(actor: Actor, block_id: UUID, reason: str) -> Block:
    """本解除, told to the other systems at once. CannotDo without a reason, and for a block of 支援措置."""
    audit.require(actor, Permission.BLOCK_SET)
    block = _standing(block_id)
    if block.kind == BlockKind.SUPPORT:
        raise CannotDo("支援措置による抑止は、支援措置の終了の処理で解除されます。支援措置の画面で処理してください（標準仕様3.4）。")
    if not reason.strip():
        raise CannotDo("解除の理由を入力してください（標準仕様3.1）。")
    release(actor, block, reason.strip())
    people = people_of(block)
    tell_of_blocks([one.pk for one in people])
    _record(actor, Permission.BLOCK_SET, people, block, "release")
    return block


def release(actor: Actor, block: Block, reason: str) -> None:
    """The row of the release, nobody told."""
    block.released_by, block.released_at, block.release_reason = actor.name, clock.now(), reason
    block.save(update_fields=["released_by", "released_at", "release_reason"])


@transaction.atomic
def lift_block(actor: Actor, block_id: UUID, reason: str) -> BlockLift:
    """一時解除: for the city's minutes everything passes; then it stops again by itself. No other system is told (N-3.1-09 … -12)."""
    audit.require(actor, Permission.BLOCK_LIFT)
    block = _standing(block_id)
    if block.kind == BlockKind.SUPPORT:
        raise CannotDo("支援措置による抑止の一時解除は、交付の画面から申請し、別の職員の承認を受けてください（標準仕様3.4）。")
    if not reason.strip():
        raise CannotDo("一時解除の理由を入力してください（標準仕様3.1）。")
    now = clock.now()
    lift = _lift(actor, block, reason)
    lift.decided_by, lift.decided_at, lift.until = actor.name, now, now + _minutes()
    lift.save()
    _record(actor, Permission.BLOCK_LIFT, people_of(block), block, "lift")
    return lift


@transaction.atomic
def ask_lift(actor: Actor, visit: Visit, block_id: UUID, reason: str, identity_check: str) -> BlockLift:
    """審査の結果による一時解除の申請: of 支援措置, for this visitor alone. CannotDo without what was examined and how the visitor was identified."""
    audit.require(actor, Permission.BLOCK_LIFT)
    block = _standing(block_id)
    if not reason.strip() or not identity_check.strip():
        raise CannotDo("審査の結果と、本人確認の内容（確認した書類と方法）の両方を入力してください（標準仕様3.4）。")
    lift = _lift(actor, block, reason)
    lift.visit, lift.identity_check = visit, identity_check.strip()
    lift.save()
    _record(actor, Permission.BLOCK_LIFT, people_of(block), block, "ask_lift")
    return lift


@transaction.atomic
def decide_lift(actor: Actor, lift_id: UUID, *, approved: bool) -> BlockLift:
    """Another officer's word on it: from then on, for the city's minutes, this visitor can be served. CannotDo for the one who asked."""
    audit.require(actor, Permission.SUPPORT_MANAGE)
    lift = BlockLift.objects.select_for_update().filter(municipality_code=settings.INSTALLATION.municipality_code, public_id=lift_id).first()
    if lift is None or lift.decided_at is not None:
        raise CannotDo("この申請は、もう処理されています。一覧を開き直してください。")
    if lift.asked_by_id_no == actor.account_id:
        raise CannotDo("申請した職員は承認できません。別の職員が、審査の内容を確認して承認してください（標準仕様3.4）。")
    now = clock.now()
    lift.decided_by, lift.decided_at, lift.until = actor.name, now, now + _minutes() if approved else None
    lift.save(update_fields=["decided_by", "decided_at", "until"])
    _record(actor, Permission.SUPPORT_MANAGE, people_of(lift.block), lift.block, "approve_lift" if approved else "decline_lift")
    return lift


def people_of(block: Block) -> list[Person]:
    """Whom it is about: the person, or everybody whose sheet bears the household's number."""
    if block.person is not None:
        return [block.person]
    sheets = SheetCurrent.objects.filter(municipality_code=block.municipality_code, household_no=block.household_no).select_related("person")
    return list({sheet.person_id: sheet.person for sheet in sheets}.values())


def _lift(actor: Actor, block: Block, reason: str) -> BlockLift:
    return BlockLift(
        municipality_code=block.municipality_code, block=block, reason=reason.strip(), asked_by=actor.name, asked_by_id_no=actor.account_id, asked_at=clock.now()
    )  # fmt: skip


def _minutes() -> timedelta:
    return timedelta(minutes=int(city.setting("block_lift_minutes", clock.today())))


def _person(public_id: UUID) -> Person:
    code = settings.INSTALLATION.municipality_code
    person = Person.objects.filter(municipality_code=code, public_id=public_id).first()
    if person is None:
        raise CannotDo("対象者が見つかりません。住民票の画面から選び直してください。")
    lock_current([], [person.atena_no])  # an 異動 or another block at the same moment
    return person


def _household_of(person: Person) -> str:
    number = SheetCurrent.objects.filter(person=person, closed_on__isnull=True).values_list("household_no", flat=True).first()
    if not number:
        raise CannotDo("世帯に属していない人です。世帯単位ではなく、個人単位で設定してください（標準仕様3.1）。")
    return str(number)


def _standing(block_id: UUID) -> Block:
    code = settings.INSTALLATION.municipality_code
    block = Block.objects.select_for_update(of=("self",)).filter(municipality_code=code, public_id=block_id).select_related("person").first()
    if block is None or block.released_at is not None:
        raise CannotDo("この抑止は、もう解除されています。住民票の画面を開き直してください。")
    return block


def _record(actor: Actor, permission: Permission, people: Sequence[Person], block: Block, step: str) -> None:
    audit.record(actor, permission, [one.public_id for one in people], detail={"block": str(block.public_id), "step": step})
