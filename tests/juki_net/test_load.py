"""本人確認情報の初期登録 — a whole city at once, nobody told, and updates go on from there. S2-01, F-2-32."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from daicho import audit
from daicho.juki_net.commands import LoadRefusedError, load_records
from daicho.juki_net.models import IdentityRecord, IdentityVersion
from daicho.juki_net.permissions import JukiNetPermission
from daicho.outbox.models import Notice
from daicho.values.made_up import made_up_individual_number, made_up_juminhyo_code
from tests.contracts.juki_samples import MOVE_IN, relocation, someone_else
from tests.juki_net.sending import deliver

pytestmark = pytest.mark.django_db
LOADER = audit.Actor.system("juki_net.load", JukiNetPermission.IDENTITY_UPDATE)


def crowd(first: int, count: int):
    for index in range(first, first + count):
        yield replace(MOVE_IN, juminhyo_code=str(made_up_juminhyo_code(index)), individual_number=str(made_up_individual_number(index)))


def test_登録された人の次の更新が受け付けられ誰にも通知されない():
    gone = replace(someone_else(), update_sequence_no=4, event_reason="move_out", event_reason_detail="to_municipality", individual_number=None)
    assert load_records([replace(MOVE_IN, update_sequence_no=6), gone], LOADER) == 2
    assert list(IdentityRecord.objects.order_by("id").values_list("record_status_flag", "update_sequence_no")) == [("1", 6), ("2", 4)]
    assert [version.to_value() for version in IdentityVersion.objects.order_by("id")] == [record.to_value() for record in IdentityRecord.objects.order_by("id")]
    assert not Notice.objects.exists()
    assert deliver(relocation(update_sequence_no=7)).status == "acknowledged"
    assert deliver(replace(someone_else(), update_sequence_no=5)).status == "acknowledged"


def test_一件でも誤りがあれば何も登録しない():
    with pytest.raises(LoadRefusedError) as refused:
        load_records([MOVE_IN, replace(someone_else(), sex_code="7", municipality_code="011002")], LOADER)
    assert (refused.value.row_no, [problem.item for problem in refused.value.problems]) == (2, ["sex_code", "municipality_code"])
    assert not IdentityRecord.objects.exists()


def test_既にいる人は登録できない():
    deliver(MOVE_IN)
    with pytest.raises(IntegrityError):
        load_records([MOVE_IN], LOADER)


def test_受付口の権限がなければ登録できない(officer):
    """F-2-01."""
    with pytest.raises(audit.Refused):
        load_records([MOVE_IN], officer)


def test_問合せの数は人数によらない():
    counted = []
    for first, count in ((10_000, 100), (20_000, 100), (30_000, 400)):
        with CaptureQueriesContext(connection) as queries:
            load_records(crowd(first, count), LOADER)
        counted.append(len(queries))
    assert counted[1] == counted[2], counted  # the very first begins the series of keys
    assert IdentityRecord.objects.count() == 600
