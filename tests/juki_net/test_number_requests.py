"""個人番号の要求と回答 — from residents to 機構 and back, through this room and not into it. 番号法第7条, 第8条; G-12; S2-09; std 7.1.2.1."""

from dataclasses import replace

import pytest

from daicho import vault
from daicho.audit.models import AuditEntry
from daicho.contracts import base
from daicho.juki_net.models import IdentityRecord, IdentityVersion
from daicho.outbox.envelope import Envelope
from daicho.outbox.models import Notice, RefusedMessage
from daicho.vault import NumberKind
from tests.contracts.juki_samples import (
    CODE,
    CODE_REQUEST,
    MOVE_IN,
    NUMBER,
    NUMBER_ANSWER,
    NUMBER_OUTWARD,
    NUMBER_REQUEST,
    OTHER_CODE,
    OTHER_NUMBER,
    STOCKED_CODES,
)
from tests.juki_net.sending import deliver, envelope_of

pytestmark = pytest.mark.django_db
FIRST = replace(NUMBER_REQUEST, reason="birth", old_individual_number=None)


def answered(message, *, peer: str = "jlis_national"):
    return deliver(message, envelope_of(message, sender=peer, subjects=()), peer=peer)


def record() -> IdentityRecord:
    return IdentityRecord.objects.get(juminhyo_code_ref=vault.find(NumberKind.JUMINHYO_CODE, CODE))


def posted() -> list[object]:
    refs = Notice.objects.order_by("order_no").values_list("payload_ref", flat=True)
    return [base.read(Envelope, vault.open_payload(ref)).message() for ref in refs]


def refused_with(reply) -> str:
    assert reply.status == "refused"
    assert RefusedMessage.objects.filter(code=reply.code).exists()
    return reply.reason_ja


def test_変更の要求は機構へ渡り本人確認情報ファイルは変わらない():
    """G-12, N-7.1.2.1-03."""
    deliver(MOVE_IN)
    before = record().to_value()
    assert deliver(NUMBER_REQUEST).status == "acknowledged"
    handed = Notice.objects.order_by("order_no").last()
    assert (handed.destination, handed.kind, len(handed.subjects), posted()[-1]) == ("jlis_national", "number_outward", 1, NUMBER_OUTWARD)
    assert (record().to_value(), IdentityVersion.objects.count()) == (before, 1)
    entry = AuditEntry.objects.get(action="juki_net:number:pass_on")
    assert (entry.subjects, entry.detail["request_control_no"]) == ([record().public_id], NUMBER_REQUEST.request_control_no)


@pytest.mark.parametrize(("reason", "code"), [("birth", "01"), ("move_in_from_abroad", "02"), ("entry_ex_officio", "03")])
def test_初めての指定の要求も事由ごとに渡る(reason, code):
    """N-7.1.2.1-01."""
    deliver(replace(MOVE_IN, individual_number=None))
    assert deliver(replace(FIRST, reason=reason)).status == "acknowledged"
    assert (posted()[-1].reason_code, posted()[-1].old_individual_number) == (code, None)


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (replace(NUMBER_REQUEST, juminhyo_code=OTHER_CODE), "現存していません"),
        (replace(NUMBER_REQUEST, old_individual_number=OTHER_NUMBER), "従前の個人番号が、この人の"),
        (FIRST, "従前の個人番号が、この人の"),
        (replace(NUMBER_REQUEST, old_individual_number=None), "変更のときにだけ"),
        (replace(NUMBER_REQUEST, reason="birth"), "変更のときにだけ"),
        (replace(NUMBER_REQUEST, reason="whim"), "コード表にありません"),
        (replace(NUMBER_REQUEST, municipality_code="011002"), "当市のものではありません"),
    ],
    ids=["知らない人", "別の番号", "もう番号がある", "従前の番号がない", "指定に従前の番号", "知らない事由", "別の市"],
)
def test_合わない要求は理由を挙げて断り外へ出さない(request_, words):
    deliver(MOVE_IN)
    assert words in refused_with(deliver(request_))
    assert [type(message).__name__ for message in posted()] == ["JukiUpdateV1"]


def test_消除された人の番号は求められない():
    deliver(MOVE_IN)
    deliver(replace(MOVE_IN, update_sequence_no=2, event_reason="death", event_reason_detail=None))
    assert "現存していません" in refused_with(deliver(NUMBER_REQUEST))


