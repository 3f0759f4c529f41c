"""戸籍附票記載事項通知の中継 — from residents to the municipality of the 本籍, through this room and not into it. 法19条1項; G-23; N-7.1.1.1-15; F-2-01, F-2-22."""

from dataclasses import replace

import pytest

from daicho.audit.models import AuditEntry
from daicho.contracts import base
from daicho.juki_net.models import IdentityRecord, IdentityVersion
from daicho.outbox import relay
from daicho.outbox.models import Delivery, Notice, RefusedMessage
from tests.contracts.juki_samples import FUHYO, MOVE_IN, OTHER_CODE, removal
from tests.juki_net.sending import deliver, envelope_of
from tests.juki_net.test_crossing import relay_until, states, try_again_now
from tests.juki_net.test_intake import posted

State = Delivery.State


def test_来たままの内容で本籍地へ渡り本人確認情報ファイルは変わらない(db):
    deliver(MOVE_IN)
    before = IdentityRecord.objects.get().to_value()
    assert deliver(FUHYO).status == "acknowledged"
    notice = Notice.objects.order_by("order_no").last()
    assert (notice.destination, notice.kind, len(notice.subjects), posted()[-1]) == ("other_city", "fuhyo_notice", 1, FUHYO)
    assert (IdentityRecord.objects.get().to_value(), IdentityVersion.objects.count()) == (before, 1)
    entry = AuditEntry.objects.get(detail__request_control_no=FUHYO.request_control_no, action="juki_net:identity:update")
    assert (entry.subjects, entry.detail) == ([IdentityRecord.objects.get().public_id], {"request_control_no": FUHYO.request_control_no})


def test_消除された人の通知も渡り人ごとの順を保つ(db):
    """職権消除 and 国外転出 are told after the removal itself."""
    deliver(MOVE_IN)
    deliver(FUHYO)
    deliver(removal())
    assert deliver(replace(FUHYO, request_control_no="0120330000000000000005", reason_code="5")).status == "acknowledged"
    first, second = Notice.objects.filter(destination="other_city").order_by("order_no")
    assert first.subjects == second.subjects


def test_二度届いた封筒は一度しか渡さない(db):
    deliver(MOVE_IN)
    envelope = envelope_of(FUHYO)
    assert [deliver(FUHYO, envelope).status for _ in range(2)] == ["acknowledged", "duplicate"]
    assert Notice.objects.filter(kind="fuhyo_notice").count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"juminhyo_code": OTHER_CODE}, "本人確認情報がありません"),
        ({"juminhyo_code": "1"}, "住民票コード"),
        ({"addressee_municipality_code": "012033"}, "宛先が当市"),
        ({"addressee_municipality_code": "999"}, "市町村コード"),
        ({"municipality_code": "011011"}, "住所地の市町村コードが当市のものではありません"),
        ({"reason_code": "9"}, "通知の事由"),
        ({"sex_code": "5"}, "性別"),
        ({"registered_domicile": " "}, "本籍"),
        ({"address": "花" * 301}, "住所"),
        ({"name_furigana": "花子"}, "振り仮名"),
    ],
)
def test_渡せない通知は理由を挙げて拒む(changes, words, db):
    """F-2-22: in Japanese, to residents' work list."""
    deliver(MOVE_IN)
    reply = deliver(replace(FUHYO, **changes))
    assert reply.status == "refused" and words in reply.reason_ja
    assert RefusedMessage.objects.filter(code=reply.code).exists()
    assert not Notice.objects.filter(kind="fuhyo_notice").exists()


def test_既存住基の他からは受け付けない(db):
    """F-2-01, F-2-05."""
    deliver(MOVE_IN)
    assert deliver(FUHYO, envelope_of(FUHYO, sender="other_city", subjects=()), peer="other_city").status == "refused"


@pytest.mark.parametrize("fault", ["silent", "corrupt", "duplicate", "down"])
def test_応答が失われても本籍地には一度だけ残る(fault, committed_db, wired):
    """At least once, kept once; over the wire."""
    wired["other_city"].play({"kind": fault, "times": 1} if fault != "down" else {"kind": "down"})
    deliver(MOVE_IN)
    deliver(FUHYO)
    relay.run_until_idle()
    wired["other_city"].play()

    def done():
        try_again_now()
        return states() == [State.ACKNOWLEDGED] * 2

    relay_until(done)
    [kept] = wired["other_city"].messages
    assert (kept["layout"], kept["items"]["registered_domicile"], kept["items"]["address"]) == ("fuhyo_notice", FUHYO.registered_domicile, FUHYO.address)
    assert base.decode("fuhyo_notice", 1, base.encode(FUHYO)) == FUHYO


def test_本籍地の拒否は一覧に理由とともに残り再送できる(committed_db, wired):
    wired["other_city"].play({"kind": "refuse", "code": "F05", "times": 1})
    deliver(MOVE_IN)
    deliver(FUHYO)
    relay_until(lambda: State.REFUSED in states())
    refused = Delivery.objects.get(state=State.REFUSED)
    assert "コード表にない値です" in refused.reply_reason_ja
    Delivery.objects.filter(pk=refused.pk).update(state=State.PENDING)
    try_again_now()
    relay_until(lambda: states() == [State.ACKNOWLEDGED] * 2)
    assert len(wired["other_city"].messages) == 1
