"""抑止の画面の材料 — every block of a person and their household, standing or released, with its terms, lifts and their history. 標準仕様3.1."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import Http404

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.models import Block, BlockLift, BlockTerm
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import BY_PERSON, newest_rows
from daicho.residents.queries.sheet_view import SheetView, sheet_view


@dataclass(frozen=True)
class BlockFound:
    """One block: what it does now (newest term of each process), what it did before, its lifts, newest first."""

    block: Block
    terms: tuple[BlockTerm, ...]
    earlier: tuple[BlockTerm, ...]
    lifts: tuple[BlockLift, ...]

    @property
    def stands(self) -> bool:
        return self.block.released_at is None


@dataclass(frozen=True)
class BlockPage:
    """`standing` first those that stand, then those released, newest first."""

    person: SheetView
    blocks: tuple[BlockFound, ...]


def block_page(actor: Actor, public_id: UUID) -> BlockPage:
    """Of one person. Http404 for nobody. Four statements and the record."""
    permission = Permission.BLOCK_SET if actor.may(Permission.BLOCK_SET) else Permission.BLOCK_LIFT
    with audit.reading(actor, permission, subjects=(public_id,)):
        rows = newest_rows(BY_PERSON, [public_id])
        if not rows:
            raise Http404
        [row] = rows.values()
        mine = Q(person_id=row.person_id) | Q(household_no=row.entries.household_no or "-")
        found = Block.objects.filter(mine, municipality_code=settings.INSTALLATION.municipality_code).prefetch_related("terms", "lifts")
        blocks = sorted((_found(block) for block in found), key=lambda one: (not one.stands, -one.block.pk))
        return BlockPage(sheet_view(row, clock.today()), tuple(blocks))


def _found(block: Block) -> BlockFound:
    terms = sorted(block.terms.all(), key=lambda term: -term.pk)
    newest: dict[str, BlockTerm] = {}
    for term in terms:
        newest.setdefault(term.process, term)
    now = tuple(sorted(newest.values(), key=lambda term: term.pk))
    lifts = tuple(sorted(block.lifts.all(), key=lambda lift: -lift.pk))
    return BlockFound(block, now, tuple(term for term in terms if term not in now), lifts)


def waiting_lifts(actor: Actor) -> list[BlockLift]:
    """一時解除の申請 that no second officer has decided, oldest first, of the protected person each is about. One statement and the record."""
    with audit.reading(actor, Permission.SUPPORT_MANAGE, purpose="支援措置の一時解除の承認") as seen:
        rows = BlockLift.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, decided_at__isnull=True)
        found = list(rows.select_related("block__person", "visit").order_by("pk"))
        seen.add(*(lift.block.person.public_id for lift in found if lift.block.person))
        return found
