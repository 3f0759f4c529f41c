"""個人番号の重複の判断 — a clerk says whether two integrated numbers are one person's, and whose the 個人番号 is. 番号法第9条; S4-01."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from daicho import audit, clock
from daicho.atena.commands.joining import lock_persons, take_numbers
from daicho.atena.models import AffairAtena, HeldNumber, IntegratedPerson, NumberDouble, municipality_code
from daicho.atena.permissions import AtenaPermission
from daicho.atena.rules.doubles import Decision, Party, surviving
from daicho.atena.rules.vocabulary import REGISTER


class CannotDecide(Exception):
    """The decision cannot be carried out; the message is for the clerk."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@transaction.atomic
def decide(actor: audit.Actor, double: UUID, decision: Decision, reason: str) -> None:
    """Carry out a clerk's decision. Raises CannotDecide, audit.Refused. Nothing is deleted; a number given up is never used again."""
    audit.require(actor, AtenaPermission.DOUBLE_DECIDE)
    row = _open(double)
    if not reason.strip():
        raise CannotDecide("判断の理由を入力してください。")
    persons = lock_persons([row.holder_id, row.claimant_id])
    holder, claimant = persons[row.holder_id], persons[row.claimant_id]
    if decision is Decision.SAME:
        _unite(row, holder, claimant)
    elif decision is Decision.CLAIMANTS:
        take_numbers({row.individual_number_ref: claimant})
    row.decision, row.reason, row.decided_by, row.decided_at = decision.value, reason.strip(), actor.login, clock.now()
    row.save(update_fields=["decision", "reason", "decided_by", "decided_at"])
    detail = {"double": str(double), "decision": decision.value}
    audit.record(actor, AtenaPermission.DOUBLE_DECIDE, [holder.public_id, claimant.public_id], purpose=reason.strip(), detail=detail)


def _open(double: UUID) -> NumberDouble:
    row = NumberDouble.objects.select_for_update().filter(municipality_code=municipality_code(), public_id=double, decided_at__isnull=True).first()
    if row is None:
        raise CannotDecide("この重複は、すでに判断されているか、見つかりません。一覧を開き直してください。")
    return row


def _unite(row: NumberDouble, holder: IntegratedPerson, claimant: IntegratedPerson) -> None:
    """Everything of the number given up goes over to the one that stays; the former leads there for good."""
    registered = set(AffairAtena.objects.filter(affair_code=REGISTER, person__in=[holder, claimant]).values_list("person_id", flat=True))
    stays = surviving(Party(holder.pk, holder.pk in registered), Party(claimant.pk, claimant.pk in registered))
    if stays is None:
        raise CannotDecide("どちらも住民基本台帳に記録されています。二重の記載を住民記録で先に正してください（法第8条）。")
    person, given_up = (holder, claimant) if stays.person_id == holder.pk else (claimant, holder)
    others = NumberDouble.objects.filter(Q(holder=given_up) | Q(claimant=given_up), decided_at__isnull=True).exclude(pk=row.pk)
    if others.exists():
        raise CannotDecide("統合でなくなる番号に、ほかにも確認中の重複があります。そちらを先に判断してください。")
    now = clock.now()
    HeldNumber.objects.filter(person=given_up, until__isnull=True).exclude(individual_number_ref=row.individual_number_ref).update(until=now)
    HeldNumber.objects.filter(person=given_up).exclude(individual_number_ref=row.individual_number_ref).update(person=person)
    take_numbers({row.individual_number_ref: person})
    AffairAtena.objects.filter(person=given_up).update(person=person)
    IntegratedPerson.objects.filter(Q(pk=given_up.pk) | Q(united_with=given_up)).update(united_with=person)