def test_回答は届いたまま住民記録へ渡り本人確認情報ファイルは変わらない():
    """S2-09, N-7.1.2.1-02: file (2) gets the number by the update that residents makes of it."""
    deliver(MOVE_IN)
    assert answered(NUMBER_ANSWER).status == "acknowledged"
    handed = Notice.objects.order_by("order_no").last()
    assert (handed.destination, handed.kind, len(handed.subjects), posted()[-1]) == ("residents", "number_answer", 1, NUMBER_ANSWER)
    assert vault.reveal(record().individual_number_ref, because="試験") == NUMBER


@pytest.mark.parametrize(
    "answer",
    [
        replace(NUMBER_ANSWER, juminhyo_code=OTHER_CODE),
        replace(NUMBER_ANSWER, juminhyo_code="x"),
        replace(NUMBER_ANSWER, individual_number=None, reason_ja="該当する住民票コードがありません。"),
    ],
    ids=["知らない人", "番号でない", "付けられない"],
)
def test_求めたかどうかは住民記録が判断する(answer):
    """F-1-03, F-1-05: residents asked, and turns away what it did not ask for (tests/residents/test_individual_number_assigned.py)."""
    assert answered(answer).status == "acknowledged"
    assert Notice.objects.get().kind == "number_answer"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (replace(NUMBER_ANSWER, municipality_code="011002"), "当市のものではありません"),
        (replace(NUMBER_ANSWER, individual_number="123456789012"), "検査用数字"),
        (replace(NUMBER_ANSWER, individual_number="１２３"), "検査用数字"),
        (replace(NUMBER_ANSWER, individual_number=None), "付けられない理由もありません"),
    ],
    ids=["別の市", "検査数字", "数字でない", "番号も理由もない"],
)
def test_回答になっていないものだけを断る(answer, words):
    assert words in refused_with(answered(answer))
    assert not Notice.objects.exists()


@pytest.mark.parametrize("peer", ["residents", "prefecture", "other_city"])
def test_機構のほかから番号は受け付けない(peer):
    assert answered(NUMBER_ANSWER, peer=peer).code == "not_allowed"
    assert not Notice.objects.exists()


@pytest.mark.parametrize("peer", ["jlis_national", "prefecture", "other_city"])
def test_住民記録のほかは番号を求められない(peer):
    """F-2-01, F-2-05."""
    assert deliver(NUMBER_REQUEST, envelope_of(NUMBER_REQUEST, sender=peer, subjects=()), peer=peer).code == "not_allowed"


def test_同じ封筒が二度届いても一度だけ渡す():
    envelope = envelope_of(NUMBER_ANSWER, sender="jlis_national", subjects=())
    assert [deliver(NUMBER_ANSWER, envelope, peer="jlis_national").status for _ in range(2)] == ["acknowledged", "duplicate"]
    assert Notice.objects.count() == 1


def test_番号は数字で残らない():
    """F-0-18."""
    deliver(MOVE_IN)
    deliver(NUMBER_REQUEST)
    answered(NUMBER_ANSWER)
    for model in (Notice, AuditEntry):
        assert not any(number in str(list(model.objects.values())) for number in (NUMBER, OTHER_NUMBER, CODE))


def test_新規付番用のコードの要求は機構へ回答は住民記録へ渡り控えは残らない():
    """N-4.3.1-01, G-13: about nobody, so that nothing waits for it."""
    assert deliver(CODE_REQUEST).status == "acknowledged"
    assert answered(STOCKED_CODES).status == "acknowledged"
    assert posted() == [CODE_REQUEST, STOCKED_CODES]
    assert [(notice.destination, notice.subjects) for notice in Notice.objects.order_by("order_no")] == [("jlis_national", []), ("residents", [])]
    assert not IdentityRecord.objects.exists()
    assert not any(code in str(list(Notice.objects.values())) for code in STOCKED_CODES.juminhyo_codes)


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (replace(CODE_REQUEST, municipality_code="011002"), "当市のものではありません"),
        (replace(CODE_REQUEST, count=0), "件数が正しくありません"),
        (replace(STOCKED_CODES, municipality_code="011002"), "当市のものではありません"),
        (replace(STOCKED_CODES, juminhyo_codes=(OTHER_CODE, "12345678901")), "検査用数字"),
        (replace(STOCKED_CODES, juminhyo_codes=()), "住民票コードがない"),
    ],
    ids=["別の市の要求", "0件", "別の市の回答", "検査数字", "空"],
)
def test_使えないコードの要求と回答は断る(message, words):
    send = deliver if message.request_control_no and hasattr(message, "count") else answered
    assert words in refused_with(send(message))
    assert not Notice.objects.exists()
