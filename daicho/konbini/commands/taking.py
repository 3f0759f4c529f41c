"""証明データの反映 — takes what the register told: the newest of each person, who is held, that the register lives. S5-01; G-21, N-3.1-18."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from daicho import audit, clock, vault
from daicho.contracts import base
from daicho.contracts.certificate_data_v1 import CertifiedEntries
from daicho.contracts.certificate_data_v1 import CertifiedPerson as Told
from daicho.contracts.certificate_heartbeat_v1 import CertificateHeartbeatV1
from daicho.konbini.models import CertifiedPerson, municipality_code
from daicho.konbini.permissions import KonbiniPermission
from daicho.outbox.errors import Refused
from daicho.outbox.models import Receipt

REPLACED = "新しい証明データに替わったため"
_ANOTHERS_CARD = (
    "宛名番号{}の人の利用者証明用電子証明書シリアル番号は、コンビニ交付では別の人のものとして登録されています。"
    "カードを確認し、住民記録で正しい番号に直してください。"
)


def take_certificate_data(persons: Sequence[Told], told_at: datetime, actor: audit.Actor) -> None:
    """Put everybody's newest data in place, together. Of who is known by a later 履歴番号 nothing changes.

    Inside the caller's transaction, which holds the receipt. Raises outbox Refused when a card is another person's, audit.Refused when
    `actor` is not the intake. A fixed number of statements.
    """
    audit.require(actor, KonbiniPermission.DATA_TAKE)
    known = _locked([one.atena_no for one in persons])
    newer = [one for one in persons if one.atena_no not in known or known[one.atena_no].history_no <= one.history_no]
    refs = _keep_cards(newer)
    _refuse_anothers_card(newer, refs, known)
    sealed = iter(vault.seal_payloads([base.write(one.entries, CertifiedEntries) for one in newer if one.entries is not None]))
    now, replaced = clock.now(), []
    new: list[CertifiedPerson] = []
    for one in newer:
        row = known.get(one.atena_no) or CertifiedPerson(atena_no=one.atena_no)
        if row.entries_ref is not None:
            replaced.append(row.entries_ref)
        _fill(row, one, refs.get(one.user_certificate_serial or ""), next(sealed) if one.entries is not None else None)
        row.told_at, row.taken_at = told_at, now
        if row.pk is None:
            new.append(row)
    changed = [known[one.atena_no] for one in newer if one.atena_no in known]
    _write(new, changed)
    people = [row.public_id for row in (*new, *changed)]
    if replaced:
        vault.erase_payloads(replaced, reason=REPLACED, actor=actor, subjects=people)
    audit.record(actor, KonbiniPermission.DATA_TAKE, people, detail={"history_no": [row.history_no for row in (*new, *changed)]})


_CHANGEABLE = ("history_no", "household_no", "order_in_household", "card_ref", "closes_on", "is_prohibited", "entries_ref", "told_at", "taken_at")


def _write(new: Sequence[CertifiedPerson], changed: Sequence[CertifiedPerson]) -> None:
    """Changed rows give their card back first: two people of one event may exchange what they had."""
    if changed:
        CertifiedPerson.objects.filter(pk__in=[row.pk for row in changed]).update(card_ref=None)
        CertifiedPerson.objects.bulk_update(changed, _CHANGEABLE)
    CertifiedPerson.objects.bulk_create(new)


def _fill(row: CertifiedPerson, told: Told, card_ref: int | None, entries_ref: int | None) -> None:
    row.history_no, row.household_no, row.order_in_household = told.history_no, told.household_no, told.order_in_household
    row.closes_on, row.is_prohibited, row.card_ref, row.entries_ref = told.closes_on, told.is_prohibited, card_ref, entries_ref


def _locked(atena_nos: Sequence[str]) -> dict[str, CertifiedPerson]:
    """Their rows, locked in the order of 宛名番号, as an answer locks them too."""
    rows = CertifiedPerson.objects.select_for_update().filter(municipality_code=municipality_code(), atena_no__in=atena_nos)
    return {row.atena_no: row for row in rows.order_by("atena_no")}


def _keep_cards(persons: Sequence[Told]) -> dict[str, int]:
    serials = [one.user_certificate_serial for one in persons if one.user_certificate_serial]
    return dict(zip(serials, vault.keep_many(vault.NumberKind.USER_CERTIFICATE_SERIAL, serials), strict=True)) if serials else {}


def _refuse_anothers_card(persons: Sequence[Told], refs: dict[str, int], known: dict[str, CertifiedPerson]) -> None:
    """A card has one holder: rather none gets a paper than somebody else's."""
    given = {refs[one.user_certificate_serial]: one.atena_no for one in persons if one.user_certificate_serial}
    twice = len(given) != sum(bool(one.user_certificate_serial) for one in persons)
    others = CertifiedPerson.objects.filter(municipality_code=municipality_code(), card_ref__in=given).exclude(atena_no__in=[one.atena_no for one in persons])
    holders = [given[row.card_ref] for row in others] if given else []
    if holders or twice:
        raise Refused("card_of_another", _ANOTHERS_CARD.format("・".join(holders or sorted(given.values()))))


_HOLD = """
    INSERT INTO konbini_hold (municipality_code, atena_no, is_held, told_at) SELECT %s, atena_no, %s, %s FROM unnest(%s::text[]) AS h (atena_no)
    ON CONFLICT (municipality_code, atena_no) DO UPDATE SET is_held = EXCLUDED.is_held, told_at = EXCLUDED.told_at WHERE konbini_hold.told_at <= EXCLUDED.told_at
"""


def take_hold(atena_nos: Sequence[str], is_held: bool, told_at: datetime, actor: audit.Actor) -> None:
    """Note who is held by a 仮登録, or no longer. Something told earlier changes nothing. Inside the caller's transaction; one statement and the record."""
    audit.require(actor, KonbiniPermission.DATA_TAKE)
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [municipality_code(), is_held, told_at, sorted(atena_nos)])
    people = CertifiedPerson.objects.filter(municipality_code=municipality_code(), atena_no__in=atena_nos).values_list("public_id", flat=True)
    audit.record(actor, KonbiniPermission.DATA_TAKE, people, detail={"held": is_held})


_SIGN = """
    INSERT INTO konbini_lifesign (municipality_code, at, received_at, waiting, oldest_waiting_at, atena_nos, household_nos, all_wait, is_behind)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (municipality_code) DO UPDATE SET at = EXCLUDED.at, received_at = EXCLUDED.received_at, waiting = EXCLUDED.waiting,
        oldest_waiting_at = EXCLUDED.oldest_waiting_at, atena_nos = EXCLUDED.atena_nos, household_nos = EXCLUDED.household_nos,
        all_wait = EXCLUDED.all_wait, is_behind = EXCLUDED.is_behind
     WHERE konbini_lifesign.at < EXCLUDED.at
"""


def take_life_sign(sign: CertificateHeartbeatV1) -> None:
    """Keep the newest sign of life; one that is not newer changes nothing, so that nobody makes the register live by an old one. Two statements."""
    lost = (
        sign.last_notice_id is not None
        and not Receipt.objects.filter(municipality_code=municipality_code(), sender="residents", epoch=sign.last_epoch, notice_id=sign.last_notice_id).exists()
    )
    with connection.cursor() as cursor:
        cursor.execute(
            _SIGN,
            [
                municipality_code(), sign.at, clock.now(), sign.waiting, sign.oldest_waiting_at, list(sign.atena_nos), list(sign.household_nos),
                sign.all_wait, lost,
            ],
        )  # fmt: skip
