"""発行抑止の連携 — every room is told at once of a 抑止 and of its release, never of a lift, and it is known which has not acknowledged. 標準仕様3.1, 3.2; domain §7."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from daicho import audit, clock, vault
from daicho.contracts import base
from daicho.contracts.atena_info_v1 import AtenaInfoV1
from daicho.contracts.issue_block_v1 import IssueBlockV1
from daicho.outbox.envelope import Envelope
from daicho.outbox.models import Delivery, Notice
from daicho.residents.commands.blocks import BlockForm, lift_block, release_block, set_block
from daicho.residents.permissions import Permission
from daicho.residents.queries.block_told import not_acknowledged, told_of
from daicho.residents.queries.konbini_waiting import waiting
from daicho.residents.rules.blocks import BlockKind, Process, Strength, Term
from tests.cast import EXAMINER, FAMILY
from tests.residents.counter import move_in_form, register, relocation_form

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)
OFFICER = replace(EXAMINER, grants=EXAMINER.grants | {Permission.BLOCK_SET, Permission.BLOCK_LIFT})
FORM = BlockForm(BlockKind.SURVEY, "実態調査", (Term(Process.CERTIFICATE, Strength.ERROR, TODAY),))


@pytest.fixture
def family():
    return register("domestic_move_in", move_in_form(FAMILY))


def after(order_no: int) -> dict[str, list[object]]:
    """What every room was told after a notice, by room, in order."""
    told: dict[str, list[object]] = {}
    for notice in Notice.objects.filter(order_no__gt=order_no).order_by("order_no"):
        told.setdefault(notice.destination, []).append(base.read(Envelope, vault.open_payload(notice.payload_ref)).message())
    return told


def last() -> int:
    return Notice.objects.latest("order_no").order_no


def blocks(messages: list[object]) -> list[tuple[str, date | None]]:
    return [(one.person_key, one.prohibited_from) for message in messages if isinstance(message, IssueBlockV1) for one in message.persons]


def withheld(messages: list[object]) -> list[date | None]:
    return [one.juminhyo.withheld_from for message in messages if isinstance(message, AtenaInfoV1) for one in message.persons]


def test_設定と解除は四つのシステムへ直ちに届き一時解除は届かない(family):
    """N-3.1-10, -18, -19, N-3.2-01."""
    person, before = family[0].person, last()
    block = set_block(OFFICER, person.public_id, FORM)
    told = after(before)
    assert {room: blocks(messages) for room, messages in told.items() if room != "juki_net"} == {
        room: [(person.atena_no, TODAY)] for room in ("konbini", "atena", "transfers")
    }
    [(code, since)] = blocks(told["juki_net"])
    assert (len(code), since) == (11, TODAY)  # 住民票コード: 市町村CS knows no 宛名番号
    before = last()
    lift_block(OFFICER, block.public_id, "本人の来庁")
    assert after(before) == {}
    release_block(OFFICER, block.public_id, "調査の終了")
    assert {room: [since for _, since in blocks(messages)] for room, messages in after(before).items()} == {room: [None] for room in told}


def test_中間サーバーの副本は宛名を通じて不開示になり解除で戻る(family):
    """F-1-52: nothing but the withholding differs, and it is told of a later moment."""
    first = next(one for message in after(0)["atena"] for one in message.persons if one.atena_no == family[0].person.atena_no)
    before = last()
    block = set_block(OFFICER, family[0].person.public_id, FORM)
    [info] = [message for message in after(before)["atena"] if isinstance(message, AtenaInfoV1)]
    assert info.persons == (replace(first, juminhyo=replace(first.juminhyo, withheld_from=TODAY)),)
    before = last()
    release_block(OFFICER, block.public_id, "調査の終了")
    assert withheld(after(before)["atena"]) == [None]


def test_異動があっても不開示のままである(family):
    """A relayed replica is whole: what an event tells must bear it too."""
    set_block(OFFICER, family[0].person.public_id, FORM)
    before = last()
    register("relocation", relocation_form([w.person.public_id for w in family], effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    told = {one.atena_no: one.juminhyo.withheld_from for message in after(before)["atena"] for one in message.persons}
    assert told == {w.person.atena_no: TODAY if w is family[0] else None for w in family}


def test_世帯の抑止は世帯の全員について届く(family):
    before = last()
    set_block(OFFICER, family[0].person.public_id, replace(FORM, whole_household=True))
    assert sorted(key for key, _ in blocks(after(before)["konbini"])) == sorted(w.person.atena_no for w in family)


def test_届いていないあいだコンビニ交付はその人と世帯を待つ(family):
    """N-3.1-18: a 抑止 on its way is no gap in which a shop hands out."""
    Delivery.objects.update(state="acknowledged", settled_at=clock.now())
    set_block(OFFICER, family[0].person.public_id, FORM)
    found = waiting()
    assert (found.atena_nos, len(found.household_nos), found.notices) == ((family[0].person.atena_no,), 1, 1)


def test_受領していないシステムが並び受領すると消える(family):
    """事故の型2: those that have not acknowledged are listed."""
    person = family[0].person
    set_block(OFFICER, person.public_id, FORM)
    assert {(one.room, one.atena_no, one.prohibited_from, one.state) for one in not_acknowledged(OFFICER)} == {
        (room, person.atena_no, TODAY, "pending") for room in ("konbini", "juki_net", "atena", "transfers")
    }
    konbini = next(one for one in told_of(OFFICER, person.public_id) if one.room == "konbini")
    Delivery.objects.filter(notice__notice_id=konbini.notice_id).update(state="acknowledged", settled_at=clock.now())
    assert {one.room for one in not_acknowledged(OFFICER)} == {"juki_net", "atena", "transfers"}
    assert {one.room: one.is_acknowledged for one in told_of(OFFICER, person.public_id)}["konbini"]


def test_最後に知らせたことだけが数えられる(family):
    person = family[0].person
    block = set_block(OFFICER, person.public_id, FORM)
    with clock.at(clock.now() + timedelta(minutes=1)):
        release_block(OFFICER, block.public_id, "調査の終了")
    assert {one.prohibited_from for one in not_acknowledged(OFFICER)} == {None}


def test_知ってはならない職員には示さない(family):
    with pytest.raises(audit.Refused):
        not_acknowledged(replace(EXAMINER, grants=frozenset({Permission.PERSON_READ})))
