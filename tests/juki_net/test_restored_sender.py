"""復元した既存住基からの更新 — residents goes back to a backup and tells numbers a second time: the file and the prefecture count on. F-2-22; decision 0019."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from daicho import clock, vault
from daicho.contracts import base
from daicho.contracts.juki_update_v1 import JukiUpdateV1
from daicho.juki_net.adapters.memory import MemoryPrefecture
from daicho.juki_net.commands import load_records
from daicho.juki_net.models import IdentityRecord, IdentityVersion
from daicho.outbox.envelope import Envelope, Reply
from daicho.outbox.models import Notice, RefusedMessage
from tests.contracts.juki_samples import MOVE_IN, OTHER_CODE, OTHER_NUMBER, relocation, removal, someone_else
from tests.juki_net.sending import EPOCH, deliver, envelope_of
from tests.juki_net.test_load import LOADER

pytestmark = pytest.mark.django_db

SECOND = str(uuid.uuid4())
ANOTHER_ADDRESS = "色内二丁目2番2号"
NAME = ("name_kanji", "name_gaiji_count", "name_furigana")


NINE = datetime.fromisoformat("2026-07-01T09:00:00+09:00")


def tell(message: object, epoch: str = EPOCH, minutes: int = 0, whose: str = "0" * 32, posted: int | None = None) -> Reply:
    """As residents posted it under that epoch, so many minutes after nine; it comes at once, unless it was `posted` earlier."""
    with clock.at(NINE + timedelta(minutes=minutes)):
        envelope = envelope_of(message, epoch=epoch, subjects=(whose,))
        return deliver(message, envelope if posted is None else replace(envelope, posted_at=NINE + timedelta(minutes=posted)))


@pytest.fixture(autouse=True)
def restored():
    """1 転入 and 2 転居 were told; then residents alone went back to before the 転居."""
    assert [tell(one).status for one in (MOVE_IN, relocation())] == ["acknowledged"] * 2


def again(number: int = 2, **changes: object) -> object:
    """The 転居 entered again, not quite as before."""
    return relocation(update_sequence_no=number, address=ANOTHER_ADDRESS, **changes)


def told_to_prefecture() -> list[JukiUpdateV1]:
    refs = Notice.objects.filter(destination="prefecture").order_by("order_no").values_list("payload_ref", flat=True)
    found = [base.read(Envelope, vault.open_payload(ref)).message() for ref in refs]
    assert all(isinstance(one, JukiUpdateV1) for one in found)
    return found


def numbers() -> list[tuple[int, int | None]]:
    """(更新順番号, 異常時更新順番号) of each update in file (2)."""
    return list(IdentityVersion.objects.order_by("id").values_list("update_sequence_no", "abnormal_update_sequence_no"))


def test_入れ直した更新は受け付けられ更新順番号は続き元の番号は異常時更新順番号に残る():
    """F-2-22; items 29 and 30."""
    assert tell(again(), SECOND, 5).status == "acknowledged"
    assert IdentityRecord.objects.get().address == ANOTHER_ADDRESS
    assert tell(again(3), SECOND, 6).status == "acknowledged"
    assert numbers() == [(1, None), (2, None), (3, 2), (4, 3)]


def test_都道府県サーバには欠番も重複もなく届く():
    """G-05: the counterpart refuses both; what it is told is judged by the port's own double."""
    tell(again(), SECOND, 5)
    tell(again(3), SECOND, 6)
    prefecture = MemoryPrefecture()
    for update in told_to_prefecture():
        prefecture.send_update(update)
    assert [update.update_sequence_no for update in prefecture.received] == [1, 2, 3, 4]


def test_復元の前に伝えていない人の更新順番号はそのまま続く():
    """Nothing of this person was lost: the numbers follow, and item 30 stays empty."""
    assert tell(again(3), SECOND, 5).status == "acknowledged"
    assert numbers()[-1] == (3, None)


@pytest.mark.parametrize(("number", "code"), [(1, "sequence_repeat"), (2, "sequence_repeat"), (4, "sequence_gap")])
def test_同じ世代の中の重複と欠番は今までどおり拒む(number, code):
    tell(again(), SECOND, 5)
    assert tell(again(number), SECOND, 6).code == code
    assert RefusedMessage.objects.get().code == code
    assert len(numbers()) == 3


def test_復元の前より先の番号は新しい世代でも欠番として拒む():
    """A restored register goes on from its backup: what is ahead of all it told says that an update between has not come."""
    assert tell(again(4), SECOND, 5).code == "sequence_gap"


def test_復元の前の通知が遅れて届いても効かない():
    """An epoch that was left does not come back."""
    tell(again(), SECOND, 5)
    assert tell(relocation(), EPOCH, 6, posted=1).code == "sequence_repeat"
    assert IdentityRecord.objects.get().address == ANOTHER_ADDRESS


def test_二度復元しても続く():
    third = str(uuid.uuid4())
    tell(again(), SECOND, 5)
    assert tell(relocation(), third, 10).status == "acknowledged"
    assert numbers()[-1] == (4, 2)


def test_状態の合わない更新は復元の後も拒まれて一覧に残る():
    """現存する人に転入, 消除された人に転居: what a clerk has to look at is not decided by the order."""
    assert tell(replace(MOVE_IN, update_sequence_no=2), SECOND, 5).code == "already_current"
    assert tell(removal(update_sequence_no=3, address=relocation().address)).status == "acknowledged"
    assert tell(again(), SECOND, 6).code == "not_current"
    assert set(RefusedMessage.objects.values_list("code", flat=True)) == {"already_current", "not_current"}


def test_失われて新しい宛名番号で入れ直された人の後の更新も届く():
    """Nobody told of this handle before: it is the row of the 住民票コード that says when it was told last."""
    newcomer = "1" * 32
    assert tell(replace(MOVE_IN, address=ANOTHER_ADDRESS), SECOND, 5, whose=newcomer).code == "already_current"  # known already: withdrawn by an officer
    assert tell(again(), SECOND, 6, whose=newcomer).status == "acknowledged"
    assert numbers()[-1] == (3, 2)


def test_初期登録した人の番号も一つの世代の中では繰り返せない():
    with clock.at(NINE - timedelta(days=1)):
        load_records([someone_else()], LOADER)
    moved = replace(again(), juminhyo_code=OTHER_CODE, individual_number=OTHER_NUMBER, **{name: getattr(someone_else(), name) for name in NAME})
    replies = [tell(replace(moved, update_sequence_no=number), EPOCH, 5, whose="1" * 32) for number in (1, 2)]
    assert [reply.code for reply in replies] == ["sequence_repeat", "ok"]
